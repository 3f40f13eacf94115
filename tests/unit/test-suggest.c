/* SPDX-License-Identifier: MIT */
/*
 * What digests suggest over the days: nothing twice in half a year, nothing lost, each with its handle.
 */
#include "book/books.h"
#include "book/search.h"
#include "core/day.h"
#include "digest/edition.h"
#include "digest/suggest.h"
#include "network.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void configure(struct network *n, const char *more)
{
	_cleanup_str_ struct str text = STR_INIT;

	str_addf(&text,
		"{ name = \"d\"; cadence = \"*-*-* 07:00\"; sections = [ \"help\", \"introductions\" ]; %s}",
		more);
	network_configure(n, str_text(&text));
}

static int64_t seeker(struct network *n, const char *name, const char *what)
{
	int64_t id = network_add(n, name, 0);

	network_add_value(n, id, CONTACT_SEEKS, what);
	return id;
}

static int64_t offerer(struct network *n, const char *name, const char *what)
{
	int64_t id = network_add(n, name, 0);

	network_add_value(n, id, CONTACT_OFFERS, what);
	return id;
}

/* The slot of that day at seven; what it told: "i1 i2", "-" where no mail was written. */
static void take(struct network *n, int32_t day, struct str *out)
{
	int64_t now = zone_instant(network_digest(n)->zone, (struct civil){ day, 7 * 3600 }, NULL);
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct err e;

	str_clear(out);
	if (!network_take(n, now)) {
		str_add(out, "-");
		return;
	}
	CHECK_INT(
		store_query(&rows, n->store, &e,
			"SELECT kind, number FROM told WHERE message=(SELECT max(id) FROM message)"
			" ORDER BY kind, number",
			""),
		0);
	while (store_next(&rows, &e) == 1) {
		str_add_separator(out, " ");
		str_addf(out, "%s%lld", store_text(&rows, 0), (long long)store_int(&rows, 1));
	}
}

#define CHECK_TAKEN(n, day, expected)                                                              \
	do {                                                                                       \
		_cleanup_str_ struct str taken = STR_INIT;                                         \
                                                                                                   \
		TEST_ROW("day %d", (int)((day)-network_day("2026-11-23")));                        \
		take(n, day, &taken);                                                              \
		CHECK_TEXT(str_text(&taken), expected);                                            \
	} while (0)

static void settle_last(struct network *n, enum network_end end)
{
	network_settle(n, network_ask(n, "SELECT max(id) FROM delivery"), end, 0);
}

static void nothing_is_told_twice_in_half_a_year(void)
{
	_cleanup_network_ struct network n = { 0 };
	int32_t first = network_day("2026-11-23");

	network_open(&n);
	configure(&n, "");
	(void)seeker(&n, "Ann", "a photographer");
	(void)offerer(&n, "Carl", "photography");
	(void)seeker(&n, "Ben", "PostgreSQL");
	CHECK_INT(books_add_offer(n.store, n.book, "PostgreSQL", NULL), 0);
	CHECK_TAKEN(&n, first, "h1 i1");
	settle_last(&n, NETWORK_SENT);
	for (int32_t day = first + 1; day < first + SUGGESTION_REST_DAYS; day++)
		CHECK_TAKEN(&n, day, "-");
	CHECK_TAKEN(&n, first + SUGGESTION_REST_DAYS, "h1 i1");
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM suggestion"), 2);
}

static void one_of_each_comes_a_day(void)
{
	_cleanup_network_ struct network n = { 0 };
	int32_t first = network_day("2026-11-23");

	network_open(&n);
	configure(&n, "");
	for (int i = 0; i < 3; i++) {
		_cleanup_str_ struct str what = STR_INIT;

		str_addf(&what, "craft%d", 10000 + i);
		(void)seeker(&n, "A", str_text(&what));
		(void)offerer(&n, "B", str_text(&what));
		CHECK_INT(books_add_offer(n.store, n.book, str_text(&what), NULL), 0);
	}
	CHECK_TAKEN(&n, first, "h1 i1");
	settle_last(&n, NETWORK_SENT);
	configure(&n, "help_max = 0; introduction_max = 20; ");
	CHECK_TAKEN(&n, first + 1, "i2 i3");
	settle_last(&n, NETWORK_SENT);
	configure(&n, "help_max = 20; introduction_max = 0; ");
	CHECK_TAKEN(&n, first + 2, "h2 h3");
}

