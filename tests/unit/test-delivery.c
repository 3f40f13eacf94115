/* SPDX-License-Identifier: MIT */
/*
 * What becomes of mails where there is no sender: none stands beside this program, so each attempt
 * fails as one with a broken installation does. What a real one reports, test-nudged.py shows.
 */
#include "service/delivery.h"

#include "agenda/retry.h"
#include "book/outbox.h"
#include "network.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#define NOW "2026-11-22T07:00:00+01:00"
#define STATE                                                                                      \
	"SELECT CASE state WHEN 'queued' THEN 1 WHEN 'attempting' THEN 2 WHEN 'in doubt' THEN 3"   \
	" WHEN 'sent' THEN 4 WHEN 'refused' THEN 5 ELSE 6 END FROM delivery WHERE id=?"
enum { QUEUED = 1, ATTEMPTING, IN_DOUBT, SENT, REFUSED };

struct fixture {
	struct network n;
	struct clock clock;
	struct delivery_round *round;
	int64_t now;
};

static void fixture_done(struct fixture *f)
{
	delivery_free(f->round);
	network_close(&f->n);
}

static void fixture_open(struct fixture *f, const char *more)
{
	_cleanup_str_ struct str digest = STR_INIT;

	network_open(&f->n);
	str_addf(&digest,
		"{ name = \"d\"; cadence = \"*-*-* 07:00\"; to = [ \"a@example.org\","
		" \"b@example.org\", \"c@example.org\" ]; %s }",
		more);
	network_configure(&f->n, str_text(&digest));
	f->now = network_at(&f->n, "2026-11-22 07:00");
	(void)network_take(&f->n, f->now);
	CHECK_INT(clock_pretend(&f->clock, NOW, NULL), 0);
	CHECK_INT(delivery_new(&f->round, f->n.store, f->n.conf, &f->clock, NULL), 0);
}

/* Until nothing is on its way: a sender that cannot be run is known at once or by its end. */
static void fixture_work(struct fixture *f)
{
	struct err e = { "" };

	for (int i = 0; i < 1000; i++) {
		struct pollfd p = { delivery_fd(f->round), delivery_events(f->round), 0 };

		CHECK_INT(delivery_read(f->round, &e), 0);
		CHECK_INT(delivery_work(f->round, &e), 0);
		CHECK_TEXT(e.text, "");
		if (!delivery_on_the_way(f->round))
			return;
		(void)poll(&p, 1, 20);
	}
	CHECK_INT(delivery_on_the_way(f->round), 0);
}

static void a_fault_of_the_server_pauses_all(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };
	int64_t next;

	fixture_open(&f, "");
	CHECK_TEXT(delivery_trouble(f.round), "");
	fixture_work(&f);
	for (int64_t id = 1; id <= 3; id++)
		CHECK_INT(network_ask_of(&f.n, STATE, id), QUEUED);
	CHECK(delivery_trouble(f.round)[0]);
	CHECK_INT(network_ask(&f.n, "SELECT count(*) FROM trouble"), 1);
	CHECK(network_ask(&f.n, "SELECT count(*) FROM delivery WHERE error IS NOT NULL") >= 1);
	CHECK_INT(delivery_next_time(f.round, &next, NULL), 0);
	CHECK(next >= f.now + RETRY_FIRST_SECONDS / 2 && next <= f.now + RETRY_LONGEST_SECONDS);
	/* Once more at the same time: nothing is tried. */
	next = network_ask(&f.n, "SELECT sum(attempts) FROM delivery");
	fixture_work(&f);
	CHECK_INT(network_ask(&f.n, "SELECT sum(attempts) FROM delivery"), next);
}

static void a_clock_set_back_makes_no_pause_of_years(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };
	int64_t next, tried;

	fixture_open(&f, "");
	f.clock.offset_usec += (int64_t)365 * 86400 * 1000000;
	fixture_work(&f);
	f.clock.offset_usec -= (int64_t)365 * 86400 * 1000000;
	CHECK_INT(outbox_hasten(f.n.store, f.now + RETRY_LONGEST_SECONDS, NULL), 0);
	fixture_work(&f);
	CHECK_INT(delivery_next_time(f.round, &next, NULL), 0);
	CHECK(next <= f.now + RETRY_LONGEST_SECONDS + 60);
	tried = network_ask(&f.n, "SELECT sum(attempts) FROM delivery");
	f.clock.offset_usec += (int64_t)(RETRY_LONGEST_SECONDS + 60) * 1000000;
	fixture_work(&f);
	CHECK(network_ask(&f.n, "SELECT sum(attempts) FROM delivery") > tried);
}

static void what_fails_for_days_is_given_up(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };

	fixture_open(&f, "");
	fixture_work(&f);
	CHECK_INT(network_ask(&f.n, "SELECT count(*) FROM delivery WHERE state='refused'"), 0);
	f.clock.offset_usec += (int64_t)(RETRY_GIVE_UP_SECONDS + 60) * 1000000;
	/* They have failed together, and each is given up after a fresh attempt. */
	fixture_work(&f);
	CHECK_INT(network_ask(&f.n, "SELECT count(*) FROM delivery WHERE state='refused'"), 3);
	CHECK_INT(network_ask(&f.n, "SELECT min(attempts) FROM delivery"), 2);
	CHECK_INT(
		network_ask(&f.n,
			"SELECT count(*) FROM delivery WHERE error LIKE 'It was tried for 5 days and given up: %'"),
		3);
}

