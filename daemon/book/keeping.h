/* SPDX-License-Identifier: MIT */
/*
 * keeping: keeping in touch: who is due to be written to again, by contact and by tag.
 *
 * The day is kept beside the contact and follows what it depends on (the last touch, the contact's or
 * its tags' `every`), so that what is due is found without looking at everybody.
 */
#ifndef NUDGE_BOOK_KEEPING_H
#define NUDGE_BOOK_KEEPING_H

#include "agenda/touch.h"
#include "book/store.h"

#define KEEPING_NEVER "never"

/* Reads "30d", "6w", "3m", "1y": 1; 0 for "never", NULL and what is none; or -ENOMEM. */
int keeping_parse(const char *text, struct touch_every *ret, struct err *reterr);

/* Brings the contact's day up to date. A contact's own `every` wins over those of its tags, of which
 * the shortest counts. The silence begins with the last touch, else where it was said to begin, else
 * on the day one met, else on the day of entry. */
int keeping_refresh(struct store *store, int64_t contact, struct err *reterr);

/* `every` for all who carry the tag; NULL takes it away. In a transaction. *ret_n: how many carry it. Of
 * many whom one was never in touch with the first days are spread as by keeping_spread(). */
int keeping_set_tag(struct store *store, int64_t book, const char *tag, const char *every,
	int32_t today, size_t *ret_n, struct err *reterr);

#define KEEPING_MANY 10

/* `every` for those people, their first days spread evenly over the span from `today` on. NULL: what their
 * tags say stays, and KEEPING_MANY or more are spread over that. */
int keeping_spread(struct store *store, const int64_t *contacts, size_t n, const char *every,
	int32_t today, struct err *reterr);

struct keeping {
	int64_t number; /* of the handle t3 */
	int64_t contact;
	int64_t turn; /* tells one turn from the next: its day, or minus the day it was put back to */
};

/* All that are due before `to`, and when that digest showed them last on a day before `before_day`; the
 * caller frees. */
int keeping_due(struct store *store, int64_t book, int64_t digest, int32_t before_day, int32_t to,
	struct touch_candidate **ret, size_t *ret_n, struct err *reterr);
/* 1, or 0 where there is none of that number. */
int keeping_by_number(
	struct store *store, int64_t book, int64_t number, struct keeping *ret, struct err *reterr);

int keeping_set_until(
	struct store *store, int64_t book, int64_t number, int32_t until, struct err *reterr);
/* Not this time: as if there had been a touch today. */
int keeping_skip(
	struct store *store, int64_t book, int64_t number, int32_t today, struct err *reterr);

#endif
