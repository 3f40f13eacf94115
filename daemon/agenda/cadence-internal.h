/* SPDX-License-Identifier: MIT */
/*
 * cadence-internal: what cadence-parse.c makes and cadence.c steps through.
 */
#ifndef NUDGE_AGENDA_CADENCE_INTERNAL_H
#define NUDGE_AGENDA_CADENCE_INTERNAL_H

#include "agenda/cadence.h"

#define CADENCE_YEAR_MIN 1970
#define CADENCE_YEAR_MAX DAY_YEAR_MAX
#define CADENCE_YEARS    (CADENCE_YEAR_MAX - CADENCE_YEAR_MIN + 1)

#define CADENCE_LENGTH_MIN 28 /* days of the shortest month */
#define CADENCE_LENGTHS    4

/* Sets of bits, all of them filled. Bit n is the value n, but for the years. */
struct cadence {
	uint64_t years[CADENCE_YEARS / 64 + 1]; /* bit 0 of the first is CADENCE_YEAR_MIN */
	uint64_t months;
	uint64_t days[CADENCE_LENGTHS]; /* by the month's length: "~1" depends on it */
	uint64_t weekdays;              /* as enum weekday */
	uint64_t hours, minutes, seconds;
};

#endif
