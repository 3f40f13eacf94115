/* SPDX-License-Identifier: MIT */
#include "book/books.h"
#include "book/coffees.h"
#include "book/digests.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/outreaches.h"
#include "core/day.h"
#include "core/zone.h"
#include "network.h"

#include <errno.h>
#include <string.h>

#define HOUR INT64_C(3600)
#define DAY  (24 * HOUR)

#define DAILY    "{ name = \"d\"; cadence = \"*-*-* 07:00\"; lead_days = 0; }"
#define LAST     "(SELECT max(id) FROM message)"
#define MESSAGES "SELECT count(*) FROM message"
#define OF_LAST  "SELECT count(*) FROM told WHERE message=" LAST

static void open_with(struct network *n, const char *digests)
{
	network_open(n);
	network_configure(n, digests);
}

static void sent(struct network *n, int64_t now)
{
	network_settle(n, network_ask(n, "SELECT max(id) FROM delivery"), NETWORK_SENT, now);
}

/* Takes it, and where a message was written, it arrives. */
static bool take_and_send(struct network *n, int64_t now)
{
	bool written = network_take(n, now);

	if (written)
		sent(n, now);
	return written;
}

static void first_one_is_due_at_once_and_a_welcome(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now, due;

	open_with(&n, DAILY);
	now = network_at(&n, "2026-11-23 16:20");
	CHECK_INT(slot_due(n.store, network_digest(&n), now, &due, NULL), 0);
	CHECK_INT(due, now);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM digest"), 0); /* asking writes nothing */
	CHECK(network_take(&n, now));
	CHECK_INT(network_ask(&n, MESSAGES), 1);
	CHECK_INT(slot_due(n.store, network_digest(&n), now, &due, NULL), 0);
	CHECK_INT(due, network_at(&n, "2026-11-24 07:00"));
}

/* A holiday before the first digest of all: one welcome, at the hour of the return. */
static void first_one_waits_for_the_return(void)
{
	_cleanup_network_ struct network n = { 0 };
	const int32_t until = day_number(2026, 11, 27);
	int64_t due;

	open_with(&n, DAILY);
	CHECK_INT(books_set_pause(n.store, n.book, &until, NULL), 0);
	CHECK_INT(slot_due(n.store, network_digest(&n), network_at(&n, "2026-11-23 16:20"), &due,
			  NULL),
		0);
	CHECK_INT(due, network_at(&n, "2026-11-27 07:00"));
	CHECK(!network_take(&n, network_at(&n, "2026-11-23 16:20")));
	CHECK(!network_take(&n, network_at(&n, "2026-11-27 06:59")));
	CHECK(network_take(&n, due));
	CHECK(!network_take(&n, due + HOUR));
	CHECK_INT(network_ask(&n, MESSAGES), 1);
	CHECK_INT(slot_due(n.store, network_digest(&n), due, &due, NULL), 0);
	CHECK_INT(due, network_at(&n, "2026-11-28 07:00"));
}

/* A digest that was set up after the holiday is no less new for it. */
static void first_one_after_a_holiday_is_due_at_once(void)
{
	_cleanup_network_ struct network n = { 0 };
	const int32_t until = day_number(2026, 11, 20);
	int64_t now, due;

	open_with(&n, DAILY);
	CHECK_INT(books_set_pause(n.store, n.book, &until, NULL), 0);
	now = network_at(&n, "2026-11-23 16:20");
	CHECK_INT(slot_due(n.store, network_digest(&n), now, &due, NULL), 0);
	CHECK_INT(due, now);
	CHECK(network_take(&n, now));
}

static void slot_yields_one_digest(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct slot_outcome outcome;
	int64_t now;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-23 12:00"));
	(void)network_add_birthday(&n, "Anna", "1984-11-24", network_day("2026-11-23"));
	now = network_at(&n, "2026-11-24 07:00");
	CHECK_INT(slot_take(n.store, n.conf, network_digest(&n), now - 1, &outcome, NULL), 0);
	CHECK(!outcome.claimed && !outcome.written);
	CHECK_INT(slot_take(n.store, n.conf, network_digest(&n), now, &outcome, NULL), 0);
	CHECK(outcome.claimed && outcome.written);
	CHECK_INT(outcome.slot, now);
	for (int64_t later = 0; later < DAY; later += HOUR)
		CHECK(!network_take(&n, now + later));
	CHECK_INT(network_ask(&n, MESSAGES), 2);
}

static void message_id_is_the_slots(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_str_ struct str id = STR_INIT;
	_cleanup_rows_ struct store_rows rows = { 0 };

	open_with(&n, DAILY);
	(void)network_take(&n, network_at(&n, "2026-11-23 07:00"));
	str_addf(&id, "<20261123T060000Z.d.main.%s@example.org>", store_identity(n.store));
	CHECK_INT(store_query(&rows, n.store, NULL, "SELECT message_id FROM message", ""), 0);
	CHECK_INT(store_next(&rows, NULL), 1);
	CHECK_TEXT(store_text(&rows, 0), str_text(&id));
}

