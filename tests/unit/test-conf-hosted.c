/* SPDX-License-Identifier: MIT */
/*
 * test-conf-hosted: the settings of a digest that lives in the database.
 */
#include "conf/hosted.h"
#include "test.h"

#include <errno.h>
#include <string.h>

#define NOW INT64_C(1795400000)
#define TO  "to = [ \"a@example.org\" ];\n"

static int read_settings(const char *settings, bool checks, struct str *errors)
{
	_cleanup_hosted_settings_ struct conf_digest digest = { 0 };
	const int64_t now = NOW;
	struct zonecache zones = { 0 };
	int r = hosted_settings_read(
		&digest, "anna", "b", settings, &zones, checks ? &now : NULL, errors);

	if (r == 0) {
		CHECK_TEXT(digest.name, "anna");
		CHECK_TEXT(digest.book, "b");
		CHECK(digest.zone && digest.lent_zone && digest.cadence);
	}
	zonecache_empty(&zones);
	return r;
}

static void what_is_wrong_is_said_by_key(void)
{
	static const struct {
		const char *settings, *error;
	} rows[] = {
		{ TO, "" },
		{ TO "timezone = \"UTC\";\nlead_days = 60;\n", "" },
		{ "", "to: is missing" },
		{ TO "lead_days = 61;\n", "lead_days: 61 is out of range" },
		{ TO "timezone = \"Europe/Nowhere\";\n", "timezone: there is no time zone" },
		{ TO "cadence = \"sometimes\";\n", "cadence: " },
		{ TO "cadence = \"*:0/5\";\n", "cadence: " },
		{ TO "colour = 1;\n", "colour: unknown key" },
		{ "to = [", "damaged" },
		{ TO "name = \"other\";\n", "damaged" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str errors = STR_INIT;

		TEST_ROW("%zu", i);
		CHECK_INT(read_settings(rows[i].settings, true, &errors),
			*rows[i].error ? -EINVAL : 0);
		CHECK(strstr(str_text(&errors), rows[i].error) != NULL);
	}
}

/* What was possible when it was written is not refused later. */
static void the_cadence_is_checked_when_it_is_written(void)
{
	_cleanup_str_ struct str errors = STR_INIT;

	CHECK_INT(read_settings(TO "cadence = \"2020-01-01 07:00\";\n", true, &errors), -EINVAL);
	CHECK_INT(read_settings(TO "cadence = \"2020-01-01 07:00\";\n", false, &errors), 0);
}

static void there_is_an_end_to_them(void)
{
	_cleanup_str_ struct str settings = STR_INIT, errors = STR_INIT;

	str_add(&settings, TO);
	while (settings.len <= HOSTED_SETTINGS_MAX)
		str_add(&settings, "# nothing\n");
	CHECK_INT(read_settings(str_text(&settings), false, &errors), -EINVAL);
}

static void one_is_set_and_taken_out(void)
{
	static const struct {
		const char *key, *values[3];
		const char *after;
	} rows[] = {
		{ "to", { "a@example.org", "B \"b\\\" <b@example.org>" },
			"to = [ \"a@example.org\", \"B \\\"b\\\\\\\" <b@example.org>\" ];\n" },
		{ "to", { "a@example.org" }, TO },
		{ "lead_days", { "14" }, TO "lead_days = 14;\n" },
		{ "lead_days", { "many" }, TO "lead_days = \"many\";\n" },
		{ "lead_days", { "99999999999" }, TO "lead_days = \"99999999999\";\n" },
		{ "lead_days", { "" }, TO },
		{ "send_empty", { "yes" }, TO "send_empty = true;\n" },
		{ "send_empty", { "no" }, TO "send_empty = false;\n" },
		{ "send_empty", { "perhaps" }, TO "send_empty = \"perhaps\";\n" },
		{ "send_empty", { NULL }, TO },
		{ "sections", { "occasions", "coffee" },
			TO "sections = [ \"occasions\", \"coffee\" ];\n" },
	};
	_cleanup_str_ struct str settings = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t n = 0;

		while (rows[i].values[n])
			n++;
		TEST_ROW("%zu", i);
		CHECK_INT(hosted_settings_set(&settings, rows[i].key, rows[i].values, n, NULL), 0);
		CHECK_TEXT(str_text(&settings), rows[i].after);
	}
}

static void every_key_but_name_and_book_can_be_set(void)
{
	size_t n = 0;

	for (; hosted_settings_key(n); n++)
		CHECK(strcmp(hosted_settings_key(n), "name") != 0 &&
			strcmp(hosted_settings_key(n), "book") != 0);
	CHECK_TEXT(hosted_settings_key(0), "to");
	CHECK(n >= 15);
}

TEST_MAIN(TEST(what_is_wrong_is_said_by_key), TEST(the_cadence_is_checked_when_it_is_written),
	TEST(there_is_an_end_to_them), TEST(one_is_set_and_taken_out),
	TEST(every_key_but_name_and_book_can_be_set))
