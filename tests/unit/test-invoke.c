/* SPDX-License-Identifier: MIT */
#include "conf/invoke.h"

#include "conf/location.h"
#include "test.h"

#include <string.h>

static void a_command_names_what_is_not_found_without(void)
{
	static const struct {
		const char *config, *book, *text;
	} rows[] = {
		{ NULL, NULL, "nudge" },
		{ NULL, "main", "nudge" },
		{ NULL, "club", "nudge -b club" },
		{ "/srv/anna.conf", NULL, "nudge -c /srv/anna.conf" },
		{ "/srv/our books/anna's.conf", "club",
			"nudge -c /srv/our\\ books/anna\\'s.conf -b club" },
		{ LOCATION_SYSTEM_CONFIGURATION, NULL, "nudge -c " LOCATION_SYSTEM_CONFIGURATION },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT;

		TEST_ROW("row %zu", i);
		invoke_add(&text, rows[i].config, rows[i].book);
		CHECK_TEXT(str_text(&text), rows[i].text);
	}
}

static void the_program_is_quoted(void)
{
	_cleanup_str_ struct str own = STR_INIT, usual = STR_INIT;

	invoke_add_program(&own, false, "--once", "/srv/anna's.conf");
	CHECK(strstr(str_text(&own), "nudged --once --config '/srv/anna'\\''s.conf'") != NULL);
	invoke_add_program(&usual, true, "--once", NULL);
	CHECK(str_starts(str_text(&usual), "runuser -u nudged -- "));
	CHECK(!strstr(str_text(&usual), "--config"));
}

/* Their shell does not know what the service's environment says. */
static void a_reader_finds_only_what_lies_where_all_look(void)
{
	static const struct {
		const char *config, *text;
	} rows[] = {
		{ NULL, "nudge -b club" },
		{ LOCATION_SYSTEM_CONFIGURATION, "nudge -b club" },
		{ "/home/anna/cfg/nudged/nudged.conf", "nudge -b club" },
		{ "/home/anna/.config/nudged/nudged.conf",
			"nudge -c /home/anna/.config/nudged/nudged.conf -b club" },
		{ "/srv/anna.conf", "nudge -c /srv/anna.conf -b club" },
	};

	if (setenv("XDG_CONFIG_HOME", "/home/anna/cfg", 1) < 0 ||
		setenv("NUDGED_CONFIG", "/srv/anna.conf", 1) < 0)
		abort();
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT;

		TEST_ROW("row %zu", i);
		invoke_add_for_reader(&text, rows[i].config, "club");
		CHECK_TEXT(str_text(&text), rows[i].text);
	}
}

/* A sentence of ours: with the options that were typed, what it proposes is about the same book. */
static void advice_is_for_this_book(void)
{
	static const struct {
		const char *text, *advice;
	} rows[] = {
		{ "see `nudge list`", "see `N list`" },
		{ "nudge undo", "N undo" },
		{ "One: nudge merge '#1' '#2' -- two: nudge duplicates --differ '#1' '#2'",
			"One: N merge '#1' '#2' -- two: N duplicates --differ '#1' '#2'" },
		{ "zeigt „nudge agenda“.", "zeigt „N agenda“." },
		{ "nudge -c FILE init", "nudge -c FILE init" },
		{ "run nudged, or /usr/bin/nudge list", "run nudged, or /usr/bin/nudge list" },
		{ "the socket of nudge", "the socket of nudge" },
		{ "a-nudge list, nudge \"Ann\"", "a-nudge list, nudge \"Ann\"" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT;

		TEST_ROW("%s", rows[i].text);
		invoke_add_text(&text, rows[i].text, "N");
		CHECK_TEXT(str_text(&text), rows[i].advice);
	}
}

int main(void)
{
	static const struct test tests[] = { TEST(the_program_is_quoted),
		TEST(a_command_names_what_is_not_found_without),
		TEST(a_reader_finds_only_what_lies_where_all_look), TEST(advice_is_for_this_book) };

	return test_main(tests, ARRAY_SIZE(tests));
}
