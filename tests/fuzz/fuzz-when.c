/* SPDX-License-Identifier: MIT */
/*
 * fuzz-when: a day, a time, a birthday and a span of any bytes; each is what when.h allows, or a
 * sentence.
 */
#include "fuzz.h"

#include "core/str.h"
#include "format/when.h"

#include <errno.h>

static void fuzz_result(int result, const struct err *e)
{
	FUZZ_ASSERT(result == 0 || (result == -EINVAL && e->text[0]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	struct err e = { "" };
	struct when_span span;
	struct date date;
	int32_t today = day_number(2026, 11, 23), day;
	int minute, result;

	for (int side = WHEN_COMING; side <= WHEN_NEAR; side++) {
		result = when_day(text, today, (enum when_side)side, &day, &e);
		fuzz_result(result, &e);
		FUZZ_ASSERT(result || (day >= DAY_MIN && day <= DAY_MAX));
		result = when_time(text, today, (enum when_side)side, &day, &minute, &e);
		fuzz_result(result, &e);
		FUZZ_ASSERT(result || (minute >= -1 && minute < 24 * 60 && day <= DAY_MAX));
	}
	result = when_occasion(text, today, &date, &e);
	fuzz_result(result, &e);
	FUZZ_ASSERT(result || day_is_date(&date));
	result = when_span(text, &span, &e);
	fuzz_result(result, &e);
	FUZZ_ASSERT(result || (span.months > 0) != (span.days > 0));
	return 0;
}
