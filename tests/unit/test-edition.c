/* SPDX-License-Identifier: MIT */
/*
 * Digests as the reader sees them. Each is compared with a file in tests/golden/;
 * NUDGED_GOLDEN=write writes the files anew, so that a changed word shows in a review.
 */
#include "book/books.h"
#include "book/coffees.h"
#include "book/forums.h"
#include "book/ledger.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/suggestions.h"
#include "book/outreaches.h"
#include "core/utf8.h"
#include "digest/edition.h"
#include "network.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TODAY    "2026-11-23" /* a Monday */
#define IDENTITY "0123456789abcdef"
#define ENGLISH  "{ name = \"d\"; language = \"en\"; "
#define GERMAN   "{ name = \"d\"; language = \"de\"; "
#define FORMAL   GERMAN "address = \"sie\"; "
#define CLUB     "book = \"club\"; "

/* A mail of each morning from then until yesterday, where there is one, and all arrive. */
static void live_from(struct network *n, const char *from)
{
	static const char *const times[] = { "17", "18", "19", "20", "21", "22" };

	for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
		_cleanup_str_ struct str now = STR_INIT;

		str_addf(&now, "2026-11-%s 07:00", times[i]);
		if (strcmp(str_text(&now), from) >= 0 &&
			network_take(n, network_at(n, str_text(&now))))
			network_settle(
				n, network_ask(n, "SELECT max(id) FROM delivery"), NETWORK_SENT, 0);
	}
}

static int64_t add_birthday(struct network *n, const char *name, const char *date)
{
	return network_add_birthday(n, name, date, 0);
}

/* What the reader noted is in their language. */
#define IN(english, german) (in_german ? (german) : (english))

/* Anna, of whom everything is known. */
static int64_t add_anna(struct network *n, bool in_german)
{
	int64_t anna = network_add(n, "Dr. Anna Schmidt", 0);

	(void)network_add_occasion(n, anna, OCCASION_BIRTHDAY, NULL,
		"1984-"
		"11-23",
		0);
	network_set(n, anna, CONTACT_ORG, "Schmidt & Söhne GmbH");
	network_set(n, anna, CONTACT_TITLE, IN("Managing director", "Geschäftsführerin"));
	network_set(n, anna, CONTACT_CITY, "Berlin");
	network_set(n, anna, CONTACT_NOTE,
		IN("Likes mountains.\nTwo children, Emil and Frida.",
			"Liebt die Berge.\nZwei Kinder, Emil und Frida."));
	network_add_value(n, anna, CONTACT_EMAIL, "anna.schmidt@example.org");
	network_add_value(n, anna, CONTACT_PHONE, "+49 30 1234567");
	network_add_value(n, anna, CONTACT_LINK, "https://example.org/anna");
	network_touch(n, anna, "2026-03-04",
		IN("talked about her new office", "über ihr neues Büro gesprochen"));
	return anna;
}

static void fill_nothing(struct network *n)
{
	(void)n;
}

static void fill_anna(struct network *n)
{
	(void)add_anna(n, false);
}

static void fill_anna_german(struct network *n)
{
	(void)add_anna(n, true);
}

static void fill_book_in(struct network *n, bool in_german)
{
	int64_t anna = add_anna(n, in_german), ben = network_add(n, "Ben Weber", 0);

	network_add_value(n, ben, CONTACT_EMAIL, "ben@example.org");
	(void)network_add_occasion(n, ben, OCCASION_BIRTHDAY, NULL, "--12-03", 0);
	(void)add_birthday(n, "Carla Ruiz", "1990-12-01");
	(void)add_birthday(n, "Late January", "1990-01-30");
	(void)network_add_follow_up(
		n, anna, IN("send the slides", "Folien schicken"), TODAY, 15 * 60);
	(void)network_add_follow_up(
		n, 0, IN("renew the passport", "Pass verlängern"), "2026-12-01", -1);
}

static void fill_book(struct network *n)
{
	fill_book_in(n, false);
}

static void fill_book_german(struct network *n)
{
	fill_book_in(n, true);
}

static void fill_thirty(struct network *n)
{
	for (int i = 1; i <= 30; i++) {
		_cleanup_str_ struct str name = STR_INIT, date = STR_INIT;

		str_addf(&name, "Person%d Test", i);
		str_addf(&date, "%d-11-23", 1950 + i);
		(void)add_birthday(n, str_text(&name), str_text(&date));
	}
}

static void fill_missed(struct network *n)
{
	(void)add_birthday(n, "Anna Schmidt", "1984-11-22");
	(void)add_birthday(n, "Ben Weber", "--11-17");
	(void)add_birthday(n, "Carla Ruiz", "1976-11-12");
	(void)add_birthday(n, "Long Ago", "1976-09-12");
	(void)add_birthday(n, "Longer Ago", "1976-08-12");
}

static void fill_one_long_past(struct network *n)
{
	(void)add_birthday(n, "Long Ago", "1976-09-12");
}

static void fill_soon(struct network *n)
{
	(void)add_birthday(n, "Anna Schmidt", "1986-11-24");
	(void)add_birthday(n, "Ben Weber", "--11-28");
	(void)add_birthday(n, "Carla Ruiz", "1990-11-30");
	(void)add_birthday(n, "Too Late", "1990-12-01");
}

static void fill_put_back(struct network *n)
{
	network_put_back(n, add_birthday(n, "Anna Schmidt", "1984-11-20"), 2026, TODAY);
}

static void fill_follow_ups(struct network *n)
{
	int64_t ben = network_add(n, "Ben Weber", 0);

	network_set(n, ben, CONTACT_ORG, "Acme");
	(void)network_add_follow_up(n, ben, "send the slides", TODAY, -1);
	(void)network_add_follow_up(n, ben, "call about the flat", TODAY, 15 * 60 + 30);
	(void)network_add_follow_up(n, 0, "renew the passport", "2026-11-22", -1);
	(void)network_add_follow_up(n, 0, "read the book", "2026-10-26", -1);
	(void)network_add_follow_up(n, 0, "pay the bill", "2025-11-03", -1);
}

/* Told on their days; between their weekly returns they share a line. */
static void fill_waiting(struct network *n)
{
	(void)network_add_follow_up(n, 0, "renew the passport", "2026-11-18", -1);
	(void)network_add_follow_up(n, 0, "read the book", "2026-11-18", -1);
	live_from(n, "2026-11-17");
}

static void fill_waiting_many(struct network *n)
{
	for (int i = 0; i < 12; i++)
		(void)network_add_follow_up(n, 0, "one more thing", "2026-11-18", -1);
	(void)network_add_follow_up(
		n, network_add(n, "Ben Weber", 0), "send the slides", TODAY, -1);
	live_from(n, "2026-11-17");
}

static void fill_leap(struct network *n)
{
	(void)add_birthday(n, "Leap Unknown", "--02-29");
	(void)add_birthday(n, "Leap Known", "2000-02-29");
}

static void fill_round(struct network *n)
{
	(void)add_birthday(n, "Unknown Year", "--11-23");
	(void)add_birthday(n, "Just Eighteen", "2008-11-23");
	(void)add_birthday(n, "Forty Now", "1986-11-23");
	(void)add_birthday(n, "Hundred One", "1925-11-23");
	(void)add_birthday(n, "Just Born", "2026-11-23");
	(void)add_birthday(n, "One Year", "2025-11-23");
}

static void fill_kinds(struct network *n)
{
	int64_t anna = network_add(n, "Anna Schmidt", 0), ben = network_add(n, "Ben Weber", 0);

	(void)network_add_occasion(n, anna, OCCASION_NAME_DAY, NULL, "--11-23", 0);
	(void)network_add_occasion(n, anna, OCCASION_ANNIVERSARY, NULL, "2014-11-23", 0);
	(void)network_add_occasion(n, anna, OCCASION_ANNIVERSARY, NULL, "--11-23", 0);
	(void)network_add_occasion(n, ben, OCCASION_NAMED, "first day at Acme", "2025-11-23", 0);
	(void)network_add_occasion(n, ben, OCCASION_NAMED, "the big move", "2016-11-23", 0);
	(void)network_add_occasion(n, ben, OCCASION_NAMED, "Diwali", "--11-23", 0);
	(void)network_add_occasion(n, ben, OCCASION_NAME_DAY, NULL, "--11-21", 0);
	(void)network_add_occasion(n, ben, OCCASION_ANNIVERSARY, NULL, "2014-11-22", 0);
	(void)network_add_occasion(n, ben, OCCASION_ANNIVERSARY, NULL, "--11-22", 0);
	(void)network_add_occasion(n, ben, OCCASION_NAMED, "the big party", "2025-11-22", 0);
}