static void empty_slot_is_claimed_without_a_mail(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-23 12:00"));
	CHECK(!network_take(&n, network_at(&n, "2026-11-24 07:00")));
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM claim"), 2);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM claim WHERE NOT delivered"), 0);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; send_empty = true; }");
	CHECK(network_take(&n, network_at(&n, "2026-11-25 07:00")));
}

/* Each row: a birthday on that day of November 2026 is told by the digest of that day. The welcome
 * is of Monday the 2nd. */
static void each_day_is_told_by_one_digest(void)
{
	static const struct {
		const char *cadence;
		const char *told; /* for the 3rd to the 16th, the day's last digit of the digest
				   * that tells it; letters from 'a' for the 10th on; the same for
				   * what the welcome told */
	} rows[] = {
		{ "*-*-* 07:00", "3456789abcdefg" },
		{ "Mon..Fri 07:00", "3456669abcdddg" }, /* Friday tells the week-end ahead */
		{ "Mon 07:00", "2222229999999g" },
		{ "*-*-* 07,12,18:00", "3456789abcdefg" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str digest = STR_INIT, told = STR_INIT;
		int32_t monday = network_day("2026-11-02");

		TEST_ROW("%s", rows[i].cadence);
		str_addf(&digest, "{ name = \"d\"; lead_days = 0; cadence = \"%s\"; }",
			rows[i].cadence);
		open_with(&n, str_text(&digest));
		for (int day = 3; day <= 16; day++) {
			char date[DAY_TEXT_SIZE];

			(void)network_add_birthday(&n, "Anna",
				day_format(&(struct date){ 1980, 11, day }, date), monday - 30);
		}
		for (int64_t now = network_at(&n, "2026-11-02 07:00"), end = now + 15 * DAY;
			now < end; now += HOUR)
			(void)take_and_send(&n, now);
		for (int number = 1; number <= 14; number++) {
			int64_t slot = network_ask_of(&n,
				"SELECT slot FROM message m JOIN told t"
				" ON t.message=m.id WHERE t.number=?",
				number);
			int day = slot < 0
				? 0
				: day_date(zone_civil(network_digest(&n)->zone, slot).day).day;
			str_add_char(&told, (char)(day < 10 ? '0' + day : 'a' + day - 10));
		}
		CHECK_TEXT(str_text(&told), rows[i].told);
	}
}

/* --- a clock that is wrong --- */

static void a_clock_far_off_takes_no_slot(void)
{
	static const struct {
		const char *now;
		bool trusted, claims;
	} rows[] = {
		{ "2026-11-23 08:00", true, false },
		{ "2026-11-23 05:00", true, false }, /* 2 h back */
		{ "2026-11-22 07:00", true, false },
		{ "2026-11-22 06:59", false, false },
		{ "2026-11-20 08:00", false, false },
		{ "1970-01-01 01:00", false, false },
		{ "2027-11-23 07:01", true, true },
		{ "2027-11-24 07:30", false, false },
		{ "2030-01-01 07:30", false, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		struct slot_outcome outcome;
		enum trust trust;
		int64_t now;

		TEST_ROW("%s", rows[i].now);
		open_with(&n, DAILY);
		(void)take_and_send(&n, network_at(&n, "2026-11-23 07:00"));
		now = network_at(&n, rows[i].now);
		CHECK_INT(slot_trust(n.store, network_digest(&n), now, &trust, NULL), 0);
		CHECK_INT(trust == TRUST_GOOD, rows[i].trusted);
		CHECK_INT(slot_take(n.store, n.conf, network_digest(&n), now, &outcome, NULL), 0);
		CHECK_INT(outcome.claimed, rows[i].claims);
		CHECK_INT(outcome.distrusted, !rows[i].trusted);
		network_believe(&n, network_digest(&n), now);
		CHECK_INT(slot_trust(n.store, network_digest(&n), now, &trust, NULL), 0);
		CHECK_INT(trust, TRUST_GOOD);
	}
}

/* The clock was a year ahead for three days, and is set right. */
static void a_clock_set_back_repeats_nothing_and_leaves_nothing_out(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now;

	open_with(&n, DAILY);
	(void)network_add_birthday(&n, "Anna", "--11-24", network_day("2026-11-01"));
	(void)network_add_birthday(&n, "Ben", "--11-27", network_day("2026-11-01"));
	(void)take_and_send(&n, network_at(&n, "2026-11-23 07:00"));
	CHECK(take_and_send(&n, network_at(&n, "2026-11-24 07:00")));
	for (int day = 25; day <= 27; day++) {
		now = network_at(&n, "2028-11-01 07:00") + day * DAY;
		network_believe(&n, network_digest(&n), now);
		(void)take_and_send(&n, now);
	}
	now = network_at(&n, "2026-11-27 09:00");
	CHECK(!network_take(&n, now));
	network_believe(&n, network_digest(&n), now);
	CHECK_INT(network_ask_of(&n, "SELECT count(*) FROM claim WHERE claimed_at>?", now), 0);
	/* Ben's of 2026 was told, as missed, in 2028: it stays told. The slot of today is taken. */
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM claim WHERE to_day<from_day"), 0);
	(void)take_and_send(&n, now);
	CHECK_INT(
		network_ask(&n, "SELECT max(slot) FROM claim"), network_at(&n, "2026-11-27 07:00"));
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told WHERE kind='b' AND mark=2026"), 2);
	(void)network_add_birthday(&n, "Carl", "--11-28", network_day("2026-11-27"));
	CHECK(take_and_send(&n, network_at(&n, "2026-11-28 07:00")));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told WHERE kind='b' AND mark=2026"), 3);
}

/* What the void claims were to tell, and never did, is told by the next. */
static void a_void_claim_that_was_refused_is_made_up_for(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-23 07:00"));
	(void)network_add_birthday(&n, "Anna", "--11-25", network_day("2026-11-01"));
	now = network_at(&n, "2026-11-28 07:00");
	CHECK(network_take(&n, now));
	network_settle(&n, network_ask(&n, "SELECT max(id) FROM delivery"), NETWORK_REFUSED, now);
	now = network_at(&n, "2026-11-26 07:30");
	CHECK(!network_take(&n, now));
	network_believe(&n, network_digest(&n), now);
	CHECK(network_take(&n, now));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	CHECK_INT(
		network_ask(&n, "SELECT max(slot) FROM claim"), network_at(&n, "2026-11-26 07:00"));
}

/* The very first digest of all was sent by a wrong clock. */
static void a_welcome_from_the_future_is_not_sent_again(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now, due;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2030-01-01 07:00"));
	now = network_at(&n, "2026-11-23 09:00");
	CHECK(!network_take(&n, now));
	network_believe(&n, network_digest(&n), now);
	CHECK(!network_take(&n, now));
	CHECK_INT(slot_due(n.store, network_digest(&n), now, &due, NULL), 0);
	CHECK_INT(due, network_at(&n, "2026-11-24 07:00"));
	CHECK_INT(network_ask(&n, MESSAGES), 1);
}

/* A slot that comes again after its claim was void has another mail, which no server takes for the
 * first. */
static void a_slot_that_comes_again_has_another_message_id(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-23 07:00"));
	(void)network_add_follow_up(&n, 0, "call", "2026-11-28", -1);
	CHECK(take_and_send(&n, network_at(&n, "2026-11-28 07:00")));
	now = network_at(&n, "2026-11-25 08:00");
	network_believe(&n, network_digest(&n), now);
	(void)take_and_send(&n, now);
	(void)network_add_follow_up(&n, 0, "write", "2026-11-28", -1);
	CHECK(take_and_send(&n, network_at(&n, "2026-11-28 07:00")));
	CHECK_INT(network_ask(&n, "SELECT count(DISTINCT message_id) - count(*) FROM message"), 0);
	CHECK_INT(
		network_ask(&n,
			"SELECT count(*) FROM message WHERE message_id LIKE '<20261128T060000Z.2.d.%'"),
		1);
}

/* --- what fell into a gap --- */

static void after_a_downtime_comes_one_digest(void)
{
	static const char *const returns[] = { "2026-11-27 07:30", "2027-12-24 07:30" };

	for (size_t i = 0; i < ARRAY_SIZE(returns); i++) {
		_cleanup_network_ struct network n = { 0 };
		int64_t back;

		TEST_ROW("%s", returns[i]);
		open_with(&n, DAILY);
		for (int day = 23; day <= 27; day++) {
			char date[DAY_TEXT_SIZE];

			(void)network_add_birthday(&n, "Anna",
				day_format(&(struct date){ 0, 11, day }, date),
				network_day("2026-11-01"));
		}
		(void)take_and_send(&n, network_at(&n, "2026-11-23 07:00"));
		back = network_at(&n, returns[i]);
		CHECK(i == 0 || !take_and_send(&n, back));
		network_believe(&n, network_digest(&n), back);
		CHECK(take_and_send(&n, back));
		CHECK(!take_and_send(&n, back + 60));
		CHECK_INT(network_ask(&n, MESSAGES), 2);
		/* The 24th to the 27th, and all five once more a year later. */
		CHECK_INT(network_ask(&n, OF_LAST), i == 0 ? 4 : 9);
	}
}

static void late_entries_are_told_once(void)
{
	/* Entered on Wednesday the 25th, after the digest of that day. */
	static const struct {
		const char *cadence, *date;
		const char *when; /* the slot that tells it; NULL: none of that year */
	} rows[] = {
		{ "*-*-* 07:00", "--11-25", "2026-11-26 07:00" },
		{ "*-*-* 07:00", "--11-26", "2026-11-26 07:00" },
		{ "*-*-* 07:00", "--11-24", NULL },
		{ "Mon 07:00", "--11-25", "2026-11-30 07:00" },
		{ "Mon 07:00", "--11-29", "2026-11-30 07:00" },
		{ "Mon 07:00", "--11-24", NULL },
		{ "*-*-* 07,09,18:00", "--11-25", "2026-11-25 18:00" },
		{ "*-*-* 07,08,09:00", "--11-25", "2026-11-26 07:00" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str digest = STR_INIT;
		int64_t start, entry;
		bool entered = false, told = false;

		TEST_ROW("%s %s", rows[i].cadence, rows[i].date);
		str_addf(&digest, "{ name = \"d\"; lead_days = 0; cadence = \"%s\"; }",
			rows[i].cadence);
		open_with(&n, str_text(&digest));
		start = network_at(&n, "2026-11-16 07:00");
		entry = network_at(&n, "2026-11-25 10:00");
		for (int64_t now = start; now < start + 30 * DAY; now += HOUR) {
			if (now >= entry && !entered)
				(void)network_add_birthday(
					&n, "Anna", rows[i].date, network_day("2026-11-25"));
			entered |= now >= entry;
			if (!take_and_send(&n, now) || now == start)
				continue;
			CHECK(!told && rows[i].when);
			if (rows[i].when)
				CHECK_INT(now, network_at(&n, rows[i].when));
			told = true;
		}
		CHECK(told == (rows[i].when != NULL));
	}
}

/* --- what did not arrive --- */

static void what_was_refused_is_told_again(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-22 07:00"));
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-01"));
	CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	network_settle(&n, network_ask(&n, "SELECT max(id) FROM delivery"), NETWORK_REFUSED, 0);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told"), 0);
	for (const char *const *day =
			(const char *const[]){ "2026-11-24 07:00", "2026-11-25 07:00", NULL };
		*day; day++) {
		TEST_ROW("%s", *day);
		CHECK(network_take(&n, network_at(&n, *day)));
		CHECK_INT(network_ask(&n, OF_LAST), 1);
		network_settle(
			&n, network_ask(&n, "SELECT max(id) FROM delivery"), NETWORK_REFUSED, 0);
	}
	CHECK(take_and_send(&n, network_at(&n, "2026-12-20 07:00")));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	CHECK(!network_take(&n, network_at(&n, "2026-12-21 07:00")));
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM claim WHERE NOT delivered"), 0);
}

static void what_still_waits_is_withdrawn_for_the_next(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t failing;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-22 07:00"));
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-01"));
	failing = network_at(&n, "2026-11-23 07:00");
	CHECK(network_take(&n, failing));
	network_settle(&n, 2, NETWORK_QUEUED, failing);
	CHECK(network_take(&n, network_at(&n, "2026-11-24 07:00")));
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM delivery WHERE state='withdrawn'"), 1);
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	/* How long it has been failing goes on. */
	CHECK_INT(network_ask(&n, "SELECT failing_since FROM delivery WHERE state='queued'"),
		failing);
}

static void doubt_is_neither_withdrawn_nor_told_again(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-22 07:00"));
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-01"));
	CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	network_settle(&n, 2, NETWORK_DOUBT, 0);
	CHECK(!network_take(&n, network_at(&n, "2026-11-24 07:00")));
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM delivery WHERE state='withdrawn'"), 0);
	/* It turns out to be refused: the next one tells it. */
	network_settle(&n, 2, NETWORK_REFUSED, 0);
	CHECK(take_and_send(&n, network_at(&n, "2026-11-25 07:00")));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
}

static void a_later_mail_does_not_speak_for_a_doubt(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-22 07:00"));
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-01"));
	(void)network_add_birthday(&n, "Ben", "1984-11-24", network_day("2026-11-01"));
	CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	network_settle(&n, 2, NETWORK_DOUBT, 0);
	CHECK(network_take(&n, network_at(&n, "2026-11-24 07:00")));
	/* Refused after the next one was written, which arrives: Anna is still to be told. */
	network_settle(&n, 2, NETWORK_REFUSED, 0);
	network_settle(&n, 3, NETWORK_SENT, 0);
	CHECK(!network_ask(&n, "SELECT delivered FROM claim WHERE message=2"));
	CHECK(take_and_send(&n, network_at(&n, "2026-11-27 07:00")));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM claim WHERE NOT delivered"), 0);
}

static void a_late_entry_of_a_refused_mail_is_told_again(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-22 07:00"));
	CHECK(!network_take(&n, network_at(&n, "2026-11-23 07:00")));
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-23"));
	CHECK(network_take(&n, network_at(&n, "2026-11-24 07:00")));
	network_settle(&n, 2, NETWORK_REFUSED, 0);
	CHECK(take_and_send(&n, network_at(&n, "2026-11-25 07:00")));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
}

static void one_recipient_of_two_is_enough(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n,
		"{ name = \"d\"; to = [ \"a@example.org\", \"b@example.org\" ]; cadence = \"*-*-* 07:00\"; }");
	(void)network_take(&n, network_at(&n, "2026-11-22 07:00"));
	network_settle(&n, 1, NETWORK_SENT, 0);
	network_settle(&n, 2, NETWORK_SENT, 0);
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-01"));
	(void)network_take(&n, network_at(&n, "2026-11-23 07:00"));
	network_settle(&n, 3, NETWORK_REFUSED, 0);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told"), 1);
	network_settle(&n, 4, NETWORK_SENT, 0);
	CHECK(!network_take(&n, network_at(&n, "2026-11-24 07:00")));
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM claim WHERE NOT delivered"), 0);
}

/* --- configuration and clock --- */

static void changed_cadence_begins_after_now(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now, due;

	open_with(&n, DAILY);
	(void)network_add_birthday(&n, "Anna", "1984-11-24", network_day("2026-11-01"));
	(void)take_and_send(&n, network_at(&n, "2026-11-23 07:00"));
	/* 08:00 of the same day is past already: it is not made up for. */
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 08:00\"; lead_days = 0; }");
	now = network_at(&n, "2026-11-23 09:00");
	CHECK(!network_take(&n, now));
	CHECK_INT(slot_due(n.store, network_digest(&n), now, &due, NULL), 0);
	CHECK_INT(due, network_at(&n, "2026-11-24 08:00"));
	CHECK(take_and_send(&n, due));
	CHECK_INT(network_ask(&n,
			  "SELECT (SELECT from_day FROM claim ORDER BY slot DESC LIMIT 1)"
			  " = (SELECT to_day FROM claim ORDER BY slot LIMIT 1)"),
		1);
}

static void denser_cadence_retells_nothing(void)
{
	_cleanup_network_ struct network n = { 0 };

	open_with(&n, "{ name = \"d\"; cadence = \"Mon 07:00\"; lead_days = 0; }");
	(void)network_add_birthday(&n, "Anna", "1984-11-25", network_day("2026-11-01"));
	(void)take_and_send(&n, network_at(&n, "2026-11-23 07:00"));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	network_configure(&n, DAILY);
	CHECK(!network_take(&n, network_at(&n, "2026-11-23 12:00")));
	for (int64_t now = network_at(&n, "2026-11-24 07:00"), i = 0; i < 10; i++)
		CHECK(!network_take(&n, now + i * DAY));
}

static void digests_of_one_book_tell_each(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct slot_outcome outcome;

	open_with(&n,
		"{ name = \"d\"; cadence = \"*-*-* 07:00\"; lead_days = 0; },"
		" { name = \"week\"; cadence = \"Mon 18:00\"; lead_days = 0; }");
	(void)network_add_birthday(&n, "Anna", "1984-11-25", network_day("2026-11-01"));
	for (int64_t now = network_at(&n, "2026-11-22 07:00"), end = now + 10 * DAY; now < end;
		now += HOUR) {
		(void)take_and_send(&n, now);
		CHECK_INT(slot_take(n.store, n.conf, &n.conf->digests[1], now, &outcome, NULL), 0);
	}
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told WHERE kind='b'"), 2);
	CHECK_INT(network_ask(&n, "SELECT count(DISTINCT digest) FROM told WHERE kind='b'"), 2);
}

static void clock_set_back_repeats_nothing(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now;

	open_with(&n, DAILY);
	(void)network_add_birthday(&n, "Anna", "1984-11-23", network_day("2026-11-01"));
	now = network_at(&n, "2026-11-23 07:00");
	CHECK(take_and_send(&n, now));
	for (int64_t back = now - 20 * HOUR; back < now + DAY; back += HOUR)
		CHECK(!network_take(&n, back));
}

static void days_of_daylight_saving(void)
{
	static const struct {
		const char *start, *cadence;
		int slots; /* of the 48 hours from there on, without the welcome */
	} rows[] = {
		{ "2026-03-28 12:00", "*-*-* 02:30", 2 }, { "2026-10-24 12:00", "*-*-* 02:30", 2 },
		{ "2026-03-28 12:00", "*-*-* 00:00", 2 },
		{ "2026-10-24 12:00", "*-*-* 02,03:00", 4 },
		{ "2026-03-28 12:00", "*-*-* 02,03:00", 3 }, /* both at 03:00 are one */
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str digest = STR_INIT;
		int slots = 0;

		TEST_ROW("%s %s", rows[i].start, rows[i].cadence);
		str_addf(&digest, "{ name = \"d\"; cadence = \"%s\"; lead_days = 0; }",
			rows[i].cadence);
		open_with(&n, str_text(&digest));
		(void)network_add_birthday(&n, "Anna", "1984-03-29", 0);
		(void)network_add_birthday(&n, "Ben", "1984-10-25", 0);
		for (int64_t now = network_at(&n, rows[i].start), end = now + 2 * DAY; now < end;
			now += HOUR / 2) {
			struct slot_outcome outcome;

			CHECK_INT(
				slot_take(n.store, n.conf, network_digest(&n), now, &outcome, NULL),
				0);
			slots += outcome.claimed;
			if (outcome.written)
				sent(&n, now);
		}
		CHECK_INT(slots, rows[i].slots + 1);
		CHECK_INT(network_ask(&n, "SELECT count(*) FROM told WHERE kind='b'"), 1);
	}
}

static void leap_days_are_told_in_every_year(void)
{
	static const char *const settings[] = { "feb28", "mar1" };

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str digest = STR_INIT;

		TEST_ROW("%s", settings[i]);
		str_addf(&digest,
			"{ name = \"d\"; cadence = \"*-*-* 07:00\"; lead_days = 0; leap_day = \"%s\"; }",
			settings[i]);
		open_with(&n, str_text(&digest));
		(void)network_add_birthday(&n, "Anna", "2000-02-29", 0);
		(void)take_and_send(&n, network_at(&n, "2027-02-01 07:00"));
		CHECK(take_and_send(
			&n, network_at(&n, i ? "2027-03-01 07:00" : "2027-02-28 07:00")));
		CHECK(!take_and_send(&n, network_at(&n, "2027-03-02 07:00")));
		CHECK(!take_and_send(&n, network_at(&n, "2028-02-28 07:00")));
		CHECK(take_and_send(&n, network_at(&n, "2028-02-29 07:00")));
		CHECK(!take_and_send(&n, network_at(&n, "2028-03-01 07:00")));
		CHECK_INT(network_ask(&n, "SELECT count(*) FROM told"), 2);
	}
}

