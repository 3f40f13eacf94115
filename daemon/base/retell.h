/* SPDX-License-Identifier: MIT */
/*
 * retell: sentences that were kept in English, said in another language.
 *
 * What the service meets is written into the database in the journal's words. Whoever shows it to a
 * person gives it to retell(), which knows the formats it was made of, and finds in the text what was put
 * into them: names, numbers, a server's words, and sentences within sentences.
 */
#ifndef NUDGE_BASE_RETELL_H
#define NUDGE_BASE_RETELL_H

#include "core/str.h"

/* Adds the text in the language of `translate`, which gives back what it does not know, as err_translate()
 * and gettext() do. What is not known of the text, a server's words above all, stays as it is. */
void retell(struct str *out, const char *text, const char *(*translate)(const char *text));

/* The formats that are known, ended by NULL: every sentence with which a delivery can fail is among them. */
extern const char *const retell_known[];

#endif
