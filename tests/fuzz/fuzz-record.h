/* SPDX-License-Identifier: MIT */
/*
 * fuzz-record: what every reader of an address book's format must keep: record.h's promises, and the
 * same findings however the bytes were cut into pieces.
 */
#ifndef NUDGE_TESTS_FUZZ_RECORD_H
#define NUDGE_TESTS_FUZZ_RECORD_H

#include "fuzz.h"

#include "core/str.h"
#include "core/utf8.h"
#include "format/reader.h"

#include <string.h>

#define FUZZ_VALUES_MAX 1000

struct fuzz_seen {
	uint64_t hash;
	uint64_t events;
};

static inline void fuzz_hash(struct fuzz_seen *seen, const char *text)
{
	for (; text && *text; text++)
		seen->hash = (seen->hash ^ (unsigned char)*text) * 0x100000001b3U;
	seen->hash = (seen->hash ^ (text != NULL)) * 0x100000001b3U;
}

/* Valid, without control characters, not empty; line feeds in a note alone. */
static inline void fuzz_text(struct fuzz_seen *seen, const char *text, bool lines)
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

static inline int fuzz_record(void *userdata, const struct record *r)
{
	struct fuzz_seen *seen = userdata;
	const char *const texts[] = { r->uid, r->name, r->org, r->title, r->city };

	FUZZ_ASSERT(r->name && r->line > 0 && r->n_values <= FUZZ_VALUES_MAX);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		fuzz_text(seen, texts[i], false);
	fuzz_text(seen, r->note, true);
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		fuzz_text(seen, r->own[i], false);
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

static inline int fuzz_reject(void *userdata, uint64_t line, const char *reason)
{
	struct fuzz_seen *seen = userdata;

	FUZZ_ASSERT(line > 0 && *reason);
	fuzz_hash(seen, reason);
	seen->events += line << 32;
	return 0;
}

/* The entry of a target: the bytes whole, and in small pieces. */
#define FUZZ_READER(kind)                                                                          \
	static struct fuzz_seen fuzz_read(const uint8_t *data, size_t size, size_t piece)          \
	{                                                                                          \
		struct fuzz_seen seen = { 0 };                                                     \
		const struct record_handler handler = {                                            \
			.record = fuzz_record, .reject = fuzz_reject, .userdata = &seen            \
		};                                                                                 \
		_cleanup_(kind##_reader_freep) struct kind##_reader *reader = NULL;                \
                                                                                                   \
		FUZZ_ASSERT(kind##_reader_new(&reader, &handler, NULL) == 0);                      \
		for (size_t at = 0; at < size; at += piece)                                        \
			FUZZ_ASSERT(kind##_reader_push(reader, data + at,                          \
					    at + piece < size ? piece : size - at) == 0);          \
		FUZZ_ASSERT(kind##_reader_end(reader) == 0);                                       \
		return seen;                                                                       \
	}                                                                                          \
                                                                                                   \
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                               \
	{                                                                                          \
		struct fuzz_seen whole = fuzz_read(data, size, size + 1),                          \
				 pieces = fuzz_read(data, size, 7);                                \
                                                                                                   \
		FUZZ_ASSERT(whole.hash == pieces.hash && whole.events == pieces.events);           \
		return 0;                                                                          \
	}                                                                                          \
	struct mem_semicolon

#endif
