/* SPDX-License-Identifier: MIT */
/*
 * starter: has systemd start nudged's unit, and run it while its user is logged out.
 *
 * All of it goes by the programs systemctl and loginctl, as a person would do it.
 */
#ifndef NUDGE_CLI_STARTER_H
#define NUDGE_CLI_STARTER_H

#include "core/err.h"

#include <stdbool.h>

struct starter {
	const char *name; /* of the unit, "nudged" */
	bool system;      /* else the user's own manager has it */
};

/* Whether systemd runs here, and knows the unit. */
bool starter_is_known(const struct starter *starter);
bool starter_is_active(const struct starter *starter);
/* It has ended in a failure, or is about to be started anew after one, after which systemd may start it no more before that is forgotten (reset-failed). */
bool starter_is_failed(const struct starter *starter);

/* Enables and starts it, or, where it runs, starts it anew. -EIO with a sentence where it failed. */
int starter_enable(const struct starter *starter, struct err *reterr);

/* Whether the user's manager outlives their login; and to have it so. -EIO with a sentence. */
bool starter_lingers(void);
int starter_linger(struct err *reterr);

#endif
