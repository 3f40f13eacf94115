/* SPDX-License-Identifier: MIT */
/*
 * cover: the days that a digest speaks for. Covers tile the calendar, so that every occurrence is
 * told exactly once whatever the cadence, downtime, zone or leap day.
 */
#ifndef NUDGE_AGENDA_COVER_H
#define NUDGE_AGENDA_COVER_H

#include <stdint.h>

/* Day numbers in the digest's zone: from..to, `to` not included. */
struct cover {
	int32_t from, to;
};

/* The cover of a digest written on the day `today`. `previous_to` is the `to` of the digest's
 * previous claim, or NULL for its first; `next_slot` the day of its next slot after now, or NULL
 * where none follows. It is empty (from == to) where an earlier digest of the same day spoke
 * already for all. */
struct cover cover_next(const int32_t *previous_to, int32_t today, const int32_t *next_slot);

/* What fell into a gap is told singly for so many days back, the rest of it in one line. */
#define COVER_SINGLY_DAYS 14

#endif
