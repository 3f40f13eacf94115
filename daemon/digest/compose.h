/* SPDX-License-Identifier: MIT */
/*
 * compose: an agenda becomes a document.
 */
#ifndef NUDGE_DIGEST_COMPOSE_H
#define NUDGE_DIGEST_COMPOSE_H

#include "book/books.h"
#include "core/numbers.h"
#include "core/zone.h"
#include "digest/collect.h"
#include "digest/document.h"

#define COMPOSE_BEGIN_WITH 3  /* people that a welcome names, */
#define COMPOSE_CANDIDATES 12 /* of so many: others may have been told of before */

/* What the first digest of all tells besides. */
struct welcome {
	struct book_counts counts;
	const struct agenda *next; /* what comes after the cover */
	const struct contact *people;
	size_t n_people;
	size_t n_later; /* items that are left to the next digest */
};

/* Earlier digests that did not reach somebody. */
struct compose_lost {
	int32_t day;       /* of the latest */
	const char *words; /* why, of that one: a sentence */
	bool perhaps;      /* they may have arrived */
	int more;          /* how many others there are before it, */
	int32_t first;     /* and the day of the first of them */
};

/* A trouble that is over: a full disk, in which no digest could be written. */
struct compose_past {
	struct civil since, until;
	const char *words;
};

/* Days on which digests were due and none was written. */
struct compose_silence {
	int32_t from, to; /* the first one and the last one */
};

/* A calendar entry that comes along and puts right what was mailed. */
struct compose_corrected {
	char *name; /* with whom; NULL: not known any more */
	enum { COMPOSE_MOVED, COMPOSE_FALLEN_THROUGH, COMPOSE_TIMELESS } how;
	int32_t day; /* where moved */
	int minute;
};

struct compose {
	const struct agenda *agenda;
	const enum item_kind *order; /* of the sections */
	size_t n_order;
	const char *language; /* "en", "de" */
	const char *command;  /* by which the reader acts on items: "nudge", "nudge -b club" */
	bool formal;          /* address the reader as "Sie" */
	bool notes;           /* notes may stand in it */
	bool names;           /* names may stand in the subject */
	bool returned;        /* the first after a holiday */
	bool ahead;           /* of days to come too: what is due then says so */
	bool sends_empty;     /* the next one comes whatever is due */
	bool has_next;        /* the digest's next slot */
	int32_t next_day;
	int next_minute;
	const struct welcome *welcome;   /* NULL: an everyday digest */
	const struct compose_lost *lost; /* and how many; none: all arrived */
	size_t n_lost;
	const struct compose_past *past;       /* NULL: there was none */
	const struct compose_silence *silence; /* NULL: there was none */
	const struct book_counts *guide; /* how to act on items is explained; NULL: it was before */
	const struct compose_corrected *corrected;
	size_t n_corrected;
	/* Whether the book knows somebody else whose name is `start` or begins with it and a blank: they come into *ret,
	 * where that is not NULL. NULL: it is not asked. */
	bool (*find_namesake)(
		void *userdata, const char *start, int64_t except, struct contact *ret);
	void *userdata;
	struct numbers *known; /* compose_document()'s own: whom it has told of so far */
};

/* Switches the language of base/lang.h to the document's. */
int compose_document(struct document *ret, const struct compose *compose, struct err *reterr);

#endif
