/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "book-fixture.h"
#include "book/store-internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILE_MAX (1024 * 1024)

static const char *in_folder(const char *name)
{
	static char paths[4][256];
	static unsigned turn;
	char *path = paths[turn++ % 4];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", test_folder(), name);
	return path;
}

static void write_file(const char *path, const void *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static void read_file(const char *path, struct str *ret)
{
	struct err e = { "" };

	book_must(file_read(path, FILE_MAX, ret, &e), &e);
}

static int try_open(const char *path, bool create, struct err *reterr)
{
	_cleanup_store_ struct store *store = NULL;
	const struct store_options options = { .create = create, .patience_ms = 0 };

	return store_open(&store, path, &options, reterr);
}

static unsigned mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? st.st_mode & 07777 : 0;
}

static void store_is_made_private(void)
{
	_cleanup_store_ struct store *store = NULL;
	mode_t mask = umask(0);
	struct err e;

	CHECK_INT(try_open(in_folder("new/deep/nudged.db"), false, &e), -ENOENT);
	CHECK(strstr(e.text, "there is no database"));
	CHECK(access(in_folder("new"), F_OK) < 0);
	store = book_open(in_folder("new/deep/nudged.db"));
	CHECK_INT(store_run(store, &e, "UPDATE book SET owner='Anna'", ""), 0);
	CHECK_INT(mode_of(in_folder("new")), 0700);
	CHECK_INT(mode_of(in_folder("new/deep")), 0700);
	CHECK_INT(mode_of(in_folder("new/deep/nudged.db")), 0600);
	CHECK_INT(mode_of(in_folder("new/deep/nudged.db-journal")), 0600);
	CHECK_TEXT(store_path(store), in_folder("new/deep/nudged.db"));
	(void)umask(mask);
}

static void store_is_imagined_for_a_look(void)
{
	const struct store_options look = { .look = true };

	write_file(in_folder("empty.db"), "", 0);
	for (int empty = 0; empty < 2; empty++) {
		const char *path = in_folder(empty ? "empty.db" : "unmade/nudged.db");
		_cleanup_store_ struct store *store = NULL;
		_cleanup_(store_rollback) struct store *transaction = NULL;
		int64_t n = -1;
		struct stat st;
		struct err e;

		TEST_ROW("empty: %d", empty);
		if (!CHECK_INT(store_open(&store, path, &look, &e), 0))
			return;
		CHECK(!store_is_there(store));
		CHECK_TEXT(store_path(store), path);
		CHECK_INT(store_ask(store, &n, &e, "SELECT count(*) FROM book", ""), 1);
		CHECK_INT(n, 1);
		CHECK_INT(store_begin(store, &transaction, &e), 0);
		CHECK_INT(store_run(store, &e, "UPDATE book SET owner='Anna'", ""), 0);
		CHECK_INT(store_commit(&transaction, &e), -ENOENT);
		CHECK(strstr(e.text, "there is no database"));
		CHECK(empty ? stat(path, &st) == 0 && st.st_size == 0
			    : access(in_folder("unmade"), F_OK) < 0);
	}
}

static void store_is_there_for_a_look(void)
{
	const struct store_options look = { .look = true };
	_cleanup_store_ struct store *store = NULL;
	struct err e;

	store_close(book_open(in_folder("there.db")));
	if (CHECK_INT(store_open(&store, in_folder("there.db"), &look, &e), 0))
		CHECK(store_is_there(store));
}

/* Runs plain SQL on a file, as another program would. */
static void foreign_sql(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK ||
		sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		abort();
	(void)sqlite3_close(db);
}

static void make_foreign(const char *path)
{
	foreign_sql(path, "CREATE TABLE song (name TEXT); INSERT INTO song VALUES ('Lili')");
}

static void make_other_application(const char *path)
{
	foreign_sql(path,
		"PRAGMA application_id=1234; PRAGMA user_version=1; CREATE TABLE song (name TEXT)");
}

static void make_newer(const char *path)
{
	store_close(book_open(path));
	foreign_sql(path, "PRAGMA user_version=9999");
}

/* A newer version may have thought better of WAL; its mode is not to be changed back. */
static void make_newer_wal(const char *path)
{
	make_newer(path);
	foreign_sql(path, "PRAGMA journal_mode=WAL");
}

static void make_older_than_all(const char *path)
{
	store_close(book_open(path));
	foreign_sql(path, "PRAGMA user_version=-1");
}

static void cut_file(const char *path, off_t n)
{
	store_close(book_open(path));
	if (truncate(path, n) < 0)
		abort();
}

