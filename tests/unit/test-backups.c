/* SPDX-License-Identifier: MIT */
#include "book/backups.h"

#include "base/file.h"
#include "book-fixture.h"
#include "core/day.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A database in a folder of its own: static buffers. */
static const char *database_path(void)
{
	static char path[300];
	static unsigned count;

	(void)snprintf(path, sizeof(path), "%s/state%u", test_folder(), ++count);
	if (mkdir(path, 0700) < 0)
		abort();
	(void)snprintf(path, sizeof(path), "%s/state%u/nudged.db", test_folder(), count);
	return path;
}

static const char *beside(const char *database, const char *name)
{
	static char path[400];

	(void)snprintf(path, sizeof(path), "%.*s%s", (int)(strrchr(database, '/') + 1 - database),
		database, name);
	return path;
}

static void write_bytes(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(bytes, file) < 0 || fclose(file) != 0)
		abort();
}

static int64_t ask(const char *path, const char *sql)
{
	_cleanup_store_ struct store *store = book_open(path);
	int64_t n = -1;

	return store_ask(store, &n, NULL, sql, "") == 1 ? n : -1;
}

static size_t count_files(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		(void)closedir(dir);
	return n - 2;
}

static void a_copy_is_whole_private_and_never_in_the_way(void)
{
	const char *path = database_path(), *copy = beside(path, "copy.db");
	_cleanup_store_ struct store *store = book_open(path);
	struct stat st;
	struct err e = { "" };

	(void)book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	CHECK_INT(backups_write(store, copy, &e), 0);
	CHECK_TEXT(e.text, "");
	CHECK_INT(stat(copy, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(ask(copy, "SELECT count(*) FROM contact"), 1);
	CHECK_INT(backups_write(store, copy, &e), -EEXIST);
	CHECK_INT(count_files(beside(path, "")), 3); /* the database, its journal, the copy */
	CHECK_INT(backups_write(store, "/nonexistent/copy.db", &e), -ENOENT);
	CHECK_INT(symlink("elsewhere", beside(path, "link.db")), 0);
	CHECK_INT(backups_write(store, beside(path, "link.db"), &e), -EEXIST);
	CHECK_INT(access(beside(path, "elsewhere"), F_OK), -1);
}

/* Reads while another connection is writing: the copy has what was committed. */
static void a_copy_beside_a_writer(void)
{
	const char *path = database_path();
	_cleanup_store_ struct store *store = book_open(path), *other = book_open(path);
	_cleanup_(store_rollback) struct store *transaction = NULL;

	CHECK_INT(store_begin(other, &transaction, NULL), 0);
	CHECK_INT(store_run(other, NULL, "INSERT INTO book (name) VALUES ('work')", ""), 0);
	CHECK_INT(backups_write(store, beside(path, "copy.db"), NULL), 0);
	CHECK_INT(ask(beside(path, "copy.db"), "SELECT count(*) FROM book"), 1);
	CHECK_INT(store_commit(&transaction, NULL), 0);
}

static void daily_ones_are_seven(void)
{
	const char *path = database_path();
	_cleanup_store_ struct store *store = book_open(path);
	struct err e = { "" };

	for (int32_t day = TODAY; day < TODAY + 10; day++) {
		TEST_ROW("day %d", (int)(day - TODAY));
		CHECK_INT(backups_write_daily(store, day, &e), 1);
		CHECK_INT(backups_write_daily(store, day, &e), 0);
		CHECK_INT(count_files(beside(path, "backups")),
			day - TODAY < 7 ? day - TODAY + 1 : 7);
	}
	CHECK_INT(access(beside(path, "backups/nudged-2026-12-02.db"), F_OK), 0);
	/* After a while without the service the latest is kept, and those that are old go. */
	CHECK_INT(backups_write_daily(store, TODAY + 100, &e), 1);
	CHECK_INT(count_files(beside(path, "backups")), 1);
}

static pid_t dead_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	if (pid < 0 || waitpid(pid, NULL, 0) != pid)
		abort();
	return pid;
}

static void what_dead_commands_left_goes(void)
{
	static const struct {
		const char *before, *after; /* the number of a process */
		bool dead, goes;
	} rows[] = {
		{ "nudged.db.", ".copy", true, true },
		{ "nudged.db.1.copy.", ".part", true, true },
		{ "nudged.db.restore.", ".part", true, true },
		{ "nudged.db.", ".copy", false, false },
		{ "nudged.db.1.copy.", ".part", false, false },
		{ "other.db.", ".copy", true, false },
		{ "nudged.db", ".copy", true, false },
		{ "nudged.db.mine-", ".copy", true, false },
		{ "nudged.db.", ".db", true, false },
		{ "nudged.db.9999999999999999999", ".copy", true, false },
		{ "nudged.db..copy", "", true, false },
		{ "nudged.db.", "", true, false },
	};
	const char *path = database_path();

	write_bytes(path, "x");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str name = STR_INIT;

		TEST_ROW("%zu", i);
		str_addf(&name, "%s%d%s", rows[i].before,
			(int)(rows[i].dead ? dead_process() : getpid()), rows[i].after);
		write_bytes(beside(path, str_text(&name)), "x");
		backups_sweep(path);
		CHECK_INT(access(beside(path, str_text(&name)), F_OK), rows[i].goes ? -1 : 0);
	}
	CHECK_INT(access(path, F_OK), 0);
	backups_sweep("/nonexistent/nudged.db");
}

