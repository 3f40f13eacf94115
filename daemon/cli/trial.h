/* SPDX-License-Identifier: MIT */
/*
 * trial: a configuration tried out before there is one: in a folder of its own, which is gone
 * afterwards, with an empty book.
 */
#ifndef NUDGE_CLI_TRIAL_H
#define NUDGE_CLI_TRIAL_H

#include "cli/cli.h"
#include "conf/initial.h"

/* A password file that is not named is the trial's own. Whether a configuration made of that would be
 * accepted: 0, or -EINVAL with the lines of conf_load() in `reterrors`; others with a sentence. */
int trial_check(
	const struct initial *initial, int64_t now, struct str *reterrors, struct err *reterr);

/* `nudge test-send` with it, and the password where it is one (else NULL): its exit status; it has
 * said what is wrong. 1 also where the trial itself failed, or was interrupted. */
int trial_send(struct cli *cli, const struct initial *initial, const char *password);

/* The same with a configuration that is in place, where only the service that runs with it has the password. */
int trial_send_in_place(struct cli *cli, const char *config);

#endif
