/* SPDX-License-Identifier: MIT */
/*
 * roster: the digests that live in the database, read one at a time, so that memory does not grow with them.
 */
#ifndef NUDGE_DIGEST_ROSTER_H
#define NUDGE_DIGEST_ROSTER_H

#include "base/zonecache.h"
#include "book/hosted.h"
#include "conf/conf.h"

/* The one that was read last; those who find one borrow it until the next is found. */
struct roster {
	struct store *store;
	struct zonecache zones;
	struct hosted hosted;      /* its row, */
	struct conf_digest digest; /* and what that means */
};
void roster_done(struct roster *roster);
#define _cleanup_roster_ _cleanup_(roster_done)

/* 1 and the digest, 0 where there is none; -EINVAL with a sentence where its settings cannot be used. */
int roster_find(struct roster *roster, const char *name, const struct conf_digest **ret,
	struct err *reterr);
int roster_load(
	struct roster *roster, int64_t digest, const struct conf_digest **ret, struct err *reterr);
/* The first of a book. */
int roster_find_of_book(struct roster *roster, const char *book, const struct conf_digest **ret,
	struct err *reterr);

/* Of nudged.conf, else of the database. */
int roster_find_anywhere(struct roster *roster, const struct conf *conf, const char *name,
	const struct conf_digest **ret, struct err *reterr);

#endif
