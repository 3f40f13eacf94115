/* SPDX-License-Identifier: MIT */
#include "book/sights.h"
#include "book/troubles.h"
#include "core/mem.h"
#include "core/str.h"
#include "network.h"
#include "service/clockwatch.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#define DAY INT64_C(86400)

/* A life of one digest, sent on 23 November at 7; each row is a look of the service. */
static const struct look {
	int64_t uptime;
	const char *clock;
	int expected;
	int64_t seconds; /* still to wait */
	bool trouble;
} back[] = {
	{ 1000, "2026-11-23 08:00", CLOCKWATCH_GOOD, 0, false },
	{ 1100, "2026-11-20 08:00", CLOCKWATCH_WAITS, 600, true },
	{ 1101, "2026-11-20 08:00", CLOCKWATCH_WAITS, 599, true },
	{ 1699, "2026-11-20 08:10", CLOCKWATCH_WAITS, 1, true },
	{ 1700, "2026-11-20 08:10", CLOCKWATCH_BELIEVED, 0, false },
	{ 1701, "2026-11-20 08:10", CLOCKWATCH_GOOD, 0, false },
}, mended[] = {
	{ 10, "1970-01-01 01:00", CLOCKWATCH_WAITS, 600, true },
	{ 20, "1970-01-01 01:00", CLOCKWATCH_WAITS, 590, true },
	{ 30, "2026-11-23 08:00", CLOCKWATCH_MENDED, 0, false },
	{ 31, "2026-11-23 08:00", CLOCKWATCH_GOOD, 0, false },
}, again[] = {
	/* Set once more while it is waited for: that is another clock. */
	{ 10, "1970-01-01 01:00", CLOCKWATCH_WAITS, 600, true },
	{ 500, "2029-01-01 01:00", CLOCKWATCH_WAITS, 600, true },
	{ 800, "2029-01-01 01:05", CLOCKWATCH_WAITS, 300, true },
	{ 1100, "2029-01-01 01:10", CLOCKWATCH_BELIEVED, 0, false },
}, year[] = {
	{ 10, "2027-11-23 07:00", CLOCKWATCH_GOOD, 0, false },
	{ 20, "2027-11-25 07:00", CLOCKWATCH_WAITS, 600, true },
	{ 620, "2027-11-25 07:10", CLOCKWATCH_BELIEVED, 0, false },
};

static void check_trouble(struct network *n, bool expected)
{
	_cleanup_troubles_ struct troubles troubles = { 0 };

	CHECK_INT(troubles_list(n->store, &troubles, NULL), 0);
	CHECK_INT(troubles.n, expected);
	if (troubles.n == 1) {
		CHECK_TEXT(troubles.all[0].kind, CLOCKWATCH_TROUBLE);
		CHECK(strstr(troubles.all[0].text, "2026-11-23") != NULL);
	}
}

static void check_looks(const struct look *looks, size_t number)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
	CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	for (size_t i = 0; i < number; i++) {
		struct trust_sight sight = { "a boot", looks[i].uptime,
			network_at(&n, looks[i].clock) };
		int64_t seconds = -2;

		TEST_ROW("look %zu: %s", i, looks[i].clock);
		CHECK_INT(clockwatch_weigh(n.store, n.conf, &sight, &seconds, NULL),
			looks[i].expected);
		if (looks[i].expected == CLOCKWATCH_WAITS)
			CHECK_INT(seconds, looks[i].seconds);
		check_trouble(&n, looks[i].trouble);
	}
}

static void a_clock_is_waited_for_and_believed(void)
{
	check_looks(back, ARRAY_SIZE(back));
	check_looks(mended, ARRAY_SIZE(mended));
	check_looks(again, ARRAY_SIZE(again));
	check_looks(year, ARRAY_SIZE(year));
}

/* A try that was put off by the clock of the future comes within four hours. */
static void tries_do_not_wait_for_the_future(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct trust_sight sight = { "a boot", 1000, 0 };
	int64_t seconds;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; cadence = \"*-*-* 07:00\"; }");
	CHECK(network_take(&n, network_at(&n, "2026-11-23 07:00")));
	sight.clock = network_at(&n, "2026-11-20 07:00");
	CHECK_INT(clockwatch_weigh(n.store, n.conf, &sight, &seconds, NULL), CLOCKWATCH_WAITS);
	sight.uptime += TRUST_WAIT_SECONDS;
	sight.clock += TRUST_WAIT_SECONDS;
	CHECK_INT(clockwatch_weigh(n.store, n.conf, &sight, &seconds, NULL), CLOCKWATCH_BELIEVED);
	CHECK_INT(network_ask(&n, "SELECT max(next_try) FROM delivery"), sight.clock + 4 * 3600);
}

static void a_sight_is_kept_as_it_was(void)
{
	static const struct trust_sight sight = { "4711-a", 12, -3600 };
	struct trust_sight found = { "", 0, 0 };
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	CHECK_INT(sights_load(n.store, &found, NULL), 0);
	CHECK_INT(sights_save(n.store, &sight, NULL), 0);
	CHECK_INT(sights_save(n.store, &sight, NULL), 0);
	CHECK_INT(sights_load(n.store, &found, NULL), 1);
	CHECK_TEXT(found.boot, sight.boot);
	CHECK_INT(found.uptime, sight.uptime);
	CHECK_INT(found.clock, sight.clock);
	CHECK_INT(sights_clear(n.store, NULL), 0);
	CHECK_INT(sights_load(n.store, &found, NULL), 0);
}

/* Setting the clock is not a test's to do; that nothing else makes it readable is. */
static void a_clock_that_runs_on_is_no_event(void)
{
	struct pollfd fd = { .fd = clockwatch_open(NULL), .events = POLLIN };

	CHECK(fd.fd >= 0);
	CHECK_INT(poll(&fd, 1, 0), 0);
	clockwatch_read(fd.fd);
	CHECK_INT(poll(&fd, 1, 0), 0);
	(void)close(fd.fd);
}

TEST_MAIN(TEST(a_clock_is_waited_for_and_believed), TEST(tries_do_not_wait_for_the_future),
	TEST(a_sight_is_kept_as_it_was), TEST(a_clock_that_runs_on_is_no_event))
