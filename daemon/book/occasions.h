/* SPDX-License-Identifier: MIT */
/*
 * occasions: the yearly days of contacts. The day rules are agenda/occasion.h's.
 */
#ifndef NUDGE_BOOK_OCCASIONS_H
#define NUDGE_BOOK_OCCASIONS_H

#include "agenda/occasion.h"
#include "book/store.h"

#define OCCASION_BIRTHDAY    "birthday"
#define OCCASION_ANNIVERSARY "anniversary"
#define OCCASION_NAME_DAY    "name-day"
#define OCCASION_MET         "met"   /* the day one met */
#define OCCASION_NAMED       "named" /* has a name of its own */

/* What was said of one year's occurrence. */
struct occurrence {
	bool done;
	bool put_back;
	int32_t until_day; /* where put_back */
};

struct occasion {
	int64_t number; /* of the handle b7 */
	int64_t contact;
	char *kind;       /* one of the above */
	char *name;       /* of OCCASION_NAMED, else NULL */
	struct date date; /* year 0: unknown */
	char *source;
	int32_t entered_day;
	bool dropped;           /* never mentioned again */
	struct occurrence said; /* of the range's year: by occasions_in() alone */
};

struct occasions {
	struct occasion *all;
	size_t n;
};
void occasions_done(struct occasions *occasions);
#define _cleanup_occasions_ _cleanup_(occasions_done)

/* Adds one. 0 and its number, or OCCASION_KEPT where it stands there already. A contact has one
 * birthday and one day of meeting: a second one replaces the date and keeps the number, but an
 * import's never replaces what a person typed (source "hand"). In a transaction. */
#define OCCASION_KEPT 1
int occasions_add(struct store *store, int64_t book, int64_t contact, const char *kind,
	const char *name, const struct date *date, const char *source, int32_t today,
	int64_t *ret_number, struct err *reterr);
/* Another date for the one of that number, which keeps what was told and done of it: a source corrects what it
 * has said. 0, or OCCASION_KEPT as above, or where it would forget the year. */
int occasions_move(struct store *store, int64_t book, int64_t number, const struct date *date,
	const char *source, struct err *reterr);
/* By hand: no import brings it back. */
int occasions_remove_birthday(
	struct store *store, int64_t contact, int32_t today, struct err *reterr);
int occasions_remove_met(struct store *store, int64_t contact, struct err *reterr);

int occasions_of(struct store *store, int64_t contact, struct occasions *ret, struct err *reterr);
/* Those that may be mentioned. */
int occasions_in(struct store *store, int64_t book, const struct occasion_range *range,
	struct occasions *ret, struct err *reterr); /* appends */
/* Those put back to a day in from..to (not included), with the year they belong to in ret_years
 * (an array beside ret->all; the caller frees). */
int occasions_put_back(struct store *store, int64_t book, int32_t from, int32_t to,
	struct occasions *ret, int **ret_years, struct err *reterr);
/* 1, or 0 where there is none of that number. */
int occasions_by_number(struct store *store, int64_t book, int64_t number, struct occasions *ret,
	struct err *reterr);

/* All false where nothing was said of it. */
int occasions_occurrence(struct store *store, int64_t book, int64_t number, int year,
	struct occurrence *ret, struct err *reterr);
int occasions_set_done(struct store *store, int64_t book, int64_t number, int year, int32_t today,
	struct err *reterr);
/* It is kept, and never mentioned again. */
int occasions_drop(struct store *store, int64_t book, int64_t number, struct err *reterr);
int occasions_set_until(struct store *store, int64_t book, int64_t number, int year, int32_t until,
	struct err *reterr);

#endif
