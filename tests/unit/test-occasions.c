/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/occasions.h"

static int add(struct store *store, int64_t contact, const char *kind, const char *name,
	const char *date, const char *source, int64_t *ret_number)
{
	struct date d = { 0 };
	struct err e = { "" };

	CHECK(day_parse(date, &d));
	return occasions_add(
		store, book_main(store), contact, kind, name, &d, source, TODAY, ret_number, &e);
}

/* "b1 birthday 1984-03-12, ..." */
static void check_all(struct store *store, int64_t contact, const char *expected)
{
	_cleanup_occasions_ struct occasions all = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	char date[DAY_TEXT_SIZE];
	struct err e = { "" };

	CHECK_INT(occasions_of(store, contact, &all, &e), 0);
	for (size_t i = 0; i < all.n; i++) {
		CHECK_INT(all.all[i].contact, contact);
		CHECK_INT(all.all[i].entered_day, TODAY);
		str_add_separator(&text, ", ");
		str_addf(&text, "b%lld %s %s", (long long)all.all[i].number,
			all.all[i].name ? all.all[i].name : all.all[i].kind,
			day_format(&all.all[i].date, date));
	}
	CHECK_TEXT(str_text(&text), expected);
}

/* What is added to one contact, one after the other, and what stands then. */
static void occasions_birthday_is_one(void)
{
	static const struct {
		const char *date, *source;
		int result;
		const char *then;
	} rows[] = {
		{ "1984-03-12", "vcard", 0, "b1 birthday 1984-03-12" },
		{ "1984-03-12", "vcard", OCCASION_KEPT, "b1 birthday 1984-03-12" },
		{ "1984-03-13", "vcard", 0, "b1 birthday 1984-03-13" },
		{ "--03-13", "vcard", OCCASION_KEPT,
			"b1 birthday 1984-03-13" }, /* no year is no news */
		{ "--03-14", "vcard", 0, "b1 birthday --03-14" },
		{ "1984-03-14", "vcard", 0, "b1 birthday 1984-03-14" },
		{ "1984-02-29", "hand", 0, "b1 birthday 1984-02-29" },
		{ "1984-03-12", "vcard", OCCASION_KEPT, "b1 birthday 1984-02-29" },
		{ "--02-29", "hand", 0, "b1 birthday --02-29" },
		{ "1985-02-28", "hand", 0, "b1 birthday 1985-02-28" },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", "vcard");

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t number = 0;

		TEST_ROW("row %zu", i);
		CHECK_INT(add(store, anna, OCCASION_BIRTHDAY, NULL, rows[i].date, rows[i].source,
				  &number),
			rows[i].result);
		CHECK_INT(number, 1);
		check_all(store, anna, rows[i].then);
	}
}

static void occasions_others_are_many(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", "vcard"), n;
	int64_t ben = book_contact(store, book_main(store), "Ben", "vcard");
	struct err e;

	CHECK_INT(add(store, anna, OCCASION_NAMED, "Kolping", "2001-05-01", "vcard", &n), 0);
	CHECK_INT(add(store, anna, OCCASION_NAMED, "Kolping", "2001-05-01", "hand", &n),
		OCCASION_KEPT);
	CHECK_INT(n, 1);
	CHECK_INT(add(store, anna, OCCASION_NAMED, "Kolping", "--05-01", "vcard", &n), 0);
	CHECK_INT(add(store, anna, OCCASION_NAMED, "Chor", "2001-05-01", "vcard", &n), 0);
	CHECK_INT(add(store, anna, OCCASION_ANNIVERSARY, NULL, "2010-06-01", "vcard", &n), 0);
	CHECK_INT(add(store, anna, OCCASION_ANNIVERSARY, NULL, "2010-06-01", "vcard", &n),
		OCCASION_KEPT);
	CHECK_INT(add(store, ben, OCCASION_ANNIVERSARY, NULL, "2010-06-01", "vcard", &n), 0);
	CHECK_INT(n, 5);
	CHECK_INT(add(store, anna, OCCASION_BIRTHDAY, NULL, "--12-31", "vcard", &n), 0);
	check_all(store, anna,
		"b6 birthday --12-31, b1 Kolping 2001-05-01, b2 Kolping --05-01, b3 Chor 2001-05-01,"
		" b4 anniversary 2010-06-01");
	CHECK_INT(occasions_remove_birthday(store, anna, TODAY, &e), 0);
	CHECK_INT(occasions_remove_birthday(store, ben, TODAY, &e), 0);
	check_all(store, ben, "b5 anniversary 2010-06-01");
	/* It was taken away by hand. */
	CHECK_INT(add(store, anna, OCCASION_BIRTHDAY, NULL, "--12-31", "vcard", &n), OCCASION_KEPT);
	CHECK_INT(add(store, anna, OCCASION_BIRTHDAY, NULL, "--12-31", "hand", &n), 0);
	CHECK_INT(n, 7); /* no number twice */
	CHECK_INT(occasions_remove_birthday(store, ben, TODAY, &e), 0);
	CHECK_INT(add(store, ben, OCCASION_BIRTHDAY, NULL, "--12-31", "vcard", &n), 0);
}

static size_t count_in(struct store *store, int64_t book, int first, int last)
{
	_cleanup_occasions_ struct occasions all = { 0 };
	const struct occasion_range range = { 2026, first, last };
	struct err e;

	CHECK_INT(occasions_in(store, book, &range, &all, &e), 0);
	for (size_t i = 0; i < all.n; i++) {
		int at = occasion_month_day(all.all[i].date.month, all.all[i].date.day);

		CHECK(at >= first && at <= last);
	}
	return all.n;
}

