/* SPDX-License-Identifier: MIT */
/*
 * csv: a streaming reader of tables in delimited text (RFC 4180 and what passes for it).
 *
 * Rows end with LF, CR LF or CR. A field in quotes may hold separators, line breaks and doubled
 * quotes; a quote that stands elsewhere is a quote. A quote that is never closed costs its own line:
 * the row is rejected, and reading goes on with the line behind it.
 *
 * Pure: bytes are pushed in pieces of any size, rows come out by callback. The memory does not grow
 * with the file.
 */
#ifndef NUDGE_FORMAT_CSV_H
#define NUDGE_FORMAT_CSV_H

#include "format/contentline.h"

/* Bytes of a field as it is written (in quotes, beyond one line: the quote is never closed), bytes
 * of a row, and its fields: a row with more is rejected. */
#define CSV_FIELD_MAX   (128 * 1024)
#define CSV_ROW_MAX     (1024 * 1024)
#define CSV_COLUMNS_MAX 1000

/* So much of a file's beginning tells its separator. */
#define CSV_SAMPLE (16 * 1024)

struct csv_row {
	uint64_t line;              /* of the file, from 1: where it began */
	const struct slice *fields; /* without quotes, otherwise any bytes */
	size_t n;
};

struct csv_handler {
	/* A row of which at least one field is more than blanks; it lives until the call returns. A
	 * nonzero return ends the reading and is passed on. */
	int (*row)(void *userdata, const struct csv_row *row);
	/* A row that cannot be read: where it began and why, as in struct record_handler; the text lives on. */
	int (*reject)(void *userdata, uint64_t line, const char *reason);
	void *userdata;
};

/* The separator of a file that begins so: comma, semicolon, tab or bar, by which the first rows fall into
 * equal parts; the one of a line "sep=;". A comma where nothing speaks for another. */
char csv_find_separator(const char *bytes, size_t n);

/* Whether nothing but white space stands in it. */
bool csv_is_blank(struct slice field);

struct csv_reader;

int csv_reader_new(struct csv_reader **ret, char separator, const struct csv_handler *handler,
	struct err *reterr);
/* Before anything is pushed: the line that comes first, where others of the file were passed over. */
void csv_reader_start(struct csv_reader *reader, uint64_t line);
void csv_reader_free(struct csv_reader *reader); /* NULL-safe */
DEFINE_CLEANUP(struct csv_reader *, csv_reader_free);

/* Both: 0, -ENOMEM, or what a handler returned. */
int csv_reader_push(struct csv_reader *reader, const void *bytes, size_t n);
int csv_reader_end(struct csv_reader *reader);

#endif
