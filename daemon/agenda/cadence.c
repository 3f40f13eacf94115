/* SPDX-License-Identifier: MIT */
/*
 * cadence: the slots of a calendar event.
 *
 * A slot is zone_instant() of a civil time that matches. As that keeps the order, the slots after
 * an instant are those of the times after zone_latest() of it: gaps and overlaps need no case of
 * their own, and the last slot before an instant is found by looking back from there.
 */
#include "agenda/cadence-internal.h"

#include <errno.h>

#define DAY_SECONDS 86400

/* The lowest member from `from` on, or -1; `from` is 63 at most, as no unit has so many values. */
static int cadence_up(uint64_t set, int from)
{
	uint64_t above = set >> from;

	return above ? from + __builtin_ctzll(above) : -1;
}

/* The highest member up to `from`, or -1. */
static int cadence_down(uint64_t set, int from)
{
	uint64_t below;

	if (from < 0)
		return -1;
	below = set << (63 - from);
	return below ? from - __builtin_clzll(below) : -1;
}

static bool cadence_has_year(const struct cadence *c, int year)
{
	int n = year - CADENCE_YEAR_MIN;

	return n >= 0 && n < CADENCE_YEARS && (c->years[n / 64] >> (n % 64) & 1);
}

/* The days of a month that match, as bits 1 to 31. */
static uint64_t cadence_month_days(const struct cadence *c, int year, int month)
{
	int length = day_month_length(year, month);
	/* Bit n of `week` is the weekday of the month's day n, n from 1 to 7. */
	int shift = (int)day_weekday(day_number(year, month, 1)) - 1;
	uint64_t week = (c->weekdays >> shift | c->weekdays << (7 - shift)) & 0xfe;
	uint64_t weeks = week | week << 7 | week << 14 | week << 21 | week << 28;

	return c->days[length - CADENCE_LENGTH_MIN] & weeks & ((UINT64_C(1) << (length + 1)) - 1);
}

/* The first matching day from `day` on; false where none is left. */
static bool cadence_day_up(const struct cadence *c, int32_t day, int32_t *ret)
{
	struct date from = day_date(day);

	for (int y = from.year; y <= CADENCE_YEAR_MAX; y++) {
		int least = y == from.year ? from.month : 1;

		if (!cadence_has_year(c, y))
			continue;
		for (int m = cadence_up(c->months, least); m > 0;
			m = cadence_up(c->months, m + 1)) {
			bool same = y == from.year && m == from.month;
			int d = cadence_up(cadence_month_days(c, y, m), same ? from.day : 1);

			if (d > 0) {
				*ret = day_number(y, m, d);
				return true;
			}
		}
	}
	return false;
}

/* The last matching day up to `day`. */
static bool cadence_day_down(const struct cadence *c, int32_t day, int32_t *ret)
{
	struct date from = day_date(day);

	for (int y = from.year; y >= CADENCE_YEAR_MIN; y--) {
		int most = y == from.year ? from.month : 12;

		if (!cadence_has_year(c, y))
			continue;
		for (int m = cadence_down(c->months, most); m > 0;
			m = cadence_down(c->months, m - 1)) {
			bool same = y == from.year && m == from.month;
			int d = cadence_down(cadence_month_days(c, y, m), same ? from.day : 31);

			if (d > 0) {
				*ret = day_number(y, m, d);
				return true;
			}
		}
	}
	return false;
}

/* The first matching second of a day from `second` on, or -1. */
static int cadence_second_up(const struct cadence *c, int second)
{
	int hour = second / 3600, minute = second / 60 % 60;

	for (int h = cadence_up(c->hours, hour); h >= 0; h = cadence_up(c->hours, h + 1)) {
		int m = cadence_up(c->minutes, h == hour ? minute : 0);

		for (; m >= 0; m = cadence_up(c->minutes, m + 1)) {
			bool same = h == hour && m == minute;
			int s = cadence_up(c->seconds, same ? second % 60 : 0);

			if (s >= 0)
				return h * 3600 + m * 60 + s;
		}
	}
	return -1;
}

/* The last matching second of a day up to `second`, or -1. */
static int cadence_second_down(const struct cadence *c, int second)
{
	int hour = second / 3600, minute = second / 60 % 60;

	for (int h = cadence_down(c->hours, hour); h >= 0; h = cadence_down(c->hours, h - 1)) {
		int m = cadence_down(c->minutes, h == hour ? minute : 59);

		for (; m >= 0; m = cadence_down(c->minutes, m - 1)) {
			bool same = h == hour && m == minute;
			int s = cadence_down(c->seconds, same ? second % 60 : 59);

			if (s >= 0)
				return h * 3600 + m * 60 + s;
		}
	}
	return -1;
}

