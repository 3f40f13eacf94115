/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/contacts.h"
#include "book/digests.h"
#include "book/keeping.h"
#include "book/outbox.h"
#include "book/touches.h"
#include "core/day.h"

static int32_t due_of(struct store *store, int64_t contact)
{
	int64_t due = -1;
	struct err e;

	return store_ask(store, &due, &e, "SELECT due_day FROM keeping WHERE contact=?", "i",
		       contact) == 1
		? (int32_t)due
		: -1;
}

static void set_every(struct store *store, int64_t contact, const char *every)
{
	struct err e;

	book_must(contacts_set(store, contact, CONTACT_EVERY, every, CONTACT_HAND, TODAY, &e), &e);
}

static void keeping_counts_from_the_last_touch(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	struct err e;

	CHECK_INT(due_of(store, anna), -1);
	set_every(store, anna, "6w");
	CHECK_INT(due_of(store, anna), TODAY + 42);
	book_must(contacts_set_met(store, anna, TODAY - 10, &e), &e);
	CHECK_INT(due_of(store, anna), TODAY + 32);
	book_must(touches_add(store, anna, TODAY - 3, "called", NULL, &e), &e);
	CHECK_INT(due_of(store, anna), TODAY + 39);
	/* An older one that is noted later changes nothing. */
	book_must(touches_add(store, anna, TODAY - 30, "met", NULL, &e), &e);
	CHECK_INT(due_of(store, anna), TODAY + 39);
	set_every(store, anna, "never");
	CHECK_INT(due_of(store, anna), -1);
	set_every(store, anna, "30d");
	CHECK_INT(due_of(store, anna), TODAY + 27);
}

static void keeping_goes_by_tags(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND),
		ben = book_contact(store, book, "Ben", CONTACT_HAND);
	struct err e;
	size_t n = 0;

	book_value(store, anna, CONTACT_TAG, "Club");
	book_value(store, ben, CONTACT_TAG, "club");
	book_must(keeping_set_tag(store, book, "CLUB", "6w", TODAY, &n, &e), &e);
	CHECK_INT(n, 2);
	CHECK_INT(due_of(store, anna), TODAY + 42);
	/* The shortest of several tags, unless the contact has its own. */
	book_must(keeping_set_tag(store, book, "friends", "7d", TODAY, &n, &e), &e);
	CHECK_INT(n, 0);
	book_value(store, anna, CONTACT_TAG, "Friends");
	CHECK_INT(due_of(store, anna), TODAY + 7);
	set_every(store, anna, "90d");
	CHECK_INT(due_of(store, anna), TODAY + 90);
	set_every(store, anna, "never");
	CHECK_INT(due_of(store, anna), -1);
	set_every(store, anna, "");
	CHECK_INT(due_of(store, anna), TODAY + 7);
	book_must(contacts_remove_value(store, anna, CONTACT_TAG, "friends", TODAY, &e), &e);
	CHECK_INT(due_of(store, anna), TODAY + 42);
	book_must(keeping_set_tag(store, book, "club", NULL, TODAY, &n, &e), &e);
	CHECK_INT(due_of(store, anna), -1);
	CHECK_INT(due_of(store, ben), -1);
}

static size_t count_due(struct store *store, int64_t book, int32_t to)
{
	_cleanup_free_ struct touch_candidate *all = NULL;
	struct err e;
	size_t n = 0;

	book_must(keeping_due(store, book, 0, DAY_MAX, to, &all, &n, &e), &e);
	return n;
}

static void keeping_finds_who_is_due(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND);
	struct keeping keeping;
	struct err e;

	set_every(store, anna, "7d");
	CHECK_INT(count_due(store, book, TODAY + 7), 0);
	CHECK_INT(count_due(store, book, TODAY + 8), 1);
	CHECK_INT(count_due(store, book_other(store), TODAY + 8), 0);
	CHECK_INT(keeping_by_number(store, book, 1, &keeping, &e), 1);
	CHECK_INT(keeping.contact, anna);
	CHECK_INT(keeping_by_number(store, book, 2, &keeping, &e), 0);

	book_must(keeping_set_until(store, book, 1, TODAY + 20, &e), &e);
	CHECK_INT(count_due(store, book, TODAY + 20), 0);
	CHECK_INT(count_due(store, book, TODAY + 21), 1);
	/* Skipping counts as a touch on that day, but is none. */
	book_must(keeping_skip(store, book, 1, TODAY + 21, &e), &e);
	CHECK_INT(due_of(store, anna), TODAY + 28);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM touch"), 0);
	/* What was put back holds for that turn alone. */
	CHECK_INT(count_due(store, book, TODAY + 29), 1);
	/* The handle is for life. */
	set_every(store, anna, "never");
	set_every(store, anna, "9d");
	CHECK_INT(keeping_by_number(store, book, 1, &keeping, &e), 1);
}

