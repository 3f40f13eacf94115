/* SPDX-License-Identifier: MIT */
/*
 * occasion: on which days the yearly days of contacts fall.
 */
#ifndef NUDGE_AGENDA_OCCASION_H
#define NUDGE_AGENDA_OCCASION_H

#include "core/day.h"

/* When 29 February is kept in a common year; people disagree. */
enum occasion_leap { OCCASION_LEAP_FEB28, OCCASION_LEAP_MAR1 };

/* The day number of the yearly day in `year` (1 to 9999). */
int32_t occasion_day(int month, int day, int year, enum occasion_leap leap);

/* Month and day as one number that sorts as the calendar does: 229 is 29 February. */
int occasion_month_day(int month, int day);

/* The occasions of one calendar year that fall into a window of days: those whose month_day is
 * first..last, both included. */
struct occasion_range {
	int year;
	int first, last;
};

/* The range of `from`..`to` (not included) that begins with `from`, and where the next one begins;
 * returns false where nothing is left. Leap days are in the range of the day they are kept on. */
bool occasion_next_range(
	int32_t *from, int32_t to, enum occasion_leap leap, struct occasion_range *ret);

/* The year whose occurrence lies nearest to `today`, the coming one where two are as near. */
int occasion_nearest_year(int month, int day, int32_t today, enum occasion_leap leap);

#define OCCASION_EARLY_DAYS 3 /* a greeting may come so long before: over a weekend */

/* How many days a greeting on `greeted` is from the nearest occurrence, whose year is *ret_year; -1 where it is
 * not meant for that: it is earlier, or so late that the occurrence is told singly no more. */
int occasion_greeted(int month, int day, int32_t greeted, enum occasion_leap leap, int *ret_year);

/* Completed years at the occurrence of `year`; -1 where the first year is unknown (0) or later. */
int occasion_age(int first_year, int year);

/* Whether people celebrate that number: every tenth. 18, which is no round one, is what people come of age with. */
#define OCCASION_OF_AGE 18
bool occasion_is_round(int age);

#endif
