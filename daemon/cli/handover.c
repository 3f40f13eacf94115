/* SPDX-License-Identifier: MIT */
/*
 * handover: files that a command is given, where "-" is the standard input or output.
 */
#include "cli/handover.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/spool.h"
#include "cli/mode.h"
#include "conf/location.h"
#include "format/shellword.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int handover_lend(const struct cli *cli, const char *path, char **ret_place, struct err *reterr)
{
	_cleanup_fd_ int fd = -1;
	struct str place = STR_INIT;
	int lent;

	*ret_place = NULL;
	if (!mode_is_ahead(cli) || str_equal(path, HANDOVER_STANDARD) ||
		mode_service_may_read(path))
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return file_error(path, errno, reterr);
	lent = spool_lend(fd, path, reterr);
	if (lent < 0)
		return lent;
	str_addf(&place, SPOOL_PLACE, lent);
	*ret_place = str_take(&place);
	return *ret_place ? 1 : err_oom(reterr);
}

int handover_read(const char *path, const char *place, struct err *reterr)
{
	/* Standard input is not opened anew: its file may be root's alone. */
	_cleanup_fd_ int lent = place ? open(place, O_RDONLY | O_CLOEXEC) : -1;
	_cleanup_fd_ int fd = -1;

	if (place && lent < 0)
		return file_error(place, errno, reterr);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_error(path, errno, reterr);
	return spool_pour(place ? lent : STDIN_FILENO, SPOOL_STDIN, fd, path, reterr);
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

int handover_check_folder(const struct cli *cli, const char *path)
{
	_cleanup_free_ char *folder = file_folder_of(path);

	if (!mode_is_ahead(cli) || !folder || access(folder, F_OK) == 0)
		return 0;
	return cli_complain(cli, EX_CANTCREAT, "cannot create %s: %s", path, strerror(errno));
}

/* "sudo" is not said: a shell that is not root's could not make the file either. */
static int handover_refuse(const struct cli *cli, const char *path, const char *verb)
{
	_cleanup_str_ struct str file = STR_INIT;

	shellword_add(&file, path, SHELLWORD_SINGLE);
	return cli_complain(cli, EX_NOPERM,
		"%s: the user %s, as whom root works here, may not put it there; root's shell may: `(umask 077; "
		"nudge %s - >'%s')`",
		path, LOCATION_SYSTEM_USER, verb, str_text(&file));
}

int handover_check_output(const struct cli *cli, const char *path, const char *verb)
{
	_cleanup_free_ char *folder = file_folder_of(path);
	bool there = access(path, F_OK) == 0;

	if (!cli->was_root || str_equal(path, HANDOVER_STANDARD) || !folder)
		return 0;
	if (access(there ? path : folder, there ? W_OK : W_OK | X_OK) == 0 || errno != EACCES)
		return 0;
	return handover_refuse(cli, path, verb);
}
