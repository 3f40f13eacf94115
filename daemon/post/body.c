/* SPDX-License-Identifier: MIT */
/*
 * body: a mail's bytes as they travel after DATA.
 */
#include "post/body.h"

struct body_facts body_measure(const char *bytes, size_t size)
{
	struct body_facts facts = { size, false };
	char last = '\n';

	for (size_t i = 0; i < size; i++) {
		char c = bytes[i];

		if (c & 0x80)
			facts.eightbit = true;
		/* LF alone gains a CR, CR alone an LF; a last line without an end gains both. */
		if ((c == '\n' && last != '\r') || (c != '\n' && last == '\r'))
			facts.size++;
		last = c;
	}
	if (last != '\n')
		facts.size += last == '\r' ? 1 : 2;
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
	size_t i = body->at;

	while (i < end && body->bytes[i] != '\r' && body->bytes[i] != '\n')
		i++;
	return i - body->at;
}

void body_add(struct body *body, struct str *out, size_t max)
{
	size_t end = body->size - body->at > max ? body->at + max : body->size;

	while (body->at < end) {
		size_t n = body_line_rest(body, end);
		bool pair;

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