static void fill_touches(struct network *n)
{
	int64_t anna = network_add(n, "Anna Schmidt", network_day("2026-05-04")),
		ben = network_add(n, "Ben Weber", network_day("2026-05-04")),
		carla = network_add(n, "Carla Rossi", network_day("2026-05-04"));

	network_set(n, anna, CONTACT_EVERY, "6w");
	network_set(n, anna, CONTACT_ORG, "Acme");
	network_add_value(n, anna, CONTACT_SEEKS, "a designer");
	network_add_value(n, anna, CONTACT_SEEKS, "a flat in Bonn");
	network_touch(n, anna, "2026-09-01", "talked about PostgreSQL");
	network_set(n, ben, CONTACT_EVERY, "30d");
	network_set(n, carla, CONTACT_EVERY, "1y");
	(void)network_add_occasion(n, ben, OCCASION_MET, NULL, "2023-11-23", 0);
	(void)network_add_occasion(n, carla, OCCASION_MET, NULL, "2025-11-23", 0);
	network_set(n, ben, CONTACT_MET_PLACE, "OMR");
	/* Ben is greeted today: another takes his turn. */
	network_set(
		n, network_add(n, "Dora Ruiz", network_day("2026-05-04")), CONTACT_EVERY, "30d");
}

static void fill_thanks(struct network *n)
{
	int64_t petra = network_add(n, "Petra Lind", 0), carl = network_add(n, "Carl Bauer", 0);
	int32_t today = network_day(TODAY), october = network_day("2026-10-12");
	int64_t thanks;

	CHECK_INT(ledger_add(n->store, n->book, petra, LEDGER_RECEIVED, "an introduction to Carl",
			  today, today, &thanks, NULL),
		0);
	CHECK_INT(ledger_add(n->store, n->book, carl, LEDGER_OFFERED, "help with the move", october,
			  today, &thanks, NULL),
		0);
}

static void fill_coffees(struct network *n)
{
	static const struct {
		const char *name;
		enum coffee_stage stage;
		const char *stage_day, *day; /* day NULL: none */
		bool outcome;
	} cups[] = {
		{ "Anna Schmidt", COFFEE_INVITED, "2026-11-16", NULL, false },
		{ "Ben Weber", COFFEE_AGREED, "2026-11-20", "2026-11-24", false },
		{ "Carla Rossi", COFFEE_AGREED, "2026-11-10", "2026-11-22", false },
		{ "Doro Klein", COFFEE_THANKED, "2026-08-24", "2026-08-23", true },
		{ "Emil Lang", COFFEE_AGREED, "2026-11-20", "2026-11-30", false },
	};
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(cups); i++) {
		int64_t contact = network_add(n, cups[i].name, 0), number;
		struct coffee coffee = { .contact = contact,
			.facts = { .outcome = cups[i].outcome } };

		CHECK_INT(coffees_add(n->store, n->book, contact, 0, &number, &e), 0);
		coffee.number = number;
		if (cups[i].day)
			CHECK_INT(coffees_set_day(n->store, n->book, number,
					  network_day(cups[i].day), 15 * 60, &e),
				0);
		CHECK_INT(coffees_set_place(n->store, n->book, number, "Café Central", &e), 0);
		CHECK_INT(coffees_set_outcome(n->store, n->book, number, cups[i].outcome, &e), 0);
		CHECK_INT(coffees_set_stage(n->store, n->book, &coffee, cups[i].stage,
				  network_day(cups[i].stage_day), &e),
			0);
	}
}

static void fill_matches(struct network *n)
{
	int64_t ann = network_add(n, "Ann Weber", 0), carl = network_add(n, "Dr. Carl Bauer", 0),
		ben = network_add(n, "Ben Lang", 0), emil = network_add(n, "Emil Roth", 0),
		frida = network_add(n, "Frida Holm", 0);
	const struct {
		int64_t seeker, offerer;
		enum introduction_stage stage;
		const char *day;
	} under_way[] = { { ben, emil, INTRODUCTION_ASKED, "2026-11-16" },
		{ frida, emil, INTRODUCTION_MADE, "2026-10-24" } };
	int64_t number;
	struct err e;

	CHECK_INT(books_add_offer(n->store, n->book, "PostgreSQL", &e), 0);
	network_add_value(n, ben, CONTACT_SEEKS, "somebody who knows PostgreSQL");
	network_add_value(n, ben, CONTACT_SEEKS, "a flat");
	network_add_value(n, ben, CONTACT_EMAIL, "ben@example.org");
	network_add_value(n, emil, CONTACT_EMAIL, "emil@example.org");
	network_add_value(n, ann, CONTACT_SEEKS, "a photographer");
	network_add_value(n, ann, CONTACT_EMAIL, "ann@example.org");
	network_set(n, ann, CONTACT_ORG, "Weekly");
	network_set(n, ann, CONTACT_CITY, "Bonn");
	network_touch(n, ann, "2026-10-01", "at the fair");
	network_add_value(n, carl, CONTACT_OFFERS, "photography");
	network_add_value(n, carl, CONTACT_PHONE, "+49 228 123456");
	for (size_t i = 0; i < ARRAY_SIZE(under_way); i++) {
		struct suggestion s = { .letter = SUGGESTION_INTRODUCTION,
			.seeker = under_way[i].seeker,
			.offerer = under_way[i].offerer };

		CHECK_INT(suggestions_add(n->store, n->book, &s, 0, &number, &e), 0);
		s.number = number;
		CHECK_INT(suggestions_set_stage(n->store, n->book, &s, under_way[i].stage, NULL,
				  network_day(under_way[i].day), &e),
			0);
	}
}

/* How to reach somebody, as people write it; and two of whom one is greeted in a language that is not ours. */
static void fill_ways(struct network *n)
{
	static const struct {
		enum contact_kind kind;
		const char *text;
	} ways[] = {
		{ CONTACT_PHONE, "030 1234 (privat)" },
		{ CONTACT_PHONE, "0049 (0)30 123456" },
		{ CONTACT_PHONE, "Büro: 030 1234 x7" },
		{ CONTACT_PHONE, "call me" },
		{ CONTACT_LINK, "www.example.org/in/anna" },
		{ CONTACT_LINK, "example.org/in/anna" },
		{ CONTACT_LINK, "javascript:alert(1)" },
	};
	struct suggestion s = { .letter = SUGGESTION_INTRODUCTION };
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		_cleanup_str_ struct str name = STR_INIT;

		str_addf(&name, "Way%zu Test", i);
		(void)add_birthday(n, str_text(&name), TODAY);
		network_add_value(n, (int64_t)i + 1, ways[i].kind, ways[i].text);
	}
	s.seeker = network_add(n, "Chloé Dubois", 0);
	s.offerer = network_add(n, "Hanna Schröder", 0);
	network_add_value(n, s.seeker, CONTACT_EMAIL, "chloe@example.org");
	network_add_value(n, s.offerer, CONTACT_EMAIL, "hanna@example.org");
	network_set(n, s.seeker, CONTACT_LANGUAGE, "fr");
	CHECK_INT(suggestions_add(n->store, n->book, &s, 0, &s.number, &e), 0);
	CHECK_INT(suggestions_set_stage(n->store, n->book, &s, INTRODUCTION_ASKED, NULL,
			  network_day("2026-11-16"), &e),
		0);
}

/* Back from a holiday. */
static void fill_returned(struct network *n)
{
	int32_t until = network_day(TODAY);

	fill_missed(n);
	(void)network_add_follow_up(n, 0, "renew the passport", "2026-11-09", -1);
	CHECK_INT(books_set_pause(n->store, n->book, &until, NULL), 0);
}

