/* SPDX-License-Identifier: MIT */
/*
 * match-internal: what match.c gathers and match-find.c looks through.
 */
#ifndef NUDGE_AGENDA_MATCH_INTERNAL_H
#define NUDGE_AGENDA_MATCH_INTERNAL_H

#include "agenda/match.h"
#include "core/str.h"

struct match_word {
	size_t text;   /* its place among the letters */
	size_t texts;  /* that have it: seeks and offers */
	size_t offers; /* the end of its part of the index of offers */
	bool is_city;  /* somebody's: helps to rank */
};

struct match_text {
	size_t person;
	size_t text;     /* its place among the letters */
	size_t first, n; /* its words among the numbers, ascending */
	enum match_side side;
};

struct match_person {
	int64_t id;
	uint32_t city;     /* a word's number and 1; 0: unknown */
	size_t first_text; /* they end where the next person's begin */
};

struct match {
	struct str letters;
	struct match_word *words;
	uint32_t *slots; /* a hash table of word numbers and 1, 0: free */
	uint32_t *numbers;
	struct match_text *texts;
	struct match_person *people;
	size_t n_words, n_slots, n_numbers, n_texts, n_people;
};

static inline const char *match_letters(const struct match *match, size_t place)
{
	return str_text(&match->letters) + place;
}

#endif
