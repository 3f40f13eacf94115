/* SPDX-License-Identifier: MIT */
#include "agenda/goal.h"
#include "core/day.h"
#include "core/mem.h"
#include "test.h"

#include <errno.h>

static void goal_texts(void)
{
	static const struct {
		const char *text;
		int count; /* 0: refused */
		enum goal_period period;
		const char *written;
	} rows[] = {
		{ "3/week", 3, GOAL_WEEK, "3/week" },
		{ "10/month", 10, GOAL_MONTH, "10/month" },
		{ "1/WOCHE", 1, GOAL_WEEK, "1/week" },
		{ "1000/Monat", 1000, GOAL_MONTH, "1000/month" },
		{ "1001/month", 0, GOAL_WEEK, NULL },
		{ "0/week", 0, GOAL_WEEK, NULL },
		{ "3/day", 0, GOAL_WEEK, NULL },
		{ "3", 0, GOAL_WEEK, NULL },
		{ "/week", 0, GOAL_WEEK, NULL },
		{ "-3/week", 0, GOAL_WEEK, NULL },
		{ "3/week ", 0, GOAL_WEEK, NULL },
		{ "", 0, GOAL_WEEK, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct goal goal = { 0 };
		char text[GOAL_TEXT_SIZE];
		struct err e;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(goal_parse(rows[i].text, &goal, &e), rows[i].count ? 0 : -EINVAL);
		CHECK_INT(goal.count, rows[i].count);
		if (!rows[i].count)
			continue;
		CHECK_INT(goal.period, rows[i].period);
		CHECK_TEXT(goal_format(&goal, text), rows[i].written);
	}
}

static void goal_spans(void)
{
	static const struct {
		enum goal_period period;
		int y, m, d, fy, fm, fd, days;
	} rows[] = {
		{ GOAL_WEEK, 2026, 11, 23, 2026, 11, 23, 7 }, /* a Monday */
		{ GOAL_WEEK, 2026, 11, 29, 2026, 11, 23, 7 }, /* a Sunday */
		{ GOAL_WEEK, 2027, 1, 1, 2026, 12, 28, 7 },   /* over the year's end */
		{ GOAL_MONTH, 2026, 11, 30, 2026, 11, 1, 30 },
		{ GOAL_MONTH, 2024, 2, 29, 2024, 2, 1, 29 },
		{ GOAL_MONTH, 2026, 12, 1, 2026, 12, 1, 31 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct goal goal = { 1, rows[i].period };
		int32_t from, to, first = day_number(rows[i].fy, rows[i].fm, rows[i].fd);

		TEST_ROW("row %zu", i);
		goal_span(&goal, day_number(rows[i].y, rows[i].m, rows[i].d), &from, &to);
		CHECK_INT(from, first);
		CHECK_INT(to, first + rows[i].days);
	}
}

TEST_MAIN(TEST(goal_texts), TEST(goal_spans))
