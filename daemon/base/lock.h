/* SPDX-License-Identifier: MIT */
/*
 * lock: one service for a database. The lock is the kernel's: it ends with the process.
 */
#ifndef NUDGE_BASE_LOCK_H
#define NUDGE_BASE_LOCK_H

#include "core/err.h"

#include <stdbool.h>

/* The lock file beside a database: nudged.db has nudged.lock. The caller frees. */
char *lock_path_of(const char *database);

/* Returns a descriptor that holds the lock until it is closed. -EBUSY with the holder's number where
 * another process has it. */
int lock_take(const char *path, struct err *reterr);

/* The same where the file cannot be written for now: others see that a service is there, as lock_is_held() does,
 * but two may wait. To be closed before the lock itself is taken. */
int lock_await(const char *path, struct err *reterr);

/* Whether a lock that is held still has a name: 0, or -ESTALE where its file was deleted, and another could take
 * one of the same name beside it. */
int lock_check_place(int fd, struct err *reterr);

bool lock_is_held(const char *path);
/* The same: 1 or 0; a negative errno where it cannot be told. */
int lock_ask(const char *path);

/* Writes into it who holds it, and at which socket they answer (an absolute path; NULL: at none). 0, or a
 * negative errno: without it the command only does not find the socket. */
int lock_write_holder(int fd, const char *socket);
/* The number of the process that holds it, as it wrote it; 0 where nobody does. */
int lock_holder(const char *path);
/* The socket of the holder; NULL where nobody holds the lock, or answers. The caller frees. */
char *lock_socket(const char *path);
/* The same of whoever holds that of a database. */
char *lock_socket_of(const char *database);
/* Whether its last holder answered at a socket: a service was at work, be it at an end or not. */
bool lock_was_served(const char *path);

#endif
