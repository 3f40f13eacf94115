/* SPDX-License-Identifier: MIT */
/*
 * lock: one service for a database.
 */
#include "base/lock.h"

#include "base/fd.h"
#include "base/file.h"
#include "core/str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_HOLDER_SIZE 512 /* a number, and a path that a socket may have */

/* The whole file, by a lock of the open file description: it does not end when some other descriptor
 * of the file is closed, and it can be asked after without taking it for that moment, in which a
 * service that starts would find it taken. */
static struct flock lock_whole(void)
{
	return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET };
}

char *lock_path_of(const char *database)
{
	return file_with_ending(database, ".db", ".lock");
}

/* What its holder wrote: its number, and its socket. */
static size_t lock_read_holder(int fd, char *holder, size_t size)
{
	ssize_t n = pread(fd, holder, size - 1, 0);

	holder[n > 0 ? n : 0] = '\0';
	return strcspn(holder, "\n");
}

static int lock_refuse(int fd, const char *path, struct err *reterr)
{
	char holder[LOCK_HOLDER_SIZE];
	size_t n = lock_read_holder(fd, holder, sizeof(holder));

	return err_set(reterr, -EBUSY,
		"another nudged (process %.*s) is at work on this database; it holds %s",
		n ? (int)n : 1, n ? holder : "?", path);
}

int lock_write_holder(int fd, const char *socket)
{
	_cleanup_str_ struct str holder = STR_INIT;

	str_addf(&holder, "%d\n%s\n", (int)getpid(), socket ? socket : "");
	if (ftruncate(fd, 0) < 0 ||
		pwrite(fd, str_text(&holder), holder.len, 0) != (ssize_t)holder.len)
		return -errno;
	return 0;
}

int lock_take(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct flock whole = lock_whole();

	if (fd < 0)
		return err_set(reterr, -errno, "cannot open %s: %s", path, strerror(errno));
	if (fcntl(fd, F_OFD_SETLK, &whole) < 0)
		return errno == EAGAIN || errno == EACCES
			? lock_refuse(fd, path, reterr)
			: err_set(reterr, -errno, "cannot lock %s: %s", path, strerror(errno));
	/* The holder's number is for the sentence alone: a full disk must not keep the service down. */
	(void)lock_write_holder(fd, NULL);
	return TAKE_FD(fd);
}

static bool lock_is_held_by_other(int fd)
{
	struct flock whole = lock_whole();

	return fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
}

/* A read lock, for which a file that cannot be written is good enough. */
int lock_await(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct flock whole = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

	if (fd < 0)
		return err_set(reterr, -errno, "cannot open %s: %s", path, strerror(errno));
	if (lock_is_held_by_other(fd))
		return lock_refuse(fd, path, reterr);
	if (fcntl(fd, F_OFD_SETLK, &whole) < 0)
		return err_set(reterr, -errno, "cannot lock %s: %s", path, strerror(errno));
	return TAKE_FD(fd);
}

int lock_check_place(int fd, struct err *reterr)
{
	struct stat st;

	if (fstat(fd, &st) == 0 && st.st_nlink == 0)
		return err_set(
			reterr, -ESTALE, "the service's lock was deleted, so it starts anew");
	return 0;
}

int lock_ask(const char *path)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	return lock_is_held_by_other(fd);
}

bool lock_is_held(const char *path)
{
	return lock_ask(path) == 1;
}

int lock_holder(const char *path)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char holder[LOCK_HOLDER_SIZE];
	uint64_t number;

	if (fd < 0 || !lock_is_held_by_other(fd))
		return 0;
	holder[lock_read_holder(fd, holder, sizeof(holder))] = '\0';
	return str_number(holder, INT_MAX, &number) ? (int)number : 0;
}

/* The path that a holder wrote behind its number; NULL where it wrote none. */
static const char *lock_read_socket(int fd, char *holder, size_t size)
{
	const char *socket = holder + lock_read_holder(fd, holder, size);

	return *socket == '\n' && socket[1] == '/' ? socket + 1 : NULL;
}

char *lock_socket(const char *path)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char holder[LOCK_HOLDER_SIZE];
	const char *socket;

	if (fd < 0 || !lock_is_held_by_other(fd))
		return NULL;
	socket = lock_read_socket(fd, holder, sizeof(holder));
	return socket ? str_ndup(socket, strcspn(socket, "\n")) : NULL;
}

char *lock_socket_of(const char *database)
{
	_cleanup_free_ char *path = lock_path_of(database);

	return path ? lock_socket(path) : NULL;
}

bool lock_was_served(const char *path)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	char holder[LOCK_HOLDER_SIZE];

	return fd >= 0 && lock_read_socket(fd, holder, sizeof(holder)) != NULL;
}
