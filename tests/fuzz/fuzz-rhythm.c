/* SPDX-License-Identifier: MIT */
/*
 * fuzz-rhythm: days and a time of any bytes; what is understood is a cadence.
 */
#include "fuzz.h"

#include "agenda/cadence.h"
#include "format/rhythm.h"

#include <errno.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	_cleanup_(cadence_freep) struct cadence *cadence = NULL;
	_cleanup_str_ struct str event = STR_INIT;
	unsigned days = RHYTHM_EVERY_DAY;
	struct err e = { "" };
	int minute = 0, r = rhythm_parse_days(text, &days, &e);

	FUZZ_ASSERT(r == 0 || (r == -EINVAL && e.text[0]));
	FUZZ_ASSERT(days && !(days & ~RHYTHM_EVERY_DAY));
	r = rhythm_parse_time(text, &minute, &e);
	FUZZ_ASSERT(r == 0 || (r == -EINVAL && e.text[0]));
	FUZZ_ASSERT(minute >= 0 && minute < 24 * 60);
	rhythm_add_cadence(&event, days, minute);
	FUZZ_ASSERT(cadence_new(&cadence, str_text(&event), &e) == 0);
	return 0;
}
