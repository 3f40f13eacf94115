/* SPDX-License-Identifier: MIT */
/*
 * archive: a whole book as one JSON object, and back.
 *
 * {"nudge": 1, "identity": …, "last_contact": …, "contacts": […], …}: an array for each kind of thing kept,
 * in the order of numbers; what hangs on one thing stands within it. Nothing that is NULL, zero or empty is
 * written. The same book gives the same bytes.
 */
#ifndef NUDGE_BOOK_ARCHIVE_H
#define NUDGE_BOOK_ARCHIVE_H

#include "book/store.h"
#include "format/json_reader.h"

#define ARCHIVE_VERSION 1

/* Writes to json->out; `flush` may take what stands there, and is called often. A nonzero return of it ends
 * the writing and is passed on. Within a transaction, for one moment's book. */
int archive_write(struct store *store, int64_t book, struct json *json,
	int (*flush)(void *userdata), void *userdata, struct err *reterr);

struct archive_report {
	int64_t contacts;
	bool renumbered; /* contacts' numbers are others now: the database has had some */
	int64_t digests; /* that came along, paused */
	int64_t left;    /* digests that did not: there is one of that name */
	int64_t forgotten; /* people who were erased, and whom this database cannot tell from others */
};

/* Reads the document into a book that holds nothing yet, in the caller's transaction. 0; -ENOTEMPTY: the
 * book holds something; -EBADMSG: the document is none, of a newer version, or contradicts itself, with its line;
 * or what the reader or the store returned. */
int archive_read(struct store *store, int64_t book, struct json_reader *reader,
	struct archive_report *report, struct err *reterr);

/* Whether a column of the database's tables is in the archive. */
bool archive_knows(const char *table, const char *column);

#endif
