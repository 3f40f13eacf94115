/* SPDX-License-Identifier: MIT */
/*
 * backups: copies of the database, consistent while it is in use, and the way back from one.
 */
#include "book/backups.h"

#include "base/fd.h"
#include "base/file.h"
#include "book/hosted.h"
#include "book/store-internal.h"
#include "book/witness.h"
#include "core/day.h"
#include "core/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BACKUPS_FOLDER      "backups"
#define BACKUPS_PATIENCE_MS 10000

static void backups_close(sqlite3 **db)
{
	(void)sqlite3_close(*db);
}

static int backups_fail(sqlite3 *db, const char *path, struct err *reterr)
{
	struct store named = { .db = db };
	int r;

	named.path = str_dup(path);
	r = named.path && db ? store_fail(&named, reterr) : err_oom(reterr);
	free(named.path);
	return r;
}

/* --- one copy --- */

static int backups_open(sqlite3 **ret, const char *path, int flags, struct err *reterr)
{
	if (sqlite3_open_v2(path, ret, flags, NULL) != SQLITE_OK)
		return backups_fail(*ret, path, reterr);
	(void)sqlite3_extended_result_codes(*ret, 1);
	(void)sqlite3_busy_timeout(*ret, BACKUPS_PATIENCE_MS);
	/* Each page is needed once: a cache of two megabytes would be in the way of the service's memory. */
	(void)sqlite3_exec(*ret, "PRAGMA cache_size=-64", NULL, NULL, NULL);
	return 0;
}

/* All pages in one step: the source is locked for reading that long, and cannot change half-way. */
static int backups_copy(sqlite3 *to, sqlite3 *from, const char *path, struct err *reterr)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int step;

	if (!backup)
		return backups_fail(to, path, reterr);
	/* Of a step that met a lock the end need not tell, by SQLite's manual. */
	step = sqlite3_backup_step(backup, -1);
	return sqlite3_backup_finish(backup) == SQLITE_OK && step == SQLITE_DONE
		? 0
		: backups_fail(to, path, reterr);
}

static int backups_check(sqlite3 *db, const char *path, struct err *reterr)
{
	sqlite3_stmt *statement = NULL;
	int r = 0;

	if (sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL) != SQLITE_OK ||
		sqlite3_step(statement) != SQLITE_ROW)
		r = backups_fail(db, path, reterr);
	else if (strcmp((const char *)sqlite3_column_text(statement, 0), "ok") != 0)
		r = err_set(reterr, -EUCLEAN, "%s is damaged: %s", path,
			(const char *)sqlite3_column_text(statement, 0));
	(void)sqlite3_finalize(statement);
	return r;
}

static int backups_sync(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 || fsync(fd) < 0)
		return file_error(path, errno, reterr);
	return 0;
}

/* A journal beside a copy would be another thing to keep; it is made anew where it fails. */
static int backups_fill(const char *path, sqlite3 *from, struct err *reterr)
{
	_cleanup_(backups_close) sqlite3 *to = NULL;
	int r = backups_open(&to, path, SQLITE_OPEN_READWRITE, reterr);

	if (r == 0 &&
		sqlite3_exec(to, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", NULL, NULL,
			NULL) != SQLITE_OK)
		r = backups_fail(to, path, reterr);
	if (r == 0)
		r = backups_copy(to, from, path, reterr);
	return r < 0 ? r : backups_check(to, path, reterr);
}

static int backups_create(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = -1;

	if (unlink(path) < 0 && errno != ENOENT)
		return file_error(path, errno, reterr);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	return fd < 0 ? file_error(path, errno, reterr) : 0;
}

static int backups_sync_folder(const char *path, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(path);

	return folder ? backups_sync(folder, reterr) : err_oom(reterr);
}

