/* SPDX-License-Identifier: MIT */
/*
 * outreach: what a request to somebody new asks for, by its answers, its stage and the day.
 */
#ifndef NUDGE_AGENDA_OUTREACH_H
#define NUDGE_AGENDA_OUTREACH_H

#include <stdbool.h>
#include <stdint.h>

enum outreach_stage {
	OUTREACH_DRAFT,
	OUTREACH_SENT,
	OUTREACH_ACCEPTED,
	OUTREACH_DECLINED,
	OUTREACH_NO_ANSWER,
	OUTREACH_DROPPED,
	OUTREACH_STAGE_COUNT,
};

/* One writes honestly only to those of whom one can answer these. */
enum outreach_question {
	OUTREACH_TODAY,      /* what do they do today */
	OUTREACH_COMMON,     /* what do we have in common */
	OUTREACH_FASCINATES, /* what fascinates me in their CV */
	OUTREACH_HOPE,       /* what do I hope for */
	OUTREACH_QUESTION_COUNT,
};

/* What is to be done about it next. */
enum outreach_task {
	OUTREACH_NOTHING,
	OUTREACH_ANSWER, /* questions are open */
	OUTREACH_READ,   /* the answer about today is an old one: the profile is to be read again */
	OUTREACH_SEND,   /* all four stand */
	OUTREACH_REST,   /* no answer: let it rest */
};

#define OUTREACH_FRESH_DAYS  60  /* so long what they do "today" may be taken for true */
#define OUTREACH_REPLY_DAYS  14  /* until no answer is one */
#define OUTREACH_BUSY_DAYS   28  /* the same of somebody with a crowded inbox */
#define OUTREACH_PAUSE_DAYS  28  /* a draft that is left out this time comes back after them */
#define OUTREACH_FORGET_DAYS 180 /* the answers of what came to nothing are erased after them */

struct outreach_facts {
	enum outreach_stage stage;
	int32_t stage_day; /* since when it is in that stage */
	struct {
		bool given;
		int32_t day;
	} answers[OUTREACH_QUESTION_COUNT];
	bool has_event;
	int32_t event_day; /* one will meet there: better to wait for it */
	bool busy;         /* their inbox is crowded */
};

/* The questions that are open on the day `today`, a bit each (1 << OUTREACH_TODAY). */
unsigned outreach_open(const struct outreach_facts *facts, int32_t today);

/* The task that is next on the day `today`, and the day it is due in *ret_day. */
enum outreach_task outreach_next(
	const struct outreach_facts *facts, int32_t today, int32_t *ret_day);

#endif
