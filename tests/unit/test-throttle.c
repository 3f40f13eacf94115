/* SPDX-License-Identifier: MIT */
#include "agenda/throttle.h"

#include "core/mem.h"
#include "test.h"

#define NOW INT64_C(1795417200)

/* How many may go at that instant. */
static int burst(struct throttle *t, int64_t now)
{
	int n = 0;

	while (n < 100 && throttle_when(t, now) == now) {
		throttle_take(t, now);
		n++;
	}
	return n;
}

static void so_many_in_any_minute(void)
{
	static const struct {
		int64_t after;
		int may;
	} rows[] = {
		{ 0, 5 },
		{ 1, 0 },
		{ 59, 0 },
		{ 60, 0 }, /* the first may have gone at the end of its second */
		{ 61, 5 },
		{ 62, 0 }, /* no burst at the turn of a minute */
		{ 121, 0 },
		{ 122, 5 },
		{ 1000000, 5 },
	};
	_cleanup_(throttle_done) struct throttle t = { 0 };

	CHECK_INT(throttle_set(&t, 5, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("after %lld s", (long long)rows[i].after);
		CHECK_INT(burst(&t, NOW + rows[i].after), rows[i].may);
	}
}

static void singles_make_room_one_by_one(void)
{
	_cleanup_(throttle_done) struct throttle t = { 0 };

	CHECK_INT(throttle_set(&t, 3, NULL), 0);
	for (int64_t i = 0; i < 3; i++)
		throttle_take(&t, NOW + i * 10);
	CHECK_INT(throttle_when(&t, NOW + 30), NOW + 61);
	CHECK_INT(burst(&t, NOW + 61), 1);
	CHECK_INT(throttle_when(&t, NOW + 61), NOW + 71);
	CHECK_INT(burst(&t, NOW + 90), 2);
}

static void a_clock_that_was_set_back_waits_for_nothing(void)
{
	_cleanup_(throttle_done) struct throttle t = { 0 };

	CHECK_INT(throttle_set(&t, 2, NULL), 0);
	CHECK_INT(burst(&t, NOW), 2);
	CHECK_INT(throttle_when(&t, NOW - 3600), NOW - 3600);
	CHECK_INT(burst(&t, NOW - 3600), 2);
	CHECK_INT(throttle_when(&t, NOW - 3599), NOW - 3539);
}

static void the_limit_can_change(void)
{
	_cleanup_(throttle_done) struct throttle t = { 0 };

	CHECK_INT(burst(&t, NOW), 100); /* none */
	CHECK_INT(throttle_set(&t, 2, NULL), 0);
	CHECK_INT(burst(&t, NOW), 2);
	CHECK_INT(throttle_set(&t, 2, NULL), 0); /* the same: nothing is forgotten */
	CHECK_INT(burst(&t, NOW), 0);
	CHECK_INT(throttle_set(&t, 4, NULL), 0);
	CHECK_INT(burst(&t, NOW), 4);
	CHECK_INT(throttle_set(&t, 0, NULL), 0);
	CHECK_INT(burst(&t, NOW), 100);
	CHECK_INT(throttle_set(&t, THROTTLE_MAX, NULL), 0);
	CHECK_INT(throttle_when(&t, NOW), NOW);
}

TEST_MAIN(TEST(so_many_in_any_minute), TEST(singles_make_room_one_by_one),
	TEST(a_clock_that_was_set_back_waits_for_nothing), TEST(the_limit_can_change))
