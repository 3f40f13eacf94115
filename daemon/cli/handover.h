/* SPDX-License-Identifier: MIT */
/*
 * handover: files that a command is given, where "-" is the standard input or output.
 *
 * In the system's mode root is another user by the time a file is opened, and may not open what is root's alone.
 * The shell, which is root still, can: so "-" is also the way for such a file, and whoever names it is told so.
 */
#ifndef NUDGE_CLI_HANDOVER_H
#define NUDGE_CLI_HANDOVER_H

#include "cli/cli.h"

#define HANDOVER_STANDARD "-"

/* Puts what comes on standard input into a new file at `path`, and such a file, which is gone with that, on standard
 * output. 0 or a negative errno. What a command only reads needs no file: spool_stdin(). */
int handover_read(const char *path, struct err *reterr);
int handover_write(const char *path, struct err *reterr);

/* After cli_load_conf(): whether the one whom root has become may read a file, or put one there: 0, or EX_NOPERM,
 * and what to type is said. `verb` is the command's, with its options. */
int handover_check_input(const struct cli *cli, const char *path, const char *verb);
int handover_check_output(const struct cli *cli, const char *path, const char *verb);

#endif
