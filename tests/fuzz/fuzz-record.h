/* SPDX-License-Identifier: MIT */
/*
 * fuzz-record: what a reader of any bytes hands out keeps record.h's promises; a hash of it, to be
 * compared between two ways of cutting the bytes into pieces.
 */
#ifndef NUDGE_TESTS_FUZZ_RECORD_H
#define NUDGE_TESTS_FUZZ_RECORD_H

#include "fuzz.h"

#include "core/str.h"
#include "core/utf8.h"
#include "format/record.h"

#include <string.h>

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

static int fuzz_record(void *userdata, const struct record *r)
{
	struct fuzz_seen *seen = userdata;
	const char *const texts[] = { r->uid, r->name, r->org, r->title, r->city };

	FUZZ_ASSERT(r->name && r->line > 0 && r->n_values <= 1000);
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
	for (size_t i = 0; i < r->n_events; i++)
		seen->hash = (seen->hash ^ (uint32_t)r->events[i].day) * 0x100000001b3U;
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

static int fuzz_aside(void *userdata, enum record_aside kind, const char *text)
{
	struct fuzz_seen *seen = userdata;

	FUZZ_ASSERT(kind <= RECORD_SKILL);
	fuzz_text(seen, text, false);
	return 0;
}

#endif
