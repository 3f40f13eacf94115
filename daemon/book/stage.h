/* SPDX-License-Identifier: MIT */
/*
 * stage: a copy of the database that is worked on at leisure and then takes its place, whole or not at all.
 *
 * The copy has no name and is gone with the process. Others read and write the database meanwhile; they
 * are kept out only while its pages are written over, by one transaction of SQLite. What the copy is longer
 * by stands in the file already then (book/ahead); what the database held before is written anew, a second for 200 to
 * 400 MB on a common disk. What another process commits in between is never lost: it is done to the copy too, or the
 * copy is stale.
 */
#ifndef NUDGE_BOOK_STAGE_H
#define NUDGE_BOOK_STAGE_H

#include "book/meanwhile.h"

#define STAGE_STALE 1

struct stage;

/* Copies the database; none of the store's statements or transactions may be under way. One that is to be
 * published has others note what they change (book/meanwhile). 0, STAGE_STALE where others write all the
 * time, or a negative error of the store (-ENOSPC: no room for the copy). */
int stage_new(struct stage **ret, struct store *store, bool published, struct err *reterr);
void stage_free(struct stage *stage); /* NULL-safe */
DEFINE_CLEANUP(struct stage *, stage_free);

/* The copy: lives with the stage. A transaction in it that is rolled back leaves it unusable. */
struct store *stage_store(struct stage *stage);

/* Puts the copy's content, and what others changed since it was copied, in the place of the database's.
 * `is_ours`: whether the copy's contact was changed in it. 0; STAGE_STALE: what others changed cannot be taken
 * over, nothing was written; -EBUSY and others: nothing was written, and it may be tried again. */
int stage_publish(
	struct stage *stage, meanwhile_is_ours *is_ours, const void *userdata, struct err *reterr);

#endif
