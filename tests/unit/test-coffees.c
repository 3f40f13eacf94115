/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/coffees.h"

static void coffees_load(struct store *store, int64_t number, struct coffees *ret)
{
	struct err e;

	coffees_done(ret);
	CHECK_INT(coffees_by_number(store, book_main(store), number, ret, &e), 1);
}

static void coffees_go_through_their_stages(void)
{
	static const struct {
		enum coffee_stage stage;
		size_t open;
		int64_t touches;
	} rows[] = {
		{ COFFEE_INVITED, 1, 0 },
		{ COFFEE_AGREED, 1, 0 },
		{ COFFEE_MET, 1, 1 },
		{ COFFEE_THANKED, 0, 2 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND),
		number;
	_cleanup_coffees_ struct coffees coffee = { 0 };
	struct err e;

	book_must(coffees_add(store, book, anna, TODAY, &number, &e), &e);
	book_must(coffees_set_day(store, book, number, TODAY - 2, 15 * 60, &e), &e);
	book_must(coffees_set_place(store, book, number, "Central", &e), &e);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_coffees_ struct coffees open = { 0 };

		TEST_ROW("%s", coffee_stage_name(rows[i].stage));
		coffees_load(store, number, &coffee);
		book_must(coffees_set_stage(store, book, &coffee.all[0], rows[i].stage, TODAY, &e),
			&e);
		coffees_load(store, number, &coffee);
		CHECK_INT(coffee.all[0].facts.stage, rows[i].stage);
		CHECK_INT(coffee.all[0].facts.stage_day, TODAY);
		book_must(coffees_open(store, book, &open, &e), &e);
		CHECK_INT(open.n, rows[i].open);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM touch"), rows[i].touches);
	}
	CHECK_TEXT(coffee.all[0].place, "Central");
	CHECK_TEXT(coffee.all[0].name, "Anna");
	CHECK_INT(coffee.all[0].minute, 15 * 60);
	/* One met on the day it was agreed for. */
	CHECK_INT(book_ask(store, "SELECT day FROM touch WHERE kind='met'"), TODAY - 2);
}

/* One meeting, on its day, with what is noted of it. */
static void coffees_notes_stand_with_the_meeting(void)
{
	static const struct {
		enum coffee_stage before, after;
		const char *place, *query, *expected;
	} rows[] = {
		{ COFFEE_AGREED, COFFEE_MET, NULL, "kind='met'", "likes trains" },
		{ COFFEE_AGREED, COFFEE_THANKED, "Central", "kind='met'", "Central; likes trains" },
		{ COFFEE_MET, COFFEE_THANKED, NULL, "kind='met'", "likes trains" },
		{ COFFEE_THANKED, COFFEE_THANKED, NULL, "kind='thanked' AND note IS NOT NULL",
			"likes trains" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t book = book_main(store),
			anna = book_contact(store, book, "Anna", CONTACT_HAND), number;
		_cleanup_coffees_ struct coffees coffee = { 0 };
		_cleanup_str_ struct str query = STR_INIT;
		_cleanup_rows_ struct store_rows found = { 0 };
		struct err e;

		TEST_ROW("%s to %s", coffee_stage_name(rows[i].before),
			coffee_stage_name(rows[i].after));
		book_must(coffees_add(store, book, anna, TODAY, &number, &e), &e);
		book_must(coffees_set_day(store, book, number, TODAY - 2, -1, &e), &e);
		if (rows[i].place)
			book_must(coffees_set_place(store, book, number, rows[i].place, &e), &e);
		coffees_load(store, number, &coffee);
		book_must(coffees_set_stage(
				  store, book, &coffee.all[0], rows[i].before, TODAY - 1, &e),
			&e);
		coffees_load(store, number, &coffee);
		book_must(coffees_set_stage(store, book, &coffee.all[0], rows[i].after, TODAY, &e),
			&e);
		book_must(coffees_add_note(store, &coffee.all[0], "likes trains", TODAY, &e), &e);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM touch WHERE kind='met'"), 1);
		CHECK_INT(book_ask(store, "SELECT day FROM touch WHERE kind='met'"), TODAY - 2);
		str_addf(&query, "SELECT note FROM touch WHERE %s", rows[i].query);
		book_must(store_query(&found, store, &e, str_text(&query), ""), &e);
		CHECK_INT(store_next(&found, &e), 1);
		CHECK_TEXT(store_text(&found, 0), rows[i].expected);
	}
}

static void coffees_stay_open_for_their_outcome(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND),
		number;
	_cleanup_coffees_ struct coffees coffee = { 0 }, open = { 0 }, none = { 0 };
	struct err e;

	book_must(coffees_add(store, book, anna, TODAY, &number, &e), &e);
	book_must(coffees_set_outcome(store, book, number, true, &e), &e);
	coffees_load(store, number, &coffee);
	book_must(coffees_set_stage(store, book, &coffee.all[0], COFFEE_THANKED, TODAY, &e), &e);
	CHECK_INT(coffees_of(store, anna, &open, &e), 1);
	/* Thanked without having been called met: it was met all the same. */
	CHECK_INT(book_ask(store, "SELECT count(*) FROM touch WHERE kind='met'"), 1);
	coffees_load(store, number, &coffee);
	coffee.all[0].facts.outcome = false;
	book_must(coffees_set_stage(store, book, &coffee.all[0], COFFEE_THANKED, TODAY, &e), &e);
	CHECK_INT(coffees_of(store, anna, &none, &e), 1);
	CHECK(open.all[0].open);
	CHECK(!none.all[0].open);
	coffees_done(&none);
	CHECK_INT(coffees_by_number(store, book_other(store), number, &none, &e), 0);
}

/* The open one, though another came after it; then the last. */
static void coffees_of_a_contact(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND),
		first, second;
	_cleanup_coffees_ struct coffees found = { 0 };
	struct err e;

	CHECK_INT(coffees_of(store, anna, &found, &e), 0);
	book_must(coffees_add(store, book, anna, TODAY, &first, &e), &e);
	book_must(coffees_add(store, book, anna, TODAY, &second, &e), &e);
	book_must(coffees_close(store, book, second, &e), &e);
	CHECK_INT(coffees_of(store, anna, &found, &e), 1);
	CHECK_INT(found.all[0].number, first);
	book_must(coffees_close(store, book, first, &e), &e);
	coffees_done(&found);
	CHECK_INT(coffees_of(store, anna, &found, &e), 1);
	CHECK_INT(found.all[0].number, second);
	CHECK_INT(found.all[0].facts.stage, COFFEE_IDEA);
}

static void coffee_stages_have_names(void)
{
	for (int i = 0; i < COFFEE_STAGE_COUNT; i++)
		CHECK_INT(coffee_stage_of(coffee_stage_name((enum coffee_stage)i)), i);
	CHECK_INT(coffee_stage_of("nonsense"), COFFEE_STAGE_COUNT);
	CHECK(coffee_stage_name(COFFEE_STAGE_COUNT) == NULL);
}

TEST_MAIN(TEST(coffees_notes_stand_with_the_meeting), TEST(coffees_go_through_their_stages),
	TEST(coffees_stay_open_for_their_outcome), TEST(coffees_of_a_contact),
	TEST(coffee_stages_have_names))