static void occasions_found_by_their_days(void)
{
	static const char *const dates[] = { "1984-01-01", "--02-28", "--02-29", "2000-03-01",
		"1970-12-31" };
	static const struct {
		int first, last;
		size_t n;
	} rows[] = {
		{ 101, 1231, 5 },
		{ 101, 101, 1 },
		{ 102, 227, 0 },
		{ 228, 229, 2 },
		{ 229, 229, 1 },
		{ 229, 301, 2 },
		{ 1231, 1231, 1 },
		{ 302, 1230, 0 },
		{ 301, 228, 0 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store), n;

	for (size_t i = 0; i < ARRAY_SIZE(dates); i++)
		CHECK_INT(add(store, book_contact(store, book, "Anna", "vcard"), OCCASION_BIRTHDAY,
				  NULL, dates[i], "vcard", &n),
			0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%d..%d", rows[i].first, rows[i].last);
		CHECK_INT(count_in(store, book, rows[i].first, rows[i].last), rows[i].n);
		CHECK_INT(count_in(store, other, rows[i].first, rows[i].last), 0);
	}
}

static void occasions_found_by_number(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_occasions_ struct occasions all = { 0 };
	int64_t book = book_main(store), n;
	struct err e;

	CHECK_INT(add(store, book_contact(store, book, "Anna", "vcard"), OCCASION_NAMED, "Chor",
			  "--05-01", "vcard", &n),
		0);
	CHECK_INT(occasions_by_number(store, book, n + 1, &all, &e), 0);
	CHECK_INT(occasions_by_number(store, book + 1, n, &all, &e), 0);
	CHECK_INT(occasions_by_number(store, book, n, &all, &e), 1);
	CHECK(all.n == 1 && str_equal(all.all[0].name, "Chor") &&
		str_equal(all.all[0].kind, OCCASION_NAMED));
}

static size_t count_put_back(struct store *store, int32_t from, int32_t to, int *ret_year)
{
	_cleanup_occasions_ struct occasions all = { 0 };
	_cleanup_free_ int *years = NULL;
	struct err e;

	CHECK_INT(occasions_put_back(store, book_main(store), from, to, &all, &years, &e), 0);
	*ret_year = all.n ? years[0] : 0;
	return all.n;
}

static void occasions_done_and_put_back(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), n;
	_cleanup_occasions_ struct occasions all = { 0 };
	struct occurrence said;
	struct err e;
	int year;

	CHECK_INT(add(store, book_contact(store, book, "Anna", "vcard"), OCCASION_BIRTHDAY, NULL,
			  "--05-01", "vcard", &n),
		0);
	CHECK_INT(occasions_occurrence(store, book, n, 2026, &said, &e), 0);
	CHECK(!said.done && !said.put_back);
	CHECK_INT(occasions_set_until(store, book, n, 2026, TODAY, &e), 0);
	CHECK_INT(occasions_occurrence(store, book, n, 2026, &said, &e), 0);
	CHECK(!said.done && said.put_back && said.until_day == TODAY);
	CHECK_INT(occasions_occurrence(store, book, n, 2027, &said, &e), 0);
	CHECK(!said.done && !said.put_back);
	CHECK_INT(count_put_back(store, TODAY, TODAY + 1, &year), 1);
	CHECK_INT(year, 2026);
	CHECK_INT(count_put_back(store, TODAY - 5, TODAY, &year), 0);
	CHECK_INT(count_put_back(store, TODAY + 1, TODAY + 5, &year), 0);
	/* Put back once more, done, and taken up again. */
	CHECK_INT(occasions_set_until(store, book, n, 2026, TODAY + 3, &e), 0);
	CHECK_INT(count_put_back(store, TODAY, TODAY + 1, &year), 0);
	CHECK_INT(count_put_back(store, TODAY, TODAY + 4, &year), 1);
	CHECK_INT(occasions_set_done(store, book, n, 2026, TODAY, &e), 0);
	CHECK_INT(occasions_occurrence(store, book, n, 2026, &said, &e), 0);
	CHECK(said.done && said.put_back);
	CHECK_INT(
		occasions_in(store, book, &(struct occasion_range){ 2026, 501, 501 }, &all, &e), 0);
	CHECK_INT(
		occasions_in(store, book, &(struct occasion_range){ 2025, 501, 501 }, &all, &e), 0);
	if (CHECK_INT(all.n, 2)) {
		CHECK(all.all[0].said.done && all.all[0].said.put_back);
		CHECK_INT(all.all[0].said.until_day, TODAY + 3);
		CHECK(!all.all[1].said.done && !all.all[1].said.put_back);
	}
	CHECK_INT(count_put_back(store, TODAY, TODAY + 4, &year), 0);
	CHECK_INT(occasions_set_until(store, book, n, 2026, TODAY + 3, &e), 0);
	CHECK_INT(count_put_back(store, TODAY, TODAY + 4, &year), 1);
	CHECK_INT(occasions_set_done(store, book, n, 2027, TODAY, &e), 0);
	CHECK_INT(count_put_back(store, TODAY, TODAY + 4, &year), 1);
}

TEST_MAIN(TEST(occasions_birthday_is_one), TEST(occasions_others_are_many),
	TEST(occasions_found_by_their_days), TEST(occasions_found_by_number),
	TEST(occasions_done_and_put_back))
