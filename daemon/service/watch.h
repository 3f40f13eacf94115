/* SPDX-License-Identifier: MIT */
/*
 * watch: notices that another process has changed the database, without asking again and again.
 *
 * A command that has written closes the rollback journal (kept, by journal_mode=PERSIST) when it
 * ends; a restored or replaced database is moved into the folder or deleted from it.
 */
#ifndef NUDGE_SERVICE_WATCH_H
#define NUDGE_SERVICE_WATCH_H

#include "core/err.h"

/* Returns an inotify descriptor for the folder of the database. */
int watch_open(const char *database, struct err *reterr);

/* Reads all events that wait; 1 where one of them concerns the database, 0 otherwise. */
int watch_read(int fd, const char *database);

#endif
