/* SPDX-License-Identifier: MIT */
/*
 * html: text inside HTML.
 */
#ifndef NUDGE_FORMAT_HTML_H
#define NUDGE_FORMAT_HTML_H

#include "core/str.h"

/* Adds text so that it is nothing but text between tags and inside quoted attributes: & < > " ' as
 * entities, control characters and bidirectional overrides left out, invalid bytes as U+FFFD. Tabs
 * and line feeds stay. */
void html_add_text(struct str *out, const char *text);

/* The same between tags: what is read from right to left stands in a <bdi>. */
void html_add_words(struct str *out, const char *text);

#endif