/* A mail that is withdrawn or refused has told nobody: the next one tells it, by the same handle. */
static void what_did_not_arrive_is_told_again(void)
{
	static const enum network_end ends[] = { NETWORK_QUEUED, NETWORK_REFUSED };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		_cleanup_network_ struct network n = { 0 };
		int32_t first = network_day("2026-11-23");

		network_open(&n);
		configure(&n, "");
		(void)seeker(&n, "Ann", "a photographer");
		(void)offerer(&n, "Carl", "photography");
		CHECK_TAKEN(&n, first, "i1");
		settle_last(&n, ends[i]);
		CHECK_TAKEN(&n, first + 1, "i1");
		settle_last(&n, NETWORK_SENT);
		CHECK_TAKEN(&n, first + 2, "-");
		CHECK_INT(network_ask(&n, "SELECT told_day FROM suggestion"), first);
	}
}

/* Two digests of a book tell the same pair by one handle, each once. */
static void digests_share_what_is_on_record(void)
{
	_cleanup_network_ struct network n = { 0 };
	int32_t day = network_day("2026-11-23");
	struct slot_outcome outcome;
	struct err e;
	int64_t now;

	network_open(&n);
	network_configure(&n,
		"{ name = \"d\"; cadence = \"*-*-* 07:00\"; sections = [ \"introductions\" ]; },"
		" { name = \"e\"; cadence = \"*-*-* 07:00\"; sections = [ \"introductions\" ]; }");
	(void)seeker(&n, "Ann", "a photographer");
	(void)offerer(&n, "Carl", "photography");
	now = zone_instant(network_digest(&n)->zone, (struct civil){ day, 7 * 3600 }, NULL);
	CHECK_TAKEN(&n, day, "i1");
	CHECK_INT(slot_take(n.store, n.conf, &n.conf->digests[1], now, &outcome, &e), 0);
	CHECK(outcome.written);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM suggestion"), 1);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told WHERE kind='i' AND number=1"), 2);
}

static void suggestions_name_both_people_to_who_erases(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	configure(&n, "");
	(void)seeker(&n, "Ann", "a photographer");
	(void)offerer(&n, "Carl", "photography");
	CHECK_TAKEN(&n, network_day("2026-11-23"), "i1");
	CHECK_INT(network_ask(&n, "SELECT count(DISTINCT contact) FROM mention"), 2);
}

/* What was said of a pair, and whether it may still be suggested. */
static void what_was_said_counts(void)
{
	static const struct {
		enum introduction_stage stage;
		const char *taken;
	} rows[] = {
		{ INTRODUCTION_SUGGESTED, "i1" },
		{ INTRODUCTION_ASKED, "" }, /* a welcome, which comes whatever there is */
		{ INTRODUCTION_MADE, "" },
		{ INTRODUCTION_HELPED, "" },
		{ INTRODUCTION_DROPPED, "" },
		{ INTRODUCTION_KNOWN, "" },
	};
	int32_t day = network_day("2026-11-23");

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		struct suggestion s = { .letter = SUGGESTION_INTRODUCTION };

		network_open(&n);
		configure(&n, "");
		/* The other way round: they are the same two. */
		s.offerer = seeker(&n, "Ann", "a photographer");
		s.seeker = offerer(&n, "Carl", "photography");
		CHECK_INT(suggestions_add(n.store, n.book, &s, day, &s.number, NULL), 0);
		CHECK_INT(
			suggestions_set_stage(n.store, n.book, &s, rows[i].stage, NULL, day, NULL),
			0);
		CHECK_TAKEN(&n, day, rows[i].taken);
	}
}

/* Two contacts who have become one may each have been suggested to the same third. */
static void of_a_pair_that_is_twice_on_record_one_counts(void)
{
	static const struct {
		enum introduction_stage other;
		const char *taken;
	} rows[] = {
		{ INTRODUCTION_SUGGESTED, "i1" },
		{ INTRODUCTION_DROPPED, "" },
		{ INTRODUCTION_MADE, "" },
	};
	int32_t day = network_day("2026-11-23");

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		struct suggestion s = { .letter = SUGGESTION_INTRODUCTION };

		TEST_ROW("%zu", i);
		network_open(&n);
		configure(&n, "introduction_max = 20; ");
		s.seeker = seeker(&n, "Ann", "a photographer");
		s.offerer = offerer(&n, "Carl", "photography");
		CHECK_INT(suggestions_add(n.store, n.book, &s, day, &s.number, NULL), 0);
		CHECK_INT(suggestions_add(n.store, n.book, &s, day, &s.number, NULL), 0);
		CHECK_INT(
			suggestions_set_stage(n.store, n.book, &s, rows[i].other, NULL, day, NULL),
			0);
		CHECK_TAKEN(&n, day, rows[i].taken);
	}
}

