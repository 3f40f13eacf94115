/* SPDX-License-Identifier: MIT */
#include "cli/words.h"

#include "network.h"

static void words_are_said(void)
{
	static const struct {
		const char *context, *word;
		const char *german; /* NULL: no such word */
	} rows[] = {
		{ "coffee", "idea", "Idee" },
		{ "coffee", "no answer", "keine Antwort" },
		{ "coffee", "declined", "abgesagt" },
		{ "outreach", "declined", "abgelehnt" },
		{ "introduction", "asked", "gefragt" },
		{ "ledger", "asked", "erbeten" },
		{ "touch", "met", "getroffen" },
		{ "occasion", "name-day", "Namenstag" },
		{ "mail", "in doubt", "ungewiss" },
		{ "every", "never", "nie" },
		{ "question", "hope", "erhofft" },
		{ "field", "met_place", "kennengelernt wo" },
		/* A word of another context, a part of one, and what a person wrote. */
		{ "coffee", "sent", NULL },
		{ "coffe", "idea", NULL },
		{ "coffee", "ide", NULL },
		{ "", "idea", NULL },
		{ "occasion", "der Umzug", NULL },
		{ "every", "6w", NULL },
		{ "coffee", "", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s %s", rows[i].context, rows[i].word);
		network_speak("en");
		CHECK_TEXT(words_say(rows[i].context, rows[i].word), rows[i].word);
		network_speak("de");
		CHECK_TEXT(words_say(rows[i].context, rows[i].word),
			rows[i].german ? rows[i].german : rows[i].word);
	}
	CHECK(words_say("coffee", NULL) == NULL);
}

static void columns_hold_the_widest(void)
{
	network_speak("en");
	CHECK_INT(words_columns("ledger"), 8); /* received */
	CHECK_INT(words_columns("question"), 10);
	CHECK_INT(words_columns("ledge"), 0);
	network_speak("de");
	CHECK_INT(words_columns("ledger"), 9); /* angeboten */
}

static void what_is_held(void)
{
	static const struct {
		const char *field, *text, *english, *german;
	} rows[] = {
		{ "birthday", "1984-03-12 b7", "12 March 1984 b7", "12. März 1984 b7" },
		{ "name-day", "--07-26", "26 July", "26. Juli" },
		{ "coffee", "agreed", "agreed", "verabredet" },
		{ "outreach", "sent", "sent", "abgeschickt" },
		{ "busy_inbox", "yes", "yes", "ja" },
		{ "introduction", "asked, with Ben: a flat", "asked, with Ben: a flat",
			"gefragt, mit Ben: a flat" },
		{ "help", "helped: a flat", "helped: a flat", "hat geholfen: a flat" },
		{ "introduction", "known, with Al, with Bo", "known, with Al, with Bo",
			"kennen sich schon, mit Al, with Bo" },
		{ "help", "", "", "" },
		{ "note", "met 1984-03-12", "met 1984-03-12", "met 1984-03-12" },
		{ "org", "agreed", "agreed", "agreed" },
		{ "birthday", "1984-13-12", "1984-13-12", "1984-13-12" },
		{ "note", "", "", "" },
		{ "note", NULL, "", "" },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;
		size_t k = i / 2;

		TEST_ROW("%s, %s", rows[k].field, i % 2 ? "German" : "English");
		network_speak(i % 2 ? "de" : "en");
		words_add_held(&out, rows[k].field, rows[k].text);
		CHECK_TEXT(str_text(&out), i % 2 ? rows[k].german : rows[k].english);
	}
}

/* In English a change is told as it was noted. */
static void changes_are_told(void)
{
	static const struct {
		const char *noted, *german;
	} rows[] = {
		{ "add Anna Schmidt", "Anna Schmidt aufgenommen" },
		{ "edit 100%s", "100%s geändert" },
		{ "me", "deine Angaben" },
		{ "tag friends", "Schlagwort friends" },
		{ "occasion der Umzug", "Anlass der Umzug" },
		{ "follow-up send the slides", "Wiedervorlage send the slides" },
		{ "done b7 ...", "b7 ... erledigt" },
		{ "skip b7", "b7 ausgelassen" },
		{ "snooze b7", "b7 zurückgestellt" },
		{ "drop b7", "b7 gestrichen" },
		{ "log Anna Schmidt met", "Anna Schmidt: getroffen" },
		{ "coffee with Anna", "Kaffee mit Anna" },
		{ "introduce Anna and Ben", "Anna und Ben einander vorstellen" },
		{ "merge Ann and Anna Schmidt", "Ann und Anna Schmidt zusammengeführt" },
		{ "duplicates --differ #1 #3", "#1 #3 sind zwei Personen" },
		{ "outreach Eva Kern", "Kontaktanfrage an Eva Kern" },
		{ "forum HR", "Forum HR" },
		{ "replied HR", "Antworten in HR" },
		{ "gave a book", "gegeben: a book" },
		{ "received a tip", "bekommen: a tip" },
		{ "asked a flat", "erbeten: a flat" },
		{ "offered help", "angeboten: help" },
		{ "reached flat", "Ziel erreicht: flat" },
		{ "pause", "Pause" },
		{ "resume", "Ende der Pause" },
		/* What nobody notes. */
		{ "paused", "paused" },
		{ "mew", "mew" },
		{ "merge #2", "merge #2" },
		{ "log Anna", "log Anna" },
		{ "another", "another" },
		{ "", "" },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;
		size_t k = i / 2;

		TEST_ROW("%s, %s", rows[k].noted, i % 2 ? "German" : "English");
		network_speak(i % 2 ? "de" : "en");
		words_add_change(&out, rows[k].noted);
		CHECK_TEXT(str_text(&out), i % 2 ? rows[k].german : rows[k].noted);
	}
}

TEST_MAIN(TEST(words_are_said), TEST(columns_hold_the_widest), TEST(what_is_held),
	TEST(changes_are_told))
