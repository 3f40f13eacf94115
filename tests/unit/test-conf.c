/* SPDX-License-Identifier: MIT */
#include "conf/conf.h"

#include "base/file.h"
#include "conf-text.h"
#include "conf/option.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct conf *load_good(const char *text)
{
	_cleanup_str_ struct str errors = STR_INIT;
	struct conf *conf = NULL;

	CHECK_INT(conf_text_load(&conf, text, &errors), 0);
	CHECK_TEXT(str_text(&errors), "");
	return conf;
}

static void conf_defaults(void)
{
	_cleanup_(conf_freep) struct conf *conf = load_good(CONF_TEXT_SMTP CONF_TEXT_DIGESTS);
	const struct conf_digest *d = conf ? conf->digests : NULL;
	_cleanup_free_ char *path = file_absolute("nudged.conf");

	if (!d)
		return;
	CHECK_TEXT(conf->path, path);
	CHECK_TEXT(conf->smtp.url, "smtp://mail.example.org:587");
	CHECK_TEXT(conf->smtp.host, "mail.example.org");
	CHECK_INT(conf->smtp.port, 587);
	CHECK(!conf->smtp.implicit_tls);
	CHECK_INT(conf->smtp.tls, CONF_TLS_REQUIRED);
	CHECK(!conf->smtp.ca_file && !conf->smtp.user && !conf->smtp.password_file);
	CHECK(!conf->smtp.password_credential && !conf->smtp.password_command);
	CHECK(!conf->smtp.token_command);
	CHECK_INT(conf->smtp.connections, 4);
	CHECK_INT(conf->smtp.max_per_minute, 0);
	CHECK_INT(conf->n_digests, 1);
	CHECK_TEXT(d->book, "main");
	CHECK_TEXT(d->cadence_text, "*-*-* 07:00");
	CHECK(d->cadence && d->zone && d->timezone);
	CHECK_TEXT(d->language, "en");
	CHECK_INT(d->address, CONF_ADDRESS_DU);
	CHECK_INT(d->n_sections, CONF_SECTION_COUNT);
	for (size_t i = 0; i < d->n_sections; i++)
		CHECK_INT(d->sections[i], i);
	CHECK_INT(d->lead_days, 7);
	CHECK_INT(d->leap_day, OCCASION_LEAP_FEB28);
	CHECK_INT(d->touch_max, 3);
	CHECK_INT(d->introduction_max, 1);
	CHECK_INT(d->help_max, 1);
	CHECK(!d->send_empty && d->notes_in_mail && d->subject_names && d->calendar);
	CHECK_INT(d->in_doubt, CONF_IN_DOUBT_RESEND);
	CHECK(conf_find_digest(conf, "d") == d);
	CHECK(!conf_find_digest(conf, "e"));
}

