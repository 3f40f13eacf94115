/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "post/dialogue.h"
#include "post-names.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/*
 * A dialogue as a script. Lines that begin with
 *	>  must be what is sent next, < is what the server says,
 *	!  is an event: "ready" (the dot is then released), or "OUTCOME CAUSE CODE";
 * and the words: start (the next mail), quit, break, hold (nothing more is sent before the next <),
 * idle, busy, closed (what it must be by then).
 */
struct script {
	const char *name;
	const char *text;
};

#define OPEN "start\n> MAIL FROM:<a@x> SIZE=4\n> RCPT TO:<b@y>\n> DATA\n"
#define GOOD "< 250 ok\n< 250 ok\n< 354 go\n> hi\n! ready\n> .\n"

static const struct script pipelined[] = {
	{ "accepted", OPEN GOOD "< 250 taken\n! sent none 250\nidle\n" },
	{ "twice",
		OPEN GOOD "< 250 taken\n! sent none 250\nidle\n" OPEN GOOD
			  "< 250 taken\n! sent none 250\nidle\n" },
	{ "other good codes",
		OPEN
		"< 259 ok\n< 251 ok\n< 399 go\n> hi\n! ready\n> .\n< 200 x\n! sent none 200\nidle\n" },
	{ "codes alone",
		OPEN "< 250\n< 250\n< 354\n> hi\n! ready\n> .\n< 250\n! sent none 250\nidle\n" },
	{ "many lines",
		OPEN
		"< 250-a\n< 250-b\n< 250 c\n< 250-\n< 250\n< 354-x\n< 354 go\n> hi\n! ready\n> .\n"
		"< 250-x\n< 250 y\n! sent none 250\nidle\n" },

	{ "sender refused, all refused",
		OPEN "< 550 no\n! refused sender 550\nbusy\n< 503 what\n< 503 what\nbusy\n> RSET\n"
		     "< 250 ok\nidle\n" },
	{ "sender deferred",
		OPEN "< 451 no\n! deferred sender 451\n< 503 x\n< 503 x\n> RSET\n< 250\nidle\n" },
	{ "sender too big",
		OPEN "< 552 no\n! refused size 552\n< 503 x\n< 503 x\n> RSET\n< 250\nidle\n" },
	{ "sender refused, data accepted",
		OPEN
		"< 550 no\n! refused sender 550\n< 503 x\n< 354 go\n> .\nbusy\n< 554 none\nidle\n" },
	{ "recipient refused, data refused",
		OPEN
		"< 250 ok\n< 550 5.1.1 no\n! refused recipient 550\n< 554 none\n> RSET\n< 250 ok\nidle\n" },
	{ "recipient refused, data accepted",
		OPEN
		"< 250 ok\n< 550 no\n! refused recipient 550\n< 354 go\n> .\n< 250 taken\nidle\n" },
	{ "recipient refused, empty dot never answered",
		OPEN
		"< 250 ok\n< 550 no\n! refused recipient 550\n< 354 go\n> .\nbreak\nclosed\n" },
	{ "recipient deferred",
		OPEN
		"< 250 ok\n< 450 no\n! deferred recipient 450\n< 503 x\n> RSET\n< 250\nidle\n" },
	{ "recipient's mailbox full",
		OPEN
		"< 250 ok\n< 552 full\n! refused recipient 552\n< 503 x\n> RSET\n< 250\nidle\n" },
	{ "recipient's limit of size",
		OPEN
		"< 250 ok\n< 552 5.2.3 big\n! refused size 552\n< 503 x\n> RSET\n< 250\nidle\n" },
	{ "data refused",
		OPEN "< 250\n< 250\n< 554 no\n! refused content 554\n> RSET\n< 250\nidle\n" },
	{ "data deferred",
		OPEN "< 250\n< 250\n< 451 no\n! deferred content 451\n> RSET\n< 250\nidle\n" },
	{ "dot refused", OPEN GOOD "< 554 no\n! refused content 554\nidle\n" },
	{ "dot deferred", OPEN GOOD "< 451 no\n! deferred content 451\nidle\n" },
	{ "dot too big", OPEN GOOD "< 552 no\n! refused size 552\nidle\n" },
	{ "dot too big, by its code alone",
		OPEN GOOD "< 554 5.3.4 no\n! refused size 554\nidle\n" },
	{ "disk full is not the mail's size",
		OPEN GOOD "< 552 5.3.1 no\n! refused content 552\nidle\n" },
	{ "rset refused",
		OPEN "< 250\n< 250\n< 554 no\n! refused content 554\n> RSET\n< 500\nclosed\n" },

	{ "login wanted",
		OPEN "< 530 5.7.0 first\n! server login 530\n< 503\n< 503\n> RSET\n< 250\nidle\n" },
	{ "encryption wanted",
		OPEN
		"< 530 5.7.0 Must issue a STARTTLS command first\n! server tls 530\n< 503\n< 503\n"
		"> RSET\n< 250\nidle\n" },
	{ "login wanted for the recipient",
		OPEN "< 250\n< 550 5.7.8 first\n! server login 550\n< 503\n> RSET\n< 250\nidle\n" },
	{ "login lost", OPEN "< 535 no\n! server login 535\n< 503\n< 503\n> RSET\n< 250\nidle\n" },

	{ "421 for mail", OPEN "< 421 bye\n! server broken 421\nclosed\n" },
	{ "421 for rcpt", OPEN "< 250\n< 421 bye\n! deferred recipient 421\nclosed\n" },
	{ "421 for data", OPEN "< 250\n< 250\n< 421 bye\n! deferred content 421\nclosed\n" },
	{ "421 for the dot", OPEN GOOD "< 421 bye\n! deferred content 421\nclosed\n" },
	{ "421 for rset",
		OPEN "< 550\n! refused sender 550\n< 503\n< 503\n> RSET\n< 421 x\nclosed\n" },
	{ "421 before anything", "< 421 idle\nclosed\n" },
	{ "421 crosses the next mail", "hold\nstart\n< 421 idle\n! server broken 421\nclosed\n" },
	{ "421 between mails",
		OPEN GOOD "< 250 taken\n! sent none 250\nidle\n< 421 idle\nclosed\n" },
	{ "421 after a refusal",
		OPEN "< 250\n< 550\n! refused recipient 550\n< 421 bye\nclosed\n" },

	{ "broken at mail", OPEN "break\n! deferred broken 0\nclosed\n" },
	{ "broken at rcpt", OPEN "< 250\nbreak\n! deferred broken 0\nclosed\n" },
	{ "broken at data", OPEN "< 250\n< 250\nbreak\n! deferred broken 0\nclosed\n" },
	{ "broken in the body",
		OPEN "hold\n< 250\n< 250\n< 354\nbreak\n! deferred broken 0\nclosed\n" },
	{ "broken after the dot", OPEN GOOD "break\n! in-doubt broken 0\nclosed\n" },
	{ "broken in the dot's reply", OPEN GOOD "< 250-ta\nbreak\n! in-doubt broken 0\nclosed\n" },
	{ "broken after a refusal", OPEN "< 550\n! refused sender 550\nbreak\nclosed\n" },
	{ "broken while idle", OPEN GOOD "< 250\n! sent none 250\nbreak\nclosed\n" },

	{ "nonsense at mail", OPEN "< hello\n! deferred broken 0\nclosed\n" },
	{ "nonsense at the dot", OPEN GOOD "< hello\n! in-doubt broken 0\nclosed\n" },
	{ "an empty line", OPEN "< \n! deferred broken 0\nclosed\n" },
	{ "codes that are none", OPEN "< 150 x\n! deferred broken 0\nclosed\n" },
	{ "codes that are none either", OPEN "< 650 x\n! deferred broken 0\nclosed\n" },
	{ "a code without a blank", OPEN "< 250ok\n! deferred broken 0\nclosed\n" },
	{ "a code that changes", OPEN "< 250-x\n< 251 y\n! deferred broken 0\nclosed\n" },
	{ "354 for mail", OPEN "< 354 x\n! deferred broken 0\nclosed\n" },
	{ "250 for data", OPEN "< 250\n< 250\n< 250\n! deferred broken 0\nclosed\n" },
	{ "354 for the dot", OPEN GOOD "< 354 x\n! in-doubt broken 0\nclosed\n" },
	{ "334 for the dot", OPEN GOOD "< 334 x\n! in-doubt broken 0\nclosed\n" },
	{ "a reply nobody asked for", "< 250 hello\nclosed\n" },

	{ "given up in the body",
		OPEN "hold\n< 250\n< 250\n< 354\n< 554 enough\n! refused content 554\nclosed\n" },
	{ "put off in the body",
		OPEN "hold\n< 250\n< 250\n< 354\n< 451 later\n! deferred content 451\nclosed\n" },
	{ "accepted in the body",
		OPEN "hold\n< 250\n< 250\n< 354\n< 250 taken\n! deferred broken 0\nclosed\n" },

	{ "quit", "quit\n> QUIT\n< 221 bye\nclosed\n" },
	{ "quit, answered otherwise", "quit\n> QUIT\n< 500 no\nclosed\n" },
	{ "quit, not answered", "quit\n> QUIT\nbreak\nclosed\n" },
};

