/* SPDX-License-Identifier: MIT */
/*
 * fuzz-mx: an answer of the DNS of any bytes; what is found in it is a host's name.
 */
#include "fuzz.h"

#include "base/mx.h"
#include "core/str.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char host[MX_HOST_SIZE];

	if (!mx_parse(data, size, host))
		return 0;
	FUZZ_ASSERT(*host && memchr(host, '\0', sizeof(host)));
	for (const char *at = host; *at; at++)
		FUZZ_ASSERT(*at == str_lower(*at));
	return 0;
}
