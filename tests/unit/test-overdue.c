/* SPDX-License-Identifier: MIT */
#include "agenda/overdue.h"
#include "core/mem.h"
#include "test.h"

static void overdue_table(void)
{
	static const struct {
		const char *what;
		int32_t due, from, to;
		bool shown;
		enum overdue_show show;
	} rows[] = {
		{ "tomorrow", 11, 10, 11, false, OVERDUE_NOT_YET },
		{ "today", 10, 10, 11, false, OVERDUE_IN_FULL },
		{ "today, shown by an earlier digest of the day", 10, 11, 11, true,
			OVERDUE_COLLAPSED },
		{ "yesterday, entered late", 9, 10, 11, false, OVERDUE_IN_FULL },
		{ "yesterday", 9, 10, 11, true, OVERDUE_COLLAPSED },
		{ "six days ago", 4, 10, 11, true, OVERDUE_COLLAPSED },
		{ "a week ago", 3, 10, 11, true, OVERDUE_IN_FULL },
		{ "eight days ago", 2, 10, 11, true, OVERDUE_COLLAPSED },
		{ "two weeks ago", -4, 10, 11, true, OVERDUE_IN_FULL },
		{ "its week falls into the weekend of a Friday's cover", 5, 10, 13, true,
			OVERDUE_IN_FULL },
		{ "weekly digests show it each time", 5, 10, 17, true, OVERDUE_IN_FULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cover c = { rows[i].from, rows[i].to };

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(overdue_show(rows[i].due, &c, rows[i].shown), rows[i].show);
	}
}

/* Whatever the covers, as long as they tile: in full on its day and on each seventh after it. */
static void overdue_returns_weekly_in_any_tiling(void)
{
	for (int32_t length = 1; length <= 9; length++) {
		int in_full = 0;

		for (int32_t from = 0; from < 2520; from += length) {
			struct cover c = { from, from + length };

			if (overdue_show(0, &c, true) == OVERDUE_IN_FULL)
				in_full++;
		}
		TEST_ROW("covers of %d days", length);
		CHECK_INT(in_full, length <= 7 ? 360 : 2520 / length);
	}
}

TEST_MAIN(TEST(overdue_table), TEST(overdue_returns_weekly_in_any_tiling))
