/* SPDX-License-Identifier: MIT */
/*
 * spool: a file that is there whole or not at all.
 */
#include "base/spool.h"

#include "base/fd.h"
#include "base/file.h"
#include "core/str.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define SPOOL_CHUNK ((size_t)64 * 1024)

static int spool_cannot_create(const char *path, int errnum, struct err *reterr)
{
	return err_set(reterr, -errnum, "cannot create %s: %s", path, strerror(errnum));
}

static int spool_cannot_write(const char *path, int errnum, struct err *reterr)
{
	return err_set(reterr, -errnum, "cannot write %s: %s", path, strerror(errnum));
}

/* A file without a name, for what is no regular file. */
static int spool_open_nameless(struct spool *spool, struct err *reterr)
{
	const char *folder = getenv("TMPDIR");
	_cleanup_free_ char *path = file_join(str_empty(folder) ? "/tmp" : folder, "nudge.XXXXXX");

	if (!path)
		return err_oom(reterr);
	spool->fd = mkostemp(path, O_CLOEXEC);
	if (spool->fd < 0)
		return spool_cannot_create(path, errno, reterr);
	(void)unlink(path);
	return 0;
}

static int spool_open_beside(struct spool *spool, struct err *reterr)
{
	spool->replace = true;
	spool->temporary = malloc(strlen(spool->target) + sizeof(".XXXXXX"));
	if (!spool->temporary)
		return err_oom(reterr);
	(void)stpcpy(stpcpy(spool->temporary, spool->target), ".XXXXXX");
	spool->fd = mkostemp(spool->temporary, O_CLOEXEC);
	if (spool->fd >= 0)
		return 0;
	free(TAKE_PTR(spool->temporary));
	return spool_cannot_create(spool->target, errno, reterr);
}

int spool_open(struct spool *ret, const char *path, struct err *reterr)
{
	struct stat status;
	char *real;

	*ret = SPOOL_INIT;
	ret->to_stdout = !path;
	ret->target = str_dup(path ? path : "the output");
	if (!ret->target)
		return err_oom(reterr);
	if (!path)
		return spool_open_nameless(ret, reterr);
	if (stat(path, &status) < 0)
		return errno == ENOENT ? spool_open_beside(ret, reterr)
				       : file_error(path, errno, reterr);
	if (S_ISDIR(status.st_mode))
		return file_error(path, EISDIR, reterr);
	if (!S_ISREG(status.st_mode))
		return spool_open_nameless(ret, reterr);
	real = realpath(path, NULL);
	if (!real)
		return file_error(path, errno, reterr);
	free(ret->target);
	ret->target = real;
	return spool_open_beside(ret, reterr);
}

bool spool_replaces(const struct spool *spool, const struct stat *file)
{
	struct stat status;

	return spool->replace && stat(spool->target, &status) == 0 &&
		status.st_dev == file->st_dev && status.st_ino == file->st_ino;
}

static int spool_write_to(int fd, const char *path, const char *bytes, size_t n, struct err *reterr)
{
	while (n) {
		ssize_t written = write(fd, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return spool_cannot_write(path, errno, reterr);
		bytes += written;
		n -= (size_t)written;
	}
	return 0;
}

int spool_write(struct spool *spool, const void *bytes, size_t n, struct err *reterr)
{
	return spool_write_to(spool->fd, spool->target, bytes, n, reterr);
}

int spool_pour(int from, const char *source, int to, const char *target, struct err *reterr)
{
	_cleanup_free_ char *chunk = malloc(SPOOL_CHUNK);
	ssize_t n;
	int r = 0;

	if (!chunk)
		return err_oom(reterr);
	while (r == 0 && (n = read(from, chunk, SPOOL_CHUNK)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(
				reterr, -errno, "cannot read %s: %s", source, strerror(errno));
		r = spool_write_to(to, target, chunk, (size_t)n, reterr);
	}
	return r;
}

static int spool_copy(struct spool *spool, struct err *reterr)
{
	_cleanup_fd_ int opened = -1;
	int to = STDOUT_FILENO;

	if (!spool->to_stdout)
		to = opened = open(spool->target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (to < 0 || lseek(spool->fd, 0, SEEK_SET) < 0)
		return spool_cannot_write(spool->target, errno, reterr);
	return spool_pour(spool->fd, spool->target, to, spool->target, reterr);
}

/* The name is on the disk when the folder is. */
static int spool_replace(struct spool *spool, struct err *reterr)
{
	_cleanup_free_ char *folder = file_folder_of(spool->target);
	_cleanup_fd_ int fd = -1;

	if (!folder)
		return err_oom(reterr);
	if (fsync(spool->fd) < 0)
		return spool_cannot_write(spool->target, errno, reterr);
	if (rename(spool->temporary, spool->target) < 0)
		return spool_cannot_create(spool->target, errno, reterr);
	free(TAKE_PTR(spool->temporary));
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		(void)fsync(fd);
	return 0;
}

int spool_commit(struct spool *spool, struct err *reterr)
{
	return spool->replace ? spool_replace(spool, reterr) : spool_copy(spool, reterr);
}

void spool_done(struct spool *spool)
{
	fd_closep(&spool->fd);
	if (spool->temporary)
		(void)unlink(spool->temporary);
	free(spool->temporary);
	free(spool->target);
	*spool = SPOOL_INIT;
}

int spool_lend(int from, const char *source, struct err *reterr)
{
	_cleanup_spool_ struct spool spool = SPOOL_INIT;
	int r = spool_open(&spool, NULL, reterr);

	if (r == 0)
		r = spool_pour(from, source, spool.fd, err_translate(ERR_TEXT("a temporary file")),
			reterr);
	if (r < 0)
		return r;
	/* Nobody else has a path to it, and root's command reads it as the service's user. */
	if (fchmod(spool.fd, 0444) < 0 || lseek(spool.fd, 0, SEEK_SET) < 0)
		return err_set(reterr, -errno, "cannot keep what was read: %s", strerror(errno));
	return TAKE_FD(spool.fd);
}

int spool_stdin(struct err *reterr)
{
	_cleanup_fd_ int fd = spool_lend(STDIN_FILENO, SPOOL_STDIN, reterr);

	if (fd < 0)
		return fd;
	if (dup2(fd, STDIN_FILENO) < 0)
		return err_set(reterr, -errno, "cannot keep what was read: %s", strerror(errno));
	return 0;
}
