/* SPDX-License-Identifier: MIT */
/*
 * reader: to whom a reader of any format hands what it finds.
 */
#ifndef NUDGE_FORMAT_READER_H
#define NUDGE_FORMAT_READER_H

#include "format/record.h"

/* What a reader says beside records. */
enum record_aside {
	RECORD_SKIPPED, /* an entry that is nobody's, by its reason: "closed profiles" */
	RECORD_COLUMNS, /* what the columns of a table were taken for: a sentence */
	RECORD_ADVICE, /* what the format lacks: a sentence, for those who bring it in for the first time */
	RECORD_SKILL, /* others know the owner for it; the one named most comes first */
};

/* What a reader of any format hands its findings to. A nonzero return ends the reading and is passed on. */
struct record_handler {
	/* The record is the reader's and lives until the call returns. */
	int (*record)(void *userdata, const struct record *record);
	/* What cannot be used: where it begins, and why (a sentence's end such as "has no name, no
	 * organisation and no e-mail address"); the others go on. */
	int (*reject)(void *userdata, uint64_t line, const char *reason);
	void *userdata;
	/* NULL: nobody listens. */
	int (*aside)(void *userdata, enum record_aside kind, const char *text);
};

#endif
