/* SPDX-License-Identifier: MIT */
/*
 * lang: texts in the reader's language, through gettext.
 *
 * The process stays in the C.UTF-8 locale, whatever is installed; the language is chosen by
 * LANGUAGE alone, which glibc honours in C.UTF-8 but not in C.
 */
#ifndef NUDGE_BASE_LANG_H
#define NUDGE_BASE_LANG_H

#include "core/mem.h"

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text /* marks a text for the catalogue that is looked up later */
/* A text that another language says in several ways: the context tells them apart. */
#define C_(context, text)  lang_in_context(context "\004" text, text)
#define NC_(context, text) context "\004" text /* for lang_in_context() later */

/* Once, at the start of main. */
void lang_init(void);

/* Our languages by their codes, English first, ended by NULL. */
extern const char *const lang_all[];

/* The one of them that a locale or a list of languages begins with ("de_AT.UTF-8", "de:en"); NULL: none. */
const char *lang_find(const char *text);

/* The language a person has set up their session in ("de"), "en" where none of ours. */
const char *lang_of_session(void);
/* That of the locale alone, which a service is started in. */
const char *lang_of_locale(void);

/* From here on _() speaks that language. */
void lang_use(const char *language);

/* The same until the caller's scope ends, as for a mail to somebody: gives the language before, or NULL
 * where memory ran out, and nothing has changed.
 *
 *     _cleanup_lang_ char *before = lang_switch("de");
 */
char *lang_switch(const char *language);
void lang_restore(char **before);
#define _cleanup_lang_ UNUSED _cleanup_(lang_restore)

/* A program that speaks to one person: from here on _() and the sentences of core/err.h speak that
 * language, the latter also while lang_use() or lang_switch() has another one for a mail. What the
 * program starts inherits it. The service never calls this: its journal is English. */
void lang_speak(const char *language);

/* The translation of "context\004text", or text. */
const char *lang_in_context(const char *key, const char *text) __attribute__((format_arg(2)));

#endif
