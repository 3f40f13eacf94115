/* SPDX-License-Identifier: MIT */
/*
 * touch: whom to be in touch with again, and how many at a time.
 */
#ifndef NUDGE_AGENDA_TOUCH_H
#define NUDGE_AGENDA_TOUCH_H

#include "core/day.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How long one may stay silent: months or days, one of them 0. */
struct touch_every {
	int months, days;
};

/* In days, a month counted as 30.44 of them; at least 1. */
int touch_span_days(const struct touch_every *every);

/* The day after a silence that began on `last`; never later than DAY_MAX. */
int32_t touch_due(int32_t last, const struct touch_every *every);

/* Where the silence of the k-th of n people (from 0) is said to begin, so that their first days are
 * spread evenly over the span from `today` on. */
int32_t touch_spread(int32_t today, const struct touch_every *every, size_t k, size_t n);

#define TOUCH_NEVER (DAY_MIN - 1)

struct touch_candidate {
	int64_t number;
	int32_t due;
	int32_t shown; /* the last day it was in a digest for this `due`, or TOUCH_NEVER */
	int span_days;
};

/* What was shown is left alone for so long: nobody is nagged daily. */
#define TOUCH_REST_DAYS 7

/* Whoever has a day worth a greeting is left for that: before it, and after it as long as what was shown. `day`: when
 * it is, or was told. */
#define TOUCH_AHEAD_DAYS 7
bool touch_waits_for(int32_t day, int32_t today);

/* Moves the up to `max` that have waited longest to the front and returns how many: ranked by the days
 * since the later of due and last shown, divided by the span, so that none starves. */
size_t touch_ration(struct touch_candidate *all, size_t n, int32_t today, size_t max);

#endif
