/* SPDX-License-Identifier: MIT */
#include "service/slots.h"

#include "network.h"

#include <stdio.h>
#include <string.h>

#define CLAIMS "SELECT count(*) FROM claim"

static void the_first_of_all_is_next(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct slots slots = { 0 };
	int64_t now, next;

	network_open(&n);
	network_configure(&n,
		"{ name = \"late\"; cadence = \"*-*-* 20:00\"; },"
		" { name = \"early\"; cadence = \"*-*-* 07:00\"; }");
	now = network_at(&n, "2026-11-23 12:00");
	slots.roster.store = n.store;
	slots_renew(&slots, n.conf);
	CHECK_INT(slots_next(&slots, now, &next, NULL), 0);
	CHECK_INT(next, now); /* welcomes */
	CHECK_INT(slots_take(&slots, now, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 2);
	CHECK_INT(slots_take(&slots, now, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 2);
	CHECK_INT(slots_next(&slots, now, &next, NULL), 0);
	CHECK_INT(next, network_at(&n, "2026-11-23 20:00"));
	CHECK_INT(slots_take(&slots, next, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 3);
	CHECK_INT(slots_next(&slots, next, &next, NULL), 0);
	CHECK_INT(next, network_at(&n, "2026-11-24 07:00"));
}

static void without_digests_none_is_next(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct slots slots = { 0 };
	int64_t now, next;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; }");
	n.conf->n_digests = 0;
	now = network_at(&n, "2026-11-23 12:00");
	slots.roster.store = n.store;
	slots_renew(&slots, n.conf);
	CHECK_INT(slots_next(&slots, now, &next, NULL), 0);
	CHECK(next == INT64_MAX);
	CHECK_INT(slots_take(&slots, now, NULL), 0);
	n.conf->n_digests = 1;
}

/* --- of the database --- */

static void host(struct network *n, const char *name, const char *settings, int64_t now)
{
	const struct hosted_entry entry = { name, settings, "*-*-* 07:00", "Europe/Berlin", false,
		false };

	CHECK_INT(hosted_add(n->store, &entry, n->book, now, NULL), 0);
}

#define GOOD                                                                                       \
	"to = [ \"a@example.org\" ];\ncadence = \"*-*-* 07:00\";\ntimezone = \"Europe/Berlin\";\n" \
	"language = \"en\";\n"

static void many_are_taken_in_batches(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct slots slots = { 0 };
	int64_t now, next;
	char name[16];

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 20:00\"; }");
	now = network_at(&n, "2026-11-23 12:00");
	slots.roster.store = n.store;
	slots_renew(&slots, n.conf);
	CHECK_INT(slots_take(&slots, now, NULL), 0);
	for (int i = 0; i < SLOTS_BATCH + 3; i++) {
		(void)snprintf(name, sizeof(name), "m%d", i);
		host(&n, name, GOOD, now);
	}
	CHECK_INT(slots_next(&slots, now, &next, NULL), 0);
	CHECK(next <= now);
	for (int i = 0; i < 100 && next <= now; i++) {
		CHECK_INT(slots_take(&slots, now, NULL), 0);
		CHECK_INT(slots_next(&slots, now, &next, NULL), 0);
	}
	CHECK_INT(network_ask(&n, CLAIMS), SLOTS_BATCH + 4);
	CHECK_INT(next, network_at(&n, "2026-11-23 20:00"));
	/* The one of the configuration, then those of the morning. */
	CHECK_INT(slots_take(&slots, next, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), SLOTS_BATCH + 5);
	CHECK_INT(slots_next(&slots, next, &next, NULL), 0);
	CHECK_INT(next, network_at(&n, "2026-11-24 07:00"));
	CHECK_INT(hosted_last_claim(n.store, &next, NULL), 1);
	CHECK_INT(next, now);
	roster_done(&slots.roster);
}

/* Whose books lie together take turns together; over the days each of them comes first. */
static void nobody_always_waits_for_the_others(void)
{
	enum { GROUPS = 3, DAYS = 8 };
	_cleanup_network_ struct network n = { 0 };
	struct slots slots = { 0 };
	bool was_first[GROUPS] = { false };
	char name[16];

	network_open(&n);
	network_hurry(&n);
	network_configure(&n, "{ name = \"d\"; }");
	n.conf->n_digests = 0;
	slots.roster.store = n.store;
	slots_renew(&slots, n.conf);
	for (int i = 1; i < GROUPS * SLOTS_BATCH; i++) {
		(void)snprintf(name, sizeof(name), "m%d", i);
		host(&n, name, GOOD "send_empty = true;\n", network_at(&n, "2026-11-22 12:00"));
	}
	for (int day = 0; day < DAYS; day++) {
		int64_t now = network_at(&n, "2026-11-23 07:00") + day * INT64_C(86400);
		int64_t next = now, last = network_ask(&n, "SELECT max(id) FROM message");

		while (next <= now) {
			CHECK_INT(slots_take(&slots, now, NULL), 0);
			CHECK_INT(slots_next(&slots, now, &next, NULL), 0);
		}
		CHECK_INT(network_ask(&n, CLAIMS), (day + 1) * (GROUPS * SLOTS_BATCH - 1));
		was_first[network_ask_of(&n,
				  "SELECT digest FROM message WHERE id>?1 ORDER BY id LIMIT 1",
				  last) /
			SLOTS_BATCH] = true;
	}
	for (int i = 0; i < GROUPS; i++)
		CHECK(was_first[i]);
	n.conf->n_digests = 1;
	roster_done(&slots.roster);
}

static void one_that_fails_is_left_out(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_hosted_ struct hosted hosted = { 0 };
	struct slots slots = { 0 };
	int64_t now;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 20:00\"; }");
	now = network_at(&n, "2026-11-23 12:00");
	slots.roster.store = n.store;
	slots_renew(&slots, n.conf);
	host(&n, "first", GOOD, now);
	host(&n, "bad", "to = 7;\n", now);
	host(&n, "last", GOOD, now);
	for (int i = 0; i < 6; i++)
		CHECK_INT(slots_take(&slots, now, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 3);
	CHECK_INT(hosted_find(n.store, "bad", &hosted, NULL), 1);
	CHECK(hosted.error && strstr(hosted.error, "digest bad: to: ") != NULL);
	CHECK_INT(hosted.due, now + 3600);
	CHECK_INT(hosted_find(n.store, "last", &hosted, NULL), 1);
	CHECK(!hosted.error);
	CHECK_INT(hosted.due, network_at(&n, "2026-11-24 07:00"));
	roster_done(&slots.roster);
}

/* The others' claims say that the clock is right. */
static void one_that_was_silent_for_years_believes_the_clock(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct slots slots = { 0 };
	int64_t now, later;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 20:00\"; }");
	now = network_at(&n, "2026-11-23 12:00");
	later = network_at(&n, "2029-11-23 12:00");
	slots.roster.store = n.store;
	slots_renew(&slots, n.conf);
	host(&n, "m", GOOD, now);
	CHECK_INT(slots_take(&slots, now, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 2);
	n.conf->n_digests = 0;
	slots_renew(&slots, n.conf);
	CHECK_INT(slots_take(&slots, later, NULL), 0);
	CHECK(network_ask(&n, CLAIMS) > 2);
	CHECK_INT(
		network_ask(&n, "SELECT max(slot) FROM claim"), network_at(&n, "2029-11-23 07:00"));
	n.conf->n_digests = 1;
	roster_done(&slots.roster);
}

TEST_MAIN(TEST(many_are_taken_in_batches), TEST(nobody_always_waits_for_the_others),
	TEST(one_that_fails_is_left_out), TEST(one_that_was_silent_for_years_believes_the_clock),
	TEST(the_first_of_all_is_next), TEST(without_digests_none_is_next))
