/* SPDX-License-Identifier: MIT */
/*
 * duplicate: which two contacts are probably one person.
 *
 * Each person leaves a mark for everything that a double of theirs would leave as well: an address, a
 * name, a word of the name with the birthday. Marks are hashes; sorted, equal ones lie together and lead
 * to the pairs that are worth weighing.
 */
#include "agenda/duplicate.h"

#include "core/likeness.h"
#include "core/mem.h"

#include <string.h>

#define DUPLICATE_ENOUGH 45
#define DUPLICATE_SHARED 4 /* an address of more than these is a family's, or a firm's */

struct duplicate_mark {
	uint64_t hash;
	uint32_t person, crowd; /* more people than `crowd` of one mark say nothing */
};

struct duplicate_marks {
	struct duplicate_mark *all;
	size_t n, size;
	bool failed;
};

/* FNV-1a; two that meet by chance are weighed in vain. */
static uint64_t duplicate_hash(uint64_t hash, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return hash;
}

static uint64_t duplicate_begin(char kind)
{
	return duplicate_hash(UINT64_C(14695981039346656037), &kind, 1);
}

static void duplicate_mark(
	struct duplicate_marks *marks, uint64_t hash, size_t person, uint32_t crowd)
{
	if (marks->n == marks->size) {
		size_t size = marks->size ? marks->size * 2 : 1024;
		struct duplicate_mark *more = reallocarray(marks->all, size, sizeof(*more));

		if (!more) {
			marks->failed = true;
			return;
		}
		marks->all = more;
		marks->size = size;
	}
	marks->all[marks->n++] = (struct duplicate_mark){ hash, (uint32_t)person, crowd };
}

static void duplicate_mark_values(
	struct duplicate_marks *marks, const struct duplicate_person *p, size_t person)
{
	for (size_t i = 0; i < p->n_values; i++) {
		const char *form = p->values[i].form;

		if (p->values[i].kind == DUPLICATE_PHONE)
			form = likeness_phone_end(form);
		duplicate_mark(marks,
			duplicate_hash(duplicate_begin((char)('0' + p->values[i].kind)), form,
				strlen(form)),
			person, DUPLICATE_SHARED);
	}
}

/* The words' hashes added up: their order does not matter. */
static uint64_t duplicate_hash_name(const char *name)
{
	uint64_t sum = 0;

	while (*name) {
		size_t n = strcspn(name, " ");

		sum += duplicate_hash(duplicate_begin('w'), name, n);
		name += n + (name[n] == ' ');
	}
	return sum;
}

/* A word of the name alone is too frequent; with a birthday or a firm it leads to a misspelt double. */
static void duplicate_mark_words(
	struct duplicate_marks *marks, const struct duplicate_person *p, size_t person)
{
	for (const char *word = p->name; *word;) {
		size_t n = strcspn(word, " ");
		uint64_t hash = duplicate_hash(duplicate_begin('W'), word, n);

		if (n > 1 && p->month_day)
			duplicate_mark(marks,
				duplicate_hash(
					hash, (const char *)&p->month_day, sizeof(p->month_day)),
				person, DUPLICATE_CROWD);
		if (n > 1 && p->org)
			duplicate_mark(marks, duplicate_hash(hash, p->org, strlen(p->org)), person,
				DUPLICATE_CROWD);
		word += n + (word[n] == ' ');
	}
}

static void duplicate_mark_person(
	struct duplicate_marks *marks, const struct duplicate_person *p, size_t person)
{
	uint64_t name = duplicate_hash_name(p->name);
	int born[] = { p->month_day, p->year };

	duplicate_mark_values(marks, p, person);
	duplicate_mark_words(marks, p, person);
	if (*p->name)
		duplicate_mark(marks, name, person, DUPLICATE_CROWD);
	if (*p->name && p->city)
		duplicate_mark(marks, duplicate_hash(name, p->city, strlen(p->city)), person,
			DUPLICATE_CROWD);
	if (p->month_day && p->year)
		duplicate_mark(marks,
			duplicate_hash(duplicate_begin('b'), (const char *)born, sizeof(born)),
			person, DUPLICATE_CROWD);
}

