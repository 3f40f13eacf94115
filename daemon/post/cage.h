/* SPDX-License-Identifier: MIT */
/*
 * cage: what the process that speaks to the network gives up before it does.
 *
 * Landlock(7) leaves it the reading of /etc, /usr and the files of the resolver and of the
 * certificates, and TCP to the mail server's port and to DNS; a seccomp(2) filter leaves it the
 * system calls of a client: no program, no process, no other process's memory, no socket of this
 * machine (through which a session's services would do its bidding), no new executable memory.
 */
#ifndef NUDGE_POST_CAGE_H
#define NUDGE_POST_CAGE_H

#include "core/err.h"

/* What comes before, at the start of the process: no new privileges, no core, the end with the parent's,
 * no notice of the signals that are the parent's, and nothing in the environment that opens a back door
 * to the connection. */
int cage_prepare(struct err *reterr);

/* Closes the cage around the calling process, for good; it must have no threads yet and
 * no_new_privs set. `ca_file` may be NULL or "". Returns 0; CAGE_OPEN where a part of it could not
 * be had, with a sentence in reterr that says which and why; or a negative errno. */
#define CAGE_OPEN 1
int cage_close(const char *ca_file, int port, struct err *reterr);

#endif
