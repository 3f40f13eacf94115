/* SPDX-License-Identifier: MIT */
/*
 * wants: who of a book seeks and offers what, ready to be matched.
 */
#ifndef NUDGE_BOOK_WANTS_H
#define NUDGE_BOOK_WANTS_H

#include "agenda/match.h"
#include "book/store.h"

struct wants {
	struct match *match;
	struct want_org *orgs; /* by contact */
	size_t n_orgs;
};
void wants_done(struct wants *wants);
#define _cleanup_wants_ _cleanup_(wants_done)

/* Reads what contacts seek, and what can meet it: with `mine` the offers of the owner (none: nobody is
 * read), else those of the contacts. Takes the time of those who seek or offer, not of the book. */
int wants_load(struct store *store, int64_t book, bool mine, struct wants *ret, struct err *reterr);

/* Whether two contacts are of the same organisation, case and accents apart: they know each other. */
bool wants_share_org(const struct wants *wants, int64_t a, int64_t b);

#endif
