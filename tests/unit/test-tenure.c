/* SPDX-License-Identifier: MIT */
#include "service/tenure.h"

#include "base/fd.h"
#include "base/lock.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *in_folder(const char *name)
{
	static char paths[2][300];
	static unsigned turn;
	char *path = paths[turn++ % 2];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", test_folder(), name);
	return path;
}

static void taken_whole(void)
{
	struct tenure tenure = TENURE_INIT;
	struct err e = { "" };

	CHECK_INT(tenure_take(&tenure, in_folder("new/n.db"), &e), 0);
	CHECK(tenure.store && tenure.watch >= 0 && lock_is_held(in_folder("new/n.lock")));
	tenure_done(&tenure);
	CHECK(!tenure.store && tenure.watch < 0 && !lock_is_held(in_folder("new/n.lock")));
	/* And once more, as after a time of waiting. */
	CHECK_INT(tenure_take(&tenure, in_folder("new/n.db"), &e), 0);
	CHECK_INT(tenure_take(&tenure, in_folder("new/n.db"), &e), 0);
	tenure_done(&tenure);
}

static void or_not_at_all(void)
{
	struct tenure tenure = TENURE_INIT;
	_cleanup_fd_ int other = -1;
	struct err e = { "" };

	CHECK_INT(tenure_take(&tenure, in_folder("held.db"), &e), 0);
	tenure_done(&tenure);
	other = lock_take(in_folder("held.lock"), &e);
	CHECK_INT(tenure_take(&tenure, in_folder("held.db"), &e), -EBUSY);
	CHECK(strstr(e.text, "another nudged") != NULL);
	CHECK(!tenure.store && tenure.lock < 0 && tenure.watch < 0);
	CHECK_INT(tenure_take(&tenure, "/dev/null/n.db", &e), -ENOTDIR);
	CHECK(!tenure.store && tenure.lock < 0 && tenure.watch < 0);
}

static void what_is_waited_for(void)
{
	static const struct {
		int code;
		bool worth;
	} rows[] = { { -EROFS, true }, { -ENOSPC, true }, { -EDQUOT, true }, { -EIO, false },
		{ -EBUSY, false }, { -EACCES, false }, { -EUCLEAN, false }, { 0, false } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%d", rows[i].code);
		CHECK_INT(tenure_is_worth_waiting(rows[i].code), rows[i].worth);
	}
}

TEST_MAIN(TEST(taken_whole), TEST(or_not_at_all), TEST(what_is_waited_for))
