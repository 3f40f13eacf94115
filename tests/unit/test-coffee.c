/* SPDX-License-Identifier: MIT */
#include "agenda/coffee.h"
#include "core/day.h"
#include "core/mem.h"
#include "test.h"

#define NONE (-1)

static void coffee_tasks(void)
{
	static const struct {
		const char *what;
		enum coffee_stage stage;
		int32_t stage_day, day; /* day NONE: none */
		bool outcome, busy;
		int32_t today;
		enum coffee_task task;
		int32_t task_day;
	} rows[] = {
		{ "an idea asks for nothing", COFFEE_IDEA, 10, NONE, false, false, 99,
			COFFEE_NOTHING, 0 },
		{ "no answer", COFFEE_INVITED, 10, NONE, false, false, 11, COFFEE_ASK, 17 },
		{ "no answer from a crowded inbox", COFFEE_INVITED, 10, NONE, false, true, 11,
			COFFEE_ASK, 24 },
		{ "agreed without a day", COFFEE_AGREED, 10, NONE, false, false, 99, COFFEE_NOTHING,
			0 },
		{ "the day before", COFFEE_AGREED, 10, 20, false, false, 19, COFFEE_PREPARE, 19 },
		{ "agreed on the day itself", COFFEE_AGREED, 20, 20, false, false, 20,
			COFFEE_PREPARE, 20 },
		{ "the day itself", COFFEE_AGREED, 10, 20, false, false, 20, COFFEE_MEET, 20 },
		{ "agreed the day before", COFFEE_AGREED, 19, 20, false, false, 20, COFFEE_MEET,
			20 },
		{ "the day after", COFFEE_AGREED, 10, 20, false, false, 21, COFFEE_THANK, 21 },
		{ "weeks after", COFFEE_AGREED, 10, 20, false, false, 60, COFFEE_THANK, 21 },
		{ "met on its day", COFFEE_MET, 21, 20, false, false, 22, COFFEE_THANK, 21 },
		{ "met without a day", COFFEE_MET, 30, NONE, false, false, 31, COFFEE_THANK, 31 },
		{ "thanked", COFFEE_THANKED, 31, 20, false, false, 500, COFFEE_NOTHING, 0 },
		{ "declined", COFFEE_DECLINED, 31, NONE, true, false, 500, COFFEE_NOTHING, 0 },
		{ "left to rest", COFFEE_NO_ANSWER, 31, NONE, true, false, 500, COFFEE_NOTHING, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct coffee_facts facts = { rows[i].stage, rows[i].stage_day,
			rows[i].day != NONE, rows[i].day, rows[i].outcome, rows[i].busy };
		int32_t day = 0;

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(coffee_next(&facts, rows[i].today, &day), rows[i].task);
		if (rows[i].task != COFFEE_NOTHING)
			CHECK_INT(day, rows[i].task_day);
	}
}

static void coffee_outcome_after_three_months(void)
{
	struct coffee_facts facts = { COFFEE_THANKED, day_number(2026, 11, 30), true,
		day_number(2026, 11, 30), true, false };
	int32_t day = 0;

	CHECK_INT(coffee_next(&facts, DAY_MAX, &day), COFFEE_TELL);
	CHECK_INT(day, day_number(2027, 2, 28));
	/* Also where nobody was thanked. */
	facts.stage = COFFEE_MET;
	CHECK_INT(coffee_next(&facts, day_number(2027, 2, 27), &day), COFFEE_THANK);
	CHECK_INT(coffee_next(&facts, day_number(2027, 2, 28), &day), COFFEE_TELL);
	CHECK_INT(day, day_number(2027, 2, 28));
}

static void coffee_pace_of_tasks(void)
{
	static const struct {
		enum coffee_task task;
		int32_t due, today;
		enum overdue_pace pace;
	} rows[] = {
		{ COFFEE_ASK, 10, 10, OVERDUE_WEEKLY },
		{ COFFEE_ASK, 10, 23, OVERDUE_WEEKLY },
		{ COFFEE_ASK, 10, 24, OVERDUE_ONCE },
		{ COFFEE_THANK, 10, 23, OVERDUE_WEEKLY },
		{ COFFEE_THANK, 10, 24, OVERDUE_MONTHLY },
		{ COFFEE_TELL, 10, 24, OVERDUE_MONTHLY },
		{ COFFEE_PREPARE, 10, 10, OVERDUE_ONCE },
		{ COFFEE_MEET, 10, 10, OVERDUE_ONCE },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("task %d on %d", rows[i].task, rows[i].today);
		CHECK_INT(coffee_pace(rows[i].task, rows[i].due, rows[i].today), rows[i].pace);
	}
	/* Shown on the day it is due and a week later. */
	CHECK(!coffee_is_last(COFFEE_THANK, 10, 10) && !coffee_is_last(COFFEE_THANK, 10, 16));
	CHECK(coffee_is_last(COFFEE_THANK, 10, 17) && coffee_is_last(COFFEE_ASK, 10, 17));
	CHECK(!coffee_is_last(COFFEE_THANK, 10, 24) && !coffee_is_last(COFFEE_MEET, 10, 17));
}

static void coffee_without_an_answer(void)
{
	struct coffee_facts facts = { .stage = COFFEE_INVITED, .stage_day = 100 };

	CHECK_INT(coffee_stage_on(&facts, 120), COFFEE_INVITED);
	CHECK_INT(coffee_stage_on(&facts, 121), COFFEE_NO_ANSWER);
	facts.busy = true;
	CHECK_INT(coffee_stage_on(&facts, 127), COFFEE_INVITED);
	CHECK_INT(coffee_stage_on(&facts, 128), COFFEE_NO_ANSWER);
	facts.stage = COFFEE_MET;
	CHECK_INT(coffee_stage_on(&facts, 500), COFFEE_MET);
}

static void coffee_stages_one_by_one(void)
{
	static const struct {
		const char *what;
		enum coffee_stage stage;
		int32_t day;
		bool busy;
		int32_t today;
		enum coffee_stage next;
	} rows[] = {
		{ "an idea", COFFEE_IDEA, NONE, false, 10, COFFEE_INVITED },
		{ "invited lately", COFFEE_INVITED, NONE, false, 16, COFFEE_STAGE_COUNT },
		{ "invited a week ago", COFFEE_INVITED, NONE, false, 17, COFFEE_INVITED },
		{ "a crowded inbox", COFFEE_INVITED, NONE, true, 23, COFFEE_STAGE_COUNT },
		{ "a crowded inbox, later", COFFEE_INVITED, NONE, true, 24, COFFEE_INVITED },
		{ "still to come", COFFEE_AGREED, 20, false, 19, COFFEE_STAGE_COUNT },
		{ "its day", COFFEE_AGREED, 20, false, 20, COFFEE_MET },
		{ "the day after", COFFEE_AGREED, 20, false, 21, COFFEE_THANKED },
		{ "agreed for no day", COFFEE_AGREED, NONE, false, 21, COFFEE_MET },
		{ "met", COFFEE_MET, 20, false, 20, COFFEE_THANKED },
		{ "thanked", COFFEE_THANKED, 20, false, 120, COFFEE_THANKED },
		{ "declined", COFFEE_DECLINED, 20, false, 120, COFFEE_STAGE_COUNT },
		{ "no answer", COFFEE_NO_ANSWER, 20, false, 120, COFFEE_STAGE_COUNT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct coffee_facts facts = { .stage = rows[i].stage,
			.stage_day = 10,
			.has_day = rows[i].day != NONE,
			.day = rows[i].day,
			.busy = rows[i].busy };

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(coffee_advance(&facts, rows[i].today), rows[i].next);
	}
}

static void coffee_under_way(void)
{
	static const struct {
		const char *what;
		enum coffee_stage stage;
		int32_t day;
		bool outcome;
		int32_t today;
		bool under_way;
	} rows[] = {
		{ "an idea", COFFEE_IDEA, NONE, false, 11, false },
		{ "invited", COFFEE_INVITED, NONE, false, 11, true },
		{ "still to be asked again", COFFEE_INVITED, NONE, false, 30, true },
		{ "asked twice", COFFEE_INVITED, NONE, false, 31, false },
		{ "agreed for no day", COFFEE_AGREED, NONE, false, 11, false },
		{ "agreed", COFFEE_AGREED, 200, false, 11, true },
		{ "gone by", COFFEE_AGREED, 20, false, 21, true },
		{ "met", COFFEE_MET, 10, false, 99, true },
		{ "to be told of its outcome", COFFEE_MET, 10, true, 300, false },
		{ "thanked", COFFEE_THANKED, 10, true, 12, false },
		{ "declined", COFFEE_DECLINED, 20, false, 11, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct coffee_facts facts = { rows[i].stage, 10, rows[i].day != NONE,
			rows[i].day, rows[i].outcome, false };

		TEST_ROW("%s", rows[i].what);
		CHECK(coffee_is_under_way(&facts, rows[i].today) == rows[i].under_way);
	}
}

TEST_MAIN(TEST(coffee_tasks), TEST(coffee_outcome_after_three_months), TEST(coffee_pace_of_tasks),
	TEST(coffee_without_an_answer), TEST(coffee_stages_one_by_one), TEST(coffee_under_way))