#undef OPEN
#undef GOOD
#define OPEN "start\n> MAIL FROM:<a@x>\n< 250 ok\n> RCPT TO:<b@y>\n"
#define GOOD OPEN "< 250 ok\n> DATA\n< 354 go\n> hi\n! ready\n> .\n"

static const struct script stepwise[] = {
	{ "accepted", GOOD "< 250 taken\n! sent none 250\nidle\n" },
	{ "twice", GOOD "< 250\n! sent none 250\nidle\n" GOOD "< 250\n! sent none 250\nidle\n" },
	{ "sender refused",
		"start\n> MAIL FROM:<a@x>\n< 550 no\n! refused sender 550\n> RSET\nbusy\n< 250\nidle\n" },
	{ "recipient refused", OPEN "< 550 no\n! refused recipient 550\n> RSET\n< 250\nidle\n" },
	{ "data refused",
		OPEN "< 250\n> DATA\n< 554 no\n! refused content 554\n> RSET\n< 250\nidle\n" },
	{ "dot refused", GOOD "< 554 no\n! refused content 554\nidle\n" },
	{ "421 for rcpt", OPEN "< 421 bye\n! deferred recipient 421\nclosed\n" },
	{ "replies ahead of commands",
		"start\n> MAIL FROM:<a@x>\n< 250 ok\n< 250 ok\n! deferred broken 0\nclosed\n" },
	{ "broken at rcpt", OPEN "break\n! deferred broken 0\nclosed\n" },
	{ "broken after the dot", GOOD "break\n! in-doubt broken 0\nclosed\n" },
};

