/* SPDX-License-Identifier: MIT */
#include "base/retell.h"

#include "base/lang.h"
#include "test.h"

#include <stdlib.h>

static const char *same(const char *text)
{
	return text;
}

/* A language in which all is said louder: formats are marked, and one has its texts in another order. */
static const char *louder(const char *text)
{
	static const struct {
		const char *text, *louder;
	} rows[] = {
		{ "the server hung up", "HUNG UP" },
		{ "%s, after it had said", "%s, HAVING SAID" },
		{ "the server did not answer within %u seconds", "%u SECONDS" },
		{ "The server refuses the sender %s: %s", "%2$s, FOR %1$s" },
		{ "The connection was lost before the mail was sent whole: %s.", "LOST: %s." },
		{ "nudged-send was ended by signal %d", "SIGNAL %d" },
		{ "before the mail was sent", "BEFORE" },
		{ "%s, which should print the password, ended with status %d", "%s: %d" },
		{ "the password cannot be read from %s: %s", "NOT READ: %s: %s" },
		{ "no backup was made", "NO BACKUP" },
		{ "%s is damaged: %s", "DAMAGED %s: %s" },
		{ "the disk is full; make room", "FULL" },
		{ "the %s's address is empty", "EMPTY %s" },
		{ "recipient", "RECIPIENT" },
		{ "the mail has %zu bytes, at most %zu may be", "%2$zu < %1$zu" },
		{ "the server's reply changes its code from %d to %d midway", "%d, %d" },
		{ "Memory ran out.", "MEMORY" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_equal(rows[i].text, text))
			return rows[i].louder;
	return text;
}

static void sentences_are_found_in_what_was_kept(void)
{
	static const struct {
		const char *kept, *said;
	} rows[] = {
		{ "the server hung up", "HUNG UP" },
		{ "localhost:587: the server hung up", "localhost:587: HUNG UP" },
		{ "localhost:587: the server hung up, after it had said: 250 ok",
			"localhost:587: HUNG UP, HAVING SAID: 250 ok" },
		{ "a: the server did not answer within 30 seconds", "a: 30 SECONDS" },
		{ "The server refuses the sender a@b: 550 not you: go",
			"550 not you: go, FOR a@b" },
		{ "The connection was lost before the mail was sent whole: the server hung up.",
			"LOST: HUNG UP." },
		{ "nudged-send was ended by signal 9 before the mail was sent.",
			"SIGNAL 9 BEFORE." },
		{ "pass, which should print the password, ended with status 2.", "pass: 2." },
		{ "the password cannot be read from /a b/c: No such file or directory.",
			"NOT READ: /a b/c: No such file or directory." },
		{ "no backup was made: /b.db is damaged: row 3",
			"DAMAGED NO BACKUP: /b.db: row 3" },
		{ "database /n.db: the disk is full; make room", "database /n.db: FULL" },
		{ "the recipient's address is empty", "EMPTY RECIPIENT" },
		{ "the mail has 12 bytes, at most 7 may be", "7 < 12" },
		{ "the server's reply changes its code from 250 to 550 midway", "250, 550" },
		{ "Memory ran out.", "MEMORY" },
		/* What merely looks like one is left alone. */
		{ "", "" },
		{ ": ", ": " },
		{ ".", "." },
		{ "550 5.7.1 go away", "550 5.7.1 go away" },
		{ "the server hung", "the server hung" },
		{ "the server hung up again", "the server hung up again" },
		{ "the server did not answer within a few seconds",
			"the server did not answer within a few seconds" },
		{ "100% %s %n", "100% %s %n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT, again = STR_INIT;

		TEST_ROW("%s", rows[i].kept);
		retell(&out, rows[i].kept, louder);
		CHECK_TEXT(str_text(&out), rows[i].said);
		retell(&again, rows[i].kept, same);
		CHECK_TEXT(str_text(&again), rows[i].kept);
	}
}

/* Deeper than any sentence was ever put together. */
static void depth_has_an_end(void)
{
	_cleanup_str_ struct str text = STR_INIT, out = STR_INIT;

	for (int i = 0; i < 1000; i++)
		str_add(&text, "no backup was made: ");
	str_add(&text, "the server hung up");
	retell(&out, str_text(&text), same);
	CHECK_TEXT(str_text(&out), str_text(&text));
}

/* Every format, with something put in, in the language itself: no English is left in its frame. */
static void german_knows_every_format(void)
{
	const char *top = getenv("TOP_BUILDDIR");
	_cleanup_str_ struct str folder = STR_INIT;

	lang_init();
	str_addf(&folder, "%s/locale", top ? top : ".");
	(void)bindtextdomain(PACKAGE, str_text(&folder));
	lang_use("de");
	for (const char *const *known = retell_known; *known; known++) {
		TEST_ROW("%s", *known);
		CHECK(!str_equal(gettext(*known), *known));
	}
	lang_use("en");
}

TEST_MAIN(TEST(sentences_are_found_in_what_was_kept), TEST(depth_has_an_end),
	TEST(german_knows_every_format))
