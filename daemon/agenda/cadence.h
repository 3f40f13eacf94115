/* SPDX-License-Identifier: MIT */
/*
 * cadence: when a digest is due, a calendar event as systemd.time(7) writes it.
 *
 * Understood is what systemd 252 understands, but for fractions of a second, zone suffixes and
 * instants (@1700000000), which are refused with a sentence: weekdays and their ranges, lists,
 * ranges and repetitions in year, month, day and time, "~" for days from a month's end, and the
 * names (daily, weekly, ...). Years are 1970 to 9999; two digits are 1970 to 2069.
 *
 * The zone is the caller's. A time that falls into a DST gap is at the first instant after the gap
 * (systemd skips it), and several of them are one slot; a time that a clock shows twice is once, at
 * the first.
 */
#ifndef NUDGE_AGENDA_CADENCE_H
#define NUDGE_AGENDA_CADENCE_H

#include "core/err.h"
#include "core/zone.h"

#define CADENCE_TEXT_MAX    1024      /* bytes of an expression */
#define CADENCE_MIN_SECONDS (15 * 60) /* two slots are at least so far apart */
#define CADENCE_SPAN_DAYS   400       /* the next one comes within so many, and one more after it */

struct cadence;

/* -EINVAL with a sentence that says what is wrong at which place of the text. */
int cadence_new(struct cadence **ret, const char *text, struct err *reterr);
void cadence_free(struct cadence *cadence); /* NULL-safe */
DEFINE_CLEANUP(struct cadence *, cadence_free);

/* 0 and the first slot strictly after `after`; 1 where none follows up to 9999-12-29. */
#define CADENCE_OVER 1
int cadence_next(
	const struct cadence *cadence, const struct zone *zone, int64_t after, int64_t *ret);

/* 0 and the last slot at or before `until` and strictly after `after`; CADENCE_OVER where there is
 * none. How a downtime of months becomes one slot; its cost does not grow with the slots missed. */
int cadence_last(const struct cadence *cadence, const struct zone *zone, int64_t after,
	int64_t until, int64_t *ret);

/* 0, or -ERANGE with a sentence: no slot within CADENCE_SPAN_DAYS from `now` on, or no second one
 * within as many days of the first, or slots closer than CADENCE_MIN_SECONDS in that span. What is
 * counted is the wall clock's time: that a gap brings two slots of "*:10/20" closer together once a
 * year is no fault of the cadence. */
int cadence_check(
	const struct cadence *cadence, const struct zone *zone, int64_t now, struct err *reterr);

#endif
