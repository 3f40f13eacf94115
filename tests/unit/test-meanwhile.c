/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/meanwhile.h"

static bool nobody_is_ours(const void *userdata UNUSED, int64_t contact UNUSED)
{
	return false;
}

static void run(struct store *store, const char *sql)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };

	book_must(store_begin(store, &transaction, &e), &e);
	book_must(store_run(store, &e, sql, ""), &e);
	book_must(store_commit(&transaction, &e), &e);
}

static int64_t noted(struct store *store)
{
	return book_ask(store, "SELECT count(*) FROM meanwhile");
}

/* While nobody listens, nothing is noted; after one who was killed not for ever. */
static void meanwhile_nobody_listens(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t listener, other;
	struct err e = { "" };

	run(store, "UPDATE book SET owner='Otto'");
	CHECK_INT(noted(store), 0);
	CHECK_INT(meanwhile_listen(store, &listener, &e), 0);
	run(store, "UPDATE book SET owner='Olga'");
	CHECK_INT(noted(store), 2);
	/* The last one who listens is the only one. */
	CHECK_INT(meanwhile_listen(store, &other, &e), 0);
	CHECK(other > listener);
	CHECK_INT(meanwhile_stop(store, listener, &e), 0);
	CHECK(noted(store) > 0);
	run(store, "UPDATE sqlite_sequence SET seq=seq + 10000 WHERE name='meanwhile'");
	run(store, "UPDATE book SET owner='Olaf'");
	CHECK_INT(noted(store), 0);
}

/* What is rolled back is not noted, nor is a large change: nobody listens any more then. */
static void meanwhile_notes_what_is_committed(void)
{
	static const struct {
		const char *sql;
		bool committed;
		int64_t noted; /* with the listener's own row */
	} rows[] = {
		{ "UPDATE book SET owner='Otto'", true, 2 },
		{ "UPDATE book SET owner='Otto'", false, 1 },
		{ "UPDATE book SET owner=owner", true, 2 },
		{ "INSERT INTO search (rowid, text) VALUES (1, 'otto')", true, 2 },
		{ "UPDATE book SET owner=hex(zeroblob(500000))", true, 2 },
		{ "UPDATE book SET owner=hex(zeroblob(600000))", true, 0 },
		{ "DELETE FROM meanwhile", true, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(store_rollback) struct store *transaction = NULL;
		_cleanup_store_ struct store *store = book_new();
		struct err e = { "" };
		int64_t listener;

		TEST_ROW("%zu", i);
		book_must(meanwhile_listen(store, &listener, &e), &e);
		book_must(store_begin(store, &transaction, &e), &e);
		book_must(store_run(store, &e, rows[i].sql, ""), &e);
		if (rows[i].committed)
			CHECK_INT(store_commit(&transaction, &e), 0);
		store_rollback(&transaction);
		CHECK_INT(noted(store), rows[i].noted);
		CHECK_INT(meanwhile_stop(store, listener, &e), 0);
		CHECK_INT(noted(store), 0);
	}
}

/* Each change is taken once, in the order in which they were made. */
static void meanwhile_takes_what_is_new(void)
{
	_cleanup_store_ struct store *store = book_new(), *copy = book_new();
	struct err e = { "" };
	int64_t listener, last;
	uint32_t n = 7;

	book_must(meanwhile_listen(store, &listener, &e), &e);
	last = listener;
	CHECK_INT(meanwhile_take(store, copy, listener, &last, nobody_is_ours, NULL, &n, &e), 0);
	CHECK_INT(n, 0);
	for (int round = 0; round < 3; round++) {
		TEST_ROW("round %d", round);
		run(store, "INSERT INTO trouble VALUES (hex(randomblob(8)), 1, 'full')");
		run(store, "UPDATE trouble SET since=since + 1");
		run(store, "DELETE FROM trouble WHERE since=3");
		CHECK_INT(
			meanwhile_take(store, copy, listener, &last, nobody_is_ours, NULL, &n, &e),
			0);
		CHECK_INT(n, 3);
		CHECK_INT(book_ask(copy, "SELECT count(*) FROM trouble"),
			book_ask(store, "SELECT count(*) FROM trouble"));
		CHECK_INT(book_ask(copy, "SELECT sum(since) FROM trouble"),
			book_ask(store, "SELECT sum(since) FROM trouble"));
	}
	book_must(meanwhile_stop(store, listener, &e), &e);
	CHECK_INT(meanwhile_take(store, copy, listener, &last, nobody_is_ours, NULL, &n, &e),
		MEANWHILE_REFUSED);
}

/* Room is left once, and only what was not used of it is taken back. */
static void meanwhile_leaves_room(void)
{
	_cleanup_store_ struct store *copy = book_new();
	struct err e = { "" };
	int64_t number;

	(void)book_contact(copy, 1, "Anna", CONTACT_HAND);
	book_must(books_next_number(copy, 1, 'b', &number, &e), &e);
	book_must(books_next_number(copy, 1, 'f', &number, &e), &e);
	CHECK_INT(meanwhile_leave_room(copy, &e), 0);
	book_must(books_next_number(copy, 1, 'b', &number, &e), &e);
	CHECK_INT(number, 2 + MEANWHILE_ROOM);
	CHECK_INT(meanwhile_close_room(copy, &e), 0);
	book_must(books_next_number(copy, 1, 'b', &number, &e), &e);
	CHECK_INT(number, 3 + MEANWHILE_ROOM);
	book_must(books_next_number(copy, 1, 'f', &number, &e), &e);
	CHECK_INT(number, 2);
	CHECK_INT(book_contact(copy, 1, "Ben", CONTACT_HAND), 2);
}

TEST_MAIN(TEST(meanwhile_nobody_listens), TEST(meanwhile_notes_what_is_committed),
	TEST(meanwhile_takes_what_is_new), TEST(meanwhile_leaves_room))
