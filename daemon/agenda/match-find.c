/* SPDX-License-Identifier: MIT */
/*
 * match-find: the best pairs of all who seek and offer.
 *
 * The offers of each word stand together (an inverted index), so that a seek looks at those that share a
 * word with it and at no others; of a word that thousands offer each seeker looks at another part.
 */
#include "agenda/match-internal.h"
#include "agenda/stem.h"

#include <string.h>

#define MATCH_PER_SEEKER  4       /* pairs of one seeker that are kept for the choice */
#define MATCH_STRIDE      7919    /* a prime: how far the next seek begins behind the last one */
#define MATCH_GLADLY      1000000 /* sets those that are welcome before the others */
#define MATCH_WORD        4 /* a word that half of all texts have; each half of that one more */
#define MATCH_SAME_CITY   3
#define MATCH_SHARED_CITY 2
#define MATCH_KNOWN_FOR   2
#define MATCH_KNOWN_MAX   3

/* A pair, by the places of its texts. */
struct match_find {
	size_t seek, offer;
	int score;
};

struct match_finder {
	const struct match *match;
	const struct match_query *query;
	size_t wants;   /* texts of seeks and offers */
	size_t *first;  /* by word: where its offers begin in the index; one more at the end */
	size_t *index;  /* texts of offers */
	size_t *looked; /* by text: the last seek that has looked at it, and 1 */
	struct match_find *kept;
	size_t n, n_before; /* kept of all seekers; of those before this one */
};

static void match_finder_done(struct match_finder *finder)
{
	free(finder->first);
	free(finder->index);
	free(finder->looked);
	free(finder->kept);
}

static const struct match_person *match_whose(const struct match *match, size_t text)
{
	return &match->people[match->texts[text].person];
}

static bool match_is_offered(const struct match_finder *finder, size_t text)
{
	return finder->match->texts[text].side == MATCH_OFFERS &&
		(match_whose(finder->match, text)->id == MATCH_ME) == finder->query->mine;
}

/* Counts the offers of each word, sums up, and fills them in from behind. */
static void match_fill_index(struct match_finder *finder)
{
	const struct match *match = finder->match;
	size_t sum = 0;

	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = match->n_texts; i-- > 0;) {
			const struct match_text *text = &match->texts[i];

			if (!match_is_offered(finder, i))
				continue;
			for (size_t k = text->first; k < text->first + text->n; k++)
				if (pass == 0)
					finder->first[match->numbers[k]]++;
				else
					finder->index[--finder->first[match->numbers[k]]] = i;
		}
		for (size_t i = 0; pass == 0 && i <= match->n_words; i++)
			finder->first[i] = sum += finder->first[i];
	}
}

static int match_finder_init(struct match_finder *finder, const struct match *match,
	const struct match_query *query, struct err *reterr)
{
	size_t seeks = 0;

	*finder = (struct match_finder){ .match = match, .query = query };
	for (size_t i = 0; i < match->n_texts; i++) {
		finder->wants += match->texts[i].side != MATCH_ABOUT;
		seeks += match->texts[i].side == MATCH_SEEKS;
	}
	finder->first = calloc(match->n_words + 1, sizeof(*finder->first));
	finder->index = calloc(match->n_numbers + 1, sizeof(*finder->index));
	finder->looked = calloc(match->n_texts + 1, sizeof(*finder->looked));
	finder->kept = calloc(seeks + 1, MATCH_PER_SEEKER * sizeof(*finder->kept));
	if (!finder->first || !finder->index || !finder->looked || !finder->kept)
		return err_oom(reterr);
	match_fill_index(finder);
	return 0;
}

/* The rarer, the more. */
static int match_weight(const struct match_finder *finder, const struct match_word *word)
{
	int weight = MATCH_WORD;

	if (word->is_city)
		return MATCH_SHARED_CITY;
	for (size_t texts = 2 * word->texts; texts < finder->wants; texts *= 2)
		weight += MATCH_WORD;
	return weight;
}

/* The next word that both texts have from *a and *b on; moves behind it. NULL where there is none. */
static const struct match_word *match_next_shared(const struct match *match,
	const struct match_text *x, const struct match_text *y, size_t *a, size_t *b)
{
	const uint32_t *of_x = match->numbers + x->first, *of_y = match->numbers + y->first;

	while (*a < x->n && *b < y->n) {
		if (of_x[*a] == of_y[*b]) {
			(*b)++;
			return &match->words[of_x[(*a)++]];
		}
		if (of_x[*a] < of_y[*b])
			(*a)++;
		else
			(*b)++;
	}
	return NULL;
}

/* What else is known of who offers speaks of what is sought. */
static int match_known_for(const struct match *match, const struct match_text *seek, size_t person)
{
	const struct match_person *who = &match->people[person];
	size_t end = person + 1 < match->n_people ? who[1].first_text : match->n_texts;
	int known = 0;

	for (size_t i = who->first_text; i < end; i++) {
		size_t a = 0, b = 0;

		while (match->texts[i].side == MATCH_ABOUT && known < MATCH_KNOWN_MAX &&
			match_next_shared(match, seek, &match->texts[i], &a, &b))
			known++;
	}
	return known * MATCH_KNOWN_FOR;
}

static int match_score(const struct match_finder *finder, size_t seek, size_t offer)
{
	const struct match *match = finder->match;
	const struct match_text *x = &match->texts[seek], *y = &match->texts[offer];
	const struct match_word *word;
	uint32_t city = match_whose(match, seek)->city;
	size_t a = 0, b = 0;
	int score = match_known_for(match, x, y->person);

	while ((word = match_next_shared(match, x, y, &a, &b)))
		score += match_weight(finder, word);
	if (city && city == match_whose(match, offer)->city)
		score += MATCH_SAME_CITY;
	return score;
}