static void colleagues_are_not_introduced(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t ann, carl;

	network_open(&n);
	configure(&n, "");
	ann = seeker(&n, "Ann", "a photographer");
	carl = offerer(&n, "Carl", "photography");
	network_set(&n, ann, CONTACT_ORG, "Weekly");
	network_set(&n, carl, CONTACT_ORG, "weekly");
	CHECK_TAKEN(&n, network_day("2026-11-23"), "");
	settle_last(&n, NETWORK_SENT);
	CHECK_TAKEN(&n, network_day("2026-11-24"), "-");
	network_set(&n, carl, CONTACT_ORG, "Daily");
	CHECK_TAKEN(&n, network_day("2026-11-25"), "i1");
}

/* Ann is not put forward day after day where others wait. */
static void people_take_turns(void)
{
	_cleanup_network_ struct network n = { 0 };
	int32_t day = network_day("2026-11-23");
	int64_t ann;

	network_open(&n);
	configure(&n, "");
	ann = seeker(&n, "Ann", "a photographer, a beekeeper");
	(void)offerer(&n, "Carl", "photography");
	(void)offerer(&n, "Dora", "beekeeping");
	(void)seeker(&n, "Emil", "help with taxes, contracts and marketing");
	(void)offerer(&n, "Frida", "marketing");
	CHECK_TAKEN(&n, day, "i1");
	CHECK_INT(network_ask_of(&n, "SELECT count(*) FROM suggestion WHERE seeker=?", ann), 1);
	settle_last(&n, NETWORK_SENT);
	CHECK_TAKEN(&n, day + 1, "i2");
	CHECK_INT(network_ask_of(&n, "SELECT count(*) FROM suggestion WHERE seeker=?", ann), 1);
	settle_last(&n, NETWORK_SENT);
	CHECK_TAKEN(&n, day + 2, "i3");
	CHECK_INT(network_ask_of(&n, "SELECT count(*) FROM suggestion WHERE seeker=?", ann), 2);
}

static void what_was_put_back_comes_on_its_day(void)
{
	_cleanup_network_ struct network n = { 0 };
	int32_t day = network_day("2026-11-23");

	network_open(&n);
	configure(&n, "");
	(void)seeker(&n, "Ann", "a photographer");
	(void)offerer(&n, "Carl", "photography");
	CHECK_TAKEN(&n, day, "i1");
	settle_last(&n, NETWORK_SENT);
	CHECK_INT(suggestions_put_back(n.store, n.book, 'i', 1, day + 4, NULL), 0);
	CHECK_TAKEN(&n, day + 1, "-");
	CHECK_TAKEN(&n, day + 2, "-");
	CHECK_TAKEN(&n, day + 3, "-");
	CHECK_TAKEN(&n, day + 4, "i1");
	settle_last(&n, NETWORK_SENT);
	CHECK_TAKEN(&n, day + 5, "-");
}

/* What has gone meanwhile is not told by a second digest, or after a mail that was lost. */
static void what_nobody_seeks_any_more_is_not_told(void)
{
	_cleanup_network_ struct network n = { 0 };
	int32_t day = network_day("2026-11-23");
	int64_t ann;

	network_open(&n);
	configure(&n, "");
	ann = seeker(&n, "Ann", "a photographer");
	(void)offerer(&n, "Carl", "photography");
	CHECK_TAKEN(&n, day, "i1");
	settle_last(&n, NETWORK_REFUSED);
	CHECK_INT(contacts_remove_value(n.store, ann, CONTACT_SEEKS, "a photographer", 0, NULL), 0);
	CHECK_TAKEN(&n, day + 1, "-");
}

/* An introduction under way: after a week, once more, and then monthly; and a month after it was made. */
static void what_is_under_way_is_asked_after(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct suggestion s = { .letter = SUGGESTION_INTRODUCTION };
	int32_t day = network_day("2026-11-23");
	static const int mails[] = { 7, 14, 42, 70, 0 };

	network_open(&n);
	configure(&n, "");
	s.seeker = network_add(&n, "Ann", 0);
	s.offerer = network_add(&n, "Carl", 0);
	CHECK_INT(suggestions_add(n.store, n.book, &s, day, &s.number, NULL), 0);
	CHECK_INT(
		suggestions_set_stage(n.store, n.book, &s, INTRODUCTION_ASKED, NULL, day, NULL), 0);
	CHECK_TAKEN(&n, day, "");
	settle_last(&n, NETWORK_SENT);
	for (int i = 1, k = 0; i <= 80; i++) {
		bool mail = i == mails[k];

		CHECK_TAKEN(&n, day + i, mail ? "i1" : "-");
		if (mail)
			settle_last(&n, NETWORK_SENT);
		k += mail;
	}
	CHECK_INT(
		suggestions_set_stage(n.store, n.book, &s, INTRODUCTION_MADE, NULL, day + 80, NULL),
		0);
	for (int i = 81; i < 110; i++)
		CHECK_TAKEN(&n, day + i, "-");
	CHECK_TAKEN(&n, day + 110, "i1");
}

