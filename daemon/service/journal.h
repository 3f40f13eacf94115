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

/* What a person must act on; the catalog, which `journalctl -x` shows, says how. */
enum journal_event {
	JOURNAL_PLAIN,
	JOURNAL_CONFIGURATION, /* wrong: the start or the reload failed */
	JOURNAL_DATABASE,      /* cannot be used, or is another's */
	JOURNAL_CLOCK,         /* is not believed */
	JOURNAL_BACKUP,        /* was not made */
	JOURNAL_SERVER,        /* nothing can be sent through the mail server */
	JOURNAL_LOGIN,         /* because it refuses the login, or there is no password */
	JOURNAL_REFUSED,       /* one mail, for good */
	JOURNAL_HELD,          /* a mail that was perhaps sent */
	JOURNAL_CAGE,          /* the kernel cannot hold the sender */
	JOURNAL_EVENT_COUNT,
};

struct journal_fields {
	enum journal_event event; /* MESSAGE_ID */
	const char *digest;       /* NUDGED_DIGEST */
	int64_t slot;             /* NUDGED_SLOT, seconds since 1970; 0: none */
	const char *message_id;   /* NUDGED_MESSAGE_ID */
	const char *recipient;    /* NUDGED_DOMAIN: what stands behind its @ */
	const char *state;        /* NUDGED_STATE: the delivery's */
};

/* `fields` may be NULL. The sentence has no line end; where the recipient's address is in it, as in the
 * words of servers, its part before the @ is left out. */
void journal_write(int priority, const struct journal_fields *fields, const char *format, ...)
	PRINTF_LIKE(3, 4);
/* The same for what only an event is to be told of. */
#define journal_tell(priority, event_, ...)                                                        \
	journal_write(priority, &(const struct journal_fields){ .event = (event_) }, __VA_ARGS__)

/* The event's 128-bit ID in hexadecimal, as in the catalog; NULL for JOURNAL_PLAIN. */
const char *journal_message_id(enum journal_event event);

#endif
