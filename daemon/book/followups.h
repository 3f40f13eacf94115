/* SPDX-License-Identifier: MIT */
/*
 * followups: what is to be done by a day, for a contact or for none; open until done.
 */
#ifndef NUDGE_BOOK_FOLLOWUPS_H
#define NUDGE_BOOK_FOLLOWUPS_H

#include "agenda/repeat.h"
#include "book/store.h"

struct followup {
	int64_t number;  /* of the handle f12 */
	int64_t contact; /* 0: none */
	char *what;
	int32_t due_day;
	int due_minute; /* of the day, -1: none */
	bool done;
	int32_t first_day; /* it was due first; months are counted from it */
	int32_t entered_day;
	struct repeat repeat;
};

struct followups {
	struct followup *all;
	size_t n;
};
void followups_done(struct followups *followups);
#define _cleanup_followups_ _cleanup_(followups_done)

/* In a transaction. contact 0: none; due_minute -1: none. */
int followups_add(struct store *store, int64_t book, int64_t contact, const char *what,
	int32_t due_day, int due_minute, int32_t today, int64_t *ret_number, struct err *reterr);

/* Makes it repeat, counted from the day it is due now. */
int followups_set_repeat(struct store *store, int64_t book, int64_t number,
	const struct repeat *repeat, struct err *reterr);

/* The open ones that are due before `to`, the oldest first; appends. */
int followups_due(
	struct store *store, int64_t book, int32_t to, struct followups *ret, struct err *reterr);
int followups_of(struct store *store, int64_t contact, struct followups *ret, struct err *reterr);
/* 1, or 0 where there is none of that number. */
int followups_by_number(struct store *store, int64_t book, int64_t number, struct followups *ret,
	struct err *reterr);

int followups_set_done(struct store *store, int64_t book, int64_t number, int32_t today,
	const char *answer, struct err *reterr);
int followups_set_due(struct store *store, int64_t book, int64_t number, int32_t due_day,
	int due_minute, struct err *reterr);

/* The day of the first open one that is due on `from` or later; 1, or 0 where none is. */
int followups_next_day(
	struct store *store, int64_t book, int32_t from, int64_t *ret_day, struct err *reterr);

#endif
