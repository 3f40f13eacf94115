/* SPDX-License-Identifier: MIT */
/*
 * fuzz-zone: a time zone file of any bytes; what is accepted keeps zone.h's promises.
 */
#include "fuzz.h"

#include "core/zone.h"

#define YEAR_SECONDS INT64_C(31556952)

static int64_t fuzz_seconds(struct civil c)
{
	return (int64_t)c.day * 86400 + c.second;
}

static void fuzz_zone_instant(const struct zone *zone, int64_t instant)
{
	struct civil shown = zone_civil(zone, instant), latest = zone_latest(zone, instant);
	struct civil later = { latest.day + (latest.second == 86399), (latest.second + 1) % 86400 };
	enum zone_fit fit;
	int64_t first = zone_instant(zone, shown, &fit);

	FUZZ_ASSERT(fuzz_seconds(shown) == instant + zone_offset(zone, instant));
	FUZZ_ASSERT(fuzz_seconds(latest) >= fuzz_seconds(shown));
	FUZZ_ASSERT(first <= instant);
	FUZZ_ASSERT(fuzz_seconds(zone_civil(zone, first)) >= fuzz_seconds(shown));
	FUZZ_ASSERT(zone_instant(zone, latest, NULL) <= instant);
	FUZZ_ASSERT(zone_instant(zone, later, NULL) > instant);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(zone_freep) struct zone *zone = NULL;
	struct err e;

	if (zone_new(&zone, "fuzz", data, size, &e) < 0) {
		FUZZ_ASSERT(!zone && e.text[0]);
		return 0;
	}
	for (int64_t year = -1900; year < 8000; year += 97)
		for (int64_t part = 0; part < 8; part++)
			fuzz_zone_instant(zone, year * YEAR_SECONDS + part * YEAR_SECONDS / 8);
	return 0;
}
