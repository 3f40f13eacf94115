/* SPDX-License-Identifier: MIT */
/*
 * command: another program run to its end, for what it prints.
 */
#ifndef NUDGE_BASE_COMMAND_H
#define NUDGE_BASE_COMMAND_H

#include "core/err.h"
#include "core/str.h"

#define COMMAND_OUTPUT_MAX                                                                         \
	((size_t)64 * 1024) /* bytes of each output; what comes after is dropped */

/* Runs arguments ended by NULL, found by PATH, without a shell and without input, and waits for the end.
 * `out` gets what it printed, `complaint` the first line of its errors. Its exit status; -ENOENT: there
 * is no such program; -ETIMEDOUT: it did not end within so many seconds, and was killed; -EIO: a signal
 * ended it; other negative errnos. Only the errors have a sentence. */
int command_run(char *const *argv, unsigned seconds, struct str *out, struct str *complaint,
	struct err *reterr);

#endif
