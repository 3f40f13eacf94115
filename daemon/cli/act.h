/* SPDX-License-Identifier: MIT */
/*
 * act: what a person says of an item, by its handle. A file for each kind of item.
 */
#ifndef NUDGE_CLI_ACT_H
#define NUDGE_CLI_ACT_H

#include "agenda/occasion.h"
#include "cli/cli.h"

enum act_verb {
	ACT_DONE,   /* advances one stage */
	ACT_SKIP,   /* not this time */
	ACT_SNOOZE, /* later */
	ACT_DROP,   /* never again */
	ACT_VERB_COUNT
};

struct act {
	struct cli *cli;
	const char *verb; /* its name */
	enum occasion_leap leap;
	const char *note; /* of ACT_DONE, or NULL */
	int32_t day;      /* of ACT_SNOOZE */
	int minute;       /* -1: none */
};

/* A kind of item: finds the thing of that number and does the verb to it, which adds a line to the
 * output. -ENOENT, with a sentence: there is no such thing, or it is not open. */
struct act_kind {
	char letter;
	int (*run)(struct act *act, enum act_verb verb, int64_t number);
};
extern const struct act_kind act_occasion, act_follow_up, act_touch, act_thanks, act_coffee,
	act_help, act_introduction, act_outreach, act_forum;

/* By the handle's letter. Within a transaction: the caller takes all back where one of several fails. */
int act_on(struct act *act, enum act_verb verb, const char *handle);

/* One line about what was done, or an element of the JSON array. */
void act_tell(struct act *act, char letter, int64_t number, const char *what, const char *state);
/* The same, where the state is the day that it was put back to. */
void act_tell_until(struct act *act, char letter, int64_t number, const char *what);

#endif
