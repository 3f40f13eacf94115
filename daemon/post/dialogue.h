/* SPDX-License-Identifier: MIT */
/*
 * dialogue: mail transactions on a connection that is greeted, encrypted and logged in.
 *
 * Bytes in, bytes and outcomes out (RFC 5321; PIPELINING is RFC 2920, SIZE 1870, 8BITMIME 6152,
 * SMTPUTF8 6531). The last line of a mail, the dot, is withheld until dialogue_release().
 * The caller moves dialogue_output() to the server, the server's bytes to dialogue_input(), and
 * asks dialogue_event() after each; timeouts are its own, dialogue_wait() says which apply.
 */
#ifndef NUDGE_POST_DIALOGUE_H
#define NUDGE_POST_DIALOGUE_H

#include "core/str.h"
#include "post/ehlo.h"
#include "post/result.h"

/* 0, or -EINVAL where an address is empty, too long, or could end a command: it has a control
 * character, a space, "<" or ">". `what` names it for the sentence. */
int dialogue_check_address(const char *address, const char *what, struct err *reterr);

/* One recipient each. Borrowed until the mail is settled. Line ends of the body become CRLF. */
struct dialogue_mail {
	const char *from;
	const char *to;
	const char *body;
	size_t size;
};

enum dialogue_event {
	DIALOGUE_NOTHING,
	DIALOGUE_READY,   /* the body is sent: dialogue_release() */
	DIALOGUE_SETTLED, /* dialogue_result(); the next mail when dialogue_is_idle() */
};

enum dialogue_wait {
	DIALOGUE_WAIT_NONE,  /* nothing is awaited of the server */
	DIALOGUE_WAIT_REPLY, /* or that it takes our bytes */
	DIALOGUE_WAIT_DOT,   /* the reply to the dot, which may take long */
	DIALOGUE_WAIT_QUIT,  /* the reply to QUIT, of which nothing depends */
};

struct dialogue;

/* `trace` gets "> " and "< " lines, may be NULL. */
int dialogue_new(struct dialogue **ret, const struct ehlo_offer *offer,
	void (*trace)(void *userdata, const char *line), void *userdata, struct err *reterr);
void dialogue_free(struct dialogue *dialogue);
DEFINE_CLEANUP(struct dialogue *, dialogue_free);

/* The dialogue must be idle. The mail may be settled at once, where it does not fit the offer. */
int dialogue_start(struct dialogue *dialogue, const struct dialogue_mail *mail, struct err *reterr);
void dialogue_release(struct dialogue *dialogue); /* after DIALOGUE_READY; else without effect */
void dialogue_quit(struct dialogue *dialogue);    /* where idle; else without effect */

/* Bytes to send, NULL and 0 where there are none; and that the first n of them were handed on. */
const char *dialogue_output(struct dialogue *dialogue, size_t *ret_n);
void dialogue_sent(struct dialogue *dialogue, size_t n);
void dialogue_input(struct dialogue *dialogue, const char *bytes, size_t n);
/* The connection is gone; `why` is the end of a sentence. Settles what is not. */
void dialogue_break(struct dialogue *dialogue, enum post_cause cause, const char *why);

enum dialogue_event dialogue_event(struct dialogue *dialogue); /* each is told once */
const struct post_result *dialogue_result(const struct dialogue *dialogue);
bool dialogue_is_idle(const struct dialogue *dialogue);
bool dialogue_is_closed(const struct dialogue *dialogue); /* to hang up; nothing more to send */
enum dialogue_wait dialogue_wait(const struct dialogue *dialogue);
/* Grows with every reply and with bytes sent: what a timeout starts anew from. */
uint64_t dialogue_progress(const struct dialogue *dialogue);

#endif
