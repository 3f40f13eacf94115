/* SPDX-License-Identifier: MIT */
#include "agenda/stem.h"
#include "agenda/stopword.h"
#include "core/mem.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define CHECK_STEMS(text, expected)                                                                \
	do {                                                                                       \
		_cleanup_str_ struct str words = STR_INIT;                                         \
                                                                                                   \
		stem_add_words(&words, text);                                                      \
		CHECK_TEXT(str_text(&words), expected);                                            \
	} while (0)

/* All words of a row have one stem. */
static void forms_of_a_word_meet(void)
{
	static const char *const rows[][6] = {
		{ "freelancer", "freelancers", "Freelancer", "Freelancerin", "Freelancerinnen" },
		{ "Webdesigner", "Webdesignerin", "Webdesignerinnen", "Webdesign", "webdesigners" },
		{ "Grafiker", "Grafikerin", "Grafik", "Grafiken", "graphic" },
		{ "Vertrag", "Verträge", "Vertraege", "Verträgen", "Vertrags" },
		{ "photographer", "photography", "Fotografin", "Fotografie", "photographers",
			"Fotograf" },
		{ "Anwalt", "Anwältin", "Anwälte", "Anwälten", "Anwältinnen" },
		{ "Berater", "Beratung", "Beraterin", "Beratungen", "beraten" },
		{ "Übersetzer", "Uebersetzung", "Übersetzerin", "Übersetzungen", "ÜBERSETZEN" },
		{ "translator", "translation", "translators", "translations" },
		{ "developer", "developers", "development", "developing", "develop" },
		{ "manager", "management", "managing", "Managerin" },
		{ "consultant", "consulting", "consultants" },
		{ "programmer", "programming", "Programmierer", "Programmierung", "programmieren",
			"program" },
		{ "planner", "planning", "plan", "Planung" },
		{ "coach", "coaches", "coaching", "Coachings" },
		{ "training", "trainer", "Trainerin", "trainieren", "trainers" },
		{ "Wohnung", "Wohnungen", "wohnen" },
		{ "Straße", "Strasse", "Strassen", "STRASSE" },
		{ "company", "companies" },
		{ "party", "parties" },
		{ "therapy", "Therapie", "therapies" },
		{ "Buch", "Bücher", "Büchern", "Buches" },
		{ "app", "apps", "APPS" },
		{ "PostgreSQL", "postgresql", "POSTGRESQL" },
		{ "Musiker", "Musik", "music", "Musikerinnen" },
		{ "investor", "investors", "Investoren", "investment", "invest" },
		{ "Koch", "Köche", "Köchin", "Köchinnen" },
		{ "Muller", "muller" },
		{ "Скрипка", "скрипка" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str first = STR_INIT;

		stem_add_words(&first, rows[i][0]);
		CHECK(first.len > 1);
		for (size_t k = 1; k < 6 && rows[i][k]; k++) {
			TEST_ROW("%s, %s", rows[i][0], rows[i][k]);
			CHECK_STEMS(rows[i][k], str_text(&first));
		}
	}
}

static void different_words_do_not(void)
{
	static const char *const rows[][2] = {
		{ "market", "marketing" },
		{ "Küche", "Kuchen" },
		{ "car", "care" },
		{ "Wein", "Weide" },
		{ "design", "desk" },
		{ "Java", "JavaScript" },
		{ "C++", "C#" },
		{ "Musik", "Museum" },
		{ "part", "party" },
		{ "Arzt", "Art" },
		{ "Haus", "Hau" },
		{ "plan", "plant" },
		{ "Berlin", "Bern" },
		{ "legal", "Lego" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str a = STR_INIT, b = STR_INIT;

		stem_add_words(&a, rows[i][0]);
		stem_add_words(&b, rows[i][1]);
		TEST_ROW("%s, %s", rows[i][0], rows[i][1]);
		CHECK(!str_equal(str_text(&a), str_text(&b)));
	}
}

static void texts_become_words(void)
{
	static const struct {
		const char *text, *stems;
	} rows[] = {
		{ "", "" },
		{ "a job as", "" },
		{ "suche jemanden, der", "" },
		{ "somebody who knows PostgreSQL", "postgresql " },
		{ "jemand, der PostgreSQL kann", "postgresql " },
		{ "Web-Designer", "web design webdesign " },
		{ "web designer", "web design webdesign " },
		{ "graphic designer", "grafik design grafikdesign " },
		{ "Grafik, Design", "grafik design grafikdesign " },
		{ "designer for our web", "design web " },
		{ "C++ and C#, not C", "c++ c# " },
		{ "IT support", "it " },
		{ "it", "" },
		{ "2 rooms, 2027, ISO 27001", "room iso 27001 iso27001 " },
		{ "„Fotografin“ – gern!", "fotograf " },
		{ "Umzugshelfer", "umzugshelf umzug " },
		{ "Klavierunterricht", "klavierunterricht klavi " },
		{ "Diskurs, Nothilfe", "diskur nothilf diskursnothilf " },
		{ "Anna's boat", "anna boat " },
		{ "a\xff", "" },
		{ "\xff\xfe", "" },
		{ "写真", "写真 " },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		CHECK_STEMS(rows[i].text, rows[i].stems);
	}
}

static void texts_have_a_limit(void)
{
	_cleanup_str_ struct str text = STR_INIT, stems = STR_INIT;
	size_t n = 0;

	for (int i = 0; i < 1000; i++)
		str_addf(&text, "und wort%d ", 10000 + i);
	stem_add_words(&stems, str_text(&text));
	for (const char *p = str_text(&stems); (p = strchr(p, ' ')); p++)
		n++;
	CHECK_INT(n, STEM_WORDS_MAX / 2);
	str_clear(&text);
	for (int i = 0; i < STEM_WORD_MAX + 1; i++)
		str_add_char(&text, 'x');
	CHECK_STEMS(str_text(&text), "");
}

static void stopwords_are_whole_words(void)
{
	static const char *const stop[] = { "a", "als", "somebody", "suche", "zwischen", "your" };
	static const char *const other[] = { "", "som", "uche", "ä", "postgresql", "Als" };

	for (size_t i = 0; i < ARRAY_SIZE(stop); i++) {
		TEST_ROW("%s", stop[i]);
		CHECK(stopword_is(stop[i]));
	}
	for (size_t i = 0; i < ARRAY_SIZE(other); i++) {
		TEST_ROW("%s", other[i]);
		CHECK(!stopword_is(other[i]));
	}
}

TEST_MAIN(TEST(forms_of_a_word_meet), TEST(different_words_do_not), TEST(texts_become_words),
	TEST(texts_have_a_limit), TEST(stopwords_are_whole_words))
