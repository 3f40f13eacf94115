/* SPDX-License-Identifier: MIT */
/*
 * throttle: how many mails may go in any 60 seconds (`max_per_minute`).
 *
 * Any 60, not each minute of the clock: at the turn of a minute twice as many would go within a
 * second, and it is such bursts that servers count.
 */
#ifndef NUDGE_AGENDA_THROTTLE_H
#define NUDGE_AGENDA_THROTTLE_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define THROTTLE_MAX 6000 /* a minute */
/* A second more: an instant is known by its second, of which it may be the end. */
#define THROTTLE_SECONDS 61

struct throttle {
	int64_t *at; /* when the latest `max` went, the oldest at `next`; INT64_MIN: none */
	size_t max;  /* 0: no limit */
	size_t next;
};

void throttle_done(struct throttle *throttle);
/* At most `per_minute` from here on, 0 for no limit, at most THROTTLE_MAX. Where it is another number
 * than before, what has gone is forgotten. 0 or -ENOMEM. */
int throttle_set(struct throttle *throttle, int per_minute, struct err *reterr);

/* When the next one may go: `now`, or later. Instants that lie ahead of a clock that was set back do not
 * count. */
int64_t throttle_when(const struct throttle *throttle, int64_t now);
/* One goes at `now`. */
void throttle_take(struct throttle *throttle, int64_t now);

#endif
