/* SPDX-License-Identifier: MIT */
/*
 * fd: ownership of file descriptors, as core/mem.h has it for memory.
 */
#ifndef NUDGE_BASE_FD_H
#define NUDGE_BASE_FD_H

#include "core/mem.h"

#include <errno.h>
#include <unistd.h>

/* Closes what is open and keeps errno, so that a cleanup does not hide what had failed. */
static inline void fd_closep(const int *fd)
{
	int errnum = errno;

	if (*fd >= 0)
		(void)close(*fd);
	errno = errnum;
}

#define _cleanup_fd_ _cleanup_(fd_closep)

/* The same, and it is -1 afterwards. */
static inline void fd_close(int *fd)
{
	fd_closep(fd);
	*fd = -1;
}

/* The value of a descriptor variable, which is -1 afterwards. */
#define TAKE_FD(fd)                                                                                \
	({                                                                                         \
		int *take_fd_p = &(fd);                                                            \
		int take_fd_v = *take_fd_p;                                                        \
		*take_fd_p = -1;                                                                   \
		take_fd_v;                                                                         \
	})

/* First in a program: of standard input, output and error, those that it was started without lead to /dev/null.
 * Else what it opens would have their numbers, and what it says would be written there. */
void fd_fill_standard(void);

#endif
