/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "exchange/doubles.h"

static int64_t add(struct store *store, const char *name, const char *email)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };
	int64_t id = 0;

	CHECK_INT(store_begin(store, &transaction, &e), 0);
	book_must(contacts_add(store, book_main(store), name, "vcard", TODAY, &id, &e), &e);
	if (email)
		CHECK_INT(contacts_add_value(
				  store, id, CONTACT_EMAIL, email, NULL, "vcard", TODAY, &e),
			0);
	CHECK_INT(store_commit(&transaction, &e), 0);
	return id;
}

static int64_t count(struct store *store, int64_t first, int64_t added)
{
	int64_t n = -2;

	CHECK_INT(doubles_count(store, book_main(store), first, added, &n, NULL), 0);
	return n;
}

static void doubles_of_the_new(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = add(store, "Anna Schmidt", NULL), ben = add(store, "Ben Weiß", NULL), last;

	(void)anna;
	CHECK_INT(count(store, 0, 0), 0);
	CHECK_INT(count(store, ben, 1), 0);
	last = add(store, "Anna Schmidt", NULL);
	CHECK_INT(count(store, last, 1), 1);
	/* Each counts once, however many they are like; those who were there before do not. */
	(void)add(store, "Anna Schmidt", NULL);
	CHECK_INT(count(store, last, 2), 2);
	CHECK_INT(count(store, last + 1, 1), 1);
	CHECK_INT(count(store, last + 2, 0), 0);
}

static void doubles_of_too_many(void)
{
	_cleanup_store_ struct store *store = book_new();

	(void)add(store, "Anna Schmidt", NULL);
	(void)add(store, "Anna Schmidt", NULL);
	CHECK_INT(count(store, 1, DOUBLES_MAX), 1);
	CHECK_INT(count(store, 1, DOUBLES_MAX + 1), -1);
	CHECK_INT(count(store, DOUBLES_BOOK_MAX + 1, 1), -1);
	CHECK_INT(count(store, DOUBLES_BOOK_MAX + 1, 0), 0);
}

TEST_MAIN(TEST(doubles_of_the_new), TEST(doubles_of_too_many))
