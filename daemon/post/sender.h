/* SPDX-License-Identifier: MIT */
/*
 * sender: the process that speaks to the mail server for the courier.
 */
#ifndef NUDGE_POST_SENDER_H
#define NUDGE_POST_SENDER_H

#include "core/err.h"

/* Serves the courier at the other end of the stream socket `fd` until it hangs up: 0 then, or a
 * negative errno with a sentence where nothing can go on. Changes the process for it: no new
 * privileges, no core dump, ends with its parent, and takes no notice of SIGTERM, SIGINT and
 * SIGHUP, which are its parent's to handle. */
int sender_run(int fd, struct err *reterr);

#endif
