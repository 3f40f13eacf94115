/* SPDX-License-Identifier: MIT */
/*
 * ask: the running service, for what it alone can do.
 */
#ifndef NUDGE_CLI_ASK_H
#define NUDGE_CLI_ASK_H

#include "base/control.h"
#include "cli/cli.h"

#define ASK_SEND_MSEC 120000 /* for a server that takes its time */
#define ASK_MSEC      5000

/* One request of the service that is at work on the book, and its reply: words[0] "0". 0, or an exit
 * status; what is wrong, also in the service's words, is printed. EX_UNAVAILABLE: it does not run, or
 * did not answer in time. */
int ask_service(struct cli *cli, const char *request, const char *argument, int msec,
	struct control_packet *ret);

/* The same of one that may be there, without a word. 0 and what it replied; -ENOENT: none is at work; -EAGAIN: it
 * answers nobody, which takes ASK_MSEC; others. */
int ask_quietly(const struct cli *cli, const char *request, struct control_packet *ret);

/* Tells the service that the mail server takes mail again; whether it hears that is no matter. */
void ask_hurry(const struct cli *cli);

/* Whether a service that can be asked is at work on the book. */
bool ask_is_possible(const struct cli *cli);

/* What whoever asks can do where no service is at work. */
enum ask_way {
	ASK_UNIT,    /* systemd knows the unit */
	ASK_TIMER,   /* and runs another in time: a resident one is not wanted, but for a moment */
	ASK_PROGRAM, /* no systemd, or no unit for this configuration */
	ASK_INIT,    /* no configuration yet */
};
/* And the command for it: "systemctl --user start nudged", "sudo systemctl start nudged@anna",
 * "/usr/sbin/nudged --foreground", "nudge init". systemd is asked. */
enum ask_way ask_start_command(const struct cli *cli, struct str *out);
/* "systemctl --user stop nudged", of the unit that reads the configuration. */
void ask_unit_command(const struct cli *cli, const char *verb, struct str *out);
/* The command that sends what is due, for who may run it. Whether it is the system's. */
bool ask_once_command(const struct cli *cli, struct str *out);

/* Where the configuration cannot be read: whether a service runs that has read it before. The book is that
 * one's then (cli_open() needs no configuration), and `line` what it says of itself. */
bool ask_learn(struct cli *cli, struct str *line);

#endif
