/* SPDX-License-Identifier: MIT */
/*
 * table-keep: a cell of a column that has no field, as the line by which a contact keeps it.
 *
 * "42" below "Schuhgröße" is X-SCHUHGROESSE;X-COLUMN=Schuhgröße:42: a property as vCard wants it, with the
 * column's own name in a parameter (RFC 6350 section 3.3, quoted as RFC 6868 has it), so that a table can be made
 * of it again.
 */
#ifndef NUDGE_FORMAT_TABLE_KEEP_H
#define NUDGE_FORMAT_TABLE_KEEP_H

#include "core/str.h"

#define TABLE_KEEP_COLUMN "X-COLUMN"
#define TABLE_KEEP_MAX    200 /* bytes of a column's name; of a longer one it is left out */

/* Adds the text with the escapes of RFC 6350 section 3.4. */
void table_keep_escape(struct str *line, const char *text);

/* Adds the line. Both are clean UTF-8, the text with line feeds; the column's name is NULL where it leads to a
 * field, so that no cell of it comes back as this line. */
void table_keep_add(struct str *line, const char *property, const char *column, const char *text);
/* Adds the property that is made of a column's name: "Custom 1" is X-CUSTOM-1. */
void table_keep_add_property(struct str *out, const char *column);

/* The reverse: whether a cell of a table of ours is read as the very line; then its column and text are added. */
bool table_keep_read(const char *line, struct str *column, struct str *text);

/* Of the label of a postal address: words of one's own are a group's X-ABLabel, others a TYPE; Apple's own, in every
 * language, look like _$!<School>!$_. */
enum table_keep_label { TABLE_KEEP_TYPE, TABLE_KEEP_WORDS, TABLE_KEEP_APPLES };
enum table_keep_label table_keep_label_of(const char *cell);
/* Adds the cell for an X-ABLabel of that text, or nothing where none would come back as that. */
void table_keep_add_label(struct str *cell, const char *text);

#endif
