/* SPDX-License-Identifier: MIT */
#include "digest/edition.h"

#include "book/outbox.h"
#include "book/troubles.h"
#include "core/str.h"
#include "core/zone.h"
#include "network.h"

#include <stdio.h>

#define DAILY "{ name = \"d\"; cadence = \"*-*-* 07:00\"; lead_days = 0; }"
#define TOLD  "SELECT count(*) FROM told WHERE kind='x'"
#define LAST  "SELECT max(id) FROM delivery"
#define FULL  "database /n.db: the disk is full; make room"

/* A digest that has welcomed, and a disk that was full on the 23rd from 6:50 to 9:10. */
static void open_with(struct network *n, const char *digests)
{
	network_open(n);
	network_configure(n, digests);
	CHECK(network_take(n, network_at(n, "2026-11-22 07:00")));
	network_settle(n, network_ask(n, LAST), NETWORK_SENT, 0);
	CHECK_INT(troubles_set_past(n->store, network_at(n, "2026-11-23 06:50"),
			  network_at(n, "2026-11-23 09:10"), FULL, NULL),
		0);
}

/* The text of the next mail, its lines joined. */
static void write_next(struct network *n, const char *when, struct str *ret)
{
	const struct conf_digest *digest = network_digest(n);
	_cleanup_edition_ struct edition edition = { 0 };
	struct digest_state state;

	CHECK_INT(digests_load(n->store, digest->name, &state, NULL), 0);
	CHECK_INT(edition_prepare(
			  &edition, n->store, NULL, digest, &state, network_at(n, when), NULL),
		0);
	CHECK_INT(document_write_text(&edition.document, 1000, ret, NULL), 0);
}

static void it_is_told_once_and_is_a_reason(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, DAILY);
	CHECK(network_take(&n, network_at(&n, "2026-11-23 09:10")));
	CHECK_INT(network_ask(&n, TOLD), 1);
	network_settle(&n, network_ask(&n, LAST), NETWORK_SENT, 0);
	CHECK(!network_take(&n, network_at(&n, "2026-11-24 07:00")));
	/* The next one is another. */
	CHECK_INT(troubles_set_past(n.store, network_at(&n, "2026-11-25 06:50"),
			  network_at(&n, "2026-11-25 07:10"), FULL, NULL),
		0);
	CHECK(network_take(&n, network_at(&n, "2026-11-25 07:10")));
	CHECK_INT(network_ask(&n, TOLD), 2);
}

static void a_mail_that_does_not_arrive_has_not_told_it(void)
{
	static const enum network_end ends[] = { NETWORK_REFUSED, NETWORK_QUEUED };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		_cleanup_network_ struct network n = { 0 };

		TEST_ROW("%zu", i);
		open_with(&n, DAILY);
		CHECK(network_take(&n, network_at(&n, "2026-11-23 09:10")));
		network_settle(&n, network_ask(&n, LAST), ends[i], 0);
		CHECK(network_take(&n, network_at(&n, "2026-11-24 07:00")));
		CHECK_INT(network_ask(&n, TOLD), 1);
	}
}

/* Only while it is fresh, and never by a clock that is before it. */
static void it_is_told_for_a_week(void)
{
	static const struct {
		const char *when;
		bool told;
	} rows[] = {
		{ "2026-11-22 12:00", false },
		{ "2026-11-23 09:10", true },
		{ "2026-11-30 07:00", true },
		{ "2026-12-01 07:00", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str text = STR_INIT;

		TEST_ROW("%s", rows[i].when);
		open_with(&n, DAILY);
		write_next(&n, rows[i].when, &text);
		CHECK((strstr(str_text(&text), "nothing could be recorded") != NULL) ==
			rows[i].told);
	}
}

/* Who is welcomed has missed nothing. */
static void a_welcome_does_not_tell_it(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, DAILY);
	network_configure(&n, "{ name = \"new\"; cadence = \"*-*-* 08:00\"; }");
	CHECK(network_take(&n, network_at(&n, "2026-11-23 09:30")));
	CHECK_INT(network_ask(&n, TOLD), 0);
}

static void it_is_told_in_the_readers_words(void)
{
	static const struct {
		const char *language;
		int seconds; /* for which it lasted; 0: until 9:10 */
		const char *line;
	} rows[] = {
		{ "en", 0,
			"From 23 November 2026, 06:50 until 23 November 2026, 09:10 nothing could be "
			"recorded, so no digest was sent: database /n.db: the disk is full; make room" },
		{ "de", 0,
			"Vom 23. November 2026, 6:50 Uhr, bis zum 23. November 2026, 9:10 Uhr, ließ sich nichts "
			"festhalten, deshalb kam kein Überblick: Datenbank /n.db: die Platte ist voll; "
			"Platz schaffen" },
		{ "en", 59,
			"On 23 November 2026, 06:50 nothing could be recorded, so no digest was sent: "
			"database /n.db: the disk is full; make room" },
		{ "de", 59,
			"Am 23. November 2026, 6:50 Uhr, ließ sich nichts festhalten, deshalb kam kein "
			"Überblick: Datenbank /n.db: die Platte ist voll; Platz schaffen" },
		{ "en", 60, "From 23 November 2026, 06:50 until 23 November 2026, 06:51 nothing" },
	};
	int64_t since;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str text = STR_INIT, digest = STR_INIT;

		TEST_ROW("%s %d", rows[i].language, rows[i].seconds);
		str_addf(&digest, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; language = \"%s\"; }",
			rows[i].language);
		network_speak(rows[i].language);
		open_with(&n, str_text(&digest));
		since = network_at(&n, "2026-11-23 06:50");
		if (rows[i].seconds)
			CHECK_INT(troubles_set_past(
					  n.store, since, since + rows[i].seconds, FULL, NULL),
				0);
		write_next(&n, "2026-11-23 09:10", &text);
		if (!CHECK(strstr(str_text(&text), rows[i].line) != NULL))
			CHECK_TEXT(str_text(&text), rows[i].line);
	}
}

