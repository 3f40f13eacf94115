/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/contacts.h"
#include "book/forums.h"

#include <errno.h>

static const struct goal weekly = { 3, GOAL_WEEK }, monthly = { 10, GOAL_MONTH };

static void forums_are_kept_by_name(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_forums_ struct forums all = { 0 }, part = { 0 }, exact = { 0 }, left = { 0 };
	int64_t book = book_main(store), hr, same, other;
	struct err e;

	CHECK_INT(forums_set(store, book, "HR Gruppe", NULL, NULL, NULL, &hr, &e), -EINVAL);
	book_must(forums_set(store, book, "HR Gruppe", &weekly, NULL, "Verträge", &hr, &e), &e);
	book_must(forums_set(store, book, "HR", &monthly, NULL, NULL, &other, &e), &e);
	/* The same, however it is written; what is not given stays. */
	book_must(
		forums_set(store, book, "hr gruppe", NULL, "https://example.org/", NULL, &same, &e),
		&e);
	CHECK_INT(same, hr);
	book_must(forums_find(store, book, "hr", &exact, &e), &e);
	CHECK_INT(exact.n, 1);
	CHECK_INT(exact.all[0].number, other);
	book_must(forums_find(store, book, "grup", &part, &e), &e);
	CHECK_INT(part.n, 1);
	CHECK_TEXT(part.all[0].url, "https://example.org/");
	CHECK_TEXT(part.all[0].topics, "Verträge");
	CHECK_INT(part.all[0].goal.count, 3);
	book_must(forums_drop(store, book, other, &e), &e);
	book_must(forums_list(store, book, &left, &e), &e);
	CHECK_INT(left.n, 1);
	book_must(forums_set(store, book, "HR", NULL, NULL, NULL, &same, &e), &e);
	CHECK_INT(same, other);
	book_must(forums_list(store, book, &all, &e), &e);
	CHECK_INT(all.n, 2);
}

static void forums_count_answers(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(forum_progress_done) struct forum_progress some = { 0 }, none = { 0 };
	int64_t book = book_main(store), jana = book_contact(store, book, "Jana", CONTACT_HAND),
		number;
	struct err e;

	book_must(forums_set(store, book, "HR", &weekly, NULL, NULL, &number, &e), &e);
	book_must(forums_progress(store, book, number, TODAY, TODAY + 7, &none, &e), &e);
	CHECK(none.count == 0 && !none.has_last);
	book_must(forums_reply(store, book, number, TODAY - 1, 5, 0, "last week", &e), &e);
	book_must(forums_reply(store, book, number, TODAY, 2, jana, "contracts", &e), &e);
	book_must(forums_reply(store, book, number, TODAY + 7, 1, 0, NULL, &e), &e);
	book_must(forums_progress(store, book, number, TODAY, TODAY + 7, &some, &e), &e);
	CHECK_INT(some.count, 2);
	CHECK(some.has_last && !some.last_name && !some.last_note);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM touch WHERE kind='answered'"), 1);
	/* Of somebody who is removed only the number stays. */
	book_must(contacts_remove(store, book, jana, &e), &e);
	CHECK_INT(book_ask(store, "SELECT sum(count) FROM reply"), 8);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM reply WHERE note='contracts'"), 0);
}

static void forums_somebody_wrote_from(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_forums_ struct forums none = { 0 }, via = { 0 }, gone = { 0 };
	int64_t book = book_main(store), sue = book_contact(store, book, "Sue", CONTACT_HAND),
		sam = book_contact(store, book, "Sam", CONTACT_HAND), number, n = 9;
	struct err e;

	book_must(forums_set(store, book, "HR", &weekly, NULL, NULL, &number, &e), &e);
	CHECK_INT(forums_via(store, book, sue, &none, &e), 0);
	book_must(forums_count_via(store, book, number, &n, &e), &e);
	CHECK_INT(n, 0);
	book_must(forums_set_via(store, sue, number, TODAY, &e), &e);
	book_must(forums_set_via(store, sam, number, TODAY, &e), &e);
	/* A forum one has left is still where they wrote from. */
	book_must(forums_drop(store, book, number, &e), &e);
	CHECK_INT(forums_via(store, book, sue, &via, &e), 1);
	CHECK_TEXT(via.all[0].name, "HR");
	CHECK_INT(forums_via(store, book + 1, sue, &none, &e), 0);
	book_must(forums_count_via(store, book, number, &n, &e), &e);
	CHECK_INT(n, 2);
	book_must(forums_set_via(store, sue, 0, TODAY, &e), &e);
	CHECK_INT(forums_via(store, book, sue, &gone, &e), 0);
	book_must(contacts_remove(store, book, sam, &e), &e);
	book_must(forums_count_via(store, book, number, &n, &e), &e);
	CHECK_INT(n, 0);
}

TEST_MAIN(
	TEST(forums_somebody_wrote_from), TEST(forums_are_kept_by_name), TEST(forums_count_answers))
