/* SPDX-License-Identifier: MIT */
#include "core/day.h"
#include "core/mem.h"
#include "test.h"

static void day_every_day_there_and_back(void)
{
	int32_t n = DAY_MIN;

	CHECK_INT(day_number(1, 1, 1), DAY_MIN);
	CHECK_INT(day_number(9999, 12, 31), DAY_MAX);
	CHECK_INT(day_number(1970, 1, 1), 0);
	for (int y = DAY_YEAR_MIN; y <= DAY_YEAR_MAX; y++)
		for (int m = 1; m <= 12; m++)
			for (int d = 1; d <= day_month_length(y, m); d++, n++) {
				struct date back = day_date(n);

				if (day_number(y, m, d) == n && back.year == y && back.month == m &&
					back.day == d)
					continue;
				TEST_ROW("%04d-%02d-%02d", y, m, d);
				CHECK_INT(day_number(y, m, d), n);
				return;
			}
	CHECK_INT(n, DAY_MAX + 1);
}

static void day_weekdays(void)
{
	CHECK_INT(day_weekday(0), THURSDAY);
	CHECK_INT(day_weekday(day_number(2024, 2, 29)), THURSDAY);
	CHECK_INT(day_weekday(day_number(1900, 1, 1)), MONDAY);
	CHECK_INT(day_weekday(day_number(1, 1, 1)), MONDAY);
	CHECK_INT(day_weekday(day_number(2026, 11, 22)), SUNDAY);
}

static void day_months_added(void)
{
	static const struct {
		int y, m, d, months, ry, rm, rd;
	} rows[] = {
		{ 2023, 1, 31, 1, 2023, 2, 28 },
		{ 2024, 1, 31, 1, 2024, 2, 29 },
		{ 2024, 2, 29, 12, 2025, 2, 28 },
		{ 2024, 12, 15, 1, 2025, 1, 15 },
		{ 2024, 1, 15, -1, 2023, 12, 15 },
		{ 9999, 12, 1, 1, 9999, 12, 31 },
		{ 1, 1, 31, -1, 1, 1, 1 },
		{ 1, 2, 28, -1, 1, 1, 28 },
		{ 9998, 12, 31, 12, 9999, 12, 31 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(
			day_add_months(day_number(rows[i].y, rows[i].m, rows[i].d), rows[i].months),
			day_number(rows[i].ry, rows[i].rm, rows[i].rd));
	}
}

static void day_texts(void)
{
	static const struct {
		const char *text;
		int year, month, day; /* month 0: refused */
	} rows[] = {
		{ "1984-03-12", 1984, 3, 12 },
		{ "--03-12", 0, 3, 12 },
		{ "--02-29", 0, 2, 29 },
		{ "2023-02-29", 0, 0, 0 },
		{ "2024-02-29", 2024, 2, 29 },
		{ "0000-01-01", 0, 0, 0 },
		{ "0001-01-01", 1, 1, 1 },
		{ "1984-3-12", 0, 0, 0 },
		{ "1984-13-01", 0, 0, 0 },
		{ "--00-10", 0, 0, 0 },
		{ "", 0, 0, 0 },
		{ "1984-03-12 ", 0, 0, 0 },
		{ "-984-03-12", 0, 0, 0 },
		{ "--1x-10", 0, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct date d = { 0 };
		char text[DAY_TEXT_SIZE];

		TEST_ROW("%s", rows[i].text);
		CHECK(day_parse(rows[i].text, &d) == (rows[i].month != 0));
		CHECK(d.year == rows[i].year && d.month == rows[i].month && d.day == rows[i].day);
		if (d.month)
			CHECK_TEXT(day_format(&d, text), rows[i].text);
	}
}

TEST_MAIN(TEST(day_every_day_there_and_back), TEST(day_weekdays), TEST(day_months_added),
	TEST(day_texts))
