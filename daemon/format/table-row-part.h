/* SPDX-License-Identifier: MIT */
/*
 * table-row-part: one row of a table as it becomes a record. Private to table's files.
 *
 * Functions that return int give 0 or -ENOMEM, or what a handler returned.
 */
#ifndef NUDGE_FORMAT_TABLE_ROW_PART_H
#define NUDGE_FORMAT_TABLE_ROW_PART_H

#include "format/table-date.h"
#include "format/table-part.h"

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
	bool own; /* of a table that we wrote */
	/* Of every record. */
	const char *program;
	uint32_t silent;
};
void table_row_done(struct table_row *row);

/* Makes a record of a row; result of the handler. */
int table_row_read(struct table_row *row, const struct table_columns *columns,
	const struct csv_row *fields, bool linkedin);
/* All of what follows counts what it adds, and sets the reason at the limit. */
int table_row_set(struct table_row *row, const char **field, const char *text); /* to a copy */
int table_row_add_note(struct table_row *row, const char *title, const char *text);
int table_row_keep_line(struct table_row *row); /* row->line is kept as it is */
/* All fields are read: name, addresses and birthday come of their parts, or the reason is set. */
int table_finish(struct table_row *row);
/* LinkedIn calls a person by their profile, and leaves nothing of a closed one but a day. */
int table_finish_linkedin(struct table_row *row, bool *ret_closed);

/* Whether it is what Outlook writes into that column for nobody in particular. */
bool table_is_default(const char *header, const char *text);
/* Takes the next address off *rest, NUL-terminated, as people write several into a cell: "a@x.org; b@x.org",
 * "Anna <a@x.org>", "mailto:a@x.org". */
char *table_next_address(char **rest);

#endif
