/* SPDX-License-Identifier: MIT */
/*
 * troubles: what is wrong now, kept where every program can show it.
 */
#ifndef NUDGE_BOOK_TROUBLES_H
#define NUDGE_BOOK_TROUBLES_H

#include "book/store.h"

struct trouble {
	int64_t since;
	char *kind, *text; /* text: a sentence */
};

struct troubles {
	struct trouble *all; /* the oldest first */
	size_t n;
};
void troubles_done(struct troubles *troubles);
#define _cleanup_troubles_ _cleanup_(troubles_done)

/* One trouble of each kind: a later sentence takes the earlier one's place, not its age. */
int troubles_set(
	struct store *store, const char *kind, int64_t now, const char *text, struct err *reterr);
int troubles_clear(struct store *store, const char *kind, struct err *reterr);
int troubles_list(struct store *store, struct troubles *ret, struct err *reterr);

#endif
