/* SPDX-License-Identifier: MIT */
/*
 * daily: what the service does once a day: a checked copy of the database.
 */
#ifndef NUDGE_SERVICE_DAILY_H
#define NUDGE_SERVICE_DAILY_H

#include "book/store.h"

/* The trouble that is on record while copies fail. */
#define DAILY_TROUBLE "backup"

/* Once for each day of `now` (UTC): *done_day is the last day it was tried on. Nothing fails by it:
 * what goes wrong is a trouble, and in the journal. */
void daily_back_up(struct store *store, int64_t now, int32_t *done_day);

#endif