/* --- what a person said --- */

static void done_is_not_told_and_put_back_is_told_then(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t number;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-22 07:00"));
	number = network_add_birthday(&n, "Anna", "1984-11-24", network_day("2026-11-01"));
	network_done(
		&n, network_add_birthday(&n, "Ben", "1984-11-24", network_day("2026-11-01")), 2026);
	CHECK(take_and_send(&n, network_at(&n, "2026-11-24 07:00")));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	network_put_back(&n, number, 2026, "2026-11-27");
	CHECK(!take_and_send(&n, network_at(&n, "2026-11-26 07:00")));
	CHECK(take_and_send(&n, network_at(&n, "2026-11-27 07:00")));
	CHECK(!take_and_send(&n, network_at(&n, "2026-11-28 07:00")));
	/* Once more, to a day that a long cover has spoken for already. */
	network_put_back(&n, number, 2026, "2026-11-30");
	CHECK(take_and_send(&n, network_at(&n, "2026-12-05 07:00")));
	network_put_back(&n, number, 2026, "2026-12-08");
	network_done(&n, number, 2026);
	CHECK(!take_and_send(&n, network_at(&n, "2026-12-09 07:00")));
}

static void corrected_date_is_not_told_again(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t contact;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-22 07:00"));
	contact = network_add(&n, "Anna", network_day("2026-11-01"));
	(void)network_add_occasion(&n, contact, OCCASION_BIRTHDAY, NULL, "1984-11-23", 0);
	CHECK(take_and_send(&n, network_at(&n, "2026-11-23 07:00")));
	(void)network_add_occasion(&n, contact, OCCASION_BIRTHDAY, NULL, "1984-11-25", 0);
	CHECK(!take_and_send(&n, network_at(&n, "2026-11-25 07:00")));
}

