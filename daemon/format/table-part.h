/* SPDX-License-Identifier: MIT */
/*
 * table-part: what the files of table share. Private to them.
 *
 * Functions that return int give 0 or -ENOMEM.
 */
#ifndef NUDGE_FORMAT_TABLE_PART_H
#define NUDGE_FORMAT_TABLE_PART_H

#include "format/csv.h"
#include "format/table.h"

enum table_role {
	TABLE_EXTRA, /* has no field: kept as it is */
	TABLE_DROP,  /* a photograph, what a program says of itself */
	TABLE_WHOLE, /* the name as it is spoken; or TABLE_REVERSED */
	TABLE_CLIENT, /* the same, but beside another name what they work for; settled with the header */
	TABLE_PART, /* of the name */
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
	TABLE_OWN, /* of our own tables: `part`: enum record_own, or RECORD_OWN_COUNT of the UID */
	TABLE_OWN_VALUE, /* `part`: enum record_kind */
	TABLE_OWN_LINES, /* preserved lines that have no columns */
	TABLE_ROLE_COUNT,
};

/* The parts of TABLE_PART, as N has them (RFC 6350 section 6.2.2). */
enum { TABLE_FAMILY, TABLE_GIVEN, TABLE_MIDDLE, TABLE_PREFIX, TABLE_SUFFIX, TABLE_PART_COUNT };
/* The part of a TABLE_WHOLE whose header says that it is "Schmidt, Anna". */
#define TABLE_REVERSED 1
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
	bool kept;     /* by its name alone it has no field: its cells are kept with that */
	bool labelled; /* `label_at` is a column */
	bool client;   /* by its name somebody, or whom they work for */
	bool mapped;   /* the person said what it is */
	bool addressed, unaddressed; /* cells below it that are e-mail addresses, and others */
	unsigned number;             /* 2 of "E-mail 2 - Value" and "Business Phone 2", else 0 */
	const char *label;           /* "work", as vCard's types have it; NULL: none */
	size_t label_at;
};

struct table_columns {
	struct table_column *all;
	size_t n;
	bool guessed; /* not every one of a known program */
	bool own;     /* we wrote it: what stands in a cell is what it was */
};
void table_columns_done(struct table_columns *columns);

/* The columns of a header's row; which program's they are in *ret_format, TABLE_NONE where it names
 * nobody. `wanted`: the one that the person says they are, where they may be; TABLE_NONE: nothing is said. */
int table_columns_read(struct table_columns *ret, const struct csv_row *header,
	enum table_format wanted, enum table_format *ret_format);
/* What the cells below the header say otherwise: what has e-mail addresses alone names nobody. */
void table_columns_learn(struct table_columns *columns);
/* Adds the names of columns by which that program's table is known, and that are missing. */
void table_columns_lack(
	const struct table_columns *columns, enum table_format format, struct str *out);
/* Thunderbird's, of a file without a header. */
int table_columns_thunderbird(struct table_columns *ret);
/* Whether a column of that name has a field, whatever stands beside it; true where memory runs out. */
bool table_has_field(const char *header);
/* Whether a row may be one of those. */
bool table_is_thunderbird(const struct csv_row *row);
/* Whether it has as many columns. */
bool table_is_thunderbird_wide(const struct csv_row *row);

/* A field as clean UTF-8 without blanks around it; NULL where memory ran out. */
const char *table_clean(struct str *out, struct slice field, bool lines);
/* The same without a quote that keeps spreadsheets from taking a text for a formula. */
const char *table_read_cell(struct str *out, struct slice field, bool lines);
/* Letters of a header, folded, without all else: "E-Mail 2: Adresse" is "emailadresse", 2. */
void table_key(const char *header, struct str *out, unsigned *ret_number);

#endif