static const struct dialogue_mail mail = { "a@x", "b@y", "hi", 2 };

struct run {
	struct dialogue *dialogue;
	struct str sent; /* and not yet expected */
	size_t piece;    /* bytes that are moved at a time */
	bool hold;
	enum dialogue_event event; /* not yet expected */
};

static void run_event(struct run *run)
{
	enum dialogue_event event = dialogue_event(run->dialogue);

	if (event == DIALOGUE_NOTHING)
		return;
	CHECK_INT(run->event, DIALOGUE_NOTHING);
	run->event = event;
}

static void run_send(struct run *run)
{
	const char *bytes;
	size_t n;

	while (!run->hold && (bytes = dialogue_output(run->dialogue, &n)) != NULL) {
		n = n < run->piece ? n : run->piece;
		str_add_bytes(&run->sent, bytes, n);
		dialogue_sent(run->dialogue, n);
		run_event(run);
	}
}

static void run_hear(struct run *run, const char *bytes, size_t n)
{
	for (size_t k; n > 0; bytes += k, n -= k) {
		k = n < run->piece ? n : run->piece;
		dialogue_input(run->dialogue, bytes, k);
		run_event(run);
	}
	run_send(run);
}

static void run_expect_sent(struct run *run, const char *line)
{
	char expected[300];
	size_t n = (size_t)snprintf(expected, sizeof(expected), "%s\r\n", line);

	if (run->sent.len < n || memcmp(run->sent.data, expected, n) != 0) {
		CHECK_TEXT(str_text(&run->sent), expected);
		return;
	}
	run->sent.len -= n;
	memmove(run->sent.data, run->sent.data + n, run->sent.len + 1);
}

