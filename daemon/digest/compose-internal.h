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
#include "digest/talk.h"

/* Formats into memory of its own; NULL where there is none. */
char *compose_text(const char *format, ...) PRINTF_LIKE(1, 2);
/* The same of what `part` is among: where memory ran out for that, there is none for the whole. */
char *compose_with(const struct str *part, const char *format, ...) PRINTF_LIKE(2, 3);

/* A command on the book of this mail, "nudge -b club done f1", NULL as above; and the line, which is taken over, with
 * that in a line of its own where it would be broken into two. */
char *compose_command(const struct compose *compose, const char *format, ...) PRINTF_LIKE(2, 3);
char *compose_keep_command(char *line, const char *command);

bool compose_is_collapsed(const struct item *item); /* it stands with others in one line */
/* The handle of an item that commands can be shown with, and of one that can wait; NULL where there is none. */
const char *compose_example(const struct compose *compose);
const char *compose_example_for_later(const struct compose *compose);
/* Whether an item further up has told what is known of the contact. */
bool compose_is_known(const struct compose *compose, int64_t contact);

/* entry: an item whole; who somebody is, where there is room for that in the line of the first link (so links come
 * before it); another lead, cut to that room; what there is to say, and with that the entry's end. */
int compose_add_item(
	struct document_section *section, const struct compose *compose, const struct item *item);
int compose_set_work(struct document_entry *entry, const struct contact *contact);
int compose_set_lead(struct document_entry *entry, const struct str *words);
int compose_end_entry(
	struct document_entry *entry, const struct compose *compose, struct talk *talk);
/* Why it is there; what there is to pick up with somebody: the last touch or where one met, what they seek, the
 * note, but nothing that the item (NULL: none) says itself. */
void compose_tell_why(struct talk *talk, const struct compose *compose, const struct item *item);
void compose_tell_person(struct talk *talk, const struct compose *compose,
	const struct contact *contact, const struct item *item);

/* link: what one acts with. A message opens with its salutation in the contact's language, and holds no
 * other word; what is no address, number or web page becomes no link. All of a person's; their address
 * or else their number, with a label before it; one message to two who both have an address; a profile,
 * or another page. */
enum compose_ways {
	COMPOSE_STRANGER = 1 << 0,   /* greeted as one does not know them */
	COMPOSE_NO_PHONE = 1 << 1,   /* unless there is no address */
	COMPOSE_NO_PROFILE = 1 << 2, /* what an item before has of them */
};
int compose_add_links(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, unsigned ways);
int compose_add_link_to(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const char *label);
int compose_add_link_to_both(struct document_entry *entry, const struct compose *compose,
	const struct contact *one, const struct contact *other);
int compose_add_profile(struct document_entry *entry, const char *url);
int compose_add_page(struct document_entry *entry, const char *url, const char *label);

/* match: how a help or an introduction comes about; who both people of the latter are, and how to reach
 * them. */
void compose_tell_match(struct talk *talk, const struct compose *compose, const struct item *item);
void compose_hint_two(struct talk *talk, const struct compose *compose, const struct item *item);
int compose_add_links_to_two(
	struct document_entry *entry, const struct compose *compose, const struct item *item);

/* outreach: what is open or was answered; the command that goes on from there; their page. */
void compose_tell_outreach(
	struct talk *talk, const struct compose *compose, const struct item *item);
int compose_lead_outreach(
	struct document_entry *entry, const struct compose *compose, const struct item *item);
int compose_add_outreach_link(struct document_entry *entry, const struct item *item);

/* call: the name by which a subject calls whom an item is about, "" for nobody; NULL as above. And the whole one. */
char *compose_call(const struct compose *compose, const struct item *item);
const char *compose_item_name(const struct item *item);

/* subject: what the first items say, as far as the columns reach, and how many more there are; and what
 * a mailbox shows beside it, of a document that is complete. */
char *compose_subject(const struct compose *compose);
char *compose_preheader(const struct document *document, const struct compose *compose);

/* trouble: a digest that did not arrive, a trouble that is over, days on which none was written. */
int compose_add_trouble(
	struct document *document, const struct compose *compose, const struct compose_lost *lost);
int compose_add_past(struct document *document, const struct compose *compose);
int compose_add_silence(struct document *document, const struct compose *compose);

/* welcome: a first digest's beginning, the part of it that explains items, how many
 * items it leaves out (behind those it has), what comes, whom to begin with. */
int compose_add_welcome(struct document *document, const struct compose *compose);
int compose_add_guide(
	struct document *document, const struct compose *compose, const struct book_counts *counts);
int compose_add_later(struct document *document, const struct compose *compose);
int compose_add_next(struct document *document, const struct compose *compose);
int compose_add_people(struct document *document, const struct compose *compose);

#endif
