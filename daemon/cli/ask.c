/* SPDX-License-Identifier: MIT */
/*
 * ask: the running service, for what it alone can do.
 */
#include "cli/ask.h"

#include "base/lock.h"
#include "cli/starter.h"
#include "conf/invoke.h"
#include "conf/location.h"
#include "doctor/unit.h"
#include "format/shellword.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *ask_socket(const struct cli *cli)
{
	_cleanup_free_ char *database = cli_database(cli);

	return database ? lock_socket_of(database) : NULL;
}

static const char *ask_sudo(bool system)
{
	return system && getenv("SUDO_USER") ? "sudo " : "";
}

bool ask_is_possible(const struct cli *cli)
{
	_cleanup_free_ char *socket = ask_socket(cli);

	return socket != NULL;
}

static bool ask_add_program(
	const struct cli *cli, const char *config, const char *option, struct str *out)
{
	_cleanup_free_ char *usual = location_configuration();
	bool system = location_is_system(config);
	bool named = cli->config_path || !str_equal(config, usual);

	str_add(out, ask_sudo(system));
	invoke_add_program(out, system, option, named ? config : NULL);
	return system;
}

bool ask_once_command(const struct cli *cli, struct str *out)
{
	_cleanup_free_ char *config = conf_find(cli->config_path);

	return config && ask_add_program(cli, config, "--once", out);
}

void ask_unit_command(const struct cli *cli, const char *verb, struct str *out)
{
	_cleanup_free_ char *config = conf_find(cli->config_path);
	_cleanup_free_ char *unit = config ? location_unit(config) : NULL;
	bool system = config && location_is_system(config);

	str_addf(out, "%ssystemctl%s %s ", ask_sudo(system), system ? "" : " --user", verb);
	shellword_add(out, unit ? unit : "nudged", SHELLWORD_PLAIN);
}

enum ask_way ask_start_command(const struct cli *cli, struct str *out)
{
	_cleanup_free_ char *config = conf_find(cli->config_path);
	_cleanup_free_ char *unit = config ? location_unit(config) : NULL;
	const struct starter service = { unit, unit && location_is_system(config) };
	const struct starter timer = { UNIT_TIMER, service.system };

	if (!unit) {
		out->failed = true;
		return ASK_INIT;
	}
	if (!cli->conf && access(config, F_OK) < 0) {
		str_add(out, "nudge init");
		return ASK_INIT;
	}
	if (!location_has_unit(config) || !starter_is_known(&service)) {
		(void)ask_add_program(cli, config, "--foreground", out);
		return ASK_PROGRAM;
	}
	if (starter_is_failed(&service)) {
		ask_unit_command(cli, "reset-failed", out);
		str_add(out, " && ");
	}
	ask_unit_command(cli, "start", out);
	/* It is that of the first, not of one of several. */
	return !strchr(unit, '@') && starter_is_active(&timer) ? ASK_TIMER : ASK_UNIT;
}

bool ask_learn(struct cli *cli, struct str *line)
{
	_cleanup_free_ char *config = conf_find(cli->config_path);
	_cleanup_free_ char *socket = config ? location_find_socket(config) : NULL;
	struct control_packet reply;

	if (!socket || control_ask(socket, "status", "", ASK_MSEC, &reply, NULL) < 0 ||
		!str_equal(reply.words[0], "0") || !*reply.words[2])
		return false;
	cli->database = str_dup(reply.words[2]);
	str_add(line, reply.words[1]);
	return cli->database && !line->failed;
}

int ask_quietly(const struct cli *cli, const char *request, struct control_packet *ret)
{
	_cleanup_free_ char *socket = ask_socket(cli);

	return socket ? control_ask(socket, request, "", ASK_MSEC, ret, NULL) : -ENOENT;
}

static int ask_refuse_idle(const struct cli *cli)
{
	_cleanup_str_ struct str command = STR_INIT;

	if (ask_start_command(cli, &command) == ASK_TIMER)
		return cli_complain(cli, EX_UNAVAILABLE,
			"no service is running, nudged-once.timer starts one for what is due; for this, `%s`, "
			"and stop it afterwards",
			str_text(&command));
	return cli_complain(cli, EX_UNAVAILABLE, "the service is not running; start it with `%s`",
		str_text(&command));
}

int ask_service(struct cli *cli, const char *request, const char *argument, int msec,
	struct control_packet *ret)
{
	_cleanup_free_ char *socket = ask_socket(cli);
	int status;

	if (!socket)
		return ask_refuse_idle(cli);
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
