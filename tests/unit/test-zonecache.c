/* SPDX-License-Identifier: MIT */
/*
 * test-zonecache: zones are read once, and their number is bounded.
 */
#include "base/zonecache.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define _cleanup_cache_ _cleanup_(zonecache_empty)

static void a_zone_is_read_once(void)
{
	_cleanup_cache_ struct zonecache cache = { 0 };
	struct zone *berlin = NULL, *again = NULL, *utc = NULL;

	CHECK_INT(zonecache_get(&cache, "Europe/Berlin", &berlin, NULL), 0);
	CHECK_INT(zonecache_get(&cache, "Etc/UTC", &utc, NULL), 0);
	CHECK_INT(zonecache_get(&cache, "Europe/Berlin", &again, NULL), 0);
	CHECK(again == berlin && utc != berlin);
	CHECK_INT(zonecache_get(&cache, "Etc/UTC", &again, NULL), 0);
	CHECK(again == utc);
	CHECK_INT((int)cache.reads, 2);
	zonecache_empty(&cache);
	CHECK_INT(zonecache_get(&cache, "Europe/Berlin", &again, NULL), 0);
	CHECK_INT((int)cache.reads, 3);
}

static void what_is_no_zone_is_not_kept(void)
{
	_cleanup_cache_ struct zonecache cache = { 0 };
	struct zone *zone = NULL;
	struct err e = { "" };

	CHECK_INT(zonecache_get(&cache, "Europe/Nowhere", &zone, &e), -ENOENT);
	CHECK(strstr(e.text, "Europe/Nowhere") != NULL);
	CHECK(!zone && !cache.n);
}

static void more_than_all_push_out_the_first(void)
{
	_cleanup_cache_ struct zonecache cache = { 0 };
	struct zone *zone = NULL;
	char name[32];

	/* 27 zones by three names each: more than fit. */
	for (size_t i = 0; i < 3 * 27; i++) {
		static const char *const folders[] = { "Etc/", "Etc//", "Etc///" };

		(void)snprintf(name, sizeof(name), "%sGMT%+d", folders[i / 27], (int)(i % 27) - 14);
		CHECK_INT(zonecache_get(&cache, name, &zone, NULL), 0);
		CHECK_INT(zone_offset(zone, 0), -((int)(i % 27) - 14) * 3600);
	}
	CHECK_INT((int)cache.n, ZONECACHE_MAX);
	CHECK_INT((int)cache.reads, 3 * 27);
	/* The first is read again, the last is not. */
	CHECK_INT(zonecache_get(&cache, name, &zone, NULL), 0);
	CHECK_INT((int)cache.reads, 3 * 27);
	CHECK_INT(zonecache_get(&cache, "Etc/GMT-14", &zone, NULL), 0);
	CHECK_INT((int)cache.reads, 3 * 27 + 1);
}

TEST_MAIN(TEST(a_zone_is_read_once), TEST(what_is_no_zone_is_not_kept),
	TEST(more_than_all_push_out_the_first))
