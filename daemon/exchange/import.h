/* SPDX-License-Identifier: MIT */
/*
 * import: an address book's file into a book, all of it or nothing.
 *
 * A record is known again by what its source calls it (UID, or a digest of its identifying fields),
 * then by an e-mail address with a compatible name, then by name and birthday; a name alone never
 * makes two people one, and two records of one file never become one contact.
 */
#ifndef NUDGE_EXCHANGE_IMPORT_H
#define NUDGE_EXCHANGE_IMPORT_H

#include "book/store.h"
#include "exchange/aside.h"

struct table_options;

struct import_options {
	const char *tag;   /* NULL: none; else every contact of the file gets it */
	const char *every; /* NULL: none; else how long one may stay silent with the added people */
	const struct table_options *table; /* how columns are to be read; NULL: found out */
	bool dry_run;                      /* everything is done and then taken back */
	int32_t today;
};

struct import_reject {
	char *file;
	uint64_t line;
	char *reason;
};

struct import_report {
	int64_t added, updated, unchanged;
	int64_t skipped; /* entries that are nobody's, or of people who were removed before */
	struct asides asides;
	struct import_reject *rejects;
	size_t n_rejects;
};
void import_report_done(struct import_report *report);
#define _cleanup_report_ _cleanup_(import_report_done)

/* Imports the files in one transaction; the report speaks for all of them.
 * 0; -EBADMSG: no usable record in one of them, nothing was imported; -ENOENT and others: a file
 * cannot be read; or what the store returns. The report is filled in every case. */
int import_files(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr);

#endif
