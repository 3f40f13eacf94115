/* SPDX-License-Identifier: MIT */
/*
 * suggest: who should meet whom now, and whom the owner could help.
 */
#include "digest/suggest.h"

#include "book/digests.h"
#include "book/wants.h"
#include "core/utf8.h"

#include <string.h>

#define SUGGEST_LATELY_DAYS 14

/* What is on record of two people; of a help, of one who seeks something. */
struct suggest_entry {
	int64_t a, b; /* a < b; of a help the owner is 0 */
	const struct suggestion *suggestion;
};

struct suggest {
	const struct collect *collect;
	char letter;
	struct suggestions known;
	struct suggest_entry *entries; /* of all that is known, by its people */
	int64_t *lately;               /* people who were suggested then, ascending */
	size_t n_lately;
	struct wants wants;
};

static void suggest_done(struct suggest *suggest)
{
	suggestions_done(&suggest->known);
	free(suggest->entries);
	free(suggest->lately);
	wants_done(&suggest->wants);
}

int64_t suggest_mark(int32_t told_day)
{
	return (int64_t)told_day * 8 + INTRODUCTION_SUGGEST;
}

static int suggest_compare_people(int64_t a, int64_t b, int64_t c, int64_t d)
{
	if (a != c)
		return a < c ? -1 : 1;
	return (b > d) - (b < d);
}

static int suggest_compare_entries(const void *a, const void *b)
{
	const struct suggest_entry *x = a, *y = b;

	return suggest_compare_people(x->a, x->b, y->a, y->b);
}

