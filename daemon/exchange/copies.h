/* SPDX-License-Identifier: MIT */
/*
 * copies: a number for a text, such as how often a file has had the same card by now.
 *
 * Memory: some 50 bytes a text that has a number.
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

/* The number that was set for the key, else 1. */
int64_t copies_get(const struct copies *copies, const char *key);
int copies_set(struct copies *copies, const char *key, int64_t number,
	struct err *reterr); /* 0, -ENOMEM */

#endif