/* Under a name of its own until it is whole. */
static int backups_write_as(sqlite3 *from, const char *path, bool replaces, struct err *reterr)
{
	_cleanup_str_ struct str part = STR_INIT;
	int r;

	/* Two processes may come to migrate at once. */
	str_addf(&part, "%s.%d.part", path, (int)getpid());
	r = str_check(&part, reterr);
	if (r == 0)
		r = backups_create(str_text(&part), reterr);
	if (r < 0)
		return r;
	r = backups_fill(str_text(&part), from, reterr);
	if (r == 0)
		r = backups_sync(str_text(&part), reterr);
	if (r == 0 && (replaces ? rename(str_text(&part), path) : link(str_text(&part), path)) < 0)
		r = errno == EEXIST ? err_set(reterr, -EEXIST, "%s is there already", path)
				    : file_error(path, errno, reterr);
	if (r < 0 || !replaces)
		(void)unlink(str_text(&part));
	return r < 0 ? r : backups_sync_folder(path, reterr);
}

int backups_write(struct store *store, const char *path, struct err *reterr)
{
	if (access(path, F_OK) == 0)
		return err_set(reterr, -EEXIST, "%s is there already", path);
	return backups_write_as(store->db, path, false, reterr);
}

/* --- the folder --- */

static char *backups_folder(const char *database)
{
	_cleanup_free_ char *folder = file_folder_of(database);

	return folder ? file_join(folder, BACKUPS_FOLDER) : NULL;
}

/* "nudged-2026-11-23.db" for a database nudged.db. */
static int backups_name(const char *database, const char *mark, char **ret, struct err *reterr)
{
	_cleanup_free_ char *folder = backups_folder(database);
	_cleanup_str_ struct str name = STR_INIT;
	const char *slash = strrchr(database, '/'), *base = slash ? slash + 1 : database;
	size_t n = strlen(base);
	int r;

	if (!folder)
		return err_oom(reterr);
	r = file_make_own_folder(folder, reterr);
	if (r < 0)
		return r;
	if (n > 3 && str_equal(base + n - 3, ".db"))
		n -= 3;
	str_add(&name, folder);
	str_add_char(&name, '/');
	str_add_bytes(&name, base, n);
	str_addf(&name, "-%s.db", mark);
	*ret = str_take(&name);
	return *ret ? 0 : err_oom(reterr);
}

/* The day in the name of a daily copy; false for other files. */
static bool backups_day_of(const char *name, int32_t *ret)
{
	size_t n = strlen(name);
	char text[11] = { 0 };
	struct date date;

	if (n < 14 || !str_equal(name + n - 3, ".db"))
		return false;
	memcpy(text, name + n - 13, 10);
	if (!day_parse(text, &date) || !date.year)
		return false;
	*ret = day_number(date.year, date.month, date.day);
	return true;
}

/* Several databases in one folder have their copies in one too. */
static bool backups_is_of(const char *database, const char *name, int32_t *ret_day)
{
	const char *slash = strrchr(database, '/'), *base = slash ? slash + 1 : database;
	size_t n = strlen(base);

	if (n > 3 && str_equal(base + n - 3, ".db"))
		n -= 3;
	return strncmp(name, base, n) == 0 && name[n] == '-' &&
		strlen(name) == n + strlen("-2026-11-23.db") && backups_day_of(name, ret_day);
}

/* A number; 0 where the copy cannot be asked. */
static int64_t backups_ask(const char *path, const char *sql)
{
	_cleanup_(backups_close) sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	int64_t answer = 0;

	if (backups_open(&db, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW, NULL) < 0)
		return 0;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW)
		answer = sqlite3_column_int64(statement, 0);
	(void)sqlite3_finalize(statement);
	return answer;
}

bool backups_knows_people(const char *path)
{
	return backups_ask(path,
		       "SELECT EXISTS (SELECT 1 FROM contact) OR EXISTS (SELECT 1 FROM forgotten)"
		       " OR EXISTS (SELECT 1 FROM meta WHERE key='removed book')") != 0;
}

