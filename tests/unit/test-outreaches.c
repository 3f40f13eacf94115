/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/digests.h"
#include "book/history.h"
#include "book/outbox.h"
#include "book/outreaches.h"

#include <errno.h>

/* A new one to somebody who is no contact, or to the contact. */
static int64_t add(struct store *store, int64_t contact, const char *name)
{
	struct err e;
	int64_t number = 0;

	book_must(outreaches_add(store, book_main(store), contact, name, TODAY, &number, &e), &e);
	return number;
}

static const struct outreach *load(struct store *store, int64_t number, struct outreaches *ret)
{
	struct err e;

	outreaches_done(ret);
	if (!CHECK_INT(outreaches_by_number(store, book_main(store), number, ret, &e), 1))
		exit(1);
	return &ret->all[0];
}

static void answer_all(struct store *store, const struct outreach *o)
{
	static const char *const texts[OUTREACH_QUESTION_COUNT] = { "leads HR at Quandt",
		"both from Kiel", "the step from nurse to director", "advice on my CV" };
	struct err e;

	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		book_must(outreaches_set_answer(
				  store, o, (enum outreach_question)i, texts[i], TODAY, &e),
			&e);
}

static void outreaches_keep_what_is_told(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_outreaches_ struct outreaches list = { 0 };
	int64_t number = add(store, 0, "Eva Kern");
	const struct outreach *o = load(store, number, &list);
	const int32_t event = TODAY + 7;
	struct err e;

	CHECK_TEXT(o->name, "Eva Kern");
	CHECK_INT(o->number, 1);
	CHECK_INT(o->contact, 0);
	CHECK_INT(o->facts.stage, OUTREACH_DRAFT);
	CHECK_INT(o->facts.stage_day, TODAY);
	CHECK(!o->facts.has_event && !o->facts.busy && !o->link && !o->answers[OUTREACH_TODAY]);
	answer_all(store, o);
	book_must(outreaches_set_link(store, o, "https://example.org/eva", &e), &e);
	book_must(outreaches_set_event(store, o, &event, &e), &e);
	book_must(outreaches_set_busy(store, o, true, &e), &e);
	book_must(outreaches_set_until(store, o, TODAY + 3, &e), &e);
	book_must(
		outreaches_set_answer(store, o, OUTREACH_TODAY, "leads it all", TODAY + 1, &e), &e);
	o = load(store, number, &list);
	CHECK_TEXT(o->answers[OUTREACH_TODAY], "leads it all");
	CHECK_INT(o->facts.answers[OUTREACH_TODAY].day, TODAY + 1);
	CHECK_TEXT(o->answers[OUTREACH_HOPE], "advice on my CV");
	CHECK_INT(o->facts.answers[OUTREACH_HOPE].day, TODAY);
	CHECK_TEXT(o->link, "https://example.org/eva");
	CHECK(o->facts.has_event && o->facts.busy);
	CHECK_INT(o->facts.event_day, event);
	CHECK_INT(o->until_day, TODAY + 3);
	book_must(outreaches_set_answer(store, o, OUTREACH_HOPE, "", TODAY, &e), &e);
	book_must(outreaches_set_link(store, o, "", &e), &e);
	book_must(outreaches_set_event(store, o, NULL, &e), &e);
	book_must(outreaches_set_busy(store, o, false, &e), &e);
	o = load(store, number, &list);
	CHECK(!o->answers[OUTREACH_HOPE] && !o->facts.answers[OUTREACH_HOPE].given);
	CHECK(!o->link && !o->facts.has_event && !o->facts.busy);
}

static void outreaches_go_through_their_stages(void)
{
	static const struct {
		enum outreach_stage stage;
		size_t open;
	} rows[] = {
		{ OUTREACH_SENT, 1 },
		{ OUTREACH_NO_ANSWER, 0 },
		{ OUTREACH_DRAFT, 1 },
		{ OUTREACH_DECLINED, 0 },
		{ OUTREACH_DROPPED, 0 },
	};
	_cleanup_store_ struct store *store = book_new();
	_cleanup_outreaches_ struct outreaches list = { 0 };
	int64_t number = add(store, 0, "Eva Kern");
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outreaches_ struct outreaches open = { 0 };
		const struct outreach *o = load(store, number, &list);
		int32_t day = TODAY + (int32_t)i;

		TEST_ROW("%s", outreach_stage_name(rows[i].stage));
		book_must(outreaches_set_until(store, o, TODAY + 9, &e), &e);
		book_must(outreaches_set_stage(store, o, rows[i].stage, day, &e), &e);
		o = load(store, number, &list);
		CHECK_INT(o->facts.stage, rows[i].stage);
		CHECK_INT(o->facts.stage_day, day);
		CHECK_INT(o->until_day, 0);
		book_must(outreaches_open(store, book_main(store), &open, &e), &e);
		CHECK_INT(open.n, rows[i].open);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM touch"), 0);
}