static void run_expect_event(struct run *run, const char *words)
{
	const struct post_result *result = dialogue_result(run->dialogue);
	enum dialogue_event event = run->event;
	char found[100];

	run->event = DIALOGUE_NOTHING;
	if (str_equal(words, "ready")) {
		CHECK_INT(event, DIALOGUE_READY);
		CHECK_INT(dialogue_wait(run->dialogue), DIALOGUE_WAIT_NONE);
		dialogue_release(run->dialogue);
		CHECK_INT(dialogue_wait(run->dialogue), DIALOGUE_WAIT_DOT);
		run_send(run);
		return;
	}
	CHECK_INT(event, DIALOGUE_SETTLED);
	(void)snprintf(found, sizeof(found), "%s %s %d", post_outcome_name(result->outcome),
		post_cause_name(result->cause), result->code);
	CHECK_TEXT(found, words);
	CHECK(strlen(result->text) > 10 && !strchr(result->text, '\r'));
}

static void run_word(struct run *run, const char *word)
{
	if (str_equal(word, "start")) {
		CHECK_INT(dialogue_start(run->dialogue, &mail, NULL), 0);
		run_event(run);
		run_send(run);
	} else if (str_equal(word, "quit")) {
		dialogue_quit(run->dialogue);
		run_send(run);
	} else if (str_equal(word, "break")) {
		dialogue_break(run->dialogue, POST_CAUSE_BROKEN, "it broke");
		run_event(run);
	} else if (str_equal(word, "hold")) {
		run->hold = true;
	} else {
		CHECK(dialogue_is_idle(run->dialogue) == str_equal(word, "idle"));
		CHECK(dialogue_is_closed(run->dialogue) == str_equal(word, "closed"));
		CHECK(dialogue_wait(run->dialogue) ==
			(str_equal(word, "busy") ? DIALOGUE_WAIT_REPLY : DIALOGUE_WAIT_NONE));
		CHECK_INT(dialogue_start(
				  run->dialogue, &(struct dialogue_mail){ "", "", "", 0 }, NULL),
			str_equal(word, "idle") ? -EINVAL : -EBUSY);
	}
}

/* All that the server says up to our next turn comes as one, cut into pieces of the same size. */
static void run_script(const struct script *script, const struct ehlo_offer *offer, size_t piece)
{
	struct run run = { .piece = piece };
	struct str heard = STR_INIT;
	char line[300];

	TEST_ROW("%s, in pieces of %zu", script->name, piece);
	CHECK_INT(dialogue_new(&run.dialogue, offer, NULL, NULL, NULL), 0);
	for (const char *at = script->text; *at; at += strcspn(at, "\n") + 1) {
		(void)snprintf(line, sizeof(line), "%.*s", (int)strcspn(at, "\n"), at);
		if (line[0] == '<') {
			str_addf(&heard, "%s\r\n", line + 2);
			if (at[strlen(line) + 1] == '<')
				continue;
			run_hear(&run, heard.data, heard.len);
			str_clear(&heard);
		} else if (line[0] == '>') {
			run_expect_sent(&run, line + 2);
		} else if (line[0] == '!') {
			run_expect_event(&run, line + 2);
		} else {
			run_word(&run, line);
		}
	}
	CHECK_INT(run.event, DIALOGUE_NOTHING);
	CHECK_TEXT(str_text(&run.sent), "");
	str_done(&heard);
	str_done(&run.sent);
	dialogue_free(run.dialogue);
}

