/* SPDX-License-Identifier: MIT */
/*
 * holder: which process keeps others from reading or writing a database.
 */
#include "book/holder.h"

#include "base/fd.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The bytes that SQLite locks: PENDING, RESERVED and SHARED, by the file format, section 1.2 ("lock-byte page"). */
#define HOLDER_BYTES_AT 0x40000000
#define HOLDER_BYTES    512

static void holder_read_name(struct holder *holder)
{
	char path[32];
	_cleanup_fd_ int fd = -1;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/%d/comm", (int)holder->pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? 0 : read(fd, holder->name, sizeof(holder->name) - 1);
	holder->name[n > 0 ? n : 0] = '\0';
	holder->name[strcspn(holder->name, "\n")] = '\0';
}

bool holder_find(const char *database, struct holder *ret)
{
	_cleanup_fd_ int fd = open(database, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	/* Whoever only reads does not stand in the way of that. */
	struct flock lock = { .l_type = F_RDLCK,
		.l_whence = SEEK_SET,
		.l_start = HOLDER_BYTES_AT,
		.l_len = HOLDER_BYTES };

	*ret = (struct holder){ 0 };
	if (fd < 0 || fcntl(fd, F_GETLK, &lock) < 0 || lock.l_type == F_UNLCK || lock.l_pid <= 0)
		return false;
	ret->pid = lock.l_pid;
	holder_read_name(ret);
	return true;
}
