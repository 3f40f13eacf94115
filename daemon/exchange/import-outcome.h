/* SPDX-License-Identifier: MIT */
/*
 * import-outcome: what an import has done, and what it could not use.
 */
#ifndef NUDGE_EXCHANGE_IMPORT_OUTCOME_H
#define NUDGE_EXCHANGE_IMPORT_OUTCOME_H

#include "exchange/aside.h"
#include "exchange/source.h"

/* So many rejects are listed; others are counted. */
#define IMPORT_REJECTS_MAX 100000

struct import_reject {
	char *file;
	uint64_t line;
	char *reason;
};

struct import_source {
	char *file, *place; /* place: where it is read, NULL: by its name */
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
	int64_t beside; /* of those updated, of whom another source says something otherwise */
	int64_t first;  /* the lowest number of those added; 0: none were */
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

/* A record of that file, by the line it begins in, cannot be used: the reason goes on from "Line 3 ". */
int import_report_reject(struct import_report *report, const char *file, uint64_t line,
	const char *reason, struct err *reterr);
/* A file is being read: `found`, which stays the caller's, what it is. */
int import_report_add_source(struct import_report *report, const char *file, const char *place,
	const struct source_found *found, struct err *reterr);

#endif
