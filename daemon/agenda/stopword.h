/* SPDX-License-Identifier: MIT */
/*
 * stopword: words that tell nothing of what is sought or offered.
 */
#ifndef NUDGE_AGENDA_STOPWORD_H
#define NUDGE_AGENDA_STOPWORD_H

#include <stdbool.h>

/* Whether the word, folded by utf8_add_folded(), is one, in English or German: articles, pronouns and the
 * like, and what stands in every second want ("somebody", "experience", "suche", "Hilfe"). */
bool stopword_is(const char *word);

#endif
