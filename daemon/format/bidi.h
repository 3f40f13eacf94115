/* SPDX-License-Identifier: MIT */
/*
 * bidi: names that are read from right to left, inside sentences that are not.
 */
#ifndef NUDGE_FORMAT_BIDI_H
#define NUDGE_FORMAT_BIDI_H

#include "core/str.h"

/* Finds the first stretch that is read from right to left: from a letter of such a script to the last one
 * before a letter of another. Returns where it begins, and its bytes, or NULL where there is none. Set
 * apart by the one who writes it down, it draws no number or mark beside it over to its own side. */
const char *bidi_find(const char *text, size_t *ret_n);

/* Adds the text with each such stretch between U+2068 and U+2069 (UAX #9, section 2.4). */
void bidi_add_isolated(struct str *out, const char *text);

/* The same where isolates may not be known, as in the subjects of a list of mails: between two U+200E,
 * which are old enough to be shown by none. Nor does a list turn the whole line where it begins with one. */
void bidi_add_marked(struct str *out, const char *text);

#endif
