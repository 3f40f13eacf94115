/* SPDX-License-Identifier: MIT */
/*
 * search: finding contacts by what is known of them.
 */
#ifndef NUDGE_BOOK_SEARCH_H
#define NUDGE_BOOK_SEARCH_H

#include "book/store.h"

/* Makes the contact found by what it holds now: the end of every change to one, in its transaction. */
int search_index(struct store *store, int64_t id, struct err *reterr);

struct contact_ids {
	int64_t *ids;
	size_t n;
};
void contact_ids_done(struct contact_ids *ids);
#define _cleanup_ids_ _cleanup_(contact_ids_done)
int contact_ids_add(struct contact_ids *ids, int64_t id, struct err *reterr);

/* Those whose name, or one that was merged into them, has every word of `text` as a part, or has it as an
 * e-mail address; the exactly named ones alone, where there are any. At most `max`, by name. */
int search_find(struct store *store, int64_t book, const char *text, size_t max,
	struct contact_ids *ret, struct err *reterr);

/* Somebody but `except` whose name is `start` or begins with it and a blank, case and accents apart: 1, or 0. */
int search_namesake(struct store *store, int64_t book, const char *start, int64_t except,
	int64_t *ret, struct err *reterr);

/* Those in whose texts words begin with every word of `words` (NULL: all), with that tag and city
 * (NULL: any), case and accents apart; by name. */
int search_list(struct store *store, int64_t book, const char *words, const char *tag,
	const char *city, struct contact_ids *ret, struct err *reterr);

/* All, by number. */
int search_all(struct store *store, int64_t book, struct contact_ids *ret, struct err *reterr);

/* Up to `max` people from all over the book, those with an e-mail address before the others; always the same. */
int search_sample(
	struct store *store, int64_t book, size_t max, struct contact_ids *ret, struct err *reterr);

/* For imports: whose address or page it is, as it is written; who is called exactly so; who has that name
 * and birthday (year 0, on either side, fits all). */
int search_by_email(struct store *store, int64_t book, const char *address, struct contact_ids *ret,
	struct err *reterr);
int search_by_link(struct store *store, int64_t book, const char *link, struct contact_ids *ret,
	struct err *reterr);
int search_by_name(struct store *store, int64_t book, const char *name, struct contact_ids *ret,
	struct err *reterr);
int search_by_birthday(struct store *store, int64_t book, const char *name, int month_day, int year,
	struct contact_ids *ret, struct err *reterr);

#endif