/* Asked about lately: in one line. */
static void fill_asked(struct network *n)
{
	struct suggestion s = { .letter = SUGGESTION_INTRODUCTION };
	struct err e;

	s.seeker = network_add(n, "Ben Lang", 0);
	s.offerer = network_add(n, "Emil Roth", 0);
	CHECK_INT(suggestions_add(n->store, n->book, &s, 0, &s.number, &e), 0);
	CHECK_INT(suggestions_set_stage(n->store, n->book, &s, INTRODUCTION_ASKED, NULL,
			  network_day("2026-11-12"), &e),
		0);
	live_from(n, "2026-11-19");
	(void)add_birthday(n, "Anna Schmidt", "1984-11-23");
}

/* Two people of one name, and two who were entered by hand. */
static void fill_alike(struct network *n)
{
	int64_t one = network_add(n, "Anna Schmidt", 0), other = network_add(n, "anna schmidt", 0);
	struct suggestion s = { .letter = SUGGESTION_INTRODUCTION, .because = NULL };
	char because[] = "both restore old boats";
	int64_t number;

	network_set(n, one, CONTACT_CITY, "Bonn");
	network_set(n, other, CONTACT_CITY, "Köln");
	network_add_value(n, one, CONTACT_SEEKS, "einen Anwalt");
	network_add_value(n, other, CONTACT_OFFERS, "Anwältin für Verträge");
	s.seeker = network_add(n, "Anna Lind", 0);
	s.offerer = network_add(n, "Bea Lind", 0);
	s.because = because;
	CHECK_INT(suggestions_add(n->store, n->book, &s, 0, &number, NULL), 0);
}

/* Begun on a day, with so many of the answers a day later. */
static struct outreach add_outreach_in(struct network *n, int64_t contact, const char *name,
	const char *begun, size_t answers, bool in_german)
{
	const char *const texts[OUTREACH_QUESTION_COUNT] = {
		IN("leads nursing at the clinic", "leitet die Pflege in der Klinik"),
		IN("we both come from Kiel", "wir kommen beide aus Kiel"),
		IN("the way from nurse to director", "der Weg von der Pflegerin zur Direktorin"),
		IN("an hour of advice on my own next step",
			"eine Stunde Rat zu meinem nächsten Schritt"),
	};
	_cleanup_outreaches_ struct outreaches found = { 0 };
	struct outreach o = { 0 };
	int64_t number;
	struct err e;

	CHECK_INT(outreaches_add(n->store, n->book, contact, name, network_day(begun), &number, &e),
		0);
	CHECK_INT(outreaches_by_number(n->store, n->book, number, &found, &e), 1);
	o.id = found.all[0].id;
	for (size_t i = 0; i < answers; i++)
		CHECK_INT(outreaches_set_answer(n->store, &o, (enum outreach_question)i, texts[i],
				  network_day(begun) + 1, &e),
			0);
	return o;
}

static struct outreach add_outreach(
	struct network *n, int64_t contact, const char *name, const char *begun, size_t answers)
{
	return add_outreach_in(n, contact, name, begun, answers, false);
}

static void fill_outreaches(struct network *n)
{
	int64_t anna = network_add(n, "Dr. Anna Schmidt", 0);
	int32_t event = network_day("2026-11-22");
	struct outreach o = add_outreach(n, 0, "Eva Kern", "2026-11-22", 4);
	struct err e;

	CHECK_INT(outreaches_set_link(n->store, &o, "https://example.org/eva", &e), 0);
	CHECK_INT(outreaches_set_busy(n->store, &o, true, &e), 0);
	o = add_outreach(n, anna, NULL, "2026-11-20", 1);
	CHECK_INT(outreaches_set_event(n->store, &o, &event, &e), 0);
	network_set(n, anna, CONTACT_ORG, "Acme");
	(void)add_outreach(n, 0, "Carl Bauer", "2026-11-23", 0);
	(void)add_outreach(n, 0, "Doro Klein", "2026-09-20", 4);
	o = add_outreach(n, 0, "Emil Lang", "2026-11-01", 4);
	CHECK_INT(outreaches_set_stage(n->store, &o, OUTREACH_SENT, network_day("2026-11-09"), &e),
		0);
	o = add_outreach(n, 0, "Not Yet", "2026-11-01", 4);
	CHECK_INT(outreaches_set_stage(n->store, &o, OUTREACH_SENT, network_day("2026-11-10"), &e),
		0);
	o = add_outreach(n, 0, "Met Tomorrow", "2026-11-01", 4);
	event = network_day(TODAY);
	CHECK_INT(outreaches_set_event(n->store, &o, &event, &e), 0);
}

static void fill_forums(struct network *n)
{
	static const struct goal weekly = { 3, GOAL_WEEK }, monthly = { 1, GOAL_MONTH };
	int64_t jana = network_add(n, "Jana Roth", 0), number;
	struct err e;

	CHECK_INT(forums_set(n->store, n->book, "HR group", &weekly, NULL, NULL, &number, &e), 0);
	CHECK_INT(forums_reply(
			  n->store, n->book, number, network_day(TODAY), 1, jana, "contracts", &e),
		0);
	CHECK_INT(
		forums_set(n->store, n->book, "PostgreSQL list", &monthly, NULL, NULL, &number, &e),
		0);
	CHECK_INT(forums_set(n->store, n->book, "Reached", &monthly, NULL, NULL, &number, &e), 0);
	CHECK_INT(forums_reply(n->store, n->book, number, network_day(TODAY), 1, 0, NULL, &e), 0);
	(void)add_birthday(n, "Anna Schmidt", "1984-11-23");
}

static void fill_strange(struct network *n)
{
	_cleanup_str_ struct str name = STR_INIT;
	int64_t html = network_add(n, "<script>alert(\"x\")</script> & 'Söhne'", 0);

	(void)network_add_occasion(n, html, OCCASION_BIRTHDAY, NULL, "--11-23", 0);
	network_set(n, html, CONTACT_NOTE, "<b>bold</b>\r\nSubject: no header\033[31m");
	network_set(n, html, CONTACT_SALUTATION, "Hi & \"x\"\r\nBcc: evil@example.org");
	network_add_value(n, html, CONTACT_EMAIL, "x@example.org?bcc=evil&body=%0D");
	network_add_value(n, html, CONTACT_PHONE, "+49 30 1;ext=<b>");
	network_add_value(n, html, CONTACT_LINK, "javascript:alert(1)");
	for (int i = 0; i < 20; i++)
		str_add(&name, "Donaudampfschiff");
	(void)add_birthday(n, str_text(&name), "--11-23");
	(void)add_birthday(n, "👩‍🚀 Aya 🎉", "1984-11-23");
	(void)add_birthday(n, "שרה כהן", "--11-23");
	html = network_add(n, "One, Two", 0);
	(void)network_add_occasion(n, html, OCCASION_BIRTHDAY, NULL, "--11-23", 0);
	network_add_value(n, html, CONTACT_EMAIL, "one@example.org,two@example.org");
	network_add_value(n, html, CONTACT_LINK, "mailto:one@example.org?bcc=two@example.org");
	network_set(n, html, CONTACT_ORG, "https://evil.example/\"onclick=\"x");
	(void)add_birthday(n, "\u202eneB\u202c Weber", "--11-23");
	(void)add_birthday(n, "山田 太郎", "--11-23");
	(void)network_add_follow_up(n, 0, "line one\nline two\r\nline three", TODAY, -1);
}

static int64_t add_coffee(struct network *n, int64_t contact, enum coffee_stage stage,
	const char *stage_day, const char *day, int minute)
{
	struct coffee coffee = { .contact = contact };

	CHECK_INT(coffees_add(n->store, n->book, contact, 0, &coffee.number, NULL), 0);
	if (day)
		CHECK_INT(coffees_set_day(
				  n->store, n->book, coffee.number, network_day(day), minute, NULL),
			0);
	CHECK_INT(
		coffees_set_stage(n->store, n->book, &coffee, stage, network_day(stage_day), NULL),
		0);
	return coffee.number;
}

/* Two today, one of them without a time, and somebody whose inbox is crowded. */
static void fill_coffee_today(struct network *n)
{
	int64_t anna = network_add(n, "Anna, \"Änn\" Schmidt\r\nATTENDEE:mailto:x@example.org", 0),
		ben = network_add(n, "Ben Weber", 0), carla = network_add(n, "Carla Rossi", 0),
		cup = add_coffee(n, anna, COFFEE_AGREED, "2026-11-20", TODAY, 9 * 60 + 30);

	CHECK_INT(coffees_set_place(n->store, n->book, cup,
			  "Café Central; Große Straße 1, Köln, by the door with the bell", NULL),
		0);
	(void)add_coffee(n, ben, COFFEE_AGREED, "2026-11-20", TODAY, -1);
	(void)add_coffee(n, carla, COFFEE_INVITED, "2026-11-02", NULL, -1);
	network_set(n, carla, CONTACT_BUSY_INBOX, "yes");
}

