/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/followups.h"

static int64_t add(struct store *store, int64_t contact, const char *what, int32_t day, int minute)
{
	struct err e = { "" };
	int64_t number = 0;

	CHECK_INT(followups_add(
			  store, book_main(store), contact, what, day, minute, TODAY, &number, &e),
		0);
	return number;
}

/* The open ones that are due before `to`, as "call 100, write 101". */
static void check_due(struct store *store, int32_t to, const char *expected)
{
	_cleanup_followups_ struct followups all = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	CHECK_INT(followups_due(store, book_main(store), to, &all, &e), 0);
	for (size_t i = 0; i < all.n; i++) {
		CHECK(!all.all[i].done);
		str_add_separator(&text, ", ");
		str_addf(&text, "%s %d", all.all[i].what, (int)all.all[i].due_day);
	}
	CHECK_TEXT(str_text(&text), expected);
}

static void followups_the_oldest_first(void)
{
	static const struct {
		int32_t to;
		const char *due;
	} rows[] = {
		{ -3, "" },
		{ -2, "long ago -3" },
		{ 100, "long ago -3" },
		{ 101, "long ago -3, call 100" },
		{ 102, "long ago -3, call 100, write 101" },
		{ INT32_MAX, "long ago -3, call 100, write 101, visit 365" },
	};
	_cleanup_store_ struct store *store = book_new();

	(void)add(store, 0, "write", 101, -1);
	(void)add(store, 0, "visit", 365, -1);
	(void)add(store, 0, "long ago", -3, -1);
	(void)add(store, 0, "call", 100, -1);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("to %d", (int)rows[i].to);
		check_due(store, rows[i].to, rows[i].due);
	}
}

static void followups_with_and_without(void)
{
	static const struct {
		bool contact;
		int minute;
	} rows[] = { { false, -1 }, { true, 0 }, { true, 1439 }, { false, 420 } };
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_followups_ struct followups all = { 0 };
		int64_t n = add(store, rows[i].contact ? anna : 0, "x", 100, rows[i].minute);
		struct err e;

		TEST_ROW("row %zu", i);
		CHECK_INT(n, (int64_t)i + 1);
		CHECK_INT(followups_by_number(store, book_main(store), n, &all, &e), 1);
		CHECK_INT(all.all[0].contact, rows[i].contact ? anna : 0);
		CHECK_INT(all.all[0].due_minute, rows[i].minute);
		CHECK_INT(all.all[0].number, n);
	}
}

static void followups_open_until_done(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_followups_ struct followups all = { 0 };
	int64_t book = book_main(store), n = add(store, 0, "call", 100, 420);
	struct err e;

	CHECK_INT(followups_set_done(store, book + 1, n, TODAY, NULL, &e), 0);
	check_due(store, 200, "call 100");
	CHECK_INT(followups_set_done(store, book, n, TODAY, "she will write", &e), 0);
	check_due(store, 200, "");
	CHECK_INT(followups_by_number(store, book, n, &all, &e), 1);
	CHECK(all.all[0].done);
	CHECK_INT(
		book_ask(store, "SELECT count(*) FROM follow_up WHERE answer='she will write'"), 1);
	/* Put back it is open again; an hour may be given, or none. */
	CHECK_INT(followups_set_due(store, book, n, 150, -1, &e), 0);
	check_due(store, 200, "call 150");
	CHECK_INT(followups_set_due(store, book, n, 160, 30, &e), 0);
	CHECK_INT(book_ask(store, "SELECT due_minute FROM follow_up"), 30);
	CHECK_INT(followups_by_number(store, book, n + 1, &all, &e), 0); /* the first one stays */
	CHECK_INT(all.n, 1);
}

static void followups_of_one_contact(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_followups_ struct followups all = { 0 };
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND);
	int64_t ben = book_contact(store, book, "Ben", CONTACT_HAND);
	struct err e;

	(void)add(store, anna, "second", 200, -1);
	(void)add(store, ben, "other", 50, -1);
	(void)add(store, anna, "first", 100, -1);
	(void)add(store, 0, "nobody", 10, -1);
	CHECK_INT(followups_set_done(store, book, add(store, anna, "done", 1, -1), TODAY, NULL, &e),
		0);
	CHECK_INT(followups_of(store, anna, &all, &e), 0);
	CHECK(all.n == 2 && str_equal(all.all[0].what, "first") &&
		str_equal(all.all[1].what, "second"));
	CHECK_INT(contacts_remove(store, book, anna, &e), 0);
	check_due(store, 300, "nobody 10, other 50");
}

static void followups_next(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), day = 0, n = add(store, 0, "call", 100, -1);
	struct err e;

	(void)add(store, 0, "write", 120, -1);
	CHECK_INT(followups_next_day(store, book, 0, &day, &e), 1);
	CHECK_INT(day, 100);
	CHECK_INT(followups_next_day(store, book, 100, &day, &e), 1);
	CHECK_INT(day, 100);
	CHECK_INT(followups_next_day(store, book, 101, &day, &e), 1);
	CHECK_INT(day, 120);
	CHECK_INT(followups_next_day(store, book, 121, &day, &e), 0);
	CHECK_INT(followups_next_day(store, book + 1, 0, &day, &e), 0);
	CHECK_INT(followups_set_done(store, book, n, TODAY, NULL, &e), 0);
	CHECK_INT(followups_next_day(store, book, 0, &day, &e), 1);
	CHECK_INT(day, 120);
}

TEST_MAIN(TEST(followups_the_oldest_first), TEST(followups_with_and_without),
	TEST(followups_open_until_done), TEST(followups_of_one_contact), TEST(followups_next))
