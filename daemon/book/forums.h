/* SPDX-License-Identifier: MIT */
/*
 * forums: groups and boards with a goal of answers, and the answers given there.
 */
#ifndef NUDGE_BOOK_FORUMS_H
#define NUDGE_BOOK_FORUMS_H

#include "agenda/goal.h"
#include "book/store.h"

struct forum {
	int64_t number;            /* of the handle g1 */
	char *name, *url, *topics; /* url, topics: NULL where not told */
	struct goal goal;
};

struct forums {
	struct forum *all; /* by name */
	size_t n;
};
void forums_done(struct forums *forums);
#define _cleanup_forums_ _cleanup_(forums_done)

/* Those that were not dropped. */
int forums_list(struct store *store, int64_t book, struct forums *ret, struct err *reterr);
/* The one of exactly that name (letters folded), else all in whose names it stands. */
int forums_find(struct store *store, int64_t book, const char *name, struct forums *ret,
	struct err *reterr);
/* 1, or 0 where there is none of that number. */
int forums_by_number(
	struct store *store, int64_t book, int64_t number, struct forums *ret, struct err *reterr);

/* Adds the forum, or changes what is given (NULL: not) of the one of that name; brings a dropped one
 * back. In a transaction. A new one needs a goal: -EINVAL. */
int forums_set(struct store *store, int64_t book, const char *name, const struct goal *goal,
	const char *url, const char *topics, int64_t *ret_number, struct err *reterr);
int forums_drop(struct store *store, int64_t book, int64_t number, struct err *reterr);

/* `count` answers; contact 0 and note NULL: not told. A touch, where the contact is. */
int forums_reply(struct store *store, int64_t book, int64_t number, int32_t day, int64_t count,
	int64_t contact, const char *note, struct err *reterr);

/* The forum through which a contact wrote to one, after reading there: 1, or 0 where that is not told. */
int forums_via(struct store *store, int64_t book, int64_t contact, struct forums *ret,
	struct err *reterr); /* appends */
/* number 0 takes it away. In a transaction. */
int forums_set_via(
	struct store *store, int64_t contact, int64_t number, int32_t today, struct err *reterr);
/* How many wrote from there. */
int forums_count_via(
	struct store *store, int64_t book, int64_t number, int64_t *ret, struct err *reterr);

/* The answers on the days from..to (not included), and the last one of all. */
struct forum_progress {
	int64_t count;
	bool has_last;
	int64_t last_contact;        /* 0 where not told */
	char *last_name, *last_note; /* each NULL where not told */
};
void forum_progress_done(struct forum_progress *progress);
int forums_progress(struct store *store, int64_t book, int64_t number, int32_t from, int32_t to,
	struct forum_progress *ret, struct err *reterr);

#endif