/* A day on which everything has something to say. */
static void fill_whole_in(struct network *n, bool in_german)
{
	static const struct goal weekly = { 5, GOAL_WEEK };
	int64_t anna = add_anna(n, in_german), ben = network_add(n, "Ben Weber", 0),
		carla = network_add(n, "Carla Rossi", network_day("2026-05-04")),
		hanna = network_add(n, "Hanna Berg", 0), number;
	int32_t today = network_day(TODAY);

	(void)add_birthday(n, "Doro Klein", "1976-11-20");
	(void)add_birthday(n, "Emil Lang", "1990-11-26");
	network_set(n, anna, CONTACT_LANGUAGE, "de");
	network_set(n, ben, CONTACT_SALUTATION, "Lieber Ben");
	network_add_value(n, ben, CONTACT_EMAIL, "ben+list@example.org");
	network_add_value(n, ben, CONTACT_SEEKS, "PostgreSQL");
	network_set(n, ben, CONTACT_ORG, "Acme");
	network_set(n, carla, CONTACT_EVERY, "6w");
	network_set(n, carla, CONTACT_LANGUAGE, "English");
	network_add_value(n, carla, CONTACT_EMAIL, "carla@example.org");
	network_add_value(n, hanna, CONTACT_EMAIL, "hanna@example.org");
	network_add_value(n, hanna, CONTACT_OFFERS, IN("photography", "Fotografie"));
	network_touch(n, carla, "2026-09-01",
		IN("back from Rome, full of plans", "zurück aus Rom, voller Pläne"));
	network_add_value(n, network_add(n, "Frida Holm", 0), CONTACT_SEEKS,
		IN("photography for a wedding", "Fotografie für eine Hochzeit"));
	(void)network_add_follow_up(
		n, ben, IN("send the slides", "Folien schicken"), TODAY, 15 * 60);
	CHECK_INT(ledger_add(n->store, n->book, ben, LEDGER_RECEIVED,
			  IN("an introduction to Carl", "die Vorstellung bei Carl"), today, today,
			  &number, NULL),
		0);
	number = add_coffee(n, ben, COFFEE_AGREED, "2026-11-20", "2026-11-24", 15 * 60);
	CHECK_INT(coffees_set_place(n->store, n->book, number, "Café Central", NULL), 0);
	CHECK_INT(books_add_offer(n->store, n->book, "PostgreSQL", NULL), 0);
	(void)add_outreach_in(n, 0, "Eva Kern", "2026-11-22", 4, in_german);
	CHECK_INT(forums_set(n->store, n->book, IN("HR group", "HR-Gruppe"), &weekly, NULL, NULL,
			  &number, NULL),
		0);
	CHECK_INT(forums_reply(n->store, n->book, number, today, 2, ben,
			  IN("contracts", "Fragen zu Verträgen"), NULL),
		0);
}

static void fill_whole(struct network *n)
{
	fill_whole_in(n, false);
}

static void fill_whole_german(struct network *n)
{
	fill_whole_in(n, true);
}

/* Shown a few days ago, and still open: a line for each kind. */
static void fill_collapsed(struct network *n, int times)
{
	int32_t then = network_day("2026-11-19");

	for (int i = 0; i < times; i++) {
		int64_t ben = network_add(n, "Ben Weber", 0), number;
		struct suggestion s = { .letter = SUGGESTION_INTRODUCTION, .seeker = ben };

		(void)network_add_follow_up(n, 0, "read the book", "2026-11-19", -1);
		CHECK_INT(ledger_add(n->store, n->book, ben, LEDGER_RECEIVED, "a hand", then, then,
				  &number, NULL),
			0);
		(void)add_coffee(n, ben, COFFEE_INVITED, "2026-11-11", NULL, -1);
		(void)add_outreach(n, 0, "Eva Kern", "2026-11-12", 4);
		s.offerer = network_add(n, "Emil Roth", 0);
		CHECK_INT(suggestions_add(n->store, n->book, &s, 0, &s.number, NULL), 0);
		CHECK_INT(suggestions_set_stage(n->store, n->book, &s, INTRODUCTION_ASKED, NULL,
				  network_day("2026-11-12"), NULL),
			0);
	}
	live_from(n, "2026-11-19");
	(void)add_birthday(n, "Anna Schmidt", "1984-11-23");
}

/* Yesterday's was refused: what it told is due again, and why it did not arrive is said. */
static void fill_lost(struct network *n)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e;

	(void)add_birthday(n, "Anna Schmidt", "1984-11-22");
	(void)network_take(n, network_at(n, "2026-11-22 07:00"));
	CHECK_INT(store_begin(n->store, &transaction, &e), 0);
	CHECK_INT(outbox_set_attempting(n->store, 1, 0, &e), 0);
	CHECK_INT(outbox_set_refused(
			  n->store, 1, 0, "552 5.2.2 The mailbox of anna@example.org is full", &e),
		0);
	CHECK_INT(store_commit(&transaction, &e), 0);
}

static void fill_collapsed_one(struct network *n)
{
	fill_collapsed(n, 1);
}

static void fill_collapsed_two(struct network *n)
{
	fill_collapsed(n, 2);
}

/* The service stood still for some days. */
static void fill_silent(struct network *n)
{
	(void)network_add_follow_up(n, 0, "renew the passport", "2026-11-17", -1);
	CHECK(network_take(n, network_at(n, "2026-11-17 07:00")));
	network_settle(n, 1, NETWORK_SENT, 0);
	(void)network_add_occasion(n, network_add(n, "Anna Schmidt", network_day("2026-11-17")),
		OCCASION_BIRTHDAY, NULL, "1984-11-20", network_day("2026-11-17"));
}

/* The welcome had nobody to speak of. */
static void fill_guide(struct network *n)
{
	CHECK(network_take(n, network_at(n, "2026-11-22 07:00")));
	network_settle(n, 1, NETWORK_SENT, 0);
	(void)add_anna(n, false);
	(void)network_add_follow_up(n, 0, "renew the passport", TODAY, -1);
}

/* A day with one birthday, and what was told before. */
static void fill_quiet(struct network *n)
{
	const struct goal weekly = { 5, GOAL_WEEK };
	int32_t then = network_day("2026-11-18");
	int64_t vera = network_add(n, "Vera Nowak", 0), number;

	CHECK_INT(ledger_add(n->store, n->book, vera, LEDGER_RECEIVED, "two tickets", then, then,
			  &number, NULL),
		0);
	CHECK_INT(ledger_add(n->store, n->book, vera, LEDGER_RECEIVED, "a book", then, then,
			  &number, NULL),
		0);
	for (int i = 0; i < 9; i++) {
		_cleanup_str_ struct str what = STR_INIT;

		str_addf(&what, "write part %d of the long report for the committee", i + 1);
		(void)network_add_follow_up(n, 0, str_text(&what), "2026-11-18", -1);
	}
	CHECK_INT(forums_set(n->store, n->book, "HR group", &weekly, "https://example.org/hr", NULL,
			  &number, NULL),
		0);
	live_from(n, "2026-11-17");
	(void)add_birthday(n, "Ben Weber", "1984-11-23");
	CHECK(network_take(n, network_at(n, TODAY " 07:00")));
	network_settle(n, network_ask(n, "SELECT max(id) FROM delivery"), NETWORK_SENT, 0);
	(void)add_birthday(n, "Anna Schmidt", "1984-11-24");
}

/* One that is longer than many have room for, and five of them. */
static void fill_waiting_long(struct network *n, int times)
{
	int64_t anna = network_add(n, "Anna Müller", 0);

	for (int i = 0; i < times; i++) {
		_cleanup_str_ struct str what = STR_INIT;

		str_addf(&what, "ask how part %d of the move to the new flat in Bonn went", i + 1);
		(void)network_add_follow_up(n, anna, str_text(&what), "2026-11-19", -1);
	}
	live_from(n, "2026-11-19");
	(void)network_add_follow_up(n, 0, "renew the passport", TODAY, -1);
}

