/* SPDX-License-Identifier: MIT */
/*
 * Days that are no ordinary ones: on which slots a digest tells a birthday that falls on a leap day, a
 * day that a zone skips, a night in which the clock is changed, or between two zones.
 */
#include "book/digests.h"
#include "core/day.h"
#include "core/zone.h"
#include "network.h"

#include <stdio.h>
#include <string.h>

#define HALF_HOUR INT64_C(1800)
#define DAYS(n)   ((n)*48 * HALF_HOUR)

struct night {
	const char *zone, *cadence, *leap;
	const char *birthday;
	const char *start; /* of the walk, which begins with a welcome; by the zone's clock */
	int days;
	const char *told; /* the slots that tell it, by the clock of the zone then */
	const char *move; /* at that time of the first zone the reader goes to the other one */
	const char *other;
};

static void night_configure(struct network *n, const struct night *night, const char *zone)
{
	_cleanup_str_ struct str digest = STR_INIT;

	str_addf(&digest,
		"{ name = \"d\"; lead_days = 0; cadence = \"%s\"; timezone = \"%s\";"
		" leap_day = \"%s\"; }",
		night->cadence, zone, night->leap ? night->leap : "feb28");
	network_configure(n, str_text(&digest));
}

static void night_add_time(struct str *told, const struct zone *zone, int64_t now)
{
	struct civil local = zone_civil(zone, now);
	struct date date = day_date(local.day);

	str_add_separator(told, ", ");
	str_addf(told, "%d-%02d-%02d %02d:%02d", date.year, date.month, date.day,
		local.second / 3600, local.second / 60 % 60);
}

static void night_walk(const struct night *night, struct str *told)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now, end, move = INT64_MAX;

	network_open(&n);
	network_hurry(&n);
	night_configure(&n, night, night->zone);
	(void)network_add_birthday(&n, "Anna", night->birthday, DAY_MIN);
	now = network_at(&n, night->start);
	end = now + DAYS(night->days);
	if (night->move)
		move = network_at(&n, night->move);
	for (; now < end; now += HALF_HOUR) {
		int64_t before = network_ask(&n, "SELECT count(*) FROM told");

		if (now == move)
			night_configure(&n, night, night->other);
		if (network_take(&n, now))
			network_settle(&n, network_ask(&n, "SELECT max(id) FROM delivery"),
				NETWORK_SENT, now);
		if (network_ask(&n, "SELECT count(*) FROM told") > before)
			night_add_time(told, network_digest(&n)->zone, now);
	}
}

static void nights_check(const struct night *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		_cleanup_str_ struct str told = STR_INIT;

		TEST_ROW("%s %s %s, %s, from %s", rows[i].zone, rows[i].cadence,
			rows[i].leap ? rows[i].leap : "", rows[i].birthday, rows[i].start);
		night_walk(&rows[i], &told);
		CHECK_TEXT(str_text(&told), rows[i].told);
	}
}

#define BERLIN "Europe/Berlin"
#define DAILY  "*-*-* 07:00"
#define WEEKLY "Mon 07:00"

static void leap_days(void)
{
	static const struct night rows[] = {
		{ BERLIN, DAILY, "feb28", "2000-02-29", "2024-02-26 07:00", 6, "2024-02-29 07:00",
			NULL, NULL },
		{ BERLIN, DAILY, "mar1", "2000-02-29", "2024-02-26 07:00", 6, "2024-02-29 07:00",
			NULL, NULL },
		{ BERLIN, DAILY, "feb28", "--02-29", "2023-02-25 07:00", 6, "2023-02-28 07:00",
			NULL, NULL },
		{ BERLIN, DAILY, "mar1", "--02-29", "2023-02-25 07:00", 6, "2023-03-01 07:00", NULL,
			NULL },
		/* A year that four divides and that has no leap day. */
		{ BERLIN, DAILY, "feb28", "2000-02-29", "2100-02-25 07:00", 6, "2100-02-28 07:00",
			NULL, NULL },
		{ BERLIN, DAILY, "mar1", "2000-02-29", "2100-02-25 07:00", 6, "2100-03-01 07:00",
			NULL, NULL },
		/* 1 March 2100 is a Monday: the settings make a week's difference. */
		{ BERLIN, WEEKLY, "feb28", "2000-02-29", "2100-02-15 07:00", 22, "2100-02-22 07:00",
			NULL, NULL },
		{ BERLIN, WEEKLY, "mar1", "2000-02-29", "2100-02-15 07:00", 22, "2100-03-01 07:00",
			NULL, NULL },
		{ BERLIN, WEEKLY, "feb28", "2000-02-29", "2024-02-12 07:00", 22, "2024-02-26 07:00",
			NULL, NULL },
	};

	nights_check(rows, ARRAY_SIZE(rows));
}

static void nights_of_the_clock(void)
{
	static const struct night rows[] = {
		{ BERLIN, "*-*-* 02:30", NULL, "--03-29", "2026-03-27 12:00", 4, "2026-03-29 03:00",
			NULL, NULL },
		{ BERLIN, "*-*-* 02:30", NULL, "--10-25", "2026-10-23 12:00", 4, "2026-10-25 02:30",
			NULL, NULL },
		/* Midnight itself is skipped, and shown twice. */
		{ "Africa/Cairo", "*-*-* 00:00", NULL, "--04-24", "2026-04-22 12:00", 4,
			"2026-04-24 01:00", NULL, NULL },
		{ "America/Sao_Paulo", "*-*-* 00:00", NULL, "--11-04", "2018-11-02 12:00", 4,
			"2018-11-04 01:00", NULL, NULL },
		{ "America/Sao_Paulo", "*-*-* 23:30", NULL, "--02-17", "2018-02-15 12:00", 5,
			"2018-02-17 23:30", NULL, NULL },
		{ "America/Sao_Paulo", "*-*-* 23:30", NULL, "--02-18", "2018-02-15 12:00", 5,
			"2018-02-18 23:30", NULL, NULL },
		{ "Australia/Lord_Howe", "*-*-* 02:15", NULL, "--10-04", "2026-10-02 12:00", 4,
			"2026-10-04 02:30", NULL, NULL },
	};

	nights_check(rows, ARRAY_SIZE(rows));
}

