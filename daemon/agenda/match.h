/* SPDX-License-Identifier: MIT */
/*
 * match: who seeks what somebody else offers.
 *
 * A seek meets an offer where they share a word that tells something (agenda/stem.h). Rare words weigh
 * more; a city in common and what else is known of who offers only help to rank, and so do words that
 * are somebody's city: "a flat in Bonn" does not meet "guided tours of Bonn". An index of the offered
 * words bounds the work: of a word that thousands share only a part of its pairs is looked at.
 */
#ifndef NUDGE_AGENDA_MATCH_H
#define NUDGE_AGENDA_MATCH_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MATCH_ME         0   /* the number of the book's owner among the people */
#define MATCH_CANDIDATES 64  /* offers that are looked at for one seek, those of rare words first */
#define MATCH_FINDS_MAX  100 /* pairs that match_find() gives at most */

struct match;

int match_new(struct match **ret, struct err *reterr);
void match_free(struct match *match); /* NULL-safe */
DEFINE_CLEANUP(struct match *, match_free);

/* Somebody, with their city (NULL: unknown); the texts that follow are theirs. */
int match_add_person(struct match *match, int64_t id, const char *city, struct err *reterr);

enum match_side {
	MATCH_SEEKS,
	MATCH_OFFERS,
	MATCH_ABOUT, /* a tag, a title: helps to rank */
};
int match_add_text(struct match *match, enum match_side side, const char *text, struct err *reterr);

struct match_pair {
	int64_t seeker, offerer;
	const char *seeks, *offers; /* as they were added; live as long as the match */
	int score;                  /* of use for comparison only */
};

/* What may be suggested: the caller knows what was said and suggested before. */
enum match_welcome {
	MATCH_NOT,
	MATCH_LATER, /* where nothing better is left */
	MATCH_WELCOME,
};

struct match_query {
	bool mine; /* what the owner offers, else what everybody else does */
	enum match_welcome (*welcome)(void *userdata, const struct match_pair *pair);
	void *userdata;
	size_t max; /* 1 to MATCH_FINDS_MAX */
};

/* The best pairs, the best one first, as many as query->max into `ret`. Nobody is paired with themself,
 * and two people only once, whoever seeks. Who stands in a pair stands in a second one only where there
 * are no others. The same people and texts give the same pairs in the same order. */
int match_find(const struct match *match, const struct match_query *query, struct match_pair *ret,
	size_t *ret_n, struct err *reterr);

#endif
