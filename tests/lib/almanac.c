/* SPDX-License-Identifier: MIT */
/*
 * almanac: days, zones and slots once more, by the C library and by counting.
 */
#include "almanac.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FIRST_YEAR 1900
#define YEARS      400
#define FIRST_DAY  (-25567) /* 1 January 1900 */
#define DAY        INT64_C(86400)
#define FAR_DAYS   800 /* no cadence of the tests rests for longer */

static int almanac_length(int year, int month)
{
	static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return lengths[month - 1] + (month == 2 && leap);
}

static int32_t almanac_new_year(int year)
{
	static int32_t days[YEARS + 1];

	if (!days[0]) {
		days[0] = FIRST_DAY;
		for (int i = 0; i < YEARS; i++) {
			days[i + 1] = days[i];
			for (int month = 1; month <= 12; month++)
				days[i + 1] += almanac_length(FIRST_YEAR + i, month);
		}
	}
	if (year < FIRST_YEAR || year > FIRST_YEAR + YEARS)
		abort();
	return days[year - FIRST_YEAR];
}

int32_t almanac_day(int year, int month, int day)
{
	int32_t number = almanac_new_year(year) + day - 1;

	while (--month)
		number += almanac_length(year, month);
	return number;
}

void almanac_date(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
	*ret_year = FIRST_YEAR + (day - FIRST_DAY) / 366;
	while (almanac_new_year(*ret_year + 1) <= day)
		++*ret_year;
	*ret_month = 1;
	while (almanac_day(*ret_year, *ret_month, almanac_length(*ret_year, *ret_month)) < day)
		++*ret_month;
	*ret_day = day - almanac_day(*ret_year, *ret_month, 1) + 1;
}

int32_t almanac_yearly(int month, int day, int year, bool mar1)
{
	if (day > almanac_length(year, month))
		return almanac_day(year, 3, 1) - !mar1;
	return almanac_day(year, month, day);
}

/* --- zones --- */

static int64_t almanac_offset(const char *zone, int64_t instant)
{
	static char current[64];
	time_t t = (time_t)instant;
	struct tm tm;

	if (strcmp(current, zone) != 0) {
		if (strlen(zone) >= sizeof(current) || setenv("TZ", zone, 1) != 0)
			abort();
		(void)strcpy(current, zone);
		tzset();
	}
	if (!localtime_r(&t, &tm))
		abort();
	return tm.tm_gmtoff;
}

int32_t almanac_today(const char *zone, int64_t now)
{
	int64_t local = now + almanac_offset(zone, now);

	return (int32_t)(local / DAY - (local % DAY < 0));
}

/* The zones of the tests have no two transitions within three days. */
int64_t almanac_instant(const char *zone, int32_t day, int second)
{
	int64_t local = day * DAY + second, low = local - 36 * 3600, high = local + 36 * 3600;
	int64_t before = almanac_offset(zone, low), after = almanac_offset(zone, high);

	if (almanac_offset(zone, local - before) == before)
		return local - before;
	if (almanac_offset(zone, local - after) == after)
		return local - after;
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (almanac_offset(zone, middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* --- slots --- */

static bool almanac_is_of(const struct almanac_cadence *cadence, int32_t day)
{
	int year, month, date;

	if (cadence->weekdays && !(cadence->weekdays >> (day + 3) % 7 & 1))
		return false;
	if (!cadence->days && !cadence->month)
		return true;
	almanac_date(day, &year, &month, &date);
	return (!cadence->days || cadence->days >> date & 1) &&
		(!cadence->month || cadence->month == month);
}

bool almanac_next(
	const struct almanac_cadence *cadence, const char *zone, int64_t after, int64_t *ret)
{
	int32_t first = almanac_today(zone, after) - 1;

	for (int32_t day = first; day < first + FAR_DAYS; day++)
		for (int i = 0; almanac_is_of(cadence, day) && i < cadence->n; i++) {
			*ret = almanac_instant(zone, day, cadence->seconds[i]);
			if (*ret > after)
				return true;
		}
	return false;
}

bool almanac_last(const struct almanac_cadence *cadence, const char *zone, int64_t after,
	int64_t until, int64_t *ret)
{
	int32_t last = almanac_today(zone, until) + 1;

	for (int32_t day = last; day > last - FAR_DAYS; day--)
		for (int i = cadence->n - 1; almanac_is_of(cadence, day) && i >= 0; i--) {
			*ret = almanac_instant(zone, day, cadence->seconds[i]);
			if (*ret <= until)
				return *ret > after;
		}
	return false;
}
