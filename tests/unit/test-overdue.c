/* SPDX-License-Identifier: MIT */
#include "agenda/overdue.h"
#include "core/mem.h"
#include "test.h"

static void overdue_table(void)
{
	enum { NEVER = -1 };
	static const struct {
		const char *what;
		int32_t due, today, to, shown;
		enum overdue_show show;
		enum overdue_pace pace;
	} rows[] = {
		{ "tomorrow", 11, 10, 11, NEVER, OVERDUE_NOT_YET, OVERDUE_WEEKLY },
		{ "today", 10, 10, 11, NEVER, OVERDUE_IN_FULL, OVERDUE_WEEKLY },
		{ "today, shown by an earlier digest of the day", 10, 10, 11, 10, OVERDUE_COLLAPSED,
			OVERDUE_WEEKLY },
		{ "the same, with the next digest in a month", 10, 10, 40, 10, OVERDUE_COLLAPSED,
			OVERDUE_WEEKLY },
		{ "yesterday, entered late", 9, 10, 11, NEVER, OVERDUE_IN_FULL, OVERDUE_WEEKLY },
		{ "shown yesterday", 9, 10, 11, 9, OVERDUE_COLLAPSED, OVERDUE_WEEKLY },
		{ "shown six days ago", 4, 10, 11, 4, OVERDUE_COLLAPSED, OVERDUE_WEEKLY },
		{ "shown a week ago", 3, 10, 11, 3, OVERDUE_IN_FULL, OVERDUE_WEEKLY },
		{ "long due, shown a week ago", 0, 10, 11, 3, OVERDUE_IN_FULL, OVERDUE_WEEKLY },
		{ "long due, shown six days ago", 0, 10, 11, 4, OVERDUE_COLLAPSED, OVERDUE_WEEKLY },
		{ "shown nine days ago", 1, 10, 11, 1, OVERDUE_IN_FULL, OVERDUE_WEEKLY },
		{ "its week ends on the weekend of a Friday's cover", 5, 10, 13, 5, OVERDUE_IN_FULL,
			OVERDUE_WEEKLY },
		{ "its week ends on the Monday after", 6, 10, 13, 6, OVERDUE_COLLAPSED,
			OVERDUE_WEEKLY },
		{ "weekly digests show it each time", 3, 10, 17, 3, OVERDUE_IN_FULL,
			OVERDUE_WEEKLY },
		{ "shown on a day to come, by a wrong clock", 3, 10, 11, 400, OVERDUE_IN_FULL,
			OVERDUE_WEEKLY },
		{ "once, never shown", 3, 10, 11, NEVER, OVERDUE_IN_FULL, OVERDUE_ONCE },
		{ "once, not yet", 11, 10, 11, NEVER, OVERDUE_NOT_YET, OVERDUE_ONCE },
		{ "once, shown long ago", 3, 100, 101, 4, OVERDUE_RESTS, OVERDUE_ONCE },
		{ "once, shown on a day to come", 3, 10, 11, 400, OVERDUE_RESTS, OVERDUE_ONCE },
		{ "monthly, 27 days ago", 3, 37, 38, 10, OVERDUE_RESTS, OVERDUE_MONTHLY },
		{ "monthly, 28 days ago", 3, 38, 39, 10, OVERDUE_IN_FULL, OVERDUE_MONTHLY },
		{ "monthly, today", 3, 10, 40, 10, OVERDUE_RESTS, OVERDUE_MONTHLY },
		{ "monthly, ends before the next", 3, 35, 42, 10, OVERDUE_IN_FULL,
			OVERDUE_MONTHLY },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const int32_t *shown = rows[i].shown == NEVER ? NULL : &rows[i].shown;

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(overdue_show(rows[i].due, rows[i].today, rows[i].to, shown, rows[i].pace),
			rows[i].show);
	}
}

/* However far apart the digests: weekly as nearly as they allow. */
static void overdue_returns_weekly_at_any_distance(void)
{
	for (int32_t length = 1; length <= 9; length++) {
		int32_t shown = 0;
		bool was = false;

		for (int32_t today = 0; today < 2520; today += length) {
			TEST_ROW("every %d days, day %d", length, today);
			if (overdue_show(0, today, today + length, was ? &shown : NULL,
				    OVERDUE_WEEKLY) == OVERDUE_COLLAPSED)
				continue;
			CHECK(!was || today - shown > 7 - length);
			CHECK(!was || today - shown <= 7 || today - shown == length);
			shown = today;
			was = true;
		}
		CHECK(shown > 2520 - 7 - 2 * length);
	}
}

/* A backlog that was shown together returns together. */
static void overdue_returns_a_backlog_at_once(void)
{
	const int32_t shown = 100;

	for (int32_t today = 101; today <= 107; today++)
		for (int32_t due = 80; due <= 100; due++) {
			TEST_ROW("due on %d, on day %d", due, today);
			CHECK_INT(overdue_show(due, today, today + 1, &shown, OVERDUE_WEEKLY),
				today == 107 ? OVERDUE_IN_FULL : OVERDUE_COLLAPSED);
		}
}

TEST_MAIN(TEST(overdue_table), TEST(overdue_returns_weekly_at_any_distance),
	TEST(overdue_returns_a_backlog_at_once))
