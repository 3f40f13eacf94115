/* SPDX-License-Identifier: MIT */
#include "service/slots.h"

#include "network.h"

#define CLAIMS "SELECT count(*) FROM claim"

static void the_first_of_all_is_next(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now, next;

	network_open(&n);
	network_configure(&n,
		"{ name = \"late\"; cadence = \"*-*-* 20:00\"; },"
		" { name = \"early\"; cadence = \"*-*-* 07:00\"; }");
	now = network_at(&n, "2026-11-23 12:00");
	CHECK_INT(slots_next(n.store, n.conf, now, &next, NULL), 0);
	CHECK_INT(next, now); /* welcomes */
	CHECK_INT(slots_take(n.store, n.conf, now, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 2);
	CHECK_INT(slots_take(n.store, n.conf, now, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 2);
	CHECK_INT(slots_next(n.store, n.conf, now, &next, NULL), 0);
	CHECK_INT(next, network_at(&n, "2026-11-23 20:00"));
	CHECK_INT(slots_take(n.store, n.conf, next, NULL), 0);
	CHECK_INT(network_ask(&n, CLAIMS), 3);
	CHECK_INT(slots_next(n.store, n.conf, next, &next, NULL), 0);
	CHECK_INT(next, network_at(&n, "2026-11-24 07:00"));
}

static void without_digests_none_is_next(void)
{
	_cleanup_network_ struct network n = { 0 };
	int64_t now, next;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; }");
	n.conf->n_digests = 0;
	now = network_at(&n, "2026-11-23 12:00");
	CHECK_INT(slots_next(n.store, n.conf, now, &next, NULL), 0);
	CHECK(next == INT64_MAX);
	CHECK_INT(slots_take(n.store, n.conf, now, NULL), 0);
	n.conf->n_digests = 1;
}

TEST_MAIN(TEST(the_first_of_all_is_next), TEST(without_digests_none_is_next))
