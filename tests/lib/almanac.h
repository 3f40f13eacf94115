/* SPDX-License-Identifier: MIT */
/*
 * almanac: days, zones and slots once more, by the C library and by counting: what core/day,
 * core/zone and agenda/cadence are checked against. Knows the years 1900 to 2299.
 */
#ifndef NUDGE_TESTS_ALMANAC_H
#define NUDGE_TESTS_ALMANAC_H

#include <stdbool.h>
#include <stdint.h>

int32_t almanac_day(int year, int month, int day);
void almanac_date(int32_t day, int *ret_year, int *ret_month, int *ret_day);
/* 29 February of a common year is kept on the 28th, or on 1 March. */
int32_t almanac_yearly(int month, int day, int year, bool mar1);

int32_t almanac_today(const char *zone, int64_t now);
/* The first instant that the zone's clock shows that time; where it never does, the first after. */
int64_t almanac_instant(const char *zone, int32_t day, int second);

struct almanac_cadence {
	const char *text;
	unsigned weekdays; /* bit 0 is Monday; 0: any */
	uint32_t days;     /* of the month; 0: any */
	int month;         /* 0: any */
	int n;
	int seconds[4];
};

/* The first slot after `after`; the last one that is after `after` and not after `until`. */
bool almanac_next(
	const struct almanac_cadence *cadence, const char *zone, int64_t after, int64_t *ret);
bool almanac_last(const struct almanac_cadence *cadence, const char *zone, int64_t after,
	int64_t until, int64_t *ret);

#endif
