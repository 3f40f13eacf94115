/* SPDX-License-Identifier: MIT */
/*
 * introduction: when two people are suggested to each other, and what an introduction under way asks for.
 */
#include "agenda/introduction.h"

enum suggestion_turn suggestion_turn(const struct suggestion_facts *facts, int32_t to, bool is_told)
{
	if (facts->next_day < to)
		return SUGGESTION_ANEW;
	return facts->told && !is_told ? SUGGESTION_GOES_ON : SUGGESTION_RESTS;
}

enum introduction_task introduction_next(
	enum introduction_stage stage, int32_t stage_day, int32_t *ret_day)
{
	switch (stage) {
	case INTRODUCTION_ASKED:
		*ret_day = stage_day + INTRODUCTION_ANSWER_DAYS;
		return INTRODUCTION_MAKE;
	case INTRODUCTION_MADE:
		*ret_day = stage_day + INTRODUCTION_HEAR_DAYS;
		return INTRODUCTION_HEAR;
	case INTRODUCTION_SUGGESTED:
	case INTRODUCTION_HELPED:
	case INTRODUCTION_DROPPED:
	case INTRODUCTION_KNOWN:
	case INTRODUCTION_STAGE_COUNT:
		break;
	}
	return INTRODUCTION_NOTHING;
}