/* On Friday 30 December 2011 nothing happened in Samoa: the 29th was followed by the 31st. */
static void skipped_days(void)
{
#define APIA "Pacific/Apia"
	static const struct night rows[] = {
		{ APIA, DAILY, NULL, "--12-29", "2011-12-27 07:00", 6, "2011-12-29 07:00", NULL,
			NULL },
		{ APIA, DAILY, NULL, "--12-30", "2011-12-27 07:00", 6, "2011-12-29 07:00", NULL,
			NULL },
		{ APIA, DAILY, NULL, "--12-31", "2011-12-27 07:00", 6, "2011-12-31 00:00", NULL,
			NULL },
		{ APIA, "*-*-* 07,12,18:00", NULL, "--12-30", "2011-12-27 07:00", 6,
			"2011-12-29 18:00", NULL, NULL },
		{ APIA, "Fri 07:00", NULL, "--12-30", "2011-12-20 07:00", 20, "2011-12-23 07:00",
			NULL, NULL },
		{ APIA, "Fri 07:00", NULL, "--12-31", "2011-12-20 07:00", 20, "2011-12-31 00:00",
			NULL, NULL },
		{ APIA, "Sat 07:00", NULL, "--12-30", "2011-12-20 07:00", 20, "2011-12-24 07:00",
			NULL, NULL },
	};

	nights_check(rows, ARRAY_SIZE(rows));
}

/* Covers go on: what was told is not told again where it is still yesterday, and nothing is lost where
 * it is tomorrow already. */
static void readers_who_travel(void)
{
#define WEST "Pacific/Pago_Pago"  /* UTC-11 */
#define EAST "Pacific/Kiritimati" /* UTC+14 */
	static const struct night rows[] = {
		{ EAST, DAILY, NULL, "--06-10", "2026-06-08 07:00", 6, "2026-06-10 07:00",
			"2026-06-10 12:00", WEST },
		{ EAST, DAILY, NULL, "--06-11", "2026-06-08 07:00", 6, "2026-06-11 07:00",
			"2026-06-10 12:00", WEST },
		{ EAST, DAILY, NULL, "--06-10", "2026-06-08 07:00", 6, "2026-06-10 07:00",
			"2026-06-10 06:00", WEST },
		{ WEST, DAILY, NULL, "--06-10", "2026-06-08 07:00", 6, "2026-06-10 07:00",
			"2026-06-10 12:00", EAST },
		/* There it is the 11th at one in the afternoon, and the next slot is on the 12th. */
		{ WEST, DAILY, NULL, "--06-11", "2026-06-08 07:00", 6, "2026-06-12 07:00",
			"2026-06-10 12:00", EAST },
		/* There it is Tuesday: Monday is told with the next digest, late and not lost. */
		{ WEST, WEEKLY, NULL, "--06-15", "2026-06-08 07:00", 20, "2026-06-22 07:00",
			"2026-06-14 23:00", EAST },
		{ EAST, WEEKLY, NULL, "--06-14", "2026-06-08 07:00", 20, "2026-06-08 07:00",
			"2026-06-15 06:00", WEST },
	};

	nights_check(rows, ARRAY_SIZE(rows));
}

static void years_from_the_first_to_the_last(void)
{
	static const struct night rows[] = {
		{ BERLIN, DAILY, NULL, "0001-11-25", "2026-11-23 07:00", 4, "2026-11-25 07:00",
			NULL, NULL },
		{ BERLIN, DAILY, NULL, "--11-25", "2026-11-23 07:00", 4, "2026-11-25 07:00", NULL,
			NULL },
		{ BERLIN, DAILY, NULL, "2026-11-25", "2026-11-23 07:00", 4, "2026-11-25 07:00",
			NULL, NULL },
		{ BERLIN, DAILY, NULL, "2027-11-25", "2026-11-23 07:00", 4, "", NULL, NULL },
		{ BERLIN, DAILY, NULL, "9999-11-25", "2026-11-23 07:00", 4, "", NULL, NULL },
		{ BERLIN, DAILY, NULL, "--01-01", "2026-12-29 07:00", 5, "2027-01-01 07:00", NULL,
			NULL },
		{ BERLIN, WEEKLY, NULL, "--01-03", "2026-12-21 07:00", 20, "2026-12-28 07:00", NULL,
			NULL },
		{ BERLIN, DAILY, NULL, "--12-25", "9999-12-23 07:00", 7, "9999-12-25 07:00", NULL,
			NULL },
		{ BERLIN, DAILY, NULL, "--12-29", "9999-12-23 07:00", 7, "9999-12-29 07:00", NULL,
			NULL },
		{ "UTC", DAILY, NULL, "--01-02", "1970-01-01 00:00", 3, "1970-01-02 07:00", NULL,
			NULL },
	};

	nights_check(rows, ARRAY_SIZE(rows));
}

TEST_MAIN(TEST(leap_days), TEST(nights_of_the_clock), TEST(skipped_days), TEST(readers_who_travel),
	TEST(years_from_the_first_to_the_last))