static int duplicate_compare_marks(const void *a, const void *b)
{
	const struct duplicate_mark *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->person > y->person) - (x->person < y->person);
}

static bool duplicate_is_same(enum duplicate_kind kind, const char *a, const char *b)
{
	return kind == DUPLICATE_PHONE ? likeness_phones(a, b) : strcmp(a, b) == 0;
}

/* An office's address, or a whole site, is many people's. */
static bool duplicate_is_office(const struct duplicate_value *v)
{
	static const char *const offices[] = { "info@", "office@", "kontakt@", "contact@", "mail@",
		"hallo@", "hello@", "team@", "buero@", "sekretariat@", "post@", "service@",
		"support@" };

	if (v->kind == DUPLICATE_LINK)
		return !likeness_link_is_page(v->form);
	for (size_t i = 0; v->kind == DUPLICATE_EMAIL && i < ARRAY_SIZE(offices); i++)
		if (str_starts(v->form, offices[i]))
			return true;
	return false;
}

static int duplicate_weigh_values(
	const struct duplicate_person *a, const struct duplicate_person *b, unsigned *why)
{
	static const struct {
		unsigned why;
		int weight, office;
	} kinds[] = {
		[DUPLICATE_EMAIL] = { DUPLICATE_SAME_EMAIL, 80, 10 },
		[DUPLICATE_PHONE] = { DUPLICATE_SAME_PHONE, 55, 55 },
		[DUPLICATE_LINK] = { DUPLICATE_SAME_LINK, 80, 15 },
	};
	int weight = 0;

	for (size_t i = 0; i < a->n_values; i++)
		for (size_t k = 0; k < b->n_values; k++) {
			const struct duplicate_value *v = &a->values[i];

			if (v->kind != b->values[k].kind || (*why & kinds[v->kind].why) ||
				!duplicate_is_same(v->kind, v->form, b->values[k].form))
				continue;
			*why |= kinds[v->kind].why;
			weight += duplicate_is_office(v) ? kinds[v->kind].office
							 : kinds[v->kind].weight;
		}
	return weight;
}

static int duplicate_weigh_names(const char *a, const char *b, unsigned *why)
{
	/* Of one word alone, and of several. */
	static const struct {
		unsigned why;
		int one, several;
	} names[] = {
		[LIKENESS_DIFFERENT] = { 0, -20, -20 },
		[LIKENESS_FAMILY] = { 0, -30, -30 },
		[LIKENESS_OPEN] = { 0, 0, 0 },
		[LIKENESS_GIVEN] = { 0, 0, 0 },
		[LIKENESS_ALIKE] = { DUPLICATE_LIKE_NAME, 10, 30 },
		[LIKENESS_SAME] = { DUPLICATE_SAME_NAME, 15, 50 },
	};
	enum likeness likeness = likeness_names(a, b);
	bool several = strchr(a, ' ') && strchr(b, ' ');

	*why |= names[likeness].why;
	return several ? names[likeness].several : names[likeness].one;
}

static int duplicate_weigh_birthdays(
	const struct duplicate_person *a, const struct duplicate_person *b, unsigned *why)
{
	if (!a->month_day || !b->month_day)
		return 0;
	if (a->month_day != b->month_day || (a->year && b->year && a->year != b->year))
		return -60;
	*why |= DUPLICATE_SAME_BIRTHDAY;
	return a->year && b->year ? 45 : 25;
}

static int duplicate_weigh_texts(
	const char *a, const char *b, int same, int other, unsigned bit, unsigned *why)
{
	if (!a || !b)
		return 0;
	if (strcmp(a, b) != 0)
		return other;
	*why |= bit;
	return same;
}

/* How much speaks for the two being one: 0 where it is not enough to be worth a look. */
static int duplicate_weigh(
	const struct duplicate_person *a, const struct duplicate_person *b, unsigned *ret_why)
{
	int weight;

	*ret_why = 0;
	weight = duplicate_weigh_values(a, b, ret_why);
	weight += duplicate_weigh_names(a->name, b->name, ret_why);
	weight += duplicate_weigh_birthdays(a, b, ret_why);
	weight += duplicate_weigh_texts(a->org, b->org, 15, -2, DUPLICATE_SAME_ORG, ret_why);
	weight += duplicate_weigh_texts(a->city, b->city, 10, -3, DUPLICATE_SAME_CITY, ret_why);
	return weight < DUPLICATE_ENOUGH ? 0 : weight;
}

