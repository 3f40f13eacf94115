/* SPDX-License-Identifier: MIT */
#include "exchange/copies.h"
#include "test.h"

#include <stdio.h>

#define _cleanup_copies_ _cleanup_(copies_done)

static void copies_of_nothing(void)
{
	_cleanup_copies_ struct copies copies = { 0 };

	CHECK_INT(copies_get(&copies, "uid:a"), 1);
	CHECK_INT(copies_get(&copies, ""), 1);
	copies_done(&copies);
	copies_done(&copies);
}

static void copies_of_each_card(void)
{
	static const struct {
		const char *key;
		uint32_t set, a, b; /* what is known of "a" and "b" from then on */
	} rows[] = {
		{ "a", 2, 2, 1 },
		{ "a", 3, 3, 1 },
		{ "b", 7, 3, 7 },
		{ "b#7", 2, 3, 7 },
		{ "a", 4000000000, 4000000000, 7 },
	};
	_cleanup_copies_ struct copies copies = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%zu", i);
		CHECK_INT(copies_set(&copies, rows[i].key, rows[i].set, NULL), 0);
		CHECK_INT(copies_get(&copies, "a"), rows[i].a);
		CHECK_INT(copies_get(&copies, "b"), rows[i].b);
	}
}

static void copies_of_many(void)
{
	_cleanup_copies_ struct copies copies = { 0 };
	char key[32];

	for (unsigned i = 0; i < 10000; i++) {
		(void)snprintf(key, sizeof(key), "card:%u", i);
		CHECK_INT(copies_set(&copies, key, i + 2, NULL), 0);
	}
	for (unsigned i = 0; i < 10000; i++) {
		(void)snprintf(key, sizeof(key), "card:%u", i);
		CHECK_INT(copies_get(&copies, key), i + 2);
	}
	CHECK_INT(copies_get(&copies, "card:10000"), 1);
}

TEST_MAIN(TEST(copies_of_nothing), TEST(copies_of_each_card), TEST(copies_of_many))
