/* SPDX-License-Identifier: MIT */
#include "book/contacts.h"
#include "book/digests.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/search.h"
#include "book/suggestions.h"
#include "book/undo.h"
#include "book-fixture.h"

#include <errno.h>

struct step {
	struct store *transaction;
	struct undo *undo;
};

static void step_begin(struct store *store, struct step *step)
{
	struct err e;

	book_must(store_begin(store, &step->transaction, &e), &e);
	book_must(undo_begin(&step->undo, store, &e), &e);
}

static void step_end(struct store *store, int64_t book, struct step *step, const char *what)
{
	struct err e;

	book_must(undo_keep(step->undo, book, what, 0, &e), &e);
	(void)store;
	undo_free(TAKE_PTR(step->undo));
	book_must(store_commit(&step->transaction, &e), &e);
}

static int take_back(struct store *store, int64_t book, char **ret_what)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };
	int r;

	book_must(store_begin(store, &transaction, &e), &e);
	r = undo_last(store, book, ret_what, &e);
	if (r == 0 || r == UNDO_FINAL)
		book_must(store_commit(&transaction, &e), &e);
	return r;
}

static size_t found(struct store *store, int64_t book, const char *word)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	struct err e;

	book_must(search_list(store, book, word, NULL, NULL, &ids, &e), &e);
	return ids.n;
}

static void undo_takes_back_an_entry_whole(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	_cleanup_free_ char *what = NULL, *none = NULL;
	struct date birthday = { 1990, 2, 3 };
	struct step step = { 0 };
	int64_t book = book_main(store), id, number, again;
	struct err e;

	step_begin(store, &step);
	id = book_contact(store, book, "Carla Öz", CONTACT_HAND);
	book_must(contacts_add_value(store, id, CONTACT_TAG, "club", NULL, CONTACT_HAND, TODAY, &e),
		&e);
	book_must(occasions_add(store, book, id, OCCASION_BIRTHDAY, NULL, &birthday, CONTACT_HAND,
			  TODAY, &number, &e),
		&e);
	book_must(search_index(store, id, &e), &e);
	step_end(store, book, &step, "add Carla");
	CHECK_INT(found(store, book, "club"), 1);

	CHECK_INT(take_back(store, book, &what), 0);
	CHECK_TEXT(what, "add Carla");
	CHECK_INT(found(store, book, "carla"), 0);
	CHECK_INT(take_back(store, book, &none), UNDO_NOTHING);

	/* Numbers that were seen are not given again. */
	step_begin(store, &step);
	again = book_contact(store, book, "Dora", CONTACT_HAND);
	CHECK(again > id);
	book_must(occasions_add(store, book, again, OCCASION_BIRTHDAY, NULL, &birthday,
			  CONTACT_HAND, TODAY, &number, &e),
		&e);
	CHECK_INT(number, 2);
	step_end(store, book, &step, "add Dora");
}

static void undo_goes_back_step_by_step(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	static const char *const cities[] = { "Köln", "Bonn", "Kiel" };
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND);
	struct step step = { 0 };
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(cities); i++) {
		step_begin(store, &step);
		book_must(contacts_set(store, id, CONTACT_CITY, cities[i], CONTACT_HAND, TODAY, &e),
			&e);
		book_must(search_index(store, id, &e), &e);
		step_end(store, book, &step, cities[i]);
	}
	for (size_t i = ARRAY_SIZE(cities); i-- > 0;) {
		_cleanup_free_ char *what = NULL;
		_cleanup_contact_ struct contact contact = { 0 };

		CHECK_INT(found(store, book, cities[i]), 1);
		CHECK_INT(take_back(store, book, &what), 0);
		CHECK_TEXT(what, cities[i]);
		book_must(contacts_load(store, book, id, &contact, &e), &e);
		CHECK_TEXT(contact.field[CONTACT_CITY], i ? cities[i - 1] : NULL);
		CHECK_INT(found(store, book, cities[i]), 0);
	}
}

static void undo_refuses_what_was_touched_since(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND);
	_cleanup_contact_ struct contact contact = { 0 };
	_cleanup_free_ char *what = NULL;
	struct step step = { 0 };
	struct err e;

	step_begin(store, &step);
	book_must(contacts_set(store, id, CONTACT_CITY, "Köln", CONTACT_HAND, TODAY, &e), &e);
	step_end(store, book, &step, "edit Anna");
	/* An import, which is not kept. */
	book_must(contacts_set(store, id, CONTACT_CITY, "Bonn", CONTACT_HAND, TODAY, &e), &e);
	CHECK_INT(take_back(store, book, &what), -ESTALE);
	CHECK(what == NULL);
	book_must(contacts_load(store, book, id, &contact, &e), &e);
	CHECK_TEXT(contact.field[CONTACT_CITY], "Bonn");
}

static void undo_keeps_fifty(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	int64_t book = book_main(store), number;
	struct step step = { 0 };
	struct err e;
	int taken = 0;

	for (int i = 0; i < UNDO_DEPTH + 3; i++) {
		step_begin(store, &step);
		book_must(
			followups_add(store, book, 0, "thing", TODAY, -1, TODAY, &number, &e), &e);
		step_end(store, book, &step, "follow-up");
	}
	for (;;) {
		_cleanup_free_ char *what = NULL;

		if (take_back(store, book, &what) != 0)
			break;
		taken++;
	}
	CHECK_INT(taken, UNDO_DEPTH);
}

