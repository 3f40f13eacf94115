/* SPDX-License-Identifier: MIT */
/*
 * fuzz-card: cards of any bytes, written as our own and read again: they are whole, have short lines, and
 * come out the same ever after.
 */
#include "fuzz.h"

#include "core/utf8.h"
#include "format/vcard.h"
#include "format/vcard_writer.h"

#include <string.h>

struct fuzz_rewriting {
	struct str *out;
	enum vcard_version version;
	size_t cards;
};

static int fuzz_record(void *userdata, const struct record *record)
{
	struct fuzz_rewriting *w = userdata;

	vcard_writer_add(w->out, record, w->version);
	w->cards++;
	return 0;
}

static int fuzz_reject(void *userdata, uint64_t line, const char *reason)
{
	(void)userdata;
	(void)line;
	(void)reason;
	return 0;
}

static int fuzz_no_reject(void *userdata, uint64_t line, const char *reason)
{
	(void)userdata;
	(void)line;
	(void)reason;
	FUZZ_ASSERT(false);
	return 0;
}

static size_t fuzz_rewrite(
	const void *bytes, size_t n, enum vcard_version version, bool ours, struct str *out)
{
	struct fuzz_rewriting w = { out, version, 0 };
	const struct record_handler handler = { fuzz_record, ours ? fuzz_no_reject : fuzz_reject,
		&w, NULL };
	_cleanup_(vcard_reader_freep) struct vcard_reader *reader = NULL;

	FUZZ_ASSERT(vcard_reader_new(&reader, &handler, NULL) == 0);
	FUZZ_ASSERT(vcard_reader_push(reader, bytes, n) == 0);
	FUZZ_ASSERT(vcard_reader_end(reader) == 0);
	return w.cards;
}

static void fuzz_check_lines(const struct str *out)
{
	const char *p = str_text(out), *end;

	for (; *p; p = end + 2) {
		end = strstr(p, "\r\n");
		FUZZ_ASSERT(end && end - p <= 75 && utf8_valid(p, (size_t)(end - p)));
	}
	FUZZ_ASSERT(p == str_text(out) + out->len);
}

/* The first writing makes things valid; what is left of control characters may take another. */
static void fuzz_round(const uint8_t *data, size_t size, enum vcard_version version)
{
	_cleanup_str_ struct str before = STR_INIT;
	size_t n = fuzz_rewrite(data, size, version, false, &before);
	bool stands = false;

	fuzz_check_lines(&before);
	for (int i = 0; i < 4 && !stands; i++) {
		struct str after = STR_INIT;

		FUZZ_ASSERT(
			fuzz_rewrite(str_text(&before), before.len, version, true, &after) == n);
		stands = after.len == before.len &&
			memcmp(str_text(&after), str_text(&before), after.len) == 0;
		str_done(&before);
		before = after;
	}
	FUZZ_ASSERT(stands);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_round(data, size, VCARD_3);
	fuzz_round(data, size, VCARD_4);
	return 0;
}
