/* SPDX-License-Identifier: MIT */
#include "core/day.h"
#include "format/yearly.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static void yearly_wordings_are_known(void)
{
	static const struct {
		const char *text, *found; /* kind, name, year */
	} rows[] = {
		{ "Anna Schmidt's Birthday", "B Anna Schmidt 0" },
		{ "Anna Schmidt\xe2\x80\x99s birthday", "B Anna Schmidt 0" },
		{ "Thomas' Birthday", "B Thomas 0" },
		{ "BIRTHDAY: Ben Weiß", "B Ben Weiß 0" },
		{ "Birthday of Ben", "B Ben 0" },
		{ "Happy Birthday, Ben!", "B Ben 0" },
		{ "Happy birthday to Ben!", "B Ben 0" },
		{ "Alles Gute zum Geburtstag, Anna!", "B Anna 0" },
		{ "Herzlichen Glückwunsch zum Geburtstag Anna", "B Anna 0" },
		{ "B-Day Ben", "B Ben 0" },
		{ "BDay: Ben", "B Ben 0" },
		{ "Geb. Ben Roth", "B Ben Roth 0" },
		{ "Ben Roth Geb. 1975", "B Ben Roth 1975" },
		{ "Ben Roth geb. 1975!", "B Ben Roth 1975" },
		{ "Geburt Ben", "? Geburt Ben 0" },
		{ "Birthday reminder: Ben", "B Ben 0" },
		{ "Ben Roth hat heute Geburtstag!", "B Ben Roth 0" },
		{ "Ben Roth feiert Geburtstag", "B Ben Roth 0" },
		{ "Ben has birthday", "B Ben 0" },
		{ "Ben Birthday", "B Ben 0" },
		{ "Ben's 40th Birthday", "B Ben 0" },
		{ "Ben (birthday)", "B Ben 0" },
		{ "Geburtstag von Jörg Müller", "B Jörg Müller 0" },
		{ "Geburtstag: Jörg", "B Jörg 0" },
		{ "Jörg hat Geburtstag", "B Jörg 0" },
		{ "Jörg Müller hat Geburtstag!", "B Jörg Müller 0" },
		{ "Annas Geburtstag", "B Anna 0" },
		{ "Anna Schmidts 40. Geburtstag", "B Anna Schmidt 0" },
		{ "40. Geburtstag von Anna", "B Anna 0" },
		{ "Hans Geburtstag", "B Hans 0" },
		{ "Max' Geburtstag", "B Max 0" },
		{ "Agnes: Geburtstag", "B Agnes 0" },
		{ "Annas - Geburtstag", "B Annas 0" },
		{ "Ute Weiss Geburtstag", "B Ute Weiss 0" },
		{ "Anniversaire de Zoë", "B Zoë 0" },
		{ "Anniversaire d'Émile", "B Émile 0" },
		{ "Anniversaire : Zoë", "B Zoë 0" },
		{ "Cumpleaños de Núria", "B Núria 0" },
		{ "Compleanno di Ada", "B Ada 0" },
		{ "Verjaardag van Jan", "B Jan 0" },
		{ "Jan is jarig", "B Jan 0" },
		{ "Annas födelsedag", "B Anna 0" },
		{ "Annas fødselsdag", "B Anna 0" },
		{ "Aniversário de João", "B João 0" },
		{ "Urodziny: Łukasz", "B Łukasz 0" },
		{ "День рождения Анна", "B Анна 0" },
		{ "山田 太郎の誕生日", "B 山田 太郎 0" },
		{ "Aniversario de Núria", "A Núria 0" },
		{ "Anniversaire de mariage de Zoë", "A Zoë 0" },
		{ "Hochzeitstag Anna & Ben", "A Anna & Ben 0" },
		{ "Hochzeitstag von Anna", "A Anna 0" },
		{ "Anna and Ben's Wedding Anniversary", "A Anna and Ben 0" },
		{ "Anna's anniversary", "A Anna 0" },
		{ "Jahrestag: Anna", "A Anna 0" },
		{ "Namenstag Anna", "O Namenstag Anna 0" },
		{ "Name day of Anna", "O Name day Anna 0" },
		/* a year is one, an age is none */
		{ "Anna's Birthday (1984)", "B Anna 1984" },
		{ "Anna (1984)'s Birthday", "B Anna 1984" },
		{ "Geburtstag von Anna (*1984)", "B Anna 1984" },
		{ "Geburtstag von Anna *1984", "B Anna 1984" },
		{ "Geburtstag Anna 1984", "B Anna 1984" },
		{ "Geburtstag von Anna (40)", "B Anna 0" },
		{ "Geburtstag von Anna (40 Jahre)", "B Anna 0" },
		{ "Geburtstag von Anna (Chor)", "B Anna (Chor) 0" },
		{ "\xf0\x9f\x8e\x82 Anna (1984)", "? Anna 1984" },
		{ "\xf0\x9f\x8e\x82 Geburtstag: Anna \xf0\x9f\x8e\x89", "B Anna 0" },
		{ "Anna (*)", "? Anna 0" },
		{ "Anna Schmidt *1984", "? Anna Schmidt 1984" },
		{ "Anna 1984", "? Anna 1984" },
		{ "Studio 54", "? Studio 54 0" },
		/* an age that is reached */
		{ "\xf0\x9f\x8e\x82 Cleo Dorn wird 50", "B Cleo Dorn 0 @50" },
		{ "Cleo Dorn wird 50 Jahre alt!", "B Cleo Dorn 0 @50" },
		{ "Cleo wird heute 9.", "B Cleo 0 @9" },
		{ "Cleo Dorn turns 50 \xf0\x9f\x8e\x82", "B Cleo Dorn 0 @50" },
		{ "Cleo is turning 50 years old today", "B Cleo 0 @50" },
		{ "Cleo (*1976) wird 150", "B Cleo (*1976) 0 @150" },
		{ "Ben wird 1. Vorsitzender", "? Ben wird 1. Vorsitzender 0" },
		{ "Ben wird 0", "? Ben wird 0 0" },
		{ "Ben wird 151", "? Ben wird 151 0" },
		{ "Ben wird Vater", "? Ben wird Vater 0" },
		{ "Der Verein wird 50", "B  0 @50" },
		{ " wird 50", "? wird 50 0" },
		/* what is none */
		{ "Anna Schmidt", "? Anna Schmidt 0" },
		{ "Birthdays", "? Birthdays 0" },
		{ "Birthday party at Ben's", "B party at Ben's 0" },
		{ "Our anniversary", "A  0" },
		{ "Mein Geburtstag", "B  0" },
		{ "Geburtstag", "B  0" },
		{ "Heute hat Ben Geburtstag", "B  0" },
		{ "It's Ben's birthday", "B  0" },
		{ "Kein Geburtstag", "B  0" },
		{ "Muttertag", "?  0" },
		{ "Mother's Day", "?  0" },
		{ "Muttertag Roth", "? Muttertag Roth 0" },
		{ "Happy birthday!", "B  0" },
		{ "Alles Gute zum Geburtstag!", "B  0" },
		{ "Herzlichen Glückwunsch zum Geburtstag!", "B  0" },
		{ "Alles Liebe zu deinem Geburtstag", "B  0" },
		{ "Geburtstagsfeier", "? Geburtstagsfeier 0" },
		{ "!!!", "?  0" },
		{ "", "?  0" },
		{ "(1984)", "?  1984" },
		{ "\xff\xfe", "? \xff\xfe 0" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static const char kinds[] = { 'B', 'A', 'O' };
		struct yearly y;
		char found[300];

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(yearly_read(rows[i].text, &y), 0);
		(void)snprintf(found, sizeof(found), "%c %s%s%.*s %d",
			y.known ? kinds[y.kind] : '?', y.label ? y.label : "", y.label ? " " : "",
			(int)y.name.n, y.name.n ? y.name.at : "", y.year);
		if (y.age)
			(void)snprintf(found + strlen(found), 8, " @%d", y.age);
		CHECK_TEXT(found, rows[i].found);
	}
}

static void yearly_long_text_is_none(void)
{
	char text[YEARLY_TEXT_MAX + 2];
	struct yearly y;

	memset(text, 'x', sizeof(text));
	memcpy(text, "Birthday: ", 10);
	text[YEARLY_TEXT_MAX] = '\0';
	CHECK_INT(yearly_read(text, &y), 0);
	CHECK(y.known && y.name.n == YEARLY_TEXT_MAX - 10);
	text[YEARLY_TEXT_MAX] = 'x';
	text[YEARLY_TEXT_MAX + 1] = '\0';
	CHECK_INT(yearly_read(text, &y), 0);
	CHECK(!y.known && y.name.n == 0);
}

static void yearly_titles(void)
{
	static const struct {
		const char *text;
		int kind; /* -1: none */
	} rows[] = {
		{ "Birthdays", RECORD_BIRTHDAY },
		{ "Geburtstage und mehr", RECORD_BIRTHDAY },
		{ "ANNIVERSARY", RECORD_ANNIVERSARY },
		{ "Hochzeitstage", RECORD_ANNIVERSARY },
		{ "Holidays in Germany", -1 },
		{ "", -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum record_occasion_kind kind;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(yearly_is_title(rows[i].text, &kind) ? (int)kind : -1, rows[i].kind);
	}
}

static void yearly_years_of_birth(void)
{
	static const struct {
		const char *text;
		int year;
	} rows[] = {
		{ "geboren am 12.3.1984", 1984 },
		{ "Mag Cello. Geb. 1984 in Köln", 1984 },
		{ "born on 12 March 1984", 1984 },
		{ "*12.3.1984", 1984 },
		{ "né le 3 mai 1984", 1984 },
		{ "Jahrgang 1984", 1984 },
		{ "1984 geboren", 0 },
		{ "seit 1984 in Köln", 0 },
		{ "geboren in einem kleinen Dorf bei Köln, 1984", 0 },
		{ "geb. 19841", 0 },
		{ "geb. 3000", 0 },
		{ "", 0 },
		{ "\xff* 1984", 1984 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		TEST_ROW("%s", rows[i].text);
		CHECK_INT(yearly_born(rows[i].text), rows[i].year);
	}
}

static void yearly_numbers(void)
{
	CHECK(yearly_has_number("born 1984.", 1984));
	CHECK(yearly_has_number("1984", 1984));
	CHECK(!yearly_has_number("tel 19841", 1984));
	CHECK(!yearly_has_number("tel 1000001984", 1984));
	CHECK(!yearly_has_number("", 1984));
}

TEST_MAIN(TEST(yearly_wordings_are_known), TEST(yearly_long_text_is_none), TEST(yearly_titles),
	TEST(yearly_years_of_birth), TEST(yearly_numbers))
