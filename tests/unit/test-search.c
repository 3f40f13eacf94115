/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"

static const struct {
	const char *name, *org, *city, *note, *email, *tag, *extra;
} people[] = {
	{ "Anna Müller", "Stadtwerke", "Köln", "spielt Cello", "anna@example.org", "Chor", NULL },
	{ "Anna Maria Schmidt", NULL, "Köln", NULL, "Anna.Schmidt@Example.org", "Chor", NULL },
	{ "Ben Weiß", "Müllerei Groß", "Bonn", NULL, "family@example.org", "Läufer", NULL },
	{ "Cora Weiss", NULL, "Bonn", "Bens Schwester", "family@example.org", NULL, "X-A:cello" },
	{ "Émile Zola", NULL, NULL, "sucht \"Ruhe\" AND Kaffee", NULL, "läufer", NULL },
	{ "Анна Каренина", NULL, "Москва", NULL, NULL, NULL, NULL },
};

/* A database of these people, and somebody in another book. */
static struct store *search_new(void)
{
	struct store *store = book_new();
	int64_t book = book_main(store);
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(people); i++) {
		int64_t id = book_contact(store, book, people[i].name, CONTACT_HAND);

		book_must(contacts_set(
				  store, id, CONTACT_ORG, people[i].org, CONTACT_HAND, TODAY, &e),
			&e);
		book_must(contacts_set(
				  store, id, CONTACT_CITY, people[i].city, CONTACT_HAND, TODAY, &e),
			&e);
		book_must(contacts_set(
				  store, id, CONTACT_NOTE, people[i].note, CONTACT_HAND, TODAY, &e),
			&e);
		if (people[i].email)
			book_value(store, id, CONTACT_EMAIL, people[i].email);
		if (people[i].tag)
			book_value(store, id, CONTACT_TAG, people[i].tag);
		if (people[i].extra)
			book_value(store, id, CONTACT_EXTRA, people[i].extra);
		book_must(search_index(store, id, &e), &e);
	}
	(void)book_contact(store, book_other(store), "Anna Fremd", CONTACT_HAND);
	return store;
}

/* Their numbers, which are those of the rows above from 1, in the order they were found in. */
static void check_ids(const struct contact_ids *ids, const char *expected)
{
	_cleanup_str_ struct str text = STR_INIT;

	for (size_t i = 0; i < ids->n; i++) {
		str_add_separator(&text, " ");
		str_addf(&text, "%lld", (long long)ids->ids[i]);
	}
	CHECK_TEXT(str_text(&text), expected);
}

static void search_finds_one(void)
{
	static const struct {
		const char *text, *found;
	} rows[] = {
		{ "Anna Müller", "1" },
		{ "anna mueller", "1" },
		{ "ANNA MU\xcc\x88LLER", "1" }, /* as macOS writes it */
		{ "anna", "2 1" },              /* by name: Anna Maria comes first */
		{ "Müller Anna", "1" },
		{ "nn üll", "1" },
		{ "schmidt maria anna", "2" },
		{ "anna maria schmidt", "2" },
		{ "a n n a m", "2 1" }, /* what is over the number is one word */
		{ "weiß", "3 4" },
		{ "Cora Weiß", "4" },
		{ "anna@example.org", "1" },
		{ "ANNA.SCHMIDT@example.ORG", "2" },
		{ "family@example.org", "3 4" },
		{ "family", "" }, /* an address counts whole */
		{ "emile", "5" },
		{ "АННА", "6" },
		{ "Stadtwerke", "" }, /* names alone */
		{ "", "" },
		{ "   ", "" },
		{ "  anna   müller  ", "1" },
		{ "%", "" },
		{ "_nna", "" },
		{ "anna'; DROP TABLE contact; --", "" },
		{ "\"", "" },
		{ "\xff", "" },
	};
	_cleanup_store_ struct store *store = search_new();
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_ids_ struct contact_ids ids = { 0 };

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(search_find(store, book_main(store), rows[i].text, 10, &ids, &e), 0);
		check_ids(&ids, rows[i].found);
	}
}

/* Who is called exactly so is meant, though others are called so in part. */
static void search_exact_goes_first(void)
{
	_cleanup_store_ struct store *store = search_new();
	_cleanup_ids_ struct contact_ids ids = { 0 }, few = { 0 };
	int64_t anna = book_contact(store, book_main(store), "Änna", CONTACT_HAND);
	struct err e;

	CHECK_INT(search_find(store, book_main(store), "aenna", 10, &ids, &e), 0);
	CHECK(ids.n == 1 && ids.ids[0] == anna);
	CHECK_INT(search_find(store, book_main(store), "n", 2, &few, &e), 0);
	CHECK_INT(few.n, 2);
}

