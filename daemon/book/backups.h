/* SPDX-License-Identifier: MIT */
/*
 * backups: copies of the database, consistent while it is in use, and the way back from one.
 *
 * The daily ones lie in the folder `backups` beside the database, named by their day, and the copies
 * from before a migration by the version they have. All are files of the owner's alone.
 */
#ifndef NUDGE_BOOK_BACKUPS_H
#define NUDGE_BOOK_BACKUPS_H

#include "book/store.h"

#define BACKUPS_KEPT 7 /* daily ones, and days that any is kept besides the latest */

/* Writes a copy, checked by quick_check, synchronised, and under its name only when it is whole.
 * -EEXIST: something stands there already; -EUCLEAN: the database is damaged; or as store.h says. */
int backups_write(struct store *store, const char *path, struct err *reterr);

/* Removes the copies beside the database that a command wrote for itself and had no time to remove: people who
 * are erased would live on in them. The command's process number is in their name, before ".copy" or ".part". */
void backups_sweep(const char *database);

/* The copy of the day `today`, and an end to older ones and to orphans: 1 where one was written, 0 where it
 * was there. */
int backups_write_daily(struct store *store, int32_t today, struct err *reterr);

/* The latest daily copy of that database, by its name, of those that know people, where any does: 1 and its
 * path, which the caller frees, or 0. That one is never pruned. */
int backups_find_latest(const char *database, char **ret, struct err *reterr);

/* Whether a database knows people, or that some were removed: who has emptied a book by hand has lost nobody. */
bool backups_knows_people(const char *path);

/* How far the service had come with a database (book/witness); 0 where that cannot be told. */
int64_t backups_count_deeds(const char *path);

/* The copy from before a migration, in place of one that had failed half-way. */
int backups_write_version(struct store *store, int version, struct err *reterr);

/* Puts what `path` holds in the place of the database at `database`, at once or not at all; nobody
 * else may have it open for long (the service's lock is the caller's to hold). Deliveries that the
 * copy does not know as settled become in doubt, and slots up to `now` are not taken again. What was
 * there before is kept as *ret_kept (NULL: nothing was), damaged or not. The caller frees. */
int backups_restore(
	const char *database, const char *path, int64_t now, char **ret_kept, struct err *reterr);

#endif
