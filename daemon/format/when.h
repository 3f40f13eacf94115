/* SPDX-License-Identifier: MIT */
/*
 * when: a day as a person writes it, in English or German.
 *
 * ISO (2026-11-28), German (28.11.2026, 28.11.26, 28.11.), today/heute, tomorrow/morgen,
 * übermorgen, yesterday/gestern, weekdays (friday, fri, freitag, fr: the next one, never today;
 * "next friday" the same), 12 March, 12. März 2027, +3d 2w 3m 1y -3d, "in 2 weeks", "in 3 Tagen",
 * "in einer Woche", "2 weeks ago", "vor 2 Wochen", "next week"/"nächste Woche" (its Monday). Words
 * may be written with umlauts or without. "3/12" is refused: two countries read it as two days.
 */
#ifndef NUDGE_FORMAT_WHEN_H
#define NUDGE_FORMAT_WHEN_H

#include "core/day.h"
#include "core/err.h"

/* Which way a day without a year lies. WHEN_NEAR: ahead, but a date that would be more than half a year ahead
 * is the last such one: in January "20.12." was. */
enum when_side { WHEN_COMING, WHEN_PAST, WHEN_NEAR };
#define WHEN_NEAR_DAYS 183

/* The day that `text` means on the day `today`. -EINVAL with a sentence that says what is
 * understood. `28.11.` is the next such day from today on, or with WHEN_PAST the last one up to
 * today; weekday names likewise (WHEN_PAST: the last one before today), and a span without sign or
 * word ("3d"). */
int when_day(
	const char *text, int32_t today, enum when_side side, int32_t *ret_day, struct err *reterr);

/* The same with an optional time behind it ("2026-11-28 15:00", "friday 9:30", "morgen 15 Uhr");
 * *ret_minute of the day, or -1 where none is given. */
int when_time(const char *text, int32_t today, enum when_side side, int32_t *ret_day,
	int *ret_minute, struct err *reterr);

/* A birthday or another yearly day: 1984-03-12, 12.3.1984, 12.3., --03-12; year 0 where none is
 * given. Two-digit years and years after today's are refused. */
int when_occasion(const char *text, int32_t today, struct date *ret, struct err *reterr);

/* A span: 30d, 6w, 3m, 1y and the words behind numbers ("2 weeks", "6 Wochen", "3 Monate"); up to
 * 100 years. Months and days apart: one of them is 0. */
struct when_span {
	int months, days;
};
int when_span(const char *text, struct when_span *ret, struct err *reterr);

/* The weekday that a folded word names, in full or in short: MONDAY to SUNDAY, 0 where it names none. */
int when_named_weekday(const char *word);

#endif