static size_t people_in_latest(const char *path)
{
	_cleanup_free_ char *found = NULL;

	CHECK_INT(backups_find_latest(path, &found, NULL), 1);
	return (size_t)ask(found, "SELECT count(*) FROM contact");
}

/* A book that lost its people in an accident: their last copy outlives all copies of nothing. */
static void the_last_copy_with_people_stays(void)
{
	const char *path = database_path();
	_cleanup_store_ struct store *store = book_open(path);
	struct err e = { "" };

	(void)book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	CHECK_INT(backups_write_daily(store, TODAY, &e), 1);
	CHECK_INT(store_run(store, NULL, "DELETE FROM contact", ""), 0);
	CHECK(!backups_knows_people(path));
	for (int32_t day = TODAY + 1; day < TODAY + 30; day++)
		CHECK_INT(backups_write_daily(store, day, &e), 1);
	CHECK_INT(count_files(beside(path, "backups")), 8);
	CHECK_INT(people_in_latest(path), 1);
	/* Somebody is there again: it goes as any other. */
	(void)book_contact(store, book_main(store), "Ben", CONTACT_HAND);
	CHECK_INT(backups_write_daily(store, TODAY + 30, &e), 1);
	CHECK_INT(count_files(beside(path, "backups")), 7);
	/* Whoever removes all people wants them gone from the copies too. */
	CHECK_INT(store_run(store, NULL, "DELETE FROM contact", ""), 0);
	CHECK_INT(
		store_run(store, NULL, "INSERT INTO forgotten SELECT id, x'00' FROM book", ""), 0);
	CHECK(backups_knows_people(path));
	for (int32_t day = TODAY + 31; day < TODAY + 38; day++)
		CHECK_INT(backups_write_daily(store, day, &e), 1);
	CHECK_INT(people_in_latest(path), 0);
	CHECK_INT(count_files(beside(path, "backups")), 7);
}

static void copies_of_another_database_are_its_own(void)
{
	const char *path = database_path();
	_cleanup_store_ struct store *store = book_open(path);
	_cleanup_store_ struct store *other = book_open(beside(path, "other.db"));

	CHECK_INT(backups_write_daily(other, TODAY, NULL), 1);
	for (int32_t day = TODAY; day < TODAY + 20; day++)
		CHECK_INT(backups_write_daily(store, day, NULL), 1);
	CHECK_INT(count_files(beside(path, "backups")), 8);
}

static void a_damaged_database_costs_no_good_copy(void)
{
	const char *path = database_path();
	struct store *store = book_open(path);
	struct err e;
	int64_t page;
	int fd;

	for (int i = 0; i < 200; i++)
		(void)book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	CHECK_INT(backups_write_daily(store, TODAY, &e), 1);
	page = book_ask(store, "SELECT rootpage FROM sqlite_schema WHERE name='contact_folded'");
	store_close(store);
	fd = open(path, O_WRONLY);
	/* A page that opening it does not look at. */
	CHECK(pwrite(fd, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, (page - 1) * 4096) == 8);
	(void)close(fd);
	store = book_open(path);
	CHECK_INT(backups_write_daily(store, TODAY + 1, &e), -EUCLEAN);
	CHECK_INT(count_files(beside(path, "backups")), 1);
	store_close(store);
}

static void prepare_outbox(struct store *store)
{
	static const char *const statements[] = {
		"INSERT INTO digest VALUES (1, 'd', '*-*-* 07:00', 'UTC', 50)",
		"INSERT INTO message VALUES (1, 1, 100, '<a>', 's', 's', x'00', 100)",
		"INSERT INTO delivery VALUES (1, 1, 'a', 'queued', 0, 0, NULL, 100, 100, NULL),"
		" (2, 1, 'b', 'attempting', 1, 0, 100, 100, 100, 'the server hung up'),"
		" (3, 1, 'c', 'sent', 1, 0, NULL, 100, 100, NULL)",
	};

	for (size_t i = 0; i < ARRAY_SIZE(statements); i++)
		CHECK_INT(store_run(store, NULL, statements[i], ""), 0);
}

