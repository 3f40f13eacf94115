/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "core/utf8.h"
#include "post/result.h"
#include "test.h"

#include <string.h>

static void result_every_cause_has_advice(void)
{
	CHECK_TEXT(post_cause_advice(POST_CAUSE_NONE), "");
	for (int i = POST_CAUSE_NONE + 1; i < POST_CAUSE_COUNT; i++) {
		const char *advice = post_cause_advice((enum post_cause)i);

		TEST_ROW("cause %d", i);
		if (!CHECK(!str_empty(advice)))
			continue;
		CHECK(advice[0] >= 'A' && advice[0] <= 'Z');
		CHECK(advice[strlen(advice) - 1] == '.');
	}
	CHECK_TEXT(post_cause_advice(POST_CAUSE_COUNT), "");
}

static void result_fields_are_set(void)
{
	struct post_result result;

	memset(&result, 0xff, sizeof(result));
	post_result_set(&result, POST_REFUSED, POST_CAUSE_SIZE, 552, "%s %d", "over", 7);
	CHECK_INT(result.outcome, POST_REFUSED);
	CHECK_INT(result.cause, POST_CAUSE_SIZE);
	CHECK_INT(result.code, 552);
	CHECK_TEXT(result.text, "over 7");
}

/* Whatever the sentence's length, it ends with a whole character. */
static void result_long_sentences_are_cut_at_a_character(void)
{
	char text[1200];

	for (size_t shift = 0; shift < 4; shift++)
		for (size_t n = 480; n < 1100; n += 7) {
			struct post_result result;
			struct str s = STR_INIT;

			for (size_t i = 0; i < shift; i++)
				str_add_char(&s, 'a');
			while (s.len < n)
				str_add(&s, "\xe2\x82\xac");
			memcpy(text, str_text(&s), s.len + 1);
			str_done(&s);
			post_result_set(&result, POST_SENT, POST_CAUSE_NONE, 0, "%s", text);
			TEST_ROW("shift %zu, %zu bytes", shift, n);
			CHECK(utf8_valid(result.text, strlen(result.text)));
			CHECK(strncmp(result.text, text, strlen(result.text)) == 0);
			CHECK(strlen(result.text) == strlen(text) ||
				strlen(result.text) > sizeof(result.text) - 5);
		}
}

TEST_MAIN(TEST(result_every_cause_has_advice), TEST(result_fields_are_set),
	TEST(result_long_sentences_are_cut_at_a_character))
