/* SPDX-License-Identifier: MIT */
/*
 * breaker: a call into SQLite, or an allocation, that fails.
 *
 * For programs that are linked with --wrap of each (tests/unit/book.mk): what libraries call within
 * themselves goes on as it was. What fails is not done at all, and SQLite says "disk I/O error" until its
 * next call.
 */
#ifndef NUDGE_TESTS_BREAKER_H
#define NUDGE_TESTS_BREAKER_H

#include <stdbool.h>

enum breaker { BREAKER_SQLITE, BREAKER_MEMORY };

/* The n-th call of that kind from now on fails, and no other; 0: none. What ends a transaction, or is of use
 * but not needed, does not count: nobody could pass its error on. */
void breaker_arm(enum breaker what, unsigned n);
/* Whether one has failed since then. */
bool breaker_broke(void);

#endif
