/* SPDX-License-Identifier: MIT */
/*
 * sources: who says what of a contact, and what becomes of it when they say it no more.
 *
 * Each text, value and day has one source; others that say the same stand beside it. What is said is called
 * "org" and the like (a text), "email:" and the like with the folded text (a value), "b12" (a day, by its
 * handle). A person's word ("hand") needs no others.
 */
#ifndef NUDGE_BOOK_SOURCES_H
#define NUDGE_BOOK_SOURCES_H

#include "book/contacts.h"
#include "core/str.h"

struct also {
	char *what, *source;
};

struct alsos {
	struct also *all;
	size_t n;
};
void alsos_done(struct alsos *alsos);
#define _cleanup_alsos_ _cleanup_(alsos_done)

/* source NULL: any. */
bool alsos_have(const struct alsos *alsos, const char *what, const char *source);
/* The others of a contact. */
int sources_also(struct store *store, int64_t contact, struct alsos *ret, struct err *reterr);
int sources_add_also(struct store *store, int64_t contact, const char *what, const char *source,
	struct err *reterr);
/* source NULL: of all. */
int sources_drop_also(struct store *store, int64_t contact, const char *what, const char *source,
	struct err *reterr);

/* What a value is called. */
void sources_add_value_name(struct str *out, enum contact_kind kind, const char *text);

/* Who set each of the contact's texts; NULL where it has none and nobody took it away. The caller frees each. */
int sources_of_fields(
	struct store *store, int64_t contact, char *ret[CONTACT_FIELD_COUNT], struct err *reterr);

/* All that the one source says of the contact is the other's. */
int sources_rename(
	struct store *store, int64_t contact, const char *from, const char *to, struct err *reterr);
/* A source says what came by an import that is not known. */
int sources_claim_value(struct store *store, int64_t contact, enum contact_kind kind,
	const char *text, const char *source, struct err *reterr);
int sources_claim_occasion(
	struct store *store, int64_t book, int64_t number, const char *source, struct err *reterr);

/* `source`, whose it was, says it no more. 0: it is gone, or SOURCES_KEPT: another says it, and is its source
 * now. A text must not be a name. In a transaction. */
#define SOURCES_KEPT 1
int sources_withdraw_text(struct store *store, int64_t contact, enum contact_field field,
	const char *source, int32_t today, struct err *reterr);
int sources_withdraw_value(struct store *store, int64_t contact, enum contact_kind kind,
	const char *text, const char *source, struct err *reterr);
int sources_withdraw_occasion(struct store *store, int64_t book, int64_t contact, int64_t number,
	const char *source, struct err *reterr);

#endif
