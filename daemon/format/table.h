/* SPDX-License-Identifier: MIT */
/*
 * table: an address book as a table in delimited text, its columns known by their names.
 *
 * Google's CSV (the old and the new header), Outlook's (English and German), Thunderbird's (also
 * without a header), the files of LinkedIn's export, and any other CSV, whose columns are guessed or
 * named. The bytes are UTF-8 or, field by field, Windows-1252. What a column without a field of its
 * own holds is kept as a vCard's line (RECORD_EXTRA).
 *
 * Pure: bytes are pushed in pieces of any size, records come out by callback. The first 256 KiB are
 * held until separator, header and the order of day and month are found out; beyond that the memory
 * does not grow with the file.
 */
#ifndef NUDGE_FORMAT_TABLE_H
#define NUDGE_FORMAT_TABLE_H

#include "format/reader.h"

/* Bytes that are looked at first, bytes of all that is kept of one row, and how many addresses,
 * numbers and other values it may have. */
#define TABLE_LOOK       (256 * 1024)
#define TABLE_ROW_MAX    (1024 * 1024)
#define TABLE_VALUES_MAX 1000

enum table_format {
	TABLE_NONE, /* no table, or nothing in it names people */
	TABLE_CSV,  /* columns are guessed */
	TABLE_GOOGLE,
	TABLE_OUTLOOK,
	TABLE_THUNDERBIRD,
	TABLE_LINKEDIN,
};

/* "csv", "google-csv", "outlook-csv", "thunderbird-csv", "linkedin"; NULL for TABLE_NONE. */
const char *table_format_name(enum table_format format);
/* For people: "Google CSV". */
const char *table_format_title(enum table_format format);
/* The reverse of the name; TABLE_NONE for no such name. */
enum table_format table_format_of(const char *name);

/* What a file that begins so (UTF-8 or Windows-1252, without a byte order mark) is. *ret_separator: as
 * csv_find_separator() has it; NULL: not wanted. Up to TABLE_LOOK bytes are looked at. */
enum table_format table_recognise(const char *bytes, size_t n, char *ret_separator);

struct table_options {
	/* "FIELD=COLUMN": name, first-name, last-name, email, phone, link, org, title, city, note,
	 * tag, birthday, anniversary, nickname or skip; columns by name or number, several joined by
	 * "+". They live as long as the reader. */
	const char *const *maps;
	size_t n_maps;
	/* The file's name without folder, NULL: unknown. Recommendations given look like those
	 * received but for it. */
	const char *file;
	/* TABLE_NONE: found out. Another program's table is refused, one of no known program read as that
	 * one's; but of LinkedIn's the days of connecting must be there. */
	enum table_format format;
};

/* 0, or -EINVAL with a sentence: no FIELD=COLUMN, no such field, or one twice of which there is but one. */
int table_check_maps(const char *const *maps, size_t n, struct err *reterr);

/* Whether a prefix is spoken with the name: "Frau" belongs to an envelope, "Dr." to the name. */
bool table_is_spoken(const char *prefix);

struct table_reader;

/* -EINVAL as above. `options` may be NULL. */
int table_reader_new(struct table_reader **ret, const struct record_handler *handler,
	const struct table_options *options, struct err *reterr);
void table_reader_free(struct table_reader *reader); /* NULL-safe */
DEFINE_CLEANUP(struct table_reader *, table_reader_free);

/* Both: 0, -ENOMEM, or what a handler returned. */
int table_reader_push(struct table_reader *reader, const void *bytes, size_t n);
int table_reader_end(struct table_reader *reader);

/* What was found out; TABLE_NONE and 0 before TABLE_LOOK bytes or the end were pushed. The line of the
 * header is 0 too where there is none. */
enum table_format table_reader_format(const struct table_reader *reader);
char table_reader_separator(const struct table_reader *reader);
uint64_t table_reader_header_line(const struct table_reader *reader);

#endif
