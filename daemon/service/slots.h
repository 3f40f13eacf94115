/* SPDX-License-Identifier: MIT */
/*
 * slots: those of all digests of a configuration.
 */
#ifndef NUDGE_SERVICE_SLOTS_H
#define NUDGE_SERVICE_SLOTS_H

#include "book/store.h"
#include "conf/conf.h"

/* Takes each one that is due at `now`; the journal hears what came of it. */
int slots_take(struct store *store, const struct conf *conf, int64_t now, struct err *reterr);
/* When the first is due, INT64_MAX where none ever is. */
int slots_next(struct store *store, const struct conf *conf, int64_t now, int64_t *ret,
	struct err *reterr);

#endif
