/* SPDX-License-Identifier: MIT */
#include "book/witness.h"

#include "base/file.h"
#include "book-fixture.h"
#include "book/backups.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *in_folder(const char *name)
{
	static char paths[64][300]; /* more than a test asks for */
	static unsigned turn;
	char *path = paths[turn++ % ARRAY_SIZE(paths)];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", test_folder(), name);
	return path;
}

static void count_on(struct store *store, int n)
{
	for (int i = 0; i < n; i++) {
		struct store *transaction = NULL;

		CHECK_INT(store_begin(store, &transaction, NULL), 0);
		CHECK_INT(witness_count(store, NULL), 0);
		CHECK_INT(store_commit(&transaction, NULL), 0);
	}
}

static int64_t count_of(struct store *store)
{
	return book_ask(store,
		"SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key='deeds'), 0)");
}

/* What a service that starts finds of a database. */
static int look(const char *path, struct witness *witness, struct err *reterr)
{
	_cleanup_store_ struct store *store = book_open(path);

	witness_done(witness);
	CHECK_INT(witness_load(witness, path, reterr), 0);
	return witness_look(witness, store, reterr);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0)
		abort();
}

static void an_older_copy_is_known(void)
{
	const char *path = in_folder("old.db");
	_cleanup_free_ char *copy = NULL;
	_cleanup_store_ struct store *store = book_open(path);
	_cleanup_witness_ struct witness witness = { 0 };
	struct err e = { "" };
	struct stat st;

	copy = str_dup(in_folder("copy.db"));
	CHECK_INT(witness_load(&witness, path, &e), 0);
	CHECK_INT(witness_look(&witness, store, &e), 0);
	count_on(store, 1);
	CHECK_INT(backups_write(store, copy, &e), 0);
	CHECK_INT(witness_look(&witness, store, &e), 0);
	count_on(store, 2);
	CHECK_INT(witness_look(&witness, store, &e), 0);
	CHECK_INT(stat(in_folder("old.witness"), &st), 0);
	CHECK_INT(st.st_size, WITNESS_SIZE);
	CHECK_INT(st.st_mode & 0777, 0600);
	store_close(TAKE_PTR(store));
	CHECK_INT(rename(copy, path), 0);
	for (int i = 0; i < 2; i++) { /* what is found is no news the second time either */
		_cleanup_witness_ struct witness found = { 0 };

		CHECK_INT(look(path, &found, &e), -ERANGE);
		CHECK(strstr(e.text, "is an older copy of what was here") != NULL);
	}
	/* The service that runs knows it by itself, whatever became of the file. */
	CHECK_INT(unlink(in_folder("old.witness")), 0);
	store = book_open(path);
	CHECK_INT(witness_look(&witness, store, &e), -ERANGE);
	count_on(store, 2); /* as far as it was */
	CHECK_INT(witness_look(&witness, store, &e), 0);
}

/* The day's copy is the way back where it is newer than what was put there. */
static void the_newest_is_named(void)
{
	static const struct {
		int before, after; /* deeds before and after the day's copy */
		bool named;
	} rows[] = { { 3, 1, true }, { 1, 3, false } };

	for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *path = str_dup(in_folder(i ? "b/n.db" : "a/n.db"));
		_cleanup_free_ char *copy = str_dup(in_folder(i ? "b.db" : "a.db"));
		_cleanup_free_ char *backup = NULL;
		_cleanup_store_ struct store *store = book_open(path);
		_cleanup_witness_ struct witness witness = { 0 };
		struct err e = { "" };

		TEST_ROW("row %u", i);
		count_on(store, 1);
		if (rows[i].named)
			CHECK_INT(backups_write(store, copy, &e), 0);
		count_on(store, rows[i].before);
		CHECK_INT(backups_write_daily(store, TODAY, &e), 1);
		count_on(store, rows[i].after - 1);
		if (!rows[i].named)
			CHECK_INT(backups_write(store, copy, &e), 0);
		count_on(store, 1);
		CHECK_INT(witness_load(&witness, path, &e), 0);
		CHECK_INT(witness_look(&witness, store, &e), 0);
		store_close(TAKE_PTR(store));
		CHECK_INT(backups_find_latest(path, &backup, &e), 1);
		CHECK_INT(backups_count_deeds(backup), 1 + rows[i].before);
		CHECK_INT(rename(copy, path), 0);
		CHECK_INT(look(path, &witness, &e), -ERANGE);
		CHECK(strstr(e.text, rows[i].named ? backup : path) != NULL);
		CHECK_INT(strstr(e.text, "or the latest backup") != NULL, rows[i].named);
	}
}

/* A power cut may leave it behind the database, never before it. */
static void one_that_is_behind_is_no_trouble(void)
{
	const char *path = in_folder("behind.db");
	_cleanup_store_ struct store *store = book_open(path);
	_cleanup_witness_ struct witness witness = { 0 };

	count_on(store, 5);
	CHECK_INT(witness_load(&witness, path, NULL), 0);
	CHECK_INT(witness_look(&witness, store, NULL), 0);
	count_on(store, 1);
	CHECK_INT(look(path, &witness, NULL), 0);
	CHECK_INT(witness.count, 6);
}