static void announced_once_then_told(void)
{
	_cleanup_network_ struct network n = { 0 };
	char days[40] = "";
	size_t k = 0;

	open_with(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; lead_days = 7; }");
	(void)network_add_birthday(&n, "Anna", "1984-12-01", network_day("2026-11-01"));
	(void)take_and_send(&n, network_at(&n, "2026-11-20 07:00"));
	for (int64_t now = network_at(&n, "2026-11-21 07:00"), i = 0; i < 14; i++)
		days[k++] = take_and_send(&n, now + i * DAY) ? 'x' : '.';
	CHECK_TEXT(days, "...x......x..."); /* on the 24th and on the 1st */
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told WHERE kind='l'"), 1);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM told WHERE kind='b'"), 1);
}

static void follow_ups_come_in_full_weekly(void)
{
	static const struct {
		const char *cadence, *days;
	} rows[] = {
		{ "*-*-* 07:00", "...x......x......x.." },
		{ "*-*-* 07,12:00", "...x......x......x.." },
		{ "Mon,Wed 07:00",
			"..x......x......x..." }, /* the Wednesdays before, which speak for them */
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_str_ struct str digest = STR_INIT;
		char days[21] = "";

		TEST_ROW("%s", rows[i].cadence);
		str_addf(&digest, "{ name = \"d\"; cadence = \"%s\"; }", rows[i].cadence);
		open_with(&n, str_text(&digest));
		(void)take_and_send(&n, network_at(&n, "2026-11-22 05:00"));
		(void)network_add_follow_up(&n, 0, "renew the passport", "2026-11-26", -1);
		for (int64_t start = network_at(&n, "2026-11-23 07:00"), i2 = 0; i2 < 20; i2++) {
			bool any = take_and_send(&n, start + i2 * DAY);

			any |= take_and_send(&n, start + i2 * DAY + 5 * HOUR);
			days[i2] = any ? 'x' : '.';
		}
		CHECK_TEXT(days, rows[i].days);
	}
}

