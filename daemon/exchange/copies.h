/* SPDX-License-Identifier: MIT */
/*
 * copies: how often a file has had the same card by now, for those that it has more than once.
 *
 * Memory: 32 bytes a card that comes twice.
 */
#ifndef NUDGE_EXCHANGE_COPIES_H
#define NUDGE_EXCHANGE_COPIES_H

#include "core/err.h"

#include <stddef.h>
#include <stdint.h>

struct copies {
	struct copies_slot *slots; /* a hash table; NULL: none yet */
	size_t size, n;
};
void copies_done(struct copies *copies);

/* The number that was set for the card of that key, else 1. */
uint32_t copies_get(const struct copies *copies, const char *key);
int copies_set(struct copies *copies, const char *key, uint32_t number,
	struct err *reterr); /* 0, -ENOMEM */

#endif
