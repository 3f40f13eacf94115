/* SPDX-License-Identifier: MIT */
/*
 * stage: a copy of the database that is worked on at leisure and then takes its place.
 *
 * A transaction of SQLite with a rollback journal keeps others from writing from its first change on, and
 * from reading once its pages outgrow the cache. Here only the last step is one in the database itself,
 * and all that it does is to write pages.
 */
#include "book/stage.h"

#include "book/store-internal.h"
#include "core/str.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define STAGE_PIECE 4096 /* pages that are copied before others may write again */
#define STAGE_TRIES 5

/* SQLite's file format, section 1.3.6: counts the transactions that changed the file. */
#define STAGE_COUNTER_AT 24

struct stage {
	struct store *store, *copy;
	unsigned char counter[4]; /* of the file when it was copied */
};

/* As it stands in the file now: what a connection knows of it may be older, and while the file is being
 * written over the connection must not be used. */
static int stage_read_counter(struct store *store, unsigned char ret[4], struct err *reterr)
{
	sqlite3_file *file = NULL;

	if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
			SQLITE_OK ||
		file->pMethods->xRead(file, ret, 4, STAGE_COUNTER_AT) != SQLITE_OK)
		return err_set(reterr, -EIO, "database %s cannot be read", store->path);
	return 0;
}

/* The counter while nobody is in the middle of a commit. */
static int stage_read_settled(struct store *store, unsigned char ret[4], struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, "SELECT 1 FROM meta", "");

	if (r == 0)
		r = store_next(&rows, reterr);
	return r < 0 ? r : stage_read_counter(store, ret, reterr);
}

/* The file has its name only until it is open, and nothing of the book is in it by then. */
static int stage_open_copy(struct store *copy, const char *path, struct err *reterr)
{
	_cleanup_free_ char *name = NULL;
	int fd, r;

	if (asprintf(&name, "%s-copy-XXXXXX", path) < 0)
		return err_oom(reterr);
	fd = mkstemp(name);
	if (fd < 0)
		return err_set(reterr, -errno, "cannot make a copy of database %s: %s", copy->path,
			strerror(errno));
	(void)close(fd);
	r = sqlite3_open_v2(name, &copy->db, SQLITE_OPEN_READWRITE | STORE_OPEN_FLAGS, NULL);
	(void)unlink(name);
	if (r != SQLITE_OK)
		return copy->db ? store_fail(copy, reterr) : err_oom(reterr);
	return 0;
}

/* Nobody else has it, and it is thrown away where anything fails: no locks and no journal. One wait for the
 * disk, at its commit, is one less while the database is locked. What it writes is as in the database: no
 * deleted content stays, and keys lead somewhere. */
static int stage_configure(struct store *copy, struct err *reterr)
{
	static const char settings[] = "PRAGMA locking_mode=EXCLUSIVE;"
				       "PRAGMA journal_mode=OFF;"
				       "PRAGMA synchronous=NORMAL;"
				       "PRAGMA trusted_schema=OFF;"
				       "PRAGMA foreign_keys=ON;"
				       "PRAGMA secure_delete=ON;"
				       "PRAGMA temp_store=MEMORY;";

	(void)sqlite3_extended_result_codes(copy->db, 1);
	if (sqlite3_exec(copy->db, settings, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(copy, reterr);
	return 0;
}

/* A piece at a time; SQLite begins anew where another process has written in between. */
static int stage_copy(struct store *from, struct store *to, struct err *reterr)
{
	sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
	int step;

	if (!backup)
		return store_fail(to, reterr);
	do
		step = sqlite3_backup_step(backup, STAGE_PIECE);
	while (step == SQLITE_OK);
	(void)sqlite3_backup_finish(backup);
	return step == SQLITE_DONE ? 0 : store_fail(to, reterr);
}

static int stage_fill(struct stage *stage, struct err *reterr)
{
	unsigned char after[4];
	int r = 0;

	for (int i = 0; r == 0 && i < STAGE_TRIES; i++) {
		r = stage_read_settled(stage->store, stage->counter, reterr);
		if (r == 0)
			r = stage_copy(stage->store, stage->copy, reterr);
		if (r == 0)
			r = stage_read_settled(stage->store, after, reterr);
		if (r == 0 && memcmp(stage->counter, after, sizeof(after)) == 0)
			return 0;
	}
	return r < 0 ? r : STAGE_STALE;
}

int stage_new(struct stage **ret, struct store *store, struct err *reterr)
{
	_cleanup_(stage_freep) struct stage *stage = calloc(1, sizeof(*stage));
	struct store *copy;
	int r;

	if (!stage || !(copy = stage->copy = calloc(1, sizeof(*copy))))
		return err_oom(reterr);
	stage->store = store;
	copy->path = str_dup(store->path);
	copy->identity = str_dup(store->identity);
	if (!copy->path || !copy->identity)
		return err_oom(reterr);
	r = stage_open_copy(copy, sqlite3_db_filename(store->db, "main"), reterr);
	if (r == 0)
		r = stage_configure(copy, reterr);
	if (r == 0)
		r = stage_fill(stage, reterr);
	if (r == 0)
		*ret = TAKE_PTR(stage);
	return r;
}

void stage_free(struct stage *stage)
{
	if (!stage)
		return;
	store_close(stage->copy);
	free(stage);
}

struct store *stage_store(struct stage *stage)
{
	return stage->copy;
}

/* The first step, of no pages, waits for the lock that keeps all others out. */
static int stage_write(
	struct stage *stage, sqlite3_backup *backup, bool *ret_stale, struct err *reterr)
{
	unsigned char counter[4];
	int step = sqlite3_backup_step(backup, 0), r;

	if (step != SQLITE_OK)
		return step;
	r = stage_read_counter(stage->store, counter, reterr);
	*ret_stale = r < 0 || memcmp(counter, stage->counter, sizeof(counter)) != 0;
	return *ret_stale ? SQLITE_OK : sqlite3_backup_step(backup, -1);
}

int stage_publish(struct stage *stage, struct err *reterr)
{
	sqlite3_backup *backup = sqlite3_backup_init(
		stage->store->db, "main", stage->copy->db, "main");
	bool stale = false;
	int step;

	if (!backup)
		return store_fail(stage->store, reterr);
	step = stage_write(stage, backup, &stale, reterr);
	/* What was not written to its end is taken back. */
	(void)sqlite3_backup_finish(backup);
	if (stale)
		return STAGE_STALE;
	return step == SQLITE_DONE ? 0 : store_fail(stage->store, reterr);
}