static void search_lists(void)
{
	static const struct {
		const char *words, *tag, *city, *found;
	} rows[] = {
		{ NULL, NULL, NULL, "2 1 3 4 5 6" },
		{ "", NULL, NULL, "2 1 3 4 5 6" },
		{ " \t\n", NULL, NULL, "2 1 3 4 5 6" },
		{ "anna", NULL, NULL, "2 1" },
		{ "ann", NULL, NULL, "2 1" },
		{ "nna", NULL, NULL, "" },       /* beginnings alone */
		{ "müller", NULL, NULL, "1 3" }, /* the organisation too */
		{ "muel", NULL, NULL, "1 3" },
		{ "MÜLLER stadt", NULL, NULL, "1" },
		{ "stadt MÜLLER", NULL, NULL, "1" },
		{ "cello", NULL, NULL, "1" }, /* not what no field holds */
		{ "chor", NULL, NULL, "2 1" },
		{ "köln", NULL, NULL, "2 1" },
		{ "family@example", NULL, NULL, "3 4" },
		{ "gross", NULL, NULL, "3" },
		{ "каренина", NULL, NULL, "6" },
		{ NULL, "chor", NULL, "2 1" },
		{ NULL, "CHOR", NULL, "2 1" },
		{ NULL, "laeufer", NULL, "3 5" },
		{ NULL, "cho", NULL, "" }, /* a tag counts whole */
		{ "müller", "chor", NULL, "1" },
		{ NULL, NULL, "Bonn", "3 4" },
		{ NULL, NULL, "bonn", "3 4" },
		{ NULL, NULL, "KOELN", "2 1" },
		{ NULL, "läufer", "Bonn", "3" },
		{ "weiss", "läufer", "Köln", "" },
		/* What is syntax to FTS5 is a word here, or nothing. */
		{ "\"", NULL, NULL, "2 1 3 4 5 6" },
		{ "\"anna\"", NULL, NULL, "2 1" },
		{ "\"ruhe\" and", NULL, NULL, "5" },
		{ "anna OR ben", NULL, NULL, "" },
		{ "NOT anna", NULL, NULL, "" },
		{ "text:anna", NULL, NULL, "" },
		{ "ann*", NULL, NULL, "2 1" },
		{ "(anna", NULL, NULL, "2 1" },
		{ "^anna", NULL, NULL, "2 1" },
		{ "NEAR(anna ben)", NULL, NULL, "" },
		{ "anna -müller", NULL, NULL, "1" },
		{ "{anna", NULL, NULL, "2 1" },
		{ "'; DROP", NULL, NULL, "" },
		{ "\xff", NULL, NULL, "" },
	};
	_cleanup_store_ struct store *store = search_new();
	struct err e = { "" };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_ids_ struct contact_ids ids = { 0 };

		TEST_ROW("row %zu: %s %s %s", i, rows[i].words, rows[i].tag, rows[i].city);
		CHECK_INT(search_list(store, book_main(store), rows[i].words, rows[i].tag,
				  rows[i].city, &ids, &e),
			0);
		check_ids(&ids, rows[i].found);
	}
	CHECK_TEXT(e.text, "");
}

