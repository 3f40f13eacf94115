/* SPDX-License-Identifier: MIT */
/*
 * fuzz-vcard: an address book of any bytes; what comes out keeps record.h's promises, and does not
 * depend on how the bytes were cut into pieces.
 */
#include "fuzz-record.h"

#include "format/vcard.h"

static struct fuzz_seen fuzz_read(const uint8_t *data, size_t size, size_t piece)
{
	struct fuzz_seen seen = { 0 };
	const struct record_handler handler = { fuzz_record, fuzz_reject, &seen, fuzz_aside };
	_cleanup_(vcard_reader_freep) struct vcard_reader *reader = NULL;

	FUZZ_ASSERT(vcard_reader_new(&reader, &handler, NULL) == 0);
	for (size_t at = 0; at < size; at += piece)
		FUZZ_ASSERT(vcard_reader_push(
				    reader, data + at, at + piece < size ? piece : size - at) == 0);
	FUZZ_ASSERT(vcard_reader_end(reader) == 0);
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_seen whole = fuzz_read(data, size, size + 1), pieces = fuzz_read(data, size, 7);

	FUZZ_ASSERT(whole.hash == pieces.hash && whole.events == pieces.events);
	return 0;
}
