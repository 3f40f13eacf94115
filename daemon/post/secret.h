/* SPDX-License-Identifier: MIT */
/*
 * secret: the password or token, from a file or a command.
 */
#ifndef NUDGE_POST_SECRET_H
#define NUDGE_POST_SECRET_H

#include "core/err.h"

#define SECRET_MAX             8192 /* bytes; tokens have some thousand */
#define SECRET_TIMEOUT_SECONDS 30

/* The first line of the file, without its end. A regular file that neither group nor others may
 * read, unless it lies below `credentials` (systemd's $CREDENTIALS_DIRECTORY; may be NULL).
 * -EINVAL where it is empty, too long, binary or readable by others; else open()'s errno. */
int secret_read_file(
	char ret[SECRET_MAX], const char *path, const char *credentials, struct err *reterr);

/* The first line that the command prints: arguments and NULL, no shell, found by PATH. It is waited
 * for; -ETIMEDOUT after so many seconds, when it and its children are killed. -EIO where it ends
 * with another status than 0. Nothing that it said is ever repeated. */
int secret_run_command(
	char ret[SECRET_MAX], char *const *command, unsigned seconds, struct err *reterr);

/* Whether secret_read_file() could read it, as far as can be told without doing so: 0, or what that returns. */
int secret_check_file(const char *path, const char *credentials, struct err *reterr);

void secret_wipe(char secret[SECRET_MAX]);

#endif
