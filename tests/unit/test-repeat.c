/* SPDX-License-Identifier: MIT */
#include "agenda/repeat.h"
#include "core/day.h"
#include "core/mem.h"
#include "test.h"

static int32_t at(const char *text)
{
	struct date d = { 0 };

	CHECK(day_parse(text, &d));
	return day_number(d.year, d.month, d.day);
}

static void repeat_table(void)
{
	static const struct {
		struct repeat repeat;
		const char *first, *due, *done, *next;
	} rows[] = {
		{ { 0, 42, false }, "2026-11-02", "2026-11-02", "2026-11-02", "2026-12-14" },
		{ { 0, 42, false }, "2026-11-02", "2026-11-02", "2026-11-20", "2026-12-14" },
		{ { 0, 42, true }, "2026-11-02", "2026-11-02", "2026-11-20", "2027-01-01" },
		{ { 0, 7, false }, "2026-11-02", "2026-11-02", "2026-11-16", "2026-11-23" },
		{ { 0, 7, false }, "2026-11-02", "2026-11-16", "2026-11-10", "2026-11-23" },
		{ { 1, 0, false }, "2026-01-31", "2026-01-31", "2026-01-31", "2026-02-28" },
		{ { 1, 0, false }, "2026-01-31", "2026-02-28", "2026-02-28", "2026-03-31" },
		{ { 1, 0, false }, "2024-01-31", "2024-01-31", "2024-02-01", "2024-02-29" },
		{ { 1, 0, false }, "2026-01-31", "2026-03-31", "2026-04-02", "2026-04-30" },
		{ { 1, 0, true }, "2026-01-31", "2026-03-31", "2026-04-02", "2026-05-02" },
		{ { 3, 0, false }, "2026-01-15", "2026-01-15", "2026-12-24", "2027-01-15" },
		{ { 12, 0, false }, "2024-02-29", "2024-02-29", "2024-02-29", "2025-02-28" },
		{ { 12, 0, false }, "2024-02-29", "2027-02-28", "2027-02-28", "2028-02-29" },
		{ { 12, 0, false }, "9999-06-01", "9999-06-01", "9999-06-01", "9999-12-31" },
		{ { 0, 30, false }, "9999-12-20", "9999-12-20", "9999-12-20", "9999-12-31" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu, done %s", i, rows[i].done);
		CHECK_INT(repeat_next(&rows[i].repeat, at(rows[i].first), at(rows[i].due),
				  at(rows[i].done)),
			at(rows[i].next));
	}
}

/* Month ends do not drift, however long it goes on. */
static void repeat_keeps_its_day(void)
{
	struct repeat monthly = { 1, 0, false };
	int32_t first = at("2026-01-31"), day = first;

	for (int i = 0; i < 240; i++) {
		struct date d;

		day = repeat_next(&monthly, first, day, day);
		d = day_date(day);
		CHECK_INT(d.day, day_month_length(d.year, d.month));
		CHECK_INT(d.year * 12 + d.month, 2026 * 12 + 2 + i);
	}
}

static void repeat_as_it_is_typed(void)
{
	static const struct {
		struct repeat repeat;
		const char *text;
	} rows[] = {
		{ { 0, 0, false }, "" },
		{ { 0, 1, false }, "1d" },
		{ { 0, 7, false }, "1w" },
		{ { 0, 42, true }, "6w" },
		{ { 0, 43, false }, "43d" },
		{ { 1, 0, false }, "1m" },
		{ { 12, 0, false }, "1y" },
		{ { 18, 0, true }, "18m" },
		{ { 1200, 0, false }, "100y" },
		{ { 0, INT32_MAX, false }, "2147483647d" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[REPEAT_TEXT_SIZE];

		TEST_ROW("%s", rows[i].text);
		CHECK_TEXT(repeat_format(&rows[i].repeat, text), rows[i].text);
	}
}

TEST_MAIN(TEST(repeat_table), TEST(repeat_keeps_its_day), TEST(repeat_as_it_is_typed))
