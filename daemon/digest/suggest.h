/* SPDX-License-Identifier: MIT */
/*
 * suggest: who should meet whom now, and whom the owner could help.
 */
#ifndef NUDGE_DIGEST_SUGGEST_H
#define NUDGE_DIGEST_SUGGEST_H

#include "book/suggestions.h"
#include "digest/collect.h"

/* The suggestions of that letter whose turn it is on the days of the collection, the best first, at most
 * `max`: those on record that the digest is yet to tell, then new ones (number 0) and ones that have
 * rested long enough. A collection for no digest has told what was not told today. Nobody is suggested to
 * a colleague of the same organisation, and people who were suggested lately only where no others are.
 * Names are left out. */
int suggest_find(struct suggestions *ret, const struct collect *collect, char letter, size_t max,
	struct err *reterr);

/* What leads from one contact to another, either way: 1 with who seeks and who offers what, in the texts'
 * own memory, or 0 and `a` and `b` as they are. */
int suggest_pair(struct suggestion *ret, struct store *store, int64_t book, int64_t a, int64_t b,
	struct err *reterr);

/* How a digest remembers that it told a suggestion since `told_day`. */
int64_t suggest_mark(int32_t told_day);

#endif
