/* SPDX-License-Identifier: MIT */
/*
 * store: the SQLite database, opened safely, migrated, and spoken to in short statements.
 *
 * Rollback journal (PERSIST, synchronous FULL), foreign keys, defensive mode, deleted content
 * overwritten. Errors carry a sentence and one of: -EBUSY another process holds the lock for longer
 * than the patience; -ENOSPC; -EROFS; -EIO; -EUCLEAN the file is damaged; -ENOMEM; -ESTALE it is of
 * a newer version of this program; -EMEDIUMTYPE it is no database of this program; -EBADMSG a row
 * contradicts another; -EACCES; -ENOENT; -ENODATA a book was here, and its file is gone or empty;
 * -EMLINK it is a link; -ERANGE it is an older copy (book/witness).
 */
#ifndef NUDGE_BOOK_STORE_H
#define NUDGE_BOOK_STORE_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3_stmt;
struct store;

#define STORE_APPLICATION_ID 0x6e756467 /* "nudg" */

struct store_options {
	bool create;     /* make folder (0700) and file (0600) where there is none */
	bool as_it_is;   /* tables of an older version are left so: -ESTALE */
	int patience_ms; /* how long a statement waits for another process's lock */
};

int store_open(struct store **ret, const char *path, const struct store_options *options,
	struct err *reterr);
void store_close(struct store *store); /* NULL-safe */
DEFINE_CLEANUP(struct store *, store_close);

void store_set_patience(struct store *store, int patience_ms);
/* Memory for pages, while much is written; SQLite's default is 2,000 KiB. */
void store_set_cache(struct store *store, int kib);
/* Whether what is written waits in memory for the commit, however much it is. Where it does not, others cannot
 * read any more from when it outgrows the cache; that is the default. */
void store_hold_pages(struct store *store, bool hold);
/* Gives back what is kept to be quicker the next time: pages and prepared statements. No rows are being read. */
void store_rest(struct store *store);

const char *store_path(const struct store *store);
/* Whether it could be opened for writing; where it could not, as on a read-only disk, that stays so. */
bool store_is_writable(const struct store *store);
/* Whether the file that was opened still lies where it did: 0, -ENOENT (or another errno of stat) where
 * it is gone, -ESTALE where another one lies there, or a newer program has migrated it since, -EUCLEAN where it
 * was emptied. What SQLite has open would go on unseen. */
int store_check_place(struct store *store, struct err *reterr);

/* Changes whenever another connection has committed; 0 where it cannot be told now. */
int64_t store_data_version(struct store *store);
/* A random identity made with the database: part of every Message-ID. Lives with the store. */
const char *store_identity(const struct store *store);
/* Another one from now on, in a transaction. */
int store_set_identity(struct store *store, const char *identity, struct err *reterr);

/* A write transaction; -ESTALE where a newer program has migrated the tables meanwhile. It is rolled back where its
 * owner goes without store_commit():
 *     _cleanup_(store_rollback) struct store *transaction = NULL; */
int store_begin(struct store *store, struct store **ret_transaction, struct err *reterr);
/* The same for reading alone: what is read is of one moment, and keeps others from committing. Ended by
 * store_rollback(). */
int store_begin_reading(struct store *store, struct store **ret_transaction, struct err *reterr);
int store_commit(struct store **transaction, struct err *reterr);
void store_rollback(struct store **transaction);
/* The journal is emptied at the end of the transaction under way: what is erased by it, and stands in
 * the journal as it was, is gone from there too. */
int store_empty_journal(struct store *store, struct err *reterr);

/* Statements. `sql` is a literal: its address finds the prepared statement again. `types` has a
 * letter an argument: i int64_t, t const char * (NULL is NULL), f the same as utf8_add_folded()
 * folds it, b const void * and size_t.
 * (A variable argument list must stand last, so reterr stands before it.) */
int store_run(struct store *store, struct err *reterr, const char *sql, const char *types, ...);
/* The same with the arguments in an array. `sql` is a constant all the same. */
struct store_value {
	char type; /* as above; 0: NULL */
	int64_t number;
	const void *bytes; /* a text ends with NUL */
	size_t size;       /* of a blob */
};
int store_run_values(struct store *store, struct err *reterr, const char *sql,
	const struct store_value *values, size_t n);
int64_t store_last_id(struct store *store);
int64_t store_changes(struct store *store); /* rows that the last store_run() touched */

struct store_rows {
	struct store *store;
	struct sqlite3_stmt *statement;
};
#define _cleanup_rows_ _cleanup_(store_rows_done)
int store_query(struct store_rows *ret, struct store *store, struct err *reterr, const char *sql,
	const char *types, ...);
/* 1 a row, 0 the end, or a negative error. Texts of a row live until the next call. */
int store_next(struct store_rows *rows, struct err *reterr);
void store_rows_done(struct store_rows *rows);

bool store_is_null(const struct store_rows *rows, int column);
int64_t store_int(const struct store_rows *rows, int column);
int32_t store_day(const struct store_rows *rows, int column);      /* 0 for NULL */
const char *store_text(const struct store_rows *rows, int column); /* NULL for NULL */
/* A copy that replaces *ret, freed first; NULL for NULL. 0 or -ENOMEM. */
int store_copy(const struct store_rows *rows, int column, char **ret, struct err *reterr);
const void *store_blob(const struct store_rows *rows, int column, size_t *ret_size);

/* One row's first column: 1 and its number, 0 where there is no row or it is NULL, or negative. */
int store_ask(struct store *store, int64_t *ret, struct err *reterr, const char *sql,
	const char *types, ...);

/* PRAGMA quick_check: 0, or -EUCLEAN with its first words. */
int store_check(struct store *store, struct err *reterr);

#endif
