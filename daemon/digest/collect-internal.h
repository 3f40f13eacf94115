/* SPDX-License-Identifier: MIT */
/*
 * collect-internal: what the collectors share. A collector adds the items of one kind.
 */
#ifndef NUDGE_DIGEST_COLLECT_INTERNAL_H
#define NUDGE_DIGEST_COLLECT_INTERNAL_H

#include "agenda/overdue.h"
#include "book/occasions.h"
#include "digest/collect.h"

/* A new item at the agenda's end, made after the template, with its handle if it has a number and is no
 * offer, and its contact unless that is 0; NULL where that failed. Texts are the caller's to add. */
struct item *collect_add(struct agenda *agenda, const struct collect *collect,
	const struct item *template, int64_t contact, struct err *reterr, int *ret_error);

/* Whether the digest has told it under that kind, and on which day last (NULL: not asked for); a
 * collection for no digest has told nothing. */
int collect_is_told(const struct collect *collect, const char *kind, int64_t number, int64_t mark,
	int32_t *ret_day, struct err *reterr);

/* Something open that is to be done: in full on its day, then at its pace. Where it is not its turn nothing is
 * added. */
int collect_open(struct agenda *agenda, const struct collect *collect, const struct item *template,
	enum overdue_pace pace, int64_t contact, const char *what, struct err *reterr);

/* Whether there is something to tell in that year: none before the first, and one met a year or more ago. */
bool collect_has_occurrence(const struct occasion *occasion, int year);
int collect_occasions(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_follow_ups(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_thanks(struct agenda *agenda, const struct collect *collect, struct err *reterr);
/* Those who asked what they can do for the reader. */
int collect_offers(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_coffees(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_touches(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_helps(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_introductions(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_outreaches(struct agenda *agenda, const struct collect *collect, struct err *reterr);
int collect_forums(struct agenda *agenda, const struct collect *collect, struct err *reterr);

#endif
