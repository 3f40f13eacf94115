/* SPDX-License-Identifier: MIT */
/*
 * handover: files that a command is given, where "-" is the standard input or output.
 */
#include "cli/handover.h"

#include "base/fd.h"
#include "base/file.h"
#include "conf/location.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define HANDOVER_CHUNK ((size_t)64 * 1024)

static int handover_put(int to, const char *bytes, size_t n)
{
	while (n) {
		ssize_t written = write(to, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		bytes += written;
		n -= (size_t)written;
	}
	return 0;
}

static int handover_copy(int from, int to, const char *path, struct err *reterr)
{
	_cleanup_free_ char *chunk = malloc(HANDOVER_CHUNK);
	ssize_t n;
	int r = 0;

	if (!chunk)
		return err_oom(reterr);
	while (r == 0 && (n = read(from, chunk, HANDOVER_CHUNK)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		r = n < 0 ? -errno : handover_put(to, chunk, (size_t)n);
	}
	return r < 0 ? file_error(path, -r, reterr) : 0;
}

int handover_settle_stdin(struct err *reterr)
{
	const char *folder = getenv("TMPDIR");
	_cleanup_free_ char *path = file_join(str_empty(folder) ? "/tmp" : folder, "nudge.XXXXXX");
	_cleanup_fd_ int fd = path ? mkostemp(path, O_CLOEXEC) : -1;
	int r;

	if (!path)
		return err_oom(reterr);
	if (fd < 0)
		return file_error(path, errno, reterr);
	(void)unlink(path);
	r = handover_copy(STDIN_FILENO, fd, HANDOVER_STDIN, reterr);
	if (r < 0)
		return r;
	/* It has no name: who opens it does so by this process's own table of files. */
	if (fchmod(fd, 0444) < 0 || dup2(fd, STDIN_FILENO) < 0 ||
		lseek(STDIN_FILENO, 0, SEEK_SET) < 0)
		return file_error(HANDOVER_STDIN, errno, reterr);
	return 0;
}

int handover_read(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return file_error(path, errno, reterr);
	return handover_copy(STDIN_FILENO, fd, path, reterr);
}

int handover_write(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return file_error(path, errno, reterr);
	return handover_copy(fd, STDOUT_FILENO, HANDOVER_STANDARD, reterr);
}

/* "sudo" is not said: a shell that is not root's could not open the file either. */
static int handover_refuse(
	const struct cli *cli, const char *path, const char *verb, const char *direction)
{
	const char *config = cli->config_path;

	return cli_complain(cli, EX_NOPERM,
		"%s: the user %s, as whom root works here, may not use it; root's shell may: `nudge%s%s%s %s - "
		"%s'%s'`",
		path, LOCATION_SYSTEM_USER, config ? " -c '" : "", config ? config : "",
		config ? "'" : "", verb, direction, path);
}

int handover_check_input(const struct cli *cli, const char *path, const char *verb)
{
	if (!cli->was_root || access(path, R_OK) == 0 || errno != EACCES)
		return 0;
	return handover_refuse(cli, path, verb, "<");
}

int handover_check_output(const struct cli *cli, const char *path, const char *verb)
{
	_cleanup_free_ char *folder = file_folder_of(path);
	bool there = access(path, F_OK) == 0;

	if (!cli->was_root || !folder)
		return 0;
	if (access(there ? path : folder, there ? W_OK : W_OK | X_OK) == 0 || errno != EACCES)
		return 0;
	return handover_refuse(cli, path, verb, ">");
}
