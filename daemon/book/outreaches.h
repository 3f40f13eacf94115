/* SPDX-License-Identifier: MIT */
/*
 * outreaches: requests to people one does not know yet. The day rules are agenda/outreach.h's.
 */
#ifndef NUDGE_BOOK_OUTREACHES_H
#define NUDGE_BOOK_OUTREACHES_H

#include "agenda/outreach.h"
#include "book/store.h"

#define OUTREACH_TEXT_MAX                                                                          \
	(8 * 1024) /* bytes of a name, a link or an answer: all of them make a note */
#define OUTREACH_SOURCE "outreach" /* the source of a contact that came of one */

struct outreach {
	int64_t id;      /* in the database */
	int64_t number;  /* of the handle o2 */
	int64_t contact; /* 0: nobody of the book */
	struct outreach_facts facts;
	char *name;                             /* the contact's, or that of somebody new */
	char *link;                             /* NULL: none */
	char *answers[OUTREACH_QUESTION_COUNT]; /* NULL: open */
	int32_t until_day;                      /* put back to that day; 0: not */
};

struct outreaches {
	struct outreach *all; /* by number */
	size_t n;
};
void outreach_done(struct outreach *outreach);
void outreaches_done(struct outreaches *outreaches);
#define _cleanup_outreaches_ _cleanup_(outreaches_done)

/* "draft"; NULL for no stage. And the reverse: OUTREACH_STAGE_COUNT for no word. */
const char *outreach_stage_name(enum outreach_stage stage);
enum outreach_stage outreach_stage_of(const char *name);
/* "today", "common", "fascinates", "hope". */
const char *outreach_question_name(enum outreach_question question);

/* Drafts and those that wait for an answer. */
int outreaches_open(struct store *store, int64_t book, struct outreaches *ret, struct err *reterr);
/* 1, or 0 where there is none. */
int outreaches_by_number(struct store *store, int64_t book, int64_t number, struct outreaches *ret,
	struct err *reterr);
/* The contact's open ones, else its last one that is closed: 1, or 0 where there is none. */
int outreaches_of(struct store *store, int64_t contact, struct outreaches *ret, struct err *reterr);
/* Those to people who are called exactly so, else those with `name` as a part of theirs, case and
 * accents apart; of them the open ones, where any is, else the last one of each name. */
int outreaches_find(struct store *store, int64_t book, const char *name, struct outreaches *ret,
	struct err *reterr);

/* All that follows runs in a transaction. -EINVAL where a text is too long. contact 0: to somebody new of
 * that name. */
int outreaches_add(struct store *store, int64_t book, int64_t contact, const char *name,
	int32_t today, int64_t *ret_number, struct err *reterr);
/* "" takes an answer, or the link, away. */
int outreaches_set_answer(struct store *store, const struct outreach *outreach,
	enum outreach_question question, const char *text, int32_t today, struct err *reterr);
int outreaches_set_link(
	struct store *store, const struct outreach *outreach, const char *link, struct err *reterr);
int outreaches_set_event(struct store *store, const struct outreach *outreach, const int32_t *day,
	struct err *reterr);
int outreaches_set_busy(
	struct store *store, const struct outreach *outreach, bool busy, struct err *reterr);
int outreaches_set_until(
	struct store *store, const struct outreach *outreach, int32_t until, struct err *reterr);
/* A stage reached: writing to a contact is a touch. Acceptance is outreaches_accept()'s. */
int outreaches_set_stage(struct store *store, const struct outreach *outreach,
	enum outreach_stage stage, int32_t today, struct err *reterr);
/* The same, told by another source, which is the request's then. */
int outreaches_tell_stage(struct store *store, const struct outreach *outreach,
	enum outreach_stage stage, int32_t day, const char *source, struct err *reterr);
/* They are a contact now: whoever was none becomes one, with the link, and `note` in the answers'
 * place. */
int outreaches_accept(struct store *store, int64_t book, const struct outreach *outreach,
	const char *note, int32_t today, int64_t *ret_contact, struct err *reterr);
/* Whoever is no contact yet becomes one, by name alone, and all requests to that name are theirs. */
int outreaches_make_contact(struct store *store, int64_t book, const struct outreach *outreach,
	int32_t today, int64_t *ret_contact, struct err *reterr);

/* 1 where a request to them is open, or reached its stage on `day` or later, else 0. contact 0: to
 * somebody new of that name or link. */
int outreaches_has(struct store *store, int64_t book, int64_t contact, const char *name,
	const char *link, int32_t day, struct err *reterr);
/* The contact with that link has accepted on `day`: requests that wait, or that were given up before, are
 * settled, also those to somebody new. 1 where there was one, else 0. */
int outreaches_settle(struct store *store, int64_t book, int64_t contact, const char *link,
	int32_t day, struct err *reterr);

/* The message names somebody who is no contact yet. */
int outreaches_add_mention(struct store *store, int64_t id, int64_t message, struct err *reterr);

/* What has waited OUTREACH_FORGET_DAYS is unanswered; the answers of all that came to nothing so long
 * ago are erased, and the changes of that time with them. */
int outreaches_forget(struct store *store, int32_t today, struct err *reterr);

#endif
