/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "cli/starter.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A systemctl that notes how it was called, and says yes to what is in `yes`. */
static void pretend(const char *yes)
{
	FILE *f;

	if (chdir(test_folder()) < 0)
		abort();
	(void)unlink("ran");
	(void)setenv("PATH", test_folder(), 1);
	f = fopen("systemctl", "w");
	if (!f ||
		fprintf(f, "#!/bin/sh\necho \"$*\" >>ran\ncase $2 in %s) exit 0;; esac\nexit 1\n",
			yes) < 0 ||
		fchmod(fileno(f), 0755) < 0 || fclose(f) != 0)
		abort();
}

static void check_ran(const char *expected)
{
	_cleanup_str_ struct str ran = STR_INIT;

	CHECK_INT(file_read("ran", 1000, &ran, NULL), 0);
	CHECK_TEXT(str_text(&ran), expected);
}

static void starter_questions(void)
{
	const struct starter own = { "nudged", false }, system = { "nudged@anna", true };

	pretend("cat");
	CHECK(starter_is_known(&own));
	CHECK(!starter_is_active(&system));
	CHECK(!starter_is_failed(&system));
	check_ran(
		"--user cat nudged\n--system is-active nudged@anna\n--system is-failed nudged@anna\n");
	pretend("is-failed");
	CHECK(starter_is_failed(&own));
	pretend("none) ;; is-failed) echo activating; exit 3;; none");
	CHECK(starter_is_failed(&own)); /* it waits for its next start */
	pretend("none) ;; is-failed) echo inactive; exit 3;; none");
	CHECK(!starter_is_failed(&own));
	(void)setenv("PATH", "/nowhere", 1);
	CHECK(!starter_is_known(&own));
}

static void starter_is_enabled(void)
{
	static const struct {
		const char *yes, *ran;
		bool system;
		int result;
		const char *advice, *name;
	} rows[] = {
		{ "enable", "--user is-active nudged\n--user enable nudged --now\n", false, 0, "",
			"nudged" },
		{ "enable", "--system is-active nudged\n--system enable nudged --now\n", true, 0,
			"", "nudged" },
		{ "enable|is-active|restart",
			"--user is-active nudged\n--user enable nudged\n--user restart nudged\n",
			false, 0, "", "nudged" },
		{ "is-active", "--user is-active nudged\n--user enable nudged\n", false, -EIO,
			"`journalctl --user-unit nudged`", "nudged" },
		{ "none", "--system is-active nudged\n--system enable nudged --now\n", true, -EIO,
			"`systemctl enable --now nudged`", "nudged" },
		{ "none",
			"--system is-active nudged@a\\x20b\n--system enable nudged@a\\x20b --now\n",
			true, -EIO, "`systemctl enable --now nudged@a\\\\x20b`", "nudged@a\\x20b" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct starter starter = { rows[i].name, rows[i].system };
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		pretend(rows[i].yes);
		CHECK_INT(starter_enable(&starter, &e), rows[i].result);
		CHECK(strstr(e.text, rows[i].advice) != NULL);
		check_ran(rows[i].ran);
	}
}

static void starter_lingering(void)
{
	struct err e = { "" };

	(void)setenv("PATH", "/nowhere", 1);
	CHECK_INT(starter_linger(&e), -EIO);
	CHECK(strstr(e.text, "enable-linger") != NULL);
}

TEST_MAIN(TEST(starter_questions), TEST(starter_is_enabled), TEST(starter_lingering))
