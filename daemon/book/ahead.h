/* SPDX-License-Identifier: MIT */
/*
 * ahead: pages written behind a database's end, before the transaction that makes them part of it.
 *
 * How many pages a database has, its header says (SQLite's file format, section 1.3.8); what lies behind
 * them is nobody's. So most of what a large transaction writes can be on the disk before it locks anybody
 * out: then it need not write a page that stands there already. It remains SQLite's own, with its journal.
 */
#ifndef NUDGE_BOOK_AHEAD_H
#define NUDGE_BOOK_AHEAD_H

#include "book/store.h"

/* Writes what `from` has behind the end of `to` there, a piece at a time: others that write wait for a piece.
 * No transaction may be under way. 0 or a negative error. */
int ahead_write(struct store *from, struct store *to, struct err *reterr);
/* Cuts off what lies behind the store's end, where nobody reads or writes at the moment. ahead_tidy(): where
 * nobody works on a copy either: it is of one who was killed. */
void ahead_trim(struct store *store);
void ahead_tidy(struct store *store);

/* From the one call to the other the store's connection leaves out what it would write where the same stands
 * already, and sees its file end where the header says. */
struct ahead;
int ahead_begin(struct ahead **ret, struct store *store, struct err *reterr);
void ahead_end(struct ahead *ahead); /* NULL-safe */
DEFINE_CLEANUP(struct ahead *, ahead_end);

#endif
