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

/* How the service is started by whoever asks here: "systemctl --user start nudged", "sudo systemctl start
 * nudged@anna". */
void ask_start_command(const struct cli *cli, struct str *out);

#endif
