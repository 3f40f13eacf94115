/* SPDX-License-Identifier: MIT */
/*
 * store: the SQLite database, opened safely and migrated.
 */
#include "book/store.h"

#include "base/file.h"
#include "book/ahead.h"
#include "book/backups.h"
#include "book/keepsake.h"
#include "book/meanwhile.h"
#include "book/schema.h"
#include "book/store-internal.h"
#include "core/str.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define STORE_JOURNAL_LIMIT "1048576" /* bytes that it keeps between transactions */

static int store_refuse_writing(const struct store *store, struct err *reterr)
{
	struct statvfs fs;
	bool disk = statvfs(store->path, &fs) == 0 && fs.f_flag & ST_RDONLY;

	return err_set(reterr, -EROFS, "database %s: %s", store->path,
		err_translate(
			disk ? ERR_TEXT("its disk is read-only")
			     : ERR_TEXT(
				       "it cannot be written; check the permissions of the file and its folder")));
}

int store_fail(struct store *store, struct err *reterr)
{
	static const struct {
		int sqlite, code;
		const char *what;
	} errors[] = {
		{ SQLITE_BUSY, -EBUSY,
			ERR_TEXT("another process is writing to it; try again in a moment") },
		{ SQLITE_LOCKED, -EBUSY,
			ERR_TEXT("another process is writing to it; try again in a moment") },
		{ SQLITE_FULL, -ENOSPC, ERR_TEXT("the disk is full; make room") },
		{ SQLITE_CORRUPT, -EUCLEAN, ERR_TEXT("the file is damaged; restore a backup") },
		{ SQLITE_NOTADB, -EUCLEAN, ERR_TEXT("the file is no database, or damaged") },
		{ SQLITE_NOMEM, -ENOMEM, ERR_TEXT("out of memory") },
		{ SQLITE_CANTOPEN, -EIO,
			ERR_TEXT(
				"it cannot be opened; check the permissions of the file and its folder") },
		{ SQLITE_PERM, -EACCES, ERR_TEXT("permission denied") },
	};
	int code = sqlite3_errcode(store->db) & 0xff;

	if (code == SQLITE_READONLY)
		return store_refuse_writing(store, reterr);
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++)
		if (errors[i].sqlite == code)
			return err_set(reterr, errors[i].code, "database %s: %s", store->path,
				err_translate(errors[i].what));
	/* Each statement is known to be right where the tables are. */
	if (code == SQLITE_ERROR && str_starts(sqlite3_errmsg(store->db), "no such table"))
		return err_set(reterr, -EUCLEAN,
			"database %s: its tables are gone; restore a backup", store->path);
	return err_set(reterr, code == SQLITE_CONSTRAINT ? -EBADMSG : -EIO, "database %s: %s",
		store->path, sqlite3_errmsg(store->db));
}

/* Ruins of ours, or a file of somebody else: who has a copy knows which. */
static int store_refuse_foreign(const char *path, struct err *reterr)
{
	_cleanup_free_ char *backup = NULL;

	if (backups_find_latest(path, &backup, NULL) == 1)
		return err_set(reterr, -EMEDIUMTYPE,
			"%s is not a database of nudged, or not any more, and was left untouched; the latest "
			"backup brings it back: `nudge restore '%s'`",
			path, backup);
	return err_set(reterr, -EMEDIUMTYPE,
		"%s is not a database of nudged: it was left untouched; name another file as `database`",
		path);
}

