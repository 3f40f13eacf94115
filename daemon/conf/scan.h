/* SPDX-License-Identifier: MIT */
/*
 * scan: what must be known of libconfig's text before libconfig sees it.
 *
 * It follows strings, comments and brackets as libconfig's own scanner does, and no further. That
 * is enough to find @include, and to refuse what libconfig 1.5 would take in silence or in minutes:
 * NUL in a string (it drops the byte), deep nesting, thousands of settings in one group. Integers
 * that do not fit 32 bits (it keeps the lower ones) are handed on with an "L", as 64-bit ones.
 */
#ifndef NUDGE_CONF_SCAN_H
#define NUDGE_CONF_SCAN_H

#include "core/err.h"
#include "core/str.h"

#define SCAN_DEPTH_MAX    16   /* brackets within brackets */
#define SCAN_SETTINGS_MAX 1000 /* of one group */

enum scan_state { SCAN_CODE, SCAN_STRING, SCAN_COMMENT };

struct scan {
	enum scan_state state;
	unsigned open_line; /* where the string or comment began */
	unsigned depth;
	unsigned settings[SCAN_DEPTH_MAX + 1];
};

/* Takes line number `line`, bytes[0..n) with its line end if it has one, and adds to `out` what
 * libconfig shall read. SCAN_INCLUDE: the line was an @include and adds nothing; *ret_name is the
 * file's name as written, to be freed. -EINVAL: a sentence. */
#define SCAN_INCLUDE 1
int scan_line(struct scan *scan, unsigned line, const char *bytes, size_t n, struct str *out,
	char **ret_name, struct err *reterr);

#endif
