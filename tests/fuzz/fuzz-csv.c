/* SPDX-License-Identifier: MIT */
/*
 * fuzz-csv: a table of any bytes. Rows come in the order of their lines and within the limits, and do
 * not depend on how the bytes were cut into pieces.
 */
#include "fuzz.h"

#include "format/csv.h"

#include <string.h>

struct fuzz_seen {
	uint64_t hash, line, rows;
};

static void fuzz_hash(struct fuzz_seen *seen, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		seen->hash = (seen->hash ^ p[i]) * 0x100000001b3U;
	seen->hash = (seen->hash ^ n) * 0x100000001b3U;
}

static int fuzz_row(void *userdata, const struct csv_row *row)
{
	struct fuzz_seen *seen = userdata;
	bool blank = true;

	FUZZ_ASSERT(row->line > seen->line && row->n > 0 && row->n <= CSV_COLUMNS_MAX);
	seen->line = row->line;
	seen->rows++;
	for (size_t i = 0; i < row->n; i++) {
		FUZZ_ASSERT(row->fields[i].n <= CSV_FIELD_MAX);
		blank = blank && csv_is_blank(row->fields[i]);
		fuzz_hash(seen, row->fields[i].at, row->fields[i].n);
	}
	FUZZ_ASSERT(!blank);
	return 0;
}

static int fuzz_reject(void *userdata, uint64_t line, const char *reason)
{
	struct fuzz_seen *seen = userdata;

	FUZZ_ASSERT(line > seen->line && *reason);
	seen->line = line;
	fuzz_hash(seen, reason, strlen(reason));
	return 0;
}

static struct fuzz_seen fuzz_read(const uint8_t *data, size_t size, char separator, size_t piece)
{
	struct fuzz_seen seen = { 0 };
	const struct csv_handler handler = { fuzz_row, fuzz_reject, &seen };
	_cleanup_(csv_reader_freep) struct csv_reader *reader = NULL;

	FUZZ_ASSERT(csv_reader_new(&reader, separator, &handler, NULL) == 0);
	for (size_t at = 0; at < size; at += piece)
		FUZZ_ASSERT(csv_reader_push(
				    reader, data + at, at + piece < size ? piece : size - at) == 0);
	FUZZ_ASSERT(csv_reader_end(reader) == 0);
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char separator = csv_find_separator((const char *)data, size);
	struct fuzz_seen whole = fuzz_read(data, size, separator, size + 1),
			 pieces = fuzz_read(data, size, separator, 7),
			 bytes = fuzz_read(data, size, separator, 1);

	FUZZ_ASSERT(separator && strchr(",;\t|", separator));
	FUZZ_ASSERT(whole.hash == pieces.hash && whole.rows == pieces.rows);
	FUZZ_ASSERT(whole.hash == bytes.hash && whole.line == bytes.line);
	return 0;
}