/* Writing to somebody of the book is a touch; their crowded inbox is the outreach's. */
static void outreaches_to_a_contact(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_outreaches_ struct outreaches list = { 0 }, of = { 0 };
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND),
		number = add(store, anna, "Anna"), made;
	const struct outreach *o = load(store, number, &list);
	struct err e;

	CHECK_TEXT(o->name, "Anna");
	CHECK_INT(o->contact, anna);
	CHECK(!o->facts.busy);
	CHECK_INT(
		contacts_set(store, anna, CONTACT_BUSY_INBOX, CONTACT_YES, CONTACT_HAND, TODAY, &e),
		0);
	CHECK_INT(contacts_set(store, anna, CONTACT_NAME, "Anna Roth", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(
		contacts_set(store, anna, CONTACT_NOTE, "plays chess", CONTACT_HAND, TODAY, &e), 0);
	answer_all(store, o);
	o = load(store, number, &list);
	CHECK(o->facts.busy);
	CHECK_TEXT(o->name, "Anna Roth");
	book_must(outreaches_set_stage(store, o, OUTREACH_SENT, TODAY, &e), &e);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM touch WHERE kind='wrote'"), 1);
	o = load(store, number, &list);
	book_must(outreaches_accept(store, book_main(store), o, "a note", TODAY, &made, &e), &e);
	CHECK_INT(made, anna);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
	CHECK_INT(
		book_ask(store,
			"SELECT note='plays chess' || char(10) || char(10) || 'a note' FROM contact"),
		1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM outreach_answer"), 0);
	CHECK_INT(outreaches_of(store, anna, &of, &e), 1);
	CHECK_INT(of.all[0].facts.stage, OUTREACH_ACCEPTED);
}

static void outreaches_accepted_make_a_contact(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_outreaches_ struct outreaches list = { 0 };
	_cleanup_contact_ struct contact c = { 0 };
	_cleanup_history_ struct history history = { 0 };
	int64_t book = book_main(store), number = add(store, 0, "Eva Kern"), made;
	const struct outreach *o = load(store, number, &list);
	struct err e;

	answer_all(store, o);
	book_must(outreaches_set_link(store, o, "https://example.org/eva", &e), &e);
	book_must(outreaches_set_busy(store, o, true, &e), &e);
	o = load(store, number, &list);
	book_must(outreaches_accept(store, book, o, "Both from Kiel", TODAY + 1, &made, &e), &e);
	CHECK_INT(contacts_load(store, book, made, &c, &e), 0);
	CHECK_TEXT(c.field[CONTACT_NAME], "Eva Kern");
	CHECK_TEXT(c.field[CONTACT_NOTE], "Both from Kiel");
	CHECK_TEXT(c.field[CONTACT_BUSY_INBOX], CONTACT_YES);
	CHECK_TEXT(contact_first(&c, CONTACT_LINK), "https://example.org/eva");
	CHECK_INT(c.touch_day, TODAY + 1);
	/* The answers stand in the note; what an import says of the name counts for less. */
	CHECK_INT(book_ask(store, "SELECT count(*) FROM outreach_answer"), 0);
	CHECK_INT(contacts_set(store, made, CONTACT_NAME, "E. Kern", "vcard", TODAY, &e),
		CONTACT_KEPT);
	CHECK_INT(history_of(store, made, &history, &e), 0);
	CHECK_TEXT(history.all[0].what, "outreach link");
	CHECK_TEXT(history.all[1].source, OUTREACH_SOURCE);
	o = load(store, number, &list);
	CHECK_INT(o->contact, made);
	CHECK_INT(o->facts.stage, OUTREACH_ACCEPTED);
	CHECK_TEXT(o->name, "Eva Kern");
}

static void outreaches_are_found(void)
{
	static const struct {
		const char *text;
		int64_t found[3];
	} rows[] = {
		{ "eva kern", { 1 } },
		{ "EVA", { 1, 2, 5 } },
		{ "müller", { 2, 5 } },
		{ "mueller", { 2, 5 } },
		{ "eva muller", { 0 } },
		{ "anna", { 3 } },
		{ "old", { 7 } },
		{ "nobody", { 0 } },
		{ "", { 0 } },
		{ "%", { 0 } },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna Roth", CONTACT_HAND);
	_cleanup_outreaches_ struct outreaches list = { 0 };
	struct err e;

	(void)add(store, 0, "Eva Kern");
	(void)add(store, 0, "Eva Müller");
	(void)add(store, anna, "Anna Roth");
	(void)add(store, 0, "Eva Closed");
	(void)add(store, 0, "Evamaria Müller");
	(void)add(store, 0, "Old Friend");
	(void)add(store, 0, "Old Friend");
	for (int64_t i = 4; i <= 7; i++)
		if (i != 5)
			book_must(outreaches_set_stage(store, load(store, i, &list),
					  OUTREACH_DECLINED, TODAY, &e),
				&e);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_outreaches_ struct outreaches found = { 0 };
		size_t n = 0;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(outreaches_find(store, book_main(store), rows[i].text, &found, &e), 0);
		while (n < 3 && rows[i].found[n])
			n++;
		if (!CHECK_INT(found.n, n))
			continue;
		for (size_t k = 0; k < n; k++)
			CHECK_INT(found.all[k].number, rows[i].found[k]);
	}
	{
		_cleanup_outreaches_ struct outreaches found = { 0 };

		CHECK_INT(outreaches_find(store, book_other(store), "Eva", &found, &e), 0);
		CHECK_INT(found.n, 0);
	}
}

/* Of the contact's several the open ones count. */
static void outreaches_of_a_contact(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", CONTACT_HAND);
	_cleanup_outreaches_ struct outreaches list = { 0 }, found = { 0 };
	struct err e;

	CHECK_INT(outreaches_of(store, anna, &found, &e), 0);
	for (int i = 0; i < 2; i++)
		book_must(outreaches_set_stage(store, load(store, add(store, anna, "Anna"), &list),
				  OUTREACH_DECLINED, TODAY, &e),
			&e);
	CHECK_INT(outreaches_of(store, anna, &found, &e), 1);
	CHECK_INT(found.n, 1);
	CHECK_INT(found.all[0].number, 2);
	outreaches_done(&found);
	(void)add(store, anna, "Anna");
	CHECK_INT(outreaches_of(store, anna, &found, &e), 1);
	CHECK_INT(found.all[0].number, 3);
}

static void outreaches_are_forgotten(void)
{
	static const struct {
		enum outreach_stage stage;
		int32_t days;
		int64_t answers;
		enum outreach_stage then;
	} rows[] = {
		{ OUTREACH_DRAFT, 9999, 4, OUTREACH_DRAFT },
		{ OUTREACH_SENT, 179, 4, OUTREACH_SENT },
		{ OUTREACH_SENT, 180, 0, OUTREACH_NO_ANSWER },
		{ OUTREACH_DECLINED, 179, 4, OUTREACH_DECLINED },
		{ OUTREACH_DECLINED, 180, 0, OUTREACH_DECLINED },
		{ OUTREACH_NO_ANSWER, 179, 4, OUTREACH_NO_ANSWER },
		{ OUTREACH_NO_ANSWER, 181, 0, OUTREACH_NO_ANSWER },
		{ OUTREACH_DROPPED, 179, 4, OUTREACH_DROPPED },
		{ OUTREACH_DROPPED, 180, 0, OUTREACH_DROPPED },
		{ OUTREACH_ACCEPTED, 9999, 4, OUTREACH_ACCEPTED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_outreaches_ struct outreaches list = { 0 };
		int64_t number = add(store, 0, "Eva Kern");
		struct err e;

		TEST_ROW("%s for %d days", outreach_stage_name(rows[i].stage), (int)rows[i].days);
		answer_all(store, load(store, number, &list));
		book_must(outreaches_set_stage(store, load(store, number, &list), rows[i].stage,
				  TODAY - rows[i].days, &e),
			&e);
		book_must(outreaches_forget(store, TODAY, &e), &e);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM outreach_answer"), rows[i].answers);
		CHECK_INT(load(store, number, &list)->facts.stage, rows[i].then);
	}
}

/* What undo has kept of those days goes with the answers; of later ones, and of other books, it stays. */
static void outreaches_are_forgotten_by_undo(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_outreaches_ struct outreaches list = { 0 };
	int64_t other = book_other(store), number = add(store, 0, "Eva Kern");
	const struct outreach *o = load(store, number, &list);
	const int64_t then = (TODAY - 200) * INT64_C(86400), now = TODAY * INT64_C(86400);
	struct err e;

	for (int i = 0; i < 3; i++)
		book_must(
			store_run(store, &e,
				"INSERT INTO undo (book, changed_at, what, changes) VALUES (?, ?, '', x'')",
				"ii", i == 2 ? other : book_main(store), i == 1 ? now : then),
			&e);
	book_must(outreaches_set_stage(store, o, OUTREACH_DECLINED, TODAY - 199, &e), &e);
	book_must(outreaches_forget(store, TODAY, &e), &e);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM undo"), 3); /* there was no answer */
	answer_all(store, o);
	book_must(outreaches_forget(store, TODAY, &e), &e);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM undo"), 2);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM undo WHERE book=1"), 1);
}

/* A message that named somebody before they were a contact is theirs from then on. */
static void outreaches_hand_over_their_messages(void)
{
	const struct outbox_message m = { .digest = 1,
		.slot = 1,
		.message_id = "<1>",
		.sender = "a@example.org",
		.subject = "Eva",
		.body = "Eva Kern",
		.size = 8 };
	_cleanup_store_ struct store *store = book_new();
	_cleanup_outreaches_ struct outreaches list = { 0 };
	const struct outreach *o = load(store, add(store, 0, "Eva Kern"), &list);
	int64_t book = book_main(store), message, made;
	struct digest_state state;
	struct err e;

	book_must(digests_enter(store, "morning", "07:00", "UTC", 0, &state, &e), &e);
	book_must(outbox_add(store, &m, 1, &message, &e), &e);
	book_must(outreaches_add_mention(store, o->id, message, &e), &e);
	book_must(outreaches_add_mention(store, o->id, message, &e), &e);
	book_must(outreaches_make_contact(store, book, o, TODAY, &made, &e), &e);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM mention"), 1);
	CHECK_INT(contacts_remove(store, book, made, &e), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM message WHERE body IS NOT NULL"), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM outreach"), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM outreach_mention"), 0);
}

/* Four answers of the greatest length still make a note. */
static void outreaches_have_limits(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_outreaches_ struct outreaches list = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	int64_t book = book_main(store), number = add(store, 0, "Eva Kern"), other;
	const struct outreach *o = load(store, number, &list);
	struct err e;

	for (int i = 0; i < OUTREACH_TEXT_MAX; i++)
		str_add_char(&text, 'x');
	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		CHECK_INT(outreaches_set_answer(
				  store, o, (enum outreach_question)i, str_text(&text), TODAY, &e),
			0);
	CHECK_INT(outreaches_set_link(store, o, str_text(&text), &e), 0);
	CHECK_INT(outreaches_add(store, book, 0, str_text(&text), TODAY, &other, &e), 0);
	str_add_char(&text, 'x');
	CHECK_INT(outreaches_set_answer(store, o, OUTREACH_HOPE, str_text(&text), TODAY, &e),
		-EINVAL);
	CHECK_TEXT(e.text, "hope is longer than 8192 bytes");
	CHECK_INT(outreaches_set_link(store, o, str_text(&text), &e), -EINVAL);
	CHECK_INT(outreaches_add(store, book, 0, str_text(&text), TODAY, &other, &e), -EINVAL);
	CHECK_INT(book_ask(store, "SELECT max(length(text)) FROM outreach_answer"),
		OUTREACH_TEXT_MAX);
}

static void outreach_words(void)
{
	for (int i = 0; i < OUTREACH_STAGE_COUNT; i++)
		CHECK_INT(outreach_stage_of(outreach_stage_name((enum outreach_stage)i)), i);
	CHECK_INT(outreach_stage_of("nonsense"), OUTREACH_STAGE_COUNT);
	CHECK(outreach_stage_name(OUTREACH_STAGE_COUNT) == NULL);
	CHECK_TEXT(outreach_question_name(OUTREACH_HOPE), "hope");
	CHECK(outreach_question_name(OUTREACH_QUESTION_COUNT) == NULL);
}

TEST_MAIN(TEST(outreaches_keep_what_is_told), TEST(outreaches_go_through_their_stages),
	TEST(outreaches_to_a_contact), TEST(outreaches_accepted_make_a_contact),
	TEST(outreaches_are_found), TEST(outreaches_of_a_contact), TEST(outreaches_are_forgotten),
	TEST(outreaches_are_forgotten_by_undo), TEST(outreaches_hand_over_their_messages),
	TEST(outreaches_have_limits), TEST(outreach_words))
