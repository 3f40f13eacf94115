/* SPDX-License-Identifier: MIT */
/*
 * test: TAP (Test Anything Protocol) for unit tests.
 */
#include "test.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool test_failed;
static const char *test_skipped;
static char test_row_text[256];
static char test_folder_path[64];

void test_row(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(test_row_text, sizeof(test_row_text), format, args);
	va_end(args);
}

void test_skip(const char *why)
{
	test_skipped = why;
}

static void test_complain(const char *file, int line)
{
	test_failed = true;
	printf("# %s:%d", file, line);
	if (test_row_text[0])
		printf(" [%s]", test_row_text);
	printf(": ");
}

/* TAP reads lines: what was found may hold several. */
static void test_print_text(const char *label, const char *text)
{
	printf("#   %s: ", label);
	for (; text && *text; text++) {
		putchar(*text);
		if (*text == '\n')
			printf("#     ");
	}
	printf("%s\n", text ? "" : "(null)");
}

bool test_check(bool good, const char *file, int line, const char *what)
{
	if (good)
		return true;
	test_complain(file, line);
	printf("%s does not hold\n", what);
	return false;
}

bool test_check_int(int64_t found, int64_t expected, const char *file, int line, const char *what)
{
	if (found == expected)
		return true;
	test_complain(file, line);
	printf("%s is %" PRId64 ", expected %" PRId64 "\n", what, found, expected);
	return false;
}

bool test_check_text(
	const char *found, const char *expected, const char *file, int line, const char *what)
{
	if (found && expected ? strcmp(found, expected) == 0 : found == expected)
		return true;
	test_complain(file, line);
	printf("%s differs\n", what);
	test_print_text("expected", expected);
	test_print_text("found", found);
	return false;
}

const char *test_data_path(const char *name)
{
	static char path[4096];
	const char *top = getenv("TOP_SRCDIR");

	(void)snprintf(path, sizeof(path), "%s/tests/%s", top ? top : ".", name);
	return path;
}

char *test_data_read(const char *name, size_t *ret_size)
{
	FILE *f = fopen(test_data_path(name), "rb");
	struct stat st;
	char *data;
	size_t n;

	if (!f || fstat(fileno(f), &st) < 0 || !S_ISREG(st.st_mode)) {
		printf("Bail out! cannot read %s\n", test_data_path(name));
		exit(1);
	}
	data = malloc((size_t)st.st_size + 1);
	if (!data)
		abort();
	n = fread(data, 1, (size_t)st.st_size, f);
	data[n] = '\0';
	(void)fclose(f);
	if (ret_size)
		*ret_size = n;
	return data;
}

static int test_remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void test_remove_folder(void)
{
	(void)nftw(test_folder_path, test_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *test_folder(void)
{
	if (!test_folder_path[0]) {
		(void)strcpy(test_folder_path, "/tmp/nudged-test.XXXXXX");
		if (!mkdtemp(test_folder_path))
			abort();
		(void)atexit(test_remove_folder);
	}
	return test_folder_path;
}

int test_main(const struct test *tests, size_t n)
{
	int failures = 0;

	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		test_failed = false;
		test_skipped = NULL;
		test_row_text[0] = '\0';
		tests[i].run();
		failures += test_failed;
		printf("%s %zu - %s%s%s\n", test_failed ? "not ok" : "ok", i + 1, tests[i].name,
			test_skipped ? " # SKIP " : "", test_skipped ? test_skipped : "");
	}
	return failures > 0;
}
