/* SPDX-License-Identifier: MIT */
/*
 * duplicates: contacts of a book who are probably one person. The rules are agenda/duplicate.h's.
 */
#ifndef NUDGE_BOOK_DUPLICATES_H
#define NUDGE_BOOK_DUPLICATES_H

#include "agenda/duplicate.h"
#include "book/store.h"

struct duplicate {
	int64_t one, other; /* contacts, one < other */
	unsigned why;       /* DUPLICATE_SAME_EMAIL and the like */
};

struct duplicates {
	struct duplicate *all; /* the most certain first */
	size_t n;
};
void duplicates_done(struct duplicates *duplicates);
#define _cleanup_duplicates_ _cleanup_(duplicates_done)

/* All pairs of whom nobody said that they differ. */
int duplicates_list(struct store *store, int64_t book, struct duplicates *ret, struct err *reterr);
/* Those whose later one is the contact of that number or a later one: quick where these are few. */
int duplicates_list_from(struct store *store, int64_t book, int64_t first, struct duplicates *ret,
	struct err *reterr);

/* They are two people. 0, or DUPLICATES_KNOWN where that was said before. In a transaction. */
#define DUPLICATES_KNOWN 1
int duplicates_differ(struct store *store, int64_t one, int64_t other, struct err *reterr);

#endif
