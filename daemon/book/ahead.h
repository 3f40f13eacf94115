/* SPDX-License-Identifier: MIT */
/*
 * ahead: pages written behind a database's end, before the transaction that makes them part of it.
 *
 * How many pages a database has, its header says (SQLite's file format, section 1.3.8); what lies behind
 * them is nobody's. So most of what a large transaction writes can be on the disk before it locks anybody
 * out: that one then writes only the pages that the database had before, and a header that counts the others too.
 * It remains SQLite's own, with its journal.
 */
#ifndef NUDGE_BOOK_AHEAD_H
#define NUDGE_BOOK_AHEAD_H

#include "book/store.h"

struct sqlite3;
struct ahead;

/* Opens a new file beside that one into store->db, whose path is for messages. Whatever becomes of it, db is the
 * caller's to close. */
int ahead_open_nameless(struct store *store, const char *beside, struct err *reterr);

/* What `from`, a copy that grows, has more than `to`. It sees from here on what is written in the copy; both outlive
 * it. `listener`: whoever listens now (book/meanwhile), for nobody else may write there; 0: it is not asked. */
int ahead_new(struct ahead **ret, struct store *from, struct store *to, int64_t listener,
	struct err *reterr);
void ahead_free(struct ahead *ahead); /* NULL-safe */
DEFINE_CLEANUP(struct ahead *, ahead_free);

/* Writes what the copy has behind the end of the other there, a piece at a time: others that write wait for a piece.
 * At the next call only what was changed since. No transaction may be under way in either. 0, AHEAD_LEFT: somebody
 * else listens by now, or a negative error. */
#define AHEAD_LEFT 1
int ahead_write(struct ahead *ahead, struct err *reterr);

/* From here on ahead_source() ends where the database does: in a transaction that reads or writes that one. */
void ahead_measure(struct ahead *ahead);
/* The copy's first pages, as a database of their own to be read by SQLite's backup alone. */
struct sqlite3 *ahead_source(struct ahead *ahead);
/* Whether the others stand there, between ahead_begin() and ahead_end(), under the lock that keeps everybody out. Where
 * somebody has cut them off, the next ahead_write() writes them anew. */
bool ahead_stands(struct ahead *ahead);
/* Between these two the database's connection sees its file end where its header says, and the header that it
 * commits counts the pages ahead too. */
int ahead_begin(struct ahead *ahead, struct err *reterr);
void ahead_end(struct ahead *ahead);

/* Cuts off what lies behind the store's end, where nobody reads or writes at the moment and no other listens.
 * ahead_tidy(): where nobody does, for it is of one who was killed. */
void ahead_trim(struct store *store, int64_t listener);
void ahead_tidy(struct store *store);

#endif
