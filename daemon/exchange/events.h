/* SPDX-License-Identifier: MIT */
/*
 * events: what a file tells of people beside who they are: LinkedIn's recommendations, invitations,
 * messages and the day of connecting. The same told twice changes nothing. A recommendation stays with whom it was
 * told, who may have been renamed, merged or erased since.
 *
 * A recommendation of the last EVENTS_THANKS_DAYS is a thanks that waits, an older one stands in the
 * ledger. An invitation that was sent within EVENTS_ANSWER_DAYS is an outreach that waits for an answer,
 * unless they are connected; an older one is a touch, or, of somebody new, an outreach without an answer. A message is a touch where none is later. Days to come tell nothing.
 */
#ifndef NUDGE_EXCHANGE_EVENTS_H
#define NUDGE_EXCHANGE_EVENTS_H

#include "book/store.h"
#include "format/record.h"

#define EVENTS_THANKS_DAYS 180
#define EVENTS_ANSWER_DAYS 60
#define EVENTS_SOURCE      "LinkedIn"

enum events_found {
	EVENTS_KNOWN,     /* a contact's: *ret_contact */
	EVENTS_NEW,       /* nobody's yet: the record is to be added, as any other */
	EVENTS_OUTREACH,  /* nobody's: an outreach to somebody new */
	EVENTS_NOBODY,    /* nobody's, and nothing comes of it */
	EVENTS_AMBIGUOUS, /* several contacts bear the name */
	EVENTS_FORGOTTEN, /* somebody's who was removed */
};

/* Whose it is that a passing record speaks of: by their profile; with whom its recommendation, by name and day,
 * was told before; or by their full name, where one contact alone has it (of several the one in the same
 * organisation) and no other LinkedIn profile. One of the above, or a negative error. */
int events_find(struct store *store, int64_t book, const struct record *record,
	int64_t *ret_contact, struct err *reterr);

/* Whether an invitation of that day still waits for its answer. */
bool events_waits(int32_t day, int32_t today);

/* Records what happened; contact 0: with somebody new (EVENTS_OUTREACH). 1 where anything was new, 0, or
 * a negative error. In a transaction. */
int events_apply(struct store *store, int64_t book, int64_t contact, const struct record *record,
	int32_t today, struct err *reterr);

#endif
