/* SPDX-License-Identifier: MIT */
/*
 * suggestions: two contacts who should meet, and contacts whom the owner could help, from the day on which
 * a digest told it or a person took it up. The rules are agenda/introduction.h's.
 */
#ifndef NUDGE_BOOK_SUGGESTIONS_H
#define NUDGE_BOOK_SUGGESTIONS_H

#include "agenda/introduction.h"
#include "book/store.h"

#define SUGGESTION_INTRODUCTION 'i' /* letters of the handles: i9, */
#define SUGGESTION_HELP         'h' /* h2 */

struct suggestion {
	char letter;
	int64_t number;
	int64_t seeker, offerer; /* offerer 0: the owner, of a help */
	enum introduction_stage stage;
	int32_t stage_day;
	struct suggestion_facts facts;
	char *seeks, *offers; /* in their words; NULL: it was not their words that led to it */
	char *because;        /* in the owner's; NULL: not said */
	char *seeker_name, *offerer_name;
};

struct suggestions {
	struct suggestion *all; /* by number */
	size_t n;
};
void suggestions_done(struct suggestions *suggestions);
#define _cleanup_suggestions_ _cleanup_(suggestions_done)

/* "asked"; NULL for no stage. And the reverse: INTRODUCTION_STAGE_COUNT for no word. */
const char *suggestion_stage_name(enum introduction_stage stage);
enum introduction_stage suggestion_stage_of(const char *name);

/* All of that letter, whatever became of them. */
int suggestions_list(struct store *store, int64_t book, char letter, struct suggestions *ret,
	struct err *reterr);
/* 1, or 0 where there is none. */
int suggestions_by_number(struct store *store, int64_t book, char letter, int64_t number,
	struct suggestions *ret, struct err *reterr);
/* The introduction of two contacts, in either order: 1, or 0 where there is none. */
int suggestions_between(
	struct store *store, int64_t a, int64_t b, struct suggestions *ret, struct err *reterr);

/* In a transaction. Adds what the suggestion says of people and reasons; it may be told from `today`
 * on. */
int suggestions_add(struct store *store, int64_t book, const struct suggestion *suggestion,
	int32_t today, int64_t *ret_number, struct err *reterr);
/* A digest suggests it, the first one to do so since it may: it rests from then on. What led to it is kept
 * as it stands now. */
int suggestions_set_told(struct store *store, int64_t book, const struct suggestion *suggestion,
	int32_t today, struct err *reterr);
/* A stage reached: to introduce two people and to help one are touches, and so is what there is a note of
 * (NULL: none). Being suggested again begins anew. */
int suggestions_set_stage(struct store *store, int64_t book, const struct suggestion *suggestion,
	enum introduction_stage stage, const char *note, int32_t today, struct err *reterr);
/* Not mentioned before that day, whatever its stage. */
int suggestions_put_back(struct store *store, int64_t book, char letter, int64_t number,
	int32_t next_day, struct err *reterr);
int suggestions_set_because(struct store *store, int64_t book, char letter, int64_t number,
	const char *because, struct err *reterr);

/* Whether both still seek and offer what led to it: 1 or 0. */
int suggestions_is_wanted(
	struct store *store, int64_t book, const struct suggestion *suggestion, struct err *reterr);

#endif
