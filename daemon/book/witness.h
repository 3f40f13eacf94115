/* SPDX-License-Identifier: MIT */
/*
 * witness: how far the service has come with its database, kept beside it too, so that an older copy in its
 * place is known for one: past slots would be taken from it again, and mails sent again.
 *
 * The database counts the transactions that took a slot or settled a mail; nudged.db has a nudged.witness, which
 * says what a service saw of that count last. That is written after the commit, and not waited for: it is never ahead of
 * a database that keeps what it has committed, and may be behind one after a power cut. A file that is missing or says
 * nothing witnesses nothing. Here too stands since when the database could not be used, for it cannot say so itself.
 */
#ifndef NUDGE_BOOK_WITNESS_H
#define NUDGE_BOOK_WITNESS_H

#include "book/store.h"

#define WITNESS_SIZE 1024 /* of the file, in bytes, from the first: it needs no more room later */

struct witness {
	char *path;
	bool met; /* the database itself was looked at */
	char identity[40];
	int64_t count;
	int64_t trouble_since; /* 0: there is none */
	struct err trouble;
};
void witness_done(struct witness *witness);
#define _cleanup_witness_ _cleanup_(witness_done)

/* What was left beside that database. -ENOMEM. */
int witness_load(struct witness *ret, const char *database, struct err *reterr);

/* Compares the database with what was seen of it. 0; -ERANGE where it is older, with the way out; -ESTALE where it
 * has become another one since the last look. One that had become another before the first look is none of ours to judge. */
int witness_compare(struct witness *witness, struct store *store, struct err *reterr);
/* The same, and what is seen now is kept, as far as it can be written. For whoever holds the service's lock. */
int witness_look(struct witness *witness, struct store *store, struct err *reterr);
/* Keeps since when the database cannot be used (0: it can), and why, as far as it can be written. */
void witness_set_trouble(struct witness *witness, int64_t since, const struct err *trouble);

/* Counts one more, in the transaction of what is counted. */
int witness_count(struct store *store, struct err *reterr);
/* Makes a database that is put back count on from what was seen: in a transaction. */
int witness_overtake(struct store *store, const struct witness *witness, struct err *reterr);

#endif
