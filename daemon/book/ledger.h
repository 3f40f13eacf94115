/* SPDX-License-Identifier: MIT */
/*
 * ledger: what one gave, received, asked for or was offered. A memory, never a score.
 */
#ifndef NUDGE_BOOK_LEDGER_H
#define NUDGE_BOOK_LEDGER_H

#include "book/search.h"

#define LEDGER_GAVE     "gave"
#define LEDGER_RECEIVED "received" /* opens a thanks that waits */
#define LEDGER_ASKED    "asked"
#define LEDGER_OFFERED  "offered" /* they asked what they can do for me: mentioned once */

struct ledger_entry {
	int64_t id, contact;
	char *kind, *what, *name; /* name: the contact's */
	int32_t day;
};

struct ledger {
	struct ledger_entry *all; /* the last one first */
	size_t n;
};
void ledger_done(struct ledger *ledger);
#define _cleanup_ledger_ _cleanup_(ledger_done)

/* In a transaction. `received` opens a thanks: *ret_thanks its number, else 0. Counts as a touch. */
int ledger_add(struct store *store, int64_t book, int64_t contact, const char *kind,
	const char *what, int32_t day, int32_t today, int64_t *ret_thanks, struct err *reterr);

/* What another source tells was received; what is long past does not wait for thanks. */
int ledger_add_received(struct store *store, int64_t book, int64_t contact, const char *what,
	int32_t day, int32_t today, const char *source, bool waits, struct err *reterr);
/* 1 where such an entry of that day is there, else 0. */
int ledger_has(struct store *store, int64_t contact, const char *kind, const char *what,
	int32_t day, struct err *reterr);

/* contact 0: everybody's. */
int ledger_list(
	struct store *store, int64_t book, int64_t contact, struct ledger *ret, struct err *reterr);

/* What was offered and may still be mentioned: entered on `since` or later. */
int ledger_offers(
	struct store *store, int64_t book, int32_t since, struct ledger *ret, struct err *reterr);

/* Everyone who helped or was asked, in whose entries all words of `goal` stand, in any form
 * ("flats" in "a flat"). */
int ledger_helpers(struct store *store, int64_t book, const char *goal, struct contact_ids *ret,
	struct err *reterr);

struct thanks {
	int64_t number; /* of the handle y5 */
	int64_t contact;
	char *what;
	int32_t day; /* since when it waits */
	bool done;
};

struct thanks_list {
	struct thanks *all; /* the oldest first */
	size_t n;
};
void thanks_list_done(struct thanks_list *list);
#define _cleanup_thanks_ _cleanup_(thanks_list_done)

/* Those that wait since a day before `to`. */
int thanks_waiting(
	struct store *store, int64_t book, int32_t to, struct thanks_list *ret, struct err *reterr);
/* 1, or 0 where there is none of that number. */
int thanks_by_number(struct store *store, int64_t book, int64_t number, struct thanks_list *ret,
	struct err *reterr);
int thanks_set_done(
	struct store *store, int64_t book, int64_t number, int32_t today, struct err *reterr);
int thanks_set_day(
	struct store *store, int64_t book, int64_t number, int32_t day, struct err *reterr);

#endif
