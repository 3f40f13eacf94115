/* SPDX-License-Identifier: MIT */
/*
 * aliases: what merged contacts were numbered and called: it finds the one they are now.
 */
#ifndef NUDGE_BOOK_ALIASES_H
#define NUDGE_BOOK_ALIASES_H

#include "book/store.h"

struct alias {
	int64_t id; /* as #ID was */
	char *name;
};

struct aliases {
	struct alias *all; /* by number */
	size_t n;
};
void aliases_done(struct aliases *aliases);
#define _cleanup_aliases_ _cleanup_(aliases_done)

int aliases_of(struct store *store, int64_t contact, struct aliases *ret, struct err *reterr);
/* The contact that #ID is now: 1, or 0 where it was merged into none. */
int aliases_find(
	struct store *store, int64_t book, int64_t id, int64_t *ret_contact, struct err *reterr);

/* The same, where #ID may also be a contact's own number. */
int aliases_find_now(
	struct store *store, int64_t book, int64_t id, int64_t *ret_contact, struct err *reterr);

/* In a transaction, before the two become one: `stays` is found by `goes` from then on. */
int aliases_add(
	struct store *store, int64_t stays, int64_t goes, int32_t today, struct err *reterr);
/* The handle's number is another now, of a thing of that contact. */
int aliases_add_handle(struct store *store, int64_t book, char letter, int64_t number, int64_t now,
	int64_t contact, struct err *reterr);

#endif