static void fill_waiting_one(struct network *n)
{
	fill_waiting_long(n, 1);
}

static void fill_waiting_five(struct network *n)
{
	fill_waiting_long(n, 5);
}

/* Of two Karl Maiers who are 46 today, and two Annas, one of whom is in the book alone. */
static void fill_namesakes(struct network *n)
{
	int64_t karl = add_birthday(n, "Karl Maier", "1980-11-23"),
		other = add_birthday(n, "Karl Maier", "1980-11-23"),
		anna = network_add(n, "Dr. Anna Vogt", 0);

	network_set(n, karl, CONTACT_CITY, "Bonn");
	network_set(n, other, CONTACT_CITY, "Kiel");
	(void)network_add(n, "Anna Müller", 0);
	(void)add_coffee(n, anna, COFFEE_AGREED, "2026-11-10", TODAY, 17 * 60);
	(void)add_birthday(n, "Doro Klein", "1980-11-23");
	(void)network_add(n, "Dorothee Klein", 0);
}

static const struct {
	const char *name, *settings;
	const char *now; /* NULL: 07:00 of TODAY */
	const char *
		covered; /* the day up to which was told; "": a welcome; NULL: what the book says */
	void (*fill)(struct network *n);
	enum { TEXT, HTML, MAIL } kept; /* the text alone, the HTML too, the whole message too */
} rows[] = {
	{ "welcome-empty", ENGLISH, NULL, "", fill_nothing, TEXT },
	{ "welcome-empty-de", GERMAN, NULL, "", fill_nothing, TEXT },
	{ "welcome-empty-de-formal", FORMAL, NULL, "", fill_nothing, TEXT },
	{ "welcome-full", ENGLISH, NULL, "", fill_book, MAIL },
	{ "welcome-full-de", GERMAN, NULL, "", fill_book_german, HTML },
	{ "welcome-full-de-formal", FORMAL, NULL, "", fill_book_german, TEXT },
	{ "welcome-long", ENGLISH, NULL, "", fill_whole, TEXT },
	{ "welcome-long-de", GERMAN, NULL, "", fill_whole, TEXT },
	{ "birthday", ENGLISH, NULL, TODAY, fill_anna, HTML },
	{ "birthday-de", GERMAN, NULL, TODAY, fill_anna_german, MAIL },
	{ "no-notes", ENGLISH "notes_in_mail = false; ", NULL, TODAY, fill_anna, TEXT },
	{ "no-names", ENGLISH "subject_names = false; ", NULL, TODAY, fill_anna, HTML },
	{ "no-names-de", GERMAN "subject_names = false; ", NULL, TODAY, fill_thirty, HTML },
	{ "thirty", ENGLISH, NULL, TODAY, fill_thirty, HTML },
	{ "missed", ENGLISH, NULL, "2026-08-01", fill_missed, TEXT },
	{ "missed-de", GERMAN, NULL, "2026-08-01", fill_missed, HTML },
	{ "long-past", ENGLISH, NULL, "2026-08-01", fill_one_long_past, TEXT },
	{ "soon", ENGLISH, NULL, TODAY, fill_soon, TEXT },
	{ "soon-de", GERMAN, NULL, TODAY, fill_soon, TEXT },
	{ "week-ahead", ENGLISH "cadence = \"Mon 07:00\"; ", NULL, TODAY, fill_soon, TEXT },
	{ "put-back", ENGLISH, NULL, TODAY, fill_put_back, TEXT },
	{ "put-back-de", GERMAN, NULL, TODAY, fill_put_back, TEXT },
	{ "follow-ups", ENGLISH, NULL, TODAY, fill_follow_ups, HTML },
	{ "follow-ups-de", GERMAN, NULL, TODAY, fill_follow_ups, TEXT },
	{ "waiting", ENGLISH, NULL, NULL, fill_waiting, TEXT },
	{ "waiting-de", GERMAN, NULL, NULL, fill_waiting, TEXT },
	{ "waiting-many", ENGLISH, NULL, NULL, fill_waiting_many, TEXT },
	{ "leap-feb28", ENGLISH "leap_day = \"feb28\"; ", "2027-02-28 07:00", "2027-02-28",
		fill_leap, TEXT },
	{ "leap-mar1-de", GERMAN "leap_day = \"mar1\"; ", "2027-03-01 07:00", "2027-03-01",
		fill_leap, TEXT },
	{ "ages", ENGLISH, NULL, TODAY, fill_round, TEXT },
	{ "ages-de", GERMAN, NULL, TODAY, fill_round, TEXT },
	{ "kinds", ENGLISH, NULL, "2026-11-20", fill_kinds, TEXT },
	{ "kinds-de", GERMAN, NULL, "2026-11-20", fill_kinds, TEXT },
	{ "coffees", ENGLISH, NULL, TODAY, fill_coffees, TEXT },
	{ "coffees-de", GERMAN, NULL, TODAY, fill_coffees, TEXT },
	{ "coffees-de-formal", FORMAL, NULL, TODAY, fill_coffees, TEXT },
	{ "outreaches", ENGLISH, NULL, TODAY, fill_outreaches, TEXT },
	{ "outreaches-de", GERMAN, NULL, TODAY, fill_outreaches, TEXT },
	{ "outreaches-de-formal", FORMAL, NULL, TODAY, fill_outreaches, TEXT },
	{ "outreaches-no-notes", ENGLISH "notes_in_mail = false; ", NULL, TODAY, fill_outreaches,
		TEXT },
	{ "forums", ENGLISH, NULL, TODAY, fill_forums, TEXT },
	{ "forums-de", GERMAN, NULL, TODAY, fill_forums, HTML },
	{ "thanks", ENGLISH, NULL, TODAY, fill_thanks, TEXT },
	{ "thanks-de", GERMAN, NULL, TODAY, fill_thanks, TEXT },
	{ "thanks-de-formal", FORMAL, NULL, TODAY, fill_thanks, TEXT },
	{ "touches", ENGLISH, NULL, TODAY, fill_touches, TEXT },
	{ "touches-de", GERMAN, NULL, TODAY, fill_touches, TEXT },
	{ "touches-de-formal", FORMAL, NULL, TODAY, fill_touches, TEXT },
	{ "matches", ENGLISH, NULL, TODAY, fill_matches, HTML },
	{ "matches-de", GERMAN, NULL, TODAY, fill_matches, TEXT },
	{ "matches-de-formal", FORMAL, NULL, TODAY, fill_matches, TEXT },
	{ "ways", ENGLISH, NULL, "2026-11-22", fill_ways, HTML },
	{ "returned", ENGLISH, NULL, "2026-11-12", fill_returned, TEXT },
	{ "returned-de", GERMAN, NULL, "2026-11-12", fill_returned, TEXT },
	{ "thanks-no-notes", ENGLISH "notes_in_mail = false; ", NULL, TODAY, fill_thanks, TEXT },
	{ "asked", ENGLISH, NULL, NULL, fill_asked, TEXT },
	{ "asked-de", GERMAN, NULL, NULL, fill_asked, TEXT },
	{ "alike", ENGLISH "introduction_max = 2; ", NULL, TODAY, fill_alike, TEXT },
	{ "alike-de", GERMAN "introduction_max = 2; ", NULL, TODAY, fill_alike, TEXT },
	{ "strange", ENGLISH, NULL, TODAY, fill_strange, MAIL },
	{ "empty", ENGLISH "send_empty = true; ", NULL, TODAY, fill_nothing, HTML },
	{ "empty-de", GERMAN "send_empty = true; ", NULL, TODAY, fill_nothing, HTML },
	{ "empty-de-formal", FORMAL "send_empty = true; ", NULL, TODAY, fill_nothing, TEXT },
	{ "whole", ENGLISH, NULL, "2026-11-20", fill_whole, HTML },
	{ "whole-de", GERMAN, NULL, "2026-11-20", fill_whole_german, MAIL },
	{ "whole-de-formal", FORMAL, NULL, "2026-11-20", fill_whole_german, TEXT },
	{ "thirty-de", GERMAN, NULL, TODAY, fill_thirty, HTML },
	{ "long-past-de", GERMAN, NULL, "2026-08-01", fill_one_long_past, TEXT },
	{ "week-ahead-de", GERMAN "cadence = \"Mon 07:00\"; ", NULL, TODAY, fill_soon, TEXT },
	{ "waiting-many-de", GERMAN, NULL, NULL, fill_waiting_many, TEXT },
	{ "collapsed-one", ENGLISH, NULL, NULL, fill_collapsed_one, TEXT },
	{ "collapsed-one-de", GERMAN, NULL, NULL, fill_collapsed_one, TEXT },
	{ "collapsed", ENGLISH, NULL, NULL, fill_collapsed_two, TEXT },
	{ "collapsed-de", GERMAN, NULL, NULL, fill_collapsed_two, TEXT },
	{ "lost", ENGLISH, NULL, NULL, fill_lost, TEXT },
	{ "lost-de", GERMAN, NULL, NULL, fill_lost, TEXT },
	{ "silent", ENGLISH, NULL, NULL, fill_silent, TEXT },
	{ "silent-de", GERMAN, NULL, NULL, fill_silent, TEXT },
	{ "guide", ENGLISH, NULL, NULL, fill_guide, TEXT },
	{ "guide-de", GERMAN, NULL, NULL, fill_guide, TEXT },
	{ "guide-de-formal", FORMAL, NULL, NULL, fill_guide, TEXT },
	{ "quiet", ENGLISH, "2026-11-24 07:00", NULL, fill_quiet, HTML },
	{ "quiet-de", GERMAN, "2026-11-24 07:00", NULL, fill_quiet, HTML },
	{ "waiting-whole", ENGLISH, NULL, NULL, fill_waiting_one, TEXT },
	{ "waiting-cut", ENGLISH, NULL, NULL, fill_waiting_five, TEXT },
	{ "waiting-cut-de", GERMAN, NULL, NULL, fill_waiting_five, TEXT },
	{ "namesakes", ENGLISH, NULL, TODAY, fill_namesakes, TEXT },
	{ "namesakes-de", GERMAN, NULL, TODAY, fill_namesakes, TEXT },
	{ "club", ENGLISH CLUB, NULL, "2026-11-20", fill_whole, HTML },
	{ "club-de", GERMAN CLUB, NULL, "2026-11-20", fill_whole_german, TEXT },
	{ "club-welcome", ENGLISH CLUB, NULL, "", fill_book, TEXT },
	{ "club-welcome-de", GERMAN CLUB, NULL, "", fill_book_german, TEXT },
	{ "coffee-today", ENGLISH, NULL, TODAY, fill_coffee_today, MAIL },
	{ "coffee-today-de", GERMAN, NULL, TODAY, fill_coffee_today, TEXT },
	{ "coffee-today-de-formal", FORMAL, NULL, TODAY, fill_coffee_today, TEXT },
};

