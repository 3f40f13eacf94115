/* SPDX-License-Identifier: MIT */
/*
 * connection: one connection to the mail server and the mail that is on it: a link, the dialogue
 * over it, and their timeouts.
 */
#ifndef NUDGE_POST_CONNECTION_H
#define NUDGE_POST_CONNECTION_H

#include "post/dialogue.h"
#include "post/link.h"

/* RFC 5321 section 4.5.3.2: the reply to the dot may take 10 minutes, others 2 to 5. */
#define CONNECTION_REPLY_SECONDS 300
#define CONNECTION_DOT_SECONDS   600
#define CONNECTION_QUIT_SECONDS  5

enum connection_event {
	CONNECTION_NOTHING,
	CONNECTION_OPENED,
	CONNECTION_FAILED,  /* never came about: connection_result() */
	CONNECTION_READY,   /* the mail waits for its dot */
	CONNECTION_SETTLED, /* the mail's end: connection_result() */
};

struct connection;

/* `settings` is borrowed while the connection lives. */
int connection_new(struct connection **ret, const struct link_settings *settings,
	const char *secret, struct err *reterr);
void connection_free(struct connection *connection);
DEFINE_CLEANUP(struct connection *, connection_free);

bool connection_is_opening(const struct connection *connection);
bool connection_is_free(const struct connection *connection); /* may start a mail */
bool connection_is_over(const struct connection *connection); /* to be freed */
/* Whether it had carried mails, or waited, before the one that was started last. */
bool connection_has_rested(const struct connection *connection);

/* The mail's strings are borrowed until CONNECTION_SETTLED. */
int connection_start(
	struct connection *connection, const struct dialogue_mail *mail, struct err *reterr);
void connection_release(struct connection *connection);
void connection_quit(struct connection *connection); /* says good-bye where it is free */

size_t connection_poll(
	const struct connection *connection, struct pollfd fds[LINK_POLL_MAX], int *ret_msec);
void connection_dispatch(struct connection *connection, const struct pollfd *fds, size_t n);

/* Each event is told once; ask until CONNECTION_NOTHING. */
enum connection_event connection_event(struct connection *connection);
const struct post_result *connection_result(const struct connection *connection);

#endif
