/* SPDX-License-Identifier: MIT */
/*
 * digests: which slots were claimed, for which days they spoke, and what they told.
 */
#ifndef NUDGE_BOOK_DIGESTS_H
#define NUDGE_BOOK_DIGESTS_H

#include "agenda/cover.h"
#include "book/store.h"

struct digest_state {
	int64_t id;    /* 0: the database does not know the digest yet */
	int64_t since; /* slots at or before this instant are not its: its cadence was changed then */
	bool has_claim;
	int64_t last_slot, last_claimed_at; /* of the last claim */
	struct cover last_cover;
	int32_t spoken_day; /* the `from` of the last cover that holds a day */
	bool has_undelivered;
	int32_t undelivered_day;   /* the `from` of the oldest cover that was never delivered */
	int32_t undelivered_floor; /* and how far back what was to be told with it may lie */
};

/* What the database knows of a digest; nothing is written. */
int digests_load(
	struct store *store, const char *name, struct digest_state *ret, struct err *reterr);

/* The same in a transaction: a new digest is entered, one whose cadence or zone has changed begins
 * anew at `now` (its covers go on). */
int digests_enter(struct store *store, const char *name, const char *cadence, const char *timezone,
	int64_t now, struct digest_state *ret, struct err *reterr);

/* Takes the slot, in the transaction that also writes its message. message 0: the slot was empty,
 * which counts as delivered. From then on the message also speaks for the covers whose own was
 * refused or withdrawn: they are delivered with it. */
int digests_claim(struct store *store, int64_t digest, int64_t slot, const struct cover *cover,
	int32_t floor_day, int64_t now, int64_t message, struct err *reterr);

/* A clock is believed that is behind the last claim: what was claimed after `now` is void, and the
 * last cover ends `today` at the latest. What was told stays told. Covers that were never delivered
 * are the next message's, and a digest that sent its welcome in the future sends no other. In a
 * transaction. */
int digests_void_later(
	struct store *store, int64_t digest, int64_t now, int32_t today, struct err *reterr);
/* One is believed that is far ahead of it: the next cover begins `today`. What fell into the gap is
 * told as after any downtime. In a transaction. */
int digests_go_on(struct store *store, const struct digest_state *state, int64_t now, int32_t today,
	struct err *reterr);

/* What a digest may have told, and the letters in the table. */
#define TOLD_OCCASION  "b" /* mark: the occurrence's year */
#define TOLD_ANNOUNCED "l" /* the same, ahead of its day */
#define TOLD_PUT_BACK  "s" /* mark: the day it was put back to */
#define TOLD_FOLLOW_UP "f" /* mark: its due day */
#define TOLD_TOUCH     "t" /* mark: keeping's turn */
#define TOLD_THANKS    "y" /* mark: the day it waits from */
#define TOLD_COFFEE    "c" /* mark: eight times the task's day, and the task */
#define TOLD_OUTREACH  "r" /* the same of an outreach */
#define TOLD_OFFERED   "o" /* an entry of the ledger; mark 0 */
#define TOLD_INTRODUCTION                                                                          \
	"i"           /* mark: eight times the day it was suggested or is due, and the task */
#define TOLD_HELP "h" /* the same */
#define TOLD_PAST "x" /* a trouble that is over; its end; mark 0 */
#define TOLD_FORUM                                                                                 \
	"p" /* its progress; mark: the week's or month's end, whether it is its last day, answers */

#define TOLD_CALENDAR                                                                              \
	"e" /* a coffee's entry; mark: twice the instant it begins, 1 more where it was taken back */

/* What was said last of a coffee for the calendar. */
struct calendar_entry {
	int64_t coffee, mark;
};
struct calendar_entries {
	struct calendar_entry *all;
	size_t n;
};
void calendar_entries_done(struct calendar_entries *entries);
#define _cleanup_calendar_entries_ _cleanup_(calendar_entries_done)

/* Those that begin at or after `since`, by the coffees' numbers. */
int digests_calendar(struct store *store, int64_t digest, int64_t since,
	struct calendar_entries *ret, struct err *reterr);

/* 1 told, and the reader's day on which it was last (NULL: not asked for); 0 not. */
int digests_is_told(struct store *store, int64_t digest, const char *kind, int64_t number,
	int64_t mark, int32_t *ret_day, struct err *reterr);
/* 1 where it has told of anything or anybody by a mail that was neither withdrawn nor refused, 0 where not. */
int digests_has_spoken(struct store *store, int64_t digest, struct err *reterr);
int digests_tell(struct store *store, int64_t digest, const char *kind, int64_t number,
	int64_t mark, int32_t day, int64_t message, struct err *reterr);

#endif
