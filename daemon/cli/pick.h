/* SPDX-License-Identifier: MIT */
/*
 * pick: which forum a person means; which contact, see cli.h.
 */
#ifndef NUDGE_CLI_PICK_H
#define NUDGE_CLI_PICK_H

#include "book/forums.h"
#include "cli/cli.h"

/* The one forum that `name` names, a part of it or a handle: 0, or a status; the complaint is printed. */
int pick_forum(struct cli *cli, const char *name, struct forums *ret);

#endif
