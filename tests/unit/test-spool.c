/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "base/spool.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char *path_of(const char *name)
{
	return file_join(test_folder(), name);
}

static int spool_text(const char *path, const char *text, bool commit, struct err *reterr)
{
	_cleanup_spool_ struct spool spool = SPOOL_INIT;
	int r = spool_open(&spool, path, reterr);

	if (r == 0)
		r = spool_write(&spool, text, strlen(text), reterr);
	return r < 0 || !commit ? r : spool_commit(&spool, reterr);
}

static void check_file(const char *path, const char *text)
{
	_cleanup_str_ struct str found = STR_INIT;

	CHECK_INT(file_read(path, 1000, &found, NULL), 0);
	CHECK_TEXT(str_text(&found), text);
}

static void spool_is_whole_or_absent(void)
{
	_cleanup_free_ char *path = path_of("a.vcf"), *link = path_of("link.vcf");
	struct stat status;

	CHECK_INT(spool_text(path, "one", false, NULL), 0);
	CHECK(access(path, F_OK) < 0);
	CHECK_INT(spool_text(path, "one", true, NULL), 0);
	check_file(path, "one");
	CHECK_INT(stat(path, &status), 0);
	CHECK_INT(status.st_mode & 07777, 0600);
	CHECK_INT(spool_text(path, "two", false, NULL), 0);
	check_file(path, "one");
	/* A link stays one: what it leads to is replaced. */
	CHECK_INT(symlink(path, link), 0);
	CHECK_INT(spool_text(link, "three", true, NULL), 0);
	check_file(path, "three");
	CHECK_INT(lstat(link, &status), 0);
	CHECK(S_ISLNK(status.st_mode));
	CHECK_INT(unlink(link) + unlink(path), 0);
	CHECK_INT(rmdir(test_folder()), 0); /* nothing is left over */
	CHECK_INT(mkdir(test_folder(), 0700), 0);
}

static void spool_fills_what_is_no_file(void)
{
	struct stat status;
	struct err e = { "" };

	CHECK_INT(spool_text("/dev/null", "one", true, &e), 0);
	CHECK_INT(stat("/dev/null", &status), 0);
	CHECK(S_ISCHR(status.st_mode));
	if (access("/dev/full", W_OK) == 0) {
		CHECK_INT(spool_text("/dev/full", "one", true, &e), -ENOSPC);
		CHECK_TEXT(e.text, "cannot write /dev/full: No space left on device");
	}
}

static void spool_says_why_not(void)
{
	_cleanup_free_ char *nowhere = path_of("no/where.vcf");
	struct err e = { "" };

	CHECK_INT(spool_text(test_folder(), "x", true, &e), -EISDIR);
	CHECK(strstr(e.text, "is a folder") != NULL);
	CHECK_INT(spool_text(nowhere, "x", true, &e), -ENOENT);
	CHECK(strstr(e.text, "cannot create ") == e.text);
}

static void spool_knows_what_it_replaces(void)
{
	_cleanup_free_ char *path = path_of("b.vcf"), *other = path_of("c.vcf");
	_cleanup_spool_ struct spool spool = SPOOL_INIT;
	struct stat status;

	CHECK_INT(spool_text(path, "x", true, NULL), 0);
	CHECK_INT(spool_text(other, "x", true, NULL), 0);
	CHECK_INT(spool_open(&spool, path, NULL), 0);
	CHECK_INT(stat(path, &status), 0);
	CHECK(spool_replaces(&spool, &status));
	CHECK_INT(stat(other, &status), 0);
	CHECK(!spool_replaces(&spool, &status));
}

/* A pipe can be read once; what came of it as often as anybody likes. */
static void spool_keeps_what_came_in(void)
{
	int before = dup(STDIN_FILENO), ends[2] = { -1, -1 };
	struct err e = { "" };

	CHECK_INT(pipe(ends), 0);
	CHECK_INT(write(ends[1], "one", 3), 3);
	(void)close(ends[1]);
	CHECK(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
	(void)close(ends[0]);
	CHECK_INT(spool_stdin(&e), 0);
	for (int i = 0; i < 2; i++) {
		_cleanup_str_ struct str text = STR_INIT;

		CHECK_INT(file_read(SPOOL_STDIN, 100, &text, &e), 0);
		CHECK_TEXT(str_text(&text), "one");
	}
	CHECK(dup2(before, STDIN_FILENO) == STDIN_FILENO);
	(void)close(before);
}

static void spool_cannot_read_a_folder(void)
{
	int before = dup(STDIN_FILENO), folder = open(test_folder(), O_RDONLY | O_CLOEXEC);
	struct err e = { "" };

	CHECK(dup2(folder, STDIN_FILENO) == STDIN_FILENO);
	CHECK_INT(spool_stdin(&e), -EISDIR);
	CHECK(strstr(e.text, "cannot read /dev/stdin: ") == e.text);
	CHECK(dup2(before, STDIN_FILENO) == STDIN_FILENO);
	(void)close(before);
	(void)close(folder);
}

TEST_MAIN(TEST(spool_is_whole_or_absent), TEST(spool_fills_what_is_no_file),
	TEST(spool_says_why_not), TEST(spool_knows_what_it_replaces),
	TEST(spool_keeps_what_came_in), TEST(spool_cannot_read_a_folder))
