/* SPDX-License-Identifier: MIT */
/*
 * sights: when a clock was first seen that is not believed yet.
 */
#ifndef NUDGE_BOOK_SIGHTS_H
#define NUDGE_BOOK_SIGHTS_H

#include "agenda/trust.h"
#include "book/store.h"

/* 1 and the sight, or 0: there is none. */
int sights_load(struct store *store, struct trust_sight *ret, struct err *reterr);
/* In a transaction. */
int sights_save(struct store *store, const struct trust_sight *sight, struct err *reterr);
int sights_clear(struct store *store, struct err *reterr);

#endif
