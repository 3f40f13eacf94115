/* SPDX-License-Identifier: MIT */
/*
 * rhythm: on which days and at what time, as a person says it, to a calendar event.
 *
 * English or German, with umlauts or without, in any case: "every day", "weekdays", "mon, wed and
 * fri", "Mo-Fr", "montags"; "7", "7:30", "7 Uhr", "19.30".
 */
#ifndef NUDGE_FORMAT_RHYTHM_H
#define NUDGE_FORMAT_RHYTHM_H

#include "core/day.h"
#include "core/err.h"
#include "core/str.h"

/* Days of the week as a set: a bit for each, 1 << MONDAY to 1 << SUNDAY. */
#define RHYTHM_EVERY_DAY 0xfeu
#define RHYTHM_WORKDAYS  0x3eu /* Monday to Friday */
#define RHYTHM_WEEKEND   0xc0u

#define RHYTHM_TEXT_MAX 200 /* bytes; nobody says it at greater length */

/* -EINVAL with a sentence that says what is understood. A range may run over Sunday ("fri-mon"). */
int rhythm_parse_days(const char *text, unsigned *ret_days, struct err *reterr);
/* Minutes since midnight, 0 to 1439. -EINVAL likewise. */
int rhythm_parse_time(const char *text, int *ret_minute, struct err *reterr);

/* Adds the calendar event as cadence.h reads it: "Mon..Fri 07:00". The set is not empty. */
void rhythm_add_cadence(struct str *out, unsigned days, int minute);

#endif
