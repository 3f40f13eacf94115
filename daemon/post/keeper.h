/* SPDX-License-Identifier: MIT */
/*
 * keeper: a process outside the sender's cage that fetches the secret, each time it is asked.
 *
 * The sender must run no program and open no file once it is caged, but a token may have to be
 * fetched again hours later. The keeper does it, hears nothing from the network, and takes no
 * orders but "fetch". It ends with the sender.
 */
#ifndef NUDGE_POST_KEEPER_H
#define NUDGE_POST_KEEPER_H

#include "post/secret.h"

struct keeper_source {
	char *const *command; /* or NULL */
	const char *file;     /* where there is no command */
	unsigned seconds;     /* a command has */
};

/* Forks the keeper: *ret is a socket to it. `source` is used by the keeper alone. */
int keeper_start(int *ret, const struct keeper_source *source, struct err *reterr);

/* Waits until the keeper has fetched the secret. Returns as secret_run_command() and
 * secret_read_file(); -EPIPE: the keeper is gone. */
int keeper_ask(int fd, char ret[SECRET_MAX], struct err *reterr);

#endif