/* The same of one that did not arrive. */
static void a_lost_one_is_told_in_the_readers_words(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_str_ struct str text = STR_INIT;

	network_speak("de");
	open_with(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; language = \"de\"; }");
	CHECK(network_take(&n, network_at(&n, "2026-11-23 09:10")));
	CHECK_INT(outbox_set_refused(n.store, network_ask(&n, LAST), 0,
			  "The server refuses the recipient a@b: 550 5.1.1 nobody", NULL),
		0);
	write_next(&n, "2026-11-24 07:00", &text);
	CHECK(strstr(str_text(&text),
		      "kam nicht an. Der Server lehnt den Empfänger a@b ab: 550 5.1.1 nobody. Ob") !=
		NULL);
}

/* All of those that did not arrive, by when the first was due and how many there are. */
static void lost_ones_are_told_in_one_line(void)
{
	static const char why[] = "The server refuses the recipient anna@example.org: 550 no";
	static const struct {
		int days; /* of one that is lost each day from the 23rd on */
		bool held;
		const char *line;
	} rows[] = {
		{ 1, false, "The digest of 23 November 2026 did not arrive. The server" },
		{ 2, false, "550 no. Nor did the one of 23 November 2026. Whether" },
		{ 3, false, "550 no. Nor did 2 others since 23 November 2026. Whether" },
		{ 1, true, "The digest of 23 November 2026 may have been lost, look for it" },
		{ 2, true, "550 no. So may the one of 23 November 2026." },
		{ 4, true, "550 no. So may 3 others since 23 November 2026." },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str text = STR_INIT;
		char at[32];

		TEST_ROW("%d, held: %d", rows[i].days, rows[i].held);
		open_with(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; send_empty = true; }");
		for (int day = 0; day < rows[i].days; day++) {
			(void)snprintf(at, sizeof(at), "2026-11-%d 07:00", 23 + day);
			CHECK(network_take(&n, network_at(&n, at)));
			CHECK_INT(store_run(n.store, NULL,
					  "UPDATE delivery SET state=?, next_try=?, error=?"
					  " WHERE id=(SELECT max(id) FROM delivery)",
					  "tit", rows[i].held ? "in doubt" : "refused",
					  OUTBOX_NEVER, why),
				0);
		}
		write_next(&n, "2026-11-29 07:00", &text);
		if (!CHECK(strstr(str_text(&text), rows[i].line) != NULL))
			CHECK_TEXT(str_text(&text), rows[i].line);
	}
}

/* Whoever did not get it is known to who reads of it only where that is the same one. */
static void no_reader_is_told_of_another(void)
{
	static const struct {
		const char *to, *named;
	} rows[] = {
		{ "\"anna@example.org\"", "the recipient anna@example.org: 550 no" },
		{ "\"ben@example.org\"", "the recipient ...@example.org: 550 no" },
		{ "\"anna@example.org\", \"ben@example.org\"",
			"the recipient ...@example.org: 550 no" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str text = STR_INIT;
		char digest[200];

		TEST_ROW("%s", rows[i].to);
		(void)snprintf(digest, sizeof(digest),
			"{ name = \"d\"; cadence = \"*-*-* 07:00\"; send_empty = true; to = [ %s ]; }",
			rows[i].to);
		open_with(&n, digest);
		CHECK(network_take(&n, network_at(&n, "2026-11-23 09:10")));
		CHECK_INT(
			store_run(n.store, NULL,
				"UPDATE delivery SET recipient='anna@example.org', state='refused',"
				" error='The server refuses the recipient anna@example.org: 550 no'"
				" WHERE id=(SELECT min(id) FROM delivery"
				" WHERE message=(SELECT max(id) FROM message))",
				""),
			0);
		write_next(&n, "2026-11-24 07:00", &text);
		CHECK(strstr(str_text(&text), rows[i].named) != NULL);
	}
}

TEST_MAIN(TEST(lost_ones_are_told_in_one_line), TEST(no_reader_is_told_of_another),
	TEST(it_is_told_once_and_is_a_reason), TEST(a_mail_that_does_not_arrive_has_not_told_it),
	TEST(it_is_told_for_a_week), TEST(a_welcome_does_not_tell_it),
	TEST(it_is_told_in_the_readers_words), TEST(a_lost_one_is_told_in_the_readers_words))
