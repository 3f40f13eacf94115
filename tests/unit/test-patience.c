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
	} rows[] = {
		{ 1 * SECOND, false, true },
		{ 2 * SECOND, false, true },
		{ 11 * SECOND - 1, false, true },
		{ 11 * SECOND, false, false },
		{ 60 * SECOND, false, false },
		{ 61 * SECOND, true, true }, /* another lock, soon after the first */
		{ 71 * SECOND - 1, false, true },
		{ 71 * SECOND, false, false },
		{ 72 * SECOND, true, true },
	};
	struct patience patience = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		if (rows[i].lets_go)
			patience_renew(&patience);
		CHECK_INT(patience_lasts(&patience, rows[i].at), rows[i].lasts);
	}
}

static void the_blame_names_what_helps(void)
{
	struct err e = { "" };

	patience_blame("/d/n.db", &e);
	CHECK(strstr(e.text, "another process has held database /d/n.db for 10 seconds"));
	CHECK(strstr(e.text, "`fuser -v /d/n.db`"));
}

TEST_MAIN(TEST(a_lock_is_borne_for_a_while), TEST(the_blame_names_what_helps))
