/* SPDX-License-Identifier: MIT */
/*
 * Rules 1 and 2 as a property: whatever the book, cadence, zone, downtime and fate of the mails,
 * covers tile the calendar and each occurrence is told exactly once.
 *
 * A failure names its walk and the seed: NUDGED_SEED=... repeats it.
 */
#include "book/digests.h"
#include "core/day.h"
#include "core/zone.h"
#include "network.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define WALKS     120
#define STEPS     60
#define OCCASIONS 40
#define TOLD_MAX  4000
#define HOUR      INT64_C(3600)
#define DAY       (24 * HOUR)

struct walk {
	struct network n;
	uint64_t random;
	int64_t now;
	int32_t latest_day; /* that the clock has shown, or a cover has begun with */
	size_t claims;
	struct {
		int64_t number;
		struct date date;
		int32_t entered;
		int loose_year;   /* of which a person said something: told at most once */
		int32_t put_back; /* the last day it was put back to; 0: never */
		bool done;
	} occasions[OCCASIONS];
	size_t n_occasions;
	struct {
		int64_t message, number, mark;
		char kind;
	} told[TOLD_MAX]; /* as it stood in the messages when they were written */
	size_t n_told;
	size_t cadence, zone;
	int lead_days;
	bool mar1, two;
};

static uint64_t walk_random(struct walk *w, uint64_t below)
{
	w->random ^= w->random << 13;
	w->random ^= w->random >> 7;
	w->random ^= w->random << 17;
	return (w->random >> 11) % below;
}

static void walk_configure(struct walk *w)
{
	static const char *const cadences[] = { "*-*-* 07:00", "Mon..Fri 07:00", "Mon 07:00",
		"*-*-* 07,12,18:00", "*-*-* 00:00", "*-*-* 02:30", "*-*-01 08:00", "Sat,Sun 10:00",
		"*-*-1,15 23:59", "*-12-24 08:00", "Tue *-*-* 00,06:15" };
	static const char *const zones[] = { "Europe/Berlin", "UTC", "America/New_York",
		"Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo",
		"Pacific/Kiritimati" };
	_cleanup_str_ struct str text = STR_INIT;

	str_addf(&text,
		"{ name = \"d\"; to = [ \"a@example.org\"%s ]; cadence = \"%s\"; timezone = \"%s\";"
		" lead_days = %d; leap_day = \"%s\"; }",
		w->two ? ", \"b@example.org\"" : "", cadences[w->cadence % ARRAY_SIZE(cadences)],
		zones[w->zone % ARRAY_SIZE(zones)], w->lead_days, w->mar1 ? "mar1" : "feb28");
	network_configure(&w->n, str_text(&text));
}

static int32_t walk_today(const struct walk *w)
{
	return zone_civil(network_digest(&w->n)->zone, w->now).day;
}

static int32_t walk_day(const struct walk *w, size_t i, int year)
{
	return occasion_day(w->occasions[i].date.month, w->occasions[i].date.day, year,
		network_digest(&w->n)->leap_day);
}

/* Half of them near the day on which they are entered. */
static void walk_enter(struct walk *w)
{
	int32_t today = walk_today(w);
	int32_t day = today +
		(int32_t)(walk_random(w, 2) ? walk_random(w, 12) - 2 : walk_random(w, 366));
	struct date date = day_date(day);
	char text[DAY_TEXT_SIZE];

	if (w->n_occasions == OCCASIONS || today < w->latest_day)
		return;
	date.year = walk_random(w, 2) ? 0 : 1960 + (int)walk_random(w, 40);
	if (walk_random(w, 8) == 0)
		date = (struct date){ 0, 2, 29 };
	if (date.year && date.month == 2 && date.day == 29)
		date.year = 1984;
	w->occasions[w->n_occasions].number = network_add_birthday(
		&w->n, "Anna", day_format(&date, text), today);
	w->occasions[w->n_occasions].date = date;
	w->occasions[w->n_occasions++].entered = today;
}

static void walk_say(struct walk *w)
{
	int32_t today = walk_today(w), until = today + 1 + (int32_t)walk_random(w, 20);
	struct date date = day_date(until);
	char text[DAY_TEXT_SIZE];
	size_t i = walk_random(w, w->n_occasions + 1);
	int year;

	if (i == w->n_occasions || today < w->latest_day || w->occasions[i].loose_year)
		return;
	year = occasion_nearest_year(w->occasions[i].date.month, w->occasions[i].date.day, today,
		network_digest(&w->n)->leap_day);
	w->occasions[i].loose_year = year;
	if (walk_random(w, 2)) {
		network_put_back(&w->n, w->occasions[i].number, year, day_format(&date, text));
		w->occasions[i].put_back = until;
	} else {
		network_done(&w->n, w->occasions[i].number, year);
		w->occasions[i].done = true;
	}
}

