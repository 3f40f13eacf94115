/* SPDX-License-Identifier: MIT */
/*
 * ask: the running service, for what it alone can do.
 */
#include "cli/ask.h"

#include "base/lock.h"
#include "conf/location.h"

#include <errno.h>
#include <stdlib.h>

static char *ask_socket(const struct cli *cli)
{
	_cleanup_free_ char *database = cli_database(cli);

	return database ? lock_socket_of(database) : NULL;
}

bool ask_is_possible(const struct cli *cli)
{
	_cleanup_free_ char *socket = ask_socket(cli);

	return socket != NULL;
}

void ask_start_command(const struct cli *cli, struct str *out)
{
	_cleanup_free_ char *config = conf_find(cli->config_path);
	_cleanup_free_ char *unit = config ? location_unit(config) : NULL;
	bool system = config && location_is_system(config);

	str_addf(out, "%ssystemctl%s start %s", system && getenv("SUDO_USER") ? "sudo " : "",
		system ? "" : " --user", unit ? unit : "nudged");
}

int ask_quietly(const struct cli *cli, const char *request, struct control_packet *ret)
{
	_cleanup_free_ char *socket = ask_socket(cli);

	return socket ? control_ask(socket, request, "", ASK_MSEC, ret, NULL) : -ENOENT;
}

int ask_service(struct cli *cli, const char *request, const char *argument, int msec,
	struct control_packet *ret)
{
	_cleanup_free_ char *socket = ask_socket(cli);
	_cleanup_str_ struct str command = STR_INIT;
	int status;

	ask_start_command(cli, &command);
	if (!socket)
		return cli_complain(cli, EX_UNAVAILABLE,
			"the service is not running; start it with `%s`", str_text(&command));
	/* Whoever hangs is not waited for as long as a mail server. */
	if (msec > ASK_MSEC && control_is_silent(socket, ASK_MSEC))
		return cli_complain(cli, EX_UNAVAILABLE,
			"the service does not answer; what mends it, `nudge doctor` finds out");
	if (control_ask(socket, request, argument, msec, ret, &cli->err) < 0)
		return cli_complain(cli, EX_UNAVAILABLE, "%s", cli->err.text);
	status = atoi(ret->words[0]);
	return status ? cli_complain(cli, status, "%s", ret->words[1]) : 0;
}

void ask_hurry(const struct cli *cli)
{
	struct control_packet reply;

	(void)ask_quietly(cli, "hurry", &reply);
}
