/* SPDX-License-Identifier: MIT */
/*
 * change: a verb's transaction, noted so that `nudge undo` can take it back.
 *
 *     _cleanup_(change_done) struct change change = { 0 };
 *     int r = change_begin(&change, cli);
 *     ...
 *     if (r == 0)
 *             r = change_commit(&change, "add %s", name);
 */
#ifndef NUDGE_CLI_CHANGE_H
#define NUDGE_CLI_CHANGE_H

#include "book/undo.h"
#include "cli/cli.h"

struct change {
	struct cli *cli;
	struct store *transaction;
	struct undo *undo;
};

/* 0 or a negative error with its sentence in cli->err. */
int change_begin(struct change *change, struct cli *cli);
/* The text says to a person what is taken back. */
int change_commit(struct change *change, const char *format, ...) PRINTF_LIKE(2, 3);
void change_done(struct change *change); /* rolls back what was not committed */

#endif
