/* SPDX-License-Identifier: MIT */
/*
 * init-internal: what the dialogue of `nudge init` knows, for the files it is written in.
 */
#ifndef NUDGE_CLI_INIT_INTERNAL_H
#define NUDGE_CLI_INIT_INTERNAL_H

#include "cli/answers.h"
#include "cli/cli.h"
#include "cli/place.h"

struct init {
	const char *given[ANSWERS_COUNT];
	const char *password_file, *password_credential;
	bool no_test, no_enable, yes;
	struct cli *cli;
	bool asks;  /* there is somebody at the terminal */
	bool first; /* there was no configuration */
	bool kept;  /* there was one, and it stays */
	bool fails; /* a mail, and it was written all the same */
	bool waits; /* the test mail, for the service: it alone has the password */
	bool runs;  /* the service was started */
	struct place place;
	struct answers answers;
	struct conf *conf; /* that is in place */
};

/* When the configuration is in its place: starts the service that reads it, or says how; has that one send the
 * test mail that nobody else could; says what comes next. 0 or an exit status. */
int init_serve(struct init *init);
int init_try_in_place(struct init *init);
void init_tell_steps(const struct init *init);

#endif
