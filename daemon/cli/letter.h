/* SPDX-License-Identifier: MIT */
/*
 * letter: a first message laid out on the terminal, to be edited; never sent by us.
 */
#ifndef NUDGE_CLI_LETTER_H
#define NUDGE_CLI_LETTER_H

#include "book/coffees.h"
#include "book/outreaches.h"
#include "cli/cli.h"

/* The language that a person asked for (NULL: none): 0, or a status where it is none of ours. */
int letter_check_language(struct cli *cli, const char *language);

/* The message of a request, or of a coffee with a contact (`coffee` NULL: none is planned yet). In that
 * language, or NULL: the contact's, else the digest's. 0 or a status. */
int letter_print_outreach(struct cli *cli, const struct outreach *outreach, const char *language);
int letter_print_coffee(
	struct cli *cli, int64_t contact, const struct coffee *coffee, const char *language);

#endif
