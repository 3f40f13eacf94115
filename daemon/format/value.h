/* SPDX-License-Identifier: MIT */
/*
 * value: what stands behind the colon of a vCard's content line (RFC 6350 section 3.4 and 4).
 */
#ifndef NUDGE_FORMAT_VALUE_H
#define NUDGE_FORMAT_VALUE_H

#include "core/day.h"
#include "format/contentline.h"

enum value_form {
	VALUE_WORDS, /* escapes resolved, line feeds and tabs become spaces, no white space around
	                it */
	VALUE_LINES, /* the same with line feeds and tabs */
	VALUE_RAW,   /* escapes stay, a line feed becomes one */
};

/* Adds a value that is valid UTF-8: backslash escapes ("\n" "\," "\;" "\:" "\\"; an unknown one
 * stays) as `form` says, without control characters and bidirectional overrides. */
void value_add_text(struct str *out, struct slice value, enum value_form form);

/* The same of one that contentline_is_plain(): part of the value itself. */
struct slice value_plain_text(struct slice value, enum value_form form);

/* Takes the next component off *rest, up to an unescaped `separator`; false where none is left. */
bool value_next(struct slice *rest, char separator, struct slice *ret);

enum value_date {
	VALUE_DATE,       /* given in *ret */
	VALUE_DATE_NONE,  /* empty, or zeroes in place of a date */
	VALUE_DATE_OTHER, /* something else: "circa 1800", a year alone */
};

/* A yearly day in any spelling met: 19800322, 1980-03-22, 1980-3-22, --0322, --03-22, with or
 * without a time behind it. Years 0 and 1604 (Apple's sign for none) give year 0. */
enum value_date value_read_date(struct slice value, struct date *ret);

#endif
