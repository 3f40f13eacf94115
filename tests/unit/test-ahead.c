/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/ahead.h"
#include "book/meanwhile.h"
#include "book/store-internal.h"

#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

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

static struct ahead *ahead_between(struct store *from, struct store *to, int64_t listener)
{
	struct ahead *ahead = NULL;
	struct err e = { "" };

	book_must(ahead_new(&ahead, from, to, listener, &e), &e);
	return ahead;
}

static int write_ahead(struct store *from, struct store *to, struct err *e)
{
	_cleanup_(ahead_freep) struct ahead *ahead = ahead_between(from, to, 0);

	return ahead_write(ahead, e);
}

/* As many steps of SQLite's backup as are asked for: its result, SQLITE_BUSY where the pages do not stand there. */
static int publish(struct ahead *ahead, struct store *to, int pages)
{
	struct err e = { "" };
	sqlite3_backup *backup;
	int step;

	ahead_measure(ahead);
	book_must(ahead_begin(ahead, &e), &e);
	backup = sqlite3_backup_init(to->db, "main", ahead_source(ahead), "main");
	step = sqlite3_backup_step(backup, 0);
	if (step == SQLITE_OK)
		step = ahead_stands(ahead) ? sqlite3_backup_step(backup, pages) : SQLITE_BUSY;
	(void)sqlite3_backup_finish(backup);
	ahead_end(ahead);
	return step;
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
		CHECK_INT(write_ahead(from, store, &e), 0);
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
		ahead_trim(store, 0);
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
	CHECK_INT(write_ahead(from, store, &e), 0);
	book_must(store_query(&rows, other, &e, "SELECT name FROM book", ""), &e);
	CHECK_INT(store_next(&rows, &e), 1);
	ahead_trim(store, 0);
	CHECK_INT(size_of(store), size_of(from));
	store_rows_done(&rows);
	ahead_trim(store, 0);
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
	CHECK_INT(write_ahead(from, store, &e), 0);
	store_close(book_open(store_path(store)));
	CHECK_INT(size_of(store), size_of(from));
	book_must(meanwhile_stop(store, listener, &e), &e);
	store_close(book_open(store_path(store)));
	CHECK_INT(size_of(store), logical_size(store));
	check_whole(store, 0);
}

/* Nor what one has left who was killed. */
static void ahead_of_the_dead(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new();
	struct err e = { "" };
	pid_t child = fork();
	int64_t listener;
	int status;

	if (child == 0)
		_exit(meanwhile_listen(book_open(store_path(store)), &listener, &e) < 0);
	CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM meanwhile"), 1);
	add_many(from, 100);
	CHECK_INT(write_ahead(from, store, &e), 0);
	store_close(book_open(store_path(store)));
	CHECK_INT(size_of(store), logical_size(store));
	CHECK_INT(book_ask(store, "SELECT count(*) FROM meanwhile"), 0);
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
	CHECK_INT(write_ahead(from, store, &e), -EBUSY);
	CHECK_INT(size_of(store), size);
}

/* A transaction of SQLite's own; one that is taken back, even behind its last page, leaves all as it was. */
static void ahead_of_a_transaction(void)
{
	static const int pages[] = { 1, 3, -1 };

	for (size_t i = 0; i < ARRAY_SIZE(pages); i++) {
		_cleanup_store_ struct store *store = book_new(), *from = book_new(),
					     *other = book_open(store_path(store));
		_cleanup_(ahead_freep) struct ahead *ahead = NULL;
		struct err e = { "" };
		bool whole = pages[i] < 0;

		TEST_ROW("%d", pages[i]);
		add_many(store, 3);
		add_many(from, 3000);
		ahead = ahead_between(from, store, 0);
		CHECK_INT(ahead_write(ahead, &e), 0);
		CHECK_INT(publish(ahead, store, pages[i]), whole ? SQLITE_DONE : SQLITE_OK);
		check_whole(other, whole ? 3000 : 3);
		check_whole(store, whole ? 3000 : 3);
		add_many(other, 5);
		check_whole(store, (whole ? 3000 : 3) + 5);
		add_many(store, 5);
		check_whole(other, (whole ? 3000 : 3) + 10);
	}
}

