/* SPDX-License-Identifier: MIT */
#include "digest/wording.h"

#include "book/occasions.h"
#include "core/day.h"
#include "network.h"

#define TODAY 20780 /* Monday, 23 November 2026 */

static void dates_are_written_out(void)
{
	static const struct {
		const char *language, *date, *text;
	} rows[] = {
		{ "en", "2026-11-23", "Monday, 23 November 2026" },
		{ "de", "2026-11-23", "Montag, 23. November 2026" },
		{ "de@formal:de", "2026-03-01", "Sonntag, 1. März 2026" },
		{ "en", "2028-02-29", "Tuesday, 29 February 2028" },
		{ "xx", "2026-05-02", "Saturday, 2 May 2026" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%s %s", rows[i].language, rows[i].date);
		network_speak(rows[i].language);
		wording_add_date(&s, network_day(rows[i].date));
		CHECK_TEXT(str_text(&s), rows[i].text);
	}
}

static void plain_dates(void)
{
	static const struct {
		struct date date;
		const char *english, *german;
	} rows[] = {
		{ { 2026, 10, 12 }, "12 October 2026", "12. Oktober 2026" },
		{ { 1984, 3, 1 }, "1 March 1984", "1. März 1984" },
		{ { 0, 11, 24 }, "24 November", "24. November" },
		{ { 0, 2, 29 }, "29 February", "29. Februar" },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;
		size_t k = i / 2;

		TEST_ROW("row %zu", k);
		network_speak(i % 2 ? "de" : "en");
		wording_add_plain_date(&s, &rows[k].date);
		CHECK_TEXT(str_text(&s), i % 2 ? rows[k].german : rows[k].english);
	}
}

static void plain_days(void)
{
	_cleanup_str_ struct str s = STR_INIT;

	network_speak("de");
	wording_add_plain_day(&s, TODAY);
	CHECK_TEXT(str_text(&s), "23. November 2026");
}

static void days_are_told_from_today(void)
{
	static const struct {
		int32_t days;
		const char *english, *german;
	} rows[] = {
		{ 0, "today", "heute" },
		{ 1, "tomorrow", "morgen" },
		{ -1, "yesterday", "gestern" },
		{ 2, "on Wednesday", "am Mittwoch" },
		{ 6, "on Sunday", "am Sonntag" },
		{ 7, "on 30 November", "am 30. November" },
		{ -6, "on Tuesday", "am Dienstag" },
		{ -7, "on 16 November", "am 16. November" },
		{ 38, "on 31 December", "am 31. Dezember" },
		{ 39, "on 1 January 2027", "am 1. Januar 2027" },
		{ -326, "on 1 January", "am 1. Januar" },
		{ -327, "on 31 December 2025", "am 31. Dezember 2025" },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;
		size_t k = i / 2;

		TEST_ROW("%d days", rows[k].days);
		network_speak(i % 2 ? "de" : "en");
		wording_add_day(&s, TODAY + rows[k].days, TODAY);
		CHECK_TEXT(str_text(&s), i % 2 ? rows[k].german : rows[k].english);
	}
}

static void occasions_become_sentences(void)
{
	static char birthday[] = OCCASION_BIRTHDAY, anniversary[] = OCCASION_ANNIVERSARY,
		    name_day[] = OCCASION_NAME_DAY, named[] = OCCASION_NAMED, move[] = "the move";
	static const struct {
		char *kind, *name;
		int32_t days;
		int age;
		const char *english, *german;
	} rows[] = {
		{ birthday, NULL, 0, 40, "Anna turns 40 today", "Anna wird heute 40" },
		{ birthday, NULL, 0, -1, "Anna's birthday is today", "Anna hat heute Geburtstag" },
		{ birthday, NULL, 0, 0, "Anna's birthday is today", "Anna hat heute Geburtstag" },
		{ birthday, NULL, -1, 40, "Anna turned 40 yesterday", "Anna wurde gestern 40" },
		{ birthday, NULL, -1, -1, "Anna's birthday was yesterday",
			"Anna hatte gestern Geburtstag" },
		{ anniversary, NULL, 1, 10, "Anna has an anniversary tomorrow: 10 years",
			"Anna feiert morgen einen Jahrestag: 10 Jahre" },
		{ anniversary, NULL, -1, -1, "Anna had an anniversary yesterday",
			"Anna hatte gestern einen Jahrestag" },
		{ name_day, NULL, 0, 40, "Anna's name day is today", "Anna hat heute Namenstag" },
		{ name_day, NULL, -2, -1, "Anna's name day was on Saturday",
			"Anna hatte am Samstag Namenstag" },
		{ named, move, 0, 1, "Anna: the move, one year ago today",
			"Anna: the move, heute vor einem Jahr" },
		{ named, move, 2, 2, "Anna: the move, 2 years on Wednesday",
			"Anna: the move, am Mittwoch ist das 2 Jahre her" },
		{ named, move, 0, 0, "Anna: the move today", "Anna: the move heute" },
	};

	for (size_t i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;
		size_t k = i / 2;
		struct item item = {
			.kind = ITEM_OCCASION,
			.day = TODAY + rows[k].days,
			.age = rows[k].age,
			.occasion = rows[k].kind,
			.name = rows[k].name,
			.has_contact = true,
			.minute = -1,
		};

		TEST_ROW("row %zu", k);
		network_speak(i % 2 ? "de" : "en");
		wording_add_item(&s, &item, "Anna", TODAY);
		CHECK_TEXT(str_text(&s), i % 2 ? rows[k].german : rows[k].english);
	}
}

static void follow_ups_keep_their_words(void)
{
	static char what[] = "100% of the slides %s";
	struct item item = { .kind = ITEM_FOLLOW_UP, .what = what };
	_cleanup_str_ struct str s = STR_INIT;

	wording_add_item(&s, &item, "", TODAY);
	CHECK_TEXT(str_text(&s), what);
	item.has_contact = true;
	str_clear(&s);
	wording_add_item(&s, &item, "50% Ben", TODAY);
	CHECK_TEXT(str_text(&s), "50% Ben: 100% of the slides %s");
}

static void given_names(void)
{
	static const char *const rows[][2] = {
		{ "Anna Schmidt", "Anna" },
		{ "Anna", "Anna" },
		{ "Dr. Anna Schmidt", "Anna" },
		{ "Prof. Dr. Dipl.-Ing. Ben Weber", "Ben" },
		{ "Dr.", "Dr." },
		{ "  Anna  Schmidt ", "Anna" },
		{ "", "" },
		/* where the family may stand first, unless it is said which it is */
		{ "山田 太郎", "山田 太郎" },
		{ "김 민준", "김 민준" },
		{ "山田, 太郎", "太郎" },
		{ "Aya 山田", "Aya" },
		{ "Nguyễn Văn An", "Nguyễn Văn An" },
		{ "Ơn Lê", "Ơn Lê" },
		{ "Zoë Trần", "Zoë" },
		{ "Şükrü Çelik", "Şükrü" },
		/* nicknames */
		{ "Zoë 🎉 Party, \"The Boss\"", "Zoë" },
		{ "Zoë \"The Boss\" Party", "Zoë" },
		{ "Zoë Party, (Zoe)", "Zoë" },
		{ "Party, Zoë „Boss“", "Zoë" },
		{ "\"The Boss\" Zoë Party", "\"The Boss\" Zoë Party" },
		{ "Party, \"Zoë\"", "Party, \"Zoë\"" },
		/* no person's */
		{ "Smith & Sons Ltd", "Smith & Sons Ltd" },
		{ "Zoë", "Zoë" },
		{ "👩‍🚀 Aya 🎉", "Aya" },
		{ "★ Ömer ★", "Ömer" },
		{ "🎉", "🎉" },
		{ "Schmidt, Max", "Max" },
		{ "von der Leyen, Ursula", "Ursula" },
		{ "García Márquez, Gabriel", "Gabriel" },
		{ "Tolkien, J.R.R.", "J.R.R." },
		{ "MÜLLER LÜDENSCHEID, KARL", "KARL" },
		/* what stands behind a whole name */
		{ "Anna Müller, MBA", "Anna" },
		{ "Anna Müller, M.A.", "Anna" },
		{ "Anna Müller, PhD, MBA", "Anna" },
		{ "Dr. Anna Müller, Dipl.-Ing.", "Anna" },
		{ "Anna Müller, geb. Schmidt", "Anna" },
		{ "Martin Luther King, Jr.", "Martin" },
		{ "Schmidt, geb. Müller", "Schmidt" },
		/* two who are one contact */
		{ "Hans und Grete Maier", "Hans und Grete" },
		{ "Maier, Hans & Grete", "Hans & Grete" },
		{ "Hans Maier und Grete Schulz", "Hans Maier und Grete Schulz" },
		{ "Hans und", "Hans" },
		{ "Dipl-Ing Uwe Ott", "Uwe" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *name = wording_given_name(rows[i][0]);

		TEST_ROW("%s", rows[i][0]);
		CHECK_TEXT(name, rows[i][1]);
	}
}

static void formal_names(void)
{
	static const char *const rows[][2] = {
		{ "Anna Schmidt", "Anna Schmidt" },
		{ "Dr. Anna Schmidt", "Dr. Anna Schmidt" },
		{ "Anna Müller, MBA", "Anna Müller" },
		{ "Dr. Anna Müller, geb. Gräfin Esterházy", "Dr. Anna Müller" },
		{ "Schmidt, Dr. Max", "Dr. Max Schmidt" },
		{ "Frau Schmidt", "Frau Schmidt" },
		{ "Herr Dr. Otto Kranz", "Herr Dr. Kranz" },
		{ "Frau Prof. Dr. Kranz", "Frau Prof. Dr. Kranz" },
		{ "Frau Anna Müller, geb. Schmidt", "Frau Müller" },
		{ "Frau Ursula von der Leyen", "Frau von der Leyen" },
		{ "Frau von der Leyen", "Frau von der Leyen" },
		{ "Mr. John Smith", "Mr. Smith" },
		{ "Ms Ann Mary Lee", "Ms Lee" },
		{ "Dipl.-Ing. Uwe Ott", "Uwe Ott" },
		{ "Prof. Dr. rer. nat. Dipl.-Phys. Ben Weber", "Prof. Dr. Ben Weber" },
		{ "Ott, Dipl.-Ing. Uwe", "Uwe Ott" },
		{ "J. R. R. Tolkien", "J. R. R. Tolkien" },
		{ "Dipl.-Ing.", "Dipl.-Ing." },
		{ "Herr", "Herr" },
		{ "Herr Dr.", "Herr Dr." },
		{ "Familie Weber", "Familie Weber" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *name = wording_formal_name(rows[i][0]);

		TEST_ROW("%s", rows[i][0]);
		CHECK_TEXT(name, rows[i][1]);
	}
}

static void lines_begin_with_a_capital(void)
{
	static const char *const rows[][2] = {
		{ "renew the passport", "Renew the passport" },
		{ "den Pass verlängern", "Den Pass verlängern" },
		{ "ölen", "Ölen" },
		{ "Ölen", "Ölen" },
		{ "iPhone abholen", "iPhone abholen" },
		{ "example.org lesen", "example.org lesen" },
		{ "a@b.c", "a@b.c" },
		{ "3 letters", "3 letters" },
		{ "x", "X" },
		{ "÷", "÷" },
		{ "山田", "山田" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *what = str_dup(rows[i][0]);
		struct item item = { .kind = ITEM_FOLLOW_UP, .what = what };
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%s", rows[i][0]);
		wording_add_headline(&s, &item, "", TODAY);
		CHECK_TEXT(str_text(&s), rows[i][1]);
	}
}

static void work_leaves_out_what_is_unknown(void)
{
	static char title[] = "CEO", org[] = "Acme", city[] = "Berlin";
	static const struct {
		char *title, *org, *city;
		const char *text;
	} rows[] = {
		{ title, org, city, "CEO, Acme · Berlin" },
		{ title, NULL, NULL, "CEO" },
		{ NULL, org, city, "Acme · Berlin" },
		{ NULL, NULL, city, "Berlin" },
		{ title, NULL, city, "CEO · Berlin" },
		{ NULL, NULL, NULL, "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct contact contact = { .field = { [CONTACT_TITLE] = rows[i].title,
						   [CONTACT_ORG] = rows[i].org,
						   [CONTACT_CITY] = rows[i].city } };
		_cleanup_str_ struct str s = STR_INIT;

		wording_add_work(&s, &contact, SIZE_MAX);
		CHECK_TEXT(str_text(&s), rows[i].text);
	}
}

static void times_and_languages(void)
{
	static const struct {
		int minute;
		const char *text;
	} sentences[] = {
		{ 0, "00:00" },
		{ 0, "0 Uhr" },
		{ 7 * 60, "07:00" },
		{ 7 * 60, "7 Uhr" },
		{ 9 * 60 + 5, "09:05" },
		{ 9 * 60 + 5, "9:05 Uhr" },
	};
	_cleanup_str_ struct str s = STR_INIT;

	wording_add_minute(&s, 0);
	wording_add_minute(&s, 9 * 60 + 5);
	wording_add_minute(&s, 23 * 60 + 59);
	CHECK_TEXT(str_text(&s), "00:0009:0523:59");
	for (size_t i = 0; i < ARRAY_SIZE(sentences); i++) {
		str_clear(&s);
		network_speak(i % 2 ? "de" : "en");
		wording_add_time(&s, sentences[i].minute);
		CHECK_TEXT(str_text(&s), sentences[i].text);
	}
	CHECK_TEXT(wording_language("en", true), "en");
	CHECK_TEXT(wording_language("de", false), "de");
	CHECK_TEXT(wording_language("de", true), "de@formal:de");
}

/* Two of one name are told apart by the first thing that differs. */
static void people_of_one_name_are_told_apart(void)
{
	static char anna[] = "Anna Lind", other[] = "anna lind", ben[] = "Dr. Ben Roth",
		    benno[] = "Ben Weber", acme[] = "Acme", bonn[] = "Bonn";
	static const struct {
		char *name, *org, *city, *other_name, *other_org, *other_city;
		bool given;
		const char *label;
	} rows[] = {
		{ anna, acme, bonn, ben, NULL, NULL, false, "Anna Lind" },
		{ anna, acme, bonn, ben, NULL, NULL, true, "Anna" },
		{ ben, NULL, NULL, benno, NULL, NULL, true, "Dr. Ben Roth" },
		{ anna, acme, bonn, other, NULL, NULL, false, "Anna Lind (Acme)" },
		{ anna, acme, bonn, anna, acme, NULL, true, "Anna Lind (Bonn)" },
		{ anna, acme, bonn, other, acme, bonn, false, "Anna Lind (#7)" },
		{ anna, NULL, NULL, anna, NULL, NULL, false, "Anna Lind (#7)" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct contact one = { .id = 7,
			.field = { [CONTACT_NAME] = rows[i].name,
				[CONTACT_ORG] = rows[i].org,
				[CONTACT_CITY] = rows[i].city } };
		const struct contact two = { .id = 8,
			.field = { [CONTACT_NAME] = rows[i].other_name,
				[CONTACT_ORG] = rows[i].other_org,
				[CONTACT_CITY] = rows[i].other_city } };
		_cleanup_free_ char *label = wording_label(&one, &two, rows[i].given);

		TEST_ROW("%s", rows[i].label);
		CHECK_TEXT(label, rows[i].label);
	}
}

TEST_MAIN(TEST(dates_are_written_out), TEST(plain_dates), TEST(plain_days),
	TEST(days_are_told_from_today), TEST(occasions_become_sentences),
	TEST(follow_ups_keep_their_words), TEST(given_names), TEST(formal_names),
	TEST(lines_begin_with_a_capital), TEST(work_leaves_out_what_is_unknown),
	TEST(times_and_languages), TEST(people_of_one_name_are_told_apart))
