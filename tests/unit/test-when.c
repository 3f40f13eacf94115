/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "format/when.h"
#include "test.h"

#include <errno.h>
#include <string.h>

#define TODAY day_number(2026, 11, 23) /* a Monday */

static const char *show(int result, int32_t day)
{
	static char text[DAY_TEXT_SIZE];
	struct date d = day_date(day);

	return result ? NULL : day_format(&d, text);
}

static void when_days(void)
{
	static const struct {
		const char *text, *coming, *past;
	} rows[] = {
		{ "2026-11-28", "2026-11-28", "2026-11-28" },
		{ "28.11.2026", "2026-11-28", "2026-11-28" },
		{ "28.11.26", "2026-11-28", "2026-11-28" },
		{ "3.1.2027", "2027-01-03", "2027-01-03" },
		{ "28.11.", "2026-11-28", "2025-11-28" },
		{ "28.11", "2026-11-28", "2025-11-28" },
		{ "23.11.", "2026-11-23", "2026-11-23" },
		{ "22.11.", "2027-11-22", "2026-11-22" },
		{ "29.2.", "2028-02-29", "2024-02-29" },
		{ "--02-29", "2028-02-29", "2024-02-29" },
		{ "today", "2026-11-23", "2026-11-23" },
		{ "HEUTE", "2026-11-23", "2026-11-23" },
		{ "tomorrow", "2026-11-24", "2026-11-24" },
		{ "morgen", "2026-11-24", "2026-11-24" },
		{ "übermorgen", "2026-11-25", "2026-11-25" },
		{ "uebermorgen", "2026-11-25", "2026-11-25" },
		{ "yesterday", "2026-11-22", "2026-11-22" },
		{ "gestern", "2026-11-22", "2026-11-22" },
		{ "vorgestern", "2026-11-21", "2026-11-21" },
		{ "monday", "2026-11-30", "2026-11-16" },
		{ "Mo", "2026-11-30", "2026-11-16" },
		{ "friday", "2026-11-27", "2026-11-20" },
		{ "next friday", "2026-11-27", "2026-11-20" },
		{ "nächsten Freitag", "2026-11-27", "2026-11-20" },
		{ "am Freitag", "2026-11-27", "2026-11-20" },
		{ "sonntag", "2026-11-29", "2026-11-22" },
		{ "next week", "2026-11-30", "2026-11-30" },
		{ "nächste Woche", "2026-11-30", "2026-11-30" },
		{ "naechste woche", "2026-11-30", "2026-11-30" },
		{ "next month", "2026-12-01", "2026-12-01" },
		{ "nächstes Jahr", "2027-01-01", "2027-01-01" },
		{ "+3d", "2026-11-26", "2026-11-26" },
		{ "-3d", "2026-11-20", "2026-11-20" },
		{ "3d", "2026-11-26", "2026-11-20" },
		{ "2w", "2026-12-07", "2026-11-09" },
		{ "3m", "2027-02-23", "2026-08-23" },
		{ "1y", "2027-11-23", "2025-11-23" },
		{ "in 2 weeks", "2026-12-07", "2026-12-07" },
		{ "in 3 Tagen", "2026-11-26", "2026-11-26" },
		{ "in einer Woche", "2026-11-30", "2026-11-30" },
		{ "in a month", "2026-12-23", "2026-12-23" },
		{ "in fünf Jahren", "2031-11-23", "2031-11-23" },
		{ "vor 2 Wochen", "2026-11-09", "2026-11-09" },
		{ "2 weeks ago", "2026-11-09", "2026-11-09" },
		{ "12 March", "2027-03-12", "2026-03-12" },
		{ "12. März 2030", "2030-03-12", "2030-03-12" },
		{ "March 12, 2030", "2030-03-12", "2030-03-12" },
		{ "  friday  ", "2026-11-27", "2026-11-20" },
		{ "", NULL, NULL },
		{ "   ", NULL, NULL },
		{ "3/12", NULL, NULL },
		{ "03/12/2026", NULL, NULL },
		{ "30.2.", NULL, NULL },
		{ "29.2.2027", NULL, NULL },
		{ "2026-02-30", NULL, NULL },
		{ "32.1.", NULL, NULL },
		{ "1.13.", NULL, NULL },
		{ "1.1.123", NULL, NULL },
		{ "1.1.0000", NULL, NULL },
		{ "0d", NULL, NULL },
		{ "101y", NULL, NULL },
		{ "99999d", NULL, NULL },
		{ "in", NULL, NULL },
		{ "in friday", NULL, NULL },
		{ "3 friday", NULL, NULL },
		{ "friday friday", NULL, NULL },
		{ "soon", NULL, NULL },
		{ "+-3d", NULL, NULL },
		{ "a b c d e f g h", NULL, NULL },
		{ "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
			NULL, NULL },
		{ "\xff\xfe", NULL, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct err e = { "" };
		int32_t day = 0;
		int r;

		TEST_ROW("%s", rows[i].text);
		r = when_day(rows[i].text, TODAY, WHEN_COMING, &day, &e);
		CHECK_TEXT(show(r, day), rows[i].coming);
		CHECK(r == (rows[i].coming ? 0 : -EINVAL) && (e.text[0] != '\0') == (r != 0));
		r = when_day(rows[i].text, TODAY, WHEN_PAST, &day, NULL);
		CHECK_TEXT(show(r, day), rows[i].past);
	}
}

/* Each weekday word from each weekday: one to seven days away, and the right one. */
static void when_weekdays_from_any_day(void)
{
	static const char *const words[] = { "mon", "tuesday", "Mittwoch", "do", "fri", "samstag",
		"sun" };

	for (int32_t today = TODAY; today < TODAY + 7; today++)
		for (size_t w = 0; w < ARRAY_SIZE(words); w++) {
			int32_t next = 0, last = 0;

			TEST_ROW("%s from %d", words[w], (int)(today - TODAY));
			CHECK_INT(when_day(words[w], today, WHEN_COMING, &next, NULL), 0);
			CHECK_INT(when_day(words[w], today, WHEN_PAST, &last, NULL), 0);
			CHECK_INT(day_weekday(next), w + 1);
			CHECK(next > today && next <= today + 7);
			CHECK_INT(
				next - last, day_weekday(today) == (enum weekday)(w + 1) ? 14 : 7);
		}
}

static void when_sentences(void)
{
	struct err e;
	int32_t day;

	CHECK_INT(when_day("3/12", TODAY, WHEN_COMING, &day, &e), -EINVAL);
	CHECK(strstr(e.text, "\"3/12\" is one day in Europe and another in America: write ") ==
		e.text);
	CHECK_INT(when_day("soon", TODAY, WHEN_COMING, &day, &e), -EINVAL);
	CHECK_TEXT(e.text,
		"\"soon\" is no day: write 2026-11-28, 28.11., friday, tomorrow, +3d or \"in 2 weeks\"");
}

static void when_times(void)
{
	static const struct {
		const char *text, *day;
		int minute;
	} rows[] = {
		{ "2026-11-28 15:00", "2026-11-28", 900 },
		{ "2026-11-28T15:00", "2026-11-28", 900 },
		{ "2026-11-28", "2026-11-28", -1 },
		{ "friday 9:30", "2026-11-27", 570 },
		{ "friday, 9:30", "2026-11-27", 570 },
		{ "friday at 9:30", "2026-11-27", 570 },
		{ "morgen 15 Uhr", "2026-11-24", 900 },
		{ "morgen um 15 Uhr", "2026-11-24", 900 },
		{ "morgen 15uhr", "2026-11-24", 900 },
		{ "28.11. 15.30 Uhr", "2026-11-28", 930 },
		{ "tomorrow 3pm", "2026-11-24", 900 },
		{ "tomorrow 3:15 pm", "2026-11-24", 915 },
		{ "tomorrow 12am", "2026-11-24", 0 },
		{ "tomorrow 12pm", "2026-11-24", 720 },
		{ "in 2 weeks 0:00", "2026-12-07", 0 },
		{ "today 23:59", "2026-11-23", 1439 },
		{ "today 24:00", NULL, 0 },
		{ "today 9:60", NULL, 0 },
		{ "today 9:5", NULL, 0 },
		{ "today 13pm", NULL, 0 },
		{ "today 0am", NULL, 0 },
		{ "today 15", NULL, 0 },
		{ "15:00", NULL, 0 },
		{ "um 15 uhr", NULL, 0 },
		{ "uhr", NULL, 0 },
		{ "", NULL, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int32_t day = 0;
		int minute = -2, r;

		TEST_ROW("%s", rows[i].text);
		r = when_time(rows[i].text, TODAY, WHEN_COMING, &day, &minute, NULL);
		CHECK_TEXT(show(r, day), rows[i].day);
		CHECK_INT(minute, rows[i].day ? rows[i].minute : -2);
	}
}

/* TODAY is Monday, 2026-11-23. */
static void when_times_of_either_side(void)
{
	static const struct {
		const char *text;
		enum when_side side;
		const char *day;
	} rows[] = {
		{ "20.11. 15:00", WHEN_PAST, "2026-11-20" },
		{ "saturday 15:00", WHEN_PAST, "2026-11-21" },
		{ "3d", WHEN_PAST, "2026-11-20" },
		{ "24.11. 15:00", WHEN_PAST, "2025-11-24" },
		{ "24.11.", WHEN_NEAR, "2026-11-24" },
		{ "23.11.", WHEN_NEAR, "2026-11-23" },
		{ "22.11. 15:00", WHEN_NEAR, "2026-11-22" },
		{ "25.5.", WHEN_NEAR, "2027-05-25" },
		{ "26.5.", WHEN_NEAR, "2026-05-26" },
		{ "26 May", WHEN_NEAR, "2026-05-26" },
		{ "2027-05-26", WHEN_NEAR, "2027-05-26" },
		{ "saturday", WHEN_NEAR, "2026-11-28" },
		{ "yesterday", WHEN_NEAR, "2026-11-22" },
		{ "3d", WHEN_NEAR, "2026-11-26" },
		{ "30.2.", WHEN_NEAR, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int32_t day = 0;
		int minute, r;

		TEST_ROW("%s, %d", rows[i].text, rows[i].side);
		r = when_time(rows[i].text, TODAY, rows[i].side, &day, &minute, NULL);
		CHECK_TEXT(show(r, day), rows[i].day);
	}
}

static void when_occasions(void)
{
	static const struct {
		const char *text, *date, *why;
	} rows[] = {
		{ "1984-03-12", "1984-03-12", NULL },
		{ "12.3.1984", "1984-03-12", NULL },
		{ "12.03.1984", "1984-03-12", NULL },
		{ "12.3.", "--03-12", NULL },
		{ "12.3", "--03-12", NULL },
		{ "--03-12", "--03-12", NULL },
		{ "29.2.", "--02-29", NULL },
		{ "12 March 1984", "1984-03-12", NULL },
		{ "12. März", "--03-12", NULL },
		{ "23.11.2026", "2026-11-23", NULL },
		{ "24.11.2026", NULL, "not yet" },
		{ "12.3.84", NULL, "two digits" },
		{ "29.2.2023", NULL, "no day" },
		{ "3/12", NULL, "Europe" },
		{ "today", NULL, "no day" },
		{ "", NULL, "no day" },
		{ "12.3.0000", NULL, "no day" },
		{ "1984", NULL, "no day" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[DAY_TEXT_SIZE];
		struct err e = { "" };
		struct date d = { 0 };

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(when_occasion(rows[i].text, TODAY, &d, &e), rows[i].date ? 0 : -EINVAL);
		CHECK_TEXT(d.month ? day_format(&d, text) : NULL, rows[i].date);
		if (rows[i].why)
			CHECK(strstr(e.text, rows[i].why) != NULL);
	}
}

static void when_spans(void)
{
	static const struct {
		const char *text;
		int months, days;
	} rows[] = {
		{ "30d", 0, 30 },
		{ "6w", 0, 42 },
		{ "3m", 3, 0 },
		{ "1y", 12, 0 },
		{ "2 weeks", 0, 14 },
		{ "6 Wochen", 0, 42 },
		{ "3 Monate", 3, 0 },
		{ "a year", 12, 0 },
		{ "1 Jahr", 12, 0 },
		{ "zwei Tage", 0, 2 },
		{ "100y", 1200, 0 },
		{ "101y", 0, 0 },
		{ "1200m", 1200, 0 },
		{ "1201m", 0, 0 },
		{ "0d", 0, 0 },
		{ "-3d", 0, 0 },
		{ "36600d", 0, 36600 },
		{ "36601d", 0, 0 },
		{ "d", 0, 0 },
		{ "3", 0, 0 },
		{ "3 x", 0, 0 },
		{ "", 0, 0 },
		{ "2 weeks 3", 0, 0 },
		{ "999999d", 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct when_span span = { 0 };
		bool good = rows[i].months || rows[i].days;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(when_span(rows[i].text, &span, NULL), good ? 0 : -EINVAL);
		if (good)
			CHECK(span.months == rows[i].months && span.days == rows[i].days);
	}
}

TEST_MAIN(TEST(when_days), TEST(when_weekdays_from_any_day), TEST(when_sentences), TEST(when_times),
	TEST(when_times_of_either_side), TEST(when_occasions), TEST(when_spans))
