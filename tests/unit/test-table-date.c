/* SPDX-License-Identifier: MIT */
#include "format/table-date.h"
#include "test.h"

static void table_dates(void)
{
	static const struct {
		const char *text;
		enum table_order order;
		const char *found; /* a day, or what stands for the outcome */
	} rows[] = {
		{ "1969-12-28", TABLE_UNTOLD, "1969-12-28" },
		{ "19691228", TABLE_UNTOLD, "1969-12-28" },
		{ "1969/12/28", TABLE_UNTOLD, "1969-12-28" },
		{ "1969-12-28T00:00:00Z", TABLE_UNTOLD, "1969-12-28" },
		{ "--12-28", TABLE_UNTOLD, "--12-28" },
		{ "1604-12-28", TABLE_UNTOLD, "--12-28" },
		{ "28.12.1604", TABLE_UNTOLD, "--12-28" },
		{ "28.12.1969", TABLE_MONTH_FIRST, "1969-12-28" },
		{ "3.4.1969", TABLE_MONTH_FIRST, "1969-04-03" },
		{ "28.12.", TABLE_UNTOLD, "--12-28" },
		{ "28.12.69", TABLE_UNTOLD, "--12-28" },
		{ "28. 12. 1969", TABLE_UNTOLD, "1969-12-28" },
		{ "3/4/1969", TABLE_MONTH_FIRST, "1969-03-04" },
		{ "3/4/1969", TABLE_DAY_FIRST, "1969-04-03" },
		{ "3/4/1969", TABLE_UNTOLD, "two" },
		{ "3/4/1969", TABLE_CONTRARY, "two" },
		{ "3-4-1969", TABLE_UNTOLD, "two" },
		{ "3/4", TABLE_DAY_FIRST, "--04-03" },
		{ "4/4/1969", TABLE_CONTRARY, "1969-04-04" },
		{ "28/12/1969", TABLE_MONTH_FIRST, "1969-12-28" },
		{ "12/28/1969", TABLE_DAY_FIRST, "1969-12-28" },
		{ "12/28/1969 12:00:00 AM", TABLE_UNTOLD, "1969-12-28" },
		{ "2/29/1969", TABLE_UNTOLD, "other" },
		{ "2/29/1968", TABLE_UNTOLD, "1968-02-29" },
		{ "29.2.", TABLE_UNTOLD, "--02-29" },
		{ "28 Dec 1969", TABLE_UNTOLD, "1969-12-28" },
		{ "December 28, 1969", TABLE_UNTOLD, "1969-12-28" },
		{ "28th of December 1969", TABLE_UNTOLD, "1969-12-28" },
		{ "28. Dezember 1969", TABLE_UNTOLD, "1969-12-28" },
		{ "3. Mär. 1969", TABLE_UNTOLD, "1969-03-03" },
		{ "3. März", TABLE_UNTOLD, "--03-03" },
		{ "0/0/00", TABLE_UNTOLD, "none" },
		{ "0.0.00", TABLE_UNTOLD, "none" },
		{ "00.00.0000", TABLE_UNTOLD, "none" },
		{ "0000-00-00", TABLE_UNTOLD, "none" },
		{ "1/1/4501", TABLE_UNTOLD, "none" },
		{ "4501-01-01", TABLE_UNTOLD, "none" },
		{ "1/0/1900", TABLE_UNTOLD, "none" },
		{ "", TABLE_UNTOLD, "none" },
		{ "1/1/1900", TABLE_UNTOLD, "1900-01-01" },
		{ "13/13/1969", TABLE_UNTOLD, "other" },
		{ "March 1969", TABLE_UNTOLD, "other" },
		{ "1969", TABLE_UNTOLD, "other" },
		{ "1/2/3/4", TABLE_UNTOLD, "other" },
		{ "1/2/196", TABLE_DAY_FIRST, "other" },
		{ "1/2/99999", TABLE_DAY_FIRST, "other" },
		{ "circa 1800", TABLE_UNTOLD, "other" },
		{ "28 Foo 1969", TABLE_UNTOLD, "other" },
		{ "12345678901234567890", TABLE_UNTOLD, "other" },
		{ "Jan Feb 3", TABLE_UNTOLD, "other" },
	};
	static const char *const outcomes[] = { [TABLE_DATE_NONE] = "none",
		[TABLE_DATE_OTHER] = "other",
		[TABLE_DATE_AMBIGUOUS] = "two" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct date date = { 0 };
		char text[DAY_TEXT_SIZE];
		enum table_date found = table_date_read(rows[i].text, rows[i].order, &date);

		TEST_ROW("%s, order %d", rows[i].text, (int)rows[i].order);
		CHECK_TEXT(found == TABLE_DATE ? day_format(&date, text) : outcomes[found],
			rows[i].found);
	}
}

static void table_orders(void)
{
	static const struct {
		const char *text;
		enum table_order before, after;
	} rows[] = {
		{ "3/4/1969", TABLE_UNTOLD, TABLE_UNTOLD },
		{ "3/14/1969", TABLE_UNTOLD, TABLE_MONTH_FIRST },
		{ "14/3/1969", TABLE_UNTOLD, TABLE_DAY_FIRST },
		{ "14/3/1969", TABLE_DAY_FIRST, TABLE_DAY_FIRST },
		{ "14/3/1969", TABLE_MONTH_FIRST, TABLE_CONTRARY },
		{ "3/14/1969", TABLE_CONTRARY, TABLE_CONTRARY },
		{ "14/14/1969", TABLE_UNTOLD, TABLE_UNTOLD },
		{ "14.3.1969", TABLE_UNTOLD, TABLE_UNTOLD },
		{ "1969-03-14", TABLE_UNTOLD, TABLE_UNTOLD },
		{ "0/0/00", TABLE_UNTOLD, TABLE_UNTOLD },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum table_order order = rows[i].before;

		TEST_ROW("%s after %d", rows[i].text, (int)rows[i].before);
		table_order_learn(&order, rows[i].text);
		CHECK_INT(order, rows[i].after);
	}
}

static void table_days(void)
{
	static const struct {
		const char *text, *day; /* NULL: none */
	} rows[] = {
		{ "05 Oct 2020", "2020-10-05" },
		{ "2023-05-01 14:22:10 UTC", "2023-05-01" },
		{ "5/12/23, 3:04 PM", "2023-05-12" },
		{ "5/12/2023, 3:04 PM", "2023-05-12" },
		{ "30/01/26, 15:04", "2026-01-30" },
		{ "05 Jun 1833", "1833-06-05" },
		{ "5 Oct", NULL },
		{ "", NULL },
		{ "yesterday", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[DAY_TEXT_SIZE];
		struct date date;
		int32_t day = 0;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(table_day_read(rows[i].text, &day), rows[i].day != NULL);
		date = day_date(day);
		if (rows[i].day)
			CHECK_TEXT(day_format(&date, text), rows[i].day);
	}
}

TEST_MAIN(TEST(table_dates), TEST(table_orders), TEST(table_days))
