/* SPDX-License-Identifier: MIT */
/*
 * patience: for how long another process may hold the database before that is a trouble to tell of.
 *
 * A command writes for a moment, a large import for some seconds.
 */
#ifndef NUDGE_SERVICE_PATIENCE_H
#define NUDGE_SERVICE_PATIENCE_H

#include "core/err.h"

#include <stdbool.h>
#include <stdint.h>

#define PATIENCE_SECONDS 10

struct patience {
	uint64_t since; /* microseconds by CLOCK_BOOTTIME; 0: nobody holds it */
};

/* It is held at `now`: whether that is borne still. */
bool patience_lasts(struct patience *patience, uint64_t now);
/* It was let go. */
void patience_renew(struct patience *patience);
/* Whole seconds for which it has been held. */
unsigned patience_seconds(const struct patience *patience, uint64_t now);
/* What is to be told after so many. */
void patience_blame(const char *database, unsigned seconds, struct err *ret);

#endif
