/* SPDX-License-Identifier: MIT */
/*
 * test-hosted: digests of the database: what is kept of them, and which is next.
 */
#include "book-fixture.h"
#include "book/digests.h"
#include "book/hosted.h"

#include <errno.h>

#define NOW 1795400000

static int add(struct store *store, const char *name, const char *cadence, bool holds)
{
	const struct hosted_entry entry = { name, "to = [ \"a@example.org\" ];\n", cadence,
		"Europe/Berlin", holds, false };

	return hosted_add(store, &entry, book_main(store), NOW, NULL);
}

static int64_t number(struct store *store, const char *name)
{
	_cleanup_hosted_ struct hosted hosted = { 0 };
	struct err e = { "" };

	CHECK_INT(hosted_find(store, name, &hosted, &e), 1);
	return hosted.digest;
}

static void one_is_found_as_it_was_written(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_hosted_ struct hosted hosted = { 0 };

	CHECK_INT(hosted_find(store, "anna", &hosted, NULL), 0);
	CHECK_INT(add(store, "anna", "daily", true), 0);
	CHECK_INT(add(store, "anna", "daily", false), -EEXIST);
	CHECK_INT(hosted_find(store, "anna", &hosted, NULL), 1);
	CHECK_TEXT(hosted.name, "anna");
	CHECK_TEXT(hosted.book, "main");
	CHECK_TEXT(hosted.settings, "to = [ \"a@example.org\" ];\n");
	CHECK(!hosted.paused && !hosted.error && hosted.due == 0);
	CHECK_INT(hosted_holds(store, hosted.digest, NULL), 1);
	CHECK_INT(hosted_holds(store, hosted.digest + 1, NULL), 0);
	CHECK_INT(add(store, "ben", "daily", false), 0);
	CHECK_INT(hosted_find_of_book(store, "main", &hosted, NULL), 1);
	CHECK_TEXT(hosted.name, "anna");
	CHECK_INT(hosted_find_of_book(store, "other", &hosted, NULL), 0);
}

/* What stood in nudged.conf before goes on where it was. */
static void what_was_claimed_before_holds(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct digest_state state;

	CHECK_INT(
		digests_enter(store, "anna", "daily", "Europe/Berlin", NOW - 99, &state, NULL), 0);
	CHECK_INT(digests_claim(store, state.id, NOW - 9, &(struct cover){ TODAY, TODAY + 1 },
			  TODAY, NOW - 9, 0, NULL),
		0);
	CHECK_INT(add(store, "anna", "daily", false), 0);
	CHECK_INT(digests_load(store, "anna", &state, NULL), 0);
	CHECK(state.has_claim && state.since == NOW - 99);
}

