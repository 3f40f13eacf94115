/* SPDX-License-Identifier: MIT */
#include "service/patience.h"

#include "core/mem.h"
#include "test.h"

#include <string.h>

#define SECOND UINT64_C(1000000)

static void a_lock_is_borne_for_a_while(void)
{
	static const struct {
		uint64_t at;
		bool lets_go, lasts;
		unsigned seconds;
	} rows[] = {
		{ 1 * SECOND, false, true, 0 },
		{ 2 * SECOND, false, true, 1 },
		{ 11 * SECOND - 1, false, true, 9 },
		{ 11 * SECOND, false, false, 10 },
		{ 60 * SECOND, false, false, 59 },
		{ 61 * SECOND, true, true, 0 }, /* another lock, soon after the first */
		{ 71 * SECOND - 1, false, true, 9 },
		{ 71 * SECOND, false, false, 10 },
		{ 72 * SECOND, true, true, 0 },
	};
	struct patience patience = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		if (rows[i].lets_go)
			patience_renew(&patience);
		CHECK_INT(patience_lasts(&patience, rows[i].at), rows[i].lasts);
		CHECK_INT(patience_seconds(&patience, rows[i].at), rows[i].seconds);
	}
}

static void the_blame_names_what_helps(void)
{
	struct err e = { "" };

	patience_blame("/d/n.db", 10, &e);
	CHECK(strstr(e.text, "another process has held database /d/n.db for 10 seconds"));
	CHECK(strstr(e.text, "`fuser -v '/d/n.db'`"));
}

TEST_MAIN(TEST(a_lock_is_borne_for_a_while), TEST(the_blame_names_what_helps))
