/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/history.h"
#include "book/suggestions.h"
#include "book/wants.h"

struct people {
	struct store *store;
	int64_t book, ann, carl;
};

static void people_open(struct people *p)
{
	p->store = book_new();
	p->book = book_main(p->store);
	p->ann = book_contact(p->store, p->book, "Ann", CONTACT_HAND);
	p->carl = book_contact(p->store, p->book, "Carl", CONTACT_HAND);
	book_value(p->store, p->ann, CONTACT_SEEKS, "a photographer");
	book_value(p->store, p->carl, CONTACT_OFFERS, "photography");
}

static void people_close(struct people *p)
{
	store_close(p->store);
}

static int64_t people_introduce(struct people *p)
{
	char seeks[] = "a photographer", offers[] = "photography";
	const struct suggestion s = { .letter = SUGGESTION_INTRODUCTION,
		.seeker = p->ann,
		.offerer = p->carl,
		.seeks = seeks,
		.offers = offers };
	int64_t number = 0;
	struct err e = { "" };

	book_must(suggestions_add(p->store, p->book, &s, TODAY, &number, &e), &e);
	return number;
}

static void people_load(struct people *p, int64_t number, struct suggestions *ret)
{
	struct err e = { "" };

	suggestions_done(ret);
	CHECK_INT(
		suggestions_by_number(p->store, p->book, SUGGESTION_INTRODUCTION, number, ret, &e),
		1);
	CHECK_TEXT(e.text, "");
}

static void suggestions_are_kept(void)
{
	_cleanup_(people_close) struct people p;
	_cleanup_suggestions_ struct suggestions found = { 0 }, between = { 0 }, all = { 0 };
	struct err e;
	int64_t number;

	people_open(&p);
	number = people_introduce(&p);
	people_load(&p, number, &found);
	CHECK_TEXT(found.all[0].seeker_name, "Ann");
	CHECK_TEXT(found.all[0].offerer_name, "Carl");
	CHECK_TEXT(found.all[0].seeks, "a photographer");
	CHECK_TEXT(found.all[0].offers, "photography");
	CHECK(found.all[0].because == NULL && !found.all[0].facts.told);
	CHECK_INT(found.all[0].facts.next_day, TODAY);
	book_must(suggestions_set_because(p.store, p.book, 'i', number, "they sail", &e), &e);
	people_load(&p, number, &found);
	CHECK_TEXT(found.all[0].because, "they sail");
	CHECK_INT(suggestions_between(p.store, p.carl, p.ann, &between, &e), 1);
	CHECK_INT(between.all[0].number, number);
	CHECK_INT(suggestions_list(p.store, p.book, SUGGESTION_HELP, &all, &e), 0);
	CHECK_INT(all.n, 0);
	CHECK_INT(suggestions_by_number(p.store, book_other(p.store), 'i', number, &all, &e), 0);
}

/* Told, it rests for half a year; put back, until that day. */
static void suggestions_rest(void)
{
	_cleanup_(people_close) struct people p;
	_cleanup_suggestions_ struct suggestions s = { 0 };
	struct err e;
	int64_t number;

	people_open(&p);
	number = people_introduce(&p);
	people_load(&p, number, &s);
	book_must(suggestions_set_told(p.store, p.book, &s.all[0], TODAY, &e), &e);
	people_load(&p, number, &s);
	CHECK(s.all[0].facts.told);
	CHECK_INT(s.all[0].facts.told_day, TODAY);
	CHECK_INT(s.all[0].facts.next_day, TODAY + 180);
	CHECK_TEXT(s.all[0].seeks, "a photographer");
	book_must(suggestions_put_back(p.store, p.book, 'i', number, TODAY + 3, &e), &e);
	people_load(&p, number, &s);
	CHECK(!s.all[0].facts.told);
	CHECK_INT(s.all[0].facts.next_day, TODAY + 3);
}

