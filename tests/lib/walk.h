/* SPDX-License-Identifier: MIT */
/*
 * walk: years of a made-up life with a book: what its owner does, what the clock shows, what becomes
 * of the mails. The oracle is told all of it. The same seed makes the same walk.
 */
#ifndef NUDGE_TESTS_WALK_H
#define NUDGE_TESTS_WALK_H

#include "network.h"
#include "oracle.h"

struct walk {
	struct network n;
	struct oracle oracle;
	struct oracle_digest_due due;
	uint64_t random;
	int64_t now;
	int64_t ahead; /* by which the clock is wrong */
	int64_t person;
	int n_digests;
	unsigned trouble; /* of ten mails so many do not arrive at once */
	size_t cases, claims, mails;
};

/* w is zeroed; network_close() its network in the end. */
void walk_begin(struct walk *w, uint64_t seed);

/* What the owner does between two looks: enters, corrects, does, puts back, configures. */
void walk_act(struct walk *w);
/* The clock goes on to a slot, over a downtime, ahead by years, or back. */
void walk_move(struct walk *w);
/* The mails that wait are sent, refused, in doubt, or fail for now. */
void walk_settle(struct walk *w);

/* What must not fail and is not what the test is about ends the program. */
void walk_must(int r);

#endif
