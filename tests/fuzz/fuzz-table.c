/* SPDX-License-Identifier: MIT */
/*
 * fuzz-table: an address book of any bytes as a table; what comes out keeps record.h's promises, and does
 * not depend on how the bytes were cut into pieces.
 */
#include "fuzz-record.h"

#include "format/table.h"

static int fuzz_any_record(void *userdata, const struct record *r)
{
	struct fuzz_seen *seen = userdata;

	for (size_t i = 0; i < r->n_events; i++) {
		FUZZ_ASSERT(r->events[i].day >= DAY_MIN && r->events[i].day <= DAY_MAX);
		seen->hash = (seen->hash ^ (uint32_t)r->events[i].day) * 0x100000001b3U;
	}
	return fuzz_record(userdata, r);
}

static int fuzz_aside(void *userdata, enum record_aside kind, const char *text)
{
	FUZZ_ASSERT(kind <= RECORD_SKILL);
	fuzz_text(userdata, text, false);
	return 0;
}

/* Behind a "#" the columns are named as a user would, behind a "%" the program. */
static struct fuzz_seen fuzz_read(const uint8_t *data, size_t size, size_t piece)
{
	static const char *const maps[] = { "name=1 + 2", "birthday=3", "email=E-Mail" };
	struct fuzz_seen seen = { 0 };
	const bool mapped = size && *data == '#', named = size && *data == '%';
	const struct table_options options = { .maps = maps,
		.n_maps = mapped ? 2 + size % 2 : 0,
		.format = named ? TABLE_CSV + size % TABLE_LINKEDIN : TABLE_NONE };
	const struct record_handler handler = { .record = fuzz_any_record,
		.reject = fuzz_reject,
		.userdata = &seen,
		.aside = fuzz_aside };
	_cleanup_(table_reader_freep) struct table_reader *reader = NULL;

	FUZZ_ASSERT(table_reader_new(&reader, &handler, &options, NULL) == 0);
	for (size_t at = mapped || named; at < size; at += piece)
		FUZZ_ASSERT(table_reader_push(
				    reader, data + at, at + piece < size ? piece : size - at) == 0);
	FUZZ_ASSERT(table_reader_end(reader) == 0);
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_seen whole = fuzz_read(data, size, size + 1), pieces = fuzz_read(data, size, 7);

	(void)table_recognise((const char *)data, size, NULL);
	FUZZ_ASSERT(whole.hash == pieces.hash && whole.events == pieces.events);
	return 0;
}
