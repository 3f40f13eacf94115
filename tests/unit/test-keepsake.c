/* SPDX-License-Identifier: MIT */
#include "book/keepsake.h"

#include "base/file.h"
#include "base/lock.h"
#include "book-fixture.h"
#include "book/backups.h"
#include "book/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* A folder of its own for each case: static buffers. */
static const char *in_folder(unsigned n, const char *name)
{
	static char paths[4][300];
	static unsigned turn;
	char *path = paths[turn++ % 4];

	(void)snprintf(path, sizeof(paths[0]), "%s/case%u/%s", test_folder(), n, name);
	return path;
}

static void write_bytes(const char *path, const void *bytes, size_t n)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(bytes, 1, n, file) != n || fclose(file) != 0)
		abort();
}

static int try_open(const char *path, bool create, struct err *reterr)
{
	_cleanup_store_ struct store *store = NULL;

	return store_open(&store, path, &(struct store_options){ .create = create }, reterr);
}

/* A book with somebody in it, and a copy. */
static void make_book(unsigned n)
{
	_cleanup_store_ struct store *store = book_open(in_folder(n, "n.db"));

	(void)book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	CHECK_INT(backups_write_daily(store, TODAY, NULL), 1);
}

enum { GONE, EMPTIED, NO_TABLES, NO_TABLES_AND_VERSION, LOSS_COUNT };

static void lose(unsigned n, int loss)
{
	const char *path = in_folder(n, "n.db");

	if (loss == GONE) {
		CHECK_INT(unlink(path), 0);
	} else if (loss == EMPTIED) {
		CHECK_INT(truncate(path, 0), 0);
	} else {
		_cleanup_store_ struct store *store = book_open(path);

		CHECK_INT(store_run(store, NULL, "PRAGMA foreign_keys=OFF", ""), 0);
		CHECK_INT(store_run(store, NULL, "DROP TABLE meta", ""), 0);
		if (loss == NO_TABLES_AND_VERSION)
			CHECK_INT(store_run(store, NULL, "PRAGMA user_version=0", ""), 0);
	}
}

static void no_new_book_where_one_was(void)
{
	static const struct {
		const char *name;
		int code;
		const char *text; /* a part */
	} rows[LOSS_COUNT] = {
		[GONE] = { "gone", -ENODATA, "is gone, but a book was here: `nudge restore '" },
		[EMPTIED] = { "emptied", -ENODATA,
			"is empty, but a book was here: `nudge restore" },
		[NO_TABLES] = { "without tables", -EUCLEAN, "its tables are gone; restore" },
		[NO_TABLES_AND_VERSION] = { "and version", -EUCLEAN, "its tables are gone" },
	};

	for (int i = 0; i < LOSS_COUNT; i++) {
		struct err e = { "" };
		unsigned n = (unsigned)i;

		TEST_ROW("%s", rows[i].name);
		make_book(n);
		lose(n, i);
		for (int create = 0; create < 2; create++) {
			CHECK_INT(try_open(in_folder(n, "n.db"), create, &e), rows[i].code);
			CHECK(strstr(e.text, rows[i].text) != NULL);
		}
		CHECK_INT(access(in_folder(n, "n.db"), F_OK), i == GONE ? -1 : 0);
	}
}

static void the_copy_brings_it_back(void)
{
	make_book(10);
	for (int loss = 0; loss < LOSS_COUNT; loss++) {
		_cleanup_free_ char *copy = NULL, *kept = NULL;
		_cleanup_store_ struct store *store = NULL;

		lose(10, loss);
		CHECK_INT(backups_find_latest(in_folder(10, "n.db"), &copy, NULL), 1);
		CHECK_INT(backups_restore(in_folder(10, "n.db"), copy, 1000, &kept, NULL), 0);
		store = book_open(in_folder(10, "n.db"));
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
	}
}

