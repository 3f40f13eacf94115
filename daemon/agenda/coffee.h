/* SPDX-License-Identifier: MIT */
/*
 * coffee: what an informal meeting asks for, by its stage and the day.
 */
#ifndef NUDGE_AGENDA_COFFEE_H
#define NUDGE_AGENDA_COFFEE_H

#include "agenda/overdue.h"

#include <stdbool.h>

enum coffee_stage {
	COFFEE_IDEA,
	COFFEE_INVITED,
	COFFEE_AGREED,
	COFFEE_MET,
	COFFEE_THANKED,
	COFFEE_DECLINED,
	COFFEE_NO_ANSWER,
	COFFEE_STAGE_COUNT,
};

/* What is to be done about it next. */
enum coffee_task {
	COFFEE_NOTHING,
	COFFEE_ASK, /* no answer a week after the invitation, or two where the inbox is crowded */
	COFFEE_PREPARE, /* it is tomorrow: questions worth asking */
	COFFEE_MEET,    /* it is today: when and where */
	COFFEE_THANK,   /* it was yesterday: a thank-you, and what stayed with one */
	COFFEE_TELL, /* three months later, thanked or not: what came of it, if that was asked for */
};

#define COFFEE_ANSWER_DAYS    7
#define COFFEE_BUSY_DAYS      14 /* the same of somebody with a crowded inbox */
#define COFFEE_OUTCOME_MONTHS 3
#define COFFEE_REST_DAYS      14 /* a task that was shown twice in so many days is less urgent */

struct coffee_facts {
	enum coffee_stage stage;
	int32_t stage_day; /* since when it is in that stage */
	bool has_day;
	int32_t day;  /* it is, or was, agreed for */
	bool outcome; /* to tell what came of it was asked for */
	bool busy;    /* their inbox is crowded */
};

/* The task that is next on the day `today`, and the day it is due in *ret_day. Nobody is asked to give
 * thanks for what is still to come. */
enum coffee_task coffee_next(const struct coffee_facts *facts, int32_t today, int32_t *ret_day);

/* The stage that is reached on the day `today` by doing what was asked for: one stage on, and what was agreed for
 * a day that has gone by was met, and is thanked for. COFFEE_STAGE_COUNT where that is not for us to guess: an
 * invitation awaits its answer, or the meeting is still to come. */
enum coffee_stage coffee_advance(const struct coffee_facts *facts, int32_t today);

/* How often a task that is due on `due` is brought up: what is to be known for the day once; an answer is asked
 * for twice, and then there was none; what is owed weekly at first, then less and less to the fore. */
enum overdue_pace coffee_pace(enum coffee_task task, int32_t due, int32_t today);

/* Whether a task that is brought up in full today comes no more after a week, but in a month or never. */
bool coffee_is_last(enum coffee_task task, int32_t due, int32_t today);

/* Whether one is in touch by it, on the day `today`: somebody has been asked and may still answer, a day is agreed, or
 * the thank-you is open. What has no day yet, and what came of it months later, is no such thing. */
bool coffee_is_under_way(const struct coffee_facts *facts, int32_t today);

/* The stage as it is by that day: an invitation that was let rest has had no answer. */
enum coffee_stage coffee_stage_on(const struct coffee_facts *facts, int32_t today);

#endif
