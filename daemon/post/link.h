/* SPDX-License-Identifier: MIT */
/*
 * link: a connection to the mail server, opened by libcurl: name, TCP, TLS, greeting and login.
 *
 * Nothing waits: the owner polls what link_poll() names and calls link_dispatch(). Once open, a
 * link moves bytes; what they say is the dialogue's. Each link is on its own: several may be opened
 * at the same time.
 */
#ifndef NUDGE_POST_LINK_H
#define NUDGE_POST_LINK_H

#include "core/str.h"
#include "post/ehlo.h"
#include "post/result.h"

#include <poll.h>
#include <sys/types.h>

#define LINK_POLL_MAX        8  /* descriptors that one link may want polled */
#define LINK_TIMEOUT_SECONDS 30 /* until the login is done */

struct link_settings {
	const char *url; /* smtp://host:port or smtps://host:port */
	const char *tls; /* as in struct courier_server */
	const char *ca_file;
	const char *user;         /* NULL or "": no login */
	bool token;               /* the secret is a token for XOAUTH2 or OAUTHBEARER */
	unsigned timeout_seconds; /* 0: LINK_TIMEOUT_SECONDS */
	/* A line each, "> ", "< " or "* " before it, without secrets; may be NULL. */
	void (*trace)(void *userdata, const char *line);
	void *userdata;
};

enum link_state {
	LINK_OPENING,
	LINK_OPEN,
	LINK_FAILED, /* link_failure() says why */
};

struct link;

/* For the process, before the first link. libcurl's memory is wiped as it is
 * given back, because passwords and what encodes them stand in it. */
int link_global_init(struct err *reterr);

/* Begins to connect. `settings` is borrowed while the link lives, `secret` for the call. */
int link_new(struct link **ret, const struct link_settings *settings, const char *secret,
	struct err *reterr);
void link_free(struct link *link); /* closes; NULL-safe */
DEFINE_CLEANUP(struct link *, link_free);

enum link_state link_state(const struct link *link);
const struct post_result *link_failure(const struct link *link);
const struct ehlo_offer *link_offer(const struct link *link); /* of the last EHLO */

/* While opening: fills fds[] and returns how many; and milliseconds until link_dispatch() must be
 * called in any case, -1 for never. */
size_t link_poll(const struct link *link, struct pollfd fds[LINK_POLL_MAX], int *ret_msec);
/* Goes on with what poll() found. */
void link_dispatch(struct link *link, const struct pollfd *fds, size_t n);

/* Once open. Both return bytes moved, 0 where it would wait, negative with a sentence where the
 * connection is gone. Read until 0, for TLS keeps bytes that poll() does not see; where there is none
 * certainly, until less came than had room. */
int link_fd(const struct link *link);
bool link_is_plain(const struct link *link);
ssize_t link_send(struct link *link, const char *bytes, size_t n, struct err *reterr);
ssize_t link_receive(struct link *link, char *buffer, size_t size, struct err *reterr);

#endif
