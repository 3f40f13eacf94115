/* SPDX-License-Identifier: MIT */
/*
 * handover: files that a command is given, where "-" is the standard input or output.
 */
#include "cli/handover.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/spool.h"
#include "conf/location.h"
#include "format/shellword.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int handover_read(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return file_error(path, errno, reterr);
	return spool_pour(STDIN_FILENO, SPOOL_STDIN, fd, path, reterr);
}

int handover_write(const char *path, struct err *reterr)
{
	_cleanup_fd_ int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return file_error(path, errno, reterr);
	/* Whoever reads may go away, and the signal of that would leave the file. */
	if (unlink(path) < 0)
		return file_error(path, errno, reterr);
	return spool_pour(fd, path, STDOUT_FILENO, HANDOVER_STANDARD, reterr);
}

/* "sudo" is not said: a shell that is not root's could not open the file either. */
static int handover_refuse(
	const struct cli *cli, const char *path, const char *verb, const char *direction)
{
	_cleanup_str_ struct str config = STR_INIT, file = STR_INIT;
	const char *own = cli->config_path ? "'" : "";

	shellword_add(&config, cli->config_path ? cli->config_path : "", SHELLWORD_SINGLE);
	shellword_add(&file, path, SHELLWORD_SINGLE);
	return cli_complain(cli, EX_NOPERM,
		"%s: the user %s, as whom root works here, may not use it; root's shell may: `nudge%s%s%s %s - "
		"%s'%s'`",
		path, LOCATION_SYSTEM_USER, *own ? " -c '" : "", str_text(&config), own, verb,
		direction, str_text(&file));
}

int handover_check_input(const struct cli *cli, const char *path, const char *verb)
{
	if (!cli->was_root || str_equal(path, HANDOVER_STANDARD))
		return 0;
	if (access(path, R_OK) == 0 || errno != EACCES)
		return 0;
	return handover_refuse(cli, path, verb, "<");
}

int handover_check_output(const struct cli *cli, const char *path, const char *verb)
{
	_cleanup_free_ char *folder = file_folder_of(path);
	bool there = access(path, F_OK) == 0;

	if (!cli->was_root || str_equal(path, HANDOVER_STANDARD) || !folder)
		return 0;
	if (access(there ? path : folder, there ? W_OK : W_OK | X_OK) == 0 || errno != EACCES)
		return 0;
	return handover_refuse(cli, path, verb, ">");
}
