/* SPDX-License-Identifier: MIT */
/*
 * repeat: when something that repeats is due next.
 */
#ifndef NUDGE_AGENDA_REPEAT_H
#define NUDGE_AGENDA_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

/* Every so many months or days; one of them is 0, both: it does not repeat. */
struct repeat {
	int months, days;
	bool after_done; /* counted from the day it was done, else from the day it was due */
};

/* The next day after `done` on which a thing is due that was first due on `first`, was due on `due`
 * and was done on `done`. Months are counted from the first day (or the day done), so that the 31st
 * does not drift: 31 January, 28 February, 31 March. Never later than DAY_MAX. */
int32_t repeat_next(const struct repeat *repeat, int32_t first, int32_t due, int32_t done);

/* The span as it is typed: "6w", "10d", "3m", "1y"; "" where it does not repeat. */
#define REPEAT_TEXT_SIZE 16
const char *repeat_format(const struct repeat *repeat, char ret[REPEAT_TEXT_SIZE]);

#endif
