/* SPDX-License-Identifier: MIT */
#include "format/shellword.h"

#include "test.h"

#include <errno.h>

#define BREAKS " \t\n\"'@><=;|&(:"

static void lines_and_cursors(void)
{
	static const struct {
		const char *line;
		const char *words; /* joined by | */
		enum shellword_quote quote;
		size_t kept;
	} rows[] = {
		{ "", "", SHELLWORD_PLAIN, 0 },
		{ "nudge", "nudge", SHELLWORD_PLAIN, 0 },
		{ "nudge ", "nudge|", SHELLWORD_PLAIN, 0 },
		{ "nudge  show\tAn", "nudge|show|An", SHELLWORD_PLAIN, 0 },
		{ "show Anna\\ Sch", "show|Anna Sch", SHELLWORD_PLAIN, 0 },
		{ "show \"Anna Sch", "show|Anna Sch", SHELLWORD_DOUBLE, 0 },
		{ "show 'Anna Sch", "show|Anna Sch", SHELLWORD_SINGLE, 0 },
		{ "show \"Anna Schmidt\" ", "show|Anna Schmidt|", SHELLWORD_PLAIN, 0 },
		{ "show 'a b' c", "show|a b|c", SHELLWORD_PLAIN, 0 },
		{ "show \"\"", "show|", SHELLWORD_PLAIN, 0 },
		{ "show '' x", "show||x", SHELLWORD_PLAIN, 0 },
		{ "show O\\'Brien", "show|O'Brien", SHELLWORD_PLAIN, 0 },
		{ "show 'O'\\''Brien'", "show|O'Brien", SHELLWORD_PLAIN, 0 },
		{ "show \"a\\\"b\\$c\\d", "show|a\"b$c\\d", SHELLWORD_DOUBLE, 0 },
		{ "show 'a\\", "show|a\\", SHELLWORD_SINGLE, 0 },
		{ "show Jo\\", "show|Jo", SHELLWORD_PLAIN, 0 },
		{ "show J\303\266", "show|J\303\266", SHELLWORD_PLAIN, 0 },
		/* Where bash begins anew. */
		{ "list --tag=fr", "list|--tag=fr", SHELLWORD_PLAIN, 6 },
		{ "list --tag=\"fr", "list|--tag=fr", SHELLWORD_DOUBLE, 6 },
		{ "list --tag\\=fr", "list|--tag=fr", SHELLWORD_PLAIN, 0 },
		{ "show anna@ex", "show|anna@ex", SHELLWORD_PLAIN, 4 },
		{ "show \"a:b", "show|a:b", SHELLWORD_DOUBLE, 0 },
		{ "show a:b:c", "show|a:b:c", SHELLWORD_PLAIN, 4 },
		{ "show a:b c", "show|a:b|c", SHELLWORD_PLAIN, 0 },
		{ "show ab\"cd", "show|abcd", SHELLWORD_DOUBLE, 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_shellwords_ struct shellword_line line = { 0 };
		_cleanup_str_ struct str words = STR_INIT;
		struct err e;

		TEST_ROW("%s", rows[i].line);
		CHECK_INT(shellword_split(rows[i].line, BREAKS, &line, &e), 0);
		for (size_t j = 0; j < line.n; j++)
			str_addf(&words, "%s%s", j ? "|" : "", line.words[j]);
		CHECK_TEXT(str_text(&words), rows[i].words);
		CHECK_INT(line.quote, rows[i].quote);
		CHECK_INT(line.kept, rows[i].kept);
	}
}

static void words_for_a_line(void)
{
	static const struct {
		const char *text, *plain, *in_single, *in_double;
	} rows[] = {
		{ "Anna", "Anna", "Anna", "Anna" },
		{ "Anna Schmidt", "Anna\\ Schmidt", "Anna Schmidt", "Anna Schmidt" },
		{ "azAZ09", "azAZ09", "azAZ09", "azAZ09" },
		{ "J\303\200rg", "J\303\200rg", "J\303\200rg", "J\303\200rg" },
		{ "J\303\266rg", "J\303\266rg", "J\303\266rg", "J\303\266rg" },
		{ "O'Brien", "O\\'Brien", "O'\\''Brien", "O'Brien" },
		{ "\"Bob\"", "\\\"Bob\\\"", "\"Bob\"", "\\\"Bob\\\"" },
		{ "$x `y` \\", "\\$x\\ \\`y\\`\\ \\\\", "$x `y` \\", "\\$x \\`y\\` \\\\" },
		{ "a;b&c(d)~#!*?", "a\\;b\\&c\\(d\\)\\~\\#\\!\\*\\?", "a;b&c(d)~#!*?",
			"a;b&c(d)~#!*?" },
		{ "p@example.org", "p@example.org", "p@example.org", "p@example.org" },
		{ "--tag=x", "--tag=x", "--tag=x", "--tag=x" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *const expected[] = { rows[i].plain, rows[i].in_single,
			rows[i].in_double };

		TEST_ROW("%s", rows[i].text);
		for (int quote = SHELLWORD_PLAIN; quote <= SHELLWORD_DOUBLE; quote++) {
			_cleanup_str_ struct str out = STR_INIT;

			shellword_add(&out, rows[i].text, (enum shellword_quote)quote);
			CHECK_TEXT(str_text(&out), expected[quote]);
		}
	}
}

static void limits(void)
{
	_cleanup_str_ struct str text = STR_INIT;
	struct shellword_line line;
	struct err e;

	for (size_t i = 1; i < SHELLWORD_WORDS_MAX; i++)
		str_add(&text, "a ");
	CHECK_INT(shellword_split(str_text(&text), BREAKS, &line, &e), 0);
	CHECK_INT(line.n, SHELLWORD_WORDS_MAX);
	shellword_line_done(&line);
	str_add(&text, "a ");
	CHECK_INT(shellword_split(str_text(&text), BREAKS, &line, &e), -EINVAL);
	CHECK_INT(line.n, 0);
	str_clear(&text);
	for (size_t i = 0; i < SHELLWORD_LINE_MAX; i++)
		str_add_char(&text, 'a');
	CHECK_INT(shellword_split(str_text(&text), BREAKS, &line, &e), 0);
	shellword_line_done(&line);
	str_add_char(&text, 'a');
	CHECK_INT(shellword_split(str_text(&text), BREAKS, &line, &e), -EINVAL);
}

TEST_MAIN(TEST(lines_and_cursors), TEST(words_for_a_line), TEST(limits))
