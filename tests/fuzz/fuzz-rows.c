/* SPDX-License-Identifier: MIT */
/*
 * fuzz-rows: people out of cards or tables of any bytes, written as a table of ours and read again: nobody is
 * lost, no cell is a formula, and the table comes out the same ever after.
 */
#include "fuzz.h"

#include "core/utf8.h"
#include "format/csv.h"
#include "format/csv_writer.h"
#include "format/table.h"
#include "format/vcard.h"

#include <string.h>

struct fuzz_rows {
	struct csv_shape *shape; /* NULL: `out` is written */
	const struct csv_shape *grown;
	struct str *out;
	bool ours;
	size_t people;
};

/* By a UID a table is ours. */
static int fuzz_record(void *userdata, const struct record *record)
{
	struct fuzz_rows *rows = userdata;
	struct record named = *record;

	if (record->passing)
		return 0;
	named.uid = record->uid ? record->uid : "u";
	rows->people++;
	if (rows->shape)
		csv_shape_grow(rows->shape, &named);
	else
		csv_writer_add(rows->out, rows->grown, &named);
	return 0;
}

static int fuzz_reject(void *userdata, uint64_t line, const char *reason)
{
	const struct fuzz_rows *rows = userdata;

	(void)line;
	(void)reason;
	FUZZ_ASSERT(!rows->ours);
	return 0;
}

static void fuzz_read(struct fuzz_rows *rows, const void *bytes, size_t n)
{
	const struct record_handler handler = { fuzz_record, fuzz_reject, rows, NULL };

	if (!rows->ours && n && (*(const char *)bytes | 0x20) == 'b') {
		_cleanup_(vcard_reader_freep) struct vcard_reader *reader = NULL;

		FUZZ_ASSERT(vcard_reader_new(&reader, &handler, NULL) == 0);
		FUZZ_ASSERT(vcard_reader_push(reader, bytes, n) == 0);
		FUZZ_ASSERT(vcard_reader_end(reader) == 0);
	} else {
		_cleanup_(table_reader_freep) struct table_reader *reader = NULL;

		FUZZ_ASSERT(table_reader_new(&reader, &handler, NULL, NULL) == 0);
		FUZZ_ASSERT(table_reader_push(reader, bytes, n) == 0);
		FUZZ_ASSERT(table_reader_end(reader) == 0);
	}
}

/* Returns how many people there are. */
static size_t fuzz_rewrite(const void *bytes, size_t n, bool ours, struct str *out)
{
	_cleanup_(csv_shape_done) struct csv_shape shape = { 0 };
	struct fuzz_rows measured = { .shape = &shape, .ours = ours };
	struct fuzz_rows written = { .grown = &shape, .out = out, .ours = ours };

	fuzz_read(&measured, bytes, n);
	csv_writer_begin(out, &shape);
	fuzz_read(&written, bytes, n);
	FUZZ_ASSERT(!out->failed && utf8_valid(str_text(out), out->len));
	return written.people;
}

static int fuzz_row(void *userdata, const struct csv_row *row)
{
	(void)userdata;
	for (size_t i = 0; i < row->n; i++)
		FUZZ_ASSERT(!row->fields[i].n || !memchr("=+-@\t\r", *row->fields[i].at, 6));
	return 0;
}

static void fuzz_check_cells(const struct str *out)
{
	const struct csv_handler handler = { fuzz_row, fuzz_reject,
		&(struct fuzz_rows){ .ours = true } };
	_cleanup_(csv_reader_freep) struct csv_reader *reader = NULL;

	FUZZ_ASSERT(csv_reader_new(&reader, ',', &handler, NULL) == 0);
	FUZZ_ASSERT(csv_reader_push(reader, str_text(out), out->len) == 0);
	FUZZ_ASSERT(csv_reader_end(reader) == 0);
}

/* A few of what was another program's may need a second writing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_str_ struct str before = STR_INIT;
	size_t n = fuzz_rewrite(data, size, false, &before);
	bool stands = n == 0;

	fuzz_check_cells(&before);
	for (int i = 0; i < 4 && !stands; i++) {
		struct str after = STR_INIT;

		/* The decoder takes the mark of a file's beginning. */
		FUZZ_ASSERT(fuzz_rewrite(str_text(&before) + 3, before.len - 3, true, &after) == n);
		stands = after.len == before.len &&
			memcmp(str_text(&after), str_text(&before), after.len) == 0;
		str_done(&before);
		before = after;
	}
	FUZZ_ASSERT(stands);
	return 0;
}
