/* SPDX-License-Identifier: MIT */
/*
 * journal: what the service says while it runs, with structured fields for those who search.
 *
 * Goes to the journal where stderr is connected to it, else to stderr, with a priority prefix
 * (sd-daemon(3)) unless that is a terminal. No secret, no name of a contact, of a recipient the
 * domain only.
 */
#ifndef NUDGE_SERVICE_JOURNAL_H
#define NUDGE_SERVICE_JOURNAL_H

#include "core/err.h"

#include <stdint.h>
#include <syslog.h>

struct journal_fields {
	const char *digest;     /* NUDGED_DIGEST */
	int64_t slot;           /* NUDGED_SLOT, seconds since 1970; 0: none */
	const char *message_id; /* NUDGED_MESSAGE_ID */
	const char *recipient;  /* NUDGED_DOMAIN: what stands behind its @ */
	const char *state;      /* NUDGED_STATE: the delivery's */
};

/* `fields` may be NULL. The sentence has no line end. */
void journal_write(int priority, const struct journal_fields *fields, const char *format, ...)
	PRINTF_LIKE(3, 4);

#endif
