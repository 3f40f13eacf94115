/* SPDX-License-Identifier: MIT */
#include "digest/talk.h"

#include "core/utf8.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* A part by its first letter: s a sentence, h a hint, n a note, t a touch; else a fact, with its frame up to
 * the colon. */
static void add(struct talk *talk, const char *part)
{
	_cleanup_str_ struct str frame = STR_INIT;
	const char *text = strstr(part, ": ");

	if (str_starts(part, "s "))
		talk_say(talk, str_dup(part + 2));
	else if (str_starts(part, "h "))
		talk_hint(talk, str_dup(part + 2));
	else if (str_starts(part, "t "))
		talk_tell(talk, str_dup("Met: " TALK_TEXT), part + 2);
	else if (str_starts(part, "n "))
		talk_note(talk, part + 2);
	else {
		str_add_bytes(&frame, part, (size_t)(text + 2 - part));
		str_add(&frame, TALK_TEXT ".");
		talk_tell(talk, str_take(&frame), text + 2);
	}
}

#define FIRST  "First: what was said on a long walk" /* 36 columns with its full stop */
#define SECOND "Second: what they are looking for now"

static void what_finds_no_room_goes(void)
{
	static const struct {
		const char *parts[5];
		size_t columns;
		const char *expected;
		bool cut;
	} rows[] = {
		{ { NULL }, 70, "", false },
		{ { "s One.", "s Two" }, 70, "One. Two", false },
		{ { "s One", "s Two" }, 70, "One · Two", false },
		{ { "n One …", "s Two" }, 70, "One … · Two", false },
		/* Two notes stay two. */
		{ { "t one.", "n Two." }, 70, "Met: one. · Two.", false },
		{ { "n One!", "s Two." }, 70, "One! · Two.", false },
		/* Sentences stay. */
		{ { "s One.", "s Two" }, 3, "One. Two", false },
		/* Hints go, the last one first, whatever stands behind them. */
		{ { "s One.", "h Two.", "h Three." }, 16, "One. Two. Three.", false },
		{ { "h One.", "s Two.", "h Three." }, 10, "One. Two.", false },
		{ { "h One.", "s Two.", "h Three." }, 8, "Two.", false },
		/* Then notes, which are cut where enough of them is left. */
		{ { "s One.", "n twenty columns of text, or more" }, 33,
			"One. twenty columns of text, or …", true },
		{ { "s One.", "n twenty columns of text, or more" }, 23, "One.", true },
		{ { "s One.", "n twenty columns of text, or more", "h Hint." }, 38,
			"One. twenty columns of text, or more", false },
		/* Facts are cut alike, a short one is whole. */
		{ { FIRST }, 36, FIRST ".", false },
		{ { FIRST }, 34, "First: what was said on a long ….", true },
		{ { FIRST, SECOND }, 75, FIRST ". " SECOND ".", false },
		{ { FIRST, SECOND }, 72,
			"First: what was said on a long …. Second: what they are looking for ….",
			true },
		{ { FIRST, "Second: short" }, 50,
			"First: what was said on a long …. Second: short.", true },
		/* The last one goes where two have no room. */
		{ { FIRST, SECOND }, 40, FIRST ".", true },
		{ { FIRST, SECOND, "n a note" }, 80, FIRST ". " SECOND ".", true },
		{ { FIRST }, 12, "", true },
		{ { "s One.", FIRST }, 12, "One.", true },
		/* A text is one line. */
		{ { "n  two\n\tlines " }, 70, "two lines", false },
		{ { "n Ünï, 日本 und so weiter, 日本 und so weiter" }, 30,
			"Ünï, 日本 und so weiter, …", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_talk_ struct talk talk = { 0 };
		_cleanup_free_ char *found = NULL;
		bool cut;

		for (size_t k = 0; k < 5 && rows[i].parts[k]; k++)
			add(&talk, rows[i].parts[k]);
		found = talk_take(&talk, rows[i].columns, &cut);
		TEST_ROW("%zu: %s", i, found);
		CHECK_TEXT(found, rows[i].expected);
		CHECK_INT(cut, rows[i].cut);
	}
}

/* At any width: no wider than asked for, where no sentence is. */
static void nothing_is_too_wide(void)
{
	for (size_t columns = 0; columns < 120; columns++) {
		_cleanup_talk_ struct talk talk = { 0 };
		_cleanup_free_ char *found = NULL;
		bool cut;

		add(&talk, FIRST);
		add(&talk, SECOND);
		add(&talk, "n 日本語 and a note, as long as notes are");
		add(&talk, "h A hint.");
		found = talk_take(&talk, columns, &cut);
		TEST_ROW("%zu columns: %s", columns, found);
		CHECK(utf8_width(found) <= columns);
		CHECK(utf8_valid(found, strlen(found)));
	}
}

static void what_failed_is_told(void)
{
	_cleanup_talk_ struct talk missing = { 0 }, full = { 0 };
	bool cut;

	talk_say(&missing, str_dup("One."));
	talk_say(&missing, NULL);
	CHECK(talk_take(&missing, 70, &cut) == NULL);
	for (int i = 0; i <= TALK_PARTS; i++)
		talk_say(&full, str_dup("One."));
	CHECK(talk_take(&full, 70, &cut) == NULL);
}

TEST_MAIN(TEST(what_finds_no_room_goes), TEST(nothing_is_too_wide), TEST(what_failed_is_told))