static void golden_check(const char *name, const char *suffix, const struct str *found)
{
	_cleanup_str_ struct str file = STR_INIT;
	_cleanup_free_ char *expected = NULL;
	const char *mode = getenv("NUDGED_GOLDEN");

	str_addf(&file, "golden/%s%s", name, suffix);
	TEST_ROW("%s%s", name, suffix);
	if (str_equal(mode, "write")) {
		FILE *f = fopen(test_data_path(str_text(&file)), "wb");

		if (!f || fwrite(str_text(found), 1, found->len, f) != found->len || fclose(f) != 0)
			abort();
		return;
	}
	expected = test_data_read(str_text(&file), NULL);
	CHECK_TEXT(str_text(found), expected);
}

/* The edition of row `i`, of a book of its own; in another language than its own where that is not NULL. */
static void golden_prepare_in(
	const char *language, size_t i, struct network *n, struct edition *ret, int64_t *ret_now)
{
	const char *own = strstr(rows[i].settings, "language = ");
	_cleanup_str_ struct str settings = STR_INIT;
	struct digest_state state = { 0 };
	const char *covered = rows[i].covered;
	struct err e = { "" };

	network_open(n);
	own = strstr(own, "; ") + 2;
	if (str_starts(own, "address"))
		own = strstr(own, "; ") + 2;
	if (!language)
		own = rows[i].settings;
	str_addf(&settings, "%s%s%s}", language ? language : "", own,
		strstr(rows[i].settings, "cadence") ? "" : "cadence = \"*-*-* 07:00\"; ");
	network_configure(n, str_text(&settings));
	if (!str_equal(network_digest(n)->book, "main")) {
		CHECK_INT(books_create(n->store, network_digest(n)->book, &e), 0);
		CHECK_INT(books_find(n->store, network_digest(n)->book, &n->book, &e), 0);
	}
	rows[i].fill(n);
	*ret_now = network_at(n, rows[i].now ? rows[i].now : TODAY " 07:00");
	if (!covered)
		(void)digests_load(n->store, "d", &state, NULL);
	else if (*covered)
		state = (struct digest_state){
			.has_claim = true,
			.spoken_day = network_day(covered) - 1,
			.last_cover = { network_day(covered) - 1, network_day(covered) },
		};
	CHECK_INT(edition_prepare(ret, n->store, NULL, network_digest(n), &state, *ret_now, &e), 0);
	CHECK_TEXT(e.text, "");
}

static void golden_prepare(size_t i, struct network *n, struct edition *ret, int64_t *ret_now)
{
	golden_prepare_in(NULL, i, n, ret, ret_now);
}

static void editions_read_as_they_should(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		_cleanup_str_ struct str text = STR_INIT, html = STR_INIT;
		int64_t now;

		TEST_ROW("%s", rows[i].name);
		golden_prepare(i, &n, &edition, &now);
		str_addf(&text, "Subject: %s\nBeside it: %s\n\n", edition.document.subject,
			edition.document.preheader);
		CHECK_INT(document_write_text(&edition.document, 72, &text, NULL), 0);
		golden_check(rows[i].name, ".txt", &text);
		if (rows[i].kept == TEXT)
			continue;
		CHECK_INT(document_write_html(&edition.document, &html, NULL), 0);
		golden_check(rows[i].name, ".html", &html);
	}
}

/* Without blanks, which a line's end is too, and with what HTML and URLs escape as it is. */
static void squeeze(struct str *out, const char *text, size_t n)
{
	static const char *const escapes[][2] = { { "&amp;", "&" }, { "&lt;", "<" },
		{ "&gt;", ">" }, { "%25", "\x1a" }, { "%3F", "?" }, { "%3D", "=" }, { "%26", "&" },
		{ "%2B", "+" }, { "\xc2\xa0", "" }, { " ", "" }, { "\n", "" } };

	for (const char *p = text; p < text + n; p++) {
		size_t i = 0;

		while (i < ARRAY_SIZE(escapes) && !str_starts(p, escapes[i][0]))
			i++;
		if (i == ARRAY_SIZE(escapes)) {
			str_add_char(out, *p);
			continue;
		}
		str_add(out, escapes[i][1]);
		p += strlen(escapes[i][0]) - 1;
	}
	str_add(out, "");
}

static void check_way(const char *said, const char *way, size_t n)
{
	_cleanup_str_ struct str whole = STR_INIT;
	const char *text;

	squeeze(&whole, way, n);
	text = str_text(&whole);
	/* What the reader noted without its scheme. */
	if (str_starts(text, "https://") && !strstr(said, text))
		text += strlen("https://");
	TEST_ROW("%s", text);
	CHECK(*text && strstr(said, text));
}

/* Of what an HTML part's links lead to the text part says all. */
static size_t check_ways(const char *html, const char *said)
{
	size_t n = 0;

	for (const char *at = html; (at = strstr(at, "<a href=\"")); n++) {
		const char *end, *next;

		at += strlen("<a href=\"");
		end = at + strcspn(at, "\"");
		if (str_starts(at, "tel:")) {
			check_way(said, end + 2, strcspn(end + 2, "<"));
			continue;
		}
		if (!str_starts(at, "mailto:")) {
			check_way(said, at, (size_t)(end - at));
			continue;
		}
		for (at += strlen("mailto:"); at < end; at = next + (*next == ',')) {
			next = at + strcspn(at, ",?\"");
			check_way(said, at, (size_t)(next - at));
			if (*next != ',')
				break;
		}
	}
	return n;
}