static int32_t shown_of(struct store *store, int64_t digest, int32_t before_day)
{
	_cleanup_free_ struct touch_candidate *all = NULL;
	struct err e;
	size_t n = 0;

	book_must(
		keeping_due(store, book_main(store), digest, before_day, TODAY + 100, &all, &n, &e),
		&e);
	return n == 1 && all[0].shown != TOUCH_NEVER ? all[0].shown : -1;
}

/* Each digest goes by its own mails, and what was put back is new to all of them. */
static void keeping_knows_what_each_digest_showed(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND);
	struct digest_state one, two;
	struct err e;
	struct outbox_message message_of_one = { .slot = 1,
		.message_id = "<1@example.org>",
		.sender = "me@example.org",
		.subject = "s",
		.body = "b",
		.size = 1 };
	int64_t message;

	set_every(store, anna, "7d");
	book_must(digests_enter(store, "one", "07:00", "UTC", 0, &one, &e), &e);
	book_must(digests_enter(store, "two", "07:00", "UTC", 0, &two, &e), &e);
	message_of_one.digest = one.id;
	book_must(outbox_add(store, &message_of_one, 1, &message, &e), &e);
	book_must(
		digests_tell(store, one.id, TOLD_TOUCH, 1, TODAY + 7, TODAY + 9, message, &e), &e);
	CHECK_INT(shown_of(store, one.id, DAY_MAX), TODAY + 9);
	CHECK_INT(shown_of(store, one.id, TODAY + 10), TODAY + 9);
	CHECK_INT(shown_of(store, one.id, TODAY + 9), -1);
	CHECK_INT(shown_of(store, two.id, DAY_MAX), -1);
	CHECK_INT(shown_of(store, 0, DAY_MAX), -1);

	book_must(keeping_set_until(store, book, 1, TODAY + 20, &e), &e);
	CHECK_INT(shown_of(store, one.id, DAY_MAX), -1);
	book_must(
		digests_tell(store, one.id, TOLD_TOUCH, 1, -(TODAY + 20), TODAY + 20, message, &e),
		&e);
	CHECK_INT(shown_of(store, one.id, DAY_MAX), TODAY + 20);
}

static void keeping_spreads_many(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), ids[100];
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
		ids[i] = book_contact(store, book, "Anna", "vcard");
	book_must(keeping_spread(store, ids, ARRAY_SIZE(ids), "50d", TODAY, &e), &e);
	for (int32_t day = 0; day < 50; day++) {
		TEST_ROW("day %d", day);
		CHECK_INT(count_due(store, book, TODAY + day + 1), (day + 1) * 2);
	}
}

/* Those whom one was in touch with keep their own day; few are not spread. */
static void keeping_spreads_a_tag(void)
{
	static const struct {
		int people;
		int32_t first, last;
	} rows[] = {
		{ KEEPING_MANY - 1, 50, 50 },
		{ KEEPING_MANY, 0, 45 },
		{ 50, 0, 49 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t book = book_main(store), met;
		struct err e;
		size_t n = 0;

		TEST_ROW("%d people", rows[i].people);
		for (int k = 0; k < rows[i].people; k++)
			book_value(store, book_contact(store, book, "Anna", "vcard"), CONTACT_TAG,
				"club");
		met = book_contact(store, book, "Ben", "vcard");
		book_value(store, met, CONTACT_TAG, "club");
		book_must(touches_add(store, met, TODAY - 3, "met", NULL, &e), &e);
		book_must(keeping_set_tag(store, book, "club", "50d", TODAY, &n, &e), &e);
		CHECK_INT(due_of(store, met), TODAY + 47);
		CHECK_INT(book_ask(store, "SELECT min(due_day) FROM keeping WHERE contact=1"),
			TODAY + rows[i].first);
		CHECK_INT(book_ask(store,
				  "SELECT max(due_day) FROM keeping"
				  " WHERE contact<(SELECT max(id) FROM contact)"),
			TODAY + rows[i].last);
	}
}

/* An import's people who have their cadence from a tag. */
static void keeping_spreads_by_what_tags_say(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), ids[20];
	struct err e;
	size_t n = 0;

	book_must(keeping_set_tag(store, book, "club", "40d", TODAY, &n, &e), &e);
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		ids[i] = book_contact(store, book, "Anna", "vcard");
		if (i % 2 == 0)
			book_value(store, ids[i], CONTACT_TAG, "club");
	}
	CHECK_INT(due_of(store, ids[2]), TODAY + 40);
	book_must(keeping_spread(store, ids, ARRAY_SIZE(ids), NULL, TODAY, &e), &e);
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		TEST_ROW("%zu", i);
		CHECK_INT(due_of(store, ids[i]), i % 2 ? -1 : TODAY + (int32_t)i * 2);
	}
}

TEST_MAIN(TEST(keeping_counts_from_the_last_touch), TEST(keeping_goes_by_tags),
	TEST(keeping_finds_who_is_due), TEST(keeping_knows_what_each_digest_showed),
	TEST(keeping_spreads_many), TEST(keeping_spreads_a_tag),
	TEST(keeping_spreads_by_what_tags_say))