static void conf_tls_by_the_server(void)
{
	static const struct {
		const char *server;
		enum conf_tls tls;
		const char *errors; /* NULL: none */
	} rows[] = {
		{ "url = \"smtp://mail.example.org\"", CONF_TLS_REQUIRED, NULL },
		{ "url = \"smtp://localhost\"", CONF_TLS_NONE, NULL },
		{ "url = \"smtp://127.0.0.1:25\"", CONF_TLS_NONE, NULL },
		{ "url = \"smtp://[::1]\"", CONF_TLS_NONE, NULL },
		{ "url = \"smtps://localhost\"", CONF_TLS_REQUIRED, NULL },
		{ "url = \"smtp://localhost\"; tls = \"required\"", CONF_TLS_REQUIRED, NULL },
		{ "url = \"smtp://h\"; tls = \"opportunistic\"", CONF_TLS_OPPORTUNISTIC, NULL },
		{ "url = \"smtp://h\"; tls = \"none\"", CONF_TLS_NONE, NULL },
		{ "url = \"smtps://h\"; tls = \"none\"", CONF_TLS_NONE,
			"nudged.conf:1: smtp.tls: with smtps:// only \"required\" is possible: TLS "
			"begins before the first word\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT;

		TEST_ROW("%s", rows[i].server);
		str_addf(&text, "smtp: { %s; from = \"n@example.org\"; };\n" CONF_TEXT_DIGESTS,
			rows[i].server);
		CHECK_INT(conf_text_load(&conf, str_text(&text), &errors),
			rows[i].errors ? -EINVAL : 0);
		CHECK_TEXT(str_text(&errors), rows[i].errors ? rows[i].errors : "");
		CHECK(!conf || conf->smtp.tls == rows[i].tls);
	}
}

static void conf_default_language_by_environment(void)
{
	static const struct {
		const char *lc_all, *lc_messages, *lang, *language;
	} rows[] = {
		{ NULL, NULL, "de_DE.UTF-8", "de" },
		{ NULL, NULL, "fr_FR.UTF-8", "en" },
		{ NULL, "de", "en_US", "de" },
		{ "C", "de_DE", "de_DE", "en" },
		{ "", "", "de_AT", "de" },
		{ NULL, NULL, NULL, "en" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str errors = STR_INIT;

		TEST_ROW("row %zu", i);
		/* It leaves the file, and an environment that says nothing. */
		conf_free(load_good(CONF_TEXT_SMTP CONF_TEXT_DIGESTS));
		if (rows[i].lc_all)
			(void)setenv("LC_ALL", rows[i].lc_all, 1);
		if (rows[i].lc_messages)
			(void)setenv("LC_MESSAGES", rows[i].lc_messages, 1);
		if (rows[i].lang)
			(void)setenv("LANG", rows[i].lang, 1);
		CHECK_INT(conf_load(&conf, "nudged.conf", CONF_TEXT_NOW, &errors), 0);
		CHECK_TEXT(conf ? conf->digests[0].language : NULL, rows[i].language);
	}
}

static void conf_paths_are_below_the_file(void)
{
	static const struct {
		const char *text, *path; /* NULL: below the test's folder */
	} rows[] = {
		{ "x/y.db", NULL },
		{ "/x/y.db", "/x/y.db" },
		{ "~/x/y.db", "/home/anna/x/y.db" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT;
		_cleanup_free_ char *below = file_join(test_folder(), rows[i].text);
		_cleanup_(conf_freep) struct conf *conf = NULL;

		str_addf(
			&text, "database = \"%s\";" CONF_TEXT_SMTP CONF_TEXT_DIGESTS, rows[i].text);
		conf = load_good(str_text(&text));
		CHECK_TEXT(conf ? conf->database : NULL, rows[i].path ? rows[i].path : below);
	}
}

static void conf_values_arrive(void)
{
	_cleanup_(conf_freep) struct conf *conf = load_good(
		"smtp: { url = \"smtps://[::1]:2465\"; from = \"Anna \\\"A\\\" <n@example.org>\";\n"
		"  user = \"anna\"; password_command = [ \"pass\", \"a b\" ];\n"
		"  tls = \"required\"; ca_file = \"/ca\"; connections = 0x10; max_per_minute = 60;\n"
		"};\n"
		"digests = ( { name = \"a\"; book = \"b\";\n"
		"  to = ( \"a@example.org\", \"B <b@example.org>\" );\n"
		"  cadence = \"Mon 08:00\"; timezone = \"UTC\"; language = \"de\"; address = \"sie\";\n"
		"  sections = [ \"forums\", \"help\" ]; lead_days = 0; leap_day = \"mar1\";\n"
		"  touch_max = 4; introduction_max = 5; help_max = 6; send_empty = TRUE;\n"
		"  notes_in_mail = false; subject_names = false; calendar = false;\n"
		"  in_doubt = \"hold\"; },\n"
		"{ name = \"c\"; to = [ \"c@example.org\" ]; } );\n");
	const struct conf_digest *d = conf ? conf->digests : NULL;

	if (!d)
		return;
	CHECK_TEXT(conf->smtp.url, "smtps://[::1]:2465");
	CHECK_TEXT(conf->smtp.host, "::1");
	CHECK(conf->smtp.implicit_tls);
	CHECK_INT(conf->smtp.tls, CONF_TLS_REQUIRED);
	CHECK_TEXT(conf->smtp.from.address, "n@example.org");
	CHECK_TEXT(conf->smtp.password_command[1], "a b");
	CHECK(!conf->smtp.password_command[2]);
	CHECK_INT(conf->smtp.connections, 16);
	CHECK_INT(conf->smtp.max_per_minute, 60);
	CHECK_INT(conf->n_digests, 2);
	CHECK_INT(d->n_to, 2);
	CHECK_TEXT(d->to[1].name, "B");
	CHECK_TEXT(d->to[1].address, "b@example.org");
	CHECK_TEXT(d->timezone, "UTC");
	CHECK_INT(d->address, CONF_ADDRESS_SIE);
	CHECK_INT(d->n_sections, 2);
	CHECK_INT(d->sections[0], CONF_SECTION_FORUMS);
	CHECK_INT(d->sections[1], CONF_SECTION_HELP);
	CHECK_INT(d->lead_days, 0);
	CHECK_INT(d->leap_day, OCCASION_LEAP_MAR1);
	CHECK(d->touch_max == 4 && d->introduction_max == 5 && d->help_max == 6);
	CHECK(d->send_empty && !d->notes_in_mail && !d->subject_names && !d->calendar);
	CHECK_INT(d->in_doubt, CONF_IN_DOUBT_HOLD);
	CHECK(conf_find_digest(conf, "c") == d + 1);
}

/* What is written reads back, from another place and with another environment, and is written the
 * same again. */
static void check_round_trip(const char *text)
{
	_cleanup_(conf_freep) struct conf *conf = load_good(text), *back = NULL;
	_cleanup_str_ struct str written = STR_INIT, again = STR_INIT;

	if (!conf)
		return;
	conf_write(conf, &written);
	back = load_good(str_text(&written));
	if (!back)
		return;
	conf_write(back, &again);
	CHECK_TEXT(str_text(&again), str_text(&written));
	CHECK_TEXT(back->database, conf->database);
	CHECK_TEXT(back->smtp.url, conf->smtp.url);
	CHECK_TEXT(back->smtp.from.name, conf->smtp.from.name);
	CHECK_INT(back->smtp.tls, conf->smtp.tls);
	CHECK_INT(back->n_digests, conf->n_digests);
}

static void conf_round_trips(void)
{
	static const char *const rows[] = {
		CONF_TEXT_SMTP CONF_TEXT_DIGESTS,
		CONF_TEXT_SMTP "digests = [ ];",
		"smtp: { url = \"smtp://localhost:25\"; from = \"M\xc3\xbcller \\\\ <n@example.org>\"; "
		"user = \"a\\\"b\\\\c\"; password_file = \"p\"; };\n" CONF_TEXT_DIGESTS,
		"smtp: { url = \"smtps://h\"; from = \"n@example.org\"; user = \"u\"; "
		"token_command = [ \"t\", \"@include \\\"x\\\"\", \"\\\\\" ]; ca_file = \"~/ca\"; };\n"
		"digests: ( { " CONF_TEXT_DIGEST " sections = [ \"forums\" ]; }, { name = \"e\"; "
		"to = [ \"\\\"Doe, J\\\" <j@example.org>\", \"k@example.org\" ]; send_empty = true; } );",
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		check_round_trip(rows[i]);
	}
}

static char *sample_changed(const char *from, const char *to, const char *text)
{
	_cleanup_str_ struct str changed = STR_INIT;
	size_t n = strlen(from), count = 0;

	for (; *text; text++) {
		if (!str_starts(text, from)) {
			str_add_char(&changed, *text);
			continue;
		}
		str_add(&changed, to);
		text += n - 1;
		count++;
	}
	CHECK(count > 0);
	return str_take(&changed);
}

static void conf_sample_works(void)
{
	_cleanup_free_ char *sample = test_data_read("../etc/nudged.conf", NULL),
			    *server = sample_changed(
				    "mail.example.org:587", "smtp.example.net", sample),
			    *mine = sample_changed("anna@example.org", "ben@example.net", server);
	_cleanup_(conf_freep) struct conf *conf = load_good(mine);
	_cleanup_free_ char *secret = file_join(test_folder(), "smtp-password");
	size_t marks = 0;

	for (const char *at = sample; (at = strstr(at, "# <- change")); at++)
		marks++;
	CHECK_INT(marks, 3);
	if (!conf)
		return;
	CHECK_TEXT(conf->smtp.url, "smtp://smtp.example.net:587");
	CHECK_TEXT(conf->smtp.from.address, "ben@example.net");
	CHECK_TEXT(conf->smtp.password_file, secret);
	CHECK_TEXT(conf->digests[0].to[0].address, "ben@example.net");
}

static void conf_sample_names_every_option(void)
{
	static const struct option_table *const tables[] = { &option_root, &option_smtp,
		&option_digest };
	_cleanup_free_ char *sample = test_data_read("../etc/nudged.conf", NULL);

	for (size_t i = 0; i < ARRAY_SIZE(tables); i++)
		for (size_t j = 0; j < tables[i]->n; j++) {
			TEST_ROW("%s", tables[i]->options[j].name);
			CHECK(strstr(sample, tables[i]->options[j].name));
		}
}

/* The sample's settings that are commented out and have a fixed default do not change it. */
static void conf_sample_tells_the_defaults(void)
{
	static const char *const keys[] = { "tls", "connections", "max_per_minute", "book",
		"address", "lead_days", "leap_day", "touch_max", "introduction_max", "help_max",
		"send_empty", "notes_in_mail", "subject_names", "calendar", "in_doubt" };
	_cleanup_free_ char *sample = test_data_read("../etc/nudged.conf", NULL);
	_cleanup_(conf_freep) struct conf *plain = load_good(sample), *open = NULL;
	_cleanup_str_ struct str expected = STR_INIT, found = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		char from[64], to[64], *changed;

		TEST_ROW("%s", keys[i]);
		(void)snprintf(from, sizeof(from), " # %s = ", keys[i]);
		(void)snprintf(to, sizeof(to), " %s = ", keys[i]);
		changed = sample_changed(from, to, sample);
		free(sample);
		sample = changed;
	}
	open = load_good(sample);
	if (!plain || !open)
		return;
	conf_write(plain, &expected);
	conf_write(open, &found);
	CHECK_TEXT(str_text(&found), str_text(&expected));
}

TEST_MAIN(TEST(conf_defaults), TEST(conf_tls_by_the_server),
	TEST(conf_default_language_by_environment), TEST(conf_paths_are_below_the_file),
	TEST(conf_values_arrive), TEST(conf_round_trips), TEST(conf_sample_works),
	TEST(conf_sample_names_every_option), TEST(conf_sample_tells_the_defaults))
