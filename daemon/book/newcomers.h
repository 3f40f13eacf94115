/* SPDX-License-Identifier: MIT */
/*
 * newcomers: people whom an import adds, each of them whole.
 *
 * What contacts_add(), contacts_set(), contacts_add_value(), occasions_add(), keys_set() and search_index()
 * would write one by one, each after a look at what is there: here nobody has seen the contact before,
 * and its rows are written as they are. In the caller's transaction.
 */
#ifndef NUDGE_BOOK_NEWCOMERS_H
#define NUDGE_BOOK_NEWCOMERS_H

#include "book/contacts.h"
#include "format/record.h"

struct newcomers;

/* `tag`, borrowed: one that all of them get, as by hand (NULL: none). 0 or a negative error of the store. */
int newcomers_new(struct newcomers **ret, struct store *store, int64_t book, const char *tag,
	int32_t today, struct err *reterr);
void newcomers_free(struct newcomers *newcomers); /* NULL-safe */
DEFINE_CLEANUP(struct newcomers *, newcomers_free);

/* One contact of all that the record holds, found by what it holds. `key`, which nobody has yet, is what
 * the source calls it. -EINVAL where a text is longer than CONTACT_TEXT_MAX or no UTF-8. */
int newcomers_add(struct newcomers *newcomers, const struct record *record, const char *key,
	const char *source, int64_t *ret_id, struct err *reterr);

/* How a record's values and occasions are kept. */
enum contact_kind newcomers_kind(enum record_kind kind);
struct newcomers_occasion {
	const char *kind; /* OCCASION_... */
	const char *name; /* of OCCASION_NAMED, else NULL */
};
struct newcomers_occasion newcomers_occasion(const struct record_occasion *occasion);

#endif
