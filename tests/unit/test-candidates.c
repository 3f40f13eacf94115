/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/candidates.h"
#include "book/store-internal.h"

#include <sqlite3.h>

typedef int find(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr);

static struct store *book_of_people(int64_t *ret_book)
{
	static const char *const names[] = { "Anna Schmidt", "Anna Sommer", "J\303\266rg Klein",
		"Joerg Gro\303\237", "Ben O'Brien", "\303\204rmin Schmidt", "Maria von Berg",
		"100% Schmitt" };
	static const struct {
		int64_t id;
		const char *city;
	} cities[] = { { 1, "Bonn" }, { 2, "Bad Honnef" }, { 5, "Bonn" }, { 6, "K\303\266ln" },
		{ 9, "Bremen" } };
	struct store *store = book_new();
	struct err e;

	*ret_book = book_main(store);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		(void)book_contact(store, *ret_book, names[i], CONTACT_HAND);
	(void)book_contact(store, book_other(store), "Anna Stranger", CONTACT_HAND);
	book_must(contacts_set(store, 1, CONTACT_ORG, "Acme", CONTACT_HAND, TODAY, &e), &e);
	for (size_t i = 0; i < ARRAY_SIZE(cities); i++) {
		book_must(contacts_set(store, cities[i].id, CONTACT_CITY, cities[i].city,
				  CONTACT_HAND, TODAY, &e),
			&e);
		book_must(search_index(store, cities[i].id, &e), &e);
	}
	book_must(
		contacts_set(store, 5, CONTACT_NOTE, "knows Schmidt", CONTACT_HAND, TODAY, &e), &e);
	book_must(search_index(store, 5, &e), &e);
	book_value(store, 1, CONTACT_EMAIL, "Anna@example.org");
	book_value(store, 2, CONTACT_EMAIL, "as@example.org");
	book_value(store, 1, CONTACT_TAG, "Freunde");
	book_value(store, 2, CONTACT_TAG, "freunde");
	book_value(store, 2, CONTACT_TAG, "F\303\274hrung");
	book_value(store, 3, CONTACT_TAG, "club");
	book_value(store, 9, CONTACT_TAG, "foreign");
	book_must(store_run(store, &e,
			  "INSERT INTO tag_every VALUES (1, 'familie', 'Familie', '2w')", ""),
		&e);
	return store;
}

static void check_found(const struct candidates *found, const char *expected)
{
	_cleanup_str_ struct str texts = STR_INIT;

	for (size_t i = 0; i < found->n; i++)
		str_addf(&texts, "%s%s", i ? "|" : "", found->all[i].text);
	CHECK_TEXT(str_text(&texts), expected);
}

static void what_begins_so(void)
{
	static const struct {
		find *find;
		const char *start;
		size_t max;
		const char *found;
	} rows[] = {
		{ candidates_names, "An", 9, "Anna Schmidt|Anna Sommer" },
		{ candidates_names, "anna s", 9, "Anna Schmidt|Anna Sommer" },
		{ candidates_names, "an", 1, "Anna Schmidt" },
		{ candidates_names, "Anna Sommer", 9, "Anna Sommer" },
		{ candidates_names, "Anna Sommerx", 9, "" },
		{ candidates_names, "j\303\266", 9, "Joerg Gro\303\237|J\303\266rg Klein" },
		{ candidates_names, "joerg g", 9, "Joerg Gro\303\237" },
		{ candidates_names, "schm", 9, "" },
		{ candidates_names, "%", 9, "" },
		{ candidates_names, "1", 9, "100% Schmitt" },
		{ candidates_later_names, "schm", 9,
			"Anna Schmidt|\303\204rmin Schmidt|100% Schmitt" },
		{ candidates_later_names, "schmidt", 1, "Anna Schmidt" },
		{ candidates_later_names, "anna", 9, "" },
		{ candidates_later_names, "gross", 9, "Joerg Gro\303\237" },
		{ candidates_later_names, "s", 9, "" },
		{ candidates_later_names, "", 9, "" },
		{ candidates_later_names, "von b", 9, "" },
		{ candidates_later_names, "sch\"", 9, "" },
		{ candidates_later_names, "acme", 9, "" },
		{ candidates_emails, "a", 9, "Anna@example.org|as@example.org" },
		{ candidates_emails, "anna@", 9, "Anna@example.org" },
		{ candidates_tags, "", 9, "club|Freunde|F\303\274hrung|Familie" },
		{ candidates_tags, "fr", 9, "Freunde" },
		{ candidates_tags, "fue", 9, "F\303\274hrung" },
		{ candidates_tags, "fa", 9, "Familie" },
		{ candidates_tags, "fo", 9, "" },
		{ candidates_tags, "x", 9, "" },
		{ candidates_tags, "", 2, "club|Freunde|Familie" },
		{ candidates_cities, "", 9, "Bonn|Bad Honnef|K\303\266ln" },
		{ candidates_cities, "", 1, "Bonn" },
		{ candidates_cities, "b", 9, "Bonn|Bad Honnef" },
		{ candidates_cities, "KOEL", 9, "K\303\266ln" },
		{ candidates_cities, "bad h", 9, "Bad Honnef" },
		{ candidates_cities, "honnef", 9, "" },
		{ candidates_cities, "acme", 9, "" },
		{ candidates_cities, "bo\"", 9, "" },
		{ candidates_cities, "\"", 9, "" },
	};
	int64_t book;
	_cleanup_store_ struct store *store = book_of_people(&book);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_candidates_ struct candidates found = { 0 };
		struct err e = { "" };

		TEST_ROW("%zu: %s", i, rows[i].start);
		CHECK_INT(rows[i].find(store, book, rows[i].start, rows[i].max, &found, &e), 0);
		check_found(&found, rows[i].found);
	}
}

