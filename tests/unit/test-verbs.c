/* SPDX-License-Identifier: MIT */
#include "cli/verbs.h"

#include "core/utf8.h"
#include "network.h"

#include <string.h>

static void verbs_have_aliases(void)
{
	static const char *const rows[][2] = { { "add", "new" }, { "list", "ls" },
		{ "remove", "rm" } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		CHECK(verbs_find(rows[i][0]) && verbs_find(rows[i][0]) == verbs_find(rows[i][1]));
	CHECK(!verbs_find("") && !verbs_find("ad") && !verbs_find("Add"));
}

/* The help is a line a verb, in the columns of a terminal; each is found and told more of. */
static void check_help(const char *language)
{
	_cleanup_str_ struct str help = STR_INIT;
	size_t n = 0;

	network_speak(language);
	verbs_help(&help);
	for (char *rest = help.data, *line; (line = strsep(&rest, "\n"));) {
		_cleanup_str_ struct str one = STR_INIT, clean = STR_INIT;
		_cleanup_free_ char *name = NULL;
		const struct cli_verb *verb;

		TEST_ROW("%s", line);
		utf8_add_clean(&clean, line);
		CHECK(utf8_width(str_text(&clean)) <= 80);
		if (!str_starts(line, "  " CLI_BOLD))
			continue;
		name = str_ndup(line + 3, strcspn(line + 3, " " CLI_PLAIN));
		verb = verbs_find(name);
		if (!CHECK(verb != NULL))
			continue;
		n++;
		CHECK(verb->run && verb->synopsis && !str_empty(verb->summary));
		verbs_help_one(&one, verb);
		CHECK(strstr(str_text(&one), _(verb->summary)) != NULL);
		CHECK(!verb->more || one.data[one.len - 1] == '\n');
	}
	CHECK(n > 10);
}

static void help_lists_each_verb(void)
{
	check_help("en");
	check_help("de");
}

/* What add and edit share stands where the mark was. */
static void help_of_a_contact(void)
{
	static const struct {
		const char *language, *verb, *before, *after;
	} rows[] = {
		{ "en", "add", "a new contact\n\n  --email A", "--no-busy-inbox\n\n  nudge add" },
		{ "en", "edit", "  --name N\n  --email A", "--no-busy-inbox\n  --untag T\n" },
		{ "de", "add", "ein neuer Kontakt\n\n  --email A",
			"--no-busy-inbox\n\n  nudge add" },
		{ "de", "edit", "  --name N\n  --email A", "--no-busy-inbox\n  --untag S\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str help = STR_INIT;

		TEST_ROW("%s %s", rows[i].language, rows[i].verb);
		network_speak(rows[i].language);
		verbs_help_one(&help, verbs_find(rows[i].verb));
		CHECK(strstr(str_text(&help), rows[i].before) != NULL);
		CHECK(strstr(str_text(&help), rows[i].after) != NULL);
		CHECK(strchr(str_text(&help), '{') == NULL);
	}
}

static void handles(void)
{
	static const struct {
		const char *text;
		char letter; /* 0: none */
		int64_t number;
	} rows[] = {
		{ "b7", 'b', 7 },
		{ "f12", 'f', 12 },
		{ "y9223372036854775807", 'y', INT64_MAX },
		{ "", 0, 0 },
		{ "b", 0, 0 },
		{ "b0", 0, 0 },
		{ "b-1", 0, 0 },
		{ "b7x", 0, 0 },
		{ "x7", 0, 0 },
		{ "B7", 'b', 7 },
		{ "ben", 0, 0 },
		{ "b 7", 0, 0 },
		{ "b99999999999999999999", 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char letter = 0;
		int64_t number = 0;

		TEST_ROW("%s", rows[i].text);
		CHECK(cli_handle(rows[i].text, &letter, &number) == (rows[i].letter != 0));
		CHECK_INT(letter, rows[i].letter);
		CHECK_INT(number, rows[i].number);
	}
}

static void words_are_joined(void)
{
	const char *all[] = { "Anna", "von der", "Heide" };
	const struct cli_list words = { all, 3 };
	static const struct {
		size_t first, n;
		const char *text;
	} rows[] = { { 0, 3, "Anna von der Heide" }, { 1, 1, "von der" }, { 1, 9, "von der Heide" },
		{ 3, 1, "" }, { 0, 0, "" } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *text = cli_join(&words, rows[i].first, rows[i].n);

		TEST_ROW("row %zu", i);
		CHECK_TEXT(text, rows[i].text);
	}
}

TEST_MAIN(TEST(verbs_have_aliases), TEST(help_lists_each_verb), TEST(help_of_a_contact),
	TEST(handles), TEST(words_are_joined))
