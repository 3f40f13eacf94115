/* SPDX-License-Identifier: MIT */
#include "agenda/match.h"
#include "core/mem.h"
#include "core/str.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define _cleanup_match_ _cleanup_(match_freep)

static void add(
	struct match *m, int64_t id, const char *city, const char *seeks, const char *offers)
{
	struct err e = { "" };

	CHECK_INT(match_add_person(m, id, city, &e), 0);
	if (seeks)
		CHECK_INT(match_add_text(m, MATCH_SEEKS, seeks, &e), 0);
	if (offers)
		CHECK_INT(match_add_text(m, MATCH_OFFERS, offers, &e), 0);
}

static void about(struct match *m, const char *text)
{
	CHECK_INT(match_add_text(m, MATCH_ABOUT, text, NULL), 0);
}

static struct match *fresh(void)
{
	struct match *m = NULL;

	CHECK_INT(match_new(&m, NULL), 0);
	return m;
}

/* "1>2 1>3": who seeks, who offers. */
static void find(const struct match *m, const struct match_query *query, struct str *out)
{
	struct match_pair pairs[MATCH_FINDS_MAX];
	size_t n = 0;

	CHECK_INT(match_find(m, query, pairs, &n, NULL), 0);
	CHECK(n <= query->max);
	for (size_t i = 0; i < n; i++) {
		str_add_separator(out, " ");
		str_addf(out, "%d>%d", (int)pairs[i].seeker, (int)pairs[i].offerer);
	}
}

#define CHECK_FOUND(m, expected, ...)                                                              \
	do {                                                                                       \
		_cleanup_str_ struct str found = STR_INIT;                                         \
		const struct match_query query = { __VA_ARGS__ };                                  \
                                                                                                   \
		find(m, &query, &found);                                                           \
		CHECK_TEXT(str_text(&found), expected);                                            \
	} while (0)