/* Daily digests after a monthly one: their covers are empty until the month is over. */
static void what_is_open_comes_weekly_in_a_cover_of_long_ago(void)
{
	for (int touch = 0; touch < 2; touch++) {
		_cleanup_network_ struct network n = { 0 };
		char days[30] = "";
		int32_t due = network_day("2026-11-25");

		TEST_ROW("%s", touch ? "touch" : "follow-up");
		open_with(&n, "{ name = \"d\"; cadence = \"*-*-01 07:00\"; }");
		if (touch)
			network_set(&n, network_add(&n, "Anna", due - 30), CONTACT_EVERY, "30d");
		else
			(void)network_add_follow_up(&n, 0, "call", "2026-11-05", -1);
		(void)take_and_send(&n, network_at(&n, "2026-11-01 07:00"));
		network_configure(&n, DAILY);
		CHECK(!take_and_send(&n, network_at(&n, "2026-11-01 12:00")));
		for (int64_t now = network_at(&n, "2026-11-02 07:00"), i = 0; i < 29; i++)
			days[i] = take_and_send(&n, now + i * DAY) ? 'x' : '.';
		CHECK_TEXT(days,
			touch ? ".......................x....." : "......x......x......x......x.");
	}
}

static void put_back_coffees_come_in_full_on_that_day(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_coffees_ struct coffees found = { 0 };
	char days[13] = "";
	int64_t number;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-01 07:00"));
	CHECK_INT(coffees_add(n.store, n.book, network_add(&n, "Anna", 0), 0, &number, NULL), 0);
	CHECK_INT(coffees_by_number(n.store, n.book, number, &found, NULL), 1);
	CHECK_INT(coffees_set_stage(n.store, n.book, found.all, COFFEE_INVITED,
			  network_day("2026-11-01"), NULL),
		0);
	for (int64_t now = network_at(&n, "2026-11-07 07:00"), i = 0; i < 12; i++) {
		days[i] = take_and_send(&n, now + i * DAY) ? 'x' : '.';
		if (i == 1)
			CHECK_INT(coffees_set_until(
					  n.store, n.book, number, network_day("2026-11-10"), NULL),
				0);
	}
	CHECK_TEXT(days, ".x.x......x.");
}

