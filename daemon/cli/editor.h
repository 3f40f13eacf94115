/* SPDX-License-Identifier: MIT */
/*
 * editor: a contact as a text that a person changes in their $EDITOR.
 */
#ifndef NUDGE_CLI_EDITOR_H
#define NUDGE_CLI_EDITOR_H

#include "cli/person.h"

/* Opens $VISUAL, $EDITOR or vi on the contact, and stores what was changed: 0 or an exit status.
 * A text that cannot be understood changes nothing, and is not lost: on a terminal it opens again with
 * the reason in its first line, else it stays in a file that is named. */
int editor_edit_contact(struct cli *cli, int64_t id);

/* What a contact's fields and values do not hold; NULL: unknown. */
struct editor_facts {
	const char *birthday, *met, *via;
};

/* "name: Anna", "email: ...": one line a value; lines that begin with two spaces continue the one
 * above. Kinds with several values have several lines. */
void editor_write(struct str *out, const struct contact *contact, const struct editor_facts *facts);

/* Reads such a text, in place, into `ret`, whose strings point into it, cleaned as utf8_tidy() does
 * it: 0 or a status. Only a note has lines. Fields without a line are "", to be taken away. */
int editor_read(struct cli *cli, char *text, struct person *ret);

/* Adds the text with what was complained of, as comments, in place of the comment that it begins with. */
void editor_add_complaints(struct str *out, const char *complaints, const char *text);

#endif
