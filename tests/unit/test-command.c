/* SPDX-License-Identifier: MIT */
#include "base/command.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int run(const char *script, unsigned seconds, struct str *out, struct str *complaint)
{
	char shell[] = "sh", option[] = "-c", text[300];
	char *const argv[] = { shell, option, text, NULL };

	(void)snprintf(text, sizeof(text), "%s", script);
	return command_run(argv, seconds, out, complaint, NULL);
}

static void what_it_prints_and_how_it_ends(void)
{
	static const struct {
		const char *script;
		int r;
		const char *out, *complaint;
	} rows[] = {
		{ "", 0, "", "" },
		{ "echo a; echo b", 0, "a\nb\n", "" },
		{ "printf 'no end'", 0, "no end", "" },
		{ "echo words >&2; echo more >&2; exit 3", 3, "", "words" },
		{ "printf words >&2; exit 255", 255, "", "words" },
		{ "echo out; echo err >&2", 0, "out\n", "err" },
		/* It is asked nothing. */
		{ "read x; echo \"$?\"", 0, "1\n", "" },
		{ "kill -9 $$", -EIO, "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;

		TEST_ROW("%s", rows[i].script);
		CHECK_INT(run(rows[i].script, 30, &out, &complaint), rows[i].r);
		CHECK_TEXT(str_text(&out), rows[i].out);
		CHECK_TEXT(str_text(&complaint), rows[i].complaint);
	}
}

static void a_program_that_is_missing(void)
{
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;
	char name[] = "no-such-program-4711";
	char *const argv[] = { name, NULL };
	struct err e;

	CHECK_INT(command_run(argv, 30, &out, &complaint, &e), -ENOENT);
	CHECK_TEXT(e.text, "no-such-program-4711 is not installed");
}

static void one_that_does_not_end_is_ended(void)
{
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;

	CHECK_INT(run("exec sleep 1000", 0, &out, &complaint), -ETIMEDOUT);
}

/* Its own end counts, not that of what it left behind with the pipe open. */
static void an_agent_left_behind_is_not_waited_for(void)
{
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT, end = STR_INIT;

	CHECK_INT(run("sleep 1000 & printf $!", 100, &out, &complaint), 0);
	str_addf(&end, "kill %s", str_text(&out));
	CHECK_INT(run(str_text(&end), 100, &out, &complaint), 0);
}

static void much_output_is_cut(void)
{
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;

	CHECK_INT(run("head -c 65530 /dev/zero | tr '\\0' x; printf begin; printf end", 30, &out,
			  &complaint),
		0);
	CHECK_INT(out.len, COMMAND_OUTPUT_MAX);
	CHECK_TEXT(str_text(&out) + 65530, "begine");
}

static void it_has_nothing_of_ours_open(void)
{
	_cleanup_str_ struct str out = STR_INIT, complaint = STR_INIT;
	int fd = open("/dev/null", O_RDONLY);

	CHECK(fd >= 3);
	CHECK_INT(run("test -e /proc/self/fd/3 && echo open; true", 30, &out, &complaint), 0);
	CHECK_TEXT(str_text(&out), "");
	(void)close(fd);
}

TEST_MAIN(TEST(what_it_prints_and_how_it_ends), TEST(a_program_that_is_missing),
	TEST(one_that_does_not_end_is_ended), TEST(an_agent_left_behind_is_not_waited_for),
	TEST(much_output_is_cut), TEST(it_has_nothing_of_ours_open))