static void text_has_all_ways_of_the_html(void)
{
	static const char *const languages[] = { ENGLISH, GERMAN, FORMAL };
	size_t all = 0;

	for (size_t i = 0; i < ARRAY_SIZE(rows) * ARRAY_SIZE(languages); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		_cleanup_str_ struct str text = STR_INIT, html = STR_INIT, said = STR_INIT;
		int64_t now;

		golden_prepare_in(languages[i % ARRAY_SIZE(languages)], i / ARRAY_SIZE(languages),
			&n, &edition, &now);
		CHECK_INT(document_write_text(&edition.document, 72, &text, NULL), 0);
		CHECK_INT(document_write_html(&edition.document, &html, NULL), 0);
		/* Here it escapes nothing. */
		for (char *at = text.data; (at = strchr(at, '%')); at++)
			*at = '\x1a';
		squeeze(&said, str_text(&text), text.len);
		all += check_ways(str_text(&html), str_text(&said));
	}
	CHECK(all > 200);
}

/* A handle means something else in each book, so that a command without it would act on somebody else's item. */
static void commands_act_on_the_book_of_the_mail(void)
{
	static const char *const languages[] = { ENGLISH CLUB, GERMAN CLUB, FORMAL CLUB };
	size_t all = 0;

	for (size_t i = 0; i < ARRAY_SIZE(rows) * ARRAY_SIZE(languages); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		_cleanup_str_ struct str text = STR_INIT;
		int64_t now;

		TEST_ROW("%s", rows[i / ARRAY_SIZE(languages)].name);
		if (strstr(rows[i / ARRAY_SIZE(languages)].settings, CLUB))
			continue;
		golden_prepare_in(languages[i % ARRAY_SIZE(languages)], i / ARRAY_SIZE(languages),
			&n, &edition, &now);
		CHECK_INT(document_write_text(&edition.document, SIZE_MAX, &text, NULL), 0);
		CHECK_INT(document_write_html(&edition.document, &text, NULL), 0);
		for (const char *at = text.data; (at = strstr(at, "nudge ")); at++, all++)
			CHECK(str_starts(at, "nudge -b club "));
	}
	CHECK(all > 500);
}

/* Whoever reads the mail of a service with a configuration of its own types that one's name, as a shell wants it. */
static void commands_name_the_configuration(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_edition_ struct edition edition = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	const struct digest_state state = { .has_claim = true,
		.spoken_day = network_day(TODAY) - 1,
		.last_cover = { network_day(TODAY) - 1, network_day(TODAY) } };

	network_open(&n);
	network_configure(&n, ENGLISH "cadence = \"*-*-* 07:00\"; }");
	(void)add_birthday(&n, "Anna Schmidt", "1984-11-23");
	CHECK_INT(edition_prepare(&edition, n.store, "/srv/our books/anna.conf", network_digest(&n),
			  &state, network_at(&n, TODAY " 07:00"), NULL),
		0);
	CHECK_INT(document_write_text(&edition.document, 72, &text, NULL), 0);
	CHECK(strstr(str_text(&text),
		"Done? In a terminal, for example:\nnudge -c /srv/our\\ books/anna.conf done b1\n"));
}

/* Items that stand in full; announcements where there is nothing else but forums. */
static unsigned long count_items(const struct document *document)
{
	static const char *const others[] = { "What comes next", "People to begin with",
		"Somebody to begin with" };
	unsigned long items = 0, forums = 0, soon = 0;

	for (size_t i = 0; i < document->n_sections; i++) {
		const struct document_section *section = &document->sections[i];
		unsigned long *n = str_equal(section->title, "Soon") ? &soon
			: str_equal(section->title, "Forums")        ? &forums
								     : &items;
		bool counts = true;

		for (size_t k = 0; k < ARRAY_SIZE(others); k++)
			counts &= !str_equal(section->title, others[k]);
		for (size_t k = 0; counts && k < section->n_entries; k++)
			*n += !section->entries[k].aside;
	}
	return (items ? items : soon) + forums;
}

static void subjects_count_what_stands_in_the_mail(void)
{
	static const char no_names[] = ENGLISH "subject_names = false; ";

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		unsigned long expected, found = 0;
		const char *number;
		int64_t now;

		if (strstr(rows[i].settings, "subject_names"))
			continue;
		golden_prepare_in(no_names, i, &n, &edition, &now);
		TEST_ROW("%s: %s", rows[i].name, edition.document.subject);
		if (edition.is_welcome)
			continue;
		expected = count_items(&edition.document);
		number = strchr(edition.document.subject, ':');
		if (number)
			found = strtoul(number + 1, NULL, 10);
		CHECK_INT(found, expected);
	}
}

/* Why to open the mail; the other reasons are counted. */
static void subjects_name_a_person_once(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_edition_ struct edition edition = { 0 };
	const struct digest_state state = { .has_claim = true,
		.spoken_day = network_day(TODAY) - 1,
		.last_cover = { network_day(TODAY) - 1, network_day(TODAY) } };

	network_open(&n);
	network_configure(&n, ENGLISH "cadence = \"*-*-* 07:00\"; }");
	(void)network_add_follow_up(&n, add_anna(&n, false), "ask how the exam went", TODAY, -1);
	(void)network_add_follow_up(&n, 0, "tidy up", TODAY, -1);
	CHECK_INT(edition_prepare(&edition, n.store, NULL, network_digest(&n), &state,
			  network_at(&n, TODAY " 07:00"), NULL),
		0);
	CHECK_TEXT(edition.document.subject, "Anna turns 42 today, tidy up (+1)");
	CHECK_TEXT(edition.document.preheader, "Anna: ask how the exam went");
}

static void message_of_a_row(const char *name, struct str *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		int64_t now;

		if (!str_equal(rows[i].name, name))
			continue;
		golden_prepare(i, &n, &edition, &now);
		CHECK_INT(edition_write_message(&edition, n.conf, network_digest(&n),
				  "<20261123T060000Z.d.main." IDENTITY "@example.org>", now, out,
				  NULL),
			0);
		/* Each database has one of its own. */
		for (char *at = out->data; (at = strstr(at, store_identity(n.store)));)
			memcpy(at, IDENTITY, strlen(IDENTITY));
	}
}

static void whole_messages(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str message = STR_INIT;

		if (rows[i].kept != MAIL)
			continue;
		message_of_a_row(rows[i].name, &message);
		golden_check(rows[i].name, ".eml", &message);
	}
}

/* Mailboxes cut a mail at 102 KB; there is room for what is no ASCII. */
static void hundred_items_are_shown_whole(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_edition_ struct edition edition = { 0 };
	_cleanup_str_ struct str html = STR_INIT;
	const struct digest_state state = { .has_claim = true,
		.spoken_day = network_day(TODAY) - 1,
		.last_cover = { network_day(TODAY) - 1, network_day(TODAY) } };

	network_open(&n);
	network_configure(&n, ENGLISH "cadence = \"*-*-* 07:00\"; }");
	for (int i = 0; i < 100; i++)
		(void)add_anna(&n, false);
	CHECK_INT(edition_prepare(&edition, n.store, NULL, network_digest(&n), &state,
			  network_at(&n, TODAY " 07:00"), NULL),
		0);
	CHECK_INT(edition.agenda.n, 100);
	CHECK_INT(document_write_html(&edition.document, &html, NULL), 0);
	CHECK(html.len < 60000);
}

static void calendar_can_be_left_out(void)
{
	static const char *const settings[] = { "", "calendar = false; " };

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		_cleanup_str_ struct str text = STR_INIT;

		network_open(&n);
		str_addf(&text, ENGLISH "cadence = \"*-*-* 07:00\"; %s}", settings[i]);
		network_configure(&n, str_text(&text));
		fill_coffee_today(&n);
		CHECK_INT(edition_prepare(&edition, n.store, NULL, network_digest(&n), NULL,
				  network_at(&n, TODAY " 07:00"), NULL),
			0);
		CHECK_INT(edition.n_files, i == 0);
	}
}

/* RFC 5321 section 4.5.3.1.6, RFC 2045 section 2.7, and no line end that is not CR LF. */
static void messages_are_clean(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str message = STR_INIT;
		size_t line = 0, longest = 0;

		TEST_ROW("%s", rows[i].name);
		message_of_a_row(rows[i].name, &message);
		for (size_t k = 0; k < message.len; k++) {
			unsigned char c = (unsigned char)message.data[k];

			if (!CHECK(c == '\r' || c == '\n' || c == '\t' || (c >= ' ' && c < 127)))
				break;
			if (!CHECK((c == '\n') == (k > 0 && message.data[k - 1] == '\r')))
				break;
			line = c == '\n' ? 0 : line + 1;
			longest = line > longest ? line : longest;
		}
		CHECK(longest <= 998);
	}
}

