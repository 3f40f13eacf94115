/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/keys.h"
#include "book/known.h"
#include "book/merge.h"
#include "book/occasions.h"

static int64_t person(struct store *store, const char *name, const char *email, int year, int month)
{
	int64_t book = book_main(store), id = book_contact(store, book, name, CONTACT_HAND), n;
	const struct date date = { year, month, 12 };
	struct err e;

	if (email)
		book_value(store, id, CONTACT_EMAIL, email);
	if (month)
		book_must(occasions_add(store, book, id, OCCASION_BIRTHDAY, NULL, &date,
				  CONTACT_HAND, TODAY, &n, &e),
			&e);
	return id;
}

static struct known *load(struct store *store)
{
	struct known *known = NULL;
	struct err e = { "" };

	book_must(known_load(&known, store, book_main(store), &e), &e);
	return known;
}

static void known_answers(void)
{
	enum what { KEY, EMAIL, BIRTHDAY };
	static const struct {
		enum what what;
		const char *text;
		int month_day, year;
		bool known;
	} rows[] = {
		{ KEY, "uid:1", 0, 0, true },
		{ KEY, "uid:2", 0, 0, false },
		{ KEY, "anna@example.org", 0, 0, false }, /* what it is of is part of it */
		{ EMAIL, "anna@example.org", 0, 0, true },
		{ EMAIL, "mueller@example.org", 0, 0, true }, /* folded */
		{ EMAIL, "müller@example.org", 0, 0, false },
		{ EMAIL, "uid:1", 0, 0, false },
		{ BIRTHDAY, "anna mueller", 312, 1984, true },
		{ BIRTHDAY, "anna mueller", 312, 0, true },
		{ BIRTHDAY, "anna mueller", 312, 1985, false },
		{ BIRTHDAY, "anna mueller", 412, 1984, false },
		{ BIRTHDAY, "anna", 312, 1984, false },
		/* Of no known year: any may be right. */
		{ BIRTHDAY, "ben", 512, 0, true },
		{ BIRTHDAY, "ben", 512, 1990, true },
		/* Merged into another, whose birthday it is now. */
		{ BIRTHDAY, "anni weber", 312, 1984, true },
		{ BIRTHDAY, "carla", 312, 0, false },
		{ BIRTHDAY, "", 0, 0, false },
	};
	_cleanup_store_ struct store *store = book_new();
	_cleanup_merge_report_ struct merge_report report = { 0 };
	int64_t anna = person(store, "Anna Müller", "anna@example.org", 1984, 3),
		anni = person(store, "Anni Weber", "Müller@example.org", 0, 0);
	struct err e;
	bool owns;

	person(store, "Ben", NULL, 0, 5);
	person(store, "Carla", NULL, 0, 0);
	book_must(keys_set(store, book_main(store), "uid:1", "a.vcf", anna, &owns, &e), &e);
	book_must(merge_contacts(store, book_main(store), anna, anni, TODAY, &report, &e), &e);
	{
		_cleanup_(known_freep) struct known *known = load(store);

		for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
			bool found = rows[i].what == KEY ? known_key(known, rows[i].text)
				: rows[i].what == EMAIL  ? known_email(known, rows[i].text)
							 : known_birthday(known, rows[i].text,
								   rows[i].month_day, rows[i].year);

			TEST_ROW("row %zu", i);
			CHECK(found == rows[i].known);
		}
		CHECK(!known_forgets(known));
		CHECK_INT(known_add_key(known, "uid:2", &e), 0);
		CHECK(known_key(known, "uid:2"));
	}
}

/* No answer of search_by_birthday() is a "nobody" here, whatever the years. */
static void known_never_denies_a_birthday(void)
{
	static const int years[] = { 0, 1984, 1985 };

	for (size_t there = 0; there < ARRAY_SIZE(years); there++)
		for (size_t asked = 0; asked < ARRAY_SIZE(years); asked++) {
			_cleanup_store_ struct store *store = book_new();
			_cleanup_ids_ struct contact_ids ids = { 0 };
			_cleanup_(known_freep) struct known *known = NULL;
			struct err e;

			TEST_ROW("%d, %d", years[there], years[asked]);
			person(store, "Anna", NULL, years[there], 3);
			known = load(store);
			book_must(search_by_birthday(store, book_main(store), "Anna", 312,
					  years[asked], &ids, &e),
				&e);
			CHECK(known_birthday(known, "anna", 312, years[asked]) == (ids.n > 0));
		}
}

static void known_of_removed_and_of_other_books(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = person(store, "Anna", "anna@example.org", 1984, 3),
		other = book_other(store);
	struct err e;
	bool owns;

	book_must(keys_set(store, other, "uid:1", "a.vcf", anna, &owns, &e), &e);
	book_must(contacts_remove(store, book, anna, &e), &e);
	{
		_cleanup_(known_freep) struct known *known = load(store);

		CHECK(known_forgets(known));
		CHECK(!known_email(known, "anna@example.org"));
		CHECK(!known_key(known, "uid:1"));
	}
}

static void known_of_many(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(known_freep) struct known *known = load(store);
	char key[32];
	size_t wrong = 0;
	struct err e;

	for (int i = 0; i < 20000; i++) {
		(void)snprintf(key, sizeof(key), "uid:%d", i);
		if (i % 2 && known_add_key(known, key, &e) < 0)
			abort();
	}
	for (int i = 0; i < 20000; i++) {
		(void)snprintf(key, sizeof(key), "uid:%d", i);
		wrong += known_key(known, key) != (i % 2 == 1);
	}
	CHECK_INT(wrong, 0);
}

TEST_MAIN(TEST(known_answers), TEST(known_never_denies_a_birthday),
	TEST(known_of_removed_and_of_other_books), TEST(known_of_many))
