/* SPDX-License-Identifier: MIT */
#include "agenda/trust.h"
#include "core/mem.h"
#include "test.h"

#define HOUR INT64_C(3600)
#define DAY  (24 * HOUR)
#define LAST INT64_C(1795500000) /* November 2026 */

static void clocks_that_are_believed_and_not(void)
{
	static const struct {
		int64_t now, next;
		enum trust expected;
	} rows[] = {
		{ LAST, LAST + DAY, TRUST_GOOD },
		{ LAST - 2 * HOUR, LAST + DAY, TRUST_GOOD },
		{ LAST - DAY, LAST + DAY, TRUST_GOOD },
		{ LAST - DAY - 1, LAST + DAY, TRUST_BEHIND },
		{ LAST - 3 * DAY, LAST + DAY, TRUST_BEHIND },
		{ 0, LAST + DAY, TRUST_BEHIND },
		{ -DAY, LAST + DAY, TRUST_BEHIND },
		{ LAST + 3 * DAY, LAST + DAY, TRUST_GOOD },
		{ LAST + 365 * DAY, LAST + DAY, TRUST_GOOD },
		{ LAST + 366 * DAY, LAST + DAY, TRUST_GOOD },
		{ LAST + 366 * DAY + 1, LAST + DAY, TRUST_AHEAD },
		{ LAST + 4000 * DAY, LAST + DAY, TRUST_AHEAD },
		/* A cadence of 399 days is not late on its day. */
		{ LAST + 399 * DAY, LAST + 399 * DAY, TRUST_GOOD },
		{ LAST + 400 * DAY, LAST + 399 * DAY, TRUST_GOOD },
		{ LAST + 400 * DAY + 1, LAST + 399 * DAY, TRUST_AHEAD },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(trust_judge(rows[i].now, LAST, rows[i].next), rows[i].expected);
	}
}

static void how_long_a_clock_is_waited_for(void)
{
	static const struct trust_sight first = { "here", 1000, 50 };
	static const struct {
		struct trust_sight now;
		int64_t expected;
	} rows[] = {
		{ { "here", 1000, 50 }, 600 },
		{ { "here", 1599, 649 }, 1 },
		{ { "here", 1600, 650 }, 0 },
		{ { "here", 9000, 8050 }, 0 },
		{ { "here", 1600, 650 + 60 }, 0 },
		{ { "here", 1600, 650 - 60 }, 0 },
		{ { "here", 1600, 650 - 61 }, TRUST_ANEW }, /* set back */
		{ { "here", 1600, 650 + 61 }, TRUST_ANEW }, /* set ahead */
		{ { "here", 900, -50 }, TRUST_ANEW },       /* no boot goes backwards */
		/* Another boot, whose uptime tells nothing: the clock has gone on, or not. */
		{ { "there", 10, 60 }, 590 },
		{ { "there", 10, 649 }, 1 },
		{ { "there", 10, 650 }, 0 },
		{ { "there", 5000, 49 }, TRUST_ANEW },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(trust_wait(&first, &rows[i].now), rows[i].expected);
	}
}

TEST_MAIN(TEST(clocks_that_are_believed_and_not), TEST(how_long_a_clock_is_waited_for))
