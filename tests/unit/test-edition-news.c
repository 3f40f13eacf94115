/* SPDX-License-Identifier: MIT */
/*
 * What an edition tells besides its agenda: days without a digest, how to act on items; how long a welcome is.
 */
#include "digest/edition.h"

#include "book/books.h"
#include "book/coffees.h"
#include "book/forums.h"
#include "core/str.h"
#include "network.h"

#include <stdio.h>
#include <string.h>

#define DAILY "*-*-* 07:00"
#define LAST  "SELECT max(id) FROM delivery"

static void configure(struct network *n, const char *cadence)
{
	_cleanup_str_ struct str digest = STR_INIT;

	str_addf(&digest, "{ name = \"d\"; cadence = \"%s\"; lead_days = 0; }", cadence);
	network_configure(n, str_text(&digest));
}

/* A mail that arrives. */
static void take(struct network *n, const char *when)
{
	if (network_take(n, network_at(n, when)))
		network_settle(n, network_ask(n, LAST), NETWORK_SENT, 0);
}

/* The text of what would come next, its lines joined. */
static void write_next(struct network *n, const char *when, struct str *ret)
{
	const struct conf_digest *digest = network_digest(n);
	_cleanup_edition_ struct edition edition = { 0 };
	struct digest_state state;

	str_clear(ret);
	CHECK_INT(digests_load(n->store, digest->name, &state, NULL), 0);
	CHECK_INT(edition_prepare(
			  &edition, n->store, NULL, digest, &state, network_at(n, when), NULL),
		0);
	CHECK_INT(document_write_text(&edition.document, 1000, ret, NULL), 0);
}

