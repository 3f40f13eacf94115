/* SPDX-License-Identifier: MIT */
/*
 * stem: the words of a text that tell something, brought to a form in which two people's words meet.
 */
#ifndef NUDGE_AGENDA_STEM_H
#define NUDGE_AGENDA_STEM_H

#include "core/str.h"

#define STEM_WORDS_MAX 64  /* of a text; what stands behind them is not looked at */
#define STEM_WORD_MAX  120 /* bytes; what is longer is no word */

#define STEM_STEMS_MAX (3 * STEM_WORDS_MAX) /* that come of a text */

/* Adds the words of `text` (UTF-8), a space behind each: folded as utf8_add_folded() does it, with the
 * endings of English and German inflection taken off ("freelancers", "Grafikerinnen", "Verträge"), and
 * with what both languages spell in two ways as one ("photography", "Fotografie"). Words that tell
 * nothing of what is sought or offered are left out ("somebody who knows", "suche jemanden, der"), and
 * numbers of up to four digits. Of a German compound whose end tells nothing ("Umzugshelfer") the front
 * part is added too. So are neighbours as one word: "web designer", "Web-Designer" and "Webdesigner"
 * meet. The forms are for comparison, not for people. */
void stem_add_words(struct str *out, const char *text);

#endif
