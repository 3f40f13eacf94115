/* SPDX-License-Identifier: MIT */
/*
 * body: a mail's bytes as they travel after DATA.
 *
 * A dot that begins a line is doubled (RFC 5321 section 4.5.2); CR and LF leave only as a pair
 * (section 2.3.8), so that no mail can hold an end of its own; the last line has its end.
 */
#ifndef NUDGE_POST_BODY_H
#define NUDGE_POST_BODY_H

#include "core/str.h"

struct body_facts {
	uint64_t size; /* as it travels, without the doubled dots: RFC 1870 section 5 */
	bool eightbit;
};

struct body {
	const char *bytes; /* borrowed */
	size_t size;
	size_t at;
	bool line_begins; /* the next byte begins a line */
};

struct body_facts body_measure(const char *bytes, size_t size);

struct body body_begin(const char *bytes, size_t size);
void body_add(
	struct body *body, struct str *out, size_t max); /* the next `max` bytes, or the rest */
bool body_is_done(const struct body *body);

#endif
