/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/followups.h"
#include "book/occasions.h"

#include <errno.h>

static void books_found_by_name(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t other = book_other(store), found = 0;
	struct err e = { "" };

	CHECK_INT(books_find(store, "main", &found, &e), 0);
	CHECK(found > 0 && found != other);
	CHECK_INT(books_find(store, "other", &found, &e), 0);
	CHECK_INT(found, other);
	CHECK_INT(books_find(store, "Main", &found, &e), -ENOENT);
	CHECK(strstr(e.text, "there is no book \"Main\" in ") && strstr(e.text, store_path(store)));
	CHECK_INT(books_find(store, "", &found, &e), -ENOENT);
}

/* NULL keeps, "" takes away: one call after the other. */
static void books_owner_told_bit_by_bit(void)
{
	static const struct {
		const char *name, *city, *intro; /* set */
		const char *is_name, *is_city, *is_intro;
	} rows[] = {
		{ NULL, NULL, NULL, NULL, NULL, NULL },
		{ "Anna", NULL, "hi", "Anna", NULL, "hi" },
		{ NULL, "Köln", NULL, "Anna", "Köln", "hi" },
		{ "Ännie", NULL, "", "Ännie", "Köln", NULL },
		{ "", "", "", NULL, NULL, NULL },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store);
	struct err e;

	CHECK_INT(books_set_owner(store, other, "Ben", NULL, NULL, &e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_owner_ struct owner owner = { 0 };

		TEST_ROW("row %zu", i);
		CHECK_INT(
			books_set_owner(store, book, rows[i].name, rows[i].city, rows[i].intro, &e),
			0);
		CHECK_INT(books_load_owner(store, book, &owner, &e), 0);
		CHECK_TEXT(owner.name, rows[i].is_name);
		CHECK_TEXT(owner.city, rows[i].is_city);
		CHECK_TEXT(owner.intro, rows[i].is_intro);
		CHECK_INT(owner.n_offers, 0);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book WHERE owner='Ben'"), 1);
}

static void books_offers(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_owner_ struct owner owner = { 0 };
	int64_t book = book_main(store), other = book_other(store);
	struct err e;

	CHECK_INT(books_add_offer(store, book, "PostgreSQL", &e), 0);
	CHECK_INT(books_add_offer(store, book, "PostgreSQL", &e), 0);
	CHECK_INT(books_add_offer(store, book, "Lektorat", &e), 0);
	CHECK_INT(books_add_offer(store, other, "Gitarre", &e), 0);
	CHECK_INT(books_load_owner(store, book, &owner, &e), 0);
	CHECK_INT(owner.n_offers, 2);
	CHECK(owner.n_offers == 2 && str_equal(owner.offers[0], "Lektorat"));
	owner_done(&owner);
	CHECK_INT(books_clear_offers(store, book, &e), 0);
	CHECK_INT(books_load_owner(store, book, &owner, &e), 0);
	CHECK_INT(owner.n_offers, 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM offer"), 1);
}

static void books_number_once(void)
{
	static const struct {
		bool other;
		char letter;
		int64_t number;
	} rows[] = {
		{ false, 'b', 1 },
		{ false, 'b', 2 },
		{ false, 'f', 1 },
		{ true, 'b', 1 },
		{ false, 'b', 3 },
		{ true, 'f', 1 },
		{ true, 'b', 2 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store);
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t number = 0;

		TEST_ROW("row %zu", i);
		CHECK_INT(books_next_number(
				  store, rows[i].other ? other : book, rows[i].letter, &number, &e),
			0);
		CHECK_INT(number, rows[i].number);
	}
}

static void books_counted(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store), n;
	int64_t anna = book_contact(store, book, "Anna", CONTACT_HAND);
	const struct date date = { 0, 3, 12 };
	struct book_counts counts;
	struct err e;

	(void)book_contact(store, book, "Ben", CONTACT_HAND);
	CHECK_INT(occasions_add(
			  store, book, anna, OCCASION_BIRTHDAY, NULL, &date, "hand", TODAY, &n, &e),
		0);
	for (int i = 0; i < 3; i++)
		CHECK_INT(followups_add(store, book, 0, "call", TODAY, -1, TODAY, &n, &e), 0);
	CHECK_INT(followups_set_done(store, book, n, TODAY, NULL, &e), 0);
	CHECK_INT(books_count(store, book, &counts, &e), 0);
	CHECK(counts.contacts == 2 && counts.occasions == 1 && counts.follow_ups == 2);
	CHECK_INT(books_count(store, other, &counts, &e), 0);
	CHECK(counts.contacts == 0 && counts.occasions == 0 && counts.follow_ups == 0);
}

static int count_book(void *userdata, int64_t book, const char *name)
{
	int *count = userdata;

	CHECK(book > 0 && (str_equal(name, "main") || str_equal(name, "work-2")));
	return ++*count > 5;
}

static void books_are_made_by_name(void)
{
	static const char *const bad[] = { "", "Work", "-a", "a b", "ä", "../x",
		"a23456789012345678901234567890123" };
	_cleanup_store_ struct store *store = book_new();
	int count = 0;
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		TEST_ROW("%s", bad[i]);
		CHECK_INT(books_create(store, bad[i], &e), -EINVAL);
	}
	CHECK_INT(books_create(store, "work-2", &e), 0);
	CHECK_INT(books_create(store, "work-2", &e), -EEXIST);
	CHECK_INT(books_create(store, "main", &e), -EEXIST);
	CHECK_INT(books_each(store, count_book, &count, &e), 0);
	CHECK_INT(count, 2);
}

#define ASK(question) book_ask(store, question)

/* What others hold stays; mails that speak of its people say nothing of them any more, and wait for nobody. */
static void books_go_whole(void)
{
	static const char *const statements[] = {
		"INSERT INTO contact (id, book, name, folded, source, entered_day)"
		" SELECT 20 + id, id, 'X', 'x', 'hand', 1 FROM book",
		"INSERT INTO search (rowid, text) SELECT id, 'x' FROM contact",
		"INSERT INTO digest VALUES (1, 'a', 'd', 'UTC', 0), (2, 'b', 'd', 'UTC', 0)",
		"INSERT INTO hosted (digest, book, settings, holds) VALUES (1, 1, 's', 0), (2, 2, 's', 0)",
		"INSERT INTO message VALUES (1, 1, 1, '<1@x>', 'n@x', 'X', x'00', 1),"
		" (2, 1, 2, '<2@x>', 'n@x', 'X', x'00', 1), (3, 2, 3, '<3@x>', 'n@x', 'X', x'00', 1)",
		"INSERT INTO mention VALUES (21, 1), (22, 2), (22, 3)",
		"INSERT INTO delivery (message, recipient, state, attempts, doubts, next_try, changed_at)"
		" SELECT id, 'a@x', 'queued', 0, 0, 0, 0 FROM message",
		"INSERT INTO reply (book, forum, day, count, contact) VALUES (2, 1, 1, 1, 22)",
		"INSERT INTO outreach (book, number, contact, stage, stage_day, entered_day)"
		" VALUES (2, 1, 22, 'accepted', 1, 1)",
	};
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };
	int64_t book;

	CHECK_INT(books_create(store, "work", &e), 0);
	CHECK_INT(books_find(store, "work", &book, &e), 0);
	CHECK_INT(book, 2);
	for (size_t i = 0; i < ARRAY_SIZE(statements); i++)
		CHECK_INT(store_run(store, &e, statements[i], ""), 0);
	CHECK_INT(store_begin(store, &transaction, &e), 0);
	CHECK_INT(books_remove(store, book, &e), 0);
	CHECK_INT(store_commit(&transaction, &e), 0);
	CHECK_TEXT(e.text, "");
	CHECK_INT(ASK("SELECT group_concat(name)='main' FROM book"), 1);
	CHECK_INT(ASK("SELECT group_concat(id)='21' FROM contact"), 1);
	CHECK_INT(ASK("SELECT count(*) FROM search WHERE search MATCH 'x'"), 1);
	CHECK_INT(ASK("SELECT group_concat(digest)='1' FROM hosted"), 1);
	CHECK_INT(ASK("SELECT group_concat(id)='1,2' FROM message"), 1);
	CHECK_INT(ASK("SELECT group_concat(state)='queued,withdrawn' FROM delivery"), 1);
	CHECK_INT(ASK("SELECT body IS NULL AND subject='' FROM message WHERE id=2"), 1);
	CHECK_INT(ASK("SELECT subject='X' FROM message WHERE id=1"), 1);
	CHECK_INT(ASK("SELECT (SELECT count(*) FROM reply) + (SELECT count(*) FROM outreach)"), 0);
	CHECK_INT(ASK("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST_MAIN(TEST(books_are_made_by_name), TEST(books_found_by_name),
	TEST(books_owner_told_bit_by_bit), TEST(books_offers), TEST(books_number_once),
	TEST(books_counted), TEST(books_go_whole))
