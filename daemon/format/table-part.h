/* SPDX-License-Identifier: MIT */
/*
 * table-part: what the files of table share. Private to them.
 *
 * Functions that return int give 0 or -ENOMEM, or what a handler returned.
 */
#ifndef NUDGE_FORMAT_TABLE_PART_H
#define NUDGE_FORMAT_TABLE_PART_H

#include "format/csv.h"
#include "format/table.h"
#include "format/value.h"

enum table_role {
	TABLE_EXTRA, /* has no field: kept as it is */
	TABLE_DROP,  /* a photograph, what a program says of itself */
	TABLE_WHOLE, /* the name as it is spoken */
	TABLE_PART,  /* of the name */
	TABLE_NICKNAME,
	TABLE_ORG,
	TABLE_DEPARTMENT,
	TABLE_TITLE,
	TABLE_NOTE,
	TABLE_EMAIL,
	TABLE_PHONE,
	TABLE_LINK,
	TABLE_TAG,
	TABLE_ADDRESS,
	TABLE_DAY,   /* `part`: enum record_occasion_kind */
	TABLE_BIRTH, /* year, month or day of birth */
	TABLE_LABEL, /* of the value in another column: `part` is that one's role */
	TABLE_CONNECTED,
	TABLE_ROLE_COUNT,
};

/* The parts of TABLE_PART, as N has them (RFC 6350 section 6.2.2). */
enum { TABLE_FAMILY, TABLE_GIVEN, TABLE_MIDDLE, TABLE_PREFIX, TABLE_SUFFIX, TABLE_PART_COUNT };
/* Those of TABLE_ADDRESS, as ADR has them (section 6.3.1). */
enum {
	TABLE_POBOX,
	TABLE_EXTENDED,
	TABLE_STREET,
	TABLE_CITY,
	TABLE_REGION,
	TABLE_CODE,
	TABLE_COUNTRY,
	TABLE_ADDRESS_COUNT,
	TABLE_FORMATTED = TABLE_ADDRESS_COUNT, /* all of them in one text */
};
enum { TABLE_BIRTH_YEAR, TABLE_BIRTH_MONTH, TABLE_BIRTH_DAY };
/* Addresses, the one first that says where somebody lives; numbered ones between. */
enum { TABLE_HOME, TABLE_PLAIN, TABLE_WORK = 9, TABLE_OTHER, TABLE_PLACES };

struct table_column {
	char *header; /* clean UTF-8 */
	enum table_role role;
	unsigned char part;  /* of the role */
	unsigned char place; /* of an address */
	bool german;
	bool labelled;     /* `label_at` is a column */
	unsigned number;   /* 2 of "E-mail 2 - Value" and "Business Phone 2", else 0 */
	const char *label; /* "work", as vCard's types have it; NULL: none */
	size_t label_at;
};

struct table_columns {
	struct table_column *all;
	size_t n;
	bool guessed; /* not every one of a known program */
};
void table_columns_done(struct table_columns *columns);

/* The columns of a header's row; which program's they are in *ret_format, TABLE_NONE where it names
 * nobody. */
int table_columns_read(
	struct table_columns *ret, const struct csv_row *header, enum table_format *ret_format);
/* Thunderbird's, of a file without a header. */
int table_columns_thunderbird(struct table_columns *ret);
/* Whether a row may be one of those. */
bool table_is_thunderbird(const struct csv_row *row);

/* --map: the columns that are named mean what was said. 1 where one of them is missing, and `missing`
 * is its name. */
int table_map_apply(
	struct table_columns *columns, const struct table_options *options, struct str *missing);
/* Whether they name columns by number alone. */
bool table_map_is_numeric(const struct table_options *options);
/* The columns of a table without a header: "column 1" and so on, with nothing known of them. */
int table_map_number(struct table_columns *columns);
/* "name from Vorname + Nachname, email from E-Mail": what the columns were taken for. */
void table_map_describe(const struct table_columns *columns, struct str *out);

/* A field as clean UTF-8 without blanks around it; NULL where memory ran out. */
const char *table_clean(struct str *out, struct slice field, bool lines);
/* Letters of a header, folded, without all else: "E-Mail 2: Adresse" is "emailadresse", 2. */
void table_key(const char *header, struct str *out, unsigned *ret_number);

/* Which of 3/12 is the month. */
enum table_order {
	TABLE_UNTOLD,
	TABLE_MONTH_FIRST,
	TABLE_DAY_FIRST,
	TABLE_CONTRARY, /* the file has days of both kinds */
};
/* What `text` says of the order: TABLE_UNTOLD where both can be. */
enum table_order table_order_of(const char *text);
void table_order_learn(enum table_order *order, const char *text);

enum table_date {
	TABLE_DATE,
	TABLE_DATE_NONE,
	TABLE_DATE_OTHER,     /* nothing that is a day */
	TABLE_DATE_AMBIGUOUS, /* two days, by the order */
};
/* 1969-12-28, 28.12.1969, 12/28/1969, 28 Dec 1969 and December 28, 1969 (English and German), the same
 * without a year; zeroes are none. Two digits of a year tell the day alone. */
enum table_date table_date_read(const char *text, enum table_order order, struct date *ret);
/* The day of "05 Oct 2020", "2023-05-01 14:22:10 UTC" and "5/12/23, 3:04 PM" (month first). */
bool table_day_read(const char *text, int32_t *ret_day);

/* The row at hand. */
struct table_row {
	struct record record;
	const struct record_handler *handler;
	const char *reason; /* why it cannot be used */
	const char *names[TABLE_PART_COUNT];
	const char *address[TABLE_PLACES][TABLE_ADDRESS_COUNT + 1];
	const char *address_label[TABLE_PLACES];
	const char *department;
	int birth[3];
	enum table_order order;
	struct str note, text, line, label;
	size_t bytes;
};
void table_row_done(struct table_row *row);

/* Makes a record of a row; result of the handler. */
int table_row_read(struct table_row *row, const struct table_columns *columns,
	const struct csv_row *fields, bool linkedin);
/* All of what follows counts what it adds, and sets the reason at the limit. */
int table_row_set(struct table_row *row, const char **field, const char *text); /* to a copy */
int table_row_add_note(struct table_row *row, const char *title, const char *text);
int table_row_keep_line(struct table_row *row); /* row->line is kept as it is */
/* With the escapes of RFC 6350 section 3.4. */
void table_row_add_escaped(struct str *line, const char *text);
/* All fields are read: name, addresses and birthday come of their parts, or the reason is set. */
int table_finish(struct table_row *row);
/* LinkedIn calls a person by their profile, and leaves nothing of a closed one but a day. */
int table_finish_linkedin(struct table_row *row, bool *ret_closed);

/* The other files of LinkedIn's export. */
enum table_linkedin {
	LINKEDIN_NONE,
	LINKEDIN_RECOMMENDATIONS,
	LINKEDIN_ENDORSEMENTS,
	LINKEDIN_INVITATIONS,
	LINKEDIN_MESSAGES,
};
/* Which one's header it is. */
enum table_linkedin linkedin_recognise(const struct csv_row *header);

struct linkedin;
int linkedin_new(struct linkedin **ret, const struct record_handler *handler,
	enum table_linkedin which, const struct csv_row *header, const char *file);
void linkedin_free(struct linkedin *linkedin); /* NULL-safe */
int linkedin_read(struct linkedin *linkedin, const struct csv_row *row);
int linkedin_end(struct linkedin *linkedin);

#endif