static void what_may_have_arrived_is_not_called_refused(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };

	fixture_open(&f, "");
	for (int64_t id = 2; id <= 3; id++)
		network_settle(&f.n, id, NETWORK_SENT, f.now);
	network_settle(&f.n, 1, NETWORK_DOUBT, f.now);
	CHECK_INT(outbox_set_waiting(f.n.store, 1, f.now, f.now, true, "perhaps", NULL), 0);
	fixture_work(&f);
	CHECK_INT(network_ask_of(&f.n, STATE, 1), IN_DOUBT);
	CHECK(network_ask(&f.n, "SELECT next_try FROM delivery WHERE id=1") < OUTBOX_NEVER);
	f.clock.offset_usec += (int64_t)(RETRY_GIVE_UP_SECONDS + 60) * 1000000;
	fixture_work(&f);
	CHECK_INT(network_ask_of(&f.n, STATE, 1), IN_DOUBT);
	CHECK_INT(network_ask(&f.n, "SELECT next_try FROM delivery WHERE id=1"), OUTBOX_NEVER);
}

static void what_a_dead_service_left_is_taken_up(void)
{
	static const struct {
		const char *more;
		bool held;
	} rows[] = { { "", false }, { "in_doubt = \"hold\";", true } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(fixture_done) struct fixture f = { 0 };

		TEST_ROW("row %zu", i);
		fixture_open(&f, rows[i].more);
		CHECK_INT(outbox_set_attempting(f.n.store, 1, f.now, NULL), 0);
		network_settle(&f.n, 2, NETWORK_DOUBT, f.now);
		network_settle(&f.n, 3, NETWORK_SENT, f.now);
		CHECK_INT(delivery_recover(f.round, NULL), 0);
		CHECK_INT(network_ask_of(&f.n, STATE, 1), QUEUED);
		CHECK_INT(network_ask_of(&f.n, STATE, 2), IN_DOUBT);
		CHECK_INT(network_ask_of(&f.n, STATE, 3), SENT);
		CHECK((network_ask(&f.n, "SELECT next_try FROM delivery WHERE id=2") ==
			      OUTBOX_NEVER) == rows[i].held);
		CHECK((network_ask(&f.n, "SELECT next_try FROM delivery WHERE id=2") <=
			      f.now + 1) == !rows[i].held);
	}
}

/* Each of these may follow upon a mended password: the pause ends, and so does the mail's own wait. */
static void what_may_be_mended_is_tried_at_once(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };
	int64_t tried;

	fixture_open(&f, "");
	fixture_work(&f);
	for (int i = 0; i < 2; i++) {
		TEST_ROW("%d", i);
		tried = network_ask(&f.n, "SELECT sum(attempts) FROM delivery");
		if (i == 0)
			delivery_hurry(f.round);
		else
			delivery_reconfigure(f.round, f.n.conf);
		fixture_work(&f);
		CHECK_INT(network_ask(&f.n, "SELECT sum(attempts) FROM delivery"), tried + 1);
	}
	CHECK(network_ask(&f.n, "SELECT min(next_try) FROM delivery") <= f.now + 1);
}

/* Two went by a service that is gone: the third waits out their minute. */
static void the_limit_outlives_the_service(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };
	int64_t next;

	fixture_open(&f, "");
	f.n.conf->smtp.max_per_minute = 2;
	for (int64_t id = 1; id <= 2; id++)
		network_settle(&f.n, id, NETWORK_SENT, f.now);
	fixture_work(&f);
	CHECK_INT(network_ask(&f.n, "SELECT attempts FROM delivery WHERE id=3"), 0);
	CHECK_INT(delivery_next_time(f.round, &next, NULL), 0);
	CHECK_INT(next, f.now + 61);
	f.clock.offset_usec += (int64_t)62 * 1000000;
	fixture_work(&f);
	CHECK_INT(network_ask(&f.n, "SELECT attempts FROM delivery WHERE id=3"), 1);
}

static void a_closed_round_takes_nothing(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };
	int64_t next;

	fixture_open(&f, "");
	delivery_close(f.round);
	fixture_work(&f);
	CHECK_INT(network_ask(&f.n, "SELECT sum(attempts) FROM delivery"), 0);
	CHECK_INT(delivery_next_time(f.round, &next, NULL), 0);
	CHECK(next == INT64_MAX);
}

static void an_empty_outbox_needs_no_sender(void)
{
	_cleanup_(fixture_done) struct fixture f = { 0 };
	int64_t next;

	fixture_open(&f, "");
	for (int64_t id = 1; id <= 3; id++)
		network_settle(&f.n, id, NETWORK_SENT, f.now);
	fixture_work(&f);
	CHECK_INT(delivery_fd(f.round), -1);
	CHECK_INT(delivery_next_time(f.round, &next, NULL), 0);
	CHECK(next == INT64_MAX);
	delivery_free(NULL);
}

TEST_MAIN(TEST(a_fault_of_the_server_pauses_all), TEST(a_clock_set_back_makes_no_pause_of_years),
	TEST(what_fails_for_days_is_given_up), TEST(what_may_have_arrived_is_not_called_refused),
	TEST(what_a_dead_service_left_is_taken_up), TEST(what_may_be_mended_is_tried_at_once),
	TEST(the_limit_outlives_the_service), TEST(a_closed_round_takes_nothing),
	TEST(an_empty_outbox_needs_no_sender))
