/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/ahead.h"
#include "book/meanwhile.h"
#include "book/store-internal.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>

static int64_t size_of(struct store *store)
{
	struct stat st;

	if (stat(store_path(store), &st) < 0)
		abort();
	return st.st_size;
}

static int64_t logical_size(struct store *store)
{
	return book_ask(
		store, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
}

/* Contacts with notes of a page each. */
static void add_many(struct store *store, int n)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };
	static char note[4000];

	memset(note, 'n', sizeof(note) - 1);
	book_must(store_begin(store, &transaction, &e), &e);
	for (int i = 0; i < n; i++)
		book_must(contacts_set(store, book_contact(store, 1, "Many", CONTACT_HAND),
				  CONTACT_NOTE, note, CONTACT_HAND, TODAY, &e),
			&e);
	book_must(store_commit(&transaction, &e), &e);
}

static void check_whole(struct store *store, int contacts)
{
	struct err e = { "" };

	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), contacts);
	CHECK_INT(store_check(store, &e), 0);
	CHECK(size_of(store) >= logical_size(store));
}

/* What was written ahead is in nobody's way, and goes again: as after one that was killed. */
static void ahead_is_seen_by_nobody(void)
{
	static const int sizes[] = { 0, 1, 20, 9000 }; /* contacts of the one it is taken from */

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		_cleanup_store_ struct store *store = book_new(), *from = book_new(),
					     *other = book_open(store_path(store));
		struct err e = { "" };

		TEST_ROW("%d", sizes[i]);
		add_many(store, 2);
		add_many(from, sizes[i]);
		CHECK_INT(ahead_write(from, store, &e), 0);
		CHECK(size_of(store) >= size_of(from));
		check_whole(other, 2);
		/* Others go on growing over it, and back. */
		add_many(other, 30);
		check_whole(store, 32);
		{
			_cleanup_(store_rollback) struct store *transaction = NULL;

			book_must(store_begin(store, &transaction, &e), &e);
			book_contact(store, 1, "Gone", CONTACT_HAND);
		}
		check_whole(other, 32);
		ahead_trim(store);
		CHECK_INT(size_of(store), logical_size(store));
		add_many(other, 1);
		check_whole(store, 33);
	}
}

/* Not while somebody reads: what they know of the file's length must stay true. */
static void ahead_trims_nobodys_file(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new(),
				     *other = book_open(store_path(store));
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct err e = { "" };

	add_many(from, 100);
	CHECK_INT(ahead_write(from, store, &e), 0);
	book_must(store_query(&rows, other, &e, "SELECT name FROM book", ""), &e);
	CHECK_INT(store_next(&rows, &e), 1);
	ahead_trim(store);
	CHECK_INT(size_of(store), size_of(from));
	store_rows_done(&rows);
	ahead_trim(store);
	CHECK_INT(size_of(store), logical_size(store));
}

/* Whoever opens the database cuts it off, but not while a copy is worked on. */
static void ahead_is_tidied(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new();
	struct err e = { "" };
	int64_t listener;

	add_many(from, 100);
	book_must(meanwhile_listen(store, &listener, &e), &e);
	CHECK_INT(ahead_write(from, store, &e), 0);
	store_close(book_open(store_path(store)));
	CHECK_INT(size_of(store), size_of(from));
	book_must(meanwhile_stop(store, listener, &e), &e);
	store_close(book_open(store_path(store)));
	CHECK_INT(size_of(store), logical_size(store));
	check_whole(store, 0);
}

static void ahead_while_another_writes(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new(),
				     *other = book_open(store_path(store));
	_cleanup_(store_rollback) struct store *theirs = NULL;
	struct err e = { "" };
	int64_t size = size_of(store);

	add_many(from, 100);
	book_must(store_begin(other, &theirs, &e), &e);
	CHECK_INT(ahead_write(from, store, &e), -EBUSY);
	CHECK_INT(size_of(store), size);
}

/* A transaction of SQLite's own, with and without what stands there already; one that is taken back leaves
 * all as it was. */
static void ahead_of_a_transaction(void)
{
	for (int how = 0; how < 4; how++) {
		_cleanup_store_ struct store *store = book_new(), *from = book_new(),
					     *other = book_open(store_path(store));
		_cleanup_(ahead_endp) struct ahead *ahead = NULL;
		sqlite3_backup *backup;
		struct err e = { "" };
		bool written = how & 1, whole = how & 2;

		TEST_ROW("%d", how);
		add_many(store, 3);
		add_many(from, 3000);
		if (written)
			CHECK_INT(ahead_write(from, store, &e), 0);
		CHECK_INT(ahead_begin(&ahead, store, &e), 0);
		backup = sqlite3_backup_init(store->db, "main", from->db, "main");
		CHECK_INT(sqlite3_backup_step(backup, whole ? -1 : 2000),
			whole ? SQLITE_DONE : SQLITE_OK);
		CHECK_INT(sqlite3_backup_finish(backup), SQLITE_OK);
		ahead_end(TAKE_PTR(ahead));
		check_whole(other, whole ? 3000 : 3);
		check_whole(store, whole ? 3000 : 3);
		add_many(other, 5);
		check_whole(store, (whole ? 3000 : 3) + 5);
	}
}

TEST_MAIN(TEST(ahead_is_seen_by_nobody), TEST(ahead_trims_nobodys_file), TEST(ahead_is_tidied),
	TEST(ahead_while_another_writes), TEST(ahead_of_a_transaction))
