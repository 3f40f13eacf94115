/* SPDX-License-Identifier: MIT */
#include "cli/guess.h"
#include "core/mem.h"
#include "test.h"

static void guess_distances(void)
{
	static const struct {
		const char *a, *b;
		size_t distance;
	} rows[] = {
		{ "", "", 0 },
		{ "", "me", 2 },
		{ "done", "done", 0 },
		{ "dnoe", "done", 1 },
		{ "don", "done", 1 },
		{ "doone", "done", 1 },
		{ "dome", "done", 1 },
		{ "follwup", "follow-up", 2 },
		{ "a", "abcdefghijklmnop", 99 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s, %s", rows[i].a, rows[i].b);
		CHECK_INT(guess_distance(rows[i].a, rows[i].b), rows[i].distance);
		CHECK_INT(guess_distance(rows[i].b, rows[i].a), rows[i].distance);
	}
}

static void guess_of_words(void)
{
	static const char *const stages[] = { "sent", "accepted", "declined" };
	static const struct {
		const char *text, *word;
	} rows[] = {
		{ "acepted", "accepted" },
		{ "acceptde", "accepted" },
		{ "declinde", "declined" },
		{ "sen", "sent" },
		{ "sand", NULL }, /* a name */
		{ "sent", NULL },
		{ "Kern", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		CHECK_TEXT(guess_word(rows[i].text, stages, ARRAY_SIZE(stages)), rows[i].word);
	}
}

TEST_MAIN(TEST(guess_distances), TEST(guess_of_words))
