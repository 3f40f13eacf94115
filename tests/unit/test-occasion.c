/* SPDX-License-Identifier: MIT */
#include "agenda/occasion.h"
#include "core/mem.h"
#include "test.h"

static void occasion_leap_days(void)
{
	static const struct {
		int year;
		enum occasion_leap leap;
		int month, day;
	} rows[] = {
		{ 2023, OCCASION_LEAP_FEB28, 2, 28 },
		{ 2023, OCCASION_LEAP_MAR1, 3, 1 },
		{ 2024, OCCASION_LEAP_FEB28, 2, 29 },
		{ 2024, OCCASION_LEAP_MAR1, 2, 29 },
		{ 2100, OCCASION_LEAP_FEB28, 2, 28 },
		{ 2100, OCCASION_LEAP_MAR1, 3, 1 },
		{ 2000, OCCASION_LEAP_FEB28, 2, 29 },
		{ 1, OCCASION_LEAP_MAR1, 3, 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%d, setting %d", rows[i].year, rows[i].leap);
		CHECK_INT(occasion_day(2, 29, rows[i].year, rows[i].leap),
			day_number(rows[i].year, rows[i].month, rows[i].day));
	}
}

/* Every yearly day in every window: found once, and only if its day lies inside. */
static void occasion_ranges_find_each_once(void)
{
	static const int lengths[] = { 1, 2, 3, 7, 60, 365, 366, 400, 800 };
	int32_t start = day_number(2023, 2, 20);

	for (int leap = OCCASION_LEAP_FEB28; leap <= OCCASION_LEAP_MAR1; leap++)
		for (size_t l = 0; l < ARRAY_SIZE(lengths); l++)
			for (int32_t from = start; from < start + 20; from++)
				for (int md = 225; md <= 303; md += md == 229 ? 72 : 1) {
					int32_t at = from, to = from + lengths[l];
					struct occasion_range r;
					int found = 0, expected = 0;

					while (occasion_next_range(
						&at, to, (enum occasion_leap)leap, &r))
						found += md >= r.first && md <= r.last;
					for (int y = 2023; y <= 2026; y++) {
						int32_t day = occasion_day(md / 100, md % 100, y,
							(enum occasion_leap)leap);

						expected += day >= from && day < to;
					}
					if (found == expected)
						continue;
					TEST_ROW("leap %d, from %d, %d days, %d", leap, from,
						lengths[l], md);
					CHECK_INT(found, expected);
					return;
				}
}

/* In each year there is one day on which 29 February is kept, and the day's range finds it. */
static void occasion_leap_days_of_all_years(void)
{
	for (int year = DAY_YEAR_MIN; year <= DAY_YEAR_MAX; year++)
		for (int leap = OCCASION_LEAP_FEB28; leap <= OCCASION_LEAP_MAR1; leap++) {
			bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
			int kept = is_leap ? 229 : leap == OCCASION_LEAP_FEB28 ? 228 : 301;
			int32_t from = day_number(year, 2, 26);

			TEST_ROW("%d, setting %d", year, leap);
			CHECK_INT(occasion_day(2, 29, year, (enum occasion_leap)leap),
				day_number(year, kept / 100, kept % 100));
			for (int32_t day = from; day < from + 6; day++) {
				struct date date = day_date(day);
				struct occasion_range r;
				int32_t at = day;
				bool found;

				if (!CHECK(occasion_next_range(
					    &at, day + 1, (enum occasion_leap)leap, &r)))
					return;
				found = r.first <= 229 && 229 <= r.last;
				if (!CHECK_INT(r.year, year) ||
					!CHECK_INT(found, date.month * 100 + date.day == kept))
					return;
				CHECK(!occasion_next_range(
					&at, day + 1, (enum occasion_leap)leap, &r));
			}
		}
}

static void occasion_ranges_end(void)
{
	int32_t at = DAY_MAX;
	struct occasion_range r;

	CHECK(occasion_next_range(&at, DAY_MAX + 1, OCCASION_LEAP_FEB28, &r));
	CHECK(r.year == 9999 && r.first == 1231 && r.last == 1231);
	CHECK(!occasion_next_range(&at, DAY_MAX + 1, OCCASION_LEAP_FEB28, &r));
	/* The last day of a year belongs to those that reach beyond it. */
	at = day_number(2026, 12, 20);
	CHECK(occasion_next_range(&at, day_number(2026, 12, 31), OCCASION_LEAP_FEB28, &r));
	CHECK(r.first == 1220 && r.last == 1230);
	at = 5;
	CHECK(!occasion_next_range(&at, 5, OCCASION_LEAP_FEB28, &r));
}

static void occasion_nearest(void)
{
	static const struct {
		int month, day, ty, tm, td, year;
	} rows[] = {
		{ 12, 30, 2026, 1, 2, 2025 },
		{ 1, 3, 2025, 12, 30, 2026 },
		{ 6, 15, 2026, 6, 15, 2026 },
		{ 2, 29, 2026, 3, 1, 2026 },
		{ 12, 31, 9999, 12, 31, 9999 },
		{ 1, 1, 1, 1, 1, 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(occasion_nearest_year(rows[i].month, rows[i].day,
				  day_number(rows[i].ty, rows[i].tm, rows[i].td),
				  OCCASION_LEAP_FEB28),
			rows[i].year);
	}
}

static void occasion_ages(void)
{
	CHECK_INT(occasion_age(1984, 2024), 40);
	CHECK_INT(occasion_age(2024, 2024), 0);
	CHECK_INT(occasion_age(2025, 2024), -1);
	CHECK_INT(occasion_age(0, 2024), -1);
	CHECK(occasion_is_round(10) && occasion_is_round(40) && occasion_is_round(100));
	CHECK(!occasion_is_round(0) && !occasion_is_round(-1) && !occasion_is_round(18) &&
		!occasion_is_round(35) && !occasion_is_round(101));
}

/* Early over a weekend, late as long as it is told singly, also over the year's end. */
static void occasion_greetings(void)
{
	static const struct {
		int month, day;
		const char *greeted;
		int off, year;
	} rows[] = {
		{ 12, 1, "2026-12-01", 0, 2026 },
		{ 12, 1, "2026-11-28", 3, 2026 },
		{ 12, 1, "2026-11-27", -1, 2026 },
		{ 12, 1, "2026-12-15", 14, 2026 },
		{ 12, 1, "2026-12-16", -1, 2026 },
		{ 12, 31, "2027-01-02", 2, 2026 },
		{ 1, 2, "2026-12-31", 2, 2027 },
		{ 2, 29, "2027-02-28", 0, 2027 },
		{ 6, 1, "2026-12-01", -1, 2026 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct date date = { 0 };
		int year = 0;

		TEST_ROW("%d-%d, greeted %s", rows[i].month, rows[i].day, rows[i].greeted);
		CHECK(day_parse(rows[i].greeted, &date));
		CHECK_INT(occasion_greeted(rows[i].month, rows[i].day,
				  day_number(date.year, date.month, date.day), OCCASION_LEAP_FEB28,
				  &year),
			rows[i].off);
		if (rows[i].off >= 0)
			CHECK_INT(year, rows[i].year);
	}
}

TEST_MAIN(TEST(occasion_leap_days), TEST(occasion_ranges_find_each_once),
	TEST(occasion_leap_days_of_all_years), TEST(occasion_ranges_end), TEST(occasion_nearest),
	TEST(occasion_ages), TEST(occasion_greetings))
