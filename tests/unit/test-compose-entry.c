/* SPDX-License-Identifier: MIT */
/*
 * What a mail says below a headline.
 */
#include "digest/edition.h"

#include "book/occasions.h"
#include "book/touches.h"
#include "core/str.h"
#include "network.h"

#include <string.h>

#define TODAY   "2026-11-23"
#define ENGLISH "{ name = \"d\"; language = \"en\"; lead_days = 0; }"
#define GERMAN  "{ name = \"d\"; language = \"de\"; lead_days = 0; }"

/* The text of today's mail, its lines joined. */
static void write_text(struct network *n, struct str *ret)
{
	const struct conf_digest *digest = network_digest(n);
	_cleanup_edition_ struct edition edition = { 0 };
	struct digest_state state;

	CHECK_INT(digests_load(n->store, digest->name, &state, NULL), 0);
	CHECK_INT(edition_prepare(&edition, n->store, NULL, digest, &state,
			  network_at(n, TODAY " 07:00"), NULL),
		0);
	CHECK_INT(document_write_text(&edition.document, 1000, ret, NULL), 0);
}

static void open_in(struct network *n, const char *language)
{
	network_open(n);
	network_speak(language);
	network_configure(n, str_equal(language, "de") ? GERMAN : ENGLISH);
}

/* Whether the mail says it; what it says where that is wrong. */
static void check_says(struct network *n, const char *line)
{
	_cleanup_str_ struct str text = STR_INIT;

	write_text(n, &text);
	if (!strstr(str_text(&text), line))
		CHECK_TEXT(str_text(&text), line);
}

static bool says(struct network *n, const char *words)
{
	_cleanup_str_ struct str text = STR_INIT;

	write_text(n, &text);
	return strstr(str_text(&text), words) != NULL;
}

/* A round one is of tens, in German at least; 18 has a word of its own, and only of birthdays. */
static void only_round_ages_are_called_so(void)
{
	static const struct {
		const char *kind, *date, *english, *german; /* NULL: none is said */
	} rows[] = {
		{ OCCASION_BIRTHDAY, "2025-11-23", NULL, NULL },
		{ OCCASION_BIRTHDAY, "2010-11-23", NULL, NULL },
		{ OCCASION_BIRTHDAY, "2008-11-23", "  Of age.\n", "  Volljährig.\n" },
		{ OCCASION_BIRTHDAY, "2005-11-23", NULL, NULL },
		{ OCCASION_BIRTHDAY, "2006-11-23", "  A milestone birthday.\n",
			"  Ein runder Geburtstag.\n" },
		{ OCCASION_BIRTHDAY, "1961-11-23", NULL, NULL },
		{ OCCASION_BIRTHDAY, "1951-11-23", NULL, NULL },
		{ OCCASION_ANNIVERSARY, "2008-11-23", NULL, NULL },
		{ OCCASION_ANNIVERSARY, "2006-11-23", "  A round anniversary.\n",
			"  Ein rundes Jubiläum.\n" },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		const char *line = i % 2 ? rows[i / 2].german : rows[i / 2].english;
		_cleanup_network_ struct network n = { 0 };

		TEST_ROW("%s, %s", rows[i / 2].kind, rows[i / 2].date);
		open_in(&n, i % 2 ? "de" : "en");
		(void)network_add_occasion(&n, network_add(&n, "Anna Vogt", 0), rows[i / 2].kind,
			NULL, rows[i / 2].date, 0);
		if (line)
			check_says(&n, line);
		else
			CHECK(!says(&n, "Of age") && !says(&n, "Volljährig") &&
				!says(&n, " round ") && !says(&n, "milestone") &&
				!says(&n, " rund"));
	}
}

/* What was noted of a day is not of another one; a title ends in what it ends in. */
static void notes_stay_apart(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t jane;

	open_in(&n, "en");
	jane = network_add(&n, "Jane", 0);
	(void)network_add_follow_up(&n, jane, "call", TODAY, -1);
	network_touch(&n, jane, "2026-11-01", "Sent her the draft.");
	network_set(&n, jane, CONTACT_NOTE, "Note of hers");
	check_says(&n, "  Met on 1 November: Sent her the draft. · Note of hers\n");
	network_set(&n, jane, CONTACT_TITLE, "Dr.");
	network_add_value(&n, jane, CONTACT_EMAIL, "jane@example.org");
	check_says(&n, "  Dr. · jane@example.org\n");
}

/* As one says it, not as the program calls it. */
static void what_was_done_is_told(void)
{
	static const struct {
		const char *language, *day, *line;
	} rows[] = {
		{ "en", "2026-11-22", "  Done yesterday: the slides\n" },
		{ "en", TODAY, "  Done today: the slides\n" },
		{ "de", "2026-11-17", "  Erledigt am Dienstag: the slides\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		int64_t jane;

		TEST_ROW("%s, %s", rows[i].language, rows[i].day);
		open_in(&n, rows[i].language);
		jane = network_add(&n, "Jane", 0);
		(void)network_add_follow_up(&n, jane, "call", TODAY, -1);
		CHECK_INT(touches_add(n.store, jane, network_day(rows[i].day), "follow-up",
				  "the slides", NULL),
			0);
		check_says(&n, rows[i].line);
	}
}

TEST_MAIN(TEST(only_round_ages_are_called_so), TEST(notes_stay_apart), TEST(what_was_done_is_told))
