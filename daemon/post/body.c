/* SPDX-License-Identifier: MIT */
/*
 * body: a mail's bytes as they travel after DATA.
 */
#include "post/body.h"

#include <string.h>

/* Eight bytes at a time: every mail is looked through before it is announced. */
static bool body_is_eightbit(const char *bytes, size_t size)
{
	uint64_t word, any = 0;
	size_t i = 0;

	for (; size - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		any |= word;
	}
	for (; i < size; i++)
		any |= (unsigned char)bytes[i];
	return (any & 0x8080808080808080) != 0;
}

/* How many CRs of a line's text have no LF behind them. */
static size_t body_count_bare(const char *text, size_t size)
{
	size_t n = 0;

	for (const char *cr; (cr = memchr(text, '\r', size)); n++) {
		size -= (size_t)(cr + 1 - text);
		text = cr + 1;
	}
	return n;
}

struct body_facts body_measure(const char *bytes, size_t size)
{
	struct body_facts facts = { size, body_is_eightbit(bytes, size) };

	/* LF alone gains a CR, CR alone an LF; a last line without an end gains both. */
	for (size_t at = 0; at < size;) {
		const char *lf = memchr(bytes + at, '\n', size - at);
		size_t end = lf ? (size_t)(lf - bytes) : size;
		bool pair = lf && end > at && bytes[end - 1] == '\r';

		facts.size += body_count_bare(bytes + at, end - at - pair);
		facts.size += lf && !pair;
		at = lf ? end + 1 : size;
	}
	if (size > 0 && bytes[size - 1] != '\n' && bytes[size - 1] != '\r')
		facts.size += 2;
	return facts;
}

struct body body_begin(const char *bytes, size_t size)
{
	return (struct body){ bytes, size, 0, true };
}

bool body_is_done(const struct body *body)
{
	return body->at == body->size;
}

/* Bytes from body->at on that hold no line end. */
static size_t body_line_rest(const struct body *body, size_t end)
{
	const char *from = body->bytes + body->at, *lf = memchr(from, '\n', end - body->at);
	size_t n = lf ? (size_t)(lf - from) : end - body->at;
	const char *cr = memchr(from, '\r', n);

	return cr ? (size_t)(cr - from) : n;
}

/* Lines from body->at on that travel as they are: they end in CR LF and begin with no dot. Nearly all do. */
static size_t body_plain_run(const struct body *body, size_t end)
{
	size_t at = body->at;

	while (at < end && !(body->bytes[at] == '.' && (at > body->at || body->line_begins))) {
		const char *from = body->bytes + at, *lf = memchr(from, '\n', end - at);
		size_t n = lf ? (size_t)(lf - from) : 0;

		if (n == 0 || from[n - 1] != '\r' || memchr(from, '\r', n - 1))
			break;
		at += n + 1;
	}
	return at - body->at;
}

void body_add(struct body *body, struct str *out, size_t max)
{
	size_t end = body->size - body->at > max ? body->at + max : body->size;

	while (body->at < end) {
		size_t n = body_plain_run(body, end);
		bool pair;

		if (n) {
			str_add_bytes(out, body->bytes + body->at, n);
			body->at += n;
			body->line_begins = true;
			continue;
		}
		n = body_line_rest(body, end);
		if (body->line_begins && body->bytes[body->at] == '.')
			str_add_char(out, '.');
		str_add_bytes(out, body->bytes + body->at, n);
		body->at += n;
		body->line_begins = false;
		if (body->at == end)
			break;
		pair = body->bytes[body->at] == '\r' && body->at + 1 < body->size &&
			body->bytes[body->at + 1] == '\n';
		body->at += pair ? 2 : 1;
		str_add(out, "\r\n");
		body->line_begins = true;
	}
	if (body_is_done(body) && !body->line_begins) {
		str_add(out, "\r\n");
		body->line_begins = true;
	}
}