static void make_cut_header(const char *path)
{
	cut_file(path, 60);
}

static void make_cut_page(const char *path)
{
	cut_file(path, 4096);
}

static void make_text(const char *path)
{
	char text[400];

	memset(text, 'x', sizeof(text));
	write_file(path, text, sizeof(text));
}

static void make_note(const char *path)
{
	write_file(path, "my diary", 8);
}

static void store_refuses_other_files_untouched(void)
{
	static const struct {
		const char *name;
		void (*make)(const char *path);
		int result;
		const char *sentence;
	} rows[] = {
		{ "text", make_text, -EMEDIUMTYPE, "was left untouched" },
		{ "note", make_note, -EMEDIUMTYPE, "was left untouched" },
		{ "songs", make_foreign, -EMEDIUMTYPE, "was left untouched" },
		{ "app", make_other_application, -EMEDIUMTYPE, "was left untouched" },
		{ "newer", make_newer, -ESTALE, "written by a newer nudged" },
		{ "wal", make_newer_wal, -ESTALE, "written by a newer nudged" },
		{ "before", make_older_than_all, -ESTALE, "written by a newer nudged" },
		{ "cut", make_cut_header, -EMEDIUMTYPE, "was left untouched" },
		{ "page", make_cut_page, -EUCLEAN, "restore a backup" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str before = STR_INIT, after = STR_INIT;
		const char *path = in_folder(rows[i].name);
		struct err e = { "" };

		TEST_ROW("%s", rows[i].name);
		rows[i].make(path);
		read_file(path, &before);
		CHECK_INT(try_open(path, true, &e), rows[i].result);
		CHECK(strstr(e.text, rows[i].sentence) && strstr(e.text, path));
		read_file(path, &after);
		CHECK(before.len == after.len && memcmp(before.data, after.data, after.len) == 0);
	}
}

/* Migrated by a newer program while this one has it open: what is read is read, and nothing is written. */
static void store_that_was_migrated_meanwhile(void)
{
	const char *path = in_folder("meanwhile.db");
	_cleanup_store_ struct store *store = book_open(path);
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };

	CHECK_INT(store_check_place(store, &e), 0);
	foreign_sql(path, "PRAGMA user_version=9999");
	CHECK_INT(store_check_place(store, &e), -ESTALE);
	CHECK(strstr(e.text, path) && strstr(e.text, "version 9999"));
	CHECK_INT(store_begin(store, &transaction, &e), -ESTALE);
	CHECK(transaction == NULL);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 1);
}

static void store_refuses_what_is_no_file(void)
{
	struct err e = { "" };

	CHECK_INT(mkdir(in_folder("folder"), 0700), 0);
	CHECK_INT(try_open(in_folder("folder"), true, &e), -EMEDIUMTYPE);
	CHECK_INT(mkfifo(in_folder("pipe"), 0600), 0);
	CHECK_INT(try_open(in_folder("pipe"), true, &e), -EMEDIUMTYPE);
	CHECK_INT(symlink("target", in_folder("link")), 0);
	CHECK_INT(try_open(in_folder("link"), true, &e), -EMLINK);
	CHECK(strstr(e.text, "leads nowhere"));
	CHECK_INT(symlink("folder", in_folder("other link")), 0);
	CHECK_INT(try_open(in_folder("other link"), true, &e), -EMLINK);
	CHECK(strstr(e.text, in_folder("folder\" in the configuration")));
	CHECK(access(in_folder("target"), F_OK) < 0);
	store_close(book_open(in_folder("named.db")));
	CHECK_INT(link(in_folder("named.db"), in_folder("twice.db")), 0);
	CHECK_INT(try_open(in_folder("named.db"), true, &e), -EMLINK);
	CHECK_INT(try_open(in_folder("twice.db"), true, &e), -EMLINK);
	CHECK(strstr(e.text, "another name, a hard link"));
	CHECK_INT(unlink(in_folder("twice.db")), 0);
	CHECK_INT(try_open(in_folder("named.db"), true, &e), 0);
	write_file(in_folder("file"), "x", 1);
	CHECK_INT(try_open(in_folder("file/nudged.db"), true, &e), -ENOTDIR);
	CHECK(strstr(e.text, "file/nudged.db"));
}

/* An empty file is what a crash before the first commit leaves. */
static void store_accepts_an_empty_file(void)
{
	struct err e = { "" };

	write_file(in_folder("empty"), "", 0);
	CHECK_INT(try_open(in_folder("empty"), false, &e), 0);
	CHECK_INT(try_open(in_folder("empty"), false, &e), 0);
}

