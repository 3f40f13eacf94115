/* SPDX-License-Identifier: MIT */
/*
 * shellword: the words of a command line of bash as far as its cursor, without their quotes, and a word
 * as such a line has it. (Bash manual, 3.1.2 Quoting.)
 */
#ifndef NUDGE_FORMAT_SHELLWORD_H
#define NUDGE_FORMAT_SHELLWORD_H

#include "core/str.h"

#define SHELLWORD_LINE_MAX  (64 * 1024) /* bytes */
#define SHELLWORD_WORDS_MAX 1024

enum shellword_quote { SHELLWORD_PLAIN, SHELLWORD_SINGLE, SHELLWORD_DOUBLE };

struct shellword_line {
	char **words; /* the last one is at the cursor, "" where none has begun there */
	size_t n;
	enum shellword_quote quote; /* that is open at the cursor */
	/* Bytes of the last word that stand before what the shell puts a completion in place of: it
	 * begins anew behind an opening quote and behind some characters. */
	size_t kept;
};
void shellword_line_done(struct shellword_line *line);
#define _cleanup_shellwords_ _cleanup_(shellword_line_done)

/* `breaks`: the characters behind which bash begins anew, $COMP_WORDBREAKS. -EINVAL where the line or
 * the number of words is over the limit; -ENOMEM. */
int shellword_split(
	const char *text, const char *breaks, struct shellword_line *ret, struct err *reterr);

/* Adds `text` as it may stand on the line, within the quote that is open there. */
void shellword_add(struct str *out, const char *text, enum shellword_quote quote);

#endif