/* What an import has hung on an entry since is not taken along silently. */
static void undo_refuses_what_others_hang_on(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	int64_t book = book_main(store), id, left = 0;
	_cleanup_free_ char *what = NULL;
	struct step step = { 0 };
	struct err e;

	step_begin(store, &step);
	id = book_contact(store, book, "Jana", CONTACT_HAND);
	step_end(store, book, &step, "add Jana");
	book_must(contacts_add_value(store, id, CONTACT_EMAIL, "jana@example.org", NULL,
			  "phone.vcf", TODAY, &e),
		&e);
	CHECK_INT(take_back(store, book, &what), -ESTALE);
	CHECK_INT(store_ask(store, &left, &e, "SELECT count(*) FROM contact_value", ""), 1);
	CHECK_INT(left, 1);
}

static void undo_takes_back_who_was_answered(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	int64_t book = book_main(store), forum, id;
	_cleanup_free_ char *what = NULL;
	const struct goal goal = { 3, GOAL_WEEK };
	struct step step = { 0 };
	struct err e;

	book_must(forums_set(store, book, "HR group", &goal, NULL, NULL, &forum, &e), &e);
	step_begin(store, &step);
	id = book_contact(store, book, "Jana", CONTACT_HAND);
	book_must(forums_reply(store, book, forum, TODAY, 1, id, "contracts", &e), &e);
	step_end(store, book, &step, "replied HR group");
	CHECK_INT(take_back(store, book, &what), 0);
	CHECK_TEXT(what, "replied HR group");
	CHECK_INT(store_ask(store, &id, &e, "SELECT 1 FROM reply UNION SELECT 1 FROM contact", ""),
		0);
}

/* A digest that has spoken of somebody since hangs nothing on them that could be lost. */
static void undo_minds_no_mention(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	struct suggestion help = { .letter = SUGGESTION_HELP };
	const struct outbox_message m = { 1, 1, "<1>", "a@example.org", "s", "body", 4 };
	int64_t book = book_main(store), id, message;
	_cleanup_free_ char *what = NULL;
	struct digest_state state;
	struct step step = { 0 };
	struct err e;

	step_begin(store, &step);
	id = book_contact(store, book, "Anna", CONTACT_HAND);
	step_end(store, book, &step, "add Anna");
	book_must(digests_enter(store, "morning", "07:00", "UTC", 0, &state, &e), &e);
	book_must(outbox_add(store, &m, 1, &message, &e), &e);
	book_must(outbox_add_mention(store, message, id, &e), &e);
	help.seeker = id;
	book_must(suggestions_add(store, book, &help, TODAY, &help.number, &e), &e);
	CHECK_INT(take_back(store, book, &what), 0);
	CHECK_TEXT(what, "add Anna");
	CHECK_INT(book_ask(store, "SELECT count(*) FROM suggestion"), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM mention"), 0);
}

/* What is not taken back stands in the way once, and says so. */
static void undo_stops_at_what_is_final(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store);
	struct step step = { 0 };
	struct err e;
	static const struct {
		int outcome;
		const char *what;
		size_t found;
	} rows[] = {
		{ 0, "add Ben", 1 },
		{ UNDO_FINAL, "import a.vcf", 1 },
		{ 0, "add Anna", 0 },
		{ UNDO_NOTHING, NULL, 0 },
	};

	step_begin(store, &step);
	book_contact(store, book, "Xaver Anna", CONTACT_HAND);
	step_end(store, book, &step, "add Anna");
	book_must(undo_keep_final(store, book, "import a.vcf", 0, &e), &e);
	step_begin(store, &step);
	book_contact(store, book, "Xaver Ben", CONTACT_HAND);
	step_end(store, book, &step, "add Ben");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_free_ char *what = NULL;

		TEST_ROW("%zu", i);
		CHECK_INT(take_back(store, book, &what), rows[i].outcome);
		CHECK_TEXT(what, rows[i].what);
		CHECK_INT(found(store, book, "Xaver"), rows[i].found);
	}
}

static void undo_goes_with_a_removal(void)
{
	_cleanup_(store_closep) struct store *store = book_new();
	int64_t book = book_main(store), anna, ben, call, number;
	_cleanup_free_ char *what = NULL, *none = NULL;
	struct step step = { 0 };
	struct err e;

	step_begin(store, &step);
	anna = book_contact(store, book, "Anna", CONTACT_HAND);
	step_end(store, book, &step, "add Anna");
	step_begin(store, &step);
	ben = book_contact(store, book, "Ben", CONTACT_HAND);
	step_end(store, book, &step, "add Ben");
	step_begin(store, &step);
	book_must(followups_add(store, book, anna, "call", TODAY, -1, TODAY, &call, &e), &e);
	step_end(store, book, &step, "follow-up");
	step_begin(store, &step);
	book_must(followups_set_done(store, book, call, TODAY, "she moves to Kiel", &e), &e);
	step_end(store, book, &step, "done f1");
	step_begin(store, &step);
	book_must(followups_add(store, book, ben, "write", TODAY, -1, TODAY, &number, &e), &e);
	book_must(followups_add(store, book, 0, "slides", TODAY, -1, TODAY, &number, &e), &e);
	step_end(store, book, &step, "two follow-ups");

	book_must(contacts_remove(store, book, anna, &e), &e);
	CHECK_INT(take_back(store, book, &what), 0);
	CHECK_TEXT(what, "two follow-ups");
	free(TAKE_PTR(what));
	CHECK_INT(take_back(store, book, &what), 0);
	CHECK_TEXT(what, "add Ben");
	CHECK_INT(take_back(store, book, &none), UNDO_NOTHING);
}

TEST_MAIN(TEST(undo_takes_back_an_entry_whole), TEST(undo_goes_back_step_by_step),
	TEST(undo_refuses_what_was_touched_since), TEST(undo_keeps_fifty),
	TEST(undo_refuses_what_others_hang_on), TEST(undo_takes_back_who_was_answered),
	TEST(undo_minds_no_mention), TEST(undo_stops_at_what_is_final),
	TEST(undo_goes_with_a_removal))