static void dialogue_pipelined(void)
{
	static const struct ehlo_offer offer = { .pipelining = true, .size = true };
	static const size_t pieces[] = { 1, 2, 3, 5, 7, 11, 64, 1000 };

	for (size_t i = 0; i < ARRAY_SIZE(pipelined); i++)
		for (size_t k = 0; k < ARRAY_SIZE(pieces); k++)
			run_script(&pipelined[i], &offer, pieces[k]);
}

static void dialogue_stepwise(void)
{
	static const struct ehlo_offer offer = { .pipelining = false };

	for (size_t i = 0; i < ARRAY_SIZE(stepwise); i++)
		for (size_t piece = 1; piece < 70; piece++)
			run_script(&stepwise[i], &offer, piece);
}

/* Refuses every step with every class of reply: where it ends does not depend on the step's words.
 */
static void dialogue_every_step_and_class(void)
{
	static const struct ehlo_offer offer = { .pipelining = true };
	static const char *const good[] = { "250 ok\r\n", "250 ok\r\n", "354 go\r\n",
		"250 ok\r\n" };
	static const char digits[] = "12345";

	for (size_t step = 0; step < ARRAY_SIZE(good); step++)
		for (size_t d = 0; digits[d]; d++) {
			struct run run = { .piece = 1000 };
			char reply[] = "x50 hm\r\n";
			bool yes = digits[d] == good[step][0];

			TEST_ROW("step %zu, class %c", step, digits[d]);
			reply[0] = digits[d];
			CHECK_INT(dialogue_new(&run.dialogue, &offer, NULL, NULL, NULL), 0);
			CHECK_INT(dialogue_start(run.dialogue, &mail, NULL), 0);
			run_send(&run);
			for (size_t i = 0; i <= step; i++) {
				run_hear(&run, i == step ? reply : good[i], strlen(reply));
				if (run.event != DIALOGUE_READY)
					continue;
				run.event = DIALOGUE_NOTHING;
				dialogue_release(run.dialogue);
				run_send(&run);
			}
			CHECK((run.event == DIALOGUE_SETTLED) == (!yes || step == 3));
			if (run.event == DIALOGUE_SETTLED)
				CHECK_INT(dialogue_result(run.dialogue)->outcome,
					yes                        ? POST_SENT
						: digits[d] == '5' ? POST_REFUSED
						: digits[d] == '4' ? POST_DEFERRED
						: step == 3        ? POST_IN_DOUBT
								   : POST_DEFERRED);
			str_done(&run.sent);
			dialogue_free(run.dialogue);
		}
}

/* The break is in doubt only where the whole of the last line was handed on. */
static void dialogue_doubt_begins_with_the_whole_dot(void)
{
	static const struct ehlo_offer offer = { .pipelining = true };

	for (size_t handed = 0; handed <= 3; handed++) {
		struct run run = { .piece = 1000 };
		size_t n = 0;

		TEST_ROW("%zu bytes of the dot", handed);
		CHECK_INT(dialogue_new(&run.dialogue, &offer, NULL, NULL, NULL), 0);
		CHECK_INT(dialogue_start(run.dialogue, &mail, NULL), 0);
		run_send(&run);
		run_hear(&run, "250\r\n250\r\n354\r\n", 15);
		CHECK_INT(run.event, DIALOGUE_READY);
		dialogue_release(run.dialogue);
		dialogue_release(run.dialogue);
		CHECK(dialogue_output(run.dialogue, &n) != NULL);
		CHECK_INT(n, 3);
		dialogue_sent(run.dialogue, handed);
		/* What the server says before it has the dot is no answer to it. */
		if (handed < 3)
			dialogue_input(run.dialogue, "250 taken\r\n", 11);
		else
			dialogue_break(run.dialogue, POST_CAUSE_TIMEOUT, "it is slow");
		CHECK_INT(dialogue_event(run.dialogue), DIALOGUE_SETTLED);
		CHECK_INT(dialogue_result(run.dialogue)->outcome,
			handed < 3 ? POST_DEFERRED : POST_IN_DOUBT);
		CHECK_INT(dialogue_result(run.dialogue)->cause,
			handed < 3 ? POST_CAUSE_BROKEN : POST_CAUSE_TIMEOUT);
		str_done(&run.sent);
		dialogue_free(run.dialogue);
	}
}

