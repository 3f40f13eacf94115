/* SPDX-License-Identifier: MIT */
/*
 * mode: whose book it is: a user's own, or that of the system's service.
 */
#ifndef NUDGE_CLI_MODE_H
#define NUDGE_CLI_MODE_H

#include "cli/cli.h"

/* Before a file of that configuration is touched. The system's: root becomes the service's user for
 * the rest of the process, anybody else but that user is refused, with what to type. To root it
 * is said, on a terminal, that this is not a book of root's. 0, or an exit status. */
int mode_enter(struct cli *cli, const char *config);

/* Finds the folder of a user's own manager, of which nobody has told who came by runuser(1) or su(1). */
void mode_find_runtime(void);

/* Whether mode_enter() will make another user of root, for the configuration that the command is for. */
bool mode_is_ahead(const struct cli *cli);

/* To root, who may read everything: whether the service's user may read a file. True where there is none. */
bool mode_service_may_read(const char *path);

/* On a terminal, which book was opened, where nobody has typed it and it may be another than is thought of:
 * $NUDGED_CONFIG has chosen it, or it is root's own and there is the system's too. */
void mode_tell_book(const struct cli *cli, const char *database);

#endif
