/* SPDX-License-Identifier: MIT */
/*
 * touches: every contact one had with a person.
 */
#ifndef NUDGE_BOOK_TOUCHES_H
#define NUDGE_BOOK_TOUCHES_H

#include "book/store.h"

struct touch {
	int32_t day;
	char *kind;  /* "met", "called", "wrote", "congratulated", "introduced", "helped", ... */
	char *note;  /* NULL: none */
	char *other; /* whom they were introduced to; NULL: nobody */
};

struct touches {
	struct touch *all; /* the last one first */
	size_t n;
};
void touches_done(struct touches *touches);

/* In a transaction, as all that change something. The kind is an English word; note NULL: none. */
int touches_add(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, struct err *reterr);
/* The same, told by another source than a person. */
int touches_add_from(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, const char *source, struct err *reterr);
/* The same of an introduction to somebody else; other 0: to nobody. */
int touches_add_with(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, int64_t other, struct err *reterr);

/* The note joins the last touch of that kind on that day; where there is none, it is one. */
int touches_add_note(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, struct err *reterr);

/* The same touch was on another day. */
int touches_move(struct store *store, int64_t contact, int32_t day, const char *kind,
	int32_t to_day, struct err *reterr);

int touches_of(struct store *store, int64_t contact, struct touches *ret, struct err *reterr);
/* 1 and the day of the last one, 0 where there was none. */
int touches_last(struct store *store, int64_t contact, int32_t *ret_day, struct err *reterr);
/* 1 where there was one of that kind and note on that day, else 0. */
int touches_has(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, struct err *reterr);

#endif