/* What is changed in the copy later stands there once it is written again, and not before. */
static void ahead_of_later_changes(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new(),
				     *other = book_open(store_path(store));
	_cleanup_(ahead_freep) struct ahead *ahead = NULL;
	struct err e = { "" };

	add_many(from, 300);
	ahead = ahead_between(from, store, 0);
	CHECK_INT(publish(ahead, store, -1), SQLITE_BUSY);
	CHECK_INT(ahead_write(ahead, &e), 0);
	book_must(store_run(from, &e, "UPDATE contact SET note=upper(note), org='Werft'", ""), &e);
	CHECK_INT(publish(ahead, store, -1), SQLITE_BUSY);
	check_whole(other, 0);
	CHECK_INT(ahead_write(ahead, &e), 0);
	add_many(from, 100);
	CHECK_INT(publish(ahead, store, -1), SQLITE_BUSY);
	CHECK_INT(ahead_write(ahead, &e), 0);
	CHECK_INT(publish(ahead, store, -1), SQLITE_DONE);
	check_whole(other, 400);
	CHECK_INT(book_ask(other,
			  "SELECT count(*) FROM contact WHERE note NOT GLOB '*n*' AND org='Werft'"),
		300);
}

/* A transaction of others, older than what was written, that is taken back cuts it off. */
static void ahead_is_cut_off(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new(),
				     *other = book_open(store_path(store));
	_cleanup_(ahead_freep) struct ahead *ahead = NULL;
	struct err e = { "" };

	add_many(from, 300);
	ahead = ahead_between(from, store, 0);
	CHECK_INT(ahead_write(ahead, &e), 0);
	ahead_trim(other, 0);
	CHECK_INT(publish(ahead, store, -1), SQLITE_BUSY);
	CHECK_INT(ahead_write(ahead, &e), 0);
	/* Cut off once more, and made as long again by nothing but zeros where it was. */
	ahead_trim(other, 0);
	add_many(from, 1);
	CHECK_INT(ahead_write(ahead, &e), 0);
	CHECK_INT(publish(ahead, store, -1), SQLITE_DONE);
	check_whole(other, 301);
}

/* Nobody writes where another does, and nobody cuts off what is another's. */
static void ahead_of_another(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new(), *second = book_new(),
				     *other = book_open(store_path(store));
	_cleanup_(ahead_freep) struct ahead *ahead = NULL, *theirs = NULL;
	struct err e = { "" };
	int64_t one, two;

	add_many(from, 300);
	add_many(second, 200);
	book_must(meanwhile_listen(store, &one, &e), &e);
	ahead = ahead_between(from, store, one);
	book_must(meanwhile_listen(other, &two, &e), &e);
	theirs = ahead_between(second, other, two);
	CHECK_INT(ahead_write(theirs, &e), 0);
	CHECK_INT(ahead_write(ahead, &e), AHEAD_LEFT);
	ahead_trim(store, one);
	CHECK_INT(size_of(store), size_of(second));
	CHECK_INT(publish(theirs, other, -1), SQLITE_DONE);
	check_whole(store, 200);
}

/* The smaller one: nothing is ahead, and the file becomes shorter. */
static void ahead_of_less(void)
{
	_cleanup_store_ struct store *store = book_new(), *from = book_new();
	_cleanup_(ahead_freep) struct ahead *ahead = NULL;

	add_many(store, 100);
	add_many(from, 3);
	ahead = ahead_between(from, store, 0);
	CHECK_INT(publish(ahead, store, -1), SQLITE_DONE);
	check_whole(store, 3);
	CHECK_INT(size_of(store), logical_size(store));
	check_whole(store, 3);
}

TEST_MAIN(TEST(ahead_is_seen_by_nobody), TEST(ahead_trims_nobodys_file), TEST(ahead_is_tidied),
	TEST(ahead_of_the_dead), TEST(ahead_while_another_writes), TEST(ahead_of_a_transaction),
	TEST(ahead_of_later_changes), TEST(ahead_is_cut_off), TEST(ahead_of_another),
	TEST(ahead_of_less))