/* Homes are links on many a system; only the file itself must not be one. */
static void store_accepts_a_linked_folder(void)
{
	struct err e = { "" };

	CHECK_INT(mkdir(in_folder("home"), 0700), 0);
	CHECK_INT(symlink("home", in_folder("homelink")), 0);
	CHECK_INT(try_open(in_folder("homelink/nudged.db"), true, &e), 0);
	CHECK_TEXT(e.text, "");
	CHECK_INT(try_open(in_folder("home/nudged.db"), false, &e), 0);
	CHECK_INT(mode_of(in_folder("home/nudged.db")), 0600);
}

static void store_says_that_it_cannot_be_written(void)
{
	_cleanup_store_ struct store *store = NULL;
	struct err e = { "" };

	if (geteuid() == 0) {
		test_skip("root may write everything");
		return;
	}
	store_close(book_open(in_folder("fixed.db")));
	CHECK_INT(chmod(in_folder("fixed.db"), 0400), 0);
	if (try_open(in_folder("fixed.db"), false, &e) == 0) {
		store = book_open(in_folder("fixed.db"));
		CHECK_INT(store_run(store, &e, "UPDATE book SET owner='Anna'", ""), -EROFS);
	}
	CHECK(strstr(e.text, "check the permissions"));
}

static void store_belongs_to_its_user(void)
{
	struct err e = { "" };

	if (geteuid() != 0) {
		test_skip("only root may give a file away");
		return;
	}
	store_close(book_open(in_folder("theirs.db")));
	CHECK_INT(chown(in_folder("theirs.db"), 65534, (gid_t)-1), 0);
	CHECK_INT(try_open(in_folder("theirs.db"), true, &e), -EACCES);
	CHECK(strstr(e.text, "belongs to another user (65534): run this as that user"));
}

/* Service and command find no database at the same moment: one of them makes it. */
static void store_is_made_by_several_at_once(void)
{
	const struct store_options options = { .create = true, .patience_ms = 20000 };
	_cleanup_store_ struct store *store = NULL;
	const char *path = in_folder("several/nudged.db");
	pid_t children[4];
	int status;

	for (size_t i = 0; i < ARRAY_SIZE(children); i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(store_open(&store, path, &options, NULL) != 0);
	}
	for (size_t i = 0; i < ARRAY_SIZE(children); i++) {
		CHECK_INT(waitpid(children[i], &status, 0), children[i]);
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	store = book_open(path);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 1);
	CHECK_INT(store_check(store, NULL), 0);
}

static void store_settings_that_others_rely_on(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct err e = { "" };

	CHECK_INT(book_ask(store, "PRAGMA foreign_keys"), 1);
	CHECK_INT(book_ask(store, "PRAGMA secure_delete"), 1);
	CHECK_INT(book_ask(store, "PRAGMA synchronous"), 2);
	CHECK_INT(book_ask(store, "PRAGMA trusted_schema"), 0);
	CHECK_INT(book_ask(store, "PRAGMA application_id"), STORE_APPLICATION_ID);
	CHECK_INT(store_query(&rows, store, &e, "PRAGMA journal_mode", ""), 0);
	CHECK_INT(store_next(&rows, &e), 1);
	CHECK_TEXT(store_text(&rows, 0), "persist");
	store_rows_done(&rows);
	CHECK(store_run(store, &e, "INSERT INTO offer VALUES (42, 'x')", "") < 0);
	CHECK(store_run(store, &e, "UPDATE sqlite_schema SET sql=''", "") < 0);
	CHECK_INT(store_check(store, &e), 0);
}

static void store_identity_stays(void)
{
	_cleanup_store_ struct store *one = book_new(), *other = book_new(), *again = NULL;

	again = book_open(store_path(one));
	CHECK_INT(strlen(store_identity(one)), 16);
	CHECK_TEXT(store_identity(again), store_identity(one));
	CHECK(!str_equal(store_identity(one), store_identity(other)));
}

