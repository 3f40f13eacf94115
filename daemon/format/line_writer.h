/* SPDX-License-Identifier: MIT */
/*
 * line_writer: content lines as vCard (RFC 6350 section 3.2) and iCalendar (RFC 5545 section 3.1)
 * want them: escaped, folded after 75 octets between characters, ended by CR LF.
 *
 * A line is put together in a string of its own and then moved to the output.
 */
#ifndef NUDGE_FORMAT_LINE_WRITER_H
#define NUDGE_FORMAT_LINE_WRITER_H

#include "core/day.h"
#include "core/str.h"

/* Adds text as a value of type TEXT: backslash, comma, semicolon and line feed are escaped; control
 * characters but tabs are left out. */
void line_add_text(struct str *line, const char *text);
/* Adds bytes that need no escapes (a URI, a value that is written already) without control characters. */
void line_add_raw(struct str *line, const char *bytes, size_t n);
/* Adds "19840312". The year is not 0. */
void line_add_date(struct str *line, const struct date *date);

/* Moves the line to `out`, folded, and empties it. */
void line_end(struct str *line, struct str *out);
/* The same of a line that is a literal. */
void line_put(struct str *out, const char *text);

#endif
