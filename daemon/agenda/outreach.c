/* SPDX-License-Identifier: MIT */
/*
 * outreach: what a request to somebody new asks for, by its answers, its stage and the day.
 */
#include "agenda/outreach.h"

static int32_t outreach_later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

unsigned outreach_open(const struct outreach_facts *facts, int32_t today)
{
	unsigned open = 0;

	for (unsigned i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		if (!facts->answers[i].given)
			open |= 1U << i;
	/* What they did two months ago is not what they do today. */
	if (today - facts->answers[OUTREACH_TODAY].day >= OUTREACH_FRESH_DAYS)
		open |= 1U << OUTREACH_TODAY;
	return open;
}

/* The day after the event, where one is awaited: what was said there makes a better request. */
static int32_t outreach_begin(const struct outreach_facts *facts)
{
	return facts->has_event ? outreach_later(facts->stage_day, facts->event_day + 1)
				: facts->stage_day;
}

static enum outreach_task outreach_of_draft(
	const struct outreach_facts *facts, int32_t today, int32_t *ret_day)
{
	unsigned open = outreach_open(facts, today);
	int32_t day = outreach_begin(facts);

	if (!open) {
		for (unsigned i = 0; i < OUTREACH_QUESTION_COUNT; i++)
			day = outreach_later(day, facts->answers[i].day);
		*ret_day = day;
		return OUTREACH_SEND;
	}
	if (open == 1U << OUTREACH_TODAY && facts->answers[OUTREACH_TODAY].given) {
		*ret_day = outreach_later(
			day, facts->answers[OUTREACH_TODAY].day + OUTREACH_FRESH_DAYS);
		return OUTREACH_READ;
	}
	*ret_day = day;
	return OUTREACH_ANSWER;
}

enum outreach_task outreach_next(
	const struct outreach_facts *facts, int32_t today, int32_t *ret_day)
{
	switch (facts->stage) {
	case OUTREACH_DRAFT:
		return outreach_of_draft(facts, today, ret_day);
	case OUTREACH_SENT:
		*ret_day = facts->stage_day +
			(facts->busy ? OUTREACH_BUSY_DAYS : OUTREACH_REPLY_DAYS);
		return OUTREACH_REST;
	case OUTREACH_ACCEPTED:
	case OUTREACH_DECLINED:
	case OUTREACH_NO_ANSWER:
	case OUTREACH_DROPPED:
	case OUTREACH_STAGE_COUNT:
		break;
	}
	return OUTREACH_NOTHING;
}
