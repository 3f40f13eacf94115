/* SPDX-License-Identifier: MIT */
/*
 * mime-tool: prints messages made of what stands in standard input, for a test in Python.
 *
 * Each message is six texts, each ended by a NUL: name and address of the sender, address of the
 * recipient, subject, text, HTML ("": none). What comes out is the message, and a NUL.
 */
#include "format/mime.h"

#include <stdio.h>
#include <string.h>

enum { NAME, FROM, TO, SUBJECT, TEXT, HTML, FIELDS };

static int read_all(struct str *in)
{
	char chunk[65536];
	size_t n;

	while ((n = fread(chunk, 1, sizeof(chunk), stdin)))
		str_add_bytes(in, chunk, n);
	return str_check(in, NULL);
}

static int print_message(char *const field[FIELDS])
{
	_cleanup_str_ struct str out = STR_INIT;
	const struct mime_address from = { field[NAME], field[FROM] }, to = { NULL, field[TO] };
	const struct mime_header list_id = { "List-Id", "<morning.main.nudged.localhost>" };
	const struct mime_message message = {
		.from = &from,
		.to = &to,
		.n_to = 1,
		.subject = field[SUBJECT],
		.message_id = "<1.morning.main@nudged.localhost>",
		.date = 1795419612,
		.offset = 3600,
		.language = "de",
		.headers = &list_id,
		.n_headers = 1,
		.text = field[TEXT],
		.html = *field[HTML] ? field[HTML] : NULL,
	};

	if (mime_write(&out, &message, NULL) < 0)
		return -1;
	return fwrite(out.data, 1, out.len + 1, stdout) == out.len + 1 ? 0 : -1;
}

int main(void)
{
	_cleanup_str_ struct str in = STR_INIT;
	char *field[FIELDS], *p, *end;
	size_t n = 0;

	if (read_all(&in) < 0 || !in.len)
		return 1;
	for (p = in.data, end = in.data + in.len; p < end; p += strlen(p) + 1) {
		field[n++] = p;
		if (n == FIELDS && print_message(field) < 0)
			return 1;
		n %= FIELDS;
	}
	return n ? 1 : fflush(stdout) != 0;
}
