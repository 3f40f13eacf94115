/* SPDX-License-Identifier: MIT */
/*
 * draft: a first message to somebody, laid out for a person to edit.
 *
 * Every sentence is the writer's own; ours are greeting and closing alone. Where one is missing there
 * stands a gap that nobody overlooks: "[...: what do you have in common?]".
 */
#ifndef NUDGE_DIGEST_DRAFT_H
#define NUDGE_DIGEST_DRAFT_H

#include "book/books.h"
#include "book/outreaches.h"
#include "core/str.h"

enum draft_kind { DRAFT_OUTREACH, DRAFT_COFFEE };

struct draft {
	enum draft_kind kind;
	const char *language;                         /* "en", "de": of the message */
	bool formal;                                  /* gaps speak to the writer as "Sie" */
	const char *name;                             /* theirs */
	const char *salutation;                       /* NULL: one is made from the name */
	const struct owner *me;                       /* the writer */
	const char *answers[OUTREACH_QUESTION_COUNT]; /* NULL: a gap, where the kind asks for it */
	const char *when, *place;                     /* of a coffee; NULL: a gap, and none */
};

/* "de" or "en" for what a contact's language may be called ("de-AT", "German"), NULL for others. */
const char *draft_language(const char *text);

/* Adds the message; returns how many gaps it has. Switches the language of base/lang.h. */
unsigned draft_write(struct str *out, const struct draft *draft);

/* A word of the text that anybody could have written to anybody ("synergies"), as it stands there, the
 * first one; the caller frees. NULL where there is none. */
char *draft_empty_word(const char *text);

#endif
