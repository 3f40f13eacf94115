/* SPDX-License-Identifier: MIT */
/*
 * stage: a copy of the database that is worked on at leisure and then takes its place, whole or not at all.
 *
 * The copy has no name and is gone with the process. Others read and write the database meanwhile; they
 * are kept out only while its pages are written over, by one transaction of SQLite: a second for 200 to
 * 400 MB on a common disk. What another process commits in between is never lost: the copy is stale then.
 */
#ifndef NUDGE_BOOK_STAGE_H
#define NUDGE_BOOK_STAGE_H

#include "book/store.h"

#define STAGE_STALE 1

struct stage;

/* Copies the database; none of the store's statements or transactions may be under way. 0, STAGE_STALE where
 * others write all the time, or a negative error of the store (-ENOSPC: no room for the copy). */
int stage_new(struct stage **ret, struct store *store, struct err *reterr);
void stage_free(struct stage *stage); /* NULL-safe */
DEFINE_CLEANUP(struct stage *, stage_free);

/* The copy: lives with the stage. A transaction in it that is rolled back leaves it unusable. */
struct store *stage_store(struct stage *stage);

/* Puts the copy's content in the place of the database's. 0; STAGE_STALE: the database was changed since it
 * was copied, nothing was written; -EBUSY and others: nothing was written. */
int stage_publish(struct stage *stage, struct err *reterr);

#endif
