/* SPDX-License-Identifier: MIT */
/*
 * tzrule: the rule in a TZif file's footer, a POSIX TZ string with the extensions of RFC 8536
 * section 3.3.1. It says a zone's time after the last transition that the file lists.
 */
#ifndef NUDGE_CORE_TZRULE_H
#define NUDGE_CORE_TZRULE_H

#include "core/err.h"

#include <stdbool.h>
#include <stdint.h>

#define TZRULE_OFFSET_MAX (26 * 60 * 60) /* seconds from UTC, either way; RFC 8536 section 3.2 */

/* How an edge names its day. */
enum tzrule_form {
	TZRULE_MONTH,   /* Mm.w.d: the week's weekday of a month, week 5 the last */
	TZRULE_JULIAN,  /* Jn: day 1 to 365, never February 29th */
	TZRULE_ORDINAL, /* n: day 0 to 365, February 29th counted */
};

/* Where daylight time begins or ends in every year. */
struct tzrule_edge {
	enum tzrule_form form;
	int month, week, weekday; /* weekday 0 to 6 from Sunday */
	int day;
	int32_t second; /* from midnight by the clock before the edge; a week away at most */
};

struct tzrule {
	int32_t standard, daylight; /* seconds east of UTC */
	bool has_daylight;
	struct tzrule_edge begin, end;
};

/* What holds at an instant, and until when; the span after it may have the same offset. */
struct tzrule_span {
	int64_t to;
	int32_t offset;
};
/* Beyond every instant, with room to add: an open end. */
#define TZRULE_FOREVER (INT64_C(1) << 60)

/* All of text[0..n); -EINVAL where it is no such rule. */
int tzrule_parse(struct tzrule *ret, const char *text, size_t n, struct err *reterr);

/* The span around an instant of the years 1 to 9999. */
struct tzrule_span tzrule_span(const struct tzrule *rule, int64_t instant);

#endif
