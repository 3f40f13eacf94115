/* SPDX-License-Identifier: MIT */
#include "cli/question.h"
#include "core/str.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is asked is not for the test's own output, and is read back. */
struct dialogue {
	int stdout_before;
};

static void dialogue_begin(struct dialogue *dialogue, const char *typed, size_t n)
{
	int fds[2], said;

	if (chdir(test_folder()) < 0 || pipe(fds) < 0 || write(fds[1], typed, n) != (ssize_t)n)
		abort();
	(void)close(fds[1]);
	(void)dup2(fds[0], STDIN_FILENO);
	(void)close(fds[0]);
	(void)fflush(stdout);
	dialogue->stdout_before = dup(STDOUT_FILENO);
	said = open("said", O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (said < 0 || dialogue->stdout_before < 0 || dup2(said, STDOUT_FILENO) < 0)
		abort();
	(void)close(said);
}

/* What was said: static buffer. */
static const char *dialogue_end(const struct dialogue *dialogue)
{
	static char text[4096];
	ssize_t n;

	(void)fflush(stdout);
	n = pread(STDOUT_FILENO, text, sizeof(text) - 1, 0);
	text[n > 0 ? n : 0] = '\0';
	(void)dup2(dialogue->stdout_before, STDOUT_FILENO);
	(void)close(dialogue->stdout_before);
	return text;
}

static void question_texts(void)
{
	static const struct {
		const char *typed, *proposal, *answer;
		int result;
	} rows[] = {
		{ "Anna\n", NULL, "Anna", 0 },
		{ "Anna\r\n", NULL, "Anna", 0 },
		{ "  Anna \t\n", NULL, "Anna", 0 },
		{ "An\033[1mna\n", NULL, "An[1mna", 0 },
		{ "Anna\n", "Ben", "Anna", 0 },
		{ "\n", "Ben", "Ben", 0 },
		{ "  \n", "Ben", "Ben", 0 },
		{ "\n", NULL, "", 0 },
		{ "", "Ben", NULL, QUESTION_ENDED },
		{ "Anna", "Ben", NULL, QUESTION_ENDED },
		{ "\xff\n", NULL, NULL, -EINVAL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *answer = NULL;
		struct dialogue dialogue;
		struct err e = { "" };
		const char *said;
		int r;

		dialogue_begin(&dialogue, rows[i].typed, strlen(rows[i].typed));
		r = question_ask(&answer, "Name", rows[i].proposal, &e);
		said = dialogue_end(&dialogue);
		TEST_ROW("row %zu", i);
		CHECK_INT(r, rows[i].result);
		CHECK_TEXT(answer, rows[i].answer);
		CHECK((r < 0) == (e.text[0] != '\0'));
		CHECK_TEXT(said, rows[i].proposal ? "Name [Ben]: " : "Name: ");
	}
}

static void question_limits(void)
{
	char typed[QUESTION_ANSWER_MAX + 3];

	for (size_t more = 0; more < 2; more++) {
		_cleanup_free_ char *answer = NULL, *next = NULL;
		size_t n = QUESTION_ANSWER_MAX + more;
		struct dialogue dialogue;
		struct err e;
		int r, s;

		memset(typed, 'x', n);
		memcpy(typed + n, "\n\n", 2);
		dialogue_begin(&dialogue, typed, n + 2);
		r = question_ask(&answer, "Name", NULL, &e);
		s = question_ask(&next, "Name", NULL, &e);
		(void)dialogue_end(&dialogue);
		TEST_ROW("%zu", n);
		CHECK_INT(r, more ? -EINVAL : 0);
		CHECK_INT(answer ? strlen(answer) : 0, more ? 0 : n);
		CHECK_INT(s, 0); /* the whole line was read */
		CHECK_TEXT(next, "");
	}
}

static void question_secrets(void)
{
	static const struct {
		const char *typed;
		size_t n;
		const char *secret;
		int result;
	} rows[] = {
		{ " correct horse\n", 15, " correct horse", 0 },
		{ "\xff\x01\n", 3, "\xff\x01", 0 },
		{ "\n", 1, "", 0 },
		{ "a\0b\n", 4, NULL, -EINVAL },
		{ "abc", 3, NULL, QUESTION_ENDED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(question_wipe) char *secret = NULL;
		struct dialogue dialogue;
		struct err e = { "" };
		const char *said;
		int r;

		dialogue_begin(&dialogue, rows[i].typed, rows[i].n);
		r = question_ask_secret(&secret, "Password", &e);
		said = dialogue_end(&dialogue);
		TEST_ROW("row %zu", i);
		CHECK_INT(r, rows[i].result);
		CHECK_TEXT(secret, rows[i].secret);
		CHECK_TEXT(said, "Password: \n");
	}
}

static void question_confirmations(void)
{
	static const struct {
		const char *typed;
		bool proposal;
		int result;
	} rows[] = {
		{ "\n", true, 1 },
		{ "\n", false, 0 },
		{ "y\n", false, 1 },
		{ "Ja\n", false, 1 },
		{ "no\n", true, 0 },
		{ "what\nn\n", true, 0 },
		{ "what\n", true, QUESTION_ENDED },
		{ "", true, QUESTION_ENDED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct dialogue dialogue;
		int r;

		dialogue_begin(&dialogue, rows[i].typed, strlen(rows[i].typed));
		r = question_confirm("Sure?", rows[i].proposal);
		(void)dialogue_end(&dialogue);
		TEST_ROW("row %zu", i);
		CHECK_INT(r, rows[i].result);
	}
}

/* A signal between two questions is not lost, and ends the next one only. */
static void question_signals(void)
{
	static const int signals[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };

	question_hold_signals();
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		_cleanup_free_ char *answer = NULL;
		struct dialogue dialogue;
		struct err e;
		int r, s;

		(void)raise(signals[i]);
		dialogue_begin(&dialogue, "Anna\n", 5);
		r = question_ask(&answer, "Name", NULL, &e);
		s = question_ask(&answer, "Name", NULL, &e);
		(void)dialogue_end(&dialogue);
		TEST_ROW("signal %d", signals[i]);
		CHECK_INT(r, QUESTION_ENDED);
		CHECK_INT(s, 0);
		CHECK_TEXT(answer, "Anna");
	}
	question_release_signals();
}

TEST_MAIN(TEST(question_texts), TEST(question_limits), TEST(question_secrets),
	TEST(question_confirmations), TEST(question_signals))
