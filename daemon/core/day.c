/* SPDX-License-Identifier: MIT */
/*
 * day: civil dates of the proleptic Gregorian calendar and day numbers.
 */
#include "core/day.h"

#include "core/str.h"

#include <stdio.h>
#include <string.h>

bool day_is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int day_month_length(int year, int month)
{
	static const signed char length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return length[month - 1] + (month == 2 && day_is_leap(year));
}

bool day_is_date(const struct date *date)
{
	return date->year >= 0 && date->year <= DAY_YEAR_MAX && date->month >= 1 &&
		date->month <= 12 && date->day >= 1 &&
		date->day <= day_month_length(date->year, date->month);
}

/* The year begins in March, so that the leap day is its last; an era has 400 years or 146,097 days,
 * and 153 days make five months from March on. 719,468 days lie between 0000-03-01 and 1970-01-01. */
int32_t day_number(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct date day_date(int32_t number)
{
	int32_t n = number + 719468;
	int era = (n >= 0 ? n : n - 146096) / 146097;
	int day_of_era = n - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
				  day_of_era / 146096) /
		365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int march_month = (5 * day_of_year + 2) / 153;
	int month = march_month < 10 ? march_month + 3 : march_month - 9;

	return (struct date){
		.year = year_of_era + era * 400 + (month <= 2),
		.month = month,
		.day = day_of_year - (153 * march_month + 2) / 5 + 1,
	};
}

enum weekday day_weekday(int32_t number)
{
	int since_monday = (number + 3) % 7; /* 1970-01-01 was a Thursday */

	return (enum weekday)((since_monday < 0 ? since_monday + 7 : since_monday) + 1);
}

int32_t day_add_months(int32_t number, int months)
{
	struct date d = day_date(number);
	int m = d.year * 12 + d.month - 1 + months;
	int year = m / 12, month = m % 12 + 1, length;

	if (year < DAY_YEAR_MIN)
		return DAY_MIN;
	if (year > DAY_YEAR_MAX)
		return DAY_MAX;
	length = day_month_length(year, month);
	return day_number(year, month, d.day < length ? d.day : length);
}

char *day_format(const struct date *date, char buffer[DAY_TEXT_SIZE])
{
	unsigned year = (unsigned)date->year % 10000, month = (unsigned)date->month % 100,
		 day = (unsigned)date->day % 100;

	if (year)
		(void)snprintf(buffer, DAY_TEXT_SIZE, "%04u-%02u-%02u", year, month, day);
	else
		(void)snprintf(buffer, DAY_TEXT_SIZE, "--%02u-%02u", month, day);
	return buffer;
}

static int day_digits(const char *text, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (!str_is_digit(text[i]))
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool day_parse(const char *text, struct date *ret)
{
	struct date d = { 0 };
	size_t n = strlen(text);

	if (n == 10 && text[4] == '-' && text[7] == '-')
		d.year = day_digits(text, 4);
	else if (n != 7 || !str_starts(text, "--") || text[4] != '-')
		return false;
	d.month = day_digits(text + n - 5, 2);
	d.day = day_digits(text + n - 2, 2);
	if (d.year < (n == 10) || !day_is_date(&d))
		return false;
	*ret = d;
	return true;
}