static void restoring_brings_back_what_was_and_sends_nothing_blindly(void)
{
	const char *path = database_path(), *copy;
	_cleanup_store_ struct store *store = book_open(path);
	_cleanup_free_ char *kept = NULL, *backup = NULL;
	struct err e = { "" };

	prepare_outbox(store);
	(void)book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	copy = beside(path, "copy.db");
	backup = str_dup(copy);
	CHECK_INT(backups_write(store, backup, &e), 0);
	(void)book_contact(store, book_main(store), "Ben", CONTACT_HAND);
	/* Another connection sees it as any other change. */
	CHECK_INT(backups_restore(path, backup, 1000, &kept, &e), 0);
	CHECK_TEXT(e.text, "");
	CHECK_INT(store_check_place(store, &e), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
	CHECK_INT(book_ask(store,
			  "SELECT count(*) FROM delivery WHERE state='in doubt'"
			  " AND error LIKE 'The copy that was restored%'"),
		2);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM delivery WHERE state='sent'"), 1);
	CHECK_INT(book_ask(store, "SELECT since FROM digest"), 1000);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM pragma_integrity_check"), 1);
	CHECK_INT(ask(kept, "SELECT count(*) FROM contact"), 2);
	CHECK_INT(access(beside(path, "nudged.db.restore"), F_OK), -1);
}

/* What lies there is damaged, nothing, or gone: it is kept as it was. */
static void restoring_over_ruins(void)
{
	static const char *const ruins[] = { "SQLite format 3 and then nothing of it", "nonsense",
		"", NULL };
	const char *path = database_path();
	_cleanup_free_ char *backup = NULL;

	{
		_cleanup_store_ struct store *store = book_open(path);

		(void)book_contact(store, book_main(store), "Anna", CONTACT_HAND);
		backup = str_dup(beside(path, "copy.db"));
		CHECK_INT(backups_write(store, backup, NULL), 0);
	}
	for (size_t i = 0; i < ARRAY_SIZE(ruins); i++) {
		_cleanup_free_ char *kept = NULL;
		struct err e = { "" };

		TEST_ROW("ruin %zu", i);
		(void)unlink(path);
		(void)unlink(beside(path, "nudged.db-journal"));
		if (ruins[i])
			write_bytes(path, ruins[i]);
		CHECK_INT(backups_restore(path, backup, 1000, &kept, &e), 0);
		CHECK_INT(ask(path, "SELECT count(*) FROM contact"), 1);
		CHECK_INT(kept != NULL, ruins[i] != NULL);
	}
}

static void what_is_no_copy_changes_nothing(void)
{
	const char *path = database_path();
	_cleanup_free_ char *other = NULL, *kept = NULL;
	struct err e;

	CHECK_INT(ask(path, "SELECT count(*) FROM contact"), 0);
	other = str_dup(beside(path, "other.db"));
	CHECK(backups_restore(path, other, 1000, &kept, &e) < 0);
	write_bytes(other, "nonsense");
	CHECK_INT(backups_restore(path, other, 1000, &kept, &e), -EUCLEAN);
	(void)unlink(other);
	CHECK_INT(symlink("nudged.db", other), 0);
	CHECK(backups_restore(path, other, 1000, &kept, &e) < 0);
	CHECK(!kept);
	CHECK_INT(ask(path, "SELECT count(*) FROM book"), 1);
	CHECK_INT(access(beside(path, "backups"), F_OK), -1);
}

/* Among copies of other databases in the same folder, and of other times. */
static void the_latest_is_found(void)
{
	static const char *const names[] = { "nudged-2026-11-20.db", "nudged-2026-11-22.db",
		"nudged-2026-11-21.db", "other-2026-11-23.db", "nudged-version-2.db",
		"nudged-before-restore.db", "nudged-2026-11-24.db.4711.part",
		"nudged-b-2026-11-25.db" };
	const char *path = database_path();
	_cleanup_free_ char *folder = str_dup(beside(path, "backups")), *found = NULL;

	CHECK_INT(backups_find_latest(path, &found, NULL), 0);
	CHECK_INT(mkdir(folder, 0700), 0);
	CHECK_INT(backups_find_latest(path, &found, NULL), 0);
	CHECK(!found);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_free_ char *file = file_join(folder, names[i]);

		write_bytes(file, "x");
	}
	CHECK_INT(backups_find_latest(path, &found, NULL), 1);
	CHECK_TEXT(found, beside(path, "backups/nudged-2026-11-22.db"));
}

TEST_MAIN(TEST(a_copy_is_whole_private_and_never_in_the_way), TEST(a_copy_beside_a_writer),
	TEST(daily_ones_are_seven), TEST(what_dead_commands_left_goes),
	TEST(the_last_copy_with_people_stays), TEST(copies_of_another_database_are_its_own),
	TEST(a_damaged_database_costs_no_good_copy),
	TEST(restoring_brings_back_what_was_and_sends_nothing_blindly), TEST(restoring_over_ruins),
	TEST(what_is_no_copy_changes_nothing), TEST(the_latest_is_found))
