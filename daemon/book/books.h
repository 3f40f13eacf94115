/* SPDX-License-Identifier: MIT */
/*
 * books: the networks in a database, their owners, and the counters of their handles.
 */
#ifndef NUDGE_BOOK_BOOKS_H
#define NUDGE_BOOK_BOOKS_H

#include "book/store.h"

struct owner {
	char *name, *city, *intro; /* NULL: not told */
	char **offers;
	size_t n_offers;
};
void owner_done(struct owner *owner);
#define _cleanup_owner_ _cleanup_(owner_done)

/* The number of the book of that name; -ENOENT with a sentence where there is none. */
int books_find(struct store *store, const char *name, int64_t *ret, struct err *reterr);

/* Makes one. -EEXIST where there is one of that name; -EINVAL for a name that a digest could not have. */
int books_create(struct store *store, const char *name, struct err *reterr);

/* Erases it with all that hangs on it: people, undo, the digests of the database that are its, and what any
 * message says of its people. In a transaction. */
int books_remove(struct store *store, int64_t book, struct err *reterr);

/* Calls `each` for every book, by name; a nonzero return ends it and is passed on. */
int books_each(struct store *store, int (*each)(void *userdata, int64_t book, const char *name),
	void *userdata, struct err *reterr);

int books_load_owner(struct store *store, int64_t book, struct owner *ret, struct err *reterr);

/* Sets what is not NULL; "" takes a text away. */
int books_set_owner(struct store *store, int64_t book, const char *name, const char *city,
	const char *intro, struct err *reterr);
int books_add_offer(struct store *store, int64_t book, const char *text, struct err *reterr);
int books_clear_offers(struct store *store, int64_t book, struct err *reterr);

/* A holiday: no digest before that day. NULL ends it. */
int books_set_pause(struct store *store, int64_t book, const int32_t *until, struct err *reterr);
/* 1 and the day of the return, which may be past; 0 where there is no pause, or no such book. */
int books_pause(struct store *store, const char *name, int32_t *ret_until, struct err *reterr);

/* The next number of a handle's letter, never given before. In a transaction. */
int books_next_number(
	struct store *store, int64_t book, char letter, int64_t *ret, struct err *reterr);

/* How much a book holds. */
struct book_counts {
	int64_t contacts, occasions, follow_ups; /* follow-ups: open ones */
};
int books_count(struct store *store, int64_t book, struct book_counts *ret, struct err *reterr);

#endif
