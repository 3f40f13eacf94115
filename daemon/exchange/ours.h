/* SPDX-License-Identifier: MIT */
/*
 * ours: what an address book has no field for, brought back into the book by an export of ours.
 */
#ifndef NUDGE_EXCHANGE_OURS_H
#define NUDGE_EXCHANGE_OURS_H

#include "book/store.h"
#include "format/record.h"

/* The record's own fields, and the day one met where none is known and it is not to come. `owns`: it
 * is of the contact's first source, which may change what is not empty and was not typed by hand. 1 where
 * anything changed: search_index() is to follow; 0, or a negative error. In a transaction. */
int ours_apply(struct store *store, int64_t book, int64_t contact, const struct record *record,
	bool owns, const char *source, int32_t today, struct err *reterr);

#endif