static int suggest_compare_ids(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int suggest_load(struct suggest *suggest, struct err *reterr)
{
	const struct collect *collect = suggest->collect;
	const struct suggestions *known = &suggest->known;
	int r = suggestions_list(
		collect->store, collect->book, suggest->letter, &suggest->known, reterr);

	if (r < 0)
		return r;
	suggest->entries = calloc(known->n + 1, sizeof(*suggest->entries));
	suggest->lately = calloc(2 * known->n + 1, sizeof(*suggest->lately));
	if (!suggest->entries || !suggest->lately)
		return err_oom(reterr);
	for (size_t i = 0; i < known->n; i++) {
		const struct suggestion *s = &known->all[i];
		bool in_order = s->seeker < s->offerer;

		suggest->entries[i] = (struct suggest_entry){ in_order ? s->seeker : s->offerer,
			in_order ? s->offerer : s->seeker, s };
		if (!s->facts.told || s->facts.told_day <= collect->today - SUGGEST_LATELY_DAYS)
			continue;
		suggest->lately[suggest->n_lately++] = s->seeker;
		suggest->lately[suggest->n_lately++] = s->offerer;
	}
	qsort(suggest->entries, known->n, sizeof(*suggest->entries), suggest_compare_entries);
	qsort(suggest->lately, suggest->n_lately, sizeof(*suggest->lately), suggest_compare_ids);
	return wants_load(collect->store, collect->book, suggest->letter == SUGGESTION_HELP,
		&suggest->wants, reterr);
}

static bool suggest_is_same_want(const struct suggestion *s, const char *seeks)
{
	_cleanup_str_ struct str a = STR_INIT, b = STR_INIT;

	utf8_add_folded(&a, s->seeks);
	utf8_add_folded(&b, seeks);
	return str_equal(str_text(&a), str_text(&b));
}

/* The first entry of those two, or where it would stand. */
static size_t suggest_place(const struct suggest *suggest, int64_t a, int64_t b)
{
	size_t low = 0, high = suggest->known.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct suggest_entry *e = &suggest->entries[middle];

		if (suggest_compare_people(e->a, e->b, a, b) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What is on record of those two, of a help by that want; NULL where nothing is. Where two contacts have
 * become one there may be several: what was said last of them counts, and the oldest one goes on. */
static const struct suggestion *suggest_recall(
	const struct suggest *suggest, int64_t seeker, int64_t offerer, const char *seeks)
{
	int64_t a = seeker < offerer ? seeker : offerer, b = seeker < offerer ? offerer : seeker;
	const struct suggestion *best = NULL;

	for (size_t i = suggest_place(suggest, a, b); i < suggest->known.n; i++) {
		const struct suggest_entry *e = &suggest->entries[i];
		const struct suggestion *s = e->suggestion;

		if (suggest_compare_people(e->a, e->b, a, b) != 0)
			break;
		if (suggest->letter == SUGGESTION_HELP && !suggest_is_same_want(s, seeks))
			continue;
		if (!best || s->stage > best->stage ||
			(s->stage == best->stage && s->number < best->number))
			best = s;
	}
	return best;
}

static bool suggest_was_lately(const struct suggest *suggest, int64_t person)
{
	return person != MATCH_ME && suggest->n_lately &&
		bsearch(&person, suggest->lately, suggest->n_lately, sizeof(person),
			suggest_compare_ids);
}

static enum match_welcome suggest_welcome(void *userdata, const struct match_pair *pair)
{
	const struct suggest *suggest = userdata;
	const struct suggestion *s = suggest_recall(
		suggest, pair->seeker, pair->offerer, pair->seeks);

	/* What was told and has rested may come again; else it is not new. */
	if (s &&
		(s->stage != INTRODUCTION_SUGGESTED || !s->facts.told ||
			suggestion_turn(&s->facts, suggest->collect->next_day, true) !=
				SUGGESTION_ANEW))
		return MATCH_NOT;
	if (wants_share_org(&suggest->wants, pair->seeker, pair->offerer))
		return MATCH_NOT;
	return suggest_was_lately(suggest, pair->seeker) ||
			suggest_was_lately(suggest, pair->offerer)
		? MATCH_LATER
		: MATCH_WELCOME;
}

static bool suggest_copy(char **ret, const char *text)
{
	*ret = str_dup(text);
	return *ret || !text;
}

static int suggest_add(struct suggestions *ret, const struct suggestion *template,
	const char *seeks, const char *offers, struct err *reterr)
{
	struct suggestion *all = reallocarray(ret->all, ret->n + 1, sizeof(*all)), *s;

	if (!all)
		return err_oom(reterr);
	ret->all = all;
	s = &all[ret->n++];
	*s = *template;
	s->seeks = s->offers = s->because = s->seeker_name = s->offerer_name = NULL;
	return suggest_copy(&s->seeks, seeks) && suggest_copy(&s->offers, offers) &&
			suggest_copy(&s->because, template->because)
		? 0
		: err_oom(reterr);
}

/* Whether the digest has told it since it was told first. For no digest that counts as told which was
 * not told today: an agenda shows what stands in the mail of that day. */
static int suggest_is_told(
	const struct suggest *suggest, const struct suggestion *s, struct err *reterr)
{
	const struct collect *collect = suggest->collect;
	const char kind[] = { s->letter, '\0' };

	if (!collect->digest)
		return s->facts.told_day != collect->today;
	return digests_is_told(collect->store, collect->digest, kind, s->number,
		suggest_mark(s->facts.told_day), NULL, reterr);
}

/* 1 where it is for this digest to tell what is on record: what a person took up or put back to a day that
 * has come, what another digest told, and what was told in a mail that never arrived. */
static int suggest_is_pending(
	const struct suggest *suggest, const struct suggestion *s, struct err *reterr)
{
	const struct collect *collect = suggest->collect;
	int told;

	if (s->stage != INTRODUCTION_SUGGESTED ||
		suggest_recall(suggest, s->seeker, s->offerer, s->seeks) != s)
		return 0;
	told = s->facts.told ? suggest_is_told(suggest, s, reterr) : 0;
	if (told < 0)
		return told;
	switch (suggestion_turn(&s->facts, collect->next_day, told > 0)) {
	case SUGGESTION_RESTS:
		return 0;
	case SUGGESTION_ANEW:
		if (s->facts.told)
			return 0;
		break;
	case SUGGESTION_GOES_ON:
		break;
	}
	return s->because ? 1 : suggestions_is_wanted(collect->store, collect->book, s, reterr);
}

/* What no digest has told yet first, then what was told last. */
static int suggest_compare_pending(const void *a, const void *b)
{
	const struct suggestion *x = *(const struct suggestion *const *)a,
				*y = *(const struct suggestion *const *)b;

	if (x->facts.told != y->facts.told)
		return x->facts.told ? 1 : -1;
	if (x->facts.told && x->facts.told_day != y->facts.told_day)
		return x->facts.told_day > y->facts.told_day ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static int suggest_add_pending(
	struct suggestions *ret, const struct suggest *suggest, size_t max, struct err *reterr)
{
	size_t n = suggest->known.n;
	_cleanup_free_ const struct suggestion **order = calloc(n + 1, sizeof(*order));
	int r = order ? 0 : err_oom(reterr);

	for (size_t i = 0; r == 0 && i < n; i++)
		order[i] = &suggest->known.all[i];
	if (r == 0)
		qsort(order, n, sizeof(*order), suggest_compare_pending);
	for (size_t i = 0; r == 0 && i < n && ret->n < max; i++) {
		r = suggest_is_pending(suggest, order[i], reterr);
		if (r > 0)
			r = suggest_add(ret, order[i], order[i]->seeks, order[i]->offers, reterr);
	}
	return r;
}

static int suggest_add_found(
	struct suggestions *ret, struct suggest *suggest, size_t max, struct err *reterr)
{
	const struct match_query query = {
		.mine = suggest->letter == SUGGESTION_HELP,
		.welcome = suggest_welcome,
		.userdata = suggest,
		.max = max,
	};
	struct match_pair pairs[MATCH_FINDS_MAX];
	size_t n = 0;
	int r = match_find(suggest->wants.match, &query, pairs, &n, reterr);

	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct suggestion *known = suggest_recall(
			suggest, pairs[i].seeker, pairs[i].offerer, pairs[i].seeks);
		struct suggestion s = {
			.letter = suggest->letter,
			.number = known ? known->number : 0,
			.seeker = pairs[i].seeker,
			.offerer = pairs[i].offerer,
		};

		r = suggest_add(ret, &s, pairs[i].seeks, pairs[i].offers, reterr);
	}
	return r;
}

int suggest_find(struct suggestions *ret, const struct collect *collect, char letter, size_t max,
	struct err *reterr)
{
	_cleanup_(suggest_done) struct suggest suggest = { .collect = collect, .letter = letter };
	int r;

	if (max == 0)
		return 0;
	r = suggest_load(&suggest, reterr);
	if (r == 0)
		r = suggest_add_pending(ret, &suggest, max, reterr);
	if (r == 0 && ret->n < max)
		r = suggest_add_found(ret, &suggest, max - ret->n, reterr);
	return r;
}

static int suggest_add_contact(
	struct match *match, struct store *store, int64_t book, int64_t id, struct err *reterr)
{
	_cleanup_contact_ struct contact contact = { 0 };
	int r = contacts_load(store, book, id, &contact, reterr);

	if (r == 0)
		r = match_add_person(match, id, contact.field[CONTACT_CITY], reterr);
	for (size_t i = 0; r == 0 && i < contact.n_values; i++) {
		const struct contact_value *v = &contact.values[i];

		if (v->kind == CONTACT_SEEKS || v->kind == CONTACT_OFFERS)
			r = match_add_text(match,
				v->kind == CONTACT_SEEKS ? MATCH_SEEKS : MATCH_OFFERS, v->text,
				reterr);
	}
	return r;
}

int suggest_pair(struct suggestion *ret, struct store *store, int64_t book, int64_t a, int64_t b,
	struct err *reterr)
{
	_cleanup_(match_freep) struct match *match = NULL;
	struct match_pair pair;
	size_t n = 0;
	int r = match_new(&match, reterr);

	*ret = (struct suggestion){ .letter = SUGGESTION_INTRODUCTION, .seeker = a, .offerer = b };
	if (r == 0)
		r = suggest_add_contact(match, store, book, a, reterr);
	if (r == 0)
		r = suggest_add_contact(match, store, book, b, reterr);
	if (r == 0)
		r = match_find(match, &(struct match_query){ .max = 1 }, &pair, &n, reterr);
	if (r < 0 || n == 0)
		return r;
	ret->seeker = pair.seeker;
	ret->offerer = pair.offerer;
	if (!suggest_copy(&ret->seeks, pair.seeks) || !suggest_copy(&ret->offers, pair.offers))
		return err_oom(reterr);
	return 1;
}
