/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/aliases.h"

static struct err e;

/* "7 Anna, 9 Änni": all that the contact was numbered and called. */
static void check_aliases(struct store *store, int64_t contact, const char *expected)
{
	_cleanup_(aliases_done) struct aliases aliases = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	CHECK_INT(aliases_of(store, contact, &aliases, &e), 0);
	for (size_t i = 0; i < aliases.n; i++) {
		str_add_separator(&out, ", ");
		str_addf(&out, "%d %s", (int)aliases.all[i].id, aliases.all[i].name);
	}
	CHECK_TEXT(str_text(&out), expected);
}

static void aliases_lead_to_who_they_are_now(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), found = 0;
	int64_t anna = book_contact(store, book, "Anna", CONTACT_HAND);
	int64_t aenni = book_contact(store, book, "Änni", CONTACT_HAND);
	int64_t ann = book_contact(store, book, "Ann", CONTACT_HAND);

	CHECK_INT(aliases_find(store, book, aenni, &found, &e), 0);
	CHECK_INT(aliases_find_now(store, book, aenni, &found, &e), 1);
	CHECK_INT(found, aenni);
	check_aliases(store, anna, "");
	/* Whoever was merged into somebody that is merged in turn leads on. */
	CHECK_INT(aliases_add(store, aenni, ann, TODAY, &e), 0);
	check_aliases(store, aenni, "3 Ann");
	CHECK_INT(aliases_add(store, anna, aenni, TODAY, &e), 0);
	check_aliases(store, anna, "2 Änni, 3 Ann");
	CHECK_INT(aliases_find(store, book, ann, &found, &e), 1);
	CHECK_INT(found, anna);
	CHECK_INT(aliases_find(store, book_other(store), ann, &found, &e), 0);
}

/* The names of those who had neither key nor address are what an import knows them by. */
static void aliases_keep_who_stood_alone(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store);
	int64_t anna = book_contact(store, book, "Anna", CONTACT_HAND);
	int64_t aenni = book_contact(store, book, "Änni", CONTACT_HAND);

	book_value(store, anna, CONTACT_EMAIL, "a@x.org");
	CHECK_INT(aliases_add(store, anna, aenni, TODAY, &e), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM alias"), 1);
	CHECK_INT(book_ask(store, "SELECT alone FROM alias WHERE name='Änni'"), 1);
}

static void aliases_of_handles_lead_on(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND);

	CHECK_INT(aliases_add_handle(store, book, 'b', 4, 2, anna, &e), 0);
	CHECK_INT(aliases_add_handle(store, book, 'b', 2, 1, anna, &e), 0);
	CHECK_INT(aliases_add_handle(store, book, 'o', 2, 9, anna, &e), 0);
	CHECK_INT(book_ask(store, "SELECT now FROM handle_alias WHERE letter='b' AND number=4"), 1);
	CHECK_INT(book_ask(store, "SELECT now FROM handle_alias WHERE letter='b' AND number=2"), 1);
	CHECK_INT(book_ask(store, "SELECT now FROM handle_alias WHERE letter='o' AND number=2"), 9);
}

TEST_MAIN(TEST(aliases_lead_to_who_they_are_now), TEST(aliases_keep_who_stood_alone),
	TEST(aliases_of_handles_lead_on))
