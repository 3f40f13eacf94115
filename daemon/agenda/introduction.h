/* SPDX-License-Identifier: MIT */
/*
 * introduction: when two people are suggested to each other, and what an introduction under way asks for.
 *
 * A help (somebody seeks what the owner offers) is suggested by the same rule.
 */
#ifndef NUDGE_AGENDA_INTRODUCTION_H
#define NUDGE_AGENDA_INTRODUCTION_H

#include <stdbool.h>
#include <stdint.h>

#define SUGGESTION_REST_DAYS 180 /* what was suggested is not suggested again before */

/* What is on record of a suggestion that nothing was made of yet. */
struct suggestion_facts {
	bool told;        /* in a digest, which may be one of several of the book */
	int32_t told_day; /* then: the day on which the first of them told it */
	int32_t next_day; /* from which it may be suggested anew */
};

enum suggestion_turn {
	SUGGESTION_RESTS,
	SUGGESTION_GOES_ON, /* once by each digest: as what was suggested on told_day */
	SUGGESTION_ANEW,
};

/* Whether a digest that speaks for the days before `to` may suggest it; `is_told`: it has done so since
 * told_day. A mail that never arrived has told nothing. */
enum suggestion_turn suggestion_turn(
	const struct suggestion_facts *facts, int32_t to, bool is_told);

enum introduction_stage {
	INTRODUCTION_SUGGESTED,
	INTRODUCTION_ASKED,
	INTRODUCTION_MADE,
	INTRODUCTION_HELPED,
	INTRODUCTION_DROPPED, /* by the owner: never to be suggested again */
	INTRODUCTION_KNOWN,   /* they know each other */
	INTRODUCTION_STAGE_COUNT,
};

enum introduction_task {
	INTRODUCTION_NOTHING,
	INTRODUCTION_SUGGEST,
	INTRODUCTION_MAKE, /* a week after both were asked: have they answered? */
	INTRODUCTION_HEAR, /* a month after it was made: has it helped? */
};

#define INTRODUCTION_ANSWER_DAYS 7
#define INTRODUCTION_HEAR_DAYS   30
#define INTRODUCTION_REST_DAYS   14 /* asked twice in so many days a question comes monthly */

/* What an introduction that is in `stage` since `stage_day` asks for, and the day it is due in *ret_day.
 * Suggestions are suggestion_turn()'s. */
enum introduction_task introduction_next(
	enum introduction_stage stage, int32_t stage_day, int32_t *ret_day);

#endif
