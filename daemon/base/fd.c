/* SPDX-License-Identifier: MIT */
/*
 * fd: the three descriptors that every program may take for granted.
 */
#include "base/fd.h"

#include <fcntl.h>

void fd_fill_standard(void)
{
	int fd;

	/* Each open() takes the lowest number that is free. */
	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		(void)close(fd);
}