int64_t backups_count_deeds(const char *path)
{
	return backups_ask(path, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='deeds'");
}

struct backups_days {
	int32_t days[64]; /* the latest, in no order */
	size_t n;
};

static size_t backups_newer(const struct backups_days *days, int32_t day)
{
	size_t n = 0;

	for (size_t i = 0; i < days->n; i++)
		n += days->days[i] > day;
	return n;
}

/* Removes a copy where enough newer ones are there, or where it is old and not the latest: who is
 * erased from the book is gone from its copies within days. */
static void backups_prune_daily(
	int folder, const char *name, int32_t day, const struct backups_days *days, int32_t today)
{
	size_t newer = backups_newer(days, day);

	if (newer >= BACKUPS_KEPT || (newer && day <= today - BACKUPS_KEPT))
		(void)unlinkat(folder, name, 0);
}

/* From before a migration or a restoration, or of a copy that was never finished. */
static void backups_prune_other(int folder, const char *name, int32_t today)
{
	struct stat st;

	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
		st.st_mtime / 86400 <= today - BACKUPS_KEPT)
		(void)unlinkat(folder, name, 0);
}

static void backups_collect(DIR *dir, const char *database, struct backups_days *days)
{
	const struct dirent *entry;

	while (days->n < ARRAY_SIZE(days->days) && (entry = readdir(dir)) != NULL)
		days->n += backups_is_of(database, entry->d_name, &days->days[days->n]);
}

/* `kept` is the last copy that knows people, where the later ones do not: they are of a book that has lost
 * them. The copies of another database are its own service's to prune. */
static void backups_prune_folder(DIR *dir, const char *database, const char *kept, int32_t today)
{
	struct backups_days days = { .n = 0 };
	const struct dirent *entry;
	int32_t day;

	backups_collect(dir, database, &days);
	rewinddir(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.' || str_equal(entry->d_name, kept))
			continue;
		if (backups_is_of(database, entry->d_name, &day))
			backups_prune_daily(dirfd(dir), entry->d_name, day, &days, today);
		else if (!backups_day_of(entry->d_name, &day))
			backups_prune_other(dirfd(dir), entry->d_name, today);
	}
}

static int backups_prune(const char *database, int32_t today, struct err *reterr)
{
	_cleanup_free_ char *folder = backups_folder(database), *kept = NULL;
	int r = backups_find_latest(database, &kept, reterr);
	DIR *dir;

	if (r <= 0)
		return r;
	if (!folder)
		return err_oom(reterr);
	dir = opendir(folder);
	if (!dir)
		return file_error(folder, errno, reterr);
	backups_prune_folder(dir, database, strrchr(kept, '/') + 1, today);
	(void)closedir(dir);
	return 0;
}

/* "nudged.db.4711.copy", "nudged.db.4711.copy.4711.part": of a process that is not there any more. */
static bool backups_is_orphan(const char *base, const char *name)
{
	size_t n = strlen(base), end = strlen(name), digits;
	char text[16] = { 0 };
	uint64_t pid;

	if (strncmp(name, base, n) != 0 || name[n] != '.' || end < n + strlen(".1.copy"))
		return false;
	end -= strlen(".copy");
	if (!str_equal(name + end, ".copy") && !str_equal(name + end, ".part"))
		return false;
	for (digits = 0; str_is_digit(name[end - digits - 1]);)
		digits++;
	if (digits >= sizeof(text) || name[end - digits - 1] != '.')
		return false;
	memcpy(text, name + end - digits, digits);
	return str_number(text, INT32_MAX, &pid) && pid && kill((pid_t)pid, 0) < 0 &&
		errno == ESRCH;
}

void backups_sweep(const char *database)
{
	_cleanup_free_ char *folder = file_folder_of(database);
	const char *slash = strrchr(database, '/'), *base = slash ? slash + 1 : database;
	DIR *dir = folder ? opendir(folder) : NULL;
	const struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (backups_is_orphan(base, entry->d_name))
			(void)unlinkat(dirfd(dir), entry->d_name, 0);
	(void)closedir(dir);
}

