/* SPDX-License-Identifier: MIT */
/*
 * output: what a verb has gathered, as it stands on a terminal or goes into a pipe.
 */
#ifndef NUDGE_CLI_OUTPUT_H
#define NUDGE_CLI_OUTPUT_H

#include "core/str.h"

struct output {
	bool colour;    /* marks become colours, else nothing */
	size_t columns; /* longer lines are broken between words; 0: never */
	size_t rows;    /* more lines go through the pager; 0: never */
};

/* What stdout is: plain and as wide as can be where it is no terminal. NO_COLOR and TERM=dumb are
 * honoured, COLUMNS and LINES go before the terminal's own size. */
struct output output_of_stdout(void);

/* Adds `marked` with its marks (CLI_BOLD and the like) as colours or gone, and without control
 * characters. A broken line goes on below where the text of its last column began. */
void output_render(struct str *out, const char *marked, const struct output *output);

/* Adds a text, and blanks up to so many columns of a terminal. */
void output_add_padded(struct str *out, const char *text, size_t columns);
/* Adds a text of several lines: those below the first begin behind so many blanks. */
void output_add_lines(struct str *out, const char *text, size_t columns);
#define OUTPUT_DATE_COLUMNS 18 /* "24. September 2026" */
/* A day as the first column of a list, and the gap behind it. */
void output_add_date(struct str *out, int32_t day);

/* Renders and writes to stdout, through $PAGER (less, where it is not set) where there are more lines
 * than rows. -errno where that failed. */
int output_write(const char *marked, const struct output *output);

/* The same for a document that a program reads: without control characters, else as it is. */
int output_write_document(const char *text);

#endif