/* The index holds what the contact holds now. */
static void search_follows_changes(void)
{
	_cleanup_store_ struct store *store = search_new();
	_cleanup_ids_ struct contact_ids before = { 0 }, after = { 0 }, gone = { 0 };
	int64_t book = book_main(store);
	struct err e;

	CHECK_INT(
		contacts_set(store, 1, CONTACT_NOTE, "spielt Gitarre", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(search_index(store, 1, &e), 0);
	CHECK_INT(search_list(store, book, "cello", NULL, NULL, &before, &e), 0);
	CHECK_INT(search_list(store, book, "gitarre", NULL, NULL, &after, &e), 0);
	check_ids(&before, "");
	check_ids(&after, "1");
	CHECK_INT(contacts_remove(store, book, 1, &e), 0);
	CHECK_INT(search_list(store, book, "gitarre", NULL, NULL, &gone, &e), 0);
	check_ids(&gone, "");
}

static void search_for_imports(void)
{
	static const struct {
		const char *name;
		int month_day, year;
		const char *found;
	} rows[] = {
		{ "Ben Weiß", 312, 1984, "3" },
		{ "ben weiss", 312, 0, "3" },
		{ "Ben Weiß", 312, 1985, "" },
		{ "Ben Weiß", 313, 1984, "" },
		{ "Ben", 312, 1984, "" },
		{ "Cora Weiss", 501, 1990, "4" }, /* her year is not known */
		{ "Cora Weiss", 501, 0, "4" },
	};
	_cleanup_store_ struct store *store = search_new();
	_cleanup_ids_ struct contact_ids ids = { 0 }, none = { 0 };
	_cleanup_free_ char *name = NULL;
	int64_t book = book_main(store);
	struct err e;

	CHECK_INT(
		store_run(store, &e,
			"INSERT INTO occasion (book, month_day, number, contact, kind, name, year, source,"
			" entered_day) VALUES (1, 312, 1, 3, 'birthday', NULL, 1984, 'hand', 0),"
			" (1, 501, 2, 4, 'birthday', NULL, 0, 'hand', 0),"
			" (1, 313, 3, 3, 'anniversary', NULL, 1984, 'hand', 0)",
			""),
		0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_ids_ struct contact_ids found = { 0 };

		TEST_ROW("row %zu", i);
		CHECK_INT(search_by_birthday(store, book, rows[i].name, rows[i].month_day,
				  rows[i].year, &found, &e),
			0);
		check_ids(&found, rows[i].found);
	}
	CHECK_INT(search_by_email(store, book, "FAMILY@example.org", &ids, &e), 0);
	check_ids(&ids, "3 4");
	CHECK_INT(search_by_email(store, book_main(store) + 1, "family@example.org", &none, &e), 0);
	check_ids(&none, "");
	CHECK_INT(contacts_name(store, 3, &name, &e), 0);
	CHECK_TEXT(name, "Ben Weiß");
	CHECK(contacts_name(store, 99, &name, &e) < 0);
	CHECK_TEXT(e.text, "there is no contact #99");
}

static void search_namesakes(void)
{
	static const struct {
		const char *start;
		int64_t except;
		int64_t id; /* 0: nobody */
	} rows[] = {
		{ "Anna", 0, 2 },
		{ "ANNA", 2, 1 },
		{ "Anna Müller", 0, 1 },
		{ "Anna Mueller", 1, 0 },
		{ "Anna Mari", 0, 0 },
		{ "Emile", 0, 5 },
		{ "Zola", 0, 0 },
		{ "Ben", 3, 0 },
		{ "Анна", 0, 6 },
	};
	_cleanup_store_ struct store *store = search_new();

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t id = 0;

		TEST_ROW("%s but %lld", rows[i].start, (long long)rows[i].except);
		CHECK_INT(search_namesake(store, book_main(store), rows[i].start, rows[i].except,
				  &id, NULL),
			rows[i].id != 0);
		CHECK_INT(id, rows[i].id);
	}
}

static void search_samples(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store);
	static const size_t sizes[] = { 0, 1, 3, 5, 10 };
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		_cleanup_ids_ struct contact_ids none = { 0 };

		CHECK_INT(search_sample(store, book, sizes[i], &none, &e), 0);
		CHECK_INT(none.n, 0);
	}
	for (int i = 0; i < 40; i++) {
		int64_t id = book_contact(store, book, "Anna", CONTACT_HAND);

		/* Nobody has an address yet: anybody will do. */
		if (i == 0) {
			_cleanup_ids_ struct contact_ids any = { 0 };

			CHECK_INT(search_sample(store, book, 3, &any, &e), 0);
			CHECK_INT(any.n, 1);
		}
		if (i % 8 == 0) /* 1, 9, 17, 25, 33 have an address */
			book_value(store, id, CONTACT_EMAIL, "anna@example.org");
	}
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		_cleanup_ids_ struct contact_ids ids = { 0 }, again = { 0 };

		TEST_ROW("%zu", sizes[i]);
		CHECK_INT(search_sample(store, book, sizes[i], &ids, &e), 0);
		CHECK_INT(search_sample(store, book, sizes[i], &again, &e), 0);
		CHECK_INT(ids.n, sizes[i]);
		CHECK_INT(again.n, ids.n);
		/* Then the others, and nobody twice. */
		for (size_t k = 0; k < ids.n; k++) {
			CHECK(k >= 3 || ids.ids[k] % 8 == 1);
			CHECK_INT(again.ids[k], ids.ids[k]);
			for (size_t l = 0; l < k; l++)
				CHECK(ids.ids[l] != ids.ids[k]);
		}
	}
}

TEST_MAIN(TEST(search_namesakes), TEST(search_finds_one), TEST(search_exact_goes_first),
	TEST(search_lists), TEST(search_follows_changes), TEST(search_for_imports),
	TEST(search_samples))
