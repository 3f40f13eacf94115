/* SPDX-License-Identifier: MIT */
/*
 * control: the socket over which the command asks a running service for something.
 *
 * A packet is one request or one reply: words, each with its NUL, and perhaps a descriptor. The
 * service answers its own user and root, nobody else (SO_PEERCRED, unix(7)).
 */
#ifndef NUDGE_BASE_CONTROL_H
#define NUDGE_BASE_CONTROL_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>

#define CONTROL_WORDS      4    /* of a packet, at most */
#define CONTROL_PACKET_MAX 8192 /* bytes */

struct control_packet {
	char bytes[CONTROL_PACKET_MAX + 1];
	const char *words[CONTROL_WORDS]; /* into bytes; "" where there are fewer */
	size_t n;
	int fd; /* that came with it, the receiver's to close; -1 */
};

/* Where the service that starts puts its socket: in $RUNTIME_DIRECTORY, which systemd sets, else
 * beside the database: nudged.db has nudged.socket. The caller frees; NULL: out of memory. */
char *control_path_of(const char *database);

/* Returns a listening socket; a left-over one is replaced, as whoever holds the service's lock may.
 * -ENAMETOOLONG: of a path over 107 bytes there is no socket (unix(7)). */
int control_listen(const char *path, struct err *reterr);
/* Returns a connection; -EPERM where somebody else knocks, -EAGAIN where nobody does. */
int control_accept(int listener);
/* Returns a connection to a service of this user's, or of root's. */
int control_connect(const char *path, struct err *reterr);

/* Without waiting; -EPIPE and others where the other side is gone, -EMSGSIZE. `fd` -1: none. */
int control_send(int connection, const char *const *words, size_t n, int fd);
/* Waits at most `msec`, 0: not at all. -EAGAIN: nothing came; -EPIPE: the other side is gone;
 * -EBADMSG: no packet of this kind. */
int control_receive(int connection, int msec, struct control_packet *ret);

/* One request of the service there, which has `msec` to answer, and its reply. -EAGAIN: it did not; others as
 * above. */
int control_ask(const char *path, const char *request, const char *argument, int msec,
	struct control_packet *ret, struct err *reterr);
/* Whether there is one that lets a visitor in and does not answer within `msec`. */
bool control_is_silent(const char *path, int msec);
/* Whether a process listens that has put its socket there, though the file may be gone by now, and nobody can
 * knock any more. */
bool control_is_bound(const char *path);

#endif
