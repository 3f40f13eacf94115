/* SPDX-License-Identifier: MIT */
/*
 * guess: the word that was perhaps meant by one that is none.
 */
#ifndef NUDGE_CLI_GUESS_H
#define NUDGE_CLI_GUESS_H

#include <stddef.h>

/* Letters to change, add, drop or swap with a neighbour; 99 where a word has more than 15. */
size_t guess_distance(const char *a, const char *b);

/* The nearest of the words, no more than two letters away, of a word of five letters or fewer one; NULL where
 * there is none, or `text` is one of them. */
const char *guess_word(const char *text, const char *const *words, size_t n);

#endif
