/* SPDX-License-Identifier: MIT */
/*
 * holder: which process keeps others from reading or writing a database.
 */
#ifndef NUDGE_BOOK_HOLDER_H
#define NUDGE_BOOK_HOLDER_H

#include <stdbool.h>
#include <sys/types.h>

struct holder {
	pid_t pid;
	char name[16]; /* of its program, as proc(5) has it; "" where that cannot be told */
};

/* One that writes to it, or is about to; false where there is none, or it cannot be told, as where it runs in another
 * container. For a process that has no transaction under way: the file is opened and closed, which ends the
 * process's own locks on it (fcntl(2)). */
bool holder_find(const char *database, struct holder *ret);

#endif