static void wants_meet_offers(void)
{
	static const struct {
		const char *seeks, *offers;
		bool meet;
	} rows[] = {
		{ "a photographer", "photography", true },
		{ "Fotografin gesucht", "wedding photography", true },
		{ "somebody who knows PostgreSQL", "PostgreSQL", true },
		{ "jemand, der PostgreSQL kann", "PostgreSQL-Beratung", true },
		{ "einen Webdesigner", "Web-Design", true },
		{ "freelancers", "freelancer", true },
		{ "Hilfe bei Verträgen", "Vertragsrecht, jeden Vertrag", true },
		{ "Ubersetzungen", "Übersetzungen", true },
		{ "Uebersetzungen", "Übersetzer", true },
		{ "a job as a cook", "a job as a driver", false },
		{ "suche jemanden, der hilft", "jemand, der gern hilft", false },
		{ "experience with boats", "experience with cars", false },
		{ "a flat in Bonn", "guided tours of Bonn", false },
		{ "", "", false },
		{ "???", "???", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_match_ struct match *m = fresh();

		TEST_ROW("%s / %s", rows[i].seeks, rows[i].offers);
		add(m, 1, "Bonn", rows[i].seeks, NULL);
		add(m, 2, NULL, NULL, rows[i].offers);
		CHECK_FOUND(m, rows[i].meet ? "1>2" : "", .max = 5);
		CHECK_FOUND(m, "", .mine = true, .max = 5);
	}
}

static void words_are_given_as_they_were_written(void)
{
	_cleanup_match_ struct match *m = fresh();
	struct match_pair pair;
	size_t n;

	add(m, 7, NULL, "a  Photographer!", NULL);
	add(m, 9, NULL, NULL, "Fotografie & Film");
	CHECK_INT(match_find(m, &(struct match_query){ .max = 1 }, &pair, &n, NULL), 0);
	CHECK_INT(n, 1);
	CHECK_TEXT(pair.seeks, "a  Photographer!");
	CHECK_TEXT(pair.offers, "Fotografie & Film");
}

static void nobody_meets_themself(void)
{
	_cleanup_match_ struct match *m = fresh();

	add(m, 1, NULL, "a photographer", "photography");
	CHECK_FOUND(m, "", .max = 5);
	add(m, 2, NULL, "a photographer", "photography");
	/* One pair, though each seeks what the other one offers. */
	CHECK_FOUND(m, "1>2", .max = 5);
}

static void the_owner_helps_and_is_introduced_to_nobody(void)
{
	_cleanup_match_ struct match *m = fresh();

	add(m, MATCH_ME, "Bonn", NULL, "PostgreSQL");
	add(m, 1, NULL, "PostgreSQL", NULL);
	add(m, 2, NULL, "PostgreSQL tuning", NULL);
	add(m, 3, NULL, NULL, "PostgreSQL");
	CHECK_FOUND(m, "1>0 2>0", .mine = true, .max = 5);
	CHECK_FOUND(m, "1>0", .mine = true, .max = 1);
	CHECK_FOUND(m, "1>3 2>3", .max = 5);
}

static void rare_words_weigh_more(void)
{
	_cleanup_match_ struct match *m = fresh();

	for (int i = 10; i < 30; i++)
		add(m, i, NULL, NULL, "marketing");
	add(m, 1, NULL, "marketing and beekeeping", NULL);
	add(m, 2, NULL, NULL, "marketing");
	add(m, 3, NULL, NULL, "beekeeping");
	CHECK_FOUND(m, "1>3", .max = 1);
	/* Two words are better than one of them. */
	add(m, 4, NULL, NULL, "beekeeping, marketing");
	CHECK_FOUND(m, "1>4", .max = 1);
}

static void rarity_has_degrees(void)
{
	_cleanup_match_ struct match *m = fresh();

	for (int i = 100; i < 140; i++)
		add(m, i, NULL, NULL, "other things");
	for (int i = 10; i < 30; i++)
		add(m, i, NULL, NULL, "sailing");
	add(m, 1, NULL, "sailing or rowing", NULL);
	for (int i = 30; i < 35; i++)
		add(m, i, NULL, NULL, "rowing");
	CHECK_FOUND(m, "1>30", .max = 1);
}

static void what_else_is_known_ranks(void)
{
	_cleanup_match_ struct match *m = fresh();

	add(m, 1, "Köln", "a designer in Köln for a magazine", NULL);
	add(m, 2, NULL, NULL, "design");
	add(m, 3, "Koeln", NULL, "design");
	CHECK_FOUND(m, "1>3", .max = 1);
	add(m, 4, "köln", NULL, "design");
	about(m, "magazines");
	CHECK_FOUND(m, "1>4", .max = 1);
	/* A tag alone is no offer. */
	add(m, 5, "Köln", NULL, NULL);
	about(m, "designer");
	about(m, "magazine");
	CHECK_FOUND(m, "1>4 1>3 1>2", .max = 9);
}

static void a_pair_each_comes_before_a_second_one(void)
{
	_cleanup_match_ struct match *m = fresh();

	add(m, 1, NULL, "a photographer, a beekeeper", NULL);
	add(m, 2, NULL, NULL, "photography and beekeeping");
	add(m, 3, NULL, NULL, "photography");
	add(m, 4, NULL, "tax", NULL);
	add(m, 5, NULL, NULL, "tax");
	CHECK_FOUND(m, "1>2 4>5 1>3", .max = 9);
	CHECK_FOUND(m, "1>2 4>5", .max = 2);
}

static enum match_welcome welcome_odd(void *userdata, const struct match_pair *pair)
{
	int *asked = userdata;

	(*asked)++;
	return pair->offerer % 2 ? MATCH_WELCOME : pair->offerer > 4 ? MATCH_LATER : MATCH_NOT;
}

static void the_caller_has_a_say(void)
{
	_cleanup_match_ struct match *m = fresh();
	int asked = 0;

	add(m, 1, NULL, "a photographer with a studio", NULL);
	add(m, 2, NULL, NULL, "photography, studio");
	add(m, 3, NULL, NULL, "photography");
	add(m, 6, NULL, NULL, "photography, studio");
	CHECK_FOUND(m, "1>3 1>6", .welcome = welcome_odd, .userdata = &asked, .max = 9);
	CHECK_INT(asked, 3);
}

/* What was said of the first sixty-odd does not hide the others. */
static void a_word_of_many_is_looked_at_in_part(void)
{
	_cleanup_match_ struct match *m = fresh();
	int asked = 0;

	for (int i = 0; i < 1000; i++)
		add(m, 1000 + i, NULL, NULL, "marketing");
	add(m, 1, NULL, "marketing, beekeeping", NULL);
	add(m, 3, NULL, NULL, "beekeeping");
	CHECK_FOUND(m, "1>3", .welcome = welcome_odd, .userdata = &asked, .max = 1);
	CHECK(asked <= MATCH_CANDIDATES);
}

/* 10,000 people, a third of them with a word that all share: within a bound that no loop over all pairs
 * keeps, and that a slow machine does. */
static void thousands_are_quick(void)
{
	_cleanup_match_ struct match *m = fresh();
	struct match_pair pairs[MATCH_FINDS_MAX];
	struct timespec from, to;
	int64_t ms;
	size_t n;

	(void)clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 1; i <= 10000; i++) {
		_cleanup_str_ struct str seeks = STR_INIT, offers = STR_INIT;

		str_addf(&seeks, "somebody for marketing and word%dq", i % 3 ? i : 7);
		str_addf(&offers, "Marketing und word%dq, auch word%dq", (i * 31) % 9000, i % 50);
		add(m, i, i % 2 ? "Köln" : "Berlin", str_text(&seeks), str_text(&offers));
		about(m, "club");
	}
	CHECK_INT(
		match_find(m, &(struct match_query){ .max = MATCH_FINDS_MAX }, pairs, &n, NULL), 0);
	(void)clock_gettime(CLOCK_MONOTONIC, &to);
	ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
	printf("# 10,000 people: %lld ms\n", (long long)ms);
	CHECK_INT(n, MATCH_FINDS_MAX);
	CHECK(ms < 5000);
}

/* As many words as a text may have, each the longest way round. */
static void long_texts_have_room(void)
{
	_cleanup_match_ struct match *m = fresh();
	_cleanup_str_ struct str text = STR_INIT;

	for (int i = 0; i < 1000; i++)
		str_addf(&text, "wort%dqkurse ", 10000 + i);
	add(m, 1, NULL, str_text(&text), NULL);
	add(m, 2, NULL, NULL, str_text(&text));
	CHECK_FOUND(m, "1>2", .max = 5);
}

static void nothing_gives_nothing(void)
{
	_cleanup_match_ struct match *m = fresh();

	CHECK_FOUND(m, "", .max = 5);
	add(m, 1, NULL, NULL, NULL);
	CHECK_FOUND(m, "", .max = 5);
	match_free(NULL);
}

TEST_MAIN(TEST(wants_meet_offers), TEST(words_are_given_as_they_were_written),
	TEST(nobody_meets_themself), TEST(the_owner_helps_and_is_introduced_to_nobody),
	TEST(rare_words_weigh_more), TEST(rarity_has_degrees), TEST(what_else_is_known_ranks),
	TEST(a_pair_each_comes_before_a_second_one), TEST(the_caller_has_a_say),
	TEST(a_word_of_many_is_looked_at_in_part), TEST(thousands_are_quick),
	TEST(long_texts_have_room), TEST(nothing_gives_nothing))
