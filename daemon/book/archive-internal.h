/* SPDX-License-Identifier: MIT */
/*
 * archive-internal: the tables of a book as an archive has them.
 *
 * An archive table is an array of objects; what hangs on its rows stands within them, in arrays of
 * their own. Both statements have ?1 for the book and ?2 for the number of the row that the rows hang
 * on; what an insertion sets follows from ?3 on, in the order of the columns.
 */
#ifndef NUDGE_BOOK_ARCHIVE_INTERNAL_H
#define NUDGE_BOOK_ARCHIVE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum archive_type {
	ARCHIVE_TEXT,     /* cleaned when it comes back */
	ARCHIVE_LINE,     /* the same, in one line */
	ARCHIVE_WORD,     /* one of `words` */
	ARCHIVE_INT,      /* 0 to ARCHIVE_INT_MAX */
	ARCHIVE_POSITIVE, /* 1 to ARCHIVE_COUNT_MAX */
	ARCHIVE_COUNT,    /* 0 to ARCHIVE_COUNT_MAX; left out where it is 0 */
	ARCHIVE_MINUTE,   /* of a day */
	ARCHIVE_BOOL,     /* left out where it is false */
	ARCHIVE_DAY,      /* a day number; "2026-11-23" */
	ARCHIVE_YEARLY,   /* two of SQL: year and month_day; "1984-03-12" or "--03-12" */
	ARCHIVE_CONTACT,  /* a contact's number: others may be given to them in another database */
	ARCHIVE_DIGEST,   /* the same of a digest */
	ARCHIVE_HASH,     /* a blob of 32 bytes; hexadecimal */
	ARCHIVE_FOLDED,   /* not in the archive, nor selected: the column before it, folded */
};

#define ARCHIVE_COUNT_MAX 36525              /* days of a hundred years */
#define ARCHIVE_INT_MAX   ((int64_t)1 << 53) /* what every reader of JSON holds exactly */

struct archive_column {
	const char *name;
	enum archive_type type;
	bool optional;     /* may be NULL: then it is left out */
	const char *words; /* separated by bars */
};

#define ARCHIVE_COLUMNS_MAX 20 /* of SQL */

struct archive_table {
	const char *name; /* in the archive */
	const char *table;
	const struct archive_table *parent; /* NULL: it stands in the archive itself */
	const char *select, *insert;
	struct archive_column columns[ARCHIVE_COLUMNS_MAX];
};

/* In the order in which they are written, parents first; ended by one without a name. What has children
 * has the number that they hang on as its first column. */
extern const struct archive_table archive_tables[];

/* Handles' counters of an archive that somebody changed are not behind the handles. */
extern const char archive_raise_counters[];

#endif