/* A draft's open questions are a reason to send once; that nobody answered is told once. */
static void drafts_do_not_nag(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_outreaches_ struct outreaches found = { 0 };
	int64_t now, number;
	struct err e;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-23 12:00"));
	CHECK_INT(outreaches_add(
			  n.store, n.book, 0, "Eva Kern", network_day("2026-11-23"), &number, &e),
		0);
	now = network_at(&n, "2026-11-24 07:00");
	CHECK(take_and_send(&n, now));
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM outreach_mention WHERE message=" LAST), 1);
	for (int i = 1; i <= 30; i++) {
		TEST_ROW("%d days later", i);
		CHECK(!take_and_send(&n, now + i * DAY));
	}
	/* Beside something else: after more than a week; and not the day after. */
	(void)network_add_follow_up(&n, 0, "call", "2026-12-25", -1);
	(void)network_add_follow_up(&n, 0, "write", "2026-12-26", -1);
	CHECK(take_and_send(&n, now + 31 * DAY));
	CHECK_INT(network_ask(&n, OF_LAST " AND kind='" TOLD_OUTREACH "'"), 1);
	CHECK(take_and_send(&n, now + 32 * DAY));
	CHECK_INT(network_ask(&n, OF_LAST " AND kind='" TOLD_OUTREACH "'"), 0);
	CHECK_INT(outreaches_by_number(n.store, n.book, number, &found, &e), 1);
	CHECK_INT(outreaches_set_stage(
			  n.store, &found.all[0], OUTREACH_SENT, network_day("2027-01-01"), &e),
		0);
	for (int day = 14; day <= 60; day++) {
		TEST_ROW("%d days after it was sent", day);
		CHECK_INT(take_and_send(&n, network_at(&n, "2027-01-01 07:00") + day * DAY) &&
				network_ask(&n, OF_LAST " AND kind='" TOLD_OUTREACH "'") == 1,
			day == 14);
	}
}

