/* SPDX-License-Identifier: MIT */
/*
 * clock: the time, or the time that a person asked to act for (--now).
 */
#ifndef NUDGE_BASE_CLOCK_H
#define NUDGE_BASE_CLOCK_H

#include "agenda/trust.h"
#include "core/err.h"

#include <stdint.h>

/* A pretended clock runs on from its instant. */
struct clock {
	int64_t offset_usec; /* of the system's clock; 0 is the true time */
};

int64_t clock_now(const struct clock *clock); /* seconds since 1970 */
/* The system's clock, in microseconds, at that second of ours: for timers. 0 before 1970, UINT64_MAX where
 * no timer reaches. */
uint64_t clock_system_usec(const struct clock *clock, int64_t instant);

/* What the clock says now, and by what it can be checked later. */
void clock_see(const struct clock *clock, struct trust_sight *ret);

/* Microseconds since the machine started, sleep included. */
uint64_t clock_uptime_usec(void);
/* Milliseconds by a clock that nobody sets, sleep not included: what a wait is measured by. */
int64_t clock_monotonic_msec(void);

/* Sets the clock to ISO 8601 with an offset: 2026-11-28T07:00:00+01:00, or Z; seconds may be left
 * out. -EINVAL with a sentence. */
int clock_pretend(struct clock *clock, const char *text, struct err *reterr);

#endif
