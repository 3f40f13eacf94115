/* SPDX-License-Identifier: MIT */
/*
 * coffee: what an informal meeting asks for, by its stage and the day.
 */
#include "agenda/coffee.h"

#include "core/day.h"

/* Agreed for a day: prepare the day before, or when it was agreed later; on it, know when and where; after
 * it, thank. */
static enum coffee_task coffee_around(
	const struct coffee_facts *facts, int32_t today, int32_t *ret_day)
{
	if (today > facts->day) {
		*ret_day = facts->day + 1;
		return COFFEE_THANK;
	}
	if (today == facts->day && facts->stage_day < today) {
		*ret_day = today;
		return COFFEE_MEET;
	}
	*ret_day = facts->day - 1 > facts->stage_day ? facts->day - 1 : facts->stage_day;
	return COFFEE_PREPARE;
}

static int32_t coffee_answer_day(const struct coffee_facts *facts)
{
	return facts->stage_day + (facts->busy ? COFFEE_BUSY_DAYS : COFFEE_ANSWER_DAYS);
}

enum coffee_task coffee_next(const struct coffee_facts *facts, int32_t today, int32_t *ret_day)
{
	switch (facts->stage) {
	case COFFEE_INVITED:
		*ret_day = coffee_answer_day(facts);
		return COFFEE_ASK;
	case COFFEE_AGREED:
		return facts->has_day ? coffee_around(facts, today, ret_day) : COFFEE_NOTHING;
	case COFFEE_MET:
		*ret_day = (facts->has_day ? facts->day : facts->stage_day) + 1;
		return COFFEE_THANK;
	case COFFEE_THANKED:
		*ret_day = day_add_months(
			facts->has_day ? facts->day : facts->stage_day, COFFEE_OUTCOME_MONTHS);
		return facts->outcome ? COFFEE_TELL : COFFEE_NOTHING;
	case COFFEE_IDEA:
	case COFFEE_DECLINED:
	case COFFEE_NO_ANSWER:
	case COFFEE_STAGE_COUNT:
		break;
	}
	return COFFEE_NOTHING;
}

bool coffee_rests(enum coffee_task task, int32_t due, int32_t today)
{
	return task == COFFEE_PREPARE || task == COFFEE_MEET || today >= due + COFFEE_REST_DAYS;
}

enum coffee_stage coffee_stage_on(const struct coffee_facts *facts, int32_t today)
{
	return facts->stage == COFFEE_INVITED &&
			coffee_rests(COFFEE_ASK, coffee_answer_day(facts), today)
		? COFFEE_NO_ANSWER
		: facts->stage;
}
