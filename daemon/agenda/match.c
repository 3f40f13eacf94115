/* SPDX-License-Identifier: MIT */
/*
 * match: who seeks what somebody else offers.
 *
 * Words become numbers, a text the ascending numbers of its words.
 */
#include "agenda/match-internal.h"
#include "agenda/stem.h"
#include "core/utf8.h"

#include <string.h>

int match_new(struct match **ret, struct err *reterr)
{
	*ret = calloc(1, sizeof(**ret));
	return *ret ? 0 : err_oom(reterr);
}

void match_free(struct match *match)
{
	if (!match)
		return;
	str_done(&match->letters);
	free(match->words);
	free(match->slots);
	free(match->numbers);
	free(match->texts);
	free(match->people);
	free(match);
}

/* Room for one more than `n` elements, in steps of twice the size: the array, moved or not, or NULL. */
static void *match_room(void *array, size_t n, size_t size)
{
	if (n & (n - 1) || n == 1)
		return array;
	return reallocarray(array, n ? 2 * n : 2, size);
}

/* False where memory ran out; the array is as it was then. */
#define MATCH_MAKE_ROOM(array, n)                                                                  \
	({                                                                                         \
		void *match_more = match_room(array, n, sizeof(*(array)));                         \
                                                                                                   \
		if (match_more)                                                                    \
			(array) = match_more;                                                      \
		match_more != NULL;                                                                \
	})

static uint32_t match_hash(const char *word)
{
	uint32_t hash = 2166136261;

	for (; *word; word++)
		hash = (hash ^ (unsigned char)*word) * 16777619;
	return hash;
}

/* The slot of the word, or the free one where it belongs. */
static size_t match_slot(const struct match *match, const char *word)
{
	size_t slot = match_hash(word) & (match->n_slots - 1);

	while (match->slots[slot] &&
		!str_equal(match_letters(match, match->words[match->slots[slot] - 1].text), word))
		slot = (slot + 1) & (match->n_slots - 1);
	return slot;
}

static bool match_grow_slots(struct match *match)
{
	size_t n = match->n_slots ? 4 * match->n_slots : 256;
	uint32_t *slots;

	if (match->n_slots > 2 * match->n_words)
		return true;
	slots = calloc(n, sizeof(*slots));
	if (!slots)
		return false;
	match->n_slots = n;
	free(match->slots);
	match->slots = slots;
	for (size_t i = 0; i < match->n_words; i++)
		slots[match_slot(match, match_letters(match, match->words[i].text))] = (uint32_t)i +
			1;
	return true;
}

/* Keeps a text with its end; its place. */
static size_t match_keep(struct match *match, const char *text)
{
	size_t place = match->letters.len;

	str_add_bytes(&match->letters, text, strlen(text) + 1);
	return place;
}

static int match_number(
	struct match *match, const char *word, uint32_t *ret_number, struct err *reterr)
{
	size_t slot;

	if (!match_grow_slots(match))
		return err_oom(reterr);
	slot = match_slot(match, word);
	if (!match->slots[slot]) {
		if (!MATCH_MAKE_ROOM(match->words, match->n_words))
			return err_oom(reterr);
		match->words[match->n_words++] = (struct match_word){ .text = match_keep(
									      match, word) };
		match->slots[slot] = (uint32_t)match->n_words;
	}
	*ret_number = match->slots[slot] - 1;
	return str_check(&match->letters, reterr);
}

static int match_add_number(struct match *match, uint32_t number, struct err *reterr)
{
	if (!MATCH_MAKE_ROOM(match->numbers, match->n_numbers))
		return err_oom(reterr);
	match->numbers[match->n_numbers++] = number;
	return 0;
}

/* Puts the number among those of the text that ends the array, in order and once. */
static int match_add_word(
	struct match *match, struct match_text *text, uint32_t number, struct err *reterr)
{
	size_t at = text->first + text->n;
	int r;

	while (at > text->first && match->numbers[at - 1] > number)
		at--;
	if (at > text->first && match->numbers[at - 1] == number)
		return 0;
	r = match_add_number(match, number, reterr);
	if (r < 0)
		return r;
	memmove(&match->numbers[at + 1], &match->numbers[at],
		(text->first + text->n - at) * sizeof(*match->numbers));
	match->numbers[at] = number;
	text->n++;
	if (text->side != MATCH_ABOUT)
		match->words[number].texts++;
	return 0;
}

static int match_add_stems(struct match *match, struct match_text *text, const char *from,
	void (*each)(struct match_word *word), struct err *reterr)
{
	_cleanup_str_ struct str stems = STR_INIT;
	char *next, *word;
	uint32_t number;
	int r;

	stem_add_words(&stems, from);
	r = str_check(&stems, reterr);
	for (word = stems.data; r == 0 && word && (next = strchr(word, ' ')); word = next + 1) {
		*next = '\0';
		r = match_number(match, word, &number, reterr);
		if (r == 0 && text)
			r = match_add_word(match, text, number, reterr);
		if (r == 0 && each)
			each(&match->words[number]);
	}
	return r;
}

static void match_mark_city(struct match_word *word)
{
	word->is_city = true;
}

int match_add_person(struct match *match, int64_t id, const char *city, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	struct match_person person = { .id = id, .first_text = match->n_texts };
	int r;

	if (!MATCH_MAKE_ROOM(match->people, match->n_people))
		return err_oom(reterr);
	if (!str_empty(city)) {
		/* A name of its own: the whole city, not its words. */
		str_add_char(&folded, ' ');
		utf8_add_folded(&folded, city);
		r = str_check(&folded, reterr);
		if (r == 0)
			r = match_number(match, str_text(&folded), &person.city, reterr);
		if (r == 0)
			r = match_add_stems(match, NULL, city, match_mark_city, reterr);
		if (r < 0)
			return r;
		person.city++;
	}
	match->people[match->n_people++] = person;
	return 0;
}

int match_add_text(struct match *match, enum match_side side, const char *text, struct err *reterr)
{
	struct match_text entry = {
		.person = match->n_people - 1,
		.text = match_keep(match, text),
		.first = match->n_numbers,
		.side = side,
	};
	int r;

	if (!MATCH_MAKE_ROOM(match->texts, match->n_texts))
		return err_oom(reterr);
	r = match_add_stems(match, &entry, text, NULL, reterr);
	if (r == 0)
		match->texts[match->n_texts++] = entry;
	return r;
}
