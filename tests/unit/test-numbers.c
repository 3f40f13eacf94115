/* SPDX-License-Identifier: MIT */
#include "core/numbers.h"
#include "test.h"

static void numbers_hold_what_was_added(void)
{
	_cleanup_numbers_ struct numbers numbers = { 0 };

	CHECK(!numbers_has(&numbers, 1));
	for (uint64_t i = 1; i <= 5000; i++) {
		CHECK_INT(numbers_add(&numbers, i * 3, NULL), 0);
		CHECK_INT(numbers_add(&numbers, i * 3, NULL), 0);
	}
	CHECK_INT(numbers.n, 5000);
	for (uint64_t i = 1; i <= 15000; i++) {
		TEST_ROW("%d", (int)i);
		if (!CHECK(numbers_has(&numbers, i) == (i % 3 == 0)))
			return;
	}
	numbers_done(&numbers);
	CHECK(!numbers_has(&numbers, 3));
	CHECK_INT(numbers_add(&numbers, UINT64_MAX, NULL), 0);
	CHECK(numbers_has(&numbers, UINT64_MAX));
}

/* Multiples of a power of two would all stand in one place without the spreading. */
static void numbers_that_are_alike_are_spread(void)
{
	_cleanup_numbers_ struct numbers numbers = { 0 };
	size_t longest = 0, run = 0;

	for (uint64_t i = 1; i <= 3000; i++)
		CHECK_INT(numbers_add(&numbers, i << 32, NULL), 0);
	for (size_t i = 0; i < numbers.size; i++) {
		run = numbers.slots[i] ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	CHECK(longest < 500);
}

TEST_MAIN(TEST(numbers_hold_what_was_added), TEST(numbers_that_are_alike_are_spread))
