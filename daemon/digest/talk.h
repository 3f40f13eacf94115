/* SPDX-License-Identifier: MIT */
/*
 * talk: what is said below an item's headline, in as many columns as there are.
 *
 * A talk is made of sentences that stay, of facts, which somebody noted and which may be of any length, and
 * of hints and notes that one can do without. Where there is too little room, hints go, the last one first, and
 * notes are cut behind a word or go; then the longest facts are cut; then facts go, the last one first. What
 * fails for want of memory is told by talk_take().
 */
#ifndef NUDGE_DIGEST_TALK_H
#define NUDGE_DIGEST_TALK_H

#include "core/str.h"

#define TALK_PARTS 16
#define TALK_TEXT  "\x01" /* where a fact's text stands in its frame */
#define TALK_LEAST 20     /* columns of a fact that are worth a line */

struct talk_part {
	char *words; /* a fact's frame */
	char *text;  /* of a fact, else NULL */
	bool is_hint;
};

struct talk {
	struct talk_part parts[TALK_PARTS]; /* more than there is to say of anything */
	size_t n;
	bool failed;
};
void talk_done(struct talk *talk);
#define _cleanup_talk_ _cleanup_(talk_done)

/* A sentence, a hint, a fact and a note. Each takes over its words, of which NULL says that memory ran out;
 * a text is copied, in one line. */
void talk_say(struct talk *talk, char *words);
void talk_hint(struct talk *talk, char *words);
void talk_tell(struct talk *talk, char *frame, const char *text);
void talk_note(struct talk *talk, const char *text);

/* All of it in one line, "" where there is nothing to say; *ret_cut whether a text was cut or left out. The
 * caller frees; NULL where memory ran out. */
char *talk_take(struct talk *talk, size_t columns, bool *ret_cut);

/* Whether its last word is ours, and none of the reader's. */
bool talk_is_ours(const struct talk *talk);

/* What stands between a text and what follows it in a line: " " behind a sentence of ours, else " · ", for of what
 * the reader noted a full stop is no end: "Dr.", "Sent her the draft. Note of hers". */
const char *talk_joint(const char *text, bool is_ours);

/* The text in one line and, where it has more than so many columns, cut behind a word: "Likes mountains
 * and …". NULL where there is no memory. */
char *talk_shorten(const char *text, size_t columns);

#endif
