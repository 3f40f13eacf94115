/* SPDX-License-Identifier: MIT */
/*
 * apply: what a source says of somebody who is in the book.
 *
 * A person's word stands against every source. What stands nowhere is added; what another source has said is
 * left as it is, but for the contact's first source, which owns it; what a source has said itself it changes.
 */
#ifndef NUDGE_EXCHANGE_APPLY_H
#define NUDGE_EXCHANGE_APPLY_H

#include "book/contacts.h"
#include "book/occasions.h"
#include "book/sources.h"
#include "format/record.h"

/* Whose record it is. All is borrowed. */
struct speaker {
	struct store *store;
	int64_t book;
	const char *source;
	bool owns;   /* the contact's first source: changes what other imports have said */
	bool sole;   /* it has one record of the contact: changes what it has said itself */
	bool ours;   /* the book itself, by an export of it: it is no source of what stands */
	bool merged; /* of somebody who was merged into the contact: how they differ was told then */
	int32_t today;
	struct err *reterr;
};

/* What stands in the book of a contact, and who says it. */
struct standing {
	struct contact contact;
	char *sources[CONTACT_FIELD_COUNT];
	struct occasions occasions;
	struct alsos also;
};
void standing_done(struct standing *standing);
#define _cleanup_standing_ _cleanup_(standing_done)
int standing_load(struct standing *ret, struct store *store, int64_t book, int64_t contact,
	struct err *reterr);

/* `standing` is what stood there before: a day that is moved is moved there too. 1 where something changed:
 * search_index() is to follow; 0, or a negative error. In a transaction. */
int apply_record(const struct speaker *by, struct standing *standing, const struct record *record);

/* Whether the speaker may change what that source has said; of what a person set the book itself keeps it away. */
bool apply_may_change(const struct speaker *by, const char *source);

/* The value that a record's means, whatever its spelling, and the day; NULL: it does not stand there. */
struct contact_value *apply_find_value(
	const struct contact *contact, enum contact_kind kind, const char *text);
struct occasion *apply_find_occasion(
	const struct occasions *occasions, const struct record_occasion *occasion);
/* What it is called in book/sources.h. Returns buffer. */
#define APPLY_DAY_SIZE 24
const char *apply_name_day(const struct occasion *occasion, char buffer[APPLY_DAY_SIZE]);

#endif
