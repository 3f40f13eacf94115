/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/followups.h"
#include "book/history.h"
#include "book/occasions.h"

static void check_history(struct store *store, int64_t id, const char *expected)
{
	_cleanup_history_ struct history history = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	CHECK_INT(history_of(store, id, &history, &e), 0);
	for (size_t i = 0; i < history.n; i++)
		str_addf(&text, "%d %s %s%s%s\n", (int)history.all[i].day, history.all[i].source,
			history.all[i].what, history.all[i].text ? ": " : "",
			history.all[i].text ? history.all[i].text : "");
	CHECK_TEXT(str_text(&text), expected);
}

static void history_has_everything(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = 0, n;
	const struct date date = { 1984, 3, 12 };
	struct err e;

	CHECK_INT(contacts_add(store, book, "Anna", "vcard", 10, &anna, &e), 0);
	(void)book_contact(store, book, "Ben", CONTACT_HAND);
	CHECK_INT(contacts_touch(store, anna, 60, "call", "about the choir", &e), 0);
	CHECK_INT(contacts_touch(store, anna, 70, "coffee", NULL, &e), 0);
	CHECK_INT(followups_add(store, book, anna, "send slides", 90, -1, 50, &n, &e), 0);
	CHECK_INT(occasions_add(
			  store, book, anna, OCCASION_BIRTHDAY, NULL, &date, "vcard", 40, &n, &e),
		0);
	CHECK_INT(contacts_add_value(
			  store, anna, CONTACT_EMAIL, "a@example.org", NULL, "vcard", 20, &e),
		0);
	CHECK_INT(contacts_set(store, anna, CONTACT_CITY, "Köln", CONTACT_HAND, 30, &e), 0);
	check_history(store, anna,
		"10 vcard contact: Anna\n20 vcard email: a@example.org\n30 hand city\n"
		"40 vcard birthday: b1\n50 hand follow-up: send slides\n60 hand call: about the choir\n"
		"70 hand coffee\n");
}

static void history_of_nobody(void)
{
	_cleanup_store_ struct store *store = book_new();

	check_history(store, 42, "");
}

TEST_MAIN(TEST(history_has_everything), TEST(history_of_nobody))
