/* SPDX-License-Identifier: MIT */
/*
 * card-part: what the files of card share. Private to them.
 *
 * Functions that return int give 0 or -ENOMEM; a card that cannot be used has its reason set.
 */
#ifndef NUDGE_FORMAT_CARD_PART_H
#define NUDGE_FORMAT_CARD_PART_H

#include "format/card.h"
#include "format/value.h"

struct card_property {
	const char *name;
	size_t length; /* of the name */
	int (*read)(struct card *card, const struct contentline *line,
		const struct card_property *property);
	int kind; /* what the function makes of it */
};

/* The value without its encoding and in UTF-8; valid until the next call. */
struct slice card_value(struct card *card, const struct contentline *line);
/* Clean text, of no bytes where nothing stands there; valid until the next call, and no longer than `value`, of
 * which it is a part where that says what stands there: most do. */
struct slice card_text(struct card *card, struct slice value, enum value_form form);
/* The same as a string; valid until the next call. */
const char *card_string(struct card *card, struct slice value, enum value_form form);
/* The line as one that can stand in any vCard: decoded, without what said how it was encoded; valid as
 * card_text()'s. */
struct slice card_line(struct card *card, const struct contentline *line);
/* A copy in the record, which the limits count; NULL where memory ran out. */
const char *card_copy(struct card *card, const char *text, size_t n);
/* Looks whether there are too many values. */
void card_count(struct card *card);
/* As people write it, or their programs in the country's way: with the year, and no doubt about the month. */
bool card_is_written_day(struct card *card, struct slice value, struct date *ret);

int card_add_value(struct card *card, enum record_kind kind, const char *label, struct slice text);
/* X-APPLE-OMIT-YEAR names a year that means none. */
void card_omit_year(const struct contentline *line, struct date *date);
int card_read_extra(
	struct card *card, const struct contentline *line, const struct card_property *property);

/* Tags, and what our own exports alone say. */
int card_read_tags(
	struct card *card, const struct contentline *line, const struct card_property *property);
int card_read_product(
	struct card *card, const struct contentline *line, const struct card_property *property);
int card_read_own(
	struct card *card, const struct contentline *line, const struct card_property *property);
int card_read_own_value(
	struct card *card, const struct contentline *line, const struct card_property *property);

/* What is known of lines that begin as this one does: NULL where nothing is, or what is from now on. */
struct card_known *card_known(struct card *card, const struct contentline *line);
const struct card_property *card_learn(
	struct card *card, const struct contentline *line, const struct card_property *property);
/* "work", "fax" and what else its type says, without what every address is; NULL: nothing. Sets
 * card->preference too. */
const char *card_label(struct card *card, const struct contentline *line);

/* Groups: the value at `value` in the record belongs to the line's group. */
int card_group_add_value(struct card *card, const struct contentline *line, size_t value);
int card_group_read_day(
	struct card *card, const struct contentline *line, const struct card_property *property);
int card_group_read_label(
	struct card *card, const struct contentline *line, const struct card_property *property);
int card_group_finish(struct card *card);

#endif
