/* SPDX-License-Identifier: MIT */
/*
 * ask: the running service, for what it alone can do.
 */
#include "cli/ask.h"

#include "base/fd.h"
#include "base/lock.h"
#include "conf/location.h"

#include <stdlib.h>
#include <string.h>

static char *ask_socket(const struct cli *cli)
{
	_cleanup_free_ char *database = cli_database(cli);
	_cleanup_free_ char *lock = database ? lock_path_of(database) : NULL;

	return lock ? lock_socket(lock) : NULL;
}

bool ask_is_possible(const struct cli *cli)
{
	_cleanup_free_ char *socket = ask_socket(cli);

	return socket != NULL;
}

const char *ask_start_command(const struct cli *cli)
{
	return cli->conf && location_is_system(cli->conf->path) ? "sudo systemctl start nudged"
								: "systemctl --user start nudged";
}

static int ask_complain(const struct cli *cli, int code)
{
	if (code == -EAGAIN)
		return cli_complain(cli, EX_UNAVAILABLE,
			"the service did not answer in time; `nudge status` tells how it goes on");
	return cli_complain(cli, EX_UNAVAILABLE,
		"the service ended before it answered; `nudge status` tells what was sent");
}

bool ask_is_silent(const struct cli *cli)
{
	_cleanup_free_ char *socket = ask_socket(cli);

	return socket && control_ping(socket, ASK_MSEC) == -EAGAIN;
}

int ask_service(struct cli *cli, const char *request, const char *argument, int msec,
	struct control_packet *ret)
{
	const char *words[] = { request, argument };
	_cleanup_free_ char *socket = ask_socket(cli);
	_cleanup_fd_ int fd = -1;
	int r;

	if (!socket)
		return cli_complain(cli, EX_UNAVAILABLE,
			"the service is not running; start it with `%s`", ask_start_command(cli));
	/* Whoever hangs is not waited for as long as a mail server. */
	if (msec > ASK_MSEC && control_ping(socket, ASK_MSEC) == -EAGAIN)
		return cli_complain(cli, EX_UNAVAILABLE,
			"the service does not answer; what mends it, `nudge doctor` finds out");
	fd = control_connect(socket, &cli->err);
	if (fd < 0)
		return cli_complain(cli, EX_UNAVAILABLE, "%s", cli->err.text);
	r = control_send(fd, words, ARRAY_SIZE(words), -1);
	if (r == 0)
		r = control_receive(fd, msec, ret);
	if (r < 0)
		return ask_complain(cli, r);
	r = atoi(ret->words[0]);
	return r ? cli_complain(cli, r, "%s", ret->words[1]) : 0;
}

void ask_hurry(const struct cli *cli)
{
	static const char *const words[] = { "hurry", "" };
	_cleanup_free_ char *socket = ask_socket(cli);
	_cleanup_fd_ int fd = socket ? control_connect(socket, NULL) : -1;
	struct control_packet reply;

	if (fd >= 0 && control_send(fd, words, ARRAY_SIZE(words), -1) == 0)
		(void)control_receive(fd, ASK_MSEC, &reply);
}
