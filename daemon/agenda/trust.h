/* SPDX-License-Identifier: MIT */
/*
 * trust: whether a clock is to be believed that does not go on from where the last digest was.
 *
 * A clock that is far off, of a machine that woke up in 1970 or with an empty battery, mostly mends
 * itself within minutes: it is waited for, and then believed, for it may have been wrong before.
 */
#ifndef NUDGE_AGENDA_TRUST_H
#define NUDGE_AGENDA_TRUST_H

#include <stdbool.h>
#include <stdint.h>

#define TRUST_BEHIND_SECONDS (INT64_C(24) * 60 * 60)
#define TRUST_AHEAD_SECONDS  (INT64_C(366) * 24 * 60 * 60)
#define TRUST_WAIT_SECONDS   INT64_C(600)

enum trust {
	TRUST_GOOD,
	TRUST_BEHIND, /* more than a day behind the last claim */
	TRUST_AHEAD   /* more than 366 days ahead of it */
};

/* `last` is when the last slot was claimed, `next` the slot after that: a cadence with longer steps
 * than TRUST_AHEAD_SECONDS has not been away before a day after it. */
enum trust trust_judge(int64_t now, int64_t last, int64_t next);

/* When a clock was looked at. */
struct trust_sight {
	char boot[40];  /* identifies this boot of the machine */
	int64_t uptime; /* seconds since it, sleep included */
	int64_t clock;  /* what it said: seconds since 1970 */
};

/* Seconds that the clock is still to be waited for, 0 where it has been waited for long enough;
 * TRUST_ANEW where it was set since the first sight: this sight is the first then. By the time since
 * boot, or, of another boot, by the clock itself, which has at least gone on since. */
#define TRUST_ANEW (-1)
int64_t trust_wait(const struct trust_sight *first, const struct trust_sight *now);

#endif