static void dialogue_what_does_not_fit_the_offer(void)
{
	static const struct {
		struct ehlo_offer offer;
		struct dialogue_mail mail;
		const char *command; /* NULL: settled at once as `cause` */
		enum post_cause cause;
	} rows[] = {
		{ { .size = true, .size_max = 4 }, { "a", "b", "hi\r\n", 4 },
			"MAIL FROM:<a> SIZE=4", POST_CAUSE_NONE },
		{ { .size = true, .size_max = 3 }, { "a", "b", "hi\r\n", 4 }, NULL,
			POST_CAUSE_SIZE },
		{ { .size = true, .size_max = 3 }, { "a", "b", "hi", 2 }, NULL, POST_CAUSE_SIZE },
		{ { .size = true }, { "a", "b", ".\n.", 3 }, "MAIL FROM:<a> SIZE=6",
			POST_CAUSE_NONE },
		{ { .eightbit = true }, { "a", "b", "\xc3\xa4", 2 }, "MAIL FROM:<a> BODY=8BITMIME",
			POST_CAUSE_NONE },
		{ { .eightbit = true }, { "a", "b", "a", 1 }, "MAIL FROM:<a>", POST_CAUSE_NONE },
		{ { .size = true }, { "a", "b", "\xc3\xa4", 2 }, NULL, POST_CAUSE_CONTENT },
		{ { .size = true }, { "\xc3\xa4", "b", "a", 1 }, NULL, POST_CAUSE_SENDER },
		{ { .size = true }, { "a", "\xc3\xa4", "a", 1 }, NULL, POST_CAUSE_RECIPIENT },
		{ { .smtputf8 = true }, { "a", "\xc3\xa4", "a", 1 }, "MAIL FROM:<a> SMTPUTF8",
			POST_CAUSE_NONE },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct run run = { .piece = 1000 };

		TEST_ROW("row %zu", i);
		CHECK_INT(dialogue_new(&run.dialogue, &rows[i].offer, NULL, NULL, NULL), 0);
		CHECK_INT(dialogue_start(run.dialogue, &rows[i].mail, NULL), 0);
		run_send(&run);
		if (rows[i].command) {
			run_expect_sent(&run, rows[i].command);
			CHECK_INT(dialogue_event(run.dialogue), DIALOGUE_NOTHING);
		} else {
			CHECK_INT(dialogue_event(run.dialogue), DIALOGUE_SETTLED);
			CHECK_INT(dialogue_result(run.dialogue)->outcome, POST_REFUSED);
			CHECK_INT(dialogue_result(run.dialogue)->cause, rows[i].cause);
			CHECK(dialogue_is_idle(run.dialogue));
			CHECK_TEXT(str_text(&run.sent), "");
		}
		str_done(&run.sent);
		dialogue_free(run.dialogue);
	}
}