static void the_next_ones_come_by_due_and_turn(void)
{
	static const struct {
		const char *name;
		int64_t due, turn;
	} rows[] = { { "a", NOW, 7 }, { "b", NOW, 3 }, { "c", NOW - 1, 9 }, { "d", NOW + 1, 0 },
		{ "e", INT64_MAX, 0 }, { "f", NOW - 5, 0 } };
	_cleanup_store_ struct store *store = book_new();
	int64_t ids[8], due;

	CHECK_INT(hosted_next(store, &due, NULL, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		CHECK_INT(add(store, rows[i].name, "daily", false), 0);
		CHECK_INT(hosted_set_due(store, number(store, rows[i].name), rows[i].due,
				  rows[i].turn, NULL),
			0);
	}
	CHECK_INT(hosted_pause(store, number(store, "f"), true, NOW, NULL), 0);
	CHECK_INT(hosted_list_due(store, NOW, ids, 8, NULL), 3);
	CHECK(ids[0] == number(store, "c") && ids[1] == number(store, "b") &&
		ids[2] == number(store, "a"));
	CHECK_INT(hosted_list_due(store, NOW, ids, 2, NULL), 2);
	CHECK_INT(hosted_next(store, &due, ids, NULL), 1);
	CHECK(due == NOW - 1 && ids[0] == number(store, "c"));
	/* After any change all are looked at, but the paused. */
	CHECK_INT(hosted_look_again(store, NULL), 0);
	CHECK_INT(hosted_list_due(store, 0, ids, 8, NULL), 5);
}

static void a_holiday_is_a_change(void)
{
	_cleanup_store_ struct store *store = book_new();
	int32_t until = TODAY + 9;
	int64_t ids[2];

	CHECK_INT(add(store, "a", "daily", false), 0);
	for (int i = 0; i < 2; i++) {
		CHECK_INT(hosted_set_due(store, number(store, "a"), NOW + 99, 0, NULL), 0);
		CHECK_INT(hosted_list_due(store, NOW, ids, 2, NULL), 0);
		CHECK_INT(books_set_pause(store, book_main(store), i ? NULL : &until, NULL), 0);
		CHECK_INT(hosted_list_due(store, NOW, ids, 2, NULL), 1);
	}
}

static void after_a_pause_slots_that_passed_are_not_taken(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct digest_state state;

	CHECK_INT(add(store, "a", "daily", false), 0);
	CHECK_INT(hosted_pause(store, number(store, "a"), true, NOW + 5, NULL), 0);
	CHECK_INT(hosted_pause(store, number(store, "a"), false, NOW + 50, NULL), 0);
	CHECK_INT(hosted_pause(store, number(store, "a"), false, NOW + 90, NULL), 0);
	CHECK_INT(digests_load(store, "a", &state, NULL), 0);
	CHECK_INT(state.since, NOW + 50);
}

static int count(void *userdata, const struct hosted *hosted)
{
	str_addf(userdata, "%s%s ", hosted->name, hosted->error ? "!" : "");
	return 0;
}

static void what_is_wrong_is_kept_until_it_is_changed(void)
{
	const struct hosted_entry entry = { "b", "to = [ \"b@example.org\" ];\n", "weekly", "UTC",
		false, true };
	_cleanup_store_ struct store *store = book_new();
	_cleanup_str_ struct str text = STR_INIT;
	struct hosted_counts counts;

	for (const char *name = "c\0b\0a\0"; *name; name += 2)
		CHECK_INT(add(store, name, "daily", false), 0);
	CHECK_INT(hosted_set_error(store, number(store, "b"), NOW, "no such zone", NULL), 0);
	CHECK_INT(hosted_pause(store, number(store, "a"), true, NOW, NULL), 0);
	CHECK_INT(hosted_count(store, &counts, NULL), 0);
	CHECK(counts.all == 3 && counts.paused == 1 && counts.wrong == 1);
	CHECK_INT(hosted_each(store, 0, count, &text, NULL), 0);
	CHECK_INT(hosted_each_wrong(store, 9, count, &text, NULL), 0);
	CHECK_INT(hosted_each_wrong(store, 0, count, &text, NULL), 0);
	CHECK_TEXT(str_text(&text), "a b! c b! ");
	CHECK_INT(hosted_change(store, &entry, NOW, NULL), 0);
	str_clear(&text);
	CHECK_INT(hosted_each(store, book_main(store), count, &text, NULL), 0);
	CHECK_TEXT(str_text(&text), "c b a ");
}

static void nothing_is_left_of_one_that_is_removed(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct digest_state state;

	CHECK_INT(add(store, "a", "daily", false), 0);
	CHECK_INT(hosted_remove(store, number(store, "a"), NULL), 0);
	CHECK_INT(digests_load(store, "a", &state, NULL), 0);
	CHECK_INT(state.id, 0);
}

static void the_last_claim_is_that_of_all(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t last = 0;

	CHECK_INT(hosted_last_claim(store, &last, NULL), 0);
	CHECK_INT(hosted_set_last_claim(store, NOW, NULL), 0);
	CHECK_INT(hosted_set_last_claim(store, NOW - 5, NULL), 0);
	CHECK_INT(hosted_last_claim(store, &last, NULL), 1);
	CHECK_INT(last, NOW - 5);
}

TEST_MAIN(TEST(one_is_found_as_it_was_written), TEST(what_was_claimed_before_holds),
	TEST(the_next_ones_come_by_due_and_turn), TEST(a_holiday_is_a_change),
	TEST(after_a_pause_slots_that_passed_are_not_taken),
	TEST(what_is_wrong_is_kept_until_it_is_changed),
	TEST(nothing_is_left_of_one_that_is_removed), TEST(the_last_claim_is_that_of_all))
