/* SPDX-License-Identifier: MIT */
#include "agenda/touch.h"
#include "core/day.h"
#include "core/mem.h"
#include "test.h"

static void touch_spans_and_days(void)
{
	static const struct {
		struct touch_every every;
		int span;
		int32_t last, due;
	} rows[] = {
		{ { 0, 30 }, 30, 100, 130 },
		{ { 1, 0 }, 30, 0, 31 },
		{ { 3, 0 }, 91, 0, 90 },
		{ { 12, 0 }, 365, 0, 365 },
		{ { 0, 1 }, 1, DAY_MAX, DAY_MAX },
		{ { 0, 0 }, 1, 5, 5 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(touch_span_days(&rows[i].every), rows[i].span);
		CHECK_INT(touch_due(rows[i].last, &rows[i].every), rows[i].due);
	}
}

/* 500 people with a span of a quarter: no day has more than its share, none lies in the past. */
static void touch_spread_is_even(void)
{
	static const struct touch_every spans[] = { { 0, 91 }, { 3, 0 }, { 12, 0 }, { 0, 7 } };

	for (size_t s = 0; s < ARRAY_SIZE(spans); s++) {
		int span = touch_span_days(&spans[s]), per_day[400] = { 0 }, most = 0;

		for (size_t k = 0; k < 500; k++) {
			int32_t due = touch_due(touch_spread(1000, &spans[s], k, 500), &spans[s]) -
				1000;

			CHECK(due >= -3 && due <= span);
			if (due >= 0 && due < 400)
				per_day[due]++;
		}
		for (int i = 0; i < 400; i++)
			most = per_day[i] > most ? per_day[i] : most;
		TEST_ROW("a span of %d days", span);
		/* Months of 28 and 31 days push a few people onto one day. */
		CHECK(most <= 500 / span + 1 + (spans[s].months ? 3 * (500 / span + 1) : 0));
	}
}

static void touch_ranks_by_share_of_the_span(void)
{
	struct touch_candidate all[] = {
		{ 1, 90, TOUCH_NEVER, 365 }, /* 10 days of a year */
		{ 2, 95, TOUCH_NEVER, 7 },   /* 5 days of a week: most urgent */
		{ 3, 80, TOUCH_NEVER, 30 },  /* 20 days of a month */
		{ 4, 100, TOUCH_NEVER, 30 }, /* due today */
		{ 5, 50, 94, 7 },            /* shown 6 days ago: rests */
		{ 6, 50, 93, 700 },          /* shown 7 days ago: may come again */
		{ 7, 104, 99, 7 },           /* due in four days, shown yesterday: rests */
	};
	size_t n = touch_ration(all, ARRAY_SIZE(all), 100, 3);

	CHECK_INT(n, 3);
	CHECK_INT(all[0].number, 2);
	CHECK_INT(all[1].number, 3);
	CHECK_INT(all[2].number, 1);
	CHECK_INT(touch_ration(all, ARRAY_SIZE(all), 100, 9), 5);
	CHECK_INT(touch_ration(all, ARRAY_SIZE(all), 100, 0), 0);
	CHECK_INT(touch_ration(NULL, 0, 100, 3), 0);
}

/* 40 people due on one day, three shown on each: everybody's turn comes, whatever their span. */
static void touch_starves_nobody(void)
{
	struct touch_candidate all[40];
	int turns[41] = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		all[i] = (struct touch_candidate){ (int64_t)i + 1, 0, TOUCH_NEVER,
			7 + (int)(i * i) };
	for (int32_t day = 0; day < 400; day++) {
		size_t n = touch_ration(all, ARRAY_SIZE(all), day, 3);

		for (size_t i = 0; i < n; i++) {
			all[i].shown = day;
			turns[all[i].number]++;
		}
	}
	for (int i = 1; i <= 40; i++) {
		TEST_ROW("number %d", i);
		CHECK(turns[i] > 0);
	}
}

static void touch_leaves_days_of_their_own_alone(void)
{
	CHECK(!touch_waits_for(108, 100) && touch_waits_for(107, 100));
	CHECK(touch_waits_for(100, 100));
	CHECK(touch_waits_for(94, 100) && !touch_waits_for(93, 100));
}

TEST_MAIN(TEST(touch_spans_and_days), TEST(touch_spread_is_even),
	TEST(touch_ranks_by_share_of_the_span), TEST(touch_starves_nobody),
	TEST(touch_leaves_days_of_their_own_alone))
