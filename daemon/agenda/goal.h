/* SPDX-License-Identifier: MIT */
/*
 * goal: so many answers a week or a month, as one set out to give in a forum.
 */
#ifndef NUDGE_AGENDA_GOAL_H
#define NUDGE_AGENDA_GOAL_H

#include "core/err.h"

#include <stdint.h>

enum goal_period { GOAL_WEEK, GOAL_MONTH };

struct goal {
	int count; /* 1 to GOAL_COUNT_MAX */
	enum goal_period period;
};

#define GOAL_COUNT_MAX 1000

/* "3/week", "10/month", and in German "3/Woche", "10/Monat". -EINVAL with a sentence. */
int goal_parse(const char *text, struct goal *ret, struct err *reterr);

/* "3/week". Returns buffer. */
#define GOAL_TEXT_SIZE 16
char *goal_format(const struct goal *goal, char buffer[GOAL_TEXT_SIZE]);

/* The days from..to (not included) of the ISO week or the calendar month that `today` lies in. */
void goal_span(const struct goal *goal, int32_t today, int32_t *ret_from, int32_t *ret_to);

#endif
