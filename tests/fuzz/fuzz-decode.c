/* SPDX-License-Identifier: MIT */
/*
 * fuzz-decode: bytes of any encoding; what comes out has no NUL, is UTF-8 where it came from UTF-16, and
 * does not depend on how the bytes were cut into pieces.
 */
#include "fuzz.h"

#include "core/utf8.h"
#include "format/decode.h"

#include <string.h>

static void fuzz_decode(
	const uint8_t *data, size_t size, size_t piece, struct str *out, const char **ret_name)
{
	const char *bytes = (const char *)data;
	struct decode d;
	struct slice text;

	decode_init(&d, decode_find(bytes, size));
	for (size_t at = 0; at < size; at += piece) {
		FUZZ_ASSERT(decode_push(&d, bytes + at, at + piece < size ? piece : size - at,
				    &text) == 0);
		str_add_bytes(out, text.at, text.n);
	}
	FUZZ_ASSERT(decode_end(&d, &text) == 0);
	str_add_bytes(out, text.at, text.n);
	*ret_name = decode_name(&d);
	if (d.encoding != DECODE_BYTES || !d.foreign)
		FUZZ_ASSERT(utf8_valid(str_text(out), out->len));
	decode_done(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_str_ struct str whole = STR_INIT, pieces = STR_INIT;
	const char *name, *other;

	fuzz_decode(data, size, size + 1, &whole, &name);
	fuzz_decode(data, size, 3, &pieces, &other);
	FUZZ_ASSERT(whole.len == pieces.len && strlen(str_text(&whole)) == whole.len);
	FUZZ_ASSERT(memcmp(str_text(&whole), str_text(&pieces), whole.len) == 0);
	FUZZ_ASSERT(strcmp(name, other) == 0);
	return 0;
}