static void stages_are_touches_where_something_was_done(void)
{
	static const struct {
		char letter;
		enum introduction_stage from, to;
		const char *note;
		int64_t touches;
	} rows[] = {
		{ 'i', INTRODUCTION_SUGGESTED, INTRODUCTION_ASKED, NULL, 0 },
		{ 'i', INTRODUCTION_SUGGESTED, INTRODUCTION_ASKED, "by phone", 2 },
		{ 'i', INTRODUCTION_ASKED, INTRODUCTION_MADE, NULL, 2 },
		{ 'i', INTRODUCTION_SUGGESTED, INTRODUCTION_HELPED, NULL, 2 },
		{ 'i', INTRODUCTION_MADE, INTRODUCTION_HELPED, NULL, 0 },
		{ 'i', INTRODUCTION_SUGGESTED, INTRODUCTION_KNOWN, NULL, 0 },
		{ 'i', INTRODUCTION_ASKED, INTRODUCTION_DROPPED, NULL, 0 },
		{ 'h', INTRODUCTION_SUGGESTED, INTRODUCTION_HELPED, "lent a book", 1 },
		{ 'h', INTRODUCTION_SUGGESTED, INTRODUCTION_DROPPED, NULL, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(people_close) struct people p;
		struct suggestion s = { .letter = rows[i].letter, .stage = rows[i].from };
		struct err e;

		TEST_ROW("%c %s", rows[i].letter, suggestion_stage_name(rows[i].to));
		people_open(&p);
		s.seeker = p.ann;
		s.offerer = rows[i].letter == 'i' ? p.carl : 0;
		book_must(suggestions_add(p.store, p.book, &s, TODAY, &s.number, &e), &e);
		book_must(suggestions_set_stage(
				  p.store, p.book, &s, rows[i].to, rows[i].note, TODAY + 1, &e),
			&e);
		CHECK_INT(book_ask(p.store, "SELECT count(*) FROM touch"), rows[i].touches);
		CHECK_INT(book_ask(p.store, "SELECT stage_day FROM suggestion"), TODAY + 1);
		if (rows[i].note)
			CHECK_INT(book_ask(p.store,
					  "SELECT count(*) FROM touch WHERE note IS NOT NULL"),
				rows[i].touches);
	}
}

static void stages_have_names(void)
{
	for (int i = 0; i < INTRODUCTION_STAGE_COUNT; i++)
		CHECK_INT(
			suggestion_stage_of(suggestion_stage_name((enum introduction_stage)i)), i);
	CHECK_INT(suggestion_stage_of("nonsense"), INTRODUCTION_STAGE_COUNT);
	CHECK(suggestion_stage_name(INTRODUCTION_STAGE_COUNT) == NULL);
}

static void what_is_not_wanted_any_more_is_noticed(void)
{
	_cleanup_(people_close) struct people p;
	_cleanup_suggestions_ struct suggestions s = { 0 };
	char seeks[] = "a photographer", offers[] = "sailing";
	struct suggestion help = { .letter = 'h', .seeks = seeks, .offers = offers };
	struct err e;

	people_open(&p);
	people_load(&p, people_introduce(&p), &s);
	CHECK_INT(suggestions_is_wanted(p.store, p.book, &s.all[0], &e), 1);
	help.seeker = p.ann;
	CHECK_INT(suggestions_is_wanted(p.store, p.book, &help, &e), 0);
	book_must(books_add_offer(p.store, p.book, "sailing", &e), &e);
	CHECK_INT(suggestions_is_wanted(p.store, p.book, &help, &e), 1);
	CHECK_INT(contacts_remove_value(p.store, p.ann, CONTACT_SEEKS, "a photographer", TODAY, &e),
		0);
	CHECK_INT(suggestions_is_wanted(p.store, p.book, &s.all[0], &e), 0);
	help.seeks = help.offers = NULL;
	CHECK_INT(suggestions_is_wanted(p.store, p.book, &help, &e), 1);
}

static void a_removal_takes_all_of_both(void)
{
	_cleanup_(people_close) struct people p;
	_cleanup_history_ struct history history = { 0 };
	_cleanup_(store_rollback) struct store *transaction = NULL;
	bool found = false;
	struct err e = { "" };

	people_open(&p);
	(void)people_introduce(&p);
	CHECK_INT(history_of(p.store, p.carl, &history, &e), 0);
	for (size_t i = 0; i < history.n; i++)
		found |= str_equal(history.all[i].what, "introduction") &&
			str_equal(history.all[i].text,
				"suggested, with Ann: a photographer / photography");
	CHECK(found);
	CHECK_INT(store_begin(p.store, &transaction, &e), 0);
	CHECK_INT(contacts_remove(p.store, p.book, p.carl, &e), 0);
	CHECK_INT(store_commit(&transaction, &e), 0);
	CHECK_INT(book_ask(p.store, "SELECT count(*) FROM suggestion"), 0);
	CHECK_INT(book_ask(p.store, "SELECT count(*) FROM wanting"), 1);
}

/* Who seeks or offers is known by a table of its own, however the values came. */
static void wanting_is_who_seeks_or_offers(void)
{
	_cleanup_(people_close) struct people p;
	int64_t emil;
	struct err e;

	people_open(&p);
	emil = book_contact(p.store, p.book, "Emil", CONTACT_HAND);
	book_value(p.store, emil, CONTACT_TAG, "club");
	CHECK_INT(book_ask(p.store, "SELECT count(*) FROM wanting"), 2);
	book_must(store_run(p.store, &e, "UPDATE contact_value SET contact=?1 WHERE kind='seeks'",
			  "i", emil),
		&e);
	CHECK_INT(book_ask(p.store, "SELECT count(*) FROM wanting"), 3);
}

static void wants_are_matched(void)
{
	_cleanup_(people_close) struct people p;
	_cleanup_wants_ struct wants others = { 0 }, mine = { 0 }, none = { 0 };
	struct match_pair pair = { 0 };
	size_t n = 0;
	int64_t ben;
	struct err e;

	people_open(&p);
	ben = book_contact(p.store, p.book, "Ben", CONTACT_HAND);
	book_value(p.store, ben, CONTACT_SEEKS, "PostgreSQL");
	CHECK_INT(wants_load(p.store, p.book, false, &others, &e), 0);
	CHECK_INT(match_find(others.match, &(struct match_query){ .max = 1 }, &pair, &n, &e), 0);
	CHECK_INT(n, 1);
	CHECK_INT(pair.seeker, p.ann);
	CHECK_INT(pair.offerer, p.carl);
	CHECK_INT(wants_load(p.store, p.book, true, &none, &e), 0);
	CHECK_INT(match_find(none.match, &(struct match_query){ .mine = true, .max = 1 }, &pair, &n,
			  &e),
		0);
	CHECK_INT(n, 0);
	book_must(books_add_offer(p.store, p.book, "PostgreSQL tuning", &e), &e);
	CHECK_INT(wants_load(p.store, p.book, true, &mine, &e), 0);
	CHECK_INT(match_find(mine.match, &(struct match_query){ .mine = true, .max = 1 }, &pair, &n,
			  &e),
		0);
	CHECK_INT(n, 1);
	CHECK_INT(pair.seeker, ben);
	CHECK_INT(pair.offerer, MATCH_ME);
}

static void colleagues_share_an_organisation(void)
{
	static const struct {
		const char *one, *other;
		bool share;
	} rows[] = {
		{ "Müller GmbH", "MUELLER GmbH", true },
		{ "Müller GmbH", "Maier GmbH", false },
		{ "Müller GmbH", NULL, false },
		{ NULL, NULL, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(people_close) struct people p;
		_cleanup_wants_ struct wants wants = { 0 };
		struct err e;

		TEST_ROW("%s, %s", rows[i].one ? rows[i].one : "",
			rows[i].other ? rows[i].other : "");
		people_open(&p);
		CHECK_INT(contacts_set(p.store, p.ann, CONTACT_ORG, rows[i].one, CONTACT_HAND,
				  TODAY, &e),
			0);
		CHECK_INT(contacts_set(p.store, p.carl, CONTACT_ORG, rows[i].other, CONTACT_HAND,
				  TODAY, &e),
			0);
		CHECK_INT(wants_load(p.store, p.book, false, &wants, &e), 0);
		CHECK_INT(wants_share_org(&wants, p.ann, p.carl), rows[i].share);
	}
}

TEST_MAIN(TEST(suggestions_are_kept), TEST(suggestions_rest),
	TEST(stages_are_touches_where_something_was_done), TEST(stages_have_names),
	TEST(what_is_not_wanted_any_more_is_noticed), TEST(a_removal_takes_all_of_both),
	TEST(wanting_is_who_seeks_or_offers), TEST(wants_are_matched),
	TEST(colleagues_share_an_organisation))
