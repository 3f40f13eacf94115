/* SPDX-License-Identifier: MIT */
/*
 * store-internal: what store.c, statement.c and schema.c share.
 */
#ifndef NUDGE_BOOK_STORE_INTERNAL_H
#define NUDGE_BOOK_STORE_INTERNAL_H

#include "book/store.h"

struct sqlite3;
struct sqlite3_session;

/* A store is used by one thread. */
#define STORE_OPEN_FLAGS (SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX)

struct store_statement {
	const char *sql;
	struct sqlite3_stmt *statement;
};

struct store {
	struct sqlite3 *db;
	char *path;
	char *identity, *former_identity;   /* former: what a rollback brings back */
	uint64_t device, inode;             /* of the file as it was opened */
	bool imagined;                      /* in memory, in the place of none */
	struct store_statement *statements; /* sorted by the address of their text */
	size_t n_statements;
	bool empties_journal; /* at the end of this transaction */
	bool shared;          /* others may work on a copy of it: see meanwhile.h */
	struct sqlite3_session
		*session; /* what this transaction changes, where one of them listens */
};

/* The sentence and code for what SQLite said last. */
int store_fail(struct store *store, struct err *reterr);

void statement_forget_all(struct store *store);

#endif