static void store_waits_for_nobody(void)
{
	_cleanup_store_ struct store *one = book_new(), *two = book_open(store_path(one));
	_cleanup_(store_rollback) struct store *mine = NULL, *theirs = NULL;
	struct err e = { "" };

	CHECK_INT(store_begin(one, &mine, &e), 0);
	CHECK_INT(store_run(one, &e, "UPDATE book SET owner='Anna'", ""), 0);
	CHECK_INT(store_begin(two, &theirs, &e), -EBUSY);
	CHECK(!theirs && strstr(e.text, "try again in a moment"));
	CHECK_INT(store_run(two, &e, "UPDATE book SET owner='Ben'", ""), -EBUSY);
	CHECK_INT(book_ask(two, "SELECT count(*) FROM book WHERE owner IS NULL"), 1);
	CHECK_INT(store_commit(&mine, &e), 0);
	CHECK(!mine);
	CHECK_INT(book_ask(two, "SELECT count(*) FROM book WHERE owner='Anna'"), 1);
	CHECK_INT(store_begin(two, &theirs, &e), 0);
}

static void store_busy_at_the_opening(void)
{
	_cleanup_store_ struct store *one = book_new();
	struct err e = { "" };

	CHECK_INT(store_run(one, &e, "BEGIN EXCLUSIVE", ""), 0);
	CHECK_INT(try_open(store_path(one), false, &e), -EBUSY);
	CHECK_INT(store_run(one, &e, "COMMIT", ""), 0);
	CHECK_INT(try_open(store_path(one), false, &e), 0);
}

static int64_t milliseconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void store_patience(void)
{
	_cleanup_store_ struct store *one = book_new(), *two = book_open(store_path(one));
	_cleanup_(store_rollback) struct store *mine = NULL, *theirs = NULL;
	struct err e = { "" };
	int64_t start;

	CHECK_INT(store_begin(one, &mine, &e), 0);
	store_set_patience(two, 60);
	start = milliseconds();
	CHECK_INT(store_begin(two, &theirs, &e), -EBUSY);
	CHECK(milliseconds() - start >= 30);
}

/* Somebody reads: the commit waits, is not lost, and succeeds once they are done. */
static void store_commit_again_after_a_reader(void)
{
	_cleanup_store_ struct store *one = book_new(), *two = book_open(store_path(one));
	_cleanup_(store_rollback) struct store *mine = NULL;
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct err e = { "" };

	CHECK_INT(store_query(&rows, two, &e, "SELECT name FROM book", ""), 0);
	CHECK_INT(store_next(&rows, &e), 1);
	CHECK_INT(store_begin(one, &mine, &e), 0);
	CHECK_INT(store_run(one, &e, "UPDATE book SET owner='Anna'", ""), 0);
	CHECK_INT(store_commit(&mine, &e), -EBUSY);
	CHECK(mine == one);
	store_rows_done(&rows);
	CHECK_INT(store_commit(&mine, &e), 0);
	CHECK_INT(book_ask(two, "SELECT count(*) FROM book WHERE owner='Anna'"), 1);
}

static void leave_early(struct store *store)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };

	CHECK_INT(store_begin(store, &transaction, &e), 0);
	CHECK_INT(store_run(store, &e, "INSERT INTO book (name) VALUES ('lost')", ""), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 2);
}

static void store_rolls_back_what_is_left(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct store *transaction = store;

	leave_early(store);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 1);
	leave_early(store);
	/* Where SQLite has rolled back by itself nothing is left to do. */
	store_rollback(&transaction);
	CHECK(!transaction);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 1);
}

static void store_survives_a_process_that_dies(void)
{
	_cleanup_store_ struct store *store = NULL;
	const char *path = in_folder("dies.db");
	pid_t child;
	int status;

	store_close(book_open(path));
	child = fork();
	if (child == 0) {
		struct store *own = book_open(path), *transaction = NULL;

		/* So many pages that they are spilled into the file before the commit. */
		_exit(store_run(own, NULL, "PRAGMA cache_size=10", "") < 0 ||
			store_begin(own, &transaction, NULL) < 0 ||
			store_run(own, NULL,
				"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
				" INSERT INTO book (name, intro) SELECT i, hex(zeroblob(500)) FROM n",
				"") < 0);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	store = book_open(path);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 1);
	CHECK_INT(store_check(store, NULL), 0);
}

static void store_data_version_tells_of_others(void)
{
	_cleanup_store_ struct store *one = book_new(), *two = book_open(store_path(one));
	int64_t before = store_data_version(one), after;
	struct err e;

	CHECK(before != 0);
	CHECK_INT(store_run(one, &e, "UPDATE book SET owner='Anna'", ""), 0);
	CHECK_INT(store_data_version(one), before);
	CHECK_INT(store_run(two, &e, "UPDATE book SET owner='Ben'", ""), 0);
	after = store_data_version(one);
	CHECK(after != before && after != 0);
	CHECK_INT(store_data_version(one), after);
	leave_early(two);
	CHECK_INT(store_data_version(one), after);
	CHECK_INT(store_run(two, &e, "BEGIN EXCLUSIVE", ""), 0);
	CHECK_INT(store_data_version(one), 0); /* cannot be told now */
}

