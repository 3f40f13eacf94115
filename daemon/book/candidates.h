/* SPDX-License-Identifier: MIT */
/*
 * candidates: what a word that somebody has begun to type may become: names, numbers, handles, tags, cities.
 *
 * However large the book is, an index leads to as many as are asked for, or a bounded number is looked at.
 */
#ifndef NUDGE_BOOK_CANDIDATES_H
#define NUDGE_BOOK_CANDIDATES_H

#include "book/store.h"

struct candidate {
	char *text;
	char *about, *more; /* what tells it apart, each NULL where nothing does */
};

struct candidates {
	struct candidate *all;
	size_t n;
};
void candidates_done(struct candidates *candidates);
#define _cleanup_candidates_ _cleanup_(candidates_done)

/* Each text once; about and more may be NULL. */
int candidates_add(struct candidates *candidates, const char *text, const char *about,
	const char *more, struct err *reterr);

/* All of these append at most `max`. `start` is what was typed; case and accents count for nothing. */

/* People whose whole name begins so, by name; about their organisation and city. */
int candidates_names(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr);
/* The same where a later word of the name does: two letters at least are needed, and no blank. */
int candidates_later_names(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr);
/* E-mail addresses; about whose they are. */
int candidates_emails(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr);
/* "#12": people whose number begins with `digits`; about their name and city. */
int candidates_numbers(struct store *store, int64_t book, const char *digits, size_t max,
	struct candidates *ret, struct err *reterr);
int candidates_tags(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr);
/* Where many people live comes first; of a large book not every city is found. */
int candidates_cities(struct store *store, int64_t book, const char *start, size_t max,
	struct candidates *ret, struct err *reterr);
/* Handles of one letter of what is open, or an occasion's near `today`, whose number begins with
 * `digits`, what is due first before the rest; about whom it is, and more: what. */
int candidates_handles(struct store *store, int64_t book, char letter, const char *digits,
	int32_t today, size_t max, struct candidates *ret, struct err *reterr);

#endif
