/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "agenda/retry.h"
#include "book/digests.h"
#include "book/outbox.h"
#include "book/troubles.h"

#include <errno.h>

#define ME    "me@example.org"
#define YOU   "you@example.org"
#define ENDED "The service ended before it knew whether the server took the mail."

/* A database with one digest; what happens in it happens at ever later times. */
struct outbox {
	struct store *store;
	int64_t book, digest, now, slots;
};

static struct outbox outbox_new(void)
{
	struct outbox o = { .store = book_new(), .now = 1000 };
	struct digest_state state;
	struct err e = { "" };

	o.book = book_main(o.store);
	book_must(digests_enter(o.store, "morning", "07:00", "UTC", 0, &state, &e), &e);
	o.digest = state.id;
	return o;
}

static void outbox_end(const struct outbox *o)
{
	struct err e = { "" };

	CHECK_INT(store_check(o->store, &e), 0);
	CHECK_TEXT(e.text, "");
	store_close(o->store);
}
#define _cleanup_outbox_ _cleanup_(outbox_end)

static int64_t add_message(struct outbox *o)
{
	char id[32];
	const struct outbox_message m = { .digest = o->digest,
		.slot = ++o->slots,
		.message_id = id,
		.sender = "nudged@example.org",
		.subject = "Anna Beispiel",
		.body = "te\0xt",
		.size = 5 };
	const struct cover cover = { (int32_t)o->slots, (int32_t)o->slots + 1 };
	struct err e = { "" };
	int64_t n = 0;

	(void)snprintf(id, sizeof(id), "<%lld>", (long long)o->slots);
	CHECK_INT(outbox_add(o->store, &m, ++o->now, &n, &e), 0);
	CHECK_INT(digests_claim(o->store, o->digest, o->slots, &cover, 1, o->now, n, &e), 0);
	CHECK_INT(digests_tell(o->store, o->digest, TOLD_OCCASION, n, 2026, TODAY, n, &e), 0);
	return n;
}

static int64_t add_delivery(struct outbox *o, int64_t message, const char *recipient)
{
	struct err e = { "" };

	CHECK_INT(outbox_add_delivery(o->store, message, recipient, o->now, &e), 0);
	return store_last_id(o->store);
}

static bool is_told(const struct outbox *o, int64_t message)
{
	return digests_is_told(o->store, o->digest, TOLD_OCCASION, message, 2026, NULL, NULL) == 1;
}

/* "state attempts doubts failing_since next_try error": all there is to know of a delivery. */
static void check_delivery(const struct outbox *o, int64_t id, const char *expected)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct err e = { "" };

	CHECK_INT(
		store_query(&rows, o->store, &e,
			"SELECT state || ' ' || attempts || ' ' || doubts || ' ' ||"
			" COALESCE(failing_since, '-') || ' ' ||"
			" CASE next_try WHEN 9223372036854775807 THEN 'never' ELSE next_try END || ' ' ||"
			" COALESCE(error, '-') FROM delivery WHERE id=?",
			"i", id),
		0);
	CHECK_INT(store_next(&rows, &e), 1);
	CHECK_TEXT(store_text(&rows, 0), expected);
}

enum step { END, TRY, DOUBT, SENT, REFUSED, WAIT, WAIT_IN_DOUBT, RECOVER, SCHEDULE };

static void take_step(struct outbox *o, int64_t id, enum step step)
{
	struct err e = { "" };
	int r = -ENOSYS;

	o->now = 2000;
	switch (step) {
	case TRY:
		r = outbox_set_attempting(o->store, id, o->now, &e);
		break;
	case DOUBT:
		r = outbox_set_in_doubt(o->store, id, o->now, &e);
		break;
	case SENT:
		r = outbox_set_sent(o->store, id, o->now, &e);
		break;
	case REFUSED:
		r = outbox_set_refused(o->store, id, o->now, "no", &e);
		break;
	case WAIT:
		r = outbox_set_waiting(o->store, id, o->now, 3000, false, "later", &e);
		break;
	case WAIT_IN_DOUBT:
		r = outbox_set_waiting(o->store, id, o->now, 3000, true, "perhaps", &e);
		break;
	case RECOVER:
		r = outbox_recover(o->store, o->now, &e);
		break;
	case SCHEDULE:
		r = outbox_schedule_doubts(o->store, "morning", 4000, &e);
		break;
	case END:
		break;
	}
	CHECK_INT(r, 0);
}