static uint32_t store_header_number(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The header is read before SQLite opens the file: closing any descriptor of it later would drop
 * SQLite's locks (POSIX advisory locks belong to the process), and a file of another application or
 * of a newer version must not be touched at all: SQLite would change its journal's mode. Offsets by
 * the SQLite file format, section 1.3. */
static int store_check_header(const char *path, struct err *reterr)
{
	unsigned char header[100];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return err_set(
			reterr, -errno, "cannot open database %s: %s", path, strerror(errno));
	n = read(fd, header, sizeof(header));
	(void)close(fd);
	if (n < 0)
		return err_set(
			reterr, -errno, "cannot read database %s: %s", path, strerror(errno));
	if (n == 0)
		return 0;
	if (n < (ssize_t)sizeof(header) || memcmp(header, "SQLite format 3", 16) != 0)
		return store_refuse_foreign(path, reterr);
	if (store_header_number(header + 68) != STORE_APPLICATION_ID)
		return store_refuse_foreign(path, reterr);
	return schema_check_version(path, store_header_number(header + 60), reterr);
}

/* SQLite would lay the journal beside the file that the link leads to, and others beside the link. */
static int store_refuse_link(const char *path, struct err *reterr)
{
	_cleanup_free_ char *real = realpath(path, NULL);

	if (!real)
		return err_set(reterr, -EMLINK,
			"database %s is a link that leads nowhere: is its disk mounted?", path);
	return err_set(reterr, -EMLINK,
		"database %s is a link, which is not followed: write database = \"%s\" in the "
		"configuration",
		path, real);
}

static int store_check_file(const char *path, const struct stat *st, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(path);
	int r;

	if (!folder)
		return err_oom(reterr);
	/* SQLite takes a journal beside the database for its own, whoever put it there. */
	r = file_check_folder(folder, reterr);
	if (r < 0)
		return r;
	if (S_ISLNK(st->st_mode))
		return store_refuse_link(path, reterr);
	if (!S_ISREG(st->st_mode))
		return err_set(reterr, -EMEDIUMTYPE, "database %s is not a regular file", path);
	/* Each name would have a journal, a lock and a service of its own. */
	if (st->st_nlink > 1)
		return err_set(reterr, -EMLINK,
			"database %s has another name, a hard link, under which it could be damaged: remove "
			"one of them; `find / -xdev -samefile '%s'` shows all",
			path, path);
	if (st->st_uid != geteuid())
		return err_set(reterr, -EACCES,
			"database %s belongs to another user (%u): run this as that user", path,
			(unsigned)st->st_uid);
	/* As a copy that was put here may be; its journals get its mode. */
	if (st->st_mode & (S_IRWXG | S_IRWXO))
		(void)chmod(path, 0600);
	return store_check_header(path, reterr);
}

static int store_refuse_absence(const char *path, struct err *reterr)
{
	return err_set(reterr, -ENOENT, "there is no database %s yet", path);
}

static int store_create_file(const char *path, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(path);
	int r, fd;

	if (!folder)
		return err_oom(reterr);
	r = file_make_own_folder(folder, reterr);
	if (r < 0)
		return r;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_set(
			reterr, -errno, "cannot create database %s: %s", path, strerror(errno));
	(void)close(fd);
	return 0;
}

/* Never a new book in the place of one that is gone. Who makes the first one at this moment leaves a journal
 * too, but has filled the file then. */
static int store_check_absence(const char *path, bool empty, struct err *reterr)
{
	struct stat st;
	int r = keepsake_check(path, empty, reterr);

	return r == -ENODATA && lstat(path, &st) == 0 && st.st_size > 0 ? 0 : r;
}

static int store_prepare_file(
	const char *path, const struct store_options *options, struct err *reterr)
{
	bool there;
	struct stat st;
	int r;

	there = lstat(path, &st) == 0;
	if (!there && errno != ENOENT)
		return err_set(
			reterr, -errno, "cannot open database %s: %s", path, strerror(errno));
	r = there ? store_check_file(path, &st, reterr) : 0;
	if (r < 0 || (there && st.st_size > 0))
		return r;
	r = store_check_absence(path, there, reterr);
	if (r < 0 || (there && !options->look))
		return r;
	if (!options->create)
		return store_refuse_absence(path, reterr);
	return store_create_file(path, reterr);
}

/* No program of ours has a second thread, and none asks how much memory SQLite has: locks and counts of each
 * piece are a twentieth of its time. Too late where it is in use; it is as right then. */
static void store_lighten(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* SQLite refuses links in the whole path where it is told to follow none; only the file must be none:
 * a folder above it often is one. */
static int store_connect(struct store *store, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(store->path), *real = NULL, *path = NULL;
	const char *slash = strrchr(store->path, '/');
	struct stat st;

	if (!folder)
		return err_oom(reterr);
	real = realpath(folder, NULL);
	if (!real)
		return err_set(reterr, -errno, "cannot open database %s: %s", store->path,
			strerror(errno));
	path = file_join(real, slash ? slash + 1 : store->path);
	if (!path)
		return err_oom(reterr);
	store_lighten();
	if (sqlite3_open_v2(path, &store->db, SQLITE_OPEN_READWRITE | STORE_OPEN_FLAGS, NULL) !=
		SQLITE_OK)
		return store->db ? store_fail(store, reterr) : err_oom(reterr);
	if (stat(path, &st) < 0)
		return err_set(reterr, -errno, "cannot open database %s: %s", store->path,
			strerror(errno));
	store->device = st.st_dev;
	store->inode = st.st_ino;
	return 0;
}

/* Whoever was started before an update is no judge of what it has made of the tables. */
static int store_check_version(struct store *store, struct err *reterr)
{
	int64_t version = 0;
	int r = store_ask(store, &version, reterr, "PRAGMA user_version", "");

	if (r < 0 || version <= schema_version())
		return r < 0 ? r : 0;
	return err_set(reterr, -ESTALE,
		"database %s was brought to version %lld of its tables by a newer nudged; this program, which was "
		"started before, knows version %d and has to be started anew",
		store->path, (long long)version, schema_version());
}

int store_check_place(struct store *store, struct err *reterr)
{
	struct stat st;

	if (stat(store->path, &st) < 0)
		return err_set(reterr, -errno, "database %s is not there any more: %s", store->path,
			strerror(errno));
	if (st.st_dev != store->device || st.st_ino != store->inode)
		return err_set(
			reterr, -ESTALE, "database %s was replaced by another file", store->path);
	if (st.st_size == 0)
		return err_set(reterr, -EUCLEAN, "database %s is empty now; restore a backup",
			store->path);
	return store_check_version(store, reterr);
}

static int store_configure(struct store *store, int patience_ms, struct err *reterr)
{
	static const char settings[] = "PRAGMA trusted_schema=OFF;"
				       "PRAGMA foreign_keys=ON;"
				       "PRAGMA secure_delete=ON;"
				       "PRAGMA synchronous=FULL;"
				       "PRAGMA journal_mode=PERSIST;"
				       "PRAGMA journal_size_limit=" STORE_JOURNAL_LIMIT ";"
				       "PRAGMA temp_store=MEMORY;"
				       "PRAGMA cell_size_check=ON;";

	(void)sqlite3_extended_result_codes(store->db, 1);
	(void)sqlite3_busy_timeout(store->db, patience_ms);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (sqlite3_exec(store->db, settings, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(store, reterr);
	return 0;
}

static int store_read_identity(struct store *store, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr, "SELECT value FROM meta WHERE key='identity'", "");
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r < 0
			? r
			: err_set(reterr, -EUCLEAN, "database %s has no identity", store->path);
	return store_copy(&rows, 0, &store->identity, reterr);
}

/* For whoever only looks, where nothing is to be seen yet. */
static int store_imagine(struct store *store, struct err *reterr)
{
	int r;

	store_lighten();
	if (sqlite3_open_v2(":memory:", &store->db,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | STORE_OPEN_FLAGS,
		    NULL) != SQLITE_OK)
		return store->db ? store_fail(store, reterr) : err_oom(reterr);
	r = store_configure(store, 0, reterr);
	if (r == 0)
		r = schema_migrate(store, reterr);
	if (r == 0)
		r = store_read_identity(store, reterr);
	store->imagined = true;
	return r;
}

static int store_open_file(
	struct store *store, const struct store_options *options, struct err *reterr)
{
	int r = store_connect(store, reterr);

	if (r == 0)
		r = store_configure(store, options->patience_ms, reterr);
	if (r == 0)
		r = options->as_it_is ? schema_require(store, reterr)
				      : schema_migrate(store, reterr);
	if (r == 0)
		r = store_read_identity(store, reterr);
	if (r < 0)
		return r;
	store->shared = true;
	store_set_patience(store, 0);
	ahead_tidy(store);
	store_set_patience(store, options->patience_ms);
	return 0;
}

int store_open(struct store **ret, const char *path, const struct store_options *options,
	struct err *reterr)
{
	_cleanup_(store_closep) struct store *store = NULL;
	int r = store_prepare_file(path, options, reterr);
	bool imagined = r == -ENOENT && options->look;

	if (r < 0 && !imagined)
		return r;
	store = calloc(1, sizeof(*store));
	if (!store || !(store->path = str_dup(path)))
		return err_oom(reterr);
	r = imagined ? store_imagine(store, reterr) : store_open_file(store, options, reterr);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(store);
	return 0;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	meanwhile_end(store);
	statement_forget_all(store);
	(void)sqlite3_close(store->db);
	free(store->identity);
	free(store->former_identity);
	free(store->path);
	free(store);
}

void store_set_patience(struct store *store, int patience_ms)
{
	(void)sqlite3_busy_timeout(store->db, patience_ms);
}

void store_set_cache(struct store *store, int kib)
{
	char *sql = sqlite3_mprintf("PRAGMA cache_size=-%d", kib);

	/* Without it all is as right, and slower. */
	if (sql)
		(void)sqlite3_exec(store->db, sql, NULL, NULL, NULL);
	sqlite3_free(sql);
}

void store_hold_pages(struct store *store, bool hold)
{
	(void)sqlite3_exec(store->db, hold ? "PRAGMA cache_spill=OFF" : "PRAGMA cache_spill=ON",
		NULL, NULL, NULL);
}

void store_rest(struct store *store)
{
	statement_forget_all(store);
	(void)sqlite3_db_release_memory(store->db);
}

const char *store_path(const struct store *store)
{
	return store->path;
}

bool store_is_there(const struct store *store)
{
	return !store->imagined;
}

int store_check_writable(struct store *store, struct err *reterr)
{
	return sqlite3_db_readonly(store->db, "main") == 0 ? 0
							   : store_refuse_writing(store, reterr);
}

const char *store_identity(const struct store *store)
{
	return store->identity;
}

int store_set_identity(struct store *store, const char *identity, struct err *reterr)
{
	char *copy = str_dup(identity);

	if (!copy)
		return err_oom(reterr);
	if (store->former_identity)
		free(store->identity);
	else
		store->former_identity = store->identity;
	store->identity = copy;
	return store_run(
		store, reterr, "UPDATE meta SET value=? WHERE key='identity'", "t", identity);
}

/* The transaction is over: the identity is what the database has. */
static void store_settle_identity(struct store *store, bool committed)
{
	if (!store->former_identity)
		return;
	if (!committed) {
		char *given_up = store->identity;

		store->identity = store->former_identity;
		store->former_identity = given_up;
	}
	free(TAKE_PTR(store->former_identity));
}

int64_t store_data_version(struct store *store)
{
	int64_t version = 0;

	return store_ask(store, &version, NULL, "PRAGMA data_version", "") == 1 ? version : 0;
}

int store_begin(struct store *store, struct store **ret_transaction, struct err *reterr)
{
	int r = store_run(store, reterr, "BEGIN IMMEDIATE", "");

	if (r < 0)
		return r;
	*ret_transaction = store;
	r = store_check_version(store, reterr);
	if (r == 0)
		r = meanwhile_begin(store, reterr);
	if (r < 0)
		store_rollback(ret_transaction);
	return r;
}

int store_begin_reading(struct store *store, struct store **ret_transaction, struct err *reterr)
{
	int r = store_run(store, reterr, "BEGIN", "");

	if (r == 0)
		*ret_transaction = store;
	return r;
}

int store_empty_journal(struct store *store, struct err *reterr)
{
	int r = store_run(store, reterr, "PRAGMA journal_size_limit=0", "");

	if (r == 0)
		store->empties_journal = true;
	return r;
}

/* Transactions are short: a journal that stays as long as it was saves each of them a truncation. */
static void store_keep_journal(struct store *store)
{
	if (store->empties_journal)
		(void)store_run(store, NULL, "PRAGMA journal_size_limit=" STORE_JOURNAL_LIMIT, "");
	store->empties_journal = false;
}

int store_commit(struct store **transaction, struct err *reterr)
{
	int r;

	/* It would be lost without a word. */
	if ((*transaction)->imagined)
		return store_refuse_absence((*transaction)->path, reterr);
	r = meanwhile_keep(*transaction, reterr);
	if (r == 0)
		r = store_run(*transaction, reterr, "COMMIT", "");
	if (r < 0)
		return r;
	store_keep_journal(*transaction);
	store_settle_identity(*transaction, true);
	*transaction = NULL;
	return 0;
}

void store_rollback(struct store **transaction)
{
	/* SQLite has rolled back by itself after the worst errors: nothing is left to do then. */
	if (*transaction && !sqlite3_get_autocommit((*transaction)->db))
		(void)store_run(*transaction, NULL, "ROLLBACK", "");
	if (*transaction) {
		meanwhile_end(*transaction);
		store_keep_journal(*transaction);
		store_settle_identity(*transaction, false);
	}
	*transaction = NULL;
}

int store_check(struct store *store, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr, "PRAGMA quick_check(1)", "");
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r < 0)
		return r;
	if (r == 1 && str_equal(store_text(&rows, 0), "ok"))
		return 0;
	return err_set(reterr, -EUCLEAN, "database %s is damaged (%s): restore a backup",
		store->path, r == 1 ? store_text(&rows, 0) : err_translate("no answer"));
}
