/* SPDX-License-Identifier: MIT */
/*
 * tenure: the database with all that makes a service its only one: taken together, or not at all.
 */
#ifndef NUDGE_SERVICE_TENURE_H
#define NUDGE_SERVICE_TENURE_H

#include "book/store.h"

struct tenure {
	struct store *store; /* NULL: it was not taken */
	int lock; /* the service's; of one that waits for the disk it is a lesser one, which others see */
	int watch; /* on the folder */
};
#define TENURE_INIT ((struct tenure){ .lock = -1, .watch = -1 })

/* Opens the database, made where there is none, takes its lock and watches its folder. -EBUSY: another service has
 * it; others of store_open(). */
int tenure_take(struct tenure *tenure, const char *database, struct err *reterr);
/* Whether the disk is to blame, full or read-only, and it may work later: a service waits for that. */
bool tenure_is_worth_waiting(int code);
void tenure_done(struct tenure *tenure);

#endif