/* Every way through the life of a delivery; it begins queued, at 1001. */
static void outbox_life(void)
{
	static const struct {
		enum step steps[9];
		const char *expected;
	} rows[] = {
		{ { END }, "queued 0 0 - 1001 -" },
		{ { TRY }, "attempting 1 0 - 1001 -" },
		{ { TRY, WAIT }, "queued 1 0 2000 3000 later" },
		{ { TRY, REFUSED }, "refused 1 0 - 1001 no" },
		{ { TRY, DOUBT }, "in doubt 1 1 - never -" },
		{ { TRY, DOUBT, SENT }, "sent 1 0 - never -" },
		{ { TRY, DOUBT, REFUSED }, "refused 1 1 - never no" },
		{ { TRY, DOUBT, WAIT }, "queued 1 0 2000 3000 later" },
		{ { TRY, DOUBT, WAIT_IN_DOUBT }, "in doubt 1 1 2000 3000 perhaps" },
		/* A doubt stays until a clear reply, whatever becomes of later attempts. */
		{ { TRY, DOUBT, WAIT_IN_DOUBT, TRY }, "attempting 2 1 2000 3000 perhaps" },
		{ { TRY, DOUBT, WAIT_IN_DOUBT, TRY, WAIT }, "in doubt 2 1 2000 3000 later" },
		/* What went wrong before does not explain it. */
		{ { TRY, DOUBT, WAIT_IN_DOUBT, TRY, DOUBT }, "in doubt 2 2 2000 never -" },
		{ { TRY, WAIT, TRY, DOUBT, RECOVER }, "in doubt 2 1 2000 never " ENDED },
		{ { TRY, DOUBT, WAIT_IN_DOUBT, TRY, DOUBT, WAIT }, "in doubt 2 1 2000 3000 later" },
		{ { TRY, DOUBT, WAIT_IN_DOUBT, TRY, DOUBT, WAIT_IN_DOUBT },
			"in doubt 2 2 2000 3000 perhaps" },
		{ { TRY, WAIT, TRY, DOUBT, SENT }, "sent 2 0 - never -" },
		/* The service dies: nothing is being attempted, what was in doubt still is. */
		{ { RECOVER }, "queued 0 0 - 1001 -" },
		{ { TRY, RECOVER }, "queued 1 0 - 1001 -" },
		{ { TRY, DOUBT, RECOVER }, "in doubt 1 1 - never " ENDED },
		{ { TRY, DOUBT, RECOVER, SCHEDULE }, "in doubt 1 1 - 4000 " ENDED },
		{ { TRY, DOUBT, WAIT_IN_DOUBT, TRY, RECOVER }, "in doubt 2 1 2000 3000 perhaps" },
		{ { TRY, DOUBT, SENT, RECOVER, SCHEDULE }, "sent 1 0 - never -" },
		{ { TRY, REFUSED, RECOVER, SCHEDULE }, "refused 1 0 - 1001 no" },
		{ { SCHEDULE }, "queued 0 0 - 1001 -" },
		/* A time that was set for the next copy stands; after three copies there is none. */
		{ { TRY, DOUBT, WAIT_IN_DOUBT, RECOVER, SCHEDULE },
			"in doubt 1 1 2000 3000 perhaps" },
		{ { TRY, DOUBT, RECOVER, TRY, DOUBT, SCHEDULE }, "in doubt 2 2 - 4000 -" },
		{ { TRY, DOUBT, TRY, DOUBT, TRY, DOUBT, RECOVER, SCHEDULE },
			"in doubt 3 3 - never " ENDED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outbox_ struct outbox o = outbox_new();
		int64_t id = add_delivery(&o, add_message(&o), ME);

		TEST_ROW("row %zu", i);
		for (size_t s = 0; rows[i].steps[s] != END; s++)
			take_step(&o, id, rows[i].steps[s]);
		check_delivery(&o, id, rows[i].expected);
	}
}

static void outbox_next_has_all_to_send(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	_cleanup_delivery_ struct delivery d = { 0 };
	int64_t m = add_message(&o), id = add_delivery(&o, m, ME);
	struct err e = { "" };

	CHECK_INT(outbox_next(o.store, o.now - 1, &d, &e), 0);
	CHECK_INT(outbox_next(o.store, o.now, &d, &e), 1);
	CHECK_INT(d.id, id);
	CHECK_INT(d.message, m);
	CHECK_INT(d.digest, o.digest);
	CHECK_TEXT(d.digest_name, "morning");
	CHECK_TEXT(d.message_id, "<1>");
	CHECK_TEXT(d.sender, "nudged@example.org");
	CHECK_TEXT(d.recipient, ME);
	CHECK(d.size == 5 && memcmp(d.body, "te\0xt", 5) == 0);
	CHECK(d.attempts == 0 && d.doubts == 0 && d.failing_since == 0);
}

static int64_t next_id(const struct outbox *o, int64_t now)
{
	_cleanup_delivery_ struct delivery d = { 0 };

	return outbox_next(o->store, now, &d, NULL) == 1 ? d.id : 0;
}

static void outbox_next_is_who_waited_longest(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t m = add_message(&o), one = add_delivery(&o, m, ME), two = add_delivery(&o, m, YOU);
	int64_t time = 0;
	struct err e;

	CHECK_INT(next_id(&o, 5000), one);
	CHECK_INT(outbox_set_attempting(o.store, one, 5000, &e), 0);
	CHECK_INT(next_id(&o, 5000), two);
	CHECK_INT(outbox_set_waiting(o.store, one, 5000, 6000, false, "later", &e), 0);
	CHECK_INT(next_id(&o, 6000), two); /* due for longer */
	CHECK_INT(outbox_next_time(o.store, &time, &e), 1);
	CHECK_INT(time, 1001);
	CHECK_INT(outbox_set_attempting(o.store, two, 5000, &e), 0);
	CHECK_INT(next_id(&o, 5999), 0);
	CHECK_INT(next_id(&o, 6000), one);
	CHECK_INT(outbox_next_time(o.store, &time, &e), 1);
	CHECK_INT(time, 6000);
	CHECK_INT(outbox_set_attempting(o.store, one, 6000, &e), 0);
	CHECK_INT(next_id(&o, INT64_MAX), 0);
	CHECK_INT(outbox_next_time(o.store, &time, &e), 0);
}

/* Nobody can settle, or send again, what is on its way; what the database then says is no word about it. */
static void outbox_holds_nothing_that_is_on_its_way(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	_cleanup_outbox_errors_ struct outbox_errors errors = { 0 };
	int64_t id = add_delivery(&o, add_message(&o), ME);
	struct err e;

	take_step(&o, id, TRY);
	take_step(&o, id, DOUBT);
	CHECK_INT(outbox_list_errors(o.store, 10, &errors, &e), 0);
	CHECK_INT(errors.n, 1);
	CHECK(!errors.all[0].held);
	for (int arrived = 0; arrived < 2; arrived++)
		CHECK_INT(outbox_settle_held(o.store, NULL, arrived, 5000, &e), 0);
	check_delivery(&o, id, "in doubt 1 1 - never -");
}

/* What is held for the person is no reason to wake up. */
static void outbox_holds_for_the_person(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t id = add_delivery(&o, add_message(&o), ME), time;
	struct err e;

	CHECK_INT(outbox_set_attempting(o.store, id, 2000, &e), 0);
	CHECK_INT(outbox_set_in_doubt(o.store, id, 2000, &e), 0);
	CHECK_INT(outbox_set_waiting(o.store, id, 2000, OUTBOX_NEVER, true, "perhaps", &e), 0);
	CHECK_INT(outbox_next_time(o.store, &time, &e), 0);
	CHECK_INT(next_id(&o, INT64_MAX - 1), 0);
	CHECK_INT(outbox_schedule_doubts(o.store, "evening", 3000, &e), 0);
	CHECK_INT(outbox_next_time(o.store, &time, &e), 0);
	CHECK_INT(outbox_schedule_doubts(o.store, "morning", 3000, &e), 0);
	CHECK_INT(outbox_next_time(o.store, &time, &e), 1);
	CHECK_INT(next_id(&o, 3000), id);
	CHECK_INT(outbox_schedule_doubts(o.store, "morning", OUTBOX_NEVER, &e), 0);
	CHECK_INT(next_id(&o, 3000), 0);
}

static void outbox_settles_what_is_held(void)
{
	static const struct {
		const char *digest;
		bool arrived;
		int settled;
		const char *expected;
	} rows[] = {
		{ NULL, true, 1, "sent 1 0 - never -" },
		{ "morning", true, 1, "sent 1 0 - never -" },
		{ "morning", false, 1, "in doubt 1 1 2000 5000 perhaps" },
		{ "evening", true, 0, "in doubt 1 1 2000 never perhaps" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outbox_ struct outbox o = outbox_new();
		_cleanup_outbox_lost_ struct outbox_lost lost = { 0 };
		_cleanup_free_ char *first = NULL, *last = NULL;
		int64_t id = add_delivery(&o, add_message(&o), ME);
		struct err e;

		TEST_ROW("%zu", i);
		take_step(&o, id, TRY);
		take_step(&o, id, DOUBT);
		take_step(&o, id, WAIT_IN_DOUBT);
		CHECK_INT(outbox_find_lost(o.store, o.digest, true, &lost, &e), 0);
		CHECK_INT(outbox_find_holding(o.store, &first, &last, &e), 0);
		CHECK_INT(outbox_schedule_doubts(o.store, "morning", OUTBOX_NEVER, &e), 0);
		CHECK_INT(outbox_find_holding(o.store, &first, &last, &e), 1);
		CHECK_TEXT(first, "morning");
		CHECK_TEXT(last, "morning");
		CHECK_INT(outbox_find_lost(o.store, o.digest, true, &lost, &e), 1);
		CHECK(!lost.refused);
		CHECK_INT(lost.n, 1);
		CHECK_TEXT(lost.recipient, ME);
		CHECK_TEXT(lost.error, "perhaps");
		CHECK_INT(outbox_settle_held(o.store, rows[i].digest, rows[i].arrived, 5000, &e),
			rows[i].settled);
		check_delivery(&o, id, rows[i].expected);
	}
}

/* A server that is well again: who waited for its sake waits no longer; others had reasons of their own. */
static void outbox_hurries_what_waits_for_the_server(void)
{
	static const struct {
		const char *error;
		bool in_doubt;
		int64_t now, next_try;
	} rows[] = {
		{ "no login", false, 2010, 2010 },
		{ "no login", true, 2010, 2010 },
		{ "451 later", false, 2010, 2000 + RETRY_GREYLIST_SECONDS },
		{ "451 later", false, 4000, 4000 },
		{ "lost", true, 4000, 9000 },
		{ "no login", false, 9001, 9000 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outbox_ struct outbox o = outbox_new();
		int64_t id = add_delivery(&o, add_message(&o), ME), time = 0;
		struct err e;

		TEST_ROW("%zu", i);
		CHECK_INT(troubles_set(o.store, TROUBLES_SERVER, 1500, "no login", &e), 0);
		take_step(&o, id, TRY);
		if (rows[i].in_doubt)
			take_step(&o, id, DOUBT);
		CHECK_INT(outbox_set_waiting(
				  o.store, id, 2000, 9000, rows[i].in_doubt, rows[i].error, &e),
			0);
		CHECK_INT(outbox_next_time_after(o.store, 2000, &time, &e), 1);
		CHECK_INT(time, 9000);
		CHECK_INT(outbox_next_time_after(o.store, 9000, &time, &e), 0);
		CHECK_INT(outbox_hurry(o.store, rows[i].now, &e), 0);
		CHECK_INT(outbox_next_time(o.store, &time, &e), 1);
		CHECK_INT(time, rows[i].next_try);
	}
}

static void add_up(void *userdata, int64_t at)
{
	*(int64_t *)userdata += at;
}

static void outbox_knows_when_it_was_tried(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t message = add_message(&o), sum = 0;
	int64_t tried = add_delivery(&o, message, ME);
	struct err e;

	(void)add_delivery(&o, message, "other@example.org"); /* not tried */
	take_step(&o, tried, TRY);
	CHECK_INT(outbox_each_attempt(o.store, 2000, add_up, &sum, &e), 0);
	CHECK_INT(sum, 2000);
	CHECK_INT(outbox_each_attempt(o.store, 2001, add_up, &sum, &e), 0);
	CHECK_INT(sum, 2000);
}

/* Two recipients: the message may be withdrawn by what became of each. */
static void outbox_withdraws_what_nobody_has(void)
{
	static const struct {
		enum step mine[4], yours[4];
		bool withdrawn;
	} rows[] = {
		{ { END }, { END }, true }, { { TRY, WAIT }, { TRY, WAIT }, true },
		{ { END }, { TRY, REFUSED }, true }, { { TRY }, { END }, false },
		{ { TRY, DOUBT }, { END }, false }, { { END }, { TRY, DOUBT, SENT }, false },
		{ { END }, { TRY, DOUBT, WAIT_IN_DOUBT }, false },
		{ { TRY, REFUSED }, { TRY, REFUSED }, false }, /* over already */
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outbox_ struct outbox o = outbox_new();
		int64_t m = add_message(&o), mine = add_delivery(&o, m, ME),
			yours = add_delivery(&o, m, YOU);
		struct outbox_counts counts;
		struct err e;
		bool refused;

		TEST_ROW("row %zu", i);
		for (size_t s = 0; s < 4 && rows[i].mine[s]; s++)
			take_step(&o, mine, rows[i].mine[s]);
		for (size_t s = 0; s < 4 && rows[i].yours[s]; s++)
			take_step(&o, yours, rows[i].yours[s]);
		refused = !is_told(&o, m);
		CHECK_INT(outbox_withdraw(o.store, o.digest + 1, o.now, &e),
			0); /* another digest's */
		CHECK(is_told(&o, m) == !refused);
		CHECK_INT(outbox_withdraw(o.store, o.digest, o.now, &e), 0);
		CHECK_INT(outbox_count(o.store, &counts, &e), 0);
		CHECK(rows[i].withdrawn == (counts.withdrawn > 0));
		CHECK(is_told(&o, m) == (!rows[i].withdrawn && !refused));
		CHECK(!rows[i].withdrawn || counts.queued == 0);
	}
}

static void outbox_withdraws_all_that_wait(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	struct outbox_counts counts;
	struct err e;

	for (int i = 0; i < 3; i++)
		(void)add_delivery(&o, add_message(&o), ME);
	CHECK_INT(outbox_withdraw(o.store, o.digest, o.now, &e), 0);
	CHECK_INT(outbox_count(o.store, &counts, &e), 0);
	CHECK_INT(counts.withdrawn, 3);
	CHECK_INT(book_ask(o.store, "SELECT count(*) FROM told"), 0);
	CHECK_INT(book_ask(o.store, "SELECT count(*) FROM claim WHERE NOT delivered"), 3);
}

/* How long a recipient has been failing survives the withdrawal, and ends with a success. */
static void outbox_failing_goes_on(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t id = add_delivery(&o, add_message(&o), ME);
	struct err e;

	CHECK_INT(outbox_set_waiting(o.store, id, 1500, 1600, false, "later", &e), 0);
	CHECK_INT(outbox_withdraw(o.store, o.digest, 1550, &e), 0);
	o.now = 1999;
	id = add_message(&o);
	check_delivery(&o, add_delivery(&o, id, YOU), "queued 0 0 - 2000 -");
	id = add_delivery(&o, id, ME);
	check_delivery(&o, id, "queued 0 0 1500 2000 -");
	CHECK_INT(outbox_set_waiting(o.store, id, 2100, 2200, false, "later", &e), 0);
	check_delivery(&o, id, "queued 0 0 1500 2200 later");
	CHECK_INT(outbox_set_sent(o.store, id, 2200, &e), 0);
	o.now = 2999;
	check_delivery(&o, add_delivery(&o, add_message(&o), ME), "queued 0 0 - 3000 -");
}

static void outbox_what_reaches_nobody_is_untold(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t m = add_message(&o), mine = add_delivery(&o, m, ME),
		yours = add_delivery(&o, m, YOU);
	int64_t other = add_message(&o), next = add_delivery(&o, other, ME);
	struct err e;

	CHECK_INT(outbox_set_refused(o.store, mine, 2000, "no", &e), 0);
	CHECK(is_told(&o, m)); /* the other one may yet arrive */
	CHECK_INT(outbox_set_refused(o.store, yours, 2000, "no", &e), 0);
	CHECK(!is_told(&o, m) && is_told(&o, other));
	CHECK_INT(outbox_set_withdrawn(o.store, add_delivery(&o, other, YOU), 2000, &e), 0);
	CHECK(is_told(&o, other));
	CHECK_INT(outbox_set_withdrawn(o.store, next, 2000, &e), 0);
	CHECK(!is_told(&o, other));
}

static void outbox_delivery_stands_once(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t m = add_message(&o);
	struct err e;

	(void)add_delivery(&o, m, ME);
	CHECK(outbox_add_delivery(o.store, m, ME, o.now, &e) < 0);
	CHECK(outbox_add_delivery(o.store, m + 1, ME, o.now, &e) < 0);
	CHECK_INT(book_ask(o.store, "SELECT count(*) FROM delivery"), 1);
}

static void outbox_erases_a_contact(void)
{
	static const struct {
		enum step steps[4];
		const char *state;
		bool told;
	} rows[] = {
		{ { END }, "withdrawn 0 0 - 1001 -", false },
		{ { TRY, WAIT }, "withdrawn 1 0 2000 3000 later", false },
		{ { TRY, DOUBT, WAIT_IN_DOUBT }, "withdrawn 1 1 2000 3000 perhaps", false },
		{ { TRY }, "attempting 1 0 - 1001 -", true },
		{ { TRY, DOUBT, SENT }, "sent 1 0 - never -", true },
		{ { TRY, REFUSED }, "refused 1 0 - 1001 no", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outbox_ struct outbox o = outbox_new();
		int64_t anna = book_contact(o.store, o.book, "Anna", CONTACT_HAND),
			m = add_message(&o);
		int64_t id = add_delivery(&o, m, ME), waiting;
		struct err e;

		TEST_ROW("row %zu", i);
		CHECK_INT(outbox_add_mention(o.store, m, anna, &e), 0);
		CHECK_INT(outbox_add_mention(o.store, m, anna, &e), 0);
		for (size_t s = 0; rows[i].steps[s] != END; s++)
			take_step(&o, id, rows[i].steps[s]);
		CHECK_INT(outbox_waiting_of(o.store, anna, &waiting, &e), 0);
		CHECK_INT(waiting, i < 3);
		CHECK_INT(outbox_erase_contact(o.store, anna, &e), 0);
		CHECK_INT(outbox_waiting_of(o.store, anna, &waiting, &e), 0);
		CHECK_INT(waiting, 0);
		check_delivery(&o, id, rows[i].state);
		CHECK(is_told(&o, m) == rows[i].told);
		CHECK_INT(book_ask(o.store,
				  "SELECT count(*) FROM message WHERE body IS NULL AND subject=''"),
			1);
		CHECK_INT(next_id(&o, INT64_MAX), 0);
	}
}

/* It was on its way when the contact was erased: it is not sent again, and stops no other. */
static void outbox_erased_is_not_tried_again(void)
{
	static const struct {
		enum step steps[4];
		const char *state;
	} rows[] = {
		{ { WAIT }, "withdrawn 1 0 2000 3000 later" },
		{ { DOUBT, WAIT_IN_DOUBT }, "withdrawn 1 1 2000 3000 perhaps" },
		{ { RECOVER }, "withdrawn 1 0 - 1001 -" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outbox_ struct outbox o = outbox_new();
		int64_t anna = book_contact(o.store, o.book, "Anna", CONTACT_HAND),
			m = add_message(&o);
		int64_t id = add_delivery(&o, m, ME), other = add_message(&o), next;
		struct err e;

		TEST_ROW("row %zu", i);
		next = add_delivery(&o, other, ME);
		CHECK_INT(outbox_add_mention(o.store, m, anna, &e), 0);
		take_step(&o, id, TRY);
		CHECK_INT(outbox_erase_contact(o.store, anna, &e), 0);
		for (size_t s = 0; rows[i].steps[s] != END; s++)
			take_step(&o, id, rows[i].steps[s]);
		check_delivery(&o, id, rows[i].state);
		CHECK(!is_told(&o, m) && is_told(&o, other));
		CHECK_INT(next_id(&o, INT64_MAX), next);
	}
}

static void outbox_leaves_others_messages(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t anna = book_contact(o.store, o.book, "Anna", CONTACT_HAND);
	int64_t ben = book_contact(o.store, o.book, "Ben", CONTACT_HAND), m = add_message(&o);
	int64_t id = add_delivery(&o, m, ME);
	struct err e;

	CHECK_INT(outbox_add_mention(o.store, m, ben, &e), 0);
	CHECK_INT(outbox_erase_contact(o.store, anna, &e), 0);
	check_delivery(&o, id, "queued 0 0 - 1001 -");
	CHECK(is_told(&o, m));
	CHECK_INT(next_id(&o, 2000), id);
}

static void outbox_forgets_bodies(void)
{
	static const struct {
		enum step steps[4];
		int64_t now;
		bool kept;
	} rows[] = {
		{ { TRY, DOUBT, SENT }, 2000 + OUTBOX_KEEP_SECONDS, true },
		{ { TRY, DOUBT, SENT }, 2000 + OUTBOX_KEEP_SECONDS + 1, false },
		{ { TRY, REFUSED }, 2000 + OUTBOX_KEEP_SECONDS + 1, false },
		{ { TRY, REFUSED }, 1500 + OUTBOX_KEEP_SECONDS, true }, /* settled later */
		{ { END }, 2000 + 9 * OUTBOX_KEEP_SECONDS, true },
		{ { TRY }, 2000 + 9 * OUTBOX_KEEP_SECONDS, true },
		{ { TRY, DOUBT }, 2000 + 9 * OUTBOX_KEEP_SECONDS, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outbox_ struct outbox o = outbox_new();
		int64_t id = add_delivery(&o, add_message(&o), ME);
		struct err e;

		TEST_ROW("row %zu", i);
		for (size_t s = 0; rows[i].steps[s] != END; s++)
			take_step(&o, id, rows[i].steps[s]);
		CHECK_INT(outbox_forget_bodies(o.store, rows[i].now, &e), 0);
		CHECK_INT(book_ask(o.store, "SELECT body IS NOT NULL FROM message"), rows[i].kept);
		CHECK_INT(book_ask(o.store, "SELECT subject<>'' FROM message"), 1);
	}
}

static void outbox_counts_by_state(void)
{
	static const enum step steps[][4] = {
		{ END, END, END, END },
		{ END, END, END, END },
		{ TRY, END, END, END },
		{ TRY, DOUBT, END, END },
		{ TRY, REFUSED, END, END },
		{ TRY, DOUBT, SENT, END },
		{ TRY, DOUBT, SENT, END },
	};
	_cleanup_outbox_ struct outbox o = outbox_new();
	int64_t ids[ARRAY_SIZE(steps)];
	struct outbox_counts c;
	struct err e;

	CHECK_INT(outbox_count(o.store, &c, &e), 0);
	CHECK(!c.queued && !c.attempting && !c.in_doubt && !c.sent && !c.refused && !c.withdrawn);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		ids[i] = add_delivery(&o, add_message(&o), ME);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		for (size_t s = 0; steps[i][s] != END; s++)
			take_step(&o, ids[i], steps[i][s]);
	CHECK_INT(outbox_count(o.store, &c, &e), 0);
	CHECK(c.queued == 2 && c.attempting == 1 && c.in_doubt == 1);
	CHECK(c.sent == 2 && c.refused == 1 && c.withdrawn == 0);
}

static void outbox_says_what_is_wrong(void)
{
	_cleanup_outbox_ struct outbox o = outbox_new();
	_cleanup_outbox_errors_ struct outbox_errors errors = { 0 };
	int64_t waiting = add_delivery(&o, add_message(&o), ME),
		fine = add_delivery(&o, add_message(&o), ME);
	int64_t refused = add_delivery(&o, add_message(&o), YOU),
		doubt = add_delivery(&o, add_message(&o), ME);
	struct err e;

	CHECK_INT(outbox_list_errors(o.store, 10, &errors, &e), 0);
	CHECK_INT(errors.n, 0);
	CHECK_INT(
		outbox_set_waiting(o.store, waiting, 1500, 1600, false, "the server is asleep", &e),
		0);
	CHECK_INT(outbox_set_waiting(o.store, waiting, 1700, 1800, false, "the server is away", &e),
		0);
	CHECK_INT(outbox_set_waiting(o.store, fine, 1500, 1600, false, "later", &e), 0);
	CHECK_INT(outbox_set_sent(o.store, fine, 1600, &e), 0);
	CHECK_INT(outbox_set_refused(o.store, refused, 1900, "no such mailbox", &e), 0);
	CHECK_INT(outbox_set_in_doubt(o.store, doubt, 2000, &e), 0);
	CHECK_INT(outbox_list_errors(o.store, 10, &errors, &e), 0);
	CHECK_INT(errors.n, 3);
	if (errors.n != 3)
		return;
	CHECK_TEXT(errors.all[0].state, "in doubt");
	CHECK_TEXT(errors.all[0].text, "");
	CHECK_TEXT(errors.all[1].state, "refused");
	CHECK_TEXT(errors.all[1].recipient, YOU);
	CHECK_INT(errors.all[1].since, 1900);
	CHECK_TEXT(errors.all[2].text, "the server is away");
	CHECK_INT(errors.all[2].since, 1500);
	outbox_errors_done(&errors);
	CHECK_INT(outbox_list_errors(o.store, 1, &errors, &e), 0);
	CHECK_INT(errors.n, 1);
}

TEST_MAIN(TEST(outbox_life), TEST(outbox_next_has_all_to_send),
	TEST(outbox_next_is_who_waited_longest), TEST(outbox_holds_for_the_person),
	TEST(outbox_settles_what_is_held), TEST(outbox_holds_nothing_that_is_on_its_way),
	TEST(outbox_hurries_what_waits_for_the_server), TEST(outbox_knows_when_it_was_tried),
	TEST(outbox_withdraws_what_nobody_has), TEST(outbox_withdraws_all_that_wait),
	TEST(outbox_failing_goes_on), TEST(outbox_what_reaches_nobody_is_untold),
	TEST(outbox_delivery_stands_once), TEST(outbox_erases_a_contact),
	TEST(outbox_erased_is_not_tried_again), TEST(outbox_leaves_others_messages),
	TEST(outbox_forgets_bodies), TEST(outbox_counts_by_state), TEST(outbox_says_what_is_wrong))
