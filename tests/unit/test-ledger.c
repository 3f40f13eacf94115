/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/ledger.h"

static int64_t add(
	struct store *store, int64_t contact, const char *kind, const char *what, int32_t day)
{
	int64_t thanks = -1;
	struct err e;

	book_must(ledger_add(store, book_main(store), contact, kind, what, day, TODAY, &thanks, &e),
		&e);
	return thanks;
}

static void ledger_keeps_entries(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND),
		ben = book_contact(store, book, "Ben", CONTACT_HAND);
	_cleanup_ledger_ struct ledger all = { 0 }, annas = { 0 }, others = { 0 };
	_cleanup_contact_ struct contact contact = { 0 };
	struct err e;

	CHECK_INT(add(store, anna, LEDGER_GAVE, "a book", TODAY - 3), 0);
	CHECK_INT(add(store, ben, LEDGER_RECEIVED, "a lift", TODAY - 1), 1);
	CHECK_INT(add(store, anna, LEDGER_ASKED, "a flat", TODAY - 2), 0);
	book_must(ledger_list(store, book, 0, &all, &e), &e);
	CHECK_INT(all.n, 3);
	CHECK_TEXT(all.all[0].what, "a lift");
	CHECK_TEXT(all.all[1].what, "a flat");
	CHECK_TEXT(all.all[2].name, "Anna");
	book_must(ledger_list(store, book, anna, &annas, &e), &e);
	CHECK_INT(annas.n, 2);
	book_must(ledger_list(store, book_other(store), 0, &others, &e), &e);
	CHECK_INT(others.n, 0);
	/* Each counts as a touch. */
	book_must(contacts_load(store, book, anna, &contact, &e), &e);
	CHECK_INT(contact.touch_day, TODAY - 2);
}

static size_t waiting(struct store *store, int32_t to)
{
	_cleanup_thanks_ struct thanks_list list = { 0 };
	struct err e;

	book_must(thanks_waiting(store, book_main(store), to, &list, &e), &e);
	return list.n;
}

static void thanks_wait_until_done(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND);
	_cleanup_thanks_ struct thanks_list found = { 0 }, none = { 0 };
	struct err e;

	CHECK_INT(add(store, anna, LEDGER_RECEIVED, "advice", TODAY - 9), 1);
	CHECK_INT(add(store, anna, LEDGER_RECEIVED, "a cake", TODAY), 2);
	/* A thank-you waits from the day it is noted, however long ago the thing was. */
	CHECK_INT(waiting(store, TODAY), 0);
	CHECK_INT(waiting(store, TODAY + 1), 2);
	book_must(thanks_set_day(store, book, 2, TODAY + 5, &e), &e);
	CHECK_INT(waiting(store, TODAY + 5), 1);
	book_must(thanks_set_done(store, book, 1, TODAY, &e), &e);
	CHECK_INT(waiting(store, TODAY + 6), 1);
	CHECK_INT(thanks_by_number(store, book, 1, &found, &e), 1);
	CHECK(found.all[0].done && found.all[0].contact == anna);
	CHECK_INT(thanks_by_number(store, book, 3, &none, &e), 0);
}

static void offers_of_the_last_days(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND);
	_cleanup_ledger_ struct ledger now = { 0 }, later = { 0 };
	struct err e;

	(void)add(store, anna, LEDGER_OFFERED, "help", TODAY - 100);
	(void)add(store, anna, LEDGER_GAVE, "a book", TODAY);
	book_must(ledger_offers(store, book, TODAY, &now, &e), &e);
	CHECK_INT(now.n, 1);
	CHECK_INT(now.all[0].day, TODAY - 100);
	book_must(ledger_offers(store, book, TODAY + 1, &later, &e), &e);
	CHECK_INT(later.n, 0);
}

static void helpers_of_a_goal(void)
{
	static const struct {
		const char *goal;
		size_t n;
	} rows[] = {
		{ "flat", 2 },
		{ "FLAT bonn", 1 },
		{ "Wohnung Koeln", 1 },
		{ "flats", 2 },
		{ "eine Wohnung", 1 },
		{ "die Wohnungen", 1 },
		{ "a", 2 },
		{ "of", 1 },
		{ "lat", 0 },
		{ "at", 0 },
		{ "any where", 0 },
		{ "book", 0 },
		{ "boat", 0 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND),
		ben = book_contact(store, book, "Ben", CONTACT_HAND);

	(void)add(store, anna, LEDGER_ASKED, "a flat in Bonn", TODAY);
	(void)add(store, anna, LEDGER_RECEIVED, "news of a flat", TODAY);
	(void)add(store, ben, LEDGER_ASKED, "a flat anywhere", TODAY);
	(void)add(store, ben, LEDGER_ASKED, "eine Wohnung in Köln", TODAY);
	(void)add(store, ben, LEDGER_GAVE, "a book on flats", TODAY);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_ids_ struct contact_ids ids = { 0 };
		struct err e;

		TEST_ROW("%s", rows[i].goal);
		book_must(ledger_helpers(store, book, rows[i].goal, &ids, &e), &e);
		CHECK_INT(ids.n, rows[i].n);
	}
}

TEST_MAIN(TEST(ledger_keeps_entries), TEST(thanks_wait_until_done), TEST(offers_of_the_last_days),
	TEST(helpers_of_a_goal))
