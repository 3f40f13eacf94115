/* SPDX-License-Identifier: MIT */
/*
 * nearby: whom a few new people may be doubles of, without a look at all that is known of everybody.
 */
#ifndef NUDGE_BOOK_NEARBY_H
#define NUDGE_BOOK_NEARBY_H

#include "book/store.h"

/* Fills the table temp.nearby (id) with the contacts from number `first` on and with all who share with one
 * of them what a pair of agenda/duplicate.h must share: an address, a number, a page, a word of the name or
 * the day of birth. `first` 0: everybody. 0 or a negative error. */
int nearby_collect(struct store *store, int64_t book, int64_t first, struct err *reterr);

#endif
