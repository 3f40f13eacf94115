/* SPDX-License-Identifier: MIT */
#include "agenda/introduction.h"
#include "core/mem.h"
#include "test.h"

static void suggestions_take_turns(void)
{
	static const struct {
		const char *what;
		struct suggestion_facts facts;
		int32_t to;
		bool is_told;
		enum suggestion_turn turn;
	} rows[] = {
		{ "entered by hand today", { false, 0, 100 }, 101, false, SUGGESTION_ANEW },
		{ "put off", { false, 0, 103 }, 103, false, SUGGESTION_RESTS },
		{ "until today", { false, 0, 103 }, 104, false, SUGGESTION_ANEW },
		{ "told by this digest", { true, 100, 280 }, 101, true, SUGGESTION_RESTS },
		{ "told by another one, or lost", { true, 100, 280 }, 101, false,
			SUGGESTION_GOES_ON },
		{ "months later", { true, 100, 280 }, 280, false, SUGGESTION_GOES_ON },
		{ "the last day of its rest", { true, 100, 280 }, 280, true, SUGGESTION_RESTS },
		{ "after half a year", { true, 100, 280 }, 281, true, SUGGESTION_ANEW },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].what);
		CHECK_INT(
			suggestion_turn(&rows[i].facts, rows[i].to, rows[i].is_told), rows[i].turn);
	}
}

static void introductions_ask_by_their_stage(void)
{
	static const struct {
		const char *what;
		enum introduction_stage stage;
		enum introduction_task task;
		int32_t day;
	} rows[] = {
		{ "suggested", INTRODUCTION_SUGGESTED, INTRODUCTION_NOTHING, 0 },
		{ "asked", INTRODUCTION_ASKED, INTRODUCTION_MAKE, 107 },
		{ "made", INTRODUCTION_MADE, INTRODUCTION_HEAR, 130 },
		{ "it helped", INTRODUCTION_HELPED, INTRODUCTION_NOTHING, 0 },
		{ "dropped", INTRODUCTION_DROPPED, INTRODUCTION_NOTHING, 0 },
		{ "known to each other", INTRODUCTION_KNOWN, INTRODUCTION_NOTHING, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int32_t day = 0;

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(introduction_next(rows[i].stage, 100, &day), rows[i].task);
		if (rows[i].task != INTRODUCTION_NOTHING)
			CHECK_INT(day, rows[i].day);
	}
}

TEST_MAIN(TEST(suggestions_take_turns), TEST(introductions_ask_by_their_stage))
