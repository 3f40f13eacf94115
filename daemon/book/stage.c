/* SPDX-License-Identifier: MIT */
/*
 * stage: a copy of the database that is worked on at leisure and then takes its place.
 *
 * A transaction of SQLite with a rollback journal keeps others from writing from its first change on, and
 * from reading once its pages outgrow the cache. Here only the last step is one in the database itself,
 * and all that it does is to write pages.
 */
#include "book/stage.h"

#include "book/ahead.h"
#include "book/store-internal.h"
#include "core/str.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#define STAGE_PIECE  4096 /* pages that are copied before others may write again */
#define STAGE_TRIES  5
#define STAGE_ROUNDS 100 /* of others' changes that come while one is about to publish */

/* SQLite's file format, section 1.3.6: counts the transactions that changed the file. */
#define STAGE_COUNTER_AT 24

struct stage {
	struct store *store, *copy;
	uint32_t
		counter; /* of the file when it was copied, or when others' changes were taken over last */
	int64_t listener; /* of others' changes; 0: it is not to be published */
	int64_t last;     /* the number of the change that was taken over last */
	bool closed;      /* no more numbers are given out in it */
	struct ahead *ahead;
};

/* As it stands in the file now: what a connection knows of it may be older, and while the file is being
 * written over the connection must not be used. */
static int stage_read_counter(struct store *store, uint32_t *ret, struct err *reterr)
{
	sqlite3_file *file = NULL;
	unsigned char at[4];

	if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
			SQLITE_OK ||
		file->pMethods->xRead(file, at, sizeof(at), STAGE_COUNTER_AT) != SQLITE_OK)
		return err_set(reterr, -EIO, "database %s cannot be read", store->path);
	*ret = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	return 0;
}

/* The counter while nobody is in the middle of a commit. */
static int stage_read_settled(struct store *store, uint32_t *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, "SELECT 1 FROM meta", "");

	if (r == 0)
		r = store_next(&rows, reterr);
	return r < 0 ? r : stage_read_counter(store, ret, reterr);
}

/* Nobody else has it, and it is thrown away where anything fails: no locks, no journal and no wait for the disk. What
 * it writes is as in the database: no deleted content stays, and keys lead somewhere. */
