/* SPDX-License-Identifier: MIT */
/*
 * collect: what is on the agenda of some days.
 */
#ifndef NUDGE_DIGEST_COLLECT_H
#define NUDGE_DIGEST_COLLECT_H

#include "agenda/cover.h"
#include "agenda/occasion.h"
#include "digest/item.h"

struct agenda {
	int64_t turns_of; /* the digest by whose mails people take turns: that, or one to be like */
	int32_t today;
	struct cover cover;
	struct item *items; /* by kind, then day */
	size_t n, size;
};
void agenda_done(struct agenda *agenda);
#define _cleanup_agenda_ _cleanup_(agenda_done)

struct collect {
	struct store *store;
	int64_t book;
	int64_t digest;   /* what it has told is left out; 0: leave nothing out */
	int64_t turns_of; /* the digest by whose mails people take turns: that, or one to be like */
	int32_t today;
	struct cover cover;
	/* Of the next digest: what is open and due before it is shown in this one. That is the cover's
	 * end, but where a longer one was made before the cadence became denser. */
	int32_t next_day;
	int32_t floor_day; /* how far back what was not told is looked for */
	int lead_days;
	int touch_max;
	enum occasion_leap leap;
	bool kinds[ITEM_KIND_COUNT]; /* what is wanted */
	bool brief;                  /* of who has an occasion only number and name */

	int introduction_max, help_max;
	bool records; /* what is suggested goes on record, and has a handle: in a transaction */
};

int collect_agenda(struct agenda *ret, const struct collect *collect, struct err *reterr);

/* Whether there is a reason to send: what is due, was missed or comes for the first time. Lines that
 * stand for many old things are none. */
bool agenda_has_content(const struct agenda *agenda);

/* Leaves the first `n`. */
void agenda_cut(struct agenda *agenda, size_t n);

/* Takes out what a person wrote beside an introduction, a thank-you or an offer: notes as well. */
void agenda_hide_notes(struct agenda *agenda);

const char *item_kind_name(enum item_kind kind); /* "follow-up": the word of the JSON contract */
/* ITEM_KIND_COUNT: no kind has that name. */
enum item_kind item_kind_of(const char *name);

#endif
