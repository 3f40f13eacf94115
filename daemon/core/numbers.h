/* SPDX-License-Identifier: MIT */
/*
 * numbers: a set of numbers, a hash table of which nothing is taken out.
 */
#ifndef NUDGE_CORE_NUMBERS_H
#define NUDGE_CORE_NUMBERS_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct numbers { /* { 0 } is an empty one */
	uint64_t *slots;
	size_t size, n;
};

#define _cleanup_numbers_ _cleanup_(numbers_done)
void numbers_done(struct numbers *numbers); /* empty, and to be used again */

/* `number` is not 0. 0 or -ENOMEM. */
int numbers_add(struct numbers *numbers, uint64_t number, struct err *reterr);
bool numbers_has(const struct numbers *numbers, uint64_t number);

#endif
