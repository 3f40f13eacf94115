/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "format/text.h"
#include "test.h"

#include <string.h>

static void text_wrapped(void)
{
	static const struct {
		const char *in;
		size_t columns;
		const char *first, *next, *out;
	} rows[] = {
		{ "one two three", 7, NULL, NULL, "one two\nthree\n" },
		{ "one two three", 8, NULL, NULL, "one two\nthree\n" },
		{ "one two three", 13, NULL, NULL, "one two three\n" },
		{ "one two three", 12, NULL, NULL, "one two\nthree\n" },
		{ "one two", 8, "- ", "  ", "- one\n  two\n" },
		{ "  one\t two ", 20, NULL, NULL, "one two\n" },
		{ "a\nb\n\nc", 20, NULL, NULL, "a\nb\n\nc\n" },
		{ "a\n\nb", 20, "* ", "  ", "* a\n\n  b\n" },
		{ "a\n", 20, NULL, NULL, "a\n" },
		{ "", 20, NULL, NULL, "\n" },
		{ "abcdefghij k", 4, NULL, NULL, "abcd\nefgh\nij k\n" },
		{ "x abcdefghij", 4, NULL, "  ", "x\n  ab\n  cd\n  ef\n  gh\n  ij\n" },
		{ "see https://example.org/long now", 10, NULL, NULL,
			"see\nhttps://example.org/long\nnow\n" },
		/* columns, not bytes: umlauts one, these ideographs two each, a combining mark none
  */
		{ "äöü äöü", 7, NULL, NULL, "äöü äöü\n" },
		{ "日本 日本", 8, NULL, NULL, "日本\n日本\n" },
		{ "日本 日本", 9, NULL, NULL, "日本 日本\n" },
		{ "日本日", 3, NULL, NULL, "日\n本\n日\n" },
		{ "e\xcc\x81"
		  "e\xcc\x81",
			1, NULL, NULL, "e\xcc\x81\ne\xcc\x81\n" },
		{ "a\xc2\xa0"
		  "b c",
			3, NULL, NULL, "a b\nc\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("row %zu", i);
		text_wrap(&s, rows[i].in, rows[i].columns, rows[i].first, rows[i].next);
		CHECK_TEXT(str_text(&s), rows[i].out);
	}
}

/* Whatever the width: no line is wider, and the words are all there in their order. */
static void text_keeps_all_words(void)
{
	static const char in[] =
		"Anna Müller wird heute 42 und wartet seit Tagen auf die Folien aus Köln";

	for (size_t columns = 8; columns < 80; columns++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%zu columns", columns);
		text_wrap(&s, in, columns, NULL, NULL);
		for (char *line = s.data, *end; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			CHECK(utf8_width(line) <= columns && *line);
			*end = end[1] ? ' ' : '\0';
			if (!*end)
				break;
		}
		CHECK_TEXT(str_text(&s), in);
	}
}

TEST_MAIN(TEST(text_wrapped), TEST(text_keeps_all_words))
