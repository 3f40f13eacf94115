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
#include "exchange/source.h"

struct import_options {
	const char *tag;   /* NULL: none; else every contact of the file gets it */
	const char *every; /* NULL: none; else how long one may stay silent with the added people */
	bool dry_run;      /* everything is done and then taken back */
	/* A file without a usable record is no error where another has one: files of a folder. */
	bool lenient;
	int32_t today;
	const char *format; /* of all files; NULL: found out */
	const struct table_options *table;
	/* Told now and then how many bytes of the file with that number have been read. */
	void (*progress)(void *userdata, size_t file, uint64_t bytes);
	void *userdata;
};

/* So many rejects are listed; others are counted. */
#define IMPORT_REJECTS_MAX 100000

struct import_reject {
	char *file;
	uint64_t line;
	char *reason;
};

struct import_source {
	char *file;
	struct source_found found;
};

struct import_report {
	int64_t added, updated, unchanged;
	int64_t skipped; /* entries that are nobody's, or of people who were removed before */
	int64_t erased;  /* those of the removed among them */
	/* Of those added, who is no contact: requests to somebody new that wait for an answer, and that were
	 * left without one. */
	int64_t requests, past_requests;
	int64_t unread; /* people of whom a day could not be read */
	int64_t first; /* the lowest number of those added; 0: none were */
	struct asides asides;
	struct import_reject *rejects;
	size_t n_rejects;
	int64_t unlisted; /* rejects beyond those */
	int64_t doubles; /* of a dry run: those who would be in the book twice; -1: not looked for */
	struct import_source *sources;
	size_t n_sources; /* files that were read, to the end or to an error */
};
void import_report_done(struct import_report *report);
#define _cleanup_report_ _cleanup_(import_report_done)

/* Imports the files in one transaction; the report speaks for all of them.
 * 0; -EBADMSG: no usable record in one of them, or none but such as are nobody's in all: nothing was
 * imported; -ENOENT and others: a file
 * cannot be read; or what the store returns. The report is filled in every case. */
int import_files(struct store *store, int64_t book, char *const *paths, size_t n,
	const struct import_options *options, struct import_report *report, struct err *reterr);

#endif
