/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/touches.h"

static struct err e;

/* "met+0 tea; called-3": the last one first, days from TODAY on. */
static void check_touches(struct store *store, int64_t contact, const char *expected)
{
	_cleanup_(touches_done) struct touches touches = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	CHECK_INT(touches_of(store, contact, &touches, &e), 0);
	for (size_t i = 0; i < touches.n; i++) {
		const struct touch *t = &touches.all[i];

		str_addf(&out, "%s%s%+d%s%s", i ? "; " : "", t->kind, t->day - TODAY,
			t->note ? " " : "", t->note ? t->note : "");
		if (t->other)
			str_addf(&out, " (%s)", t->other);
	}
	CHECK_TEXT(str_text(&out), expected);
}

static void touches_come_by_day(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	int32_t last = 1;

	CHECK_INT(touches_last(store, anna, &last, &e), 0);
	check_touches(store, anna, "");
	book_must(touches_add(store, anna, TODAY - 3, "called", NULL, &e), &e);
	book_must(touches_add(store, anna, TODAY, "met", "tea", &e), &e);
	book_must(touches_add(store, anna, TODAY - 3, "wrote", "hello", &e), &e);
	check_touches(store, anna, "met+0 tea; wrote-3 hello; called-3");
	CHECK_INT(touches_last(store, anna, &last, &e), 1);
	CHECK_INT(last, TODAY);
	CHECK_INT(touches_has(store, anna, TODAY - 3, "called", NULL, &e), 1);
	CHECK_INT(touches_has(store, anna, TODAY - 3, "called", "hello", &e), 0);
	CHECK_INT(touches_has(store, anna, TODAY - 2, "called", NULL, &e), 0);
}

/* A second thought about the same meeting is no second meeting. */
static void touches_take_notes(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND);

	CHECK_INT(touches_add_note(store, anna, TODAY, "met", "has a dog", &e), 0);
	check_touches(store, anna, "met+0 has a dog");
	CHECK_INT(touches_add_note(store, anna, TODAY, "met", "moves to Kiel", &e), 0);
	check_touches(store, anna, "met+0 has a dog; moves to Kiel");
	CHECK_INT(touches_add_note(store, anna, TODAY, "called", "at noon", &e), 0);
	check_touches(store, anna, "called+0 at noon; met+0 has a dog; moves to Kiel");
}

static void touches_move_to_their_day(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	int32_t last = 0;

	book_must(touches_add(store, anna, TODAY, "met", "tea", &e), &e);
	CHECK_INT(touches_move(store, anna, TODAY, "met", TODAY - 9, &e), 0);
	check_touches(store, anna, "met-9 tea");
	CHECK_INT(touches_move(store, anna, TODAY, "met", TODAY - 5, &e), 0);
	check_touches(store, anna, "met-9 tea");
	CHECK_INT(touches_last(store, anna, &last, &e), 1);
	CHECK_INT(last, TODAY - 9);
}

TEST_MAIN(TEST(touches_come_by_day), TEST(touches_take_notes), TEST(touches_move_to_their_day))
