/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"
#include "cli/output.h"
#include "test.h"

static void output_in_columns(void)
{
	static const struct {
		const char *what;
		size_t columns;
		const char *marked, *expected;
	} rows[] = {
		{ "a pipe is as wide as can be", 0,
			"one two three four five six seven eight nine ten eleven twelve\n",
			"one two three four five six seven eight nine ten eleven twelve\n" },
		{ "what fits stays", 40, "one two three four five six seven nine ten\n",
			"one two three four five six seven nine\nten\n" },
		{ "exactly", 40, "0123456789 0123456789 0123456789 1234567\n",
			"0123456789 0123456789 0123456789 1234567\n" },
		{ "one more", 40, "0123456789 0123456789 0123456789 12345678\n",
			"0123456789 0123456789 0123456789\n12345678\n" },
		{ "goes on below its column", 40,
			"  b7    Anna Schmidt turns 42 today and Ben too\n",
			"  b7    Anna Schmidt turns 42 today and\n        Ben too\n" },
		{ "an indented line", 40, "        Managing Director of Everything, Acme\n",
			"        Managing Director of Everything,\n        Acme\n" },
		{ "a column far to the right is none", 40,
			"a                          long way to the right of it\n",
			"a                          long way to\nthe right of it\n" },
		{ "a word that fits nowhere stays whole", 40,
			"https://example.org/0123456789012345678901234567890123456789 end\n",
			"https://example.org/0123456789012345678901234567890123456789\nend\n" },
		{ "wide letters count twice", 40, "山田太郎山田太郎山田太郎 山田太郎山田太郎 end\n",
			"山田太郎山田太郎山田太郎\n山田太郎山田太郎 end\n" },
		{ "marks take no room", 40,
			CLI_BOLD "0123456789" CLI_PLAIN " 0123456789 " CLI_FAINT
				 "0123456789 1234567" CLI_PLAIN "\n",
			"0123456789 0123456789 0123456789 1234567\n" },
		{ "a word with a mark inside is one", 40,
			"0123456789 0123456789 0123456789 123" CLI_BOLD "45678" CLI_PLAIN "\n",
			"0123456789 0123456789 0123456789\n12345678\n" },
		{ "no line end", 40, "one", "one" },
		{ "blanks at the end go", 40, "one   \n\ntwo\n", "one\n\ntwo\n" },
		{ "narrower than can be set", 1, "0123456789 0123456789 0123456789 1234567\n",
			"0123456789 0123456789 0123456789 1234567\n" },
		{ "control characters", 0, "a\033[31mb\x07\n", "a[31mb\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct output output = { .columns = rows[i].columns };
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s", rows[i].what);
		output_render(&out, rows[i].marked, &output);
		CHECK_TEXT(str_text(&out), rows[i].expected);
	}
}

static void output_in_colour(void)
{
	const struct output output = { .colour = true, .columns = 40 };
	_cleanup_str_ struct str out = STR_INIT;

	output_render(&out,
		CLI_BOLD "Thanks" CLI_PLAIN "\n  " CLI_ACCENT "y1" CLI_PLAIN "    Anna\n", &output);
	CHECK_TEXT(str_text(&out), "\033[1mThanks\033[0m\n  \033[36my1\033[0m    Anna\n");
}

/* A mark among the blanks of a gap takes no room, neither in the line nor where it goes on. */
static void marks_in_a_gap(void)
{
	static const struct {
		const char *what;
		bool colour;
		const char *marked, *expected;
	} rows[] = {
		{ "goes on below the text", true,
			"  " CLI_ACCENT "b7   " CLI_PLAIN
			" Anna Schmidt turns 42 today and so on\n",
			"  \033[36mb7   \033[0m Anna Schmidt turns 42 today and\n        so on\n" },
		{ "the same plain", false,
			"  " CLI_ACCENT "b7   " CLI_PLAIN
			" Anna Schmidt turns 42 today and so on\n",
			"  b7    Anna Schmidt turns 42 today and\n        so on\n" },
		{ "a mark where the line is broken", true,
			"0123456789 0123456789 0123456789 " CLI_FAINT " 12345678" CLI_PLAIN "\n",
			"0123456789 0123456789 0123456789\n\033[2m12345678\033[0m\n" },
		{ "blanks at the end go, marks stay", true, CLI_FAINT "one " CLI_PLAIN " \n",
			"\033[2mone\033[0m\n" },
		{ "a mark and nothing else", true, CLI_FAINT CLI_PLAIN, "\033[2m\033[0m" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct output output = { .colour = rows[i].colour, .columns = 40 };
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s", rows[i].what);
		output_render(&out, rows[i].marked, &output);
		CHECK_TEXT(str_text(&out), rows[i].expected);
	}
}

static void lines_stand_in_their_column(void)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{ "one", "one" },
		{ "one\ntwo\n\nfour", "one\n   two\n   \n   four" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s", rows[i].text);
		output_add_lines(&out, rows[i].text, 3);
		CHECK_TEXT(str_text(&out), rows[i].expected);
	}
}

static void columns_are_padded(void)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *expected;
	} rows[] = {
		{ "Ort", 5, "Ort  " },
		{ "Überblick", 10, "Überblick " },
		{ "山田", 5, "山田 " },
		{ "exact", 5, "exact" },
		{ "longer", 5, "longer" },
		{ "", 3, "   " },
		{ "", 0, "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s", rows[i].text);
		output_add_padded(&out, rows[i].text, rows[i].columns);
		CHECK_TEXT(str_text(&out), rows[i].expected);
	}
}

static void dates_stand_in_a_column(void)
{
	_cleanup_str_ struct str out = STR_INIT;

	output_add_date(&out, 20780);
	CHECK_TEXT(str_text(&out), "23 November 2026    ");
}

TEST_MAIN(TEST(output_in_columns), TEST(output_in_colour), TEST(marks_in_a_gap),
	TEST(columns_are_padded), TEST(lines_stand_in_their_column), TEST(dates_stand_in_a_column))