static void numbers_that_begin_so(void)
{
	static const struct {
		const char *digits;
		size_t max;
		const char *found;
	} rows[] = {
		{ "", 3, "#1|#2|#3" },
		{ "3", 9, "#3|#30|#31|#312" },
		{ "3", 2, "#3|#30" },
		{ "31", 9, "#31|#312" },
		{ "312", 9, "#312" },
		{ "3129", 9, "" },
		{ "0", 9, "" },
		{ "9", 9, "" }, /* another book's, as is 313 */
		{ "99999999999999999999999", 9, "" },
	};
	int64_t book;
	_cleanup_store_ struct store *store = book_of_people(&book);
	struct err e = { "" };

	book_must(
		store_run(store, &e,
			"INSERT INTO contact (id, book, name, folded, source, entered_day)"
			" SELECT n, CASE n WHEN 313 THEN 2 ELSE 1 END, 'P' || n, 'p' || n, 'hand', 20000"
			" FROM (SELECT 30 AS n UNION SELECT 31 UNION SELECT 312 UNION SELECT 313)",
			""),
		&e);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_candidates_ struct candidates found = { 0 };

		TEST_ROW("%s", rows[i].digits);
		CHECK_INT(candidates_numbers(store, book, rows[i].digits, rows[i].max, &found, &e),
			0);
		check_found(&found, rows[i].found);
	}
}

static void what_tells_them_apart(void)
{
	_cleanup_candidates_ struct candidates found = { 0 };
	int64_t book;
	_cleanup_store_ struct store *store = book_of_people(&book);
	struct err e;

	CHECK_INT(candidates_names(store, book, "anna sch", 9, &found, &e), 0);
	CHECK_TEXT(found.all[0].about, "Acme");
	CHECK_TEXT(found.all[0].more, "Bonn");
	CHECK_INT(candidates_emails(store, book, "as@", 9, &found, &e), 0);
	CHECK_TEXT(found.all[1].about, "Anna Sommer");
	CHECK(found.all[1].more == NULL);
	/* A second one of the same name is no other candidate. */
	(void)book_contact(store, book, "Anna Schmidt", CONTACT_HAND);
	CHECK_INT(candidates_names(store, book, "anna sch", 9, &found, &e), 0);
	CHECK_INT(found.n, 2);
}

