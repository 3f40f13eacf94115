/* SPDX-License-Identifier: MIT */
/*
 * export: a book given back, as a file that other programs read, or whole.
 *
 * The order is that of the contacts' numbers, and the same book gives the same bytes. Everything but JSON
 * leaves out what the format has no place for; JSON is everything, and exchange/restore.h reads it.
 */
#ifndef NUDGE_EXCHANGE_EXPORT_H
#define NUDGE_EXCHANGE_EXPORT_H

#include "agenda/occasion.h"
#include "book/store.h"

enum export_format {
	EXPORT_VCARD, /* 4.0 */
	EXPORT_VCARD3,
	EXPORT_CSV,
	EXPORT_ICS,
	EXPORT_JSON,
	EXPORT_FORMAT_COUNT,
};

/* "vcard"; and the reverse: EXPORT_FORMAT_COUNT for no such word. */
const char *export_format_name(enum export_format format);
enum export_format export_format_of(const char *name);
/* By a file's ending (.vcf, .csv, .ics, .json); EXPORT_FORMAT_COUNT where it has none of them. */
enum export_format export_format_of_path(const char *path);

struct export_options {
	enum export_format format;
	const char *path; /* NULL: standard output. A file that exists is replaced */
	enum occasion_leap leap_day;
	const char *command; /* by which the book is reached, for a calendar; NULL: "nudge" */
};

/* Texts of a calendar are in the language that is in use. *ret_n: contacts, of a calendar events. 0, or a
 * negative error; -EEXIST: the path is the database's. The file is whole then, or as it was before. */
int export_book(struct store *store, int64_t book, const struct export_options *options,
	int64_t *ret_n, struct err *reterr);

#endif
