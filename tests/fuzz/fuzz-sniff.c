/* SPDX-License-Identifier: MIT */
/*
 * fuzz-sniff: a file of any bytes is something, and has a separator where it is a table; a calendar's line
 * names somebody within itself.
 */
#include "fuzz.h"

#include "core/utf8.h"
#include "format/sniff.h"
#include "format/yearly.h"

#include <string.h>

static void fuzz_yearly(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	enum record_occasion_kind kind;
	struct yearly y;
	size_t n = strlen(text);

	FUZZ_ASSERT(yearly_read(text, &y) == 0);
	if (y.name.n)
		FUZZ_ASSERT(y.name.at >= text && y.name.at + y.name.n <= text + n);
	if (utf8_valid(text, n))
		FUZZ_ASSERT(utf8_valid(y.name.at, y.name.n));
	FUZZ_ASSERT(y.year == 0 || (y.year >= 1500 && y.year < 2200));
	FUZZ_ASSERT(!y.known || (y.kind == RECORD_NAMED) == (y.label != NULL));
	(void)yearly_is_title(text, &kind);
	(void)yearly_has_number(text, 1984);
	FUZZ_ASSERT(
		yearly_born(text) == 0 || (yearly_born(text) >= 1500 && yearly_born(text) < 2200));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *head = (const char *)data;
	struct sniff s;

	FUZZ_ASSERT(sniff_bytes(head, size, decode_find(head, size), &s) == 0);
	FUZZ_ASSERT(s.format <= SNIFF_BINARY);
	FUZZ_ASSERT((s.format == SNIFF_CSV) == (s.separator != '\0'));
	FUZZ_ASSERT(!s.separator || strchr(",;\t|", s.separator));
	fuzz_yearly(data, size);
	return 0;
}
