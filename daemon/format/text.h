/* SPDX-License-Identifier: MIT */
/*
 * text: plain text in lines of a given width.
 */
#ifndef NUDGE_FORMAT_TEXT_H
#define NUDGE_FORMAT_TEXT_H

#include "core/str.h"

/* Adds `text`, wrapped at spaces to lines of at most `columns` columns, each ended by LF. The first
 * line begins with `first_indent`, others with `next_indent` (NULL: ""). Line feeds of the text
 * stay, runs of blanks become one space; no-break spaces hold words together, and become blanks. A word longer than a line is broken between characters; a
 * URL never is. */
void text_wrap(struct str *out, const char *text, size_t columns, const char *first_indent,
	const char *next_indent);

#endif
