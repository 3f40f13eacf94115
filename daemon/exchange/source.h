/* SPDX-License-Identifier: MIT */
/*
 * source: an address book's file, in whatever format, read as records.
 *
 * What it is, its encoding and its separator are found out by its first bytes, else by its name.
 */
#ifndef NUDGE_EXCHANGE_SOURCE_H
#define NUDGE_EXCHANGE_SOURCE_H

#include "format/reader.h"
#include "format/sniff.h"

struct table_options; /* how the columns of a CSV file are to be read */

struct source_options {
	const char *format; /* a name that source_check_format() takes; NULL: found out */
	const char *place;  /* where the file is to be read; NULL: by its path */
	const struct table_options *table; /* for CSV, else unused; NULL: found out */
	/* Told now and then how many bytes of the file have been read; NULL: nobody is. */
	void (*progress)(void *userdata, uint64_t bytes);
	void *userdata;
};

/* What was found out; all texts are static. */
struct source_found {
	const char *format;   /* for people: "vCard", "Outlook CSV"; NULL: it is unknown */
	const char *encoding; /* "UTF-8", "UTF-16", "Windows-1252"; NULL: not read to the end */
	char separator;       /* of CSV, else 0 */
	uint64_t header_line; /* of CSV: the line that names the columns; 0: none */
	enum sniff_format sniffed;
	enum decode_encoding encoded;
};

/* Whether --format may name it. -EINVAL with a sentence that lists those it may. */
int source_check_format(const char *name, struct err *reterr);

/* What the file is. 0; -EBADMSG: none that can be imported, with a sentence that says what to do; -ENOENT
 * and others: it cannot be read. */
int source_look(const char *path, struct sniff *ret, struct err *reterr);

/* Reads the file piece by piece; what is found in it goes to the handler. `options` and `ret` may be
 * NULL. 0; what source_look() returns; -ENOMEM; or what a handler returned. */
int source_read(const char *path, const struct source_options *options,
	const struct record_handler *handler, struct source_found *ret, struct err *reterr);

/* Where a record ends that begins at a line, for those who copy it whole. */
enum source_extent {
	SOURCE_COMPONENT, /* at the END: of its BEGIN: */
	SOURCE_PARAGRAPH, /* at an empty line */
	SOURCE_ROW,       /* at the line's end outside quotes */
	SOURCE_WHOLE,     /* no part of the file stands by itself */
};
enum source_extent source_extent_of(enum sniff_format format);

#endif
