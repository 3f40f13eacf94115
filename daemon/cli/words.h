/* SPDX-License-Identifier: MIT */
/*
 * words: what the book keeps under an English word, as a person reads it.
 */
#ifndef NUDGE_CLI_WORDS_H
#define NUDGE_CLI_WORDS_H

#include "core/str.h"

/* The word of a stage, a kind or a field ("agreed", "met", "org") in the person's language; what is no
 * such word, as the name that somebody gave an occasion, is given back. Contexts: "coffee",
 * "introduction" (and helps), "outreach" for stages; "ledger", "touch", "occasion" for kinds; "mail"
 * for the state of a delivery; "every" for a cadence; "question" for what a request answers; "field"
 * for what is held about somebody, and what a merge brings. NULL is given back. */
const char *words_say(const char *context, const char *word);

/* The columns of the widest word in that context. */
size_t words_columns(const char *context);

/* What is held in a field, by its name: a stage in words, a date ("1984-03-12", "--03-12 b7") as a
 * person writes it, everything else as it is. */
void words_add_held(struct str *out, const char *field, const char *text);

/* What `nudge undo` took back, as change_commit() noted it: "add Anna Schmidt". */
void words_add_change(struct str *out, const char *what);

#endif