static struct match_pair match_pair_of(
	const struct match_finder *finder, const struct match_find *find)
{
	const struct match *match = finder->match;

	return (struct match_pair){
		.seeker = match_whose(match, find->seek)->id,
		.offerer = match_whose(match, find->offer)->id,
		.seeks = match_letters(match, match->texts[find->seek].text),
		.offers = match_letters(match, match->texts[find->offer].text),
		.score = find->score,
	};
}

/* Where a pair of this seeker is to stand: in the place of another one of the same two people, of the
 * least one, or behind. */
static size_t match_place(const struct match_finder *finder, size_t offer)
{
	size_t least = finder->n_before;

	for (size_t i = finder->n_before; i < finder->n; i++) {
		if (match_whose(finder->match, finder->kept[i].offer) ==
			match_whose(finder->match, offer))
			return i;
		if (finder->kept[i].score < finder->kept[least].score)
			least = i;
	}
	return finder->n - finder->n_before < MATCH_PER_SEEKER ? finder->n : least;
}

static void match_consider(struct match_finder *finder, size_t seek, size_t offer)
{
	struct match_find find = { seek, offer, match_score(finder, seek, offer) };
	struct match_pair pair = match_pair_of(finder, &find);
	size_t place = match_place(finder, offer);
	enum match_welcome welcome = MATCH_WELCOME;

	/* As good as it can get: the least one that is kept may not be asked about again. */
	if (place < finder->n && find.score + MATCH_GLADLY <= finder->kept[place].score)
		return;
	if (finder->query->welcome)
		welcome = finder->query->welcome(finder->query->userdata, &pair);
	if (welcome == MATCH_NOT)
		return;
	find.score += welcome == MATCH_WELCOME ? MATCH_GLADLY : 0;
	if (place < finder->n && find.score <= finder->kept[place].score)
		return;
	finder->kept[place] = find;
	finder->n += place == finder->n;
}

/* The offers of one word of a seek. */
struct match_lead {
	size_t first, n;
};

/* Those that few offer first. */
static size_t match_find_leads(const struct match_finder *finder, const struct match_text *seek,
	struct match_lead leads[STEM_STEMS_MAX])
{
	const struct match *match = finder->match;
	size_t n = 0;

	for (size_t k = seek->first; k < seek->first + seek->n; k++) {
		uint32_t number = match->numbers[k];
		struct match_lead lead = { finder->first[number],
			finder->first[number + 1] - finder->first[number] };
		size_t at = n;

		if (match->words[number].is_city || !lead.n)
			continue;
		for (; at > 0 && leads[at - 1].n > lead.n; at--)
			leads[at] = leads[at - 1];
		leads[at] = lead;
		n++;
	}
	return n;
}

static void match_look(struct match_finder *finder, size_t seek)
{
	struct match_lead leads[STEM_STEMS_MAX];
	const struct match_text *text = &finder->match->texts[seek];
	size_t room = MATCH_CANDIDATES, n = match_find_leads(finder, text, leads);

	for (size_t i = 0; i < n && room; i++) {
		size_t begin = leads[i].n > room ? seek * MATCH_STRIDE % leads[i].n : 0;

		for (size_t k = 0; k < leads[i].n && room; k++) {
			size_t offer = finder->index[leads[i].first + (begin + k) % leads[i].n];

			if (finder->looked[offer] == seek + 1)
				continue;
			finder->looked[offer] = seek + 1;
			if (finder->match->texts[offer].person == text->person)
				continue;
			room--;
			match_consider(finder, seek, offer);
		}
	}
}

static int match_compare(const void *a, const void *b)
{
	const struct match_find *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->seek != y->seek)
		return x->seek < y->seek ? -1 : 1;
	return (x->offer > y->offer) - (x->offer < y->offer);
}

/* How many of a pair's people stand among those that were chosen; the owner does not count. */
static int match_are_chosen(
	const struct match_pair *pair, const struct match_pair *chosen, size_t n)
{
	bool seeker = false, offerer = false;

	for (size_t i = 0; i < n; i++) {
		bool a = chosen[i].seeker == pair->seeker || chosen[i].offerer == pair->seeker;
		bool b = chosen[i].seeker == pair->offerer || chosen[i].offerer == pair->offerer;

		if (a && b)
			return 2;
		seeker |= a;
		offerer |= b && pair->offerer != MATCH_ME;
	}
	return seeker || offerer;
}

/* First those who stand in no other pair. */
static size_t match_choose(const struct match_finder *finder, struct match_pair *ret, size_t max)
{
	size_t n = 0;

	for (int others = 0; others < 2; others++)
		for (size_t i = 0; i < finder->n && n < max; i++) {
			struct match_pair pair = match_pair_of(finder, &finder->kept[i]);

			if (match_are_chosen(&pair, ret, n) <= others)
				ret[n++] = pair;
		}
	return n;
}

int match_find(const struct match *match, const struct match_query *query, struct match_pair *ret,
	size_t *ret_n, struct err *reterr)
{
	_cleanup_(match_finder_done) struct match_finder finder;
	size_t seeker = SIZE_MAX;
	int r = match_finder_init(&finder, match, query, reterr);

	if (r < 0)
		return r;
	for (size_t i = 0; i < match->n_texts; i++) {
		if (match->texts[i].side != MATCH_SEEKS)
			continue;
		if (match->texts[i].person != seeker)
			finder.n_before = finder.n;
		seeker = match->texts[i].person;
		match_look(&finder, i);
	}
	if (finder.n)
		qsort(finder.kept, finder.n, sizeof(*finder.kept), match_compare);
	*ret_n = match_choose(&finder, ret, query->max);
	return 0;
}