static void handles_of_what_is_open(void)
{
	static const char *const setup[] = {
		"INSERT INTO occasion VALUES (1, 1125, 7, 1, 'birthday', NULL, 1984, 'hand', 20000, 0),"
		" (1, 1124, 70, 2, 'named', 'first day', 0, 'hand', 20000, 0),"
		" (1, 1124, 8, 2, 'named', 'no more', 0, 'hand', 20000, 1),"
		" (1, 501, 9, 1, 'name-day', NULL, 0, 'hand', 20000, 0),"
		" (1, 103, 10, 3, 'birthday', NULL, 0, 'hand', 20000, 0)",
		"INSERT INTO follow_up (book, number, contact, what, due_day, entered_day, done_day)"
		" VALUES (1, 1, 1, 'slides', 20785, 20780, NULL), (1, 2, NULL, 'passport', 20781, 20780, NULL),"
		" (1, 3, 1, 'over', 20781, 20780, 20781)",
		"INSERT INTO thanks (book, number, contact, what, day, done_day) VALUES"
		" (1, 1, 1, 'help', 20780, NULL), (1, 2, 1, 'said', 20780, 20780)",
		"INSERT INTO coffee (book, number, contact, stage, stage_day, place, open) VALUES"
		" (1, 4, 2, 'agreed', 20780, 'Central', 1), (1, 5, 2, 'thanked', 20780, NULL, 0)",
		"INSERT INTO keeping (contact, book, number, due_day, span_days) VALUES"
		" (1, 1, 3, 20790, 42), (2, 1, 12, 20770, 42), (3, 1, 13, NULL, 42)",
		"INSERT INTO suggestion (book, letter, number, seeker, offerer, stage, stage_day, next_day,"
		" seeks, entered_day) VALUES (1, 'i', 1, 1, 2, 'asked', 20780, 20780, NULL, 20780),"
		" (1, 'i', 2, 1, 3, 'dropped', 20780, 20780, NULL, 20780),"
		" (1, 'h', 1, 3, NULL, 'suggested', 20780, 20780, 'a flat', 20780),"
		" (1, 'h', 2, 3, NULL, 'helped', 20780, 20780, 'a job', 20780)",
		"INSERT INTO outreach (book, number, name, folded, stage, stage_day, entered_day, open) VALUES"
		" (1, 1, 'Eva Kern', 'eva kern', 'draft', 20780, 20780, 1),"
		" (1, 2, 'Old', 'old', 'accepted', 20780, 20780, 0)",
		"INSERT INTO forum VALUES (1, 1, 'HR group', 'hr group', NULL, NULL, 3, 'week', 0),"
		" (1, 2, 'Gone', 'gone', NULL, NULL, 3, 'week', 1)",
	};
	static const struct {
		char letter;
		const char *digits;
		int32_t today;
		const char *found, *about, *more; /* of the first one */
	} rows[] = {
		{ 'b', "", TODAY, "b70|b7", "Anna Sommer", "first day" },
		{ 'b', "7", TODAY, "b70|b7", "Anna Sommer", "first day" },
		{ 'b', "70", TODAY, "b70", "Anna Sommer", "first day" },
		{ 'b', "9", TODAY, "", NULL, NULL },
		{ 'b', "", TODAY + 35, "b10", "J\303\266rg Klein", "birthday" }, /* 28 December */
		{ 'f', "", TODAY, "f2|f1", NULL, "passport" },
		{ 'f', "1", TODAY, "f1", "Anna Schmidt", "slides" },
		{ 'y', "", TODAY, "y1", "Anna Schmidt", "help" },
		{ 'c', "", TODAY, "c4", "Anna Sommer", "Central" },
		{ 't', "", TODAY, "t12|t3", "Anna Sommer", NULL },
		{ 't', "1", TODAY, "t12", "Anna Sommer", NULL },
		{ 'i', "", TODAY, "i1", "Anna Schmidt", "Anna Sommer" },
		{ 'h', "", TODAY, "h1", "J\303\266rg Klein", "a flat" },
		{ 'o', "", TODAY, "o1", "Eva Kern", NULL },
		{ 'g', "", TODAY, "g1", "HR group", NULL },
		{ 'x', "", TODAY, "", NULL, NULL },
	};
	int64_t book;
	_cleanup_store_ struct store *store = book_of_people(&book);

	for (size_t i = 0; i < ARRAY_SIZE(setup); i++) {
		struct err e = { "" };

		book_must(store_run(store, &e, setup[i], ""), &e);
	}
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_candidates_ struct candidates found = { 0 };
		struct err e = { "" };

		TEST_ROW("%c%s", rows[i].letter, rows[i].digits);
		CHECK_INT(candidates_handles(store, book, rows[i].letter, rows[i].digits,
				  rows[i].today, 9, &found, &e),
			0);
		check_found(&found, rows[i].found);
		if (!found.n)
			continue;
		CHECK_TEXT(found.all[0].about, rows[i].about);
		CHECK_TEXT(found.all[0].more, rows[i].more);
	}
}

/* Every key that is pressed asks: nothing is looked through, and nothing sorted. */
static void indexes_lead_to_all(void)
{
	find *const finds[] = { candidates_names, candidates_later_names, candidates_emails,
		candidates_tags, candidates_numbers };
	_cleanup_candidates_ struct candidates found = { 0 };
	int64_t book;
	_cleanup_store_ struct store *store = book_of_people(&book);
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(finds); i++)
		CHECK_INT(finds[i](store, book, "an", 9, &found, &e), 0);
	for (const char *letter = "bfyctihog"; *letter; letter++)
		CHECK_INT(candidates_handles(store, book, *letter, "1", TODAY, 9, &found, &e), 0);
	for (size_t i = 0; i < store->n_statements; i++) {
		_cleanup_str_ struct str text = STR_INIT;
		sqlite3_stmt *plan = NULL;

		if (!strstr(store->statements[i].sql, "LIMIT"))
			continue; /* of the setup */
		TEST_ROW("%s", store->statements[i].sql);
		str_addf(&text, "EXPLAIN QUERY PLAN %s", store->statements[i].sql);
		CHECK_INT(
			sqlite3_prepare_v2(store->db, str_text(&text), -1, &plan, NULL), SQLITE_OK);
		while (sqlite3_step(plan) == SQLITE_ROW) {
			const char *step = (const char *)sqlite3_column_text(plan, 3);

			CHECK(!str_starts(step, "USE TEMP"));
			/* Those that a statement begins with have a few rows, or a bounded number. */
			CHECK(!str_starts(step, "SCAN") || strstr(step, "VIRTUAL TABLE") ||
				str_starts(store->statements[i].sql, "WITH ") ||
				str_starts(step, "SCAN CONSTANT"));
			CHECK(!str_starts(step, "SCAN c") && !str_starts(step, "SCAN v"));
		}
		(void)sqlite3_finalize(plan);
	}
}

TEST_MAIN(TEST(indexes_lead_to_all), TEST(what_begins_so), TEST(numbers_that_begin_so),
	TEST(what_tells_them_apart), TEST(handles_of_what_is_open))