/* What is kept for a time only goes with the slots. */
static void what_was_kept_for_a_time_goes(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_outreaches_ struct outreaches found = { 0 };
	int64_t now, number;
	struct err e;

	open_with(&n, DAILY);
	now = network_at(&n, "2026-11-23 12:00");
	(void)take_and_send(&n, now);
	CHECK_INT(outreaches_add(n.store, n.book, 0, "Eva", network_day("2026-11-23"), &number, &e),
		0);
	CHECK_INT(outreaches_by_number(n.store, n.book, number, &found, &e), 1);
	CHECK_INT(outreaches_set_answer(n.store, &found.all[0], OUTREACH_HOPE, "advice",
			  network_day("2026-11-23"), &e),
		0);
	CHECK_INT(outreaches_set_stage(
			  n.store, &found.all[0], OUTREACH_DECLINED, network_day("2026-11-23"), &e),
		0);
	(void)take_and_send(&n, now + 29 * DAY);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM message WHERE body IS NOT NULL"), 1);
	(void)take_and_send(&n, now + 31 * DAY);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM message WHERE body IS NOT NULL"), 0);
	(void)take_and_send(&n, now + 179 * DAY);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM outreach_answer"), 1);
	(void)take_and_send(&n, now + 180 * DAY);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM outreach_answer"), 0);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM outreach"), 1);
}

