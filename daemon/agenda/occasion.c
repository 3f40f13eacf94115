/* SPDX-License-Identifier: MIT */
/*
 * occasion: on which days the yearly days of contacts fall.
 */
#include "agenda/occasion.h"

#include "agenda/cover.h"

#include <stdlib.h>

int32_t occasion_day(int month, int day, int year, enum occasion_leap leap)
{
	if (month == 2 && day == 29 && !day_is_leap(year)) {
		month = leap == OCCASION_LEAP_FEB28 ? 2 : 3;
		day = leap == OCCASION_LEAP_FEB28 ? 28 : 1;
	}
	return day_number(year, month, day);
}

int occasion_month_day(int month, int day)
{
	return month * 100 + day;
}

bool occasion_next_range(
	int32_t *from, int32_t to, enum occasion_leap leap, struct occasion_range *ret)
{
	struct date first, last;
	int32_t year_end;

	if (*from >= to || *from > DAY_MAX)
		return false;
	first = day_date(*from);
	year_end = day_number(first.year, 12, 31);
	last = day_date(to - 1 < year_end ? to - 1 : year_end);
	*ret = (struct occasion_range){
		.year = first.year,
		.first = occasion_month_day(first.month, first.day),
		.last = occasion_month_day(last.month, last.day),
	};
	if (!day_is_leap(first.year)) {
		if (leap == OCCASION_LEAP_FEB28 && ret->last == 228)
			ret->last = 229;
		if (leap == OCCASION_LEAP_MAR1 && ret->first == 301)
			ret->first = 229;
	}
	*from = year_end + 1;
	return true;
}

int occasion_nearest_year(int month, int day, int32_t today, enum occasion_leap leap)
{
	int this_year = day_date(today).year, nearest = this_year;
	int32_t best = INT32_MAX;

	for (int year = this_year + 1; year >= this_year - 1; year--) {
		int32_t distance;

		if (year < DAY_YEAR_MIN || year > DAY_YEAR_MAX)
			continue;
		distance = abs(occasion_day(month, day, year, leap) - today);
		if (distance < best) {
			best = distance;
			nearest = year;
		}
	}
	return nearest;
}

int occasion_greeted(int month, int day, int32_t greeted, enum occasion_leap leap, int *ret_year)
{
	int32_t late;

	*ret_year = occasion_nearest_year(month, day, greeted, leap);
	late = greeted - occasion_day(month, day, *ret_year, leap);
	return late >= -OCCASION_EARLY_DAYS && late <= COVER_SINGLY_DAYS ? abs(late) : -1;
}

int occasion_age(int first_year, int year)
{
	return first_year > 0 && first_year <= year ? year - first_year : -1;
}

bool occasion_is_round(int age)
{
	return age > 0 && age % 10 == 0;
}
