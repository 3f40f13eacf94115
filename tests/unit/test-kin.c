/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/keys.h"
#include "book/kin.h"
#include "book/merge.h"
#include "book/occasions.h"

#include <stdio.h>

static int64_t person(struct store *store, const char *name, const char *email, int year)
{
	int64_t book = book_main(store), id = book_contact(store, book, name, "a.csv"), n;
	const struct date date = { year, 3, 12 };
	struct err e;

	if (email)
		book_value(store, id, CONTACT_EMAIL, email);
	if (year)
		book_must(occasions_add(store, book, id, OCCASION_BIRTHDAY, NULL, &date, "a.csv",
				  TODAY, &n, &e),
			&e);
	return id;
}

static void call(struct store *store, int64_t id, const char *name, const char *rest)
{
	_cleanup_str_ struct str key = STR_INIT;
	struct err e;
	bool owns;

	str_add(&key, "card:");
	book_must(keys_add_name(&key, name, &e), &e);
	str_addf(&key, ":%s", rest);
	book_must(keys_set(store, book_main(store), str_text(&key), "a.csv", id, &owns, &e), &e);
}

/* #1 Anna and #2 Ben share an address, #3 Ben another, #4 Cora was Carla once, #5 was #6 too. */
static struct store *kin_book(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_merge_report_ struct merge_report report = { 0 };
	struct err e;

	person(store, "Anna", "info@example.org", 0);
	person(store, "Ben", "info@example.org", 0);
	person(store, "Ben", "ben@example.org", 1984);
	call(store, person(store, "Cora", "info@example.org", 1990), "Carla", "1");
	person(store, "Dora", "dora@example.org", 2000);
	person(store, "Doris", "info@example.org", 0);
	book_must(merge_contacts(store, book_main(store), 5, 6, TODAY, &report, &e), &e);
	return TAKE_PTR(store);
}

static void kin_are_found(void)
{
	static const struct {
		const char *name, *email;
		int month_day, year;
		int64_t before, after;
		const char *sharing, *called, *once; /* numbers */
	} rows[] = {
		{ "anna", "info@example.org", 0, 0, 0, 0, "1 2 4 5", "1", "" },
		{ "ben", "info@example.org", 0, 0, 0, 0, "1 2 4 5", "2", "" },
		{ "ben", "info@example.org", 0, 0, 2, 0, "1", "", "" },
		{ "ben", "info@example.org", 0, 0, 4, 2, "1 2", "", "" },
		{ "ben", "none@example.org", 0, 0, 0, 0, "", "", "" },
		{ "carla", "info@example.org", 0, 0, 0, 0, "1 2 4 5", "", "4" },
		{ "carla", "info@example.org", 0, 0, 4, 0, "1 2", "", "" },
		{ "carla", "ben@example.org", 0, 0, 0, 0, "3", "", "" },
		{ "doris", "dora@example.org", 0, 0, 0, 0, "5", "", "5" },
		{ "ben", NULL, 312, 1984, 0, 0, NULL, "3", "" },
		{ "ben", NULL, 312, 0, 0, 0, NULL, "3", "" },
		{ "ben", NULL, 312, 1985, 0, 0, NULL, "", "" },
		{ "ben", NULL, 313, 1984, 0, 0, NULL, "", "" },
		{ "carla", NULL, 312, 1990, 0, 0, NULL, "", "4" },
		{ "doris", NULL, 312, 2000, 0, 0, NULL, "", "5" },
	};
	_cleanup_store_ struct store *store = kin_book();

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *expected[] = { rows[i].sharing, rows[i].called, rows[i].once };
		_cleanup_str_ struct str digest = STR_INIT;
		struct kin kin[ARRAY_SIZE(expected)];
		struct kin_sign sign = { book_main(store), rows[i].name, NULL, rows[i].email,
			rows[i].month_day, rows[i].year, rows[i].before };
		struct err e;

		TEST_ROW("row %zu", i);
		book_must(keys_add_name(&digest, rows[i].name, &e), &e);
		sign.digest = str_text(&digest);
		if (rows[i].sharing)
			book_must(kin_by_email(store, &sign, &kin[0], &e), &e);
		book_must(kin_by_name(store, &sign, rows[i].after, &kin[1], &e), &e);
		book_must(kin_by_former_name(store, &sign, &kin[2], &e), &e);
		for (size_t k = 0; k < ARRAY_SIZE(expected); k++) {
			_cleanup_str_ struct str found = STR_INIT;

			for (size_t n = 0; expected[k] && n < kin[k].n; n++)
				str_addf(&found, n ? " %d" : "%d", (int)kin[k].ids[n]);
			CHECK_TEXT(str_text(&found), expected[k] ? expected[k] : "");
		}
	}
}

/* However many there are. */
static void kin_are_few(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_str_ struct str digest = STR_INIT;
	struct kin_sign sign = { book_main(store), "anna", NULL, "a@example.org", 0, 0, 0 };
	struct kin kin;
	struct err e;

	for (int i = 0; i < 3 * KIN_FEW; i++) {
		char rest[16];

		(void)snprintf(rest, sizeof(rest), "%d", i);
		call(store, person(store, "Anna", "a@example.org", 0), "Ann", rest);
	}
	book_must(kin_by_email(store, &sign, &kin, &e), &e);
	CHECK_INT(kin.n, KIN_FEW + 1);
	book_must(kin_by_name(store, &sign, 0, &kin, &e), &e);
	CHECK_INT(kin.n, KIN_FEW);
	book_must(kin_by_name(store, &sign, kin.ids[KIN_FEW - 1], &kin, &e), &e);
	CHECK_INT(kin.ids[0], KIN_FEW + 1);
	sign.name = "ann";
	book_must(keys_add_name(&digest, sign.name, &e), &e);
	sign.digest = str_text(&digest);
	book_must(kin_by_former_name(store, &sign, &kin, &e), &e);
	CHECK_INT(kin.n, KIN_FEW);
}

TEST_MAIN(TEST(kin_are_found), TEST(kin_are_few))
