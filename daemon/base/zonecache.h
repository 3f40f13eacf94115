/* SPDX-License-Identifier: MIT */
/*
 * zonecache: time zones that many share, each read once.
 */
#ifndef NUDGE_BASE_ZONECACHE_H
#define NUDGE_BASE_ZONECACHE_H

#include "core/zone.h"

#include <stddef.h>

#define ZONECACHE_MAX 64 /* zones that are kept; of more the one that was read first goes */

struct zonecache {
	struct {
		char *name; /* as it was asked for */
		struct zone *zone;
	} kept[ZONECACHE_MAX];
	size_t n;      /* of them */
	size_t oldest; /* who goes next, once all places are taken */
	size_t reads;  /* so far: it grows where a zone is new here */
};

/* The zone of that name: it lives until ZONECACHE_MAX others were asked for, or all are let go. Errors as
 * zonefile_load() has them. */
int zonecache_get(struct zonecache *cache, const char *name, struct zone **ret, struct err *reterr);
void zonecache_empty(struct zonecache *cache); /* they are read anew then */

#endif
