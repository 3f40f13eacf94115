/* SPDX-License-Identifier: MIT */
/*
 * route: from the configuration to what the sender must know.
 */
#ifndef NUDGE_POST_ROUTE_H
#define NUDGE_POST_ROUTE_H

#include "conf/conf.h"
#include "post/courier.h"

#define ROUTE_IDLE_SECONDS 30

/* The server of a configuration; what it borrows from `conf` lives as long as that, the rest in the
 * route. */
struct route {
	struct courier_server server;
	char *program, *credential;
};
void route_done(struct route *route);
#define _cleanup_route_ _cleanup_(route_done)

/* -ENOENT with a sentence: the configuration names a credential, and systemd passed none to this
 * process. */
int route_make(struct route *ret, const struct conf *conf, struct err *reterr);

#endif
