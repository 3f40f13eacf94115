/* SPDX-License-Identifier: MIT */
/*
 * test: TAP (Test Anything Protocol) for unit tests.
 *
 * A test file is a table of functions; each is one TAP point. The checks print what was expected
 * and found with file and line, mark the point as failed and go on, so that one run of a table
 * shows every row that is wrong. TEST_ROW names the row that the following checks speak of.
 */
#ifndef NUDGE_TESTS_TEST_H
#define NUDGE_TESTS_TEST_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct test {
	const char *name;
	void (*run)(void);
};

#define TEST(function)                                                                             \
	{                                                                                          \
#function, function                                                                \
	}

/* Runs all, prints TAP, returns main's exit status. */
int test_main(const struct test *tests, size_t n);

#define TEST_MAIN(...)                                                                             \
	int main(void)                                                                             \
	{                                                                                          \
		static const struct test tests[] = { __VA_ARGS__ };                                \
		return test_main(tests, sizeof(tests) / sizeof(tests[0]));                         \
	}

/* The file of the tests' own data, found from a build in any folder: static buffer. */
const char *test_data_path(const char *name);
/* Reads it whole, NUL-terminated; ends the test program where it cannot. The caller frees. */
char *test_data_read(const char *name, size_t *ret_size);
/* A fresh private folder, removed with all that is in it when the program ends: static buffer. */
const char *test_folder(void);

void test_row(const char *format, ...) __attribute__((format(printf, 1, 2)));
void test_skip(const char *why);
bool test_check(bool good, const char *file, int line, const char *what);
bool test_check_int(int64_t found, int64_t expected, const char *file, int line, const char *what);
bool test_check_text(
	const char *found, const char *expected, const char *file, int line, const char *what);

#define TEST_ROW(...)    test_row(__VA_ARGS__)
#define CHECK(condition) test_check(condition, __FILE__, __LINE__, #condition)
#define CHECK_INT(found, expected)                                                                 \
	test_check_int((int64_t)(found), (int64_t)(expected), __FILE__, __LINE__, #found)
#define CHECK_TEXT(found, expected) test_check_text(found, expected, __FILE__, __LINE__, #found)

#endif
