/* SPDX-License-Identifier: MIT */
/*
 * courier: starts the sender process and hands mails to it.
 *
 * The sender, nudged-send, is the only program that speaks to the network. The courier keeps at most
 * one of it, over a socket pair, starts it with the first mail, and can kill it without losing a
 * mail. It has no loop of its own: the caller polls courier_fd() and calls courier_dispatch().
 *
 * A mail's way: courier_post(); the sender transmits it but for the final dot and asks by `ready`;
 * the caller records "in doubt" durably and answers courier_confirm(); the sender sends the dot and
 * `settled` tells how it ended. `settled` without `ready` before it: the server cannot have accepted
 * the mail.
 */
#ifndef NUDGE_POST_COURIER_H
#define NUDGE_POST_COURIER_H

#include "post/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How to reach the server; strings are borrowed for the call of courier_new(). */
struct courier_server {
	const char *program; /* path of nudged-send */
	const char *url;     /* smtp://host:port or smtps://host:port */
	const char *tls;     /* "required", "opportunistic", "none" */
	const char *ca_file;
	const char *user;
	/* Where the sender gets the secret from; at most one. The service never sees it. */
	const char *password_file; /* also a credential's file */
	char *const *password_command;
	char *const *token_command;
	int connections;
	int idle_seconds; /* the sender exits after so long without a mail */
	bool trace;	  /* report the dialogue, without secrets, to handler.trace */
};

struct courier_handler {
	/* All but the dot is sent; answer with courier_confirm(), now or later. */
	void (*ready)(void *userdata, uint64_t mail);
	/* The mail's end; `mail` is forgotten. */
	void (*settled)(void *userdata, uint64_t mail, const struct post_result *result);
	/* A line of the dialogue, "> MAIL FROM:..." or "< 250 ok"; may be NULL. */
	void (*trace)(void *userdata, const char *line);
	void *userdata;
};

struct courier;

int courier_new(struct courier **ret, const struct courier_server *server,
	const struct courier_handler *handler, struct err *reterr);
/* Kills the sender. Mails that were not settled are forgotten without a call; those that had been
 * confirmed are in doubt. */
void courier_free(struct courier *courier);
DEFINE_CLEANUP(struct courier *, courier_free);

/* Hands over a mail under the caller's number. The body is copied. Addresses with CR, LF, NUL, "<",
 * ">" or spaces are refused with -EINVAL. Starts the sender where none runs: negative errno with a
 * sentence where that fails. */
int courier_post(struct courier *courier, uint64_t mail, const char *from, const char *to,
	const void *body, size_t size, struct err *reterr);
int courier_confirm(struct courier *courier, uint64_t mail, struct err *reterr);

/* To poll, -1 while no sender runs; changes with courier_post() and courier_dispatch(). Events are
 * POLLIN, and POLLOUT while bytes wait. */
int courier_fd(const struct courier *courier);
short courier_events(const struct courier *courier);
/* Reads and writes what can be without waiting and calls the handlers. A sender that died settles
 * each of its mails: POST_IN_DOUBT where the dot was confirmed, else POST_SERVER. */
int courier_dispatch(struct courier *courier, struct err *reterr);

size_t courier_pending(const struct courier *courier); /* mails not settled */

#endif