int backups_write_daily(struct store *store, int32_t today, struct err *reterr)
{
	_cleanup_free_ char *path = NULL;
	char mark[DAY_TEXT_SIZE];
	struct date date = day_date(today);
	int r = backups_name(store->path, day_format(&date, mark), &path, reterr);

	backups_sweep(store->path);
	if (r < 0 || access(path, F_OK) == 0)
		return r;
	r = backups_write_as(store->db, path, false, reterr);
	if (r == 0)
		r = backups_prune(store->path, today, reterr);
	return r < 0 ? r : 1;
}

struct backups_search {
	char *path;
	int32_t day;
	bool knows_people;
};

static int backups_weigh(struct backups_search *search, const char *folder, const char *name,
	int32_t day, struct err *reterr)
{
	_cleanup_free_ char *path = file_join(folder, name);
	bool knows_people;

	if (!path)
		return err_oom(reterr);
	knows_people = backups_knows_people(path);
	if (search->path &&
		(search->knows_people > knows_people ||
			(search->knows_people == knows_people && search->day > day)))
		return 0;
	free(search->path);
	*search = (struct backups_search){ TAKE_PTR(path), day, knows_people };
	return 0;
}

int backups_find_latest(const char *database, char **ret, struct err *reterr)
{
	_cleanup_free_ char *folder = backups_folder(database);
	struct backups_search search = { .path = NULL };
	const struct dirent *entry;
	int32_t day;
	DIR *dir;
	int r = 0;

	if (!folder)
		return err_oom(reterr);
	dir = opendir(folder);
	if (!dir)
		return errno == ENOENT ? 0 : file_error(folder, errno, reterr);
	while (r == 0 && (entry = readdir(dir)) != NULL)
		if (backups_is_of(database, entry->d_name, &day))
			r = backups_weigh(&search, folder, entry->d_name, day, reterr);
	(void)closedir(dir);
	*ret = search.path;
	return r < 0 ? r : search.path != NULL;
}

int backups_write_version(struct store *store, int version, struct err *reterr)
{
	_cleanup_free_ char *path = NULL;
	_cleanup_str_ struct str mark = STR_INIT;
	int r;

	str_addf(&mark, "version-%d", version);
	r = backups_name(store->path, str_text(&mark), &path, reterr);
	return r < 0 ? r : backups_write_as(store->db, path, true, reterr);
}

/* --- the way back --- */

