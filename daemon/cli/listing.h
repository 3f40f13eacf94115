/* SPDX-License-Identifier: MIT */
/*
 * listing: what a noun without arguments lists.
 */
#ifndef NUDGE_CLI_LISTING_H
#define NUDGE_CLI_LISTING_H

#include "cli/cli.h"

/* Each opens the book and prints, or complains where there is nothing: 0 or a status. */
int listing_follow_ups(struct cli *cli); /* that are open, as they are due */
int listing_occasions(struct cli *cli);  /* from today on, as they come round */
int listing_tags(struct cli *cli);

/* A tag with its cadence (NULL: none) and how many carry it. */
void listing_print_tag(struct cli *cli, const char *name, const char *every, int64_t people);

#endif
