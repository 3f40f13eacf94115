/* SPDX-License-Identifier: MIT */
#include "agenda/outreach.h"
#include "core/mem.h"
#include "test.h"

#define NONE (-1)
#define ALL  15U

#define T (1U << OUTREACH_TODAY)
#define C (1U << OUTREACH_COMMON)
#define F (1U << OUTREACH_FASCINATES)
#define H (1U << OUTREACH_HOPE)

/* `days` of the four answers, NONE where one is open; the event's day, or NONE. */
static struct outreach_facts facts_of(enum outreach_stage stage, int32_t stage_day,
	const int32_t days[OUTREACH_QUESTION_COUNT], int32_t event, bool busy)
{
	struct outreach_facts facts = { .stage = stage,
		.stage_day = stage_day,
		.has_event = event != NONE,
		.event_day = event,
		.busy = busy };

	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++) {
		facts.answers[i].given = days[i] != NONE;
		facts.answers[i].day = days[i] == NONE ? 0 : days[i];
	}
	return facts;
}

static void outreach_questions(void)
{
	static const struct {
		const char *what;
		int32_t days[OUTREACH_QUESTION_COUNT];
		int32_t today;
		unsigned open;
	} rows[] = {
		{ "nothing is known", { NONE, NONE, NONE, NONE }, 100, ALL },
		{ "what they do today", { 100, NONE, NONE, NONE }, 100, C | F | H },
		{ "in common", { NONE, 100, NONE, NONE }, 100, T | F | H },
		{ "fascinating", { NONE, NONE, 100, NONE }, 100, T | C | H },
		{ "hoped for", { NONE, NONE, NONE, 100 }, 100, T | C | F },
		{ "all four", { 100, 100, 100, 100 }, 100, 0 },
		{ "still today", { 100, 100, 100, 100 }, 159, 0 },
		{ "not today any more", { 100, 100, 100, 100 }, 160, T },
		{ "the others do not age", { 500, 100, 100, 100 }, 559, 0 },
		{ "an old one and an open one", { 100, NONE, 100, 100 }, 160, T | C },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct outreach_facts facts = facts_of(
			OUTREACH_DRAFT, 10, rows[i].days, NONE, false);

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(outreach_open(&facts, rows[i].today), rows[i].open);
	}
}

static void outreach_tasks(void)
{
	static const struct {
		const char *what;
		enum outreach_stage stage;
		int32_t stage_day, days[OUTREACH_QUESTION_COUNT], event;
		bool busy;
		int32_t today;
		enum outreach_task task;
		int32_t task_day;
	} rows[] = {
		{ "begun today", OUTREACH_DRAFT, 100, { NONE, NONE, NONE, NONE }, NONE, false, 100,
			OUTREACH_ANSWER, 100 },
		{ "one is open", OUTREACH_DRAFT, 100, { 105, 105, 105, NONE }, NONE, false, 110,
			OUTREACH_ANSWER, 100 },
		{ "the last answer makes it ready", OUTREACH_DRAFT, 100, { 101, 102, 105, 103 },
			NONE, false, 110, OUTREACH_SEND, 105 },
		{ "the last day of its being true", OUTREACH_DRAFT, 100, { 101, 102, 105, 103 },
			NONE, false, 160, OUTREACH_SEND, 105 },
		{ "to be read again", OUTREACH_DRAFT, 100, { 101, 102, 105, 103 }, NONE, false, 161,
			OUTREACH_READ, 161 },
		{ "an old one among open ones", OUTREACH_DRAFT, 100, { 101, NONE, 105, 103 }, NONE,
			false, 161, OUTREACH_ANSWER, 100 },
		{ "ready before the event", OUTREACH_DRAFT, 100, { 101, 102, 105, 103 }, 120, false,
			110, OUTREACH_SEND, 121 },
		{ "open before the event", OUTREACH_DRAFT, 100, { 101, NONE, 105, 103 }, 120, false,
			110, OUTREACH_ANSWER, 121 },
		{ "old before the event", OUTREACH_DRAFT, 100, { 101, 102, 105, 103 }, 180, false,
			170, OUTREACH_READ, 181 },
		{ "ready after the event", OUTREACH_DRAFT, 100, { 125, 102, 105, 103 }, 120, false,
			130, OUTREACH_SEND, 125 },
		{ "an event before it was begun", OUTREACH_DRAFT, 100, { NONE, NONE, NONE, NONE },
			90, false, 100, OUTREACH_ANSWER, 100 },
		{ "sent", OUTREACH_SENT, 100, { 90, 90, 90, 90 }, NONE, false, 101, OUTREACH_REST,
			114 },
		{ "sent to a crowded inbox", OUTREACH_SENT, 100, { 90, 90, 90, 90 }, NONE, true,
			101, OUTREACH_REST, 128 },
		{ "sent, whatever ages", OUTREACH_SENT, 100, { 1, NONE, 1, 1 }, 130, false, 400,
			OUTREACH_REST, 114 },
		{ "accepted", OUTREACH_ACCEPTED, 100, { NONE, NONE, NONE, NONE }, NONE, false, 999,
			OUTREACH_NOTHING, 0 },
		{ "declined", OUTREACH_DECLINED, 100, { 1, 1, 1, 1 }, 130, false, 999,
			OUTREACH_NOTHING, 0 },
		{ "no answer", OUTREACH_NO_ANSWER, 100, { 1, 1, 1, 1 }, NONE, true, 999,
			OUTREACH_NOTHING, 0 },
		{ "dropped", OUTREACH_DROPPED, 100, { NONE, 1, 1, 1 }, NONE, false, 999,
			OUTREACH_NOTHING, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct outreach_facts facts = facts_of(rows[i].stage, rows[i].stage_day,
			rows[i].days, rows[i].event, rows[i].busy);
		int32_t day = 0;

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(outreach_next(&facts, rows[i].today, &day), rows[i].task);
		if (rows[i].task != OUTREACH_NOTHING)
			CHECK_INT(day, rows[i].task_day);
	}
}

/* A draft is never due the later for an answer more, as long as questions are open: its weeks go on. */
static void outreach_draft_keeps_its_day(void)
{
	struct outreach_facts facts = { .stage = OUTREACH_DRAFT, .stage_day = 100 };

	for (size_t i = 0; i + 1 < OUTREACH_QUESTION_COUNT; i++) {
		int32_t day = 0;

		facts.answers[i].given = true;
		facts.answers[i].day = 110 + (int32_t)i;
		CHECK_INT(outreach_next(&facts, 120, &day), OUTREACH_ANSWER);
		CHECK_INT(day, 100);
	}
}

TEST_MAIN(TEST(outreach_questions), TEST(outreach_tasks), TEST(outreach_draft_keeps_its_day))
