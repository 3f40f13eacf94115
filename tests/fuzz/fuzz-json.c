/* SPDX-License-Identifier: MIT */
/*
 * fuzz-json: any bytes as JSON; what comes out is valid text, well nested, and does not depend on how the
 * bytes were cut into pieces.
 */
#include "fuzz.h"

#include "core/utf8.h"
#include "format/json_reader.h"

#include <errno.h>
#include <string.h>

struct fuzz_source {
	const uint8_t *bytes;
	size_t n, piece;
};

static int fuzz_fill(void *userdata, char *buffer, size_t size, size_t *ret_n, struct err *reterr)
{
	struct fuzz_source *s = userdata;
	size_t n = s->n < s->piece ? s->n : s->piece;

	(void)reterr;
	n = n < size ? n : size;
	if (n)
		memcpy(buffer, s->bytes, n);
	s->bytes += n;
	s->n -= n;
	*ret_n = n;
	return 0;
}

static uint64_t fuzz_read(const uint8_t *data, size_t size, size_t piece)
{
	struct fuzz_source source = { data, size, piece };
	_cleanup_(json_reader_done) struct json_reader r = { 0 };
	struct err e = { "" };
	uint64_t hash = 0xcbf29ce484222325U;
	int depth = 0, result;

	FUZZ_ASSERT(json_reader_init(&r, fuzz_fill, &source, NULL) == 0);
	while ((result = json_reader_next(&r, &e)) == 0 && r.token != JSON_END) {
		hash = (hash ^ r.token) * 0x100000001b3U;
		depth += r.token == JSON_OBJECT || r.token == JSON_ARRAY;
		depth -= r.token == JSON_OBJECT_END || r.token == JSON_ARRAY_END;
		FUZZ_ASSERT(depth >= 0 && depth < JSON_DEPTH_MAX);
		if (r.token == JSON_INT || r.token == JSON_BOOL)
			hash = (hash ^ (uint64_t)r.number) * 0x100000001b3U;
		if (r.token != JSON_KEY && r.token != JSON_STRING)
			continue;
		FUZZ_ASSERT(utf8_valid(r.text, strlen(r.text)) && strlen(r.text) <= JSON_TEXT_MAX);
		for (const char *p = r.text; *p; p++)
			hash = (hash ^ (unsigned char)*p) * 0x100000001b3U;
	}
	FUZZ_ASSERT(result == 0 ? depth == 0 : result == -EBADMSG && *e.text);
	for (const char *p = e.text; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 0x100000001b3U;
	return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FUZZ_ASSERT(fuzz_read(data, size, size + 1) == fuzz_read(data, size, 3));
	return 0;
}