/* In the agenda of the day stands what its mail told, with the handle; else what would come next. */
static void an_agenda_shows_what_the_mail_told(void)
{
	static const struct {
		const char *now, *handle;
	} rows[] = {
		{ "2026-11-23 06:00", "" },
		{ "2026-11-23 12:00", "i1" },
		{ "2026-11-24 12:00", NULL },
	};
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	configure(&n, "");
	(void)seeker(&n, "Ann", "a photographer");
	(void)offerer(&n, "Carl", "photography");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_agenda_ struct agenda agenda = { 0 };
		int64_t now = network_at(&n, rows[i].now);

		TEST_ROW("%s", rows[i].now);
		CHECK_INT(edition_agenda(&agenda, n.store, network_digest(&n), now,
				  &(struct edition_wanted){ 0 }, NULL),
			0);
		CHECK_INT(agenda.n, rows[i].handle != NULL);
		if (rows[i].handle && agenda.n) {
			CHECK_TEXT(agenda.items[0].handle, rows[i].handle);
			CHECK_TEXT(item_kind_name(agenda.items[0].kind), "introduction");
			CHECK_TEXT(agenda.items[0].contact.field[CONTACT_NAME], "Ann");
			CHECK_TEXT(agenda.items[0].other.field[CONTACT_NAME], "Carl");
			CHECK_TEXT(agenda.items[0].seeks, "a photographer");
		}
		if (i == 0)
			(void)network_take(&n, network_at(&n, "2026-11-23 07:00"));
	}
}

static void fill_thousands(struct network *n)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e;

	CHECK_INT(store_begin(n->store, &transaction, &e), 0);
	for (int i = 0; i < 10000; i++) {
		_cleanup_str_ struct str seeks = STR_INIT, offers = STR_INIT;
		int64_t id;

		str_addf(&seeks, "somebody for marketing in the field craft%d", 10000 + i % 4000);
		str_addf(&offers, "Marketing, craft%d", 10000 + i * 7 % 9000);
		CHECK_INT(contacts_add(n->store, n->book, "Ann", CONTACT_HAND, 0, &id, &e), 0);
		network_set(n, id, CONTACT_CITY, i % 2 ? "Bonn" : "Köln");
		network_add_value(n, id, CONTACT_SEEKS, str_text(&seeks));
		network_add_value(n, id, CONTACT_OFFERS, str_text(&offers));
		network_add_value(n, id, CONTACT_TAG, i % 3 ? "club" : "craft");
	}
	CHECK_INT(store_commit(&transaction, &e), 0);
}

/* A loop over all pairs would not come back. */
static void thousands_are_looked_through(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_agenda_ struct agenda agenda = { 0 };

	network_open(&n);
	configure(&n, "");
	CHECK_INT(books_add_offer(n.store, n.book, "marketing", NULL), 0);
	fill_thousands(&n);
	CHECK_INT(edition_agenda(&agenda, n.store, network_digest(&n),
			  network_at(&n, "2026-11-23 07:00"), &(struct edition_wanted){ 0 }, NULL),
		0);
	CHECK_INT(agenda.n, 2);
}

TEST_MAIN(TEST(nothing_is_told_twice_in_half_a_year), TEST(one_of_each_comes_a_day),
	TEST(what_did_not_arrive_is_told_again), TEST(digests_share_what_is_on_record),
	TEST(suggestions_name_both_people_to_who_erases), TEST(what_was_said_counts),
	TEST(of_a_pair_that_is_twice_on_record_one_counts), TEST(colleagues_are_not_introduced),
	TEST(people_take_turns), TEST(what_was_put_back_comes_on_its_day),
	TEST(what_nobody_seeks_any_more_is_not_told), TEST(what_is_under_way_is_asked_after),
	TEST(an_agenda_shows_what_the_mail_told), TEST(thousands_are_looked_through))
