/* SPDX-License-Identifier: MIT */
/*
 * naming: where a name ends among the words of a command: "Ben Bauer call him".
 *
 * Words of a name need no quotes, and neither do those behind it. The first words are the name as far as they
 * are whole words of one; the first alone may be a part of it, as CONTACT may. A last word with blanks in it was
 * quoted: it stands alone, and all before it is the name.
 */
#ifndef NUDGE_CLI_NAMING_H
#define NUDGE_CLI_NAMING_H

#include "cli/cli.h"

enum naming {
	NAMING_WHOLE,  /* every word of the text is a word of the name */
	NAMING_BEGINS, /* or the beginning of one */
};
/* Case and accents apart. */
bool naming_fits(const char *text, const char *name, enum naming how);

/* How many of cli->words, of which there is one at least, name a contact; as many as there are where nothing else
 * is said. Where they name nobody it is how many would: 1, or all but a quoted one; 0 where there is one word
 * alone. The contact is cli_pick()'s to find. 0 or a negative error. */
int naming_split(struct cli *cli, size_t *ret_n);
/* The same of a forum, any part of whose name will do. */
int naming_split_forum(struct cli *cli, size_t *ret_n);

#endif