static int64_t ask_now(struct network *n, int64_t now)
{
	_cleanup_str_ struct str id = STR_INIT;
	int64_t message = 0;

	CHECK_INT(slot_send_now(n->store, n->conf, network_digest(n), now, &message, &id, NULL), 0);
	CHECK(str_starts(str_text(&id), "<20261124T"));
	return message;
}

/* It says what the next one would, and the next one says it again. */
static void what_is_asked_for_moves_no_mark(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now, due;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-23 12:00"));
	(void)network_add_birthday(&n, "Anna", "1984-11-24", network_day("2026-11-23"));
	now = network_at(&n, "2026-11-24 06:00");
	CHECK_INT(ask_now(&n, now), 2);
	sent(&n, now);
	CHECK_INT(network_ask(&n, OF_LAST), 0);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM mention WHERE message=2"), 1);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM claim"), 1);
	CHECK_INT(slot_due(n.store, network_digest(&n), now, &due, NULL), 0);
	CHECK_INT(due, now + HOUR);
	CHECK(take_and_send(&n, due));
	CHECK_INT(network_ask(&n, OF_LAST), 1);
	CHECK_INT(network_ask(&n, "SELECT count(DISTINCT subject) FROM message WHERE id IN (2, 3)"),
		1);
}

/* Also where there is nothing to tell, and twice in the same second. */
static void what_is_asked_for_always_comes(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now;

	open_with(&n, DAILY);
	(void)take_and_send(&n, network_at(&n, "2026-11-23 12:00"));
	now = network_at(&n, "2026-11-24 12:00");
	CHECK_INT(ask_now(&n, now), 2);
	sent(&n, now);
	CHECK_INT(ask_now(&n, now), 3);
	CHECK_INT(network_ask(&n, "SELECT count(DISTINCT message_id) FROM message"), 3);
}

#define STATES(expected)                                                                           \
	"SELECT group_concat(state)='" expected "' FROM (SELECT state FROM delivery ORDER BY id)"

/* What was asked for and still waits gives way to what is asked for later, and to the next slot's. */
static void what_is_asked_for_gives_way(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now;

	open_with(&n, DAILY);
	CHECK(network_take(&n, network_at(&n, "2026-11-23 12:00"))); /* the welcome waits */
	now = network_at(&n, "2026-11-24 06:00");
	CHECK_INT(ask_now(&n, now), 2);
	CHECK_INT(ask_now(&n, now + 1), 3);
	CHECK_INT(network_ask(&n, STATES("queued,withdrawn,queued")), 1);
	(void)network_add_birthday(&n, "Anna", "1984-11-24", network_day("2026-11-23"));
	CHECK(network_take(&n, now + HOUR));
	CHECK_INT(network_ask(&n, STATES("withdrawn,withdrawn,withdrawn,queued")), 1);
}

TEST_MAIN(TEST(first_one_is_due_at_once_and_a_welcome), TEST(first_one_waits_for_the_return),
	TEST(first_one_after_a_holiday_is_due_at_once), TEST(slot_yields_one_digest),
	TEST(message_id_is_the_slots), TEST(empty_slot_is_claimed_without_a_mail),
	TEST(each_day_is_told_by_one_digest), TEST(a_clock_far_off_takes_no_slot),
	TEST(a_clock_set_back_repeats_nothing_and_leaves_nothing_out),
	TEST(a_void_claim_that_was_refused_is_made_up_for),
	TEST(a_welcome_from_the_future_is_not_sent_again),
	TEST(a_slot_that_comes_again_has_another_message_id),
	TEST(after_a_downtime_comes_one_digest), TEST(late_entries_are_told_once),
	TEST(what_was_refused_is_told_again), TEST(what_still_waits_is_withdrawn_for_the_next),
	TEST(doubt_is_neither_withdrawn_nor_told_again),
	TEST(a_later_mail_does_not_speak_for_a_doubt),
	TEST(a_late_entry_of_a_refused_mail_is_told_again), TEST(one_recipient_of_two_is_enough),
	TEST(changed_cadence_begins_after_now), TEST(denser_cadence_retells_nothing),
	TEST(digests_of_one_book_tell_each), TEST(clock_set_back_repeats_nothing),
	TEST(days_of_daylight_saving), TEST(leap_days_are_told_in_every_year),
	TEST(done_is_not_told_and_put_back_is_told_then), TEST(corrected_date_is_not_told_again),
	TEST(announced_once_then_told), TEST(follow_ups_come_in_full_weekly),
	TEST(what_is_open_comes_weekly_in_a_cover_of_long_ago),
	TEST(put_back_coffees_come_in_full_on_that_day), TEST(drafts_do_not_nag),
	TEST(what_was_kept_for_a_time_goes), TEST(what_is_asked_for_moves_no_mark),
	TEST(what_is_asked_for_always_comes), TEST(what_is_asked_for_gives_way))