/* The likeliest first; of equals those who were entered first. */
static int duplicate_compare_pairs(const void *a, const void *b)
{
	const struct duplicate_pair *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->one != y->one)
		return x->one < y->one ? -1 : 1;
	return (x->other > y->other) - (x->other < y->other);
}

struct duplicate_candidates {
	uint64_t *all; /* one person's place in the upper half, the other's in the lower */
	size_t n, size;
};

static int duplicate_add_candidate(
	struct duplicate_candidates *candidates, uint32_t a, uint32_t b, struct err *reterr)
{
	if (candidates->n == candidates->size) {
		size_t size = candidates->size ? candidates->size * 2 : 1024;
		uint64_t *more = reallocarray(candidates->all, size, sizeof(*more));

		if (!more)
			return err_oom(reterr);
		candidates->all = more;
		candidates->size = size;
	}
	candidates->all[candidates->n++] = (uint64_t)a << 32 | b;
	return 0;
}

/* Everybody of each mark with everybody else of it, where they are no crowd. */
static int duplicate_meet(const struct duplicate_marks *marks,
	struct duplicate_candidates *candidates, struct err *reterr)
{
	int r = 0;

	for (size_t from = 0, to; r == 0 && from < marks->n; from = to) {
		const struct duplicate_mark *first = &marks->all[from];

		for (to = from + 1; to < marks->n && marks->all[to].hash == first->hash;)
			to++;
		if (to - from > first->crowd)
			continue;
		for (size_t i = from; i < to; i++)
			for (size_t k = i + 1; r == 0 && k < to; k++)
				if (marks->all[i].person != marks->all[k].person)
					r = duplicate_add_candidate(candidates,
						marks->all[i].person, marks->all[k].person, reterr);
	}
	return r;
}

static int duplicate_compare_candidates(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int duplicate_weigh_all(const struct duplicate_person *people,
	const struct duplicate_candidates *candidates, struct duplicate_pair **ret, size_t *ret_n,
	struct err *reterr)
{
	struct duplicate_pair *pairs = calloc(candidates->n + 1, sizeof(*pairs));
	size_t n = 0;

	if (!pairs)
		return err_oom(reterr);
	for (size_t i = 0; i < candidates->n; i++) {
		struct duplicate_pair pair = { .one = candidates->all[i] >> 32,
			.other = candidates->all[i] & UINT32_MAX };

		if (i && candidates->all[i] == candidates->all[i - 1])
			continue;
		pair.weight = duplicate_weigh(&people[pair.one], &people[pair.other], &pair.why);
		if (pair.weight)
			pairs[n++] = pair;
	}
	qsort(pairs, n, sizeof(*pairs), duplicate_compare_pairs);
	*ret = pairs;
	*ret_n = n;
	return 0;
}

int duplicate_find(const struct duplicate_person *people, size_t n, struct duplicate_pair **ret,
	size_t *ret_n, struct err *reterr)
{
	struct duplicate_candidates candidates = { 0 };
	struct duplicate_marks marks = { 0 };
	int r;

	for (size_t i = 0; i < n; i++)
		duplicate_mark_person(&marks, &people[i], i);
	r = marks.failed ? err_oom(reterr) : 0;
	if (r == 0 && marks.n) {
		qsort(marks.all, marks.n, sizeof(*marks.all), duplicate_compare_marks);
		r = duplicate_meet(&marks, &candidates, reterr);
	}
	free(marks.all);
	if (r == 0 && candidates.n)
		qsort(candidates.all, candidates.n, sizeof(*candidates.all),
			duplicate_compare_candidates);
	if (r == 0)
		r = duplicate_weigh_all(people, &candidates, ret, ret_n, reterr);
	free(candidates.all);
	return r;
}
