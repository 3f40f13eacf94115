/* SPDX-License-Identifier: MIT */
/*
 * restore: a book out of the JSON that exchange/export.h wrote.
 */
#ifndef NUDGE_EXCHANGE_RESTORE_H
#define NUDGE_EXCHANGE_RESTORE_H

#include "book/archive.h"

/* Whether the file begins as a JSON object does: 1 or 0, or a negative error where it cannot be read. */
int restore_is_json(const char *path, struct err *reterr);

/* Fills an empty book in one transaction, from where the file is to be read (NULL: by its path); a dry run takes everything back. 0; -ENOTEMPTY: the book
 * holds something; -EBADMSG: the file is no whole book, with the line; or what reading and writing return.
 * Nothing has changed then. */
int restore_book(struct store *store, int64_t book, const char *path, const char *place,
	bool dry_run, struct archive_report *report, struct err *reterr);

#endif
