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
#include "exchange/import-outcome.h"

struct import_options {
	const char *tag;   /* NULL: none; else every contact of the file gets it */
	const char *every; /* NULL: none; else how long one may stay silent with the added people */
	bool dry_run;      /* everything is done and then taken back */
	/* A file without a usable record is no error where another has one: files of a folder. */
	bool lenient;
	/* Beside the paths: where a file is to be read that is called so, NULL where the path says it. NULL: none. */
	char *const *places;
	int32_t today;
	const char *format; /* of all files; NULL: found out */
	const struct table_options *table;
	/* Told now and then how many bytes of the file with that number have been read. */
	void (*progress)(void *userdata, size_t file, uint64_t bytes);
	void *userdata;
};

/* Imports the files in one transaction; the report speaks for all of them.
 * 0; -EBADMSG: no usable record in one of them, or none but such as are nobody's in all: nothing was
 * imported; -ENOENT and others: a file cannot be read; or what the store returns. The report is filled in every case. */
int import_files(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr);

#endif
