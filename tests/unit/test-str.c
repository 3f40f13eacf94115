/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "test.h"

#include <errno.h>
#include <string.h>

static void str_grows_over_every_size(void)
{
	_cleanup_str_ struct str s = STR_INIT;

	for (size_t i = 0; i < 5000; i++) {
		str_add_char(&s, (char)('a' + i % 26));
		CHECK(s.len == i + 1 && s.data[s.len] == '\0');
	}
	CHECK(s.data[0] == 'a' && s.data[4999] == 'a' + 4999 % 26);
	str_clear(&s);
	CHECK_TEXT(str_text(&s), "");
	str_addf(&s, "%d-%s", 7, "x");
	str_add_separator(&s, ", ");
	str_add(&s, NULL);
	str_add_bytes(&s, "a\0b", 3);
	CHECK_INT(s.len, 8);
	CHECK(memcmp(s.data, "7-x, a\0b", 9) == 0);
}

static void str_formats_into_any_room(void)
{
	for (size_t n = 0; n < 200; n++) {
		_cleanup_str_ struct str s = STR_INIT;

		str_add(&s, "kept ");
		str_addf(&s, "%*s", (int)n, "");
		CHECK_INT(s.len, n + 5);
		CHECK_INT(strlen(str_text(&s)), n + 5);
		s.failed = true;
		str_addf(&s, "%s", "more");
		CHECK_INT(strlen(str_text(&s)), n + 5);
	}
}

static void str_failure_sticks(void)
{
	_cleanup_str_ struct str s = STR_INIT;
	struct err e;

	str_add(&s, "kept");
	str_add_bytes(&s, "x", SIZE_MAX / 2);
	CHECK_INT(str_check(&s, &e), -ENOMEM);
	CHECK_TEXT(e.text, "out of memory");
	str_add(&s, "more");
	CHECK_TEXT(str_text(&s), "kept");
	CHECK(str_take(&s) == NULL);
}

static void str_take_hands_over(void)
{
	struct str s = STR_INIT;
	_cleanup_free_ char *empty = str_take(&s), *full = NULL;

	CHECK_TEXT(empty, "");
	str_add(&s, "abc");
	full = str_take(&s);
	CHECK_TEXT(full, "abc");
	CHECK(s.data == NULL);
}

static void str_numbers(void)
{
	static const struct {
		const char *text;
		uint64_t max;
		bool good;
		uint64_t value;
	} rows[] = {
		{ "0", 0, true, 0 },
		{ "1", 0, false, 0 },
		{ "007", 7, true, 7 },
		{ "255", 255, true, 255 },
		{ "256", 255, false, 0 },
		{ "", 9, false, 0 },
		{ "-1", 9, false, 0 },
		{ "1 ", 9, false, 0 },
		{ "1x", 9, false, 0 },
		{ "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
		{ "18446744073709551616", UINT64_MAX, false, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		uint64_t n = 0;

		TEST_ROW("%s", rows[i].text);
		CHECK(str_number(rows[i].text, rows[i].max, &n) == rows[i].good);
		CHECK(n == rows[i].value);
	}
}

static void str_comparisons(void)
{
	CHECK(str_equal(NULL, NULL) && !str_equal("", NULL) && str_equal("a", "a"));
	CHECK(str_casecmp("FoO", "fOo") == 0 && str_casecmp("a", "b") < 0 &&
		str_casecmp("ab", "a") > 0);
	CHECK(str_casecmp("É", "é") != 0);
	CHECK(str_starts("abc", "ab") && !str_starts("a", "ab") && str_starts("a", ""));
	CHECK(str_empty(NULL) && str_empty("") && !str_empty(" "));
}

TEST_MAIN(TEST(str_grows_over_every_size), TEST(str_formats_into_any_room),
	TEST(str_failure_sticks), TEST(str_take_hands_over), TEST(str_numbers),
	TEST(str_comparisons))
