/* SPDX-License-Identifier: MIT */
/*
 * gather: which files an import takes, where folders are named too.
 *
 * Of a folder those that look like an address book, in a stable order: Connections.csv first, for the
 * other files of LinkedIn's export speak of people that it brings; then by name. Folders inside are left
 * alone.
 */
#ifndef NUDGE_EXCHANGE_GATHER_H
#define NUDGE_EXCHANGE_GATHER_H

#include "core/err.h"

#include <stdbool.h>
#include <stdint.h>

#define GATHER_FOLDER_MAX 10000 /* entries of a folder; one with more is not meant */

struct gather_left {
	char *path, *why; /* "is a folder" */
};

struct gather {
	char **paths;
	char **places;   /* beside them, where another than the path is to be read; else NULL */
	uint64_t *sizes; /* in bytes, likewise */
	size_t n;
	struct gather_left *left; /* what a folder holds beside them */
	size_t n_left;
	bool folder; /* one of what was named was a folder */
};
void gather_done(struct gather *gather);
#define _cleanup_gather_ _cleanup_(gather_done)

/* Takes in a file, or the files of a folder.
 * 0; -ENOENT and others: it cannot be read; -EBADMSG: a folder without any. */
int gather_add(struct gather *gather, const char *path, struct err *reterr);

#endif
