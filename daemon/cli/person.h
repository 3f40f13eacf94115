/* SPDX-License-Identifier: MIT */
/*
 * person: a contact's options, shared by add and edit.
 */
#ifndef NUDGE_CLI_PERSON_H
#define NUDGE_CLI_PERSON_H

#include "agenda/repeat.h"
#include "cli/cli.h"

struct person {
	const char *text[CONTACT_FIELD_COUNT];      /* NULL: not given; "" takes it away */
	const char *birthday, *met;                 /* "" takes it away */
	const char *via;                            /* a forum's name; the same */
	struct cli_list values[CONTACT_KIND_COUNT]; /* an empty one takes those of its kind away */
	struct cli_list untag;
	bool busy_inbox, no_busy_inbox; /* as flags; as a text in text[CONTACT_BUSY_INBOX] */
};
void person_done(struct person *person);
#define _cleanup_person_ _cleanup_(person_done)

#define PERSON_OF_EDIT 2 /* the first ones are edit's alone */
extern const struct cli_option person_options[];
extern const size_t person_n_options;

bool person_is_empty(const struct person *person);

/* "6 Wochen" as the contract has it: "6w"; "never" and "" as they are. 0 or a status. */
#define PERSON_EVERY_SIZE REPEAT_TEXT_SIZE
int person_parse_every(struct cli *cli, const char *text, char ret[PERSON_EVERY_SIZE]);

struct person_checked {
	bool has_birthday, has_met, busy_inbox;
	struct date birthday; /* month 0: to be taken away */
	bool met_is_gone;     /* to be taken away */
	int32_t met_day;
	int64_t via; /* a forum's number, 0: none */
	char every[PERSON_EVERY_SIZE];
};
/* Checks everything that was given before anything is stored: 0 or a status. */
int person_check(struct cli *cli, const struct person *person, struct person_checked *ret);

/* Stores it in the caller's transaction: 0 or a negative error with a sentence in cli->err. */
int person_store(struct cli *cli, int64_t id, const struct person *person,
	const struct person_checked *checked);

#endif
