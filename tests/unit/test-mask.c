/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "post/mask.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define TOKEN "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.c2lnbmVk"

static void what_is_taken_out(void)
{
	static const struct {
		const char *secret, *text, *masked;
	} rows[] = {
		{ "h4rd", "535 no user with h4rd", "535 no user with ***" },
		{ "h4rd", "h4rd, h4rdh4rd, h4r", "***, ******, h4r" },
		{ "h4r", "535 h4r", "535 h4r" }, /* too short a one */
		{ "", "535 no", "535 no" },
		{ "a`b c", "\"a'b c\"", "\"***\"" },
		{ "gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f!", "***!" },
		/* "h4rd-secret" and "\0anna\0h4rd-secret" and "x" + "h4rd-secret" */
		{ "h4rd-secret", "334 aDRyZC1zZWNyZXQ=", "334 ***" },
		{ "h4rd-secret", "no AGFubmEAaDRyZC1zZWNyZXQ= here", "no *** here" },
		{ "h4rd-secret", "<eGg0cmQtc2VjcmV0>", "<***>" },
		{ "h4rd-secret", "<eHloNHJkLXNlY3JldA>", "<***>" },
		{ "h4rd-secret", "aDRy ZC1z", "aDRy ZC1z" },
		{ "h4rd", "aDRyZA== eGg0cmQ= eHloNHJk", "*** *** ***" },
		/* A long one that the reader of replies has cut. */
		{ TOKEN, "bad token " TOKEN " here", "bad token *** here" },
		{ TOKEN, "bad token eyJhbGciOiJub25lIn0.eyJz", "bad token ***" },
		{ TOKEN, "\"eyJhbGciOiJub25l\" is no reply", "\"***" },
		{ TOKEN, "eyJhbGciOiJub25", "eyJhbGciOiJub25" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (uint64_t key = 0; key < 3; key++) {
			struct mask mask = { .key = key * 0x9e3779b97f4a7c15u };
			char text[200];

			TEST_ROW("%s in %s", rows[i].secret, rows[i].text);
			(void)snprintf(text, sizeof(text), "%s", rows[i].text);
			mask_learn(&mask, "another-one");
			mask_learn(&mask, rows[i].secret);
			mask_apply(&mask, text);
			CHECK_TEXT(text, rows[i].masked);
		}
}

static void who_has_learnt_nothing_takes_nothing_out(void)
{
	struct mask mask = { .key = 1 };
	char text[] = "535 no";

	mask_apply(&mask, text);
	CHECK_TEXT(text, "535 no");
}

static void the_secret_is_not_kept(void)
{
	struct mask mask = { .key = 1 };

	mask_learn(&mask, TOKEN);
	CHECK(!memmem(&mask, sizeof(mask), TOKEN, MASK_SHORTEST));
}

TEST_MAIN(TEST(what_is_taken_out), TEST(who_has_learnt_nothing_takes_nothing_out),
	TEST(the_secret_is_not_kept))
