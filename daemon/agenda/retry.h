/* SPDX-License-Identifier: MIT */
/*
 * retry: when a mail that could not be sent is tried again.
 *
 * Exponential from 1 minute to 4 hours, for 5 days (RFC 5321 section 4.5.4.1 asks for at least 4 to
 * 5), with jitter, so that many do not come back at once. A greylisting server is given 5 minutes.
 */
#ifndef NUDGE_AGENDA_RETRY_H
#define NUDGE_AGENDA_RETRY_H

#include <stdbool.h>
#include <stdint.h>

#define RETRY_FIRST_SECONDS    60
#define RETRY_GREYLIST_SECONDS (5 * 60)
#define RETRY_LONGEST_SECONDS  (4 * 60 * 60)
#define RETRY_GIVE_UP_SECONDS  (5 * 24 * 60 * 60)
#define RETRY_COPIES_MAX       3 /* of a mail that may have arrived */

enum retry_why {
	RETRY_SERVER,    /* nothing can be sent through the server */
	RETRY_RECIPIENT, /* 4yz for this mail: greylisting, a full mailbox */
};

/* Seconds until the next try after `failures` (1 and more) in a row. `random` is any number: the
 * wait is shortened by up to a fifth of it, but never below the first wait. */
int64_t retry_wait(enum retry_why why, unsigned failures, uint32_t random);

/* Whether a mail that has failed since `first_failure` is given up at `now` (seconds since 1970).
 * Asked after a fresh failed attempt only: a clock that jumped gives nothing up by itself. */
bool retry_is_over(int64_t first_failure, int64_t now);

/* A mail is in doubt: `copies` (1 and more) of it may have arrived. Seconds until one more is sent: soon
 * after the first, for a lost answer is mostly a single one; then after the longest wait. */
int64_t retry_wait_doubt(unsigned copies, uint32_t random);

/* Whether no further copy is sent, and the mail is left to the person: another copy each few hours is
 * worse than a doubt that is told. */
bool retry_is_doubtful(unsigned copies, int64_t first_failure, int64_t now);

#endif