static void nothing_is_recorded(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_edition_ struct edition edition = { 0 };
	int64_t now;

	golden_prepare(3, &n, &edition, &now);
	CHECK(edition.is_welcome);
	CHECK_INT(network_ask(&n,
			  "SELECT (SELECT count(*) FROM claim) + (SELECT count(*) FROM told)"
			  " + (SELECT count(*) FROM message) + (SELECT count(*) FROM digest)"),
		0);
}

/* Whom the mail of today named, the agenda names until tomorrow. */
static void agenda_is_like_the_mail_of_its_day(void)
{
	static const struct {
		const char *now, *touch;
		bool offer;
	} days[] = {
		{ "2026-11-23 06:00", "Ann", true },
		{ "2026-11-23 12:00", "Ann", true },
		{ "2026-11-24 06:00", "Ben", false },
	};
	_cleanup_network_ struct network n = { 0 };
	int32_t then = network_day("2026-10-01"), yesterday = network_day("2026-11-22");
	int64_t thanks;
	struct err e;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; touch_max = 1; cadence = \"*-*-* 07:00\"; }");
	network_set(&n, network_add(&n, "Ann", then), CONTACT_EVERY, "7d");
	network_set(&n, network_add(&n, "Ben", then), CONTACT_EVERY, "8d");
	CHECK_INT(ledger_add(n.store, n.book, network_add(&n, "Carl", then), LEDGER_OFFERED,
			  "a hand", yesterday, yesterday, &thanks, &e),
		0);
	for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
		_cleanup_agenda_ struct agenda agenda = { 0 };

		TEST_ROW("%s", days[i].now);
		CHECK_INT(edition_agenda(&agenda, n.store, network_digest(&n),
				  network_at(&n, days[i].now), &(struct edition_wanted){ 0 }, NULL),
			0);
		if (CHECK_INT(agenda.n, days[i].offer + 1)) {
			CHECK_TEXT(agenda.items[days[i].offer].contact.field[CONTACT_NAME],
				days[i].touch);
			CHECK_INT(agenda.items[0].is_offer, days[i].offer);
		}
		if (i == 0)
			CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	}
}

/* Among the next days' come those whose turn is not today. */
static void agenda_of_days_holds_all_turns(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_agenda_ struct agenda agenda = { 0 };
	int32_t then = network_day("2026-10-01");

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; touch_max = 1; cadence = \"*-*-* 07:00\"; }");
	for (int i = 0; i < 3; i++)
		network_set(&n, network_add(&n, "Ann", then), CONTACT_EVERY, "7d");
	CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	CHECK_INT(edition_agenda(&agenda, n.store, network_digest(&n),
			  network_at(&n, "2026-11-23 12:00"),
			  &(struct edition_wanted){ .days = 14 }, NULL),
		0);
	CHECK_INT(agenda.n, 3);
}

/* It speaks for the days until the return. */
static void a_holiday_puts_off_the_next(void)
{
	static const struct {
		const char *until, *to;
	} holidays[] = {
		{ NULL, "2026-11-24" },
		{ "2026-12-01", "2026-12-01" },
		{ "2026-11-01", "2026-11-24" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(holidays); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		int32_t until = holidays[i].until ? network_day(holidays[i].until) : 0;

		TEST_ROW("until %s", holidays[i].until ? holidays[i].until : "ever");
		network_open(&n);
		network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
		CHECK_INT(books_set_pause(n.store, n.book, until ? &until : NULL, NULL), 0);
		CHECK_INT(edition_prepare(&edition, n.store, NULL, network_digest(&n), NULL,
				  network_at(&n, "2026-11-23 12:00"), NULL),
			0);
		CHECK_INT(edition.cover.to, network_day(holidays[i].to));
	}
}

/* The linker has every allocation of this program come here: which of them fails. */
static unsigned long scarce_at, scarce_count;

static bool scarce_refuses(void)
{
	return scarce_at && ++scarce_count == scarce_at;
}

#define SCARCE(result, name, parameters, arguments)                                                \
	result __real_##name parameters;                                                           \
	result __wrap_##name parameters;                                                           \
	result __wrap_##name parameters                                                            \
	{                                                                                          \
		return scarce_refuses() ? NULL : __real_##name arguments;                          \
	}

SCARCE(void *, malloc, (size_t n), (n))
SCARCE(void *, calloc, (size_t n, size_t size), (n, size))
SCARCE(void *, realloc, (void *old, size_t n), (old, n))
SCARCE(void *, reallocarray, (void *old, size_t n, size_t size), (old, n, size))
SCARCE(char *, strdup, (const char *text), (text))
SCARCE(char *, strndup, (const char *text, size_t n), (text, n))

static int scarce_write(
	const struct agenda *agenda, const struct conf_digest *digest, struct str *out)
{
	static const enum item_kind order[] = { ITEM_OCCASION, ITEM_FOLLOW_UP, ITEM_THANKS,
		ITEM_COFFEE, ITEM_TOUCH, ITEM_HELP, ITEM_INTRODUCTION, ITEM_OUTREACH, ITEM_FORUM };
	static const struct compose_lost lost = { 20780, "the server hung up", false, 0, 0 };
	_cleanup_document_ struct document document = { 0 };
	int r = compose_document(&document,
		&(struct compose){
			.agenda = agenda,
			.order = order,
			.n_order = ARRAY_SIZE(order),
			.language = digest->language,
			.formal = digest->address == CONF_ADDRESS_SIE,
			.notes = true,
			.names = digest->subject_names,
			.has_next = true,
			.next_day = agenda->today + 1,
			.command = "nudge",
			.lost = &lost,
			.n_lost = 1,
		},
		NULL);

	if (r == 0)
		r = document_write_text(&document, 72, out, NULL);
	if (r == 0)
		r = document_write_html(&document, out, NULL);
	if (r == 0)
		str_addf(out, "%s\n%s\n", document.subject, document.preheader);
	return r == 0 ? str_check(out, NULL) : r;
}

static void no_word_is_left_out_where_memory_is_short(void)
{
	static const char *const names[] = { "whole", "whole-de-formal", "no-names", "coffees-de",
		"outreaches-de", "matches-de", "alike", "collapsed", "missed", "touches",
		"follow-ups", "kinds-de", "forums" };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_edition_ struct edition edition = { 0 };
		_cleanup_str_ struct str whole = STR_INIT;
		bool wanted = false, fails = true;
		int64_t now;

		for (size_t k = 0; k < ARRAY_SIZE(names); k++)
			wanted |= str_equal(names[k], rows[i].name);
		if (!wanted)
			continue;
		golden_prepare(i, &n, &edition, &now);
		CHECK_INT(scarce_write(&edition.agenda, network_digest(&n), &whole), 0);
		for (unsigned long at = 1; fails; at++) {
			_cleanup_str_ struct str out = STR_INIT;
			int r;

			scarce_at = at;
			scarce_count = 0;
			r = scarce_write(&edition.agenda, network_digest(&n), &out);
			fails = scarce_count >= at;
			scarce_at = 0;
			TEST_ROW("%s, allocation %lu", rows[i].name, at);
			if (!(r ? CHECK_INT(r, -ENOMEM)
				: CHECK_TEXT(str_text(&out), str_text(&whole))))
				break;
		}
	}
}

int main(void)
{
	static const struct test tests[] = { TEST(editions_read_as_they_should),
		TEST(text_has_all_ways_of_the_html), TEST(commands_act_on_the_book_of_the_mail),
		TEST(commands_name_the_configuration), TEST(subjects_count_what_stands_in_the_mail),
		TEST(subjects_name_a_person_once), TEST(whole_messages),
		TEST(hundred_items_are_shown_whole), TEST(calendar_can_be_left_out),
		TEST(messages_are_clean), TEST(nothing_is_recorded),
		TEST(agenda_is_like_the_mail_of_its_day), TEST(agenda_of_days_holds_all_turns),
		TEST(a_holiday_puts_off_the_next),
		TEST(no_word_is_left_out_where_memory_is_short) };

	network_speak("en");
	return test_main(tests, ARRAY_SIZE(tests));
}
