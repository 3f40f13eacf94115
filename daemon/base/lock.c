/* SPDX-License-Identifier: MIT */
/*
 * lock: one service for a database.
 */
#include "base/lock.h"

#include "core/str.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The whole file, by a lock of the open file description: it does not end when some other descriptor
 * of the file is closed, and it can be asked after without taking it for that moment, in which a
 * service that starts would find it taken. */
static struct flock lock_whole(void)
{
	return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET };
}

char *lock_path_of(const char *database)
{
	size_t n = strlen(database);
	struct str path = STR_INIT;

	if (n > 3 && str_equal(database + n - 3, ".db"))
		n -= 3;
	str_add_bytes(&path, database, n);
	str_add(&path, ".lock");
	return str_take(&path);
}

static int lock_refuse(int fd, const char *path, struct err *reterr)
{
	char holder[16] = "";
	ssize_t n = pread(fd, holder, sizeof(holder) - 1, 0);

	if (n > 0)
		holder[strcspn(holder, "\n")] = '\0';
	return err_set(reterr, -EBUSY,
		"another nudged (process %s) is at work on this database; it holds %s",
		n > 0 ? holder : "unknown", path);
}

static int lock_write_holder(int fd)
{
	_cleanup_str_ struct str holder = STR_INIT;

	str_addf(&holder, "%d\n", (int)getpid());
	if (ftruncate(fd, 0) < 0 ||
		pwrite(fd, str_text(&holder), holder.len, 0) != (ssize_t)holder.len)
		return -errno;
	return 0;
}

int lock_take(const char *path, struct err *reterr)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), r;
	struct flock whole = lock_whole();

	if (fd < 0)
		return err_set(reterr, -errno, "cannot open %s: %s", path, strerror(errno));
	if (fcntl(fd, F_OFD_SETLK, &whole) < 0) {
		r = errno == EAGAIN || errno == EACCES
			? lock_refuse(fd, path, reterr)
			: err_set(reterr, -errno, "cannot lock %s: %s", path, strerror(errno));
		(void)close(fd);
		return r;
	}
	/* The holder's number is for the sentence alone: a full disk must not keep the service down. */
	(void)lock_write_holder(fd);
	return fd;
}

bool lock_is_held(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct flock whole = lock_whole();
	bool held;

	if (fd < 0)
		return false;
	held = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
	(void)close(fd);
	return held;
}
