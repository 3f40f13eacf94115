/* SPDX-License-Identifier: MIT */
/*
 * fuzz-cadence: a calendar event of any bytes; what is accepted steps forward and back alike.
 */
#include "fuzz.h"

#include "agenda/cadence.h"
#include "core/str.h"
#include "tzif.h"

#define STEPS 8

static void fuzz_cadence_steps(const struct cadence *cadence, const struct zone *zone, int64_t at)
{
	for (int i = 0; i < STEPS; i++) {
		int64_t next, last;

		if (cadence_next(cadence, zone, at, &next) == CADENCE_OVER) {
			FUZZ_ASSERT(
				cadence_last(cadence, zone, at, INT64_MAX, &last) == CADENCE_OVER);
			return;
		}
		FUZZ_ASSERT(next > at);
		FUZZ_ASSERT(cadence_last(cadence, zone, at, next - 1, &last) == CADENCE_OVER);
		FUZZ_ASSERT(cadence_last(cadence, zone, at, next, &last) == 0 && last == next);
		at = next;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int64_t bases[] = { 0, INT64_C(1774742400), INT64_C(4102444800) };
	_cleanup_free_ char *text = str_ndup((const char *)data, size);
	_cleanup_(cadence_freep) struct cadence *cadence = NULL;
	_cleanup_(zone_freep) struct zone *zone = NULL;
	struct err e = { "" };

	if (cadence_new(&cadence, text, &e) < 0) {
		FUZZ_ASSERT(!cadence && e.text[0]);
		return 0;
	}
	zone = tzif_rule_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	for (size_t i = 0; i < ARRAY_SIZE(bases); i++) {
		fuzz_cadence_steps(cadence, zone, bases[i]);
		if (cadence_check(cadence, zone, bases[i], &e) < 0)
			FUZZ_ASSERT(e.text[0]);
	}
	return 0;
}