static void walk_change(struct walk *w)
{
	if (walk_random(w, 3))
		w->cadence++;
	else
		w->zone++;
	walk_configure(w);
}

/* On to the next slot, or a downtime, or back. */
static void walk_move(struct walk *w)
{
	uint64_t choice = walk_random(w, 100);
	int64_t due;

	if (choice < 70) {
		if (slot_due(w->n.store, network_digest(&w->n), w->now, &due, NULL) == 0 &&
			due > w->now)
			w->now = due +
				(int64_t)walk_random(w, 2) * (int64_t)walk_random(w, 5 * 3600);
	} else if (choice < 80) {
		w->now += (int64_t)walk_random(w, DAY);
	} else if (choice < 90) {
		w->now += (int64_t)walk_random(w, 3 * DAY);
	} else if (choice < 94) {
		w->now += (int64_t)walk_random(w, 400 * DAY);
	} else {
		w->now -= (int64_t)walk_random(w, 3 * DAY);
	}
}

static bool walk_check_cover(struct walk *w, const struct digest_state *before)
{
	const struct conf_digest *digest = network_digest(&w->n);
	int32_t today = walk_today(w), to = today + 1;
	struct digest_state after;
	int64_t next;
	bool good;

	if (digests_load(w->n.store, "d", &after, NULL) < 0)
		return CHECK(false);
	if (cadence_next(digest->cadence, digest->zone, w->now, &next) == 0 &&
		zone_civil(digest->zone, next).day > to)
		to = zone_civil(digest->zone, next).day;
	good = CHECK_INT(after.last_cover.from, before->has_claim ? before->last_cover.to : today);
	good &= CHECK_INT(
		after.last_cover.to, to > after.last_cover.from ? to : after.last_cover.from);
	if (after.last_cover.from > w->latest_day && after.last_cover.from < after.last_cover.to)
		w->latest_day = after.last_cover.from;
	w->claims++;
	return good;
}

static void walk_note_told(struct walk *w)
{
	_cleanup_rows_ struct store_rows rows = { 0 };

	CHECK_INT(store_query(&rows, w->n.store, NULL,
			  "SELECT message, number, mark, kind FROM told"
			  " WHERE message=(SELECT max(id) FROM message)",
			  ""),
		0);
	while (store_next(&rows, NULL) == 1 && w->n_told < TOLD_MAX) {
		w->told[w->n_told].message = store_int(&rows, 0);
		w->told[w->n_told].number = store_int(&rows, 1);
		w->told[w->n_told].mark = store_int(&rows, 2);
		w->told[w->n_told++].kind = store_text(&rows, 3)[0];
	}
	CHECK(w->n_told < TOLD_MAX);
}

static void walk_settle(struct walk *w, bool all_sent)
{
	int64_t delivery;

	while ((delivery = network_ask(&w->n,
			"SELECT id FROM delivery WHERE state='queued' AND attempts=0")) > 0) {
		uint64_t fate = all_sent ? 0 : walk_random(w, 10);

		network_settle(&w->n, delivery,
			fate < 6           ? NETWORK_SENT
				: fate < 7 ? NETWORK_REFUSED
				: fate < 8 ? NETWORK_DOUBT
					   : NETWORK_QUEUED,
			w->now);
	}
	delivery = network_ask(&w->n, "SELECT max(id) FROM delivery WHERE state='in doubt'");
	if (delivery > 0 && walk_random(w, 3) == 0)
		network_settle(&w->n, delivery,
			walk_random(w, 2) && !all_sent ? NETWORK_REFUSED : NETWORK_SENT, w->now);
}

static bool walk_take(struct walk *w, bool all_sent)
{
	struct digest_state before;
	struct slot_outcome outcome;
	struct err e = { "" };
	int r = digests_load(w->n.store, "d", &before, &e);

	if (r == 0)
		r = slot_take(w->n.store, w->n.conf, network_digest(&w->n), w->now, &outcome, &e);
	if (!CHECK_INT(r, 0) || !CHECK_TEXT(e.text, ""))
		return false;
	if (walk_today(w) > w->latest_day)
		w->latest_day = walk_today(w);
	if (!outcome.claimed)
		return true;
	if (outcome.written)
		walk_note_told(w);
	walk_settle(w, all_sent);
	return walk_check_cover(w, &before);
}

