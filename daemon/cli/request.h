/* SPDX-License-Identifier: MIT */
/*
 * request: an outreach on the terminal: which one is meant, how it looks, on to its next stage.
 */
#ifndef NUDGE_CLI_REQUEST_H
#define NUDGE_CLI_REQUEST_H

#include "book/outreaches.h"
#include "cli/cli.h"

/* The outreach that `text` names (its handle, a part of its name, a contact): 0, and *ret_contact the
 * contact or 0; ret->n is 0 where there is none yet. Or a status: ambiguous ones are listed. */
int request_find(struct cli *cli, const char *text, struct outreaches *ret, int64_t *ret_contact);

/* "draft", "ready", "sent", ... */
const char *request_state(const struct cli *cli, const struct outreach *outreach);
/* One line, or an element of JSON; `whole`: with all that is noted. */
void request_show(struct cli *cli, const struct outreach *outreach, bool whole);

/* In a transaction: the stage is reached; accepted, somebody new becomes a contact. -ENOENT, with a
 * sentence, where questions are open that were to be answered before. */
int request_advance(struct cli *cli, const struct outreach *outreach, enum outreach_stage stage);

#endif
