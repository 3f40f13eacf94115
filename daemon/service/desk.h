/* SPDX-License-Identifier: MIT */
/*
 * desk: where the command asks the running service for something, over base/control.
 *
 *     request                  reply
 *     send DIGEST              0 MESSAGE-ID, once each recipient's mail was tried
 *     trouble                  0 SENTENCE: what is wrong with the service and in no database; or ""
 *     status                   0 LINE DATABASE: its status line, and the book that it works on
 *     hurry                    0: the mail server seems to be well again, what waits is tried now
 *     sender [trace]           0, and a nudged-send that is ready for mails of the configured server
 *
 * A refusal is an exit status of sysexits.h and a sentence. A connection is for one request.
 */
#ifndef NUDGE_SERVICE_DESK_H
#define NUDGE_SERVICE_DESK_H

#include "core/str.h"
#include "service/loop.h"

#include <sys/types.h>

/* What the service does for those who ask. Each returns 0, or an exit status and a sentence. */
struct desk_clerk {
	/* A message that belongs to no slot: its number and its Message-ID. */
	int (*send)(void *userdata, const char *digest, int64_t *ret_message, struct str *ret_id,
		struct err *reterr);
	/* Whether nothing more is to be told of it: each delivery was tried, or none can be now. */
	bool (*is_settled)(void *userdata, int64_t message);
	const char *(*trouble)(void *userdata);
	/* Adds the line; returns the database's path, which stays the clerk's. */
	const char *(*status)(void *userdata, struct str *line);
	void (*hurry)(void *userdata);
	int (*lend)(void *userdata, bool trace, pid_t *ret_pid, int *ret_fd, struct err *reterr);
	void *userdata;
};

struct desk;

/* Listens at `path`. The clerk is borrowed. */
int desk_new(struct desk **ret, struct loop *loop, const char *path, const struct desk_clerk *clerk,
	struct err *reterr);
/* NULL-safe; ends what was lent, and removes the socket. Before the loop goes. */
void desk_free(struct desk *desk);
DEFINE_CLEANUP(struct desk *, desk_free);

/* Answers those whose message is settled; to be called when deliveries have moved. */
void desk_look(struct desk *desk);

#endif
