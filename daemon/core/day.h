/* SPDX-License-Identifier: MIT */
/*
 * day: civil dates of the proleptic Gregorian calendar and day numbers.
 *
 * A day number counts from 1970-01-01, which is 0, and may be negative. Years 1 to 9999.
 */
#ifndef NUDGE_CORE_DAY_H
#define NUDGE_CORE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#define DAY_YEAR_MIN 1
#define DAY_YEAR_MAX 9999
#define DAY_MIN      (-719162) /* 0001-01-01 */
#define DAY_MAX      2932896   /* 9999-12-31 */

struct date {
	int year; /* 0: unknown, where a header says that it may be */
	int month;
	int day;
};

/* Days of the week as ISO 8601 numbers them. */
enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

bool day_is_leap(int year);
int day_month_length(int year, int month); /* year 0 counts as a leap year: 02-29 is a birthday */
bool day_is_date(const struct date *date); /* year 0 is accepted */

int32_t day_number(int year, int month, int day); /* the date must exist; year not 0 */
struct date day_date(int32_t number);
enum weekday day_weekday(int32_t number);
/* The same day of another month, or that month's last where it is shorter; DAY_MIN and DAY_MAX at the ends. */
int32_t day_add_months(int32_t number, int months);

#define DAY_TEXT_SIZE 12
/* "1984-03-12", or "--03-12" where the year is unknown (RFC 6350 section 4.3.1). Returns buffer. */
char *day_format(const struct date *date, char buffer[DAY_TEXT_SIZE]);
/* The reverse of day_format, all of `text`; false where it is no such date. */
bool day_parse(const char *text, struct date *ret);

#endif
