/* SPDX-License-Identifier: MIT */
/*
 * store: the SQLite database, opened safely, migrated, and spoken to in short statements
 * (book/statement.h, which comes with this).
 *
 * Rollback journal (PERSIST, synchronous FULL), foreign keys, defensive mode, deleted content
 * overwritten. Errors carry a sentence and one of: -EBUSY another process holds the lock for longer
 * than the patience; -ENOSPC; -EROFS; -EIO; -EUCLEAN the file is damaged; -ENOMEM; -ESTALE it is of
 * a newer version of this program; -EMEDIUMTYPE it is no database of this program; -EBADMSG a row
 * contradicts another; -EACCES; -ENOENT; -ENODATA a book was here, and its file is gone or empty;
 * -EMLINK it is a link, or has two names; -ERANGE it is an older copy (book/witness).
 */
#ifndef NUDGE_BOOK_STORE_H
#define NUDGE_BOOK_STORE_H

#include "book/statement.h"

struct store;

#define STORE_APPLICATION_ID 0x6e756467 /* "nudg" */

struct store_options {
	bool create;   /* make folder (0700) and file (0600) where there is none */
	bool as_it_is; /* tables of an older version are left so: -ESTALE */
	bool look; /* where there is none, an empty one in memory stands for it: nothing of it can be committed */
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
/* Whether there is a file: false of one in memory that stands for it. */
bool store_is_there(const struct store *store);
/* Whether it could be opened for writing: 0, or -EROFS with why not; that stays so, as on a read-only disk. */
int store_check_writable(struct store *store, struct err *reterr);
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

/* PRAGMA quick_check: 0, or -EUCLEAN with its first words. */
int store_check(struct store *store, struct err *reterr);

#endif
