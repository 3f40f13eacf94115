/* SPDX-License-Identifier: MIT */
/*
 * contacts: the people of a book.
 *
 * What changes a contact runs in the caller's transaction, and ends with search_index().
 */
#ifndef NUDGE_BOOK_CONTACTS_H
#define NUDGE_BOOK_CONTACTS_H

#include "book/store.h"
#include "book/search.h"

#define CONTACT_TEXT_MAX (64 * 1024) /* bytes of one field or value */
#define CONTACT_YES      "yes"
#define CONTACT_HAND     "hand" /* the source of what a person typed; imports never overwrite it */
/* Of what was imported before sources had names, where it is not known which one it was. */
#define CONTACT_IMPORT "vcard"

/* Single texts, in the order of their columns. */
enum contact_field {
	CONTACT_NAME,
	CONTACT_ORG,
	CONTACT_TITLE,
	CONTACT_CITY,
	CONTACT_LANGUAGE,
	CONTACT_SALUTATION,
	CONTACT_NOTE,
	CONTACT_EVERY,
	CONTACT_MET_PLACE,
	CONTACT_BUSY_INBOX, /* CONTACT_YES: many want something of them */
	CONTACT_FIELD_COUNT,
};

/* What a contact may have several of. */
enum contact_kind {
	CONTACT_EMAIL,
	CONTACT_PHONE,
	CONTACT_LINK,
	CONTACT_TAG,
	CONTACT_OFFERS,
	CONTACT_SEEKS,
	CONTACT_EXTRA, /* what an import brought and no field holds */
	CONTACT_KIND_COUNT,
};

struct contact_value {
	enum contact_kind kind;
	char *text;
	char *label; /* NULL: none */
	char *source;
};

struct contact {
	int64_t id;
	char *field[CONTACT_FIELD_COUNT]; /* NULL: unknown; the name never is */
	bool has_met;
	int32_t met_day;
	bool has_touch; /* the last one */
	int32_t touch_day;
	char *touch_kind, *touch_note; /* an English word; NULL: nothing was noted */
	struct contact_value *values;  /* by kind, then as they were entered */
	size_t n_values;
};
void contact_done(struct contact *contact);
#define _cleanup_contact_ _cleanup_(contact_done)

/* As they are kept: "email", "met_place". */
const char *contact_kind_name(enum contact_kind kind);
const char *contact_field_name(enum contact_field field);
/* The first value of that kind, or NULL. */
const char *contact_first(const struct contact *contact, enum contact_kind kind);

/* -ENOENT where the book has no such contact. */
int contacts_load(
	struct store *store, int64_t book, int64_t id, struct contact *ret, struct err *reterr);

int contacts_check(struct store *store, int64_t book, int64_t id,
	struct err *reterr); /* 0, or -ENOENT as above */
/* The name alone; the caller frees. -ENOENT where no book has such a contact. */
int contacts_name(struct store *store, int64_t id, char **ret, struct err *reterr);

int contacts_add(struct store *store, int64_t book, const char *name, const char *source,
	int32_t today, int64_t *ret_id, struct err *reterr);

/* "" or NULL takes the text away (not the name). 0, or CONTACT_KEPT where `source` is not CONTACT_HAND
 * and a person has set the field. */
#define CONTACT_KEPT 1
int contacts_set(struct store *store, int64_t id, enum contact_field field, const char *text,
	const char *source, int32_t today, struct err *reterr);
/* 1 where a person has set the field, so that no import changes it. */
int contacts_is_by_hand(
	struct store *store, int64_t id, enum contact_field field, struct err *reterr);
int contacts_set_met(struct store *store, int64_t id, int32_t day, struct err *reterr);
int contacts_clear_met(struct store *store, int64_t id, struct err *reterr);

/* 0, or CONTACT_KEPT where it stands there already (case and accents apart), or was taken away by hand and
 * comes from elsewhere. */
int contacts_add_value(struct store *store, int64_t id, enum contact_kind kind, const char *text,
	const char *label, const char *source, int32_t today, struct err *reterr);
/* Puts another text in its place. */
int contacts_replace_value(struct store *store, int64_t id, enum contact_kind kind, const char *old,
	const char *text, const char *source, int32_t today, struct err *reterr);
/* What the value is for: "work". */
int contacts_set_label(struct store *store, int64_t id, enum contact_kind kind, const char *text,
	const char *label, struct err *reterr);
/* By hand: no import brings it back. 0, or CONTACT_KEPT where there is no such value. */
int contacts_remove_value(struct store *store, int64_t id, enum contact_kind kind, const char *text,
	int32_t today, struct err *reterr);
/* All of that kind. 0, or CONTACT_KEPT where there is none. */
int contacts_clear_values(
	struct store *store, int64_t id, enum contact_kind kind, int32_t today, struct err *reterr);
/* Erases the contact from every table, from stored messages' text and with the undo journal. */
int contacts_remove(struct store *store, int64_t book, int64_t id, struct err *reterr);

#endif
