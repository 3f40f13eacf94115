/* SPDX-License-Identifier: MIT */
/*
 * lang: texts in the reader's language, through gettext.
 *
 * The process stays in the C.UTF-8 locale, whatever is installed; the language is chosen by
 * LANGUAGE alone, which glibc honours in C.UTF-8 but not in C.
 */
#ifndef NUDGE_BASE_LANG_H
#define NUDGE_BASE_LANG_H

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text /* marks a text for the catalogue that is looked up later */

/* Once, at the start of main. */
void lang_init(void);

/* The language a person has set up their session in ("de"), "en" where none of ours. */
const char *lang_of_session(void);

/* From here on _() speaks that language. */
void lang_use(const char *language);

#endif
