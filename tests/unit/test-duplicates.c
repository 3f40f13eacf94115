/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/duplicates.h"
#include "book/merge.h"
#include "book/occasions.h"

static void check_pairs(struct store *store, const char *expected)
{
	_cleanup_duplicates_ struct duplicates found = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	CHECK_INT(duplicates_list(store, book_main(store), &found, &e), 0);
	for (size_t i = 0; i < found.n; i++)
		str_addf(&text, "%s%d-%d %u", i ? ", " : "", (int)found.all[i].one,
			(int)found.all[i].other, found.all[i].why);
	CHECK_TEXT(str_text(&text), expected);
}

static void born(struct store *store, int64_t id, int year)
{
	const struct date date = { year, 3, 12 };
	struct err e;
	int64_t n;

	book_must(occasions_add(store, book_main(store), id, OCCASION_BIRTHDAY, NULL, &date,
			  CONTACT_HAND, TODAY, &n, &e),
		&e);
}

static void duplicates_by_what_is_kept(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store);
	int64_t people[6];
	struct err e;

	people[0] = book_contact(store, book, "Dr. Änne Müller", CONTACT_HAND);
	people[1] = book_contact(store, book, "Mueller, Aenne", CONTACT_HAND);
	people[2] = book_contact(store, book, "Ben Huber", CONTACT_HAND);
	people[3] = book_contact(store, book, "Benjamin Huber", CONTACT_HAND);
	people[4] = book_contact(store, book, "Cleo", CONTACT_HAND);
	people[5] = book_contact(store, other, "Änne Müller", CONTACT_HAND);
	check_pairs(store, "1-2 8");
	born(store, people[2], 1984);
	born(store, people[3], 0);
	check_pairs(store, "3-4 48, 1-2 8");
	book_value(store, people[2], CONTACT_PHONE, "0173/5098235");
	book_value(store, people[3], CONTACT_PHONE, "+49 173 5098235");
	book_value(store, people[4], CONTACT_LINK, "https://www.linkedin.com/in/cleo/");
	book_value(store, people[0], CONTACT_LINK, "linkedin.com/in/cleo");
	book_must(
		contacts_set(store, people[0], CONTACT_CITY, "Köln", CONTACT_HAND, TODAY, &e), &e);
	book_must(
		contacts_set(store, people[1], CONTACT_CITY, "KOELN", CONTACT_HAND, TODAY, &e), &e);
	check_pairs(store, "3-4 52, 1-5 2, 1-2 136");
}

static void duplicates_that_differ(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_merge_report_ struct merge_report report = { 0 };
	int64_t book = book_main(store), id;
	struct err e;

	for (int i = 0; i < 3; i++)
		id = book_contact(store, book, "Änne Müller", CONTACT_HAND);
	check_pairs(store, "1-2 8, 1-3 8, 2-3 8");
	/* In either order, once. */
	CHECK_INT(duplicates_differ(store, 2, 1, &e), 0);
	CHECK_INT(duplicates_differ(store, 1, 2, &e), DUPLICATES_KNOWN);
	check_pairs(store, "1-3 8, 2-3 8");
	/* What was said of one that is merged holds for the other. */
	book_must(merge_contacts(store, book, id, 1, TODAY, &report, &e), &e);
	check_pairs(store, "");
	CHECK_INT(book_ask(store, "SELECT one=2 AND other=3 FROM differ"), 1);
	book_must(contacts_remove(store, book, 2, &e), &e);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM differ"), 0);
}

TEST_MAIN(TEST(duplicates_by_what_is_kept), TEST(duplicates_that_differ))
