/* SPDX-License-Identifier: MIT */
/*
 * mails: the latest mails, for `nudge status --history`.
 */
#ifndef NUDGE_CLI_MAILS_H
#define NUDGE_CLI_MAILS_H

#include "cli/cli.h"

/* "2026-11-23T07:00:00+01:00" in that zone. */
void mails_add_instant(struct str *out, const struct zone *zone, int64_t instant);

/* "next try at 23:10": never more than some hours away. */
void mails_add_next_try(struct str *out, const struct cli *cli, int64_t next_try);

/* A paragraph on the terminal; or the value of a key in the document that is being written. */
int mails_print(struct cli *cli);
int mails_write_json(struct cli *cli);

#endif
