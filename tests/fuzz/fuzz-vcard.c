/* SPDX-License-Identifier: MIT */
/*
 * fuzz-vcard: an address book of any bytes; what comes out keeps record.h's promises, and does not
 * depend on how the bytes were cut into pieces.
 */
#include "fuzz.h"

#include "core/str.h"
#include "core/utf8.h"
#include "format/vcard.h"

#include <string.h>

struct fuzz_seen {
	uint64_t hash;
	uint64_t events;
};

static void fuzz_hash(struct fuzz_seen *seen, const char *text)
{
	for (; text && *text; text++)
		seen->hash = (seen->hash ^ (unsigned char)*text) * 0x100000001b3U;
	seen->hash = (seen->hash ^ (text != NULL)) * 0x100000001b3U;
}

/* Valid, without control characters, not empty; line feeds in a note alone. */
static void fuzz_text(struct fuzz_seen *seen, const char *text, bool lines)
{
	fuzz_hash(seen, text);
	if (!text)
		return;
	FUZZ_ASSERT(*text && utf8_valid(text, strlen(text)));
	for (; *text; text++)
		FUZZ_ASSERT((unsigned char)*text >= ' '
				? *text != 0x7f
				: lines && (*text == '\n' || *text == '\t'));
}

static int fuzz_record(void *userdata, const struct record *r)
{
	struct fuzz_seen *seen = userdata;
	const char *const texts[] = { r->uid, r->name, r->org, r->title, r->city };

	FUZZ_ASSERT(r->name && r->line > 0 && r->n_values <= VCARD_VALUES_MAX);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		fuzz_text(seen, texts[i], false);
	fuzz_text(seen, r->note, true);
	for (size_t i = 0; i < r->n_values; i++) {
		FUZZ_ASSERT(r->values[i].text);
		fuzz_text(seen, r->values[i].text, false);
		fuzz_text(seen, r->values[i].label, false);
	}
	for (size_t i = 0; i < r->n_occasions; i++) {
		FUZZ_ASSERT(day_is_date(&r->occasions[i].date));
		FUZZ_ASSERT(
			(r->occasions[i].kind == RECORD_NAMED) == (r->occasions[i].name != NULL));
		fuzz_text(seen, r->occasions[i].name, false);
	}
	seen->events += r->line;
	return 0;
}

static int fuzz_reject(void *userdata, uint64_t line, const char *reason)
{
	struct fuzz_seen *seen = userdata;

	FUZZ_ASSERT(line > 0 && *reason);
	fuzz_hash(seen, reason);
	seen->events += line << 32;
	return 0;
}

static struct fuzz_seen fuzz_read(const uint8_t *data, size_t size, size_t piece)
{
	struct fuzz_seen seen = { 0 };
	const struct record_handler handler = { fuzz_record, fuzz_reject, &seen, NULL };
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
