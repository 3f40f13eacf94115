/* SPDX-License-Identifier: MIT */
/*
 * card: one vCard's properties as they become a record. The reader of the stream is vcard.
 */
#ifndef NUDGE_FORMAT_CARD_H
#define NUDGE_FORMAT_CARD_H

#include "format/contentline.h"
#include "format/record.h"

#define CARD_LETTERS 27 /* A to Z and one behind */

#define CARD_KNOWN 64 /* kinds of lines that are kept in mind */

struct card_grouped;
struct card_property;

/* What is known of lines by contentline.number. */
struct card_known {
	uint64_t number;
	const struct card_property *property;
	char label[32]; /* "": none */
	unsigned char preference;
	bool labelled;
};

struct card {
	struct record record;
	const char *reason; /* why the card cannot be used, NULL while it can */
	size_t bytes;       /* of what is kept */

	/* The card's own. */
	const char *built_name;
	struct str note, text, label, decoded, plain;
	struct card_known known[CARD_KNOWN];
	struct card_grouped *grouped;
	size_t n_grouped, grouped_size;
	bool own;                 /* it says that an export of ours made it */
	bool utf8;                /* the current line is, as it stands */
	bool simple;              /* and says what stands there, escapes apart */
	uint32_t preferring;      /* 1 << record_kind: a value of that kind has a preference */
	unsigned char preference; /* of the last line whose label was asked for */
	bool dropping;            /* the last property was a photograph or the like */
	unsigned char first[CARD_LETTERS]; /* of each letter in the table of properties */
};

void card_init(struct card *card);
void card_done(struct card *card);
void card_begin(struct card *card, uint64_t line);

/* Whether the property is worth holding at all. */
bool card_wants(const struct card *card, struct slice name);
/* Takes in one line, or sets card->reason. 0 or -ENOMEM. */
int card_add(struct card *card, const struct contentline *line);
/* All lines are there: completes card->record, or sets card->reason. 0 or -ENOMEM. */
int card_finish(struct card *card);

#endif
