/* SPDX-License-Identifier: MIT */
/*
 * report: everything that is wrong with a configuration, in the order of its lines.
 */
#ifndef NUDGE_CONF_REPORT_H
#define NUDGE_CONF_REPORT_H

#include "conf/source.h"

#define REPORT_MAX 100 /* errors that are written out; of more only their number is told */

struct report_entry {
	unsigned line; /* of the joined text */
	size_t order;
	char *text;
};

struct report {
	struct report_entry *entries;
	size_t n;      /* of entries */
	size_t n_more; /* errors beyond REPORT_MAX */
	bool failed;   /* out of memory */
};

void report_done(struct report *report);
void report_add(struct report *report, unsigned line, const char *key, const char *format, ...)
	PRINTF_LIKE(4, 5);
/* Adds "FILE:LINE: KEY: SENTENCE" lines to `out`, each with a line end. 0 where there are none,
 * -EINVAL, -ENOMEM. */
int report_write(struct report *report, const struct source *source, struct str *out);

#endif