static void look_as_service(const char *path)
{
	_cleanup_store_ struct store *store = book_open(path);
	_cleanup_witness_ struct witness witness = { 0 };

	CHECK_INT(witness_load(&witness, path, NULL), 0);
	CHECK_INT(witness_look(&witness, store, NULL), 0);
}

/* The sentence names all that must go, so that one deed is enough. */
static void a_way_to_begin_anew(void)
{
	struct err e = { "" };
	int fd;

	make_book(20);
	look_as_service(in_folder(20, "n.db"));
	fd = lock_take(in_folder(20, "n.lock"), NULL);
	CHECK_INT(lock_write_holder(fd, "/run/socket"), 0);
	(void)close(fd);
	lose(20, GONE);
	CHECK_INT(try_open(in_folder(20, "n.db"), true, &e), -ENODATA);
	CHECK(strstr(e.text, "first move away '") != NULL);
	CHECK(strstr(e.text, in_folder(20, "backups' '")) != NULL);
	CHECK(strstr(e.text, in_folder(20, "n.db-journal' '")) != NULL);
	CHECK(strstr(e.text, in_folder(20, "n.lock' '")) != NULL);
	CHECK(strstr(e.text, in_folder(20, "n.witness'")) != NULL);
	CHECK_INT(rename(in_folder(20, "backups"), in_folder(20, "old")), 0);
	CHECK_INT(try_open(in_folder(20, "n.db"), true, &e), -ENODATA);
	CHECK(strstr(e.text, "is its disk mounted?") != NULL);
	CHECK_INT(unlink(in_folder(20, "n.db-journal")), 0);
	CHECK_INT(try_open(in_folder(20, "n.db"), true, &e), -ENODATA);
	CHECK_INT(unlink(in_folder(20, "n.lock")), 0);
	CHECK_INT(try_open(in_folder(20, "n.db"), true, &e), -ENODATA);
	CHECK_INT(unlink(in_folder(20, "n.witness")), 0);
	CHECK_INT(try_open(in_folder(20, "n.db"), true, &e), 0);
}

/* What lies there by itself, or is of others, is no book of ours. */
static void what_is_no_trace(void)
{
	static const unsigned char fresh[28] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 },
				   later[28] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63,
					   0xd7, [19] = 5 },
				   zeros[28] = { 0 };
	static const struct {
		const char *name, *file;
		const void *bytes;
		size_t n;
		int code;
	} rows[] = {
		{ "a lock that nobody answered at", "n.lock", "4711\n\n", 6, 0 },
		{ "a lock of a service", "n.lock", "4711\n/s\n", 8, -ENODATA },
		{ "a journal of nothing", "n.db-journal", "", 0, 0 },
		{ "a first transaction that never ended", "n.db-journal", fresh, 28, 0 },
		{ "one that had something before", "n.db-journal", later, 28, -ENODATA },
		{ "one that ended", "n.db-journal", zeros, 28, -ENODATA },
		{ "half a header", "n.db-journal", zeros, 27, 0 },
		{ "another's copy", "backups/m-2026-11-22.db", "x", 1, 0 },
		{ "a copy", "backups/n-2026-11-22.db", "x", 1, -ENODATA },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned n = 30 + (unsigned)i;

		TEST_ROW("%s", rows[i].name);
		CHECK_INT(file_make_folder(in_folder(n, "backups"), 0700, NULL), 0);
		write_bytes(in_folder(n, rows[i].file), rows[i].bytes, rows[i].n);
		CHECK_INT(keepsake_check(in_folder(n, "n.db"), false, NULL), rows[i].code);
		CHECK_INT(keepsake_check(in_folder(n, "n.db"), true, NULL), rows[i].code);
		CHECK_INT(try_open(in_folder(n, "n.db"), true, NULL), rows[i].code);
	}
}

TEST_MAIN(TEST(no_new_book_where_one_was), TEST(the_copy_brings_it_back), TEST(a_way_to_begin_anew),
	TEST(what_is_no_trace))
