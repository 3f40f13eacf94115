/* SPDX-License-Identifier: MIT */
/*
 * csv_writer: records as a table (RFC 4180) with the column names of Google's contacts.
 *
 * UTF-8 with a byte order mark, without which Excel takes it for the code page of its country. Several
 * values have several columns; what is over CSV_EACH_MAX of them stands in the last one, joined by
 * " ::: " as Google does it. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe, and with a blank where it is a number (a telephone's, a day without a year): readers of
 * address books trim blanks.
 *
 * Of preserved lines the nickname, a department and the address have columns, where there is one of each. What a table
 * had in a column without a field (table-keep.h) stands below that column's name again; all other lines stand in one cell,
 * as vCard has them, each on a line of its own.
 *
 * The label of what is preferred begins with a star, as Google writes it.
 *
 * Columns of our own come last, by which table reads again what Google's do not tell: who it is, and what no
 * other address book has. Others leave columns alone that they do not know.
 */
#ifndef NUDGE_FORMAT_CSV_WRITER_H
#define NUDGE_FORMAT_CSV_WRITER_H

#include "core/str.h"
#include "format/record.h"

#define CSV_EACH_MAX   8
#define CSV_EVENTS_MAX 100 /* days of one person; further ones are left out */
#define CSV_OWN_VALUES 2
#define CSV_KEPT_MAX   400 /* columns of other tables; the cells of further ones are kept as lines */

/* How many columns each kind has; zero-initialised. */
struct csv_shape {
	size_t emails, phones, links, events;
	bool nickname, department, address;
	char **kept; /* names of other tables' columns, in the order of their bytes */
	size_t n_kept, lines;
	bool values[CSV_OWN_VALUES], texts[RECORD_OWN_COUNT], uid; /* columns of our own */
	bool failed; /* memory ran out; csv_writer_begin() hands it on */
};
void csv_shape_done(struct csv_shape *shape);

/* Makes room for what the record has. */
void csv_shape_grow(struct csv_shape *shape, const struct record *record);

void csv_writer_begin(struct str *out, const struct csv_shape *shape);
void csv_writer_add(struct str *out, const struct csv_shape *shape, const struct record *record);

#endif
