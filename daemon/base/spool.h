/* SPDX-License-Identifier: MIT */
/*
 * spool: a file that is there whole or not at all.
 *
 * What is written goes to a file beside the target (mode 0600), which takes its place at the end; what is
 * no regular file (standard output, a pipe, a device) gets everything at once, at the end. So nobody reads
 * half a document, and a reader who waits does not hold up the writer's transaction.
 */
#ifndef NUDGE_BASE_SPOOL_H
#define NUDGE_BASE_SPOOL_H

#include "core/err.h"

#include <stdbool.h>
#include <sys/stat.h>

struct spool {
	int fd;
	char *target;    /* for errors; where `replace`: what is replaced, links followed */
	char *temporary; /* NULL: has no name */
	bool replace;
	bool to_stdout;
};

#define SPOOL_INIT      ((struct spool){ .fd = -1 })
#define _cleanup_spool_ _cleanup_(spool_done)

/* `path` NULL: standard output. -EISDIR, -EACCES and others where it cannot be. */
int spool_open(struct spool *ret, const char *path, struct err *reterr);
/* Whether it would replace that file. */
bool spool_replaces(const struct spool *spool, const struct stat *file);
int spool_write(struct spool *spool, const void *bytes, size_t n, struct err *reterr);
/* It is on the disk, under its name, when this returns. */
int spool_commit(struct spool *spool, struct err *reterr);
/* What was not committed is gone. */
void spool_done(struct spool *spool);

/* Copies all that `from` still gives; both names are for errors. */
int spool_pour(int from, const char *source, int to, const char *target, struct err *reterr);

/* Puts all that `from` still gives into a file without a name that any user may read: a descriptor for it, or a
 * negative errno. SPOOL_PLACE of its number is where it may be opened and read as often as any file. */
int spool_lend(int from, const char *source, struct err *reterr);
#define SPOOL_PLACE "/proc/self/fd/%d"

#define SPOOL_STDIN "/dev/stdin"
/* The same of standard input, in its place: from then on SPOOL_STDIN may be opened so. */
int spool_stdin(struct err *reterr);

#endif