static void silent_days_are_told(void)
{
	static const struct {
		const char *cadence, *last, *now, *line; /* NULL: none */
	} rows[] = {
		{ DAILY, "2026-11-20 07:00", "2026-11-21 07:00", NULL },
		/* A day without a mail is nothing to speak of. */
		{ DAILY, "2026-11-20 07:00", "2026-11-22 07:00", NULL },
		/* The slot of yesterday is taken late. */
		{ DAILY, "2026-11-20 07:00", "2026-11-23 06:59",
			"On 21 November no digest came, because nudged was not running.\n" },
		{ DAILY, "2026-11-20 07:00", "2026-11-23 07:00",
			"From 21 to 22 November no digest came, because nudged was not running.\n" },
		{ DAILY, "2026-11-20 07:00", "2026-11-23 23:00",
			"From 21 to 22 November no digest came" },
		{ DAILY, "2026-12-29 07:00", "2027-01-02 07:00",
			"From 30 December 2026 to 1 January no digest came" },
		/* The slots are what counts, not the days between. */
		{ "Mon..Fri 07:00", "2026-11-20 07:00", "2026-11-23 07:00", NULL },
		{ "Mon..Fri 07:00", "2026-11-20 07:00", "2026-11-24 07:00", NULL },
		{ "Mon..Fri 07:00", "2026-11-20 07:00", "2026-11-25 07:00",
			"From 23 to 24 November no digest came" },
		{ "Mon 07:00", "2026-11-09 07:00", "2026-11-23 07:00",
			"On 16 November no digest came, because nudged was not running.\n" },
		{ "*-*-* 07,19:00", "2026-11-20 07:00", "2026-11-21 19:00", NULL },
		{ "*-*-* 07,19:00", "2026-11-20 07:00", "2026-11-22 07:00",
			"From 20 to 21 November no digest came" },
		/* A clock that went back. */
		{ DAILY, "2026-11-20 07:00", "2026-11-18 07:00", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str text = STR_INIT;

		TEST_ROW("%zu: %s, %s", i, rows[i].cadence, rows[i].now);
		network_open(&n);
		configure(&n, rows[i].cadence);
		take(&n, rows[i].last);
		write_next(&n, rows[i].now, &text);
		CHECK((strstr(str_text(&text), "no digest came") != NULL) ==
			(rows[i].line != NULL));
		if (rows[i].line && !CHECK(strstr(str_text(&text), rows[i].line) != NULL))
			CHECK_TEXT(str_text(&text), rows[i].line);
	}
}

/* What fell into them is told with it, if anything did; in the next mail it is past. */
static void what_was_missed_is_made_up_for(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_str_ struct str text = STR_INIT;

	network_open(&n);
	configure(&n, DAILY);
	(void)network_add_birthday(&n, "Anna", "1984-11-21", 0);
	take(&n, "2026-11-19 07:00");
	write_next(&n, "2026-11-23 07:00", &text);
	CHECK(strstr(str_text(&text), "not running. What you missed stands below.\n") != NULL);
	take(&n, "2026-11-23 07:00");
	write_next(&n, "2026-11-24 07:00", &text);
	CHECK(!strstr(str_text(&text), "no digest came"));
}

/* Who was away knows why; who changed the cadence too. */
static void silence_has_other_reasons(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	int32_t until = network_day("2026-11-23");

	network_open(&n);
	configure(&n, DAILY);
	take(&n, "2026-11-19 07:00");
	CHECK_INT(books_set_pause(n.store, n.book, &until, NULL), 0);
	write_next(&n, "2026-11-23 07:00", &text);
	CHECK(strstr(str_text(&text), "Welcome back.") != NULL);
	CHECK(!strstr(str_text(&text), "no digest came"));
	CHECK_INT(books_set_pause(n.store, n.book, NULL, NULL), 0);
	configure(&n, "*-*-* 08:00");
	take(&n, "2026-11-23 07:30");
	write_next(&n, "2026-11-23 08:00", &text);
	CHECK(!strstr(str_text(&text), "no digest came"));
}

#define HANDLES "Behind each item stands its handle"

/* Whether the mail of that day explains items. */
static bool explains(struct network *n, const char *when)
{
	_cleanup_str_ struct str text = STR_INIT;

	write_next(n, when, &text);
	return strstr(str_text(&text), HANDLES) != NULL;
}

static void items_are_explained_once(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	configure(&n, DAILY);
	CHECK(!explains(&n, "2026-11-20 07:00"));
	take(&n, "2026-11-20 07:00");
	CHECK(!explains(&n, "2026-11-21 07:00"));
	(void)network_add_birthday(&n, "Anna", "1984-11-22", network_day("2026-11-21"));
	(void)network_add_birthday(&n, "Ben", "1984-11-23", network_day("2026-11-21"));
	take(&n, "2026-11-21 07:00");
	CHECK(explains(&n, "2026-11-22 07:00"));
	/* Not by a mail that reached nobody. */
	CHECK(network_take(&n, network_at(&n, "2026-11-22 07:00")));
	network_settle(&n, network_ask(&n, LAST), NETWORK_REFUSED, 0);
	CHECK(explains(&n, "2026-11-23 07:00"));
	take(&n, "2026-11-23 07:00");
	(void)network_add_birthday(&n, "Carl", "1984-11-24", network_day("2026-11-21"));
	CHECK(!explains(&n, "2026-11-24 07:00"));
}

/* A welcome that speaks of people has explained them, if there was nothing due that day. */
static void a_welcome_explains_items(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	configure(&n, DAILY);
	(void)network_add_birthday(&n, "Anna", "1984-11-24", 0);
	CHECK(explains(&n, "2026-11-20 07:00"));
	take(&n, "2026-11-20 07:00");
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told"), 0);
	CHECK(!explains(&n, "2026-11-24 07:00"));
}

#define FULL  "SELECT count(*) FROM told WHERE message=(SELECT max(id) FROM message)"
#define TODAY "2026-11-23"

/* Things of some kinds: overdue and due follow-ups, birthdays of that day, people one has not heard of. */
static void fill(struct network *n, int overdue, int due, int birthdays, int touches)
{
	char name[32];

	for (int i = 0; i < overdue + due; i++) {
		(void)snprintf(name, sizeof(name), "errand %d", i);
		(void)network_add_follow_up(n, 0, name, i < overdue ? "2026-11-10" : TODAY, -1);
	}
	for (int i = 0; i < birthdays; i++) {
		(void)snprintf(name, sizeof(name), "Ben %c", 'A' + i);
		(void)network_add_birthday(n, name, "1980-11-23", network_day("2026-11-20"));
	}
	for (int i = 0; i < touches; i++) {
		(void)snprintf(name, sizeof(name), "Eva %c", 'A' + i);
		network_set(
			n, network_add(n, name, network_day("2026-01-01")), CONTACT_EVERY, "30d");
	}
}

/* What has its day is in it, however many; the rest makes it a handful, and is in the next one. */
static void welcomes_are_short(void)
{
	static const struct {
		const char *name;
		int overdue, due, birthdays, touches;
		int full, next; /* told by the welcome, and by the mail after it */
		const char *line;
	} rows[] = {
		{ "a handful", 5, 0, 0, 0, 5, 0, NULL },
		{ "one more", 6, 0, 0, 0, 5, 1,
			"1 more comes with the next mail; nudge agenda shows it now.\n" },
		{ "many", 12, 0, 0, 3, 5, 10,
			"10 more come with the next mail; nudge agenda shows them now.\n" },
		{ "days that cannot wait", 2, 4, 4, 1, 8, 3, "3 more come" },
		{ "some of each", 9, 1, 1, 1, 5, 7, "7 more come" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		_cleanup_str_ struct str text = STR_INIT;
		struct digest_state none = { 0 };

		TEST_ROW("%s", rows[i].name);
		network_open(&n);
		configure(&n, DAILY);
		fill(&n, rows[i].overdue, rows[i].due, rows[i].birthdays, rows[i].touches);
		CHECK_INT(edition_prepare(&edition, n.store, NULL, network_digest(&n), &none,
				  network_at(&n, TODAY " 07:00"), NULL),
			0);
		CHECK_INT(document_write_text(&edition.document, 1000, &text, NULL), 0);
		CHECK_INT(edition.agenda.n, rows[i].full);
		CHECK_INT(strstr(str_text(&text), " with the next mail") != NULL,
			rows[i].line != NULL);
		CHECK(!rows[i].line || strstr(str_text(&text), rows[i].line));
		take(&n, TODAY " 07:00");
		CHECK_INT(network_ask(&n, FULL), rows[i].full);
		CHECK_INT(network_ask(&n, FULL " AND kind='t'"),
			rows[i].touches > 0 && rows[i].birthdays < 4);
		take(&n, "2026-11-24 07:00");
		CHECK_INT(rows[i].next ? network_ask(&n, FULL) : 0, rows[i].next);
		take(&n, "2026-11-25 07:00");
		CHECK_INT(
			network_ask(&n, "SELECT count(*) FROM told"), rows[i].full + rows[i].next);
	}
}

/* A coffee of tomorrow would be over. */
static void welcomes_miss_no_coffee(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct coffee cup = { 0 };

	network_open(&n);
	configure(&n, DAILY);
	fill(&n, 3, 5, 1, 2);
	cup.contact = network_add(&n, "Ina", network_day(TODAY));
	CHECK_INT(coffees_add(n.store, n.book, cup.contact, 0, &cup.number, NULL), 0);
	CHECK_INT(coffees_set_stage(
			  n.store, n.book, &cup, COFFEE_AGREED, network_day("2026-11-20"), NULL),
		0);
	CHECK_INT(
		coffees_set_day(n.store, n.book, cup.number, network_day("2026-11-24"), 540, NULL),
		0);
	take(&n, TODAY " 07:00");
	CHECK_INT(network_ask(&n, FULL " AND kind IN ('b', 'f', 'c')"), 7);
	CHECK_INT(network_ask(&n, FULL " AND kind='c'"), 1);
	CHECK_INT(network_ask(&n, FULL " AND kind='t'"), 0);
}

/* A goal whose week ends before the next mail: there that would be another week's. */
static void welcomes_miss_no_last_day(void)
{
	static const struct {
		const char *cadence, *now;
		int told;
	} rows[] = {
		{ DAILY, "2026-11-29 07:00", 1 }, /* a Sunday */
		{ DAILY, "2026-11-28 07:00", 0 },
		{ "Sat 07:00", "2026-11-28 07:00", 1 },
		{ "Sun 07:00", "2026-11-28 07:00", 0 },
	};
	static const struct goal weekly = { 3, GOAL_WEEK };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		int64_t number;

		TEST_ROW("%s, %s", rows[i].cadence, rows[i].now);
		network_open(&n);
		configure(&n, rows[i].cadence);
		fill(&n, 6, 0, 0, 0);
		for (int k = 0; k < 5; k++)
			(void)network_add_birthday(&n, "Anna", "1984-11-28", 0);
		for (int k = 0; k < 5; k++)
			(void)network_add_birthday(&n, "Ben", "1984-11-29", 0);
		CHECK_INT(
			forums_set(n.store, n.book, "HR group", &weekly, NULL, NULL, &number, NULL),
			0);
		take(&n, rows[i].now);
		CHECK_INT(network_ask(&n, FULL " AND kind='p'"), rows[i].told);
	}
}

TEST_MAIN(TEST(welcomes_are_short), TEST(welcomes_miss_no_coffee), TEST(welcomes_miss_no_last_day),
	TEST(silent_days_are_told), TEST(what_was_missed_is_made_up_for),
	TEST(silence_has_other_reasons), TEST(items_are_explained_once),
	TEST(a_welcome_explains_items))
