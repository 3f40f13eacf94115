/* SPDX-License-Identifier: MIT */
/*
 * item: one thing on the agenda.
 */
#ifndef NUDGE_DIGEST_ITEM_H
#define NUDGE_DIGEST_ITEM_H

#include "agenda/coffee.h"
#include "agenda/introduction.h"
#include "agenda/repeat.h"
#include "book/contacts.h"
#include "book/outreaches.h"

enum item_kind {
	ITEM_OCCASION,
	ITEM_FOLLOW_UP,
	ITEM_THANKS,
	ITEM_COFFEE,
	ITEM_TOUCH,
	ITEM_HELP,
	ITEM_INTRODUCTION,
	ITEM_OUTREACH,
	ITEM_FORUM,
	ITEM_KIND_COUNT
};

enum item_why {
	ITEM_DUE,       /* on a day of the cover, today or later; a touch: at any time */
	ITEM_MISSED,    /* its day is past and it was not told: singly */
	ITEM_LONG_PAST, /* the same, over COVER_SINGLY_DAYS ago: all in one line */
	ITEM_PUT_BACK,  /* an occasion that a person put back to a day of the cover */
	ITEM_OVERDUE,   /* a follow-up whose day is past: in full */
	ITEM_WAITING,   /* shown lately, and as it was then: all in one line */
	ITEM_ANNOUNCED, /* an occasion ahead of its day */
	ITEM_PROGRESS, /* of a forum's goal or a draft: told beside other things, no reason to send */
};

struct item {
	enum item_kind kind;
	enum item_why why;
	int64_t number;
	char handle[24]; /* "b7"; "" where there is nothing to act on */
	bool has_contact;
	struct contact contact;
	int32_t day;          /* the occurrence's true day, or the day the follow-up is due */
	int minute;           /* of the day, -1: none */
	struct repeat repeat; /* of a follow-up */
	int year;             /* an occurrence's */
	int age;              /* completed years then, -1: unknown */
	bool is_offer;     /* no thanks, but somebody who asked what they can do for the reader */
	char *occasion;    /* its kind, book/occasions.h; a forum's name */
	char *name;        /* of OCCASION_NAMED */
	char *what;        /* of a follow-up or a thanks; where a coffee is, NULL: not said */
	int64_t mentioned; /* a contact besides its own whom it names; 0: none */
	int64_t answers;   /* given in a forum in the running week or month, */
	int goal;  /* of so many; `day` is its last one, name and what tell of the last answer */
	char *url; /* of a forum; NULL: not said */
	enum coffee_task task;     /* of a coffee; `day` is then the coffee's own */
	bool is_last;              /* of those that come weekly */
	bool is_hidden;            /* what it says was taken out: agenda_hide_notes() */
	struct outreach *outreach; /* of ITEM_OUTREACH, else NULL */
	enum outreach_task step;   /* what it asks for */
	const char *told_kind; /* how the digest remembers that it told this, NULL: not at all */
	int64_t told_mark;

	/* Of a help or an introduction: the contact is who seeks. */
	enum introduction_task asks;
	bool has_other; /* who offers, where that is not the reader */
	struct contact other;
	char *seeks, *offers; /* what led to it, in their words; NULL: something else, */
	char *because;        /* in the reader's; NULL: not said */
};

#endif
