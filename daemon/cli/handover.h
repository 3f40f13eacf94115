/* SPDX-License-Identifier: MIT */
/*
 * handover: files that a command is given, where "-" is the standard input or output.
 *
 * In the system's mode root is another user by the time a file is opened, and may not open what is root's alone.
 * What is read is opened before that. For what is written the shell, which is root still, can do it: so "-" is also
 * the way for such a file, and whoever names it is told so.
 */
#ifndef NUDGE_CLI_HANDOVER_H
#define NUDGE_CLI_HANDOVER_H

#include "cli/cli.h"

#define HANDOVER_STANDARD "-"

/* Before cli_load_conf(), while root is root: where the one whom root will be may not read a file, a place of what is
 * in it, which lasts as long as the process. 1 and that place; 0: there is no need of it, and NULL; or a negative
 * errno. */
int handover_lend(const struct cli *cli, const char *path, char **ret_place, struct err *reterr);

/* Puts what comes from standard input, or from a place that was lent, into a new file at `path`; and such a file, which
 * is gone with that, on standard output. 0 or a negative errno. What a command only reads needs no file:
 * spool_stdin(). */
int handover_read(const char *path, const char *place, struct err *reterr);
int handover_write(const char *path, struct err *reterr);

/* Before cli_load_conf(): whether the folder of a file to be written is there, which afterwards cannot be told from one
 * that must not be entered. 0, or EX_CANTCREAT and it is said. */
int handover_check_folder(const struct cli *cli, const char *path);
/* After cli_load_conf(): whether the one whom root has become may put a file there: 0, or a status, and what to type is
 * said. `verb` is the command's, with the options that it needs where the file's name tells it nothing. */
int handover_check_output(const struct cli *cli, const char *path, const char *verb);

#endif
