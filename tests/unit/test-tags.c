/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/contacts.h"
#include "book/keeping.h"
#include "book/tags.h"

static void carry(struct store *store, int64_t contact, const char *tag)
{
	struct err e;

	book_must(
		contacts_add_value(store, contact, CONTACT_TAG, tag, NULL, CONTACT_HAND, TODAY, &e),
		&e);
}

static void check_tags(struct store *store, int64_t book, const char *expected)
{
	_cleanup_tags_ struct tags tags = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e;

	CHECK_INT(tags_list(store, book, &tags, &e), 0);
	for (size_t i = 0; i < tags.n; i++)
		str_addf(&text, "%s %s %d\n", tags.all[i].name,
			tags.all[i].every ? tags.all[i].every : "-", (int)tags.all[i].people);
	CHECK_TEXT(str_text(&text), expected);
}

static void tags_are_listed_once(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND),
		ben = book_contact(store, book, "Ben", CONTACT_HAND);
	struct err e;
	size_t n;

	check_tags(store, book, "");
	carry(store, anna, "Überlingen");
	carry(store, anna, "friends");
	carry(store, ben, "Friends");
	check_tags(store, book, "friends - 2\nÜberlingen - 1\n");
	book_must(keeping_set_tag(store, book, "FRIENDS", "6w", TODAY, &n, &e), &e);
	book_must(keeping_set_tag(store, book, "nobody", "1y", TODAY, &n, &e), &e);
	check_tags(store, book, "FRIENDS 6w 2\nnobody 1y 0\nÜberlingen - 1\n");
	book_must(keeping_set_tag(store, book, "friends", NULL, TODAY, &n, &e), &e);
	book_must(contacts_clear_values(store, anna, CONTACT_TAG, TODAY, &e), &e);
	check_tags(store, book, "Friends - 1\nnobody 1y 0\n");
	check_tags(store, book + 1, "");
}

static void tags_of_one_book_among_several(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = 0,
		anna = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;
	size_t n;

	book_must(books_create(store, "club", &e), &e);
	book_must(books_find(store, "club", &other, &e), &e);
	carry(store, anna, "friends");
	carry(store, book_contact(store, other, "Ben", CONTACT_HAND), "Friends");
	carry(store, book_contact(store, other, "Cem", CONTACT_HAND), "club");
	book_must(keeping_set_tag(store, other, "board", "1y", TODAY, &n, &e), &e);
	check_tags(store, book, "friends - 1\n");
	check_tags(store, other, "board 1y 0\nclub - 1\nFriends - 1\n");
}

TEST_MAIN(TEST(tags_are_listed_once), TEST(tags_of_one_book_among_several))
