/* SPDX-License-Identifier: MIT */
/*
 * compose-internal: what the parts of a document's making share.
 *
 * Those that return int give 0 or -ENOMEM.
 */
#ifndef NUDGE_DIGEST_COMPOSE_INTERNAL_H
#define NUDGE_DIGEST_COMPOSE_INTERNAL_H

#include "core/str.h"
#include "digest/compose.h"

#define COMPOSE_SUBJECT_COLUMNS   60 /* what a phone's list shows of a subject, and a little more */
#define COMPOSE_PREHEADER_COLUMNS 120
#define COMPOSE_HEADLINE_COLUMNS  90 /* of one, where it stands in those */

/* Formats into memory of its own; NULL where there is none. */
char *compose_text(const char *format, ...) PRINTF_LIKE(1, 2);
/* The same of what `part` is among: where memory ran out for that, there is none for the whole. */
char *compose_with(const struct str *part, const char *format, ...) PRINTF_LIKE(2, 3);

/* The text in one line and, where it has more than so many columns, cut behind a word: "Likes mountains
 * and …". NULL where there is no memory. */
char *compose_short(const char *text, size_t columns);

/* How much of a note a digest has room for: of a long one less, for mailboxes cut those off. */
size_t compose_note_columns(const struct compose *compose);

/* Whether it stands with others in one line. */
bool compose_is_collapsed(const struct item *item);
/* The handle of an item that commands can be shown with; NULL where there is none. */
const char *compose_example(const struct compose *compose);
/* Whether an item that stands before `item` (NULL: any) has told what is known of the contact. */
bool compose_is_known(const struct compose *compose, int64_t contact, const struct item *item);

/* entry: an item whole; why it is there; who somebody is; what there is to pick up with them: the last
 * touch or where one met, what they seek, the note, but nothing that the item (NULL: none) says itself. */
int compose_add_item(
	struct document_section *section, const struct compose *compose, const struct item *item);
int compose_add_why(
	struct document_entry *entry, const struct compose *compose, const struct item *item);
int compose_add_work(struct document_entry *entry, const struct contact *contact);
int compose_add_person(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const struct item *item);

/* link: what one acts with. A message opens with its salutation in the contact's language, and holds no
 * other word; what is no address, number or web page becomes no link. All of a person's; their address
 * or else their number, with a label before it; one message to two who both have an address; a page. */
int compose_add_links(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, bool stranger);
int compose_add_link_to(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const char *label);
int compose_add_link_to_both(struct document_entry *entry, const struct compose *compose,
	const struct contact *one, const struct contact *other);
int compose_add_profile(struct document_entry *entry, const char *url);

/* match: how a help or an introduction comes about, and both people of the latter. */
int compose_add_match(
	struct document_entry *entry, const struct compose *compose, const struct item *item);

/* outreach: what is open, what was answered, and how to go about it. */
int compose_add_outreach(
	struct document_entry *entry, const struct compose *compose, const struct item *item);

/* subject: what the first items say, as far as the columns reach, and how many more there are; and what
 * a mailbox shows beside it, of a document that is complete. */
char *compose_subject(const struct compose *compose);
char *compose_preheader(const struct document *document, const struct compose *compose);

/* trouble: a digest that did not arrive. */
int compose_add_trouble(struct document *document, const struct compose *compose);
int compose_add_past(struct document *document, const struct compose *compose);

/* welcome */
int compose_add_welcome(struct document *document, const struct compose *compose);
int compose_add_next(struct document *document, const struct compose *compose);
int compose_add_people(struct document *document, const struct compose *compose);

#endif
