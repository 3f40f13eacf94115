/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/digests.h"
#include "book/outbox.h"

#include <errno.h>

static struct digest_state enter(
	struct store *store, const char *cadence, const char *zone, int64_t now)
{
	struct digest_state state;
	struct err e = { "" };

	CHECK_INT(digests_enter(store, "morning", cadence, zone, now, &state, &e), 0);
	return state;
}

static struct digest_state load(struct store *store)
{
	struct digest_state state;
	struct err e = { "" };

	CHECK_INT(digests_load(store, "morning", &state, &e), 0);
	return state;
}

static int claim(struct store *store, int64_t digest, int64_t slot, int32_t from, int32_t to,
	int32_t floor, int64_t message)
{
	struct err e = { "" };

	return digests_claim(
		store, digest, slot, &(struct cover){ from, to }, floor, slot + 1, message, &e);
}

/* A message of that slot with one delivery, whose number is returned too. */
static int64_t message(struct store *store, int64_t digest, int64_t slot, int64_t *ret_delivery)
{
	char id[64];
	const struct outbox_message m = { .digest = digest,
		.slot = slot,
		.message_id = id,
		.sender = "nudged@example.org",
		.subject = "Anna",
		.body = "text",
		.size = 4 };
	struct err e = { "" };
	int64_t n = 0;

	(void)snprintf(id, sizeof(id), "<%lld.%lld>", (long long)digest, (long long)slot);
	CHECK_INT(outbox_add(store, &m, slot, &n, &e), 0);
	CHECK_INT(outbox_add_delivery(store, n, "me@example.org", slot, &e), 0);
	*ret_delivery = store_last_id(store);
	return n;
}

static void digests_unknown_is_nothing(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct digest_state state = load(store);

	CHECK(state.id == 0 && !state.has_claim && !state.has_undelivered);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM digest"), 0);
}

static void digests_begin_anew_with_a_new_cadence(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct digest_state first = enter(store, "07:00", "Europe/Berlin", 100), next;

	CHECK(first.id > 0);
	CHECK_INT(first.since, 100);
	CHECK_INT(claim(store, first.id, 150, 10, 11, 10, 0), 0);
	next = enter(store, "07:00", "Europe/Berlin", 200);
	CHECK(next.id == first.id && next.since == 100);
	next = enter(store, "08:00", "Europe/Berlin", 300);
	CHECK(next.id == first.id && next.since == 300);
	next = enter(store, "08:00", "UTC", 400);
	CHECK(next.id == first.id && next.since == 400);
	CHECK(next.has_claim && next.last_cover.to == 11); /* its covers go on */
	next = load(store);
	CHECK_INT(next.since, 400);
}

static void digests_claim_a_slot_once(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t digest = enter(store, "07:00", "UTC", 0).id;
	struct digest_state state;

	CHECK_INT(claim(store, digest, 1000, 10, 11, 10, 0), 0);
	CHECK(claim(store, digest, 1000, 11, 12, 11, 0) < 0);
	CHECK_INT(claim(store, digest, 2000, 11, 14, 11, 0), 0);
	state = load(store);
	CHECK(state.has_claim);
	CHECK_INT(state.last_slot, 2000);
	CHECK_INT(state.last_claimed_at, 2001);
	CHECK_INT(state.last_cover.from, 11);
	CHECK_INT(state.last_cover.to, 14);
	CHECK(!state.has_undelivered); /* empty ones are as good as delivered */
}

static void digests_reach_back_to_what_was_not_delivered(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t digest = enter(store, "07:00", "UTC", 0).id, first, second;
	struct digest_state state;
	struct err e;

	CHECK_INT(claim(store, digest, 1000, 10, 11, 10, message(store, digest, 1000, &first)), 0);
	state = load(store);
	CHECK(state.has_undelivered && state.undelivered_day == 10);
	CHECK_INT(outbox_set_refused(store, first, 1500, "no", &e), 0);
	CHECK_INT(claim(store, digest, 2000, 11, 12, 10, message(store, digest, 2000, &second)), 0);
	CHECK_INT(load(store).undelivered_day, 10);
	/* The second one arrives and spoke from day 10 on: all is made good. */
	CHECK_INT(outbox_set_sent(store, second, 2500, &e), 0);
	CHECK(!load(store).has_undelivered);
}

/* A refused message's cover passes from one message to the next, until one arrives. */
static void digests_take_over_what_was_refused(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t digest = enter(store, "07:00", "UTC", 0).id, delivery;
	struct digest_state state;
	struct err e;

	for (int i = 1; i <= 3; i++) {
		CHECK_INT(claim(store, digest, 1000 * i, 10 + i, 11 + i, 20 - i,
				  message(store, digest, 1000 * i, &delivery)),
			0);
		state = load(store);
		CHECK(state.has_undelivered && state.undelivered_day == 11);
		CHECK_INT(state.undelivered_floor, 20 - i); /* the furthest back of all */
		if (i < 3)
			CHECK_INT(outbox_set_refused(store, delivery, 1000 * i + 500, "no", &e), 0);
	}
	CHECK_INT(outbox_set_sent(store, delivery, 3500, &e), 0);
	CHECK(!load(store).has_undelivered);
}

