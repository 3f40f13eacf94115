/* SPDX-License-Identifier: MIT */
/*
 * invitation: a coffee for one's own calendar (RFC 5545).
 *
 * It has no METHOD: nobody is invited and nothing is to be answered, the reader's calendar takes it in
 * or leaves it. The time is in UTC, which every calendar shows in its own zone. A later one of the same UID
 * takes the place of an earlier one: SEQUENCE are the minutes since 1970, so that nobody has to count.
 */
#ifndef NUDGE_DIGEST_INVITATION_H
#define NUDGE_DIGEST_INVITATION_H

#include "core/str.h"

#define INVITATION_SECONDS 3600 /* a coffee */

struct invitation {
	const char *uid; /* the same for the life of the coffee: what comes later replaces it */
	const char *summary;
	const char *place; /* NULL: none */
	int64_t from;      /* instants, seconds since 1970 */
	int64_t stamp;     /* when it was written */
	bool cancelled;    /* it has fallen through */
};

void invitation_write(struct str *out, const struct invitation *invitation);

#endif
