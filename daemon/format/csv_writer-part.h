/* SPDX-License-Identifier: MIT */
/*
 * csv_writer-part: what the files of csv_writer share. Private to them.
 */
#ifndef NUDGE_FORMAT_CSV_WRITER_PART_H
#define NUDGE_FORMAT_CSV_WRITER_PART_H

#include "format/contentline.h"
#include "format/csv_writer.h"

/* What a line is made of: cells are added one by one. */
struct csv_row {
	struct str *out;
	bool begun;
};

/* NULL: an empty cell. */
void csv_add(struct csv_row *row, const char *text);

/* Which preserved lines stand in columns of their own. */
struct csv_told {
	bool name, nickname, department, address;
	struct slice labelled; /* the group whose label the address bears; absent: none */
};

/* Columns for what no field holds: those of the tables it came from, and one for all other lines. */
void csv_kept_grow(
	struct csv_shape *shape, const struct record *record, const struct csv_told *told);
void csv_kept_begin(struct csv_row *row, const struct csv_shape *shape);
void csv_kept_add(struct csv_row *row, const struct csv_shape *shape, const struct record *record,
	const struct csv_told *told);

#endif