/* Several slots of a day: the last cover that holds a day tells from when on was spoken. */
static void digests_know_the_last_day_spoken_for(void)
{
	static const struct {
		int32_t from, to, spoken;
	} rows[] = {
		{ 10, 10, 10 }, /* none holds a day */
		{ 10, 11, 10 },
		{ 11, 11, 10 },
		{ 11, 11, 10 },
		{ 11, 14, 11 },
		{ 14, 14, 11 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t digest = enter(store, "07:00", "UTC", 0).id;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(claim(store, digest, 1000 + (int64_t)i, rows[i].from, rows[i].to, 10, 0),
			0);
		CHECK_INT(load(store).spoken_day, rows[i].spoken);
		CHECK_INT(load(store).last_cover.to, rows[i].to);
	}
}

/* While the first message was on its way the second one was written without what the first had
 * told: that the second arrives says nothing of the first. */
static void digests_leave_covers_of_what_was_on_its_way(void)
{
	static const struct {
		const char *name;
		bool refused; /* the first one, before the second arrives */
	} rows[] = {
		{ "still under way", false },
		{ "refused since", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t digest = enter(store, "07:00", "UTC", 0).id, first, second;
		struct err e;

		TEST_ROW("%s", rows[i].name);
		CHECK_INT(claim(store, digest, 1000, 10, 11, 10,
				  message(store, digest, 1000, &first)),
			0);
		CHECK_INT(outbox_set_attempting(store, first, 1990, &e), 0);
		CHECK_INT(claim(store, digest, 2000, 11, 12, 10,
				  message(store, digest, 2000, &second)),
			0);
		if (rows[i].refused)
			CHECK_INT(outbox_set_refused(store, first, 2400, "no", &e), 0);
		CHECK_INT(outbox_set_sent(store, second, 2500, &e), 0);
		CHECK(load(store).has_undelivered && load(store).undelivered_day == 10);
		CHECK_INT(outbox_set_sent(store, first, 2600, &e), 0);
		CHECK(!load(store).has_undelivered);
	}
}

/* An empty slot that looked back to the floor found nothing left to tell. */
static void digests_empty_slot_makes_good(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t digest = enter(store, "07:00", "UTC", 0).id, first, second;
	struct err e;

	CHECK_INT(claim(store, digest, 1000, 10, 11, 10, message(store, digest, 1000, &first)), 0);
	CHECK_INT(claim(store, digest, 2000, 11, 12, 10, message(store, digest, 2000, &second)), 0);
	CHECK_INT(outbox_set_refused(store, second, 2500, "no", &e), 0);
	CHECK_INT(claim(store, digest, 3000, 12, 13, 10, 0), 0);
	CHECK_INT(load(store).undelivered_day, 10); /* the first one still waits */
	CHECK_INT(outbox_set_refused(store, first, 3500, "no", &e), 0);
	CHECK_INT(claim(store, digest, 4000, 13, 14, 10, 0), 0);
	CHECK(!load(store).has_undelivered);
}

static void digests_share_nothing(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t digest = enter(store, "07:00", "UTC", 0).id, delivery, other;
	struct digest_state state;
	struct err e;

	CHECK_INT(digests_enter(store, "evening", "19:00", "UTC", 5, &state, &e), 0);
	other = state.id;
	CHECK(other != digest && !state.has_claim);
	CHECK_INT(claim(store, other, 1000, 5, 6, 5, message(store, other, 1000, &delivery)), 0);
	CHECK_INT(claim(store, digest, 1000, 10, 11, 5, 0), 0);
	CHECK(!load(store).has_undelivered);
	CHECK_INT(digests_load(store, "evening", &state, &e), 0);
	CHECK(state.has_undelivered && state.undelivered_day == 5);
	CHECK_INT(digests_tell(store, other, TOLD_OCCASION, 7, 2026, TODAY, 1, &e), 0);
	CHECK_INT(digests_is_told(store, other, TOLD_OCCASION, 7, 2026, NULL, &e), 1);
	CHECK_INT(digests_is_told(store, digest, TOLD_OCCASION, 7, 2026, NULL, &e), 0);
}

static void digests_tell_each_thing_apart(void)
{
	static const struct {
		const char *kind;
		int64_t number, mark;
		int told;
	} rows[] = {
		{ TOLD_OCCASION, 7, 2026, 1 },
		{ TOLD_OCCASION, 7, 2027, 0 },
		{ TOLD_OCCASION, 8, 2026, 0 },
		{ TOLD_ANNOUNCED, 7, 2026, 0 },
		{ TOLD_PUT_BACK, 7, 2026, 0 },
		{ TOLD_FOLLOW_UP, 7, 2026, 0 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t digest = enter(store, "07:00", "UTC", 0).id, delivery;
	int64_t m = message(store, digest, 1000, &delivery);
	struct err e;

	CHECK_INT(digests_tell(store, digest, TOLD_OCCASION, 7, 2026, TODAY, m, &e), 0);
	CHECK_INT(digests_tell(store, digest, TOLD_OCCASION, 7, 2026, TODAY, m, &e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(digests_is_told(store, digest, rows[i].kind, rows[i].number, rows[i].mark,
				  NULL, &e),
			rows[i].told);
	}
	CHECK(digests_tell(store, digest, TOLD_OCCASION, 7, 2027, TODAY, 42, &e) <
		0); /* no such message */
}

TEST_MAIN(TEST(digests_unknown_is_nothing), TEST(digests_begin_anew_with_a_new_cadence),
	TEST(digests_claim_a_slot_once), TEST(digests_reach_back_to_what_was_not_delivered),
	TEST(digests_take_over_what_was_refused), TEST(digests_know_the_last_day_spoken_for),
	TEST(digests_leave_covers_of_what_was_on_its_way), TEST(digests_empty_slot_makes_good),
	TEST(digests_share_nothing), TEST(digests_tell_each_thing_apart))
