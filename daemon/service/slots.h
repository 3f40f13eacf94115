/* SPDX-License-Identifier: MIT */
/*
 * slots: those of all digests, of a configuration and of the database.
 *
 * Of the configuration each is looked at when something has changed; of the database those alone that are
 * due, many in one transaction.
 */
#ifndef NUDGE_SERVICE_SLOTS_H
#define NUDGE_SERVICE_SLOTS_H

#include "conf/conf.h"
#include "digest/roster.h"

#include <stdbool.h>

#define SLOTS_BATCH 64 /* digests of the database in one transaction, at most */

struct slots {
	const struct conf *conf;
	struct roster roster;
	unsigned
		singly; /* so many are taken one by one: of a batch one failed, and the others are to go on */
	bool knows_next;   /* of the configuration: */
	int64_t conf_next; /* when the first is due */
	/* Those due by `failed_at` could not be written, and are tried again at `again`. 0: all could. */
	int64_t failed_at, again;
	int failed;       /* a negative errno: why the first of them; 0: none */
	struct err wrong; /* and a sentence */
};

/* Something was changed: a configuration, the database by others, a zone, the clock. */
void slots_renew(struct slots *slots, const struct conf *conf);
/* Takes those that are due at `now`, of the database one batch; the journal hears what came of it. One that
 * cannot be written, for what is wrong with it alone, is left out for an hour, or until something is changed, and
 * the database says why. */
int slots_take(struct slots *slots, int64_t now, struct err *reterr);
/* When the first is due, INT64_MAX where none ever is; `now` or earlier while more of the database are. */
int slots_next(struct slots *slots, int64_t now, int64_t *ret, struct err *reterr);

#endif
