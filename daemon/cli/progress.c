/* SPDX-License-Identifier: MIT */
/*
 * progress: how far a long work is, on a terminal, and gone when it is done.
 */
#include "cli/progress.h"

#include "base/clock.h"
#include "core/str.h"

#include <stdio.h>
#include <unistd.h>

#define PROGRESS_FIRST_MS 500
#define PROGRESS_EVERY_MS 100

void progress_begin(struct progress *progress, const char *what, uint64_t total)
{
	const char *term = getenv("TERM");

	/* A line is taken back by a sequence that a dumb terminal would print. */
	*progress = (struct progress){ .what = what,
		.total = total,
		.terminal = isatty(STDERR_FILENO) && term && !str_equal(term, "dumb"),
		.next_ms = clock_monotonic_msec() + PROGRESS_FIRST_MS };
}

void progress_tell(struct progress *progress, uint64_t done)
{
	int64_t now;

	if (!progress->terminal || !progress->total)
		return;
	now = clock_monotonic_msec();
	if (now < progress->next_ms)
		return;
	progress->next_ms = now + PROGRESS_EVERY_MS;
	progress->shown = true;
	if (done > progress->total)
		done = progress->total;
	(void)fprintf(stderr, "\r%s: %d%%\033[K", progress->what,
		(int)((double)done / (double)progress->total * 100));
	(void)fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (progress->shown)
		(void)fputs("\r\033[K", stderr);
	progress->shown = false;
}
