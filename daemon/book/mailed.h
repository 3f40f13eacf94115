/* SPDX-License-Identifier: MIT */
/*
 * mailed: what was sent when, to whom, and what it told.
 */
#ifndef NUDGE_BOOK_MAILED_H
#define NUDGE_BOOK_MAILED_H

#include "book/store.h"

struct mailed {
	int64_t changed_at; /* when the state became what it is */
	const char *digest, *recipient, *state, *subject;
	const char *handles; /* of the items it told: "b1 f3", "" for none */
	bool twice;          /* sent, and perhaps before: the server's first answer was lost */
	int64_t next_try;    /* 0: there is none */
};

/* Calls `each` for the latest deliveries, the newest first; what it returns below 0 ends that. */
int mailed_each(struct store *store, int limit, int (*each)(void *userdata, const struct mailed *),
	void *userdata, struct err *reterr);

/* What has not arrived, or perhaps not: a delivery that was refused, of a digest that reached nobody since; one
 * that is in doubt, other than of this moment; one that has failed for an hour. The latest of a recipient and
 * state alone, those first that nothing is done about. */
struct mailed_missing {
	const char *recipient, *error; /* "" where it is not known */
	bool refused, held,
		in_doubt;      /* none: it waits; held is in doubt, and not sent again by itself */
	int64_t awaited_since; /* in doubt for a dot that the server has not answered yet; else 0 */
	const char *digest;
};
int mailed_each_missing(struct store *store, int64_t now,
	int (*each)(void *userdata, const struct mailed_missing *), void *userdata,
	struct err *reterr);

/* The digests of which a mail was refused for good, and none has arrived since, by their names. Not those that are
 * paused in the database; `hosted` tells one that lives there from one of nudged.conf, which may be there no more. */
int mailed_each_refused(struct store *store,
	void (*each)(void *userdata, const char *digest, bool hosted), void *userdata,
	struct err *reterr);

#endif
