/* SPDX-License-Identifier: MIT */
/*
 * csv_writer-kept: what the book has no field for, in the columns of the tables it came from; what came otherwise, or
 * would not come back so, as lines of vCard in a cell.
 */
#include "format/csv_writer-part.h"
#include "format/table-keep.h"

#include <stdlib.h>
#include <string.h>

#define CSV_CELL_MAX                                                                               \
	(64 * 1024) /* bytes of lines that are put into one cell: readers have limits */

void csv_shape_done(struct csv_shape *shape)
{
	for (size_t i = 0; i < shape->n_kept; i++)
		free(shape->kept[i]);
	free(shape->kept);
	*shape = (struct csv_shape){ 0 };
}

/* The column's place among the others, or the one that it would have. */
static bool csv_kept_find(const struct csv_shape *shape, const char *column, size_t *ret)
{
	size_t low = 0, high = shape->n_kept;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(column, shape->kept[middle]);

		*ret = middle;
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	*ret = low;
	return false;
}

static void csv_kept_insert(struct csv_shape *shape, size_t at, const char *column)
{
	char **more = reallocarray(shape->kept, shape->n_kept + 1, sizeof(*more));
	char *copy = str_dup(column);

	if (more)
		shape->kept = more;
	if (!more || !copy) {
		free(copy);
		shape->failed = true;
		return;
	}
	memmove(more + at + 1, more + at, (shape->n_kept - at) * sizeof(*more));
	more[at] = copy;
	shape->n_kept++;
}

static bool csv_is_told(const struct csv_told *told, const char *text)
{
	const struct {
		const char *name;
		bool told;
	} rows[] = {
		{ "N", told->name },
		{ "NICKNAME", told->nickname },
		{ "ORG", told->department },
		{ "ADR", told->address },
	};
	struct contentline line;

	if (!contentline_parse(&line, text, strlen(text)))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].told && slice_is(line.name, rows[i].name))
			return true;
	return told->labelled.at && slice_is(line.name, "X-ABLABEL") &&
		slice_equal(line.group, told->labelled);
}

/* A record's preserved lines, one by one: which cell each belongs to. */
struct csv_kept {
	const struct csv_shape *shape;
	char **cells;      /* for each of shape->kept: its text, or NULL */
	struct str *lines; /* of the cells that hold the others */
	size_t n_lines;
	struct str column, text;
	bool failed;
};

static void csv_kept_done(struct csv_kept *kept)
{
	for (size_t i = 0; kept->cells && i < kept->shape->n_kept; i++)
		free(kept->cells[i]);
	for (size_t i = 0; i < kept->n_lines; i++)
		str_done(&kept->lines[i]);
	free(kept->cells);
	free(kept->lines);
	str_done(&kept->column);
	str_done(&kept->text);
}

/* The first cell of that name is the column's. */
static bool csv_kept_take_cell(struct csv_kept *kept, const char *line)
{
	size_t at;

	str_clear(&kept->column);
	str_clear(&kept->text);
	if (!table_keep_read(line, &kept->column, &kept->text) ||
		!csv_kept_find(kept->shape, str_text(&kept->column), &at) || kept->cells[at])
		return false;
	kept->cells[at] = str_dup(str_text(&kept->text));
	kept->failed |= !kept->cells[at];
	return true;
}

static void csv_kept_take_line(struct csv_kept *kept, const char *line)
{
	struct str *last = kept->n_lines ? &kept->lines[kept->n_lines - 1] : NULL;

	if (!last || last->len + strlen(line) >= CSV_CELL_MAX) {
		struct str *more = reallocarray(kept->lines, kept->n_lines + 1, sizeof(*more));

		if (!more) {
			kept->failed = true;
			return;
		}
		kept->lines = more;
		last = &more[kept->n_lines++];
		*last = STR_INIT;
	}
	str_add_separator(last, "\n");
	str_add(last, line);
}

static void csv_kept_sort(struct csv_kept *kept, const struct csv_shape *shape,
	const struct record *record, const struct csv_told *told)
{
	*kept = (struct csv_kept){ .shape = shape,
		.cells = calloc(shape->n_kept + 1, sizeof(*kept->cells)) };
	kept->failed = !kept->cells;
	for (size_t i = 0; i < record->n_values && !kept->failed; i++) {
		const char *text = record->values[i].text;

		if (record->values[i].kind == RECORD_EXTRA && !csv_kept_take_cell(kept, text) &&
			!csv_is_told(told, text))
			csv_kept_take_line(kept, text);
	}
}

void csv_kept_grow(
	struct csv_shape *shape, const struct record *record, const struct csv_told *told)
{
	_cleanup_(csv_kept_done) struct csv_kept kept = { .shape = shape };
	_cleanup_str_ struct str column = STR_INIT, text = STR_INIT;
	size_t at;

	for (size_t i = 0; i < record->n_values && shape->n_kept < CSV_KEPT_MAX; i++) {
		str_clear(&column);
		str_clear(&text);
		if (record->values[i].kind == RECORD_EXTRA &&
			table_keep_read(record->values[i].text, &column, &text) &&
			!csv_kept_find(shape, str_text(&column), &at))
			csv_kept_insert(shape, at, str_text(&column));
	}
	csv_kept_sort(&kept, shape, record, told);
	if (kept.n_lines > shape->lines)
		shape->lines = kept.n_lines;
	shape->failed |= kept.failed;
}

void csv_kept_begin(struct csv_row *row, const struct csv_shape *shape)
{
	_cleanup_str_ struct str name = STR_INIT;

	row->out->failed |= shape->failed;
	for (size_t i = 0; i < shape->n_kept; i++)
		csv_add(row, shape->kept[i]);
	for (size_t i = 0; i < shape->lines; i++) {
		str_clear(&name);
		str_add(&name, "Nudged vCard");
		if (i)
			str_addf(&name, " %zu", i + 1);
		csv_add(row, str_text(&name));
	}
	row->out->failed |= name.failed;
}

void csv_kept_add(struct csv_row *row, const struct csv_shape *shape, const struct record *record,
	const struct csv_told *told)
{
	_cleanup_(csv_kept_done) struct csv_kept kept = { .shape = shape };

	if (!shape->n_kept && !shape->lines)
		return;
	csv_kept_sort(&kept, shape, record, told);
	row->out->failed |= kept.failed;
	for (size_t i = 0; i < shape->n_kept; i++)
		csv_add(row, kept.cells ? kept.cells[i] : NULL);
	for (size_t i = 0; i < shape->lines; i++) {
		row->out->failed |= i < kept.n_lines && kept.lines[i].failed;
		csv_add(row, i < kept.n_lines ? str_text(&kept.lines[i]) : NULL);
	}
}