/* The first matching time after `passed`. */
static bool cadence_match_after(const struct cadence *c, struct civil passed, struct civil *ret)
{
	int32_t day;

	if (!cadence_day_up(c, passed.day, &day))
		return false;
	if (day == passed.day) {
		int second = cadence_second_up(c, passed.second + 1);

		if (second >= 0) {
			*ret = (struct civil){ day, second };
			return true;
		}
		if (!cadence_day_up(c, day + 1, &day))
			return false;
	}
	*ret = (struct civil){ day, cadence_second_up(c, 0) };
	return true;
}

/* The last matching time that is not after `shown`. */
static bool cadence_match_until(const struct cadence *c, struct civil shown, struct civil *ret)
{
	int32_t day;

	if (!cadence_day_down(c, shown.day, &day))
		return false;
	if (day == shown.day) {
		int second = cadence_second_down(c, shown.second);

		if (second >= 0) {
			*ret = (struct civil){ day, second };
			return true;
		}
		if (!cadence_day_down(c, day - 1, &day))
			return false;
	}
	*ret = (struct civil){ day, cadence_second_down(c, DAY_SECONDS - 1) };
	return true;
}

static int64_t cadence_distance(struct civil from, struct civil to)
{
	return (int64_t)(to.day - from.day) * DAY_SECONDS + to.second - from.second;
}

int cadence_next(
	const struct cadence *cadence, const struct zone *zone, int64_t after, int64_t *ret)
{
	struct civil match;
	int64_t slot;

	if (!cadence_match_after(cadence, zone_latest(zone, after), &match))
		return CADENCE_OVER;
	slot = zone_instant(zone, match, NULL);
	/* A zone knows no instants beyond its last year, and so no clock ever shows this time. */
	if (cadence_distance(zone_latest(zone, slot), match) > 0)
		return CADENCE_OVER;
	*ret = slot;
	return 0;
}

int cadence_last(const struct cadence *cadence, const struct zone *zone, int64_t after,
	int64_t until, int64_t *ret)
{
	struct civil match;

	if (!cadence_match_until(cadence, zone_latest(zone, until), &match) ||
		cadence_distance(zone_latest(zone, after), match) <= 0)
		return CADENCE_OVER;
	*ret = zone_instant(zone, match, NULL);
	return 0;
}

static int cadence_fail_close(struct civil first, struct civil second, struct err *reterr)
{
	struct date day = day_date(first.day);
	char text[DAY_TEXT_SIZE];

	return err_set(reterr, -ERANGE,
		"it comes at %s %02d:%02d:%02d and again at %02d:%02d:%02d; two digests must be at least "
		"%d minutes apart",
		day_format(&day, text), first.second / 3600, first.second / 60 % 60,
		first.second % 60, second.second / 3600, second.second / 60 % 60,
		second.second % 60, CADENCE_MIN_SECONDS / 60);
}

static int cadence_fail_rare(const struct civil *once, struct err *reterr)
{
	struct date day;
	char text[DAY_TEXT_SIZE];

	if (!once)
		return err_set(reterr, -ERANGE,
			"it never comes within the next %d days; a digest must return once a year at"
			" least",
			CADENCE_SPAN_DAYS);
	day = day_date(once->day);
	return err_set(reterr, -ERANGE,
		"it comes on %s and not again within %d days; a digest must return once a year at"
		" least",
		day_format(&day, text), CADENCE_SPAN_DAYS);
}

int cadence_check(
	const struct cadence *cadence, const struct zone *zone, int64_t now, struct err *reterr)
{
	const int64_t span = (int64_t)CADENCE_SPAN_DAYS * DAY_SECONDS;
	struct civil start = zone_latest(zone, now), last, match;
	bool more;

	if (!cadence_match_after(cadence, start, &last) || cadence_distance(start, last) > span)
		return cadence_fail_rare(NULL, reterr);
	more = cadence_match_after(cadence, last, &match);
	if (!more || cadence_distance(last, match) > span)
		return cadence_fail_rare(&last, reterr);
	while (more && cadence_distance(start, match) <= span) {
		if (cadence_distance(last, match) < CADENCE_MIN_SECONDS)
			return cadence_fail_close(last, match, reterr);
		last = match;
		more = cadence_match_after(cadence, last, &match);
	}
	return 0;
}
