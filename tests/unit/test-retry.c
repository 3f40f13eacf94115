/* SPDX-License-Identifier: MIT */
#include "agenda/retry.h"
#include "core/mem.h"
#include "test.h"

static void retry_waits(void)
{
	static const struct {
		enum retry_why why;
		unsigned failures;
		int64_t longest;
	} rows[] = {
		{ RETRY_SERVER, 1, 60 },
		{ RETRY_SERVER, 2, 120 },
		{ RETRY_SERVER, 8, 7680 },
		{ RETRY_SERVER, 9, 14400 },
		{ RETRY_SERVER, 4000000000U, 14400 },
		{ RETRY_RECIPIENT, 1, 300 },
		{ RETRY_RECIPIENT, 7, 14400 },
		{ RETRY_SERVER, 0, 60 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t first = rows[i].why == RETRY_SERVER ? 60 : 300;

		TEST_ROW("%u failures", rows[i].failures);
		CHECK_INT(retry_wait(rows[i].why, rows[i].failures, 0), rows[i].longest);
		for (uint32_t random = 0; random < 2000; random += 37) {
			int64_t wait = retry_wait(rows[i].why, rows[i].failures, random);

			CHECK(wait <= rows[i].longest && wait >= first &&
				wait * 5 >= rows[i].longest * 4);
		}
	}
}

static void retry_ends(void)
{
	CHECK(!retry_is_over(1000, 1000 + RETRY_GIVE_UP_SECONDS - 1));
	CHECK(retry_is_over(1000, 1000 + RETRY_GIVE_UP_SECONDS));
	CHECK(!retry_is_over(1000, 0));
}

static void doubts_come_to_an_end(void)
{
	static const struct {
		unsigned copies;
		int64_t longest, since_ago;
		bool ends;
	} rows[] = {
		{ 1, 60, 0, false },
		{ 2, 14400, 0, false },
		{ 3, 14400, 0, true },
		{ 4000000000U, 14400, 0, true },
		{ 1, 60, RETRY_GIVE_UP_SECONDS - 1, false },
		{ 1, 60, RETRY_GIVE_UP_SECONDS, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%u copies", rows[i].copies);
		CHECK_INT(retry_wait_doubt(rows[i].copies, 0), rows[i].longest);
		CHECK(retry_wait_doubt(rows[i].copies, 999) * 5 >= rows[i].longest * 4);
		CHECK_INT(retry_is_doubtful(rows[i].copies, 1000, 1000 + rows[i].since_ago),
			rows[i].ends);
	}
}

TEST_MAIN(TEST(retry_waits), TEST(retry_ends), TEST(doubts_come_to_an_end))