static void store_finds_damage(void)
{
	_cleanup_store_ struct store *store = NULL;
	const char *path = in_folder("damaged.db");
	char noise[4096];
	int64_t root;
	struct err e = { "" };
	FILE *f;

	store = book_open(path);
	root = book_ask(store, "SELECT rootpage FROM sqlite_schema WHERE name='trouble'");
	store_close(TAKE_PTR(store));
	f = fopen(path, "r+b");
	memset(noise, 0xee, sizeof(noise));
	CHECK(f && fseek(f, (root - 1) * 4096, SEEK_SET) == 0 && fwrite(noise, 4096, 1, f) == 1);
	CHECK_INT(fclose(f), 0);
	store = book_open(path);
	CHECK_INT(store_check(store, &e), -EUCLEAN);
	CHECK(strstr(e.text, "restore a backup") && strstr(e.text, path));
	CHECK_INT(store_run(store, &e, "INSERT INTO trouble VALUES ('a', 1, 'b')", ""), -EUCLEAN);
}

static void store_another_identity(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct err e = { "" };

	for (int commit = 0; commit < 2; commit++) {
		_cleanup_free_ char *before = str_dup(store_identity(store));
		_cleanup_(store_rollback) struct store *transaction = NULL;

		CHECK_INT(store_begin(store, &transaction, &e), 0);
		CHECK_INT(store_set_identity(store, "00000000000000aa", &e), 0);
		CHECK_INT(store_set_identity(store, "00000000000000bb", &e), 0);
		CHECK_TEXT(store_identity(store), "00000000000000bb");
		if (commit)
			CHECK_INT(store_commit(&transaction, &e), 0);
		else
			store_rollback(&transaction);
		CHECK_TEXT(store_identity(store), commit ? "00000000000000bb" : before);
	}
	CHECK_INT(book_ask(store, "SELECT value='00000000000000bb' FROM meta WHERE key='identity'"),
		1);
}

/* Who reads sees one moment, and others write once the reading is over. */
static void store_reads_one_moment(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(store_rollback) struct store *reading = NULL;
	struct err e = { "" };

	CHECK_INT(store_begin_reading(store, &reading, &e), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 1);
	CHECK_INT(store_run(other, &e, "INSERT INTO book (name) VALUES ('x')", ""), -EBUSY);
	store_rollback(&reading);
	CHECK_INT(store_run(other, &e, "INSERT INTO book (name) VALUES ('x')", ""), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 2);
}

/* More is written than the cache holds: others read on, or they do not. */
static void store_holds_pages_back(void)
{
	static const bool rows[] = { true, false, true };
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	int64_t n = 0;
	struct err e;

	store_set_cache(store, 64);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(store_rollback) struct store *transaction = NULL;
		static const char text[4000];

		TEST_ROW("row %zu", i);
		store_hold_pages(store, rows[i]);
		CHECK_INT(store_begin(store, &transaction, &e), 0);
		for (int k = 0; k < 500; k++)
			CHECK_INT(store_run(store, &e, "INSERT INTO forgotten VALUES (1, ?)", "b",
					  &text[0], sizeof(text) - (size_t)k),
				0);
		CHECK_INT(store_ask(other, &n, &e, "SELECT count(*) FROM forgotten", ""),
			rows[i] ? 1 : -EBUSY);
	}
}

TEST_MAIN(TEST(store_holds_pages_back), TEST(store_another_identity), TEST(store_reads_one_moment),
	TEST(store_is_imagined_for_a_look), TEST(store_is_there_for_a_look),
	TEST(store_is_made_private), TEST(store_refuses_other_files_untouched),
	TEST(store_that_was_migrated_meanwhile), TEST(store_refuses_what_is_no_file),
	TEST(store_accepts_an_empty_file), TEST(store_accepts_a_linked_folder),
	TEST(store_says_that_it_cannot_be_written), TEST(store_belongs_to_its_user),
	TEST(store_is_made_by_several_at_once), TEST(store_settings_that_others_rely_on),
	TEST(store_identity_stays), TEST(store_waits_for_nobody), TEST(store_busy_at_the_opening),
	TEST(store_patience), TEST(store_commit_again_after_a_reader),
	TEST(store_rolls_back_what_is_left), TEST(store_survives_a_process_that_dies),
	TEST(store_data_version_tells_of_others), TEST(store_finds_damage))
