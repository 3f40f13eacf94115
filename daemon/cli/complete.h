/* SPDX-License-Identifier: MIT */
/*
 * complete: what the last word of a command may become: a verb, an option, somebody's name.
 */
#ifndef NUDGE_CLI_COMPLETE_H
#define NUDGE_CLI_COMPLETE_H

#include "book/candidates.h"
#include "cli/cli.h"
#include "cli/verbs.h"

#define COMPLETE_MAX 100 /* names offered at once: who wants to read more types a letter */

struct completion {
	struct candidates found; /* each instead of the whole word */
	bool files;              /* names of files are, which the shell knows better */
	bool loose; /* several that do not go on as the word begins: to be shown, not to be put in its place */
};
void completion_done(struct completion *completion);
#define _cleanup_completion_ _cleanup_(completion_done)

/* words[0..n): those behind "nudge", the last one is at the cursor; n > 0. The book is opened where it is asked for
 * names; without one there are none. 0 or an exit status. */
int complete(struct cli *cli, const char *const *words, size_t n, struct completion *ret);

/* The options of a verb. */
struct cli_syntax complete_syntax(const struct cli_verb *verb);

#endif