static void dialogue_addresses(void)
{
	static const struct {
		const char *address;
		int expected;
	} rows[] = {
		{ "a@b", 0 },
		{ "a", 0 },
		{ "a+b=c@[127.0.0.1]", 0 },
		{ "\xc3\xa4@b", 0 },
		{ "", -EINVAL },
		{ NULL, -EINVAL },
		{ "a@b\r\n", -EINVAL },
		{ "a\n@b", -EINVAL },
		{ "a\r@b", -EINVAL },
		{ "a@b>", -EINVAL },
		{ "<a@b", -EINVAL },
		{ "a b@c", -EINVAL },
		{ "a@b\t", -EINVAL },
		{ "a@b\x7f", -EINVAL },
		{ "a@b> SIZE=1", -EINVAL },
	};
	char longest[256];

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct err e = { "" };

		TEST_ROW("%s", rows[i].address ? rows[i].address : "NULL");
		CHECK_INT(dialogue_check_address(rows[i].address, "sender", &e), rows[i].expected);
		CHECK((strstr(e.text, "sender") != NULL) == (rows[i].expected < 0));
	}
	memset(longest, 'a', sizeof(longest));
	longest[254] = '\0';
	CHECK_INT(dialogue_check_address(longest, "sender", NULL), 0);
	longest[254] = 'a';
	longest[255] = '\0';
	CHECK_INT(dialogue_check_address(longest, "sender", NULL), -EINVAL);
}

static void dialogue_take_line(void *userdata, const char *line)
{
	str_add(userdata, line);
	str_add_char(userdata, '\n');
}

static void dialogue_trace_and_words(void)
{
	static const struct ehlo_offer offer = { .pipelining = false };
	static const char reply[] = "550-5.1.1 no\x1b[31m such\r\n550 5.1.1 user \xff here\r\n";
	struct run run = { .piece = 1000 };
	struct str trace = STR_INIT;

	CHECK_INT(dialogue_new(&run.dialogue, &offer, dialogue_take_line, &trace, NULL), 0);
	CHECK_INT(dialogue_start(run.dialogue, &mail, NULL), 0);
	run_send(&run);
	run_hear(&run, "250 ok\r\n", 8);
	run_hear(&run, reply, strlen(reply));
	CHECK_TEXT(dialogue_result(run.dialogue)->text,
		"The server refuses the recipient b@y: 550 5.1.1 no such user \xef\xbf\xbd here");
	CHECK_TEXT(str_text(&trace),
		"> MAIL FROM:<a@x>\n< 250 ok\n> RCPT TO:<b@y>\n"
		"< 550 5.1.1 no such user \xef\xbf\xbd here\n> RSET\n");
	str_done(&trace);
	str_done(&run.sent);
	dialogue_free(run.dialogue);
}

/* A timeout starts anew with each reply and each byte taken, not with half a reply. */
static void dialogue_progress_counts_replies_and_bytes(void)
{
	static const struct ehlo_offer offer = { .pipelining = true };
	struct run run = { .piece = 1000 };
	uint64_t before;

	CHECK_INT(dialogue_new(&run.dialogue, &offer, NULL, NULL, NULL), 0);
	CHECK_INT(dialogue_start(run.dialogue, &mail, NULL), 0);
	before = dialogue_progress(run.dialogue);
	run_send(&run);
	CHECK(dialogue_progress(run.dialogue) > before);
	before = dialogue_progress(run.dialogue);
	run_hear(&run, "250-half\r\n25", 12);
	CHECK_INT(dialogue_progress(run.dialogue), before);
	run_hear(&run, "0 whole\r\n", 9);
	CHECK(dialogue_progress(run.dialogue) > before);
	str_done(&run.sent);
	dialogue_free(run.dialogue);
}

TEST_MAIN(TEST(dialogue_pipelined), TEST(dialogue_stepwise), TEST(dialogue_every_step_and_class),
	TEST(dialogue_doubt_begins_with_the_whole_dot), TEST(dialogue_what_does_not_fit_the_offer),
	TEST(dialogue_addresses), TEST(dialogue_trace_and_words),
	TEST(dialogue_progress_counts_replies_and_bytes))
