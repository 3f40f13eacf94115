/* SPDX-License-Identifier: MIT */
/*
 * hosted: digests that live in the database and not in nudged.conf, for many members on one host.
 *
 * Their settings are text in the syntax of nudged.conf, without name and book. Which of them is to be
 * looked at next is found by an index: none of this grows with how many there are.
 */
#ifndef NUDGE_BOOK_HOSTED_H
#define NUDGE_BOOK_HOSTED_H

#include "book/store.h"

struct hosted {
	int64_t digest; /* its number, as in struct digest_state */
	char *name, *book, *settings;
	bool paused;
	int64_t due; /* nothing is to be done for it before that instant */
	char *error; /* what is wrong with it alone; NULL: nothing */
};
void hosted_done(struct hosted *hosted);
#define _cleanup_hosted_ _cleanup_(hosted_done)

/* What is written of one; the texts are borrowed. */
struct hosted_entry {
	const char *name, *settings;
	const char *cadence, *timezone; /* they stand in the settings too */
	bool holds;                     /* what is in doubt of it is held for the person */
	bool readdressed; /* by a change: its mails that wait are withdrawn, the next one tells what they told */
};

/* In a transaction. -EEXIST: there is one of that name. What a digest of that name has told and claimed
 * before, when it stood in nudged.conf, holds. */
int hosted_add(struct store *store, const struct hosted_entry *entry, int64_t book, int64_t now,
	struct err *reterr);
/* In a transaction: other settings for the one of that name. */
int hosted_change(
	struct store *store, const struct hosted_entry *entry, int64_t now, struct err *reterr);
/* With its mails and all that it has told; its book stays. */
int hosted_remove(struct store *store, int64_t digest, struct err *reterr);
/* None of a paused one's slots is taken, and its mails that wait are withdrawn: what they told the next one tells.
 * After that the first slot is the next after `now`. In a transaction. */
int hosted_pause(struct store *store, int64_t digest, bool paused, int64_t now, struct err *reterr);

/* 1, or 0 where there is none of that name or number. */
int hosted_find(struct store *store, const char *name, struct hosted *ret, struct err *reterr);
int hosted_load(struct store *store, int64_t digest, struct hosted *ret, struct err *reterr);
/* The first one of a book, by the book's name: likewise. */
int hosted_find_of_book(
	struct store *store, const char *book, struct hosted *ret, struct err *reterr);
int hosted_is_there(struct store *store, int64_t digest, struct err *reterr); /* 1, 0 or negative */
/* Whether what is in doubt of it is held; 0 too where it is none of these. */
int hosted_holds(struct store *store, int64_t digest, struct err *reterr);

/* Calls `each` for those of one book as they were added, or for all (0) by name; a nonzero return ends it and is passed on. */
int hosted_each(struct store *store, int64_t book,
	int (*each)(void *userdata, const struct hosted *hosted), void *userdata,
	struct err *reterr);

/* The same for the first `max` with which something is wrong. */
int hosted_each_wrong(struct store *store, size_t max,
	int (*each)(void *userdata, const struct hosted *hosted), void *userdata,
	struct err *reterr);

/* The first `max` at most that are to be looked at by `now`: how many, or negative. */
int hosted_list_due(struct store *store, int64_t now, int64_t *ret, size_t max, struct err *reterr);
/* When the first one is: 1, or 0 where none ever is. `ret_digest` may be NULL. */
int hosted_next(struct store *store, int64_t *ret, int64_t *ret_digest, struct err *reterr);
/* It was looked at, and nothing is to be done before `due`. Among equals those with a lower turn come first. */
int hosted_set_due(
	struct store *store, int64_t digest, int64_t due, int64_t turn, struct err *reterr);
/* Something is wrong with it alone: the others go on. */
int hosted_set_error(
	struct store *store, int64_t digest, int64_t due, const char *error, struct err *reterr);
/* All are to be looked at: zones or the clock were changed. */
int hosted_look_again(struct store *store, struct err *reterr);

/* The latest instant at which a slot of any of them was taken, which is what the clock is judged by: 1, or 0. */
int hosted_last_claim(struct store *store, int64_t *ret, struct err *reterr);
int hosted_set_last_claim(struct store *store, int64_t instant, struct err *reterr);

struct hosted_counts {
	int64_t all, paused, wrong;
};
int hosted_count(struct store *store, struct hosted_counts *ret, struct err *reterr);

#endif
