/* SPDX-License-Identifier: MIT */
/*
 * result: how the sending of one mail ended.
 */
#ifndef NUDGE_POST_RESULT_H
#define NUDGE_POST_RESULT_H

#include "core/err.h"

#include <stdbool.h>

/* What it means for the mail. */
enum post_outcome {
	POST_SENT = 1, /* accepted: 2yz to the final dot; of a probe: the server lets us in */
	POST_REFUSED,  /* 5yz for this mail: sending it again is of no use */
	POST_DEFERRED, /* 4yz for this mail, or the connection broke before the dot: try again */
	POST_SERVER, /* nothing can be sent through this server now: `cause` says why; try again */
	POST_IN_DOUBT, /* the connection broke between the dot and its reply */
	POST_OUTCOME_COUNT,
};

/* What a person must look at; the words are post_cause_advice()'s. */
enum post_cause {
	POST_CAUSE_NONE,
	POST_CAUSE_RESOLVE,     /* the server's name is not known */
	POST_CAUSE_CONNECT,     /* nobody answers at that address and port */
	POST_CAUSE_GREETING,    /* what answers speaks no SMTP, or not here, or wants TLS first */
	POST_CAUSE_NO_TLS,      /* STARTTLS is not offered and tls = "required" */
	POST_CAUSE_CERTIFICATE, /* not trusted, expired, or for another name */
	POST_CAUSE_TLS,         /* the handshake failed otherwise */
	POST_CAUSE_NO_AUTH,     /* a user is set, login is not offered */
	POST_CAUSE_LOGIN,       /* 535, 534 ...: user or password is wrong; 530: none was given */
	POST_CAUSE_SECRET,      /* password file unreadable, command failed */
	POST_CAUSE_SENDER,      /* MAIL FROM refused */
	POST_CAUSE_RECIPIENT,   /* RCPT TO refused */
	POST_CAUSE_CONTENT,     /* DATA or the final dot refused */
	POST_CAUSE_SIZE,        /* over the server's SIZE */
	POST_CAUSE_TIMEOUT,
	POST_CAUSE_BROKEN,      /* the connection broke off, or the server left the protocol */
	POST_CAUSE_PROGRAM,     /* nudged-send could not be started, or died */
	POST_CAUSE_TURNED_AWAY, /* a refusal instead of a greeting */
	POST_CAUSE_LOGIN_LATER, /* 454 and other 4yz to a login: not now */
	POST_CAUSE_COUNT,
};

struct post_result {
	enum post_outcome outcome;
	enum post_cause cause;
	int code;       /* the server's reply, 0 where none */
	char text[512]; /* a sentence: what happened, with the server's own words; no secret */
};

/* Fills all of it; too long a sentence is cut at a character. */
void post_result_set(struct post_result *ret, enum post_outcome outcome, enum post_cause cause,
	int code, const char *format, ...) PRINTF_LIKE(5, 6);

/* Whether the login is at fault, be it for now, or that there is nothing to log in with. */
bool post_cause_is_login(enum post_cause cause);
/* What to change, a sentence for a person in English, which err_translate() knows; "" for POST_CAUSE_NONE. */
const char *post_cause_advice(enum post_cause cause);

#endif