static int stage_configure(struct store *copy, struct err *reterr)
{
	static const char settings[] = "PRAGMA locking_mode=EXCLUSIVE;"
				       "PRAGMA journal_mode=OFF;"
				       "PRAGMA synchronous=OFF;"
				       "PRAGMA trusted_schema=OFF;"
				       "PRAGMA foreign_keys=ON;"
				       "PRAGMA secure_delete=ON;"
				       "PRAGMA temp_store=MEMORY;";

	(void)sqlite3_extended_result_codes(copy->db, 1);
	if (sqlite3_exec(copy->db, settings, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(copy, reterr);
	return 0;
}

/* A piece at a time; SQLite begins anew where another process has written in between. Where that goes on, the
 * others wait. */
static int stage_copy(struct store *from, struct store *to, struct err *reterr)
{
	sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
	int step, pages = 0;

	if (!backup)
		return store_fail(to, reterr);
	do {
		bool anew = pages / STAGE_TRIES > sqlite3_backup_pagecount(backup);

		step = sqlite3_backup_step(backup, anew ? -1 : STAGE_PIECE);
		pages += STAGE_PIECE;
	} while (step == SQLITE_OK);
	(void)sqlite3_backup_finish(backup);
	return step == SQLITE_DONE ? 0 : store_fail(to, reterr);
}

static int stage_fill(struct stage *stage, struct err *reterr)
{
	uint32_t after;
	int r = 0;

	for (int i = 0; r == 0 && i < STAGE_TRIES; i++) {
		r = stage_read_settled(stage->store, &stage->counter, reterr);
		if (r == 0)
			r = stage_copy(stage->store, stage->copy, reterr);
		if (r == 0)
			r = stage_read_settled(stage->store, &after, reterr);
		if (r == 0 && stage->counter == after)
			return 0;
	}
	return r < 0 ? r : STAGE_STALE;
}

/* What others note from here on is not in the copy. */
static int stage_prepare(struct stage *stage, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_ask(stage->copy, &stage->last, reterr, "SELECT max(id) FROM meanwhile", "");

	if (r >= 0)
		r = store_begin(stage->copy, &transaction, reterr);
	if (r == 0)
		r = store_run(stage->copy, reterr, "DELETE FROM meanwhile", "");
	if (r == 0)
		r = meanwhile_leave_room(stage->copy, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

int stage_new(struct stage **ret, struct store *store, bool published, struct err *reterr)
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
	r = ahead_open_nameless(copy, sqlite3_db_filename(store->db, "main"), reterr);
	if (r == 0)
		r = stage_configure(copy, reterr);
	if (r == 0 && published)
		r = meanwhile_listen(store, &stage->listener, reterr);
	if (r == 0)
		r = stage_fill(stage, reterr);
	if (r == 0 && published)
		r = stage_prepare(stage, reterr);
	if (r == 0)
		*ret = TAKE_PTR(stage);
	return r;
}

void stage_free(struct stage *stage)
{
	if (!stage)
		return;
	ahead_free(stage->ahead);
	store_close(stage->copy);
	if (stage->closed)
		ahead_trim(stage->store, stage->listener);
	if (stage->listener)
		(void)meanwhile_stop(stage->store, stage->listener, NULL);
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
	uint32_t counter;
	int step = sqlite3_backup_step(backup, 0), r;

	if (step != SQLITE_OK)
		return step;
	r = stage_read_counter(stage->store, &counter, reterr);
	*ret_stale = r < 0 || counter != stage->counter || !ahead_stands(stage->ahead);
	return *ret_stale ? SQLITE_OK : sqlite3_backup_step(backup, -1);
}

/* 0, or STAGE_STALE where others have written since. */
static int stage_replace(struct stage *stage, struct err *reterr)
{
	sqlite3_backup *backup;
	bool stale = false;
	int step, r = ahead_begin(stage->ahead, reterr);

	if (r < 0)
		return r;
	backup = sqlite3_backup_init(stage->store->db, "main", ahead_source(stage->ahead), "main");
	if (backup) {
		step = stage_write(stage, backup, &stale, reterr);
		/* What was not written to its end is taken back. */
		(void)sqlite3_backup_finish(backup);
	}
	ahead_end(stage->ahead);
	if (stale)
		return STAGE_STALE;
	return backup && step == SQLITE_DONE ? 0 : store_fail(stage->store, reterr);
}

static int stage_close_room(struct stage *stage, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r;

	if (stage->closed)
		return 0;
	/* What others did may fail in the middle of a statement. */
	if (sqlite3_exec(stage->copy->db, "PRAGMA journal_mode=MEMORY", NULL, NULL, NULL) !=
		SQLITE_OK)
		return store_fail(stage->copy, reterr);
	r = store_begin(stage->copy, &transaction, reterr);
	if (r == 0)
		r = meanwhile_close_room(stage->copy, reterr);
	if (r == 0)
		r = store_commit(&transaction, reterr);
	stage->closed = r == 0;
	return r;
}

/* Every transaction that changed the file must have been noted: one that was not is of something that is no
 * change of rows, as a restoration is. */
static int stage_catch_up(
	struct stage *stage, meanwhile_is_ours *is_ours, const void *userdata, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	uint32_t counter, n = 0;
	int r = store_begin_reading(stage->store, &transaction, reterr);

	if (r == 0)
		r = meanwhile_take(stage->store, stage->copy, stage->listener, &stage->last,
			is_ours, userdata, &n, reterr);
	if (r == 0)
		r = stage_read_counter(stage->store, &counter, reterr);
	if (r < 0)
		return r;
	if (r == MEANWHILE_REFUSED || counter - stage->counter != n)
		return STAGE_STALE;
	stage->counter = counter;
	ahead_measure(stage->ahead);
	return 0;
}

int stage_publish(
	struct stage *stage, meanwhile_is_ours *is_ours, const void *userdata, struct err *reterr)
{
	int r = stage_close_room(stage, reterr), replaced = STAGE_STALE;

	if (r == 0 && !stage->ahead)
		r = ahead_new(&stage->ahead, stage->copy, stage->store, stage->listener, reterr);
	for (int i = 0; r == 0 && replaced == STAGE_STALE && i < STAGE_ROUNDS; i++) {
		r = stage_catch_up(stage, is_ours, userdata, reterr);
		if (r == 0)
			r = ahead_write(stage->ahead, reterr);
		if (r == AHEAD_LEFT)
			return STAGE_STALE;
		if (r == 0)
			replaced = stage_replace(stage, reterr);
	}
	if (r == 0 && replaced == 0)
		stage->listener = 0; /* which is not in the copy */
	return r != 0 ? r : replaced;
}
