/* SPDX-License-Identifier: MIT */
/*
 * fuzz-address: an address of any bytes; an accepted one is plain, and comes back from a message
 * whose lines are as they must be.
 */
#include "fuzz.h"

#include "core/utf8.h"
#include "format/mime.h"

#include <errno.h>
#include <string.h>

static void fuzz_lines(const char *message)
{
	for (const char *line = message; *line;) {
		size_t n = strcspn(line, "\r\n");

		FUZZ_ASSERT(n <= 998 && str_starts(line + n, "\r\n"));
		for (size_t i = 0; i < n; i++)
			FUZZ_ASSERT((line[i] >= ' ' && line[i] < 0x7f) || line[i] == '\t');
		line += n + 2;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	_cleanup_str_ struct str message = STR_INIT;
	char nobody[] = "nobody@localhost";
	struct mime_address address = { 0 }, other = { text, nobody };
	struct err e = { "" };
	int result = mime_address_parse(&address, text, &e);
	const struct mime_message m = {
		.from = &other,
		.to = result ? &other : &address,
		.n_to = 1,
		.subject = text,
		.message_id = "<1@localhost>",
		.text = text,
		.html = text,
	};

	FUZZ_ASSERT(result == 0 || (result == -EINVAL && e.text[0] && !address.address));
	FUZZ_ASSERT(mime_write(&message, &m, NULL) == 0);
	fuzz_lines(message.data);
	if (result == 0) {
		FUZZ_ASSERT(strlen(address.address) <= 254 && strchr(address.address, '@'));
		FUZZ_ASSERT(strstr(message.data, address.address));
		FUZZ_ASSERT(!address.name || utf8_valid(address.name, strlen(address.name)));
	}
	mime_address_done(&address);
	return 0;
}
