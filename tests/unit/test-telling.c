/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "cli/telling.h"

#include <errno.h>

/* Three things at most, and never what all have. */
static void telling_what_differs(void)
{
	static const struct {
		const char *org, *city, *email, *phone, *tag;
		const char *told;
	} rows[] = {
		{ "Acme", "Bonn", "a@example.org", "+49 1", "club",
			", Bonn, a@example.org, +49 1" },
		{ "Acme", "Bonn", NULL, NULL, "club", ", Bonn, tag: club" },
		{ "Acme", NULL, NULL, "+49 1", "chess", ", +49 1, tag: chess" },
		{ "Acme", NULL, NULL, NULL, NULL, "" },
	};
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(telling_list_done) struct telling_list list = { 0 };
	int64_t book = book_main(store);
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t id = book_contact(store, book, "Tom Twin", CONTACT_HAND);

		book_must(
			contacts_set(store, id, CONTACT_ORG, rows[i].org, CONTACT_HAND, TODAY, &e),
			&e);
		book_must(contacts_set(
				  store, id, CONTACT_CITY, rows[i].city, CONTACT_HAND, TODAY, &e),
			&e);
		if (rows[i].email)
			book_value(store, id, CONTACT_EMAIL, rows[i].email);
		if (rows[i].phone)
			book_value(store, id, CONTACT_PHONE, rows[i].phone);
		if (rows[i].tag)
			book_value(store, id, CONTACT_TAG, rows[i].tag);
		book_must(telling_list_add(&list, store, book, id, &e), &e);
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str told = STR_INIT;

		TEST_ROW("%zu", i);
		telling_add(&told, &list, i);
		CHECK_TEXT(str_text(&told), rows[i].told);
	}
	CHECK_INT(telling_list_add(&list, store, book, 999, &e), -ENOENT);
}

TEST_MAIN(TEST(telling_what_differs))
