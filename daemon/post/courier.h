/* SPDX-License-Identifier: MIT */
/*
 * courier: starts the sender process and hands mails to it.
 *
 * The sender, nudged-send, is the only program that speaks to the network. The courier keeps at
 * most one of it, over a socket pair, starts it with the first mail, and can kill it without losing
 * a mail. It has no loop of its own: the caller polls courier_fd() and calls courier_dispatch().
 *
 * A mail's way: courier_post(); the sender transmits it but for the final dot and asks by `ready`;
 * the caller records "in doubt" durably and answers courier_confirm(); the sender sends the dot and
 * `settled` tells how it ended. `settled` without `ready` before it: the server cannot have
 * accepted the mail.
 */
#ifndef NUDGE_POST_COURIER_H
#define NUDGE_POST_COURIER_H

#include "post/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define COURIER_BODY_MAX        ((size_t)32 * 1024 * 1024)
#define COURIER_CONNECTIONS_MAX 64

/* How to reach the server; strings are borrowed for the call of courier_new(). */
struct courier_server {
	const char *program; /* path of nudged-send */
	const char *url;     /* smtp://host:port or smtps://host:port */
	/* "required"; "opportunistic": encrypted where offered, the certificate is not looked at;
	 * "none": no STARTTLS (smtps:// is encrypted and checked all the same). */
	const char *tls;
	const char *ca_file; /* in place of the system's authorities */
	const char *user;
	/* Where the sender gets the secret from; at most one. The service never sees it. */
	const char *password_file;     /* also a credential's file */
	char *const *password_command; /* arguments and NULL; runs without a shell */
	char *const *token_command;    /* likewise; prints a token for XOAUTH2 or OAUTHBEARER */
	unsigned connections;          /* at most, 1 to COURIER_CONNECTIONS_MAX */
	unsigned idle_seconds;         /* the sender ends after so long without a mail */
	unsigned timeout_seconds;      /* for every wait, in tests; 0: what RFC 5321 4.5.3.2 says */
	bool trace;                    /* report the dialogue, without secrets, to handler.trace */
};

/* They may call courier_post() and courier_confirm(), but not courier_free(). */
struct courier_handler {
	/* All but the dot is sent; answer with courier_confirm(), now or later. */
	void (*ready)(void *userdata, uint64_t mail);
	/* The mail's end; `mail` is forgotten. */
	void (*settled)(void *userdata, uint64_t mail, const struct post_result *result);
	/* A line of the dialogue, "> MAIL FROM:..." or "< 250 ok"; may be NULL. */
	void (*trace)(void *userdata, const char *line);
	/* Something that is wrong with the sender though mails go on, said by each one that is
	 * started; may be NULL. */
	void (*warning)(void *userdata, const char *text);
	void *userdata;
};

struct courier;

int courier_new(struct courier **ret, const struct courier_server *server,
	const struct courier_handler *handler, struct err *reterr);
/* Starts a sender for somebody else, who adopts it: its process, to be waited for, and the descriptor
 * to hand on. It ends when that is closed. */
int courier_lend(
	const struct courier_server *server, pid_t *ret_pid, int *ret_fd, struct err *reterr);
/* A courier of a sender that was lent; it takes the descriptor. When that one is gone there is no
 * other: courier_post() returns -EPIPE. */
int courier_adopt(
	struct courier **ret, int fd, const struct courier_handler *handler, struct err *reterr);
/* Ends the sender: at once where mails are not settled, which are forgotten without a call (those
 * that had been confirmed are in doubt), else after its good-bye to the server, 0.2 s at most. */
void courier_free(struct courier *courier);
DEFINE_CLEANUP(struct courier *, courier_free);

/* Hands over a mail under the caller's number, which no pending mail may have. The body is copied;
 * how many are pending, and so in memory, is the caller's to limit. -EINVAL: an address is empty,
 * too long, or has control characters, "<", ">" or spaces, or the body has a NUL; -EMSGSIZE: the
 * body is over COURIER_BODY_MAX. Starts the sender where none runs: other negative errnos where
 * that fails. */
int courier_post(struct courier *courier, uint64_t mail, const char *from, const char *to,
	const void *body, size_t size, struct err *reterr);
/* The same for no mail: the sender connects, logs in where there is a user, and says good-bye. `settled`
 * tells POST_SENT, or why not. For a courier of its own: what is connected already is not asked anew. */
int courier_probe(struct courier *courier, uint64_t number, struct err *reterr);
/* The answer to `ready`. -ENOENT: no mail of that number waits for it. */
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