static void what_witnesses_nothing(void)
{
	static const char *const rows[] = { "", "\n", "x", "x 9", "x 9 0", " 9 0 ",
		"0123456789012345678901234567890123456789 9 0 \n", "ident -9 0 \n", "ident 9 x \n",
		"ident 99999999999999999999 0 \n", "of-another 9 0 \n" };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_witness_ struct witness witness = { 0 };
		char path[64];

		TEST_ROW("row %zu", i);
		(void)snprintf(path, sizeof(path), "nothing%zu.db", i);
		store_close(book_open(in_folder(path)));
		(void)snprintf(path, sizeof(path), "nothing%zu.witness", i);
		write_file(in_folder(path), rows[i]);
		(void)snprintf(path, sizeof(path), "nothing%zu.db", i);
		CHECK_INT(look(in_folder(path), &witness, NULL), 0);
		CHECK_INT(witness.count, 0);
		CHECK_INT(witness.trouble_since, 0);
	}
}

static void a_link_is_not_followed(void)
{
	_cleanup_witness_ struct witness witness = { 0 };
	struct stat st;

	write_file(in_folder("victim"), "x");
	CHECK_INT(symlink("victim", in_folder("link.witness")), 0);
	CHECK_INT(look(in_folder("link.db"), &witness, NULL), 0);
	witness_set_trouble(&witness, 7, &(struct err){ "full" });
	witness_done(&witness);
	CHECK_INT(witness_load(&witness, in_folder("link.db"), NULL), 0);
	CHECK_INT(witness.trouble_since, 0);
	CHECK_INT(stat(in_folder("victim"), &st), 0);
	CHECK_INT(st.st_size, 1);
}

/* Over the running one, in place. */
static void another_database_is_another(void)
{
	_cleanup_store_ struct store *one = book_new(), *other = book_new();
	_cleanup_witness_ struct witness witness = { 0 };
	struct err e = { "" };

	count_on(one, 3);
	CHECK_INT(witness_load(&witness, in_folder("another.db"), NULL), 0);
	CHECK_INT(witness_look(&witness, one, &e), 0);
	CHECK_INT(witness_look(&witness, other, &e), -ESTALE);
	CHECK(strstr(e.text, "was replaced") != NULL);
	/* A service that starts anew takes it for what it is. */
	witness_done(&witness);
	CHECK_INT(witness_load(&witness, in_folder("another.db"), NULL), 0);
	CHECK_INT(witness_look(&witness, other, &e), 0);
	CHECK_INT(witness.count, 0);
}

static void a_restored_one_counts_on(void)
{
	static const struct {
		const char *name, *copy;
	} rows[] = { { "a copy", "kept.db" }, { "itself", "back.db" } };
	const char *path = in_folder("back.db");
	_cleanup_witness_ struct witness witness = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_open(path);
		_cleanup_free_ char *kept = NULL;

		TEST_ROW("%s", rows[i].name);
		(void)unlink(in_folder("kept.db"));
		CHECK_INT(backups_write(store, in_folder("kept.db"), NULL), 0);
		count_on(store, 3);
		store_close(TAKE_PTR(store));
		witness_done(&witness);
		CHECK_INT(look(path, &witness, NULL), 0);
		/* A copy by other means, which is noticed, and then taken as it is. */
		CHECK_INT(rename(in_folder("kept.db"), path), 0);
		(void)unlink(in_folder("back.db-journal"));
		CHECK_INT(look(path, &witness, NULL), -ERANGE);
		if (i == 0) {
			store = book_open(path);
			CHECK_INT(backups_write(store, in_folder("kept.db"), NULL), 0);
			store_close(TAKE_PTR(store));
		}
		CHECK_INT(backups_restore(path, in_folder(rows[i].copy), 1000, &kept, NULL), 0);
		CHECK_INT(look(path, &witness, NULL), 0);
		store = book_open(path);
		CHECK_INT(count_of(store), witness.count);
		CHECK(witness.count >= 4);
	}
}

static void a_trouble_outlives_its_service(void)
{
	const char *path = in_folder("trouble.db");
	_cleanup_witness_ struct witness witness = { 0 };
	struct err full = { "database n.db: the disk is full; make room" }, none = { "" };

	CHECK_INT(witness_load(&witness, path, NULL), 0);
	witness_set_trouble(&witness, 4711, &full);
	witness_done(&witness);
	CHECK_INT(look(path, &witness, NULL), 0);
	CHECK_INT(witness.trouble_since, 4711);
	CHECK_TEXT(witness.trouble.text, full.text);
	witness_set_trouble(&witness, 0, &none);
	witness_done(&witness);
	CHECK_INT(look(path, &witness, NULL), 0);
	CHECK_INT(witness.trouble_since, 0);
	CHECK_TEXT(witness.trouble.text, "");
}

/* The longest sentence there is fits. */
static void a_long_trouble_fits(void)
{
	_cleanup_witness_ struct witness witness = { 0 };
	struct err longest;

	memset(longest.text, 'x', sizeof(longest.text) - 1);
	longest.text[sizeof(longest.text) - 1] = '\0';
	CHECK_INT(look(in_folder("long.db"), &witness, NULL), 0);
	witness_set_trouble(&witness, INT64_MAX, &longest);
	witness_done(&witness);
	CHECK_INT(look(in_folder("long.db"), &witness, NULL), 0);
	CHECK_TEXT(witness.trouble.text, longest.text);
}

TEST_MAIN(TEST(an_older_copy_is_known), TEST(the_newest_is_named),
	TEST(one_that_is_behind_is_no_trouble), TEST(what_witnesses_nothing),
	TEST(a_link_is_not_followed), TEST(another_database_is_another),
	TEST(a_restored_one_counts_on), TEST(a_trouble_outlives_its_service),
	TEST(a_long_trouble_fits))
