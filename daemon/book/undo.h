/* SPDX-License-Identifier: MIT */
/*
 * undo: the last changes of the command, kept as changesets of SQLite's session extension.
 *
 * A change is what one command wrote to what a person keeps: contacts, occasions, follow-ups and the
 * like. Handles' counters, claims and the outbox are not undone, imports and removals not kept.
 */
#ifndef NUDGE_BOOK_UNDO_H
#define NUDGE_BOOK_UNDO_H

#include "book/store.h"

#define UNDO_DEPTH 50

struct undo;

/* Begins to note what is written, inside the caller's transaction. */
int undo_begin(struct undo **ret, struct store *store, struct err *reterr);
void undo_free(struct undo *undo); /* NULL-safe: notes no more, keeps nothing */
DEFINE_CLEANUP(struct undo *, undo_free);

/* Keeps what was noted, before the transaction ends. `what` says it to a person: "add Anna Schmidt".
 * Nothing written, nothing kept. */
int undo_keep(struct undo *undo, int64_t book, const char *what, int64_t now, struct err *reterr);

/* What is final, by the word that undo_last() gives back. No name is in it: whoever was erased is. */
#define UNDO_IMPORT    "import"
#define UNDO_REMOVE    "remove"
#define UNDO_BOOK      "book"
#define UNDO_DIGEST    "digest"
#define UNDO_BOOK_GONE "book-gone"

/* Keeps in mind that something happened that is not taken back, in its transaction: an import, a removal.
 * So undo_last() does not reach behind it unasked. */
int undo_keep_final(
	struct store *store, int64_t book, const char *what, int64_t now, struct err *reterr);

/* Takes back the book's last change, in a transaction. 0 and what it was (the caller frees);
 * UNDO_NOTHING where none is kept; UNDO_FINAL and what it was where that is not taken back: it is
 * forgotten, and the next call takes back the one before; -ESTALE where it was touched since: nothing
 * is changed then. */
#define UNDO_NOTHING 1
#define UNDO_FINAL   2
int undo_last(struct store *store, int64_t book, char **ret_what, struct err *reterr);

/* Drops what is kept of changes that may hold something of the contact, who is about to be erased. What
 * was changed of others can be taken back as before. */
int undo_forget(struct store *store, int64_t book, int64_t contact, struct err *reterr);

#endif
