/* SPDX-License-Identifier: MIT */
/*
 * coffee: what an informal meeting asks for, by its stage and the day.
 */
#include "agenda/coffee.h"

#include "core/day.h"

static int32_t coffee_outcome_day(const struct coffee_facts *facts)
{
	return day_add_months(
		facts->has_day ? facts->day : facts->stage_day, COFFEE_OUTCOME_MONTHS);
}

/* They have met, or the day has gone by. */
static enum coffee_task coffee_after(
	const struct coffee_facts *facts, int32_t today, int32_t *ret_day)
{
	*ret_day = coffee_outcome_day(facts);
	if (facts->outcome && today >= *ret_day)
		return COFFEE_TELL;
	*ret_day = (facts->has_day ? facts->day : facts->stage_day) + 1;
	return COFFEE_THANK;
}

/* Agreed for a day: prepare the day before, or when it was agreed later; on it, know when and where; after
 * it, thank. */
static enum coffee_task coffee_around(
	const struct coffee_facts *facts, int32_t today, int32_t *ret_day)
{
	if (today > facts->day)
		return coffee_after(facts, today, ret_day);
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
		return coffee_after(facts, today, ret_day);
	case COFFEE_THANKED:
		*ret_day = coffee_outcome_day(facts);
		return facts->outcome ? COFFEE_TELL : COFFEE_NOTHING;
	case COFFEE_IDEA:
	case COFFEE_DECLINED:
	case COFFEE_NO_ANSWER:
	case COFFEE_STAGE_COUNT:
		break;
	}
	return COFFEE_NOTHING;
}

enum coffee_stage coffee_advance(const struct coffee_facts *facts, int32_t today)
{
	switch (facts->stage) {
	case COFFEE_IDEA:
		return COFFEE_INVITED;
	case COFFEE_INVITED:
		/* Asked once more. */
		return coffee_answer_day(facts) <= today ? COFFEE_INVITED : COFFEE_STAGE_COUNT;
	case COFFEE_AGREED:
		if (!facts->has_day || facts->day == today)
			return COFFEE_MET;
		return facts->day < today ? COFFEE_THANKED : COFFEE_STAGE_COUNT;
	case COFFEE_MET:
	case COFFEE_THANKED:
		return COFFEE_THANKED;
	case COFFEE_DECLINED:
	case COFFEE_NO_ANSWER:
	case COFFEE_STAGE_COUNT:
		break;
	}
	return COFFEE_STAGE_COUNT;
}

enum overdue_pace coffee_pace(enum coffee_task task, int32_t due, int32_t today)
{
	if (task == COFFEE_PREPARE || task == COFFEE_MEET)
		return OVERDUE_ONCE;
	if (today < due + COFFEE_REST_DAYS)
		return OVERDUE_WEEKLY;
	return task == COFFEE_ASK ? OVERDUE_ONCE : OVERDUE_MONTHLY;
}

bool coffee_is_last(enum coffee_task task, int32_t due, int32_t today)
{
	return coffee_pace(task, due, today) == OVERDUE_WEEKLY &&
		coffee_pace(task, due, today + OVERDUE_EVERY_DAYS) != OVERDUE_WEEKLY;
}

enum coffee_stage coffee_stage_on(const struct coffee_facts *facts, int32_t today)
{
	return facts->stage == COFFEE_INVITED &&
			coffee_pace(COFFEE_ASK, coffee_answer_day(facts), today) == OVERDUE_ONCE
		? COFFEE_NO_ANSWER
		: facts->stage;
}

bool coffee_is_under_way(const struct coffee_facts *facts, int32_t today)
{
	int32_t day;

	switch (coffee_next(facts, today, &day)) {
	case COFFEE_ASK:
		return coffee_stage_on(facts, today) == COFFEE_INVITED;
	case COFFEE_PREPARE:
	case COFFEE_MEET:
	case COFFEE_THANK:
		return true;
	case COFFEE_NOTHING:
	case COFFEE_TELL:
		break;
	}
	return false;
}