/* In a copy of the copy, which a newer program may have to migrate first. */
static int backups_unsettle(
	const char *path, const struct witness *witness, int64_t now, struct err *reterr)
{
	const struct store_options options = { .create = false,
		.patience_ms = BACKUPS_PATIENCE_MS };
	_cleanup_(store_closep) struct store *store = NULL;
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_open(&store, path, &options, reterr);

	if (r == 0)
		r = store_begin(store, &transaction, reterr);
	if (r == 0)
		r = store_run(store, reterr,
			"UPDATE delivery SET state='in doubt', doubts=doubts+1, changed_at=?, error=?"
			" WHERE state IN ('queued', 'attempting')",
			"it", now,
			ERR_TEXT(
				"The copy that was restored does not know whether the mail was sent since."));
	if (r == 0)
		r = store_run(store, reterr, "UPDATE digest SET since=max(since, ?)", "i", now);
	if (r == 0)
		r = witness_overtake(store, witness, reterr);
	if (r == 0)
		r = hosted_look_again(store, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

/* Into the database as it lies there, by one transaction of SQLite's: a journal of what it was would
 * be taken for the new one's if the file were exchanged. */
static int backups_pour(const char *database, const char *from, struct err *reterr)
{
	_cleanup_(backups_close) sqlite3 *source = NULL;
	_cleanup_(backups_close) sqlite3 *target = NULL;
	int r = backups_open(&source, from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW, reterr);

	if (r == 0)
		r = backups_open(&target, database, SQLITE_OPEN_READWRITE, reterr);
	if (r == 0 &&
		sqlite3_exec(target, "PRAGMA journal_mode=PERSIST; PRAGMA synchronous=FULL", NULL,
			NULL, NULL) != SQLITE_OK)
		r = backups_fail(target, database, reterr);
	return r < 0 ? r : backups_copy(target, source, database, reterr);
}

/* A file that SQLite makes nothing of is moved away with its journal; the copy takes its place. */
static int backups_exchange(
	const char *database, const char *from, const char *kept, struct err *reterr)
{
	_cleanup_str_ struct str journal = STR_INIT, kept_journal = STR_INIT;

	str_addf(&journal, "%s-journal", database);
	str_addf(&kept_journal, "%s-journal", kept);
	if (str_check(&journal, reterr) < 0 || str_check(&kept_journal, reterr) < 0)
		return -ENOMEM;
	if (rename(str_text(&journal), str_text(&kept_journal)) < 0 && errno != ENOENT)
		return file_error(str_text(&journal), errno, reterr);
	if (rename(database, kept) < 0 && errno != ENOENT)
		return file_error(database, errno, reterr);
	if (rename(from, database) < 0)
		return file_error(database, errno, reterr);
	return backups_sync_folder(database, reterr);
}

static int backups_keep(const char *database, const char *kept, struct err *reterr)
{
	_cleanup_(backups_close) sqlite3 *db = NULL;
	int r = backups_open(&db, database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, reterr);

	return r < 0 ? r : backups_write_as(db, kept, true, reterr);
}

/* Where no earlier one lies: who tries one copy after the other keeps what was there before the first. */
static int backups_name_kept(const char *database, char **ret, struct err *reterr)
{
	int r = backups_name(database, "before-restore", ret, reterr);

	for (int i = 2; r == 0 && access(*ret, F_OK) == 0; i++) {
		char mark[32];

		(void)snprintf(mark, sizeof(mark), "before-restore-%d", i);
		free(TAKE_PTR(*ret));
		r = backups_name(database, mark, ret, reterr);
	}
	return r;
}

static int backups_put_back(
	const char *database, const char *from, char **ret_kept, struct err *reterr)
{
	_cleanup_free_ char *kept = NULL;
	bool there = access(database, F_OK) == 0;
	int r = backups_name_kept(database, &kept, reterr);

	if (r < 0)
		return r;
	r = there ? backups_keep(database, kept, reterr) : -ENOENT;
	if (r == 0)
		r = backups_pour(database, from, reterr);
	else if (r == -EUCLEAN || r == -ENOENT)
		r = backups_exchange(database, from, kept, reterr);
	if (r == 0 && there)
		*ret_kept = TAKE_PTR(kept);
	return r;
}

int backups_restore(
	const char *database, const char *path, int64_t now, char **ret_kept, struct err *reterr)
{
	_cleanup_(backups_close) sqlite3 *source = NULL;
	_cleanup_witness_ struct witness witness = { 0 };
	_cleanup_str_ struct str part = STR_INIT;
	int r;

	*ret_kept = NULL;
	str_addf(&part, "%s.restore", database);
	r = str_check(&part, reterr);
	if (r == 0)
		r = witness_load(&witness, database, reterr);
	if (r == 0)
		r = backups_open(
			&source, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW, reterr);
	if (r == 0)
		r = backups_check(source, path, reterr);
	if (r == 0)
		r = backups_write_as(source, str_text(&part), true, reterr);
	if (r == 0)
		r = backups_unsettle(str_text(&part), &witness, now, reterr);
	if (r == 0)
		r = backups_put_back(database, str_text(&part), ret_kept, reterr);
	(void)unlink(str_text(&part));
	str_add(&part, "-journal");
	(void)unlink(str_text(&part));
	return r;
}
