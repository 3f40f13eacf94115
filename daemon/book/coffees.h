/* SPDX-License-Identifier: MIT */
/*
 * coffees: informal meetings, from the idea to the thank-you. The day rules are agenda/coffee.h's.
 */
#ifndef NUDGE_BOOK_COFFEES_H
#define NUDGE_BOOK_COFFEES_H

#include "agenda/coffee.h"
#include "book/store.h"

struct coffee {
	int64_t number; /* of the handle c4 */
	int64_t contact;
	struct coffee_facts facts;
	bool open;         /* it may ask for something yet */
	int minute;        /* of the day, -1: none */
	char *place;       /* NULL: none */
	char *name;        /* the contact's */
	int32_t until_day; /* put back to that day; 0: not */
};

struct coffees {
	struct coffee *all; /* by number */
	size_t n;
};
void coffees_done(struct coffees *coffees);
#define _cleanup_coffees_ _cleanup_(coffees_done)

/* "invited"; NULL for no stage. And the reverse: COFFEE_STAGE_COUNT for no word. */
const char *coffee_stage_name(enum coffee_stage stage);
enum coffee_stage coffee_stage_of(const char *name);

/* Those that may ask for something yet. */
int coffees_open(struct store *store, int64_t book, struct coffees *ret, struct err *reterr);
/* The contact's last one that is open, else the last of all: 1, or 0 where there is none. */
int coffees_of(struct store *store, int64_t contact, struct coffees *ret, struct err *reterr);
int coffees_by_number(
	struct store *store, int64_t book, int64_t number, struct coffees *ret, struct err *reterr);

/* In a transaction. */
int coffees_add(struct store *store, int64_t book, int64_t contact, int32_t today,
	int64_t *ret_number, struct err *reterr);
/* A stage reached on that day: meeting is a touch. */
int coffees_set_stage(struct store *store, int64_t book, const struct coffee *coffee,
	enum coffee_stage stage, int32_t day, struct err *reterr);
/* One has met, but on another day than was noted. */
int coffees_move_meeting(struct store *store, int64_t book, const struct coffee *coffee,
	int32_t day, int minute, struct err *reterr);
/* What is to be kept of a coffee that one has met for: it stands with the meeting, or, where one had thanked for
 * that before, with what was written today. */
int coffees_add_note(struct store *store, const struct coffee *before, const char *note,
	int32_t today, struct err *reterr);
int coffees_set_day(struct store *store, int64_t book, int64_t number, int32_t day, int minute,
	struct err *reterr);
int coffees_set_place(
	struct store *store, int64_t book, int64_t number, const char *place, struct err *reterr);
int coffees_set_outcome(
	struct store *store, int64_t book, int64_t number, bool wanted, struct err *reterr);
/* Asks for nothing more; its stage stays. */
int coffees_close(struct store *store, int64_t book, int64_t number, struct err *reterr);
int coffees_set_until(
	struct store *store, int64_t book, int64_t number, int32_t until, struct err *reterr);

#endif
