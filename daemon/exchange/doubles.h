/* SPDX-License-Identifier: MIT */
/*
 * doubles: how many of those whom an import has added may be in the book twice.
 */
#ifndef NUDGE_EXCHANGE_DOUBLES_H
#define NUDGE_EXCHANGE_DOUBLES_H

#include "book/store.h"

/* A look at everybody takes about a second for 100,000 people; at those who share something with a few, a tenth
 * of that. Where so many are new at once, or are in the
 * book, it is left to who asks `nudge duplicates`. */
#define DOUBLES_FEW      20
#define DOUBLES_MAX      20000
#define DOUBLES_BOOK_MAX 200000

/* Counts those among the `added` people from contact number `first` on that book/duplicates pairs with
 * anybody. *ret: -1 where it was not looked for. */
int doubles_count(struct store *store, int64_t book, int64_t first, int64_t added, int64_t *ret,
	struct err *reterr);

#endif
