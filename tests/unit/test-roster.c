/* SPDX-License-Identifier: MIT */
/*
 * test-roster: a digest is found, wherever it lives.
 */
#include "digest/roster.h"

#include "network.h"

#include <errno.h>
#include <string.h>

static void host(struct network *n, const char *name, const char *settings)
{
	const struct hosted_entry entry = { name, settings, "07:00", "UTC", false, false };

	CHECK_INT(hosted_add(n->store, &entry, n->book, 1, NULL), 0);
}

static void it_is_found_wherever_it_lives(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_roster_ struct roster roster = { 0 };
	const struct conf_digest *digest = NULL;
	struct err e = { "" };

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; }");
	roster.store = n.store;
	CHECK_INT(roster_find_of_book(&roster, "main", &digest, NULL), 0);
	host(&n, "anna", "to = [ \"anna@example.org\" ];\nlead_days = 14;\n");
	host(&n, "bad", "to = 7;\n");
	CHECK_INT(roster_find_anywhere(&roster, n.conf, "d", &digest, NULL), 1);
	CHECK(digest == network_digest(&n));
	CHECK_INT(roster_find_anywhere(&roster, n.conf, "anna", &digest, NULL), 1);
	CHECK_TEXT(digest->to[0].address, "anna@example.org");
	CHECK_INT(digest->lead_days, 14);
	CHECK_INT(roster_find_anywhere(&roster, n.conf, "nobody", &digest, NULL), 0);
	CHECK_INT(roster_find_of_book(&roster, "main", &digest, NULL), 1);
	CHECK_TEXT(digest->name, "anna");
	CHECK_INT(roster_load(&roster, roster.hosted.digest, &digest, NULL), 1);
	CHECK_INT(roster_load(&roster, 99, &digest, NULL), 0);
	CHECK_INT(roster_find(&roster, "bad", &digest, &e), -EINVAL);
	CHECK(strstr(e.text, "digest bad: to: ") != NULL);
	CHECK_INT((int)roster.zones.n <= 1, 1);
}

TEST_MAIN(TEST(it_is_found_wherever_it_lives))
