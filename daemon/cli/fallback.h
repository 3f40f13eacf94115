/* SPDX-License-Identifier: MIT */
/*
 * fallback: a digest's settings for those who have no configuration yet.
 */
#ifndef NUDGE_CLI_FALLBACK_H
#define NUDGE_CLI_FALLBACK_H

#include "cli/cli.h"

struct fallback {
	struct conf_digest digest;
};
void fallback_done(struct fallback *fallback);

/* The configured digest of the book, or the defaults in `fallback`: a daily one in the session's
 * language. 0 or an exit status. */
int fallback_digest(struct cli *cli, struct fallback *fallback, const struct conf_digest **ret);

#endif
