/* SPDX-License-Identifier: MIT */
/*
 * complete-table: what the words and the options of each verb stand for.
 */
#ifndef NUDGE_CLI_COMPLETE_TABLE_H
#define NUDGE_CLI_COMPLETE_TABLE_H

#include <stdbool.h>

enum complete_what {
	COMPLETE_CONTACT = 1 << 0,
	COMPLETE_HANDLE = 1 << 1,
	COMPLETE_FORUM = 1 << 2,
	COMPLETE_REQUEST = 1 << 3, /* whom an outreach is to */
	COMPLETE_TAG = 1 << 4,
	COMPLETE_DIGEST = 1 << 5,
	COMPLETE_BOOK = 1 << 6,
	COMPLETE_FILE = 1 << 7,
	COMPLETE_CITY = 1 << 8,
	COMPLETE_LANGUAGE = 1 << 9,
};

struct complete_slot {
	unsigned what; /* of enum complete_what */
	const char *
		words; /* that may stand there too: "asked|made"; or NULL. Translated when they are offered */
	const char *letters; /* of the handles; NULL: all */
};

struct complete_verb {
	const char *name;
	struct complete_slot first, then; /* the first word; those behind it */
	bool apart;                       /* a name is one word here, quoted where it has blanks */
};

/* NULL where its words can be anything, or there are none. */
const struct complete_verb *complete_verb_find(const char *verb);
/* What the option's value is; NULL: anything. `verb`: NULL before it. */
const struct complete_slot *complete_option_find(const char *verb, const char *option);

#endif