/* In how many messages it stands that reached somebody, or may have. */
static int walk_count(struct walk *w, int64_t number, int64_t mark, char kind)
{
	int count = 0;

	for (size_t i = 0; i < w->n_told; i++)
		if (w->told[i].number == number && w->told[i].mark == mark &&
			w->told[i].kind == kind)
			count += network_ask_of(&w->n,
					 "SELECT count(*) FROM delivery WHERE message=? AND"
					 " state NOT IN ('refused', 'withdrawn')",
					 w->told[i].message) > 0;
	return count;
}

static bool walk_check_told(struct walk *w)
{
	int32_t first = (int32_t)network_ask(
			&w->n, "SELECT from_day FROM claim ORDER BY slot LIMIT 1"),
		last = (int32_t)network_ask(
			&w->n, "SELECT to_day FROM claim ORDER BY slot DESC LIMIT 1");
	bool good = true;

	for (size_t i = 0; i < w->n_occasions; i++) {
		int64_t number = w->occasions[i].number;

		for (int year = day_date(first).year - 1; year <= day_date(last).year + 1; year++) {
			int32_t day = walk_day(w, i, year);
			bool due = day >= first && day >= w->occasions[i].entered && day < last;
			int count = walk_count(w, number, year, TOLD_OCCASION[0]);

			/* Put back to a day before its own it is told on its day all the same. */
			if (year == w->occasions[i].loose_year &&
				(w->occasions[i].done || w->occasions[i].put_back > day))
				good &= CHECK(count <= 1);
			else if (!CHECK_INT(count, due))
				return test_row("%d-%02d-%02d, entered %d, covers %d to %d", year,
					       w->occasions[i].date.month, w->occasions[i].date.day,
					       w->occasions[i].entered - day, first - day,
					       last - day),
				       CHECK(false);
			good &= CHECK(walk_count(w, number, year, TOLD_ANNOUNCED[0]) <= 1);
		}
		if (w->occasions[i].put_back > walk_day(w, i, w->occasions[i].loose_year))
			good &= CHECK_INT(
				walk_count(w, number, w->occasions[i].put_back, TOLD_PUT_BACK[0]),
				w->occasions[i].put_back >= first &&
					w->occasions[i].put_back < last);
		else if (w->occasions[i].put_back)
			good &= CHECK(walk_count(w, number, w->occasions[i].put_back,
					      TOLD_PUT_BACK[0]) <= 1);
	}
	return good;
}

static bool walk_go(struct walk *w, uint64_t seed)
{
	w->random = seed;
	(void)walk_random(w, 1);
	w->cadence = walk_random(w, 100);
	w->zone = walk_random(w, 100);
	w->lead_days = walk_random(w, 2) ? 7 : 0;
	w->mar1 = walk_random(w, 2);
	w->two = walk_random(w, 3) == 0;
	w->now = (int64_t)(14200 + walk_random(w, 7000)) * DAY + (int64_t)walk_random(w, DAY);
	network_open(&w->n);
	walk_configure(w);
	w->latest_day = walk_today(w);
	for (int step = 0; step < STEPS; step++) {
		if (walk_random(w, 3))
			walk_enter(w);
		if (walk_random(w, 6) == 0)
			walk_say(w);
		if (walk_random(w, 30) == 0)
			walk_change(w);
		walk_move(w);
		if (!walk_take(w, false))
			return false;
	}
	/* The end: what was refused or still waits gets its chance. */
	for (int i = 0; i < 2; i++) {
		int64_t due;

		if (slot_due(w->n.store, network_digest(&w->n), w->now, &due, NULL) == 0 &&
			due > w->now)
			w->now = due;
		if (!walk_take(w, true))
			return false;
	}
	return walk_check_told(w);
}

static void each_occurrence_is_told_exactly_once(void)
{
	const char *text = getenv("NUDGED_SEED");
	uint64_t seed = text ? strtoull(text, NULL, 10) : 1;
	size_t claims = 0;

	printf("# seed %llu\n", (unsigned long long)seed);
	for (uint64_t i = 0; i < WALKS; i++) {
		struct walk *w = calloc(1, sizeof(*w));
		bool good;

		if (!w)
			abort();
		TEST_ROW("seed %llu, walk %llu", (unsigned long long)seed, (unsigned long long)i);
		good = walk_go(w, (seed * 1000 + i) * UINT64_C(0x9e3779b97f4a7c15));
		claims += w->claims;
		network_close(&w->n);
		free(w);
		if (!CHECK(good))
			return;
	}
	printf("# %zu claims in %d steps\n", claims, WALKS * STEPS);
	CHECK(claims > WALKS * STEPS / 3);
}

TEST_MAIN(TEST(each_occurrence_is_told_exactly_once))
