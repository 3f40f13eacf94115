/* SPDX-License-Identifier: MIT */
#include "agenda/cover.h"
#include "core/mem.h"
#include "test.h"

#define NONE INT32_MIN

static void cover_table(void)
{
	static const struct {
		const char *what;
		int32_t previous_to, today, next_slot, from, to;
	} rows[] = {
		{ "the first, daily", NONE, 100, 101, 100, 101 },
		{ "the first, its slot still to come today", NONE, 100, 100, 100, 101 },
		{ "daily", 101, 101, 102, 101, 102 },
		{ "Friday before a weekend", 104, 104, 107, 104, 107 },
		{ "weekly", 107, 107, 114, 107, 114 },
		{ "the second of a day", 102, 101, 102, 102, 102 },
		{ "after a month's downtime", 102, 130, 131, 102, 131 },
		{ "the last slot of all", 102, 102, NONE, 102, 103 },
		{ "a clock set back", 200, 150, 151, 200, 200 },
		{ "weekly became daily on the second day", 107, 102, 103, 107, 107 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cover c = cover_next(
			rows[i].previous_to == NONE ? NULL : &rows[i].previous_to, rows[i].today,
			rows[i].next_slot == NONE ? NULL : &rows[i].next_slot);

		TEST_ROW("%s", rows[i].what);
		CHECK_INT(c.from, rows[i].from);
		CHECK_INT(c.to, rows[i].to);
	}
}

TEST_MAIN(TEST(cover_table))
