/* SPDX-License-Identifier: MIT */
/*
 * table-map: what the user says of the columns, and what they are told of them. Private to table's files.
 */
#ifndef NUDGE_FORMAT_TABLE_MAP_H
#define NUDGE_FORMAT_TABLE_MAP_H

#include "format/table-part.h"

/* --map: the columns that are named mean what was said. 1 where one of them is missing, and `missing`
 * is its name. */
int table_map_apply(
	struct table_columns *columns, const struct table_options *options, struct str *missing);
/* Whether they name columns by number alone. */
bool table_map_is_numeric(const struct table_options *options);
/* The columns of a table without a header: "column 1" and so on, with nothing known of them. */
int table_map_number(struct table_columns *columns);
/* "name from Vorname + Nachname, email from E-Mail; no field for: Schuhgröße (kept with the
 * contact)": what the columns were taken for. */
void table_map_describe(const struct table_columns *columns, struct str *out);

#endif
