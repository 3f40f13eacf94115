/* SPDX-License-Identifier: MIT */
/*
 * progress: how far a long work is, on a terminal, and gone when it is done.
 */
#ifndef NUDGE_CLI_PROGRESS_H
#define NUDGE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what; /* "Reading" */
	uint64_t total;
	bool terminal, shown;
	int64_t next_ms; /* when it may be shown again */
};

/* It goes to stderr, and nowhere where that is no terminal; what is done within half a second shows
 * nothing. `what` lives as long as the progress. */
void progress_begin(struct progress *progress, const char *what, uint64_t total);
/* At most ten times a second something is written; other calls cost next to nothing. */
void progress_tell(struct progress *progress, uint64_t done);
/* Takes it off the terminal. May be called again. */
void progress_end(struct progress *progress);

#endif
