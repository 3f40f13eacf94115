/* SPDX-License-Identifier: MIT */
/*
 * Slot after slot on a clock that jumps from one to the next, as a service takes them for years: memory in
 * use and descriptors stay what they were. NUDGED_SLOTS=1000000 takes that many.
 */
#include "book/outbox.h"
#include "network.h"

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#define SLOTS       20000
#define QUARTER     INT64_C(900) /* seconds */
#define SLACK_BYTES 65536
#define CACHE_KIB   256 /* is full soon, and stays so */

static int count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int n = 0;

	if (!folder)
		return -1;
	while (readdir(folder))
		n++;
	(void)closedir(folder);
	return n;
}

/* 0 where sanitizers have their own allocator. */
static size_t count_bytes(void)
{
	return mallinfo2().uordblks;
}

static long count_slots(void)
{
	const char *text = getenv("NUDGED_SLOTS");
	long n = text ? strtol(text, NULL, 10) : 0;

	return n > 100 ? n : SLOTS;
}

/* One look of the service; whether a message was written. */
static bool take(struct network *n, int64_t now)
{
	struct slot_outcome outcome = { 0 };
	int64_t due;

	if (slot_due(n->store, network_digest(n), now, &due, NULL) != 0 || due > now ||
		slot_take(n->store, n->conf, network_digest(n), now, &outcome, NULL) < 0 ||
		!outcome.claimed)
		return CHECK(false);
	if (outcome.written)
		network_settle(
			n, network_ask(n, "SELECT max(id) FROM delivery"), NETWORK_SENT, now);
	return outcome.written;
}

static void memory_and_descriptors_stay_flat(void)
{
	_cleanup_network_ struct network n = { 0 };
	const long slots = count_slots();
	size_t bytes = 0;
	int64_t now;
	int descriptors = 0;
	long mails = 0;

	network_open(&n);
	network_hurry(&n);
	store_set_cache(n.store, CACHE_KIB);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* *:00/15\"; timezone = \"UTC\"; }");
	for (int i = 1; i <= 12; i++) {
		char date[16];

		(void)snprintf(date, sizeof(date), "1984-%02d-15", i);
		(void)network_add_birthday(&n, "Anna", date, network_day("2026-11-22"));
	}
	now = network_at(&n, "2026-11-22 12:00");
	for (long i = 0; i < slots; i++, now += QUARTER) {
		mails += take(&n, now);
		if (i != slots / 2)
			continue;
		bytes = count_bytes();
		descriptors = count_descriptors();
	}
	printf("# %ld slots, %ld mails: %zu and %zu bytes, %d and %d descriptors\n", slots, mails,
		bytes, count_bytes(), descriptors, count_descriptors());
	CHECK(mails > slots / 96 / 40);
	CHECK(count_bytes() < bytes + SLACK_BYTES);
	CHECK_INT(count_descriptors(), descriptors);
}

TEST_MAIN(TEST(memory_and_descriptors_stay_flat))
