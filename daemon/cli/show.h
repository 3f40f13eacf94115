/* SPDX-License-Identifier: MIT */
/*
 * show: contacts on the terminal and as JSON.
 */
#ifndef NUDGE_CLI_SHOW_H
#define NUDGE_CLI_SHOW_H

#include "book/books.h"
#include "book/search.h"
#include "cli/cli.h"

void show_owner(struct cli *cli, const struct owner *owner);
/* All of them: 0 or an exit status. `all`: with source and day of everything held. */
int show_contact(struct cli *cli, int64_t id, bool all);
int show_list(struct cli *cli, const struct contact_ids *ids);

#endif
