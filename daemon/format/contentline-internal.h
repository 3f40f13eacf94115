/* SPDX-License-Identifier: MIT */
/*
 * contentline-internal: what the files of contentline share. Private to them.
 */
#ifndef NUDGE_FORMAT_CONTENTLINE_INTERNAL_H
#define NUDGE_FORMAT_CONTENTLINE_INTERNAL_H

#include "format/contentline.h"

/* Group and name, up to the colon or semicolon behind them, which is returned; NULL: none. */
const char *contentline_parse_name(struct contentline *line, const char *text, size_t n);

/* The first byte that is not plain, or one that a character which is not begins with. */
const char *contentline_plain_end(const char *p, const char *end);

#endif
