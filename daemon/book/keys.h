/* SPDX-License-Identifier: MIT */
/*
 * keys: what sources call a contact, and who is not to come back.
 */
#ifndef NUDGE_BOOK_KEYS_H
#define NUDGE_BOOK_KEYS_H

#include "book/store.h"
#include "core/str.h"

/* What has no UID is called "card:NAME:DIGEST": what this adds of the name that the source gives, whatever the
 * contact is called in the book, and a digest of all that tells it from others. Those of older books lack the
 * name. */
int keys_add_name(struct str *out, const char *name, struct err *reterr);

/* What is told of somebody by name alone, of a day, is "told:NAME:DAY": no entry of theirs, it leaves the
 * contact to whoever else knows it. */
int keys_add_told(struct str *out, const char *name, int32_t day, struct err *reterr);
/* Remembers with whom it was told: 1, or 0 where it is known already, with whomever. */
int keys_tell(struct store *store, int64_t book, const char *key, const char *source, int64_t id,
	struct err *reterr);

/* What a source calls a contact. 1 and its id, 0 where nobody is called so. */
int keys_find(
	struct store *store, int64_t book, const char *key, int64_t *ret_id, struct err *reterr);
/* 1 where the key came with somebody who was merged into the contact: its card is one more of theirs. */
int keys_is_merged(struct store *store, int64_t book, const char *key, struct err *reterr);
/* The UID that the contact's own source gave it, else the first one that another did; NULL where none has.
 * The caller frees. */
int keys_uid(struct store *store, int64_t contact, char **ret, struct err *reterr);
/* `source` is the name of what calls them so. *ret_owns: it is the contact's first source, which may change
 * its texts; others only fill in what is empty. */
int keys_set(struct store *store, int64_t book, const char *key, const char *source, int64_t id,
	bool *ret_owns, struct err *reterr);
/* Who calls that contact so: 1, or 0 where nobody does. The caller frees *ret_source. */
int keys_load(struct store *store, int64_t book, const char *key, int64_t id, char **ret_source,
	bool *ret_owns, struct err *reterr);
/* How many names a source has for the contact. */
int keys_count(
	struct store *store, int64_t id, const char *source, int64_t *ret, struct err *reterr);
/* Without a UID a person has another key once an address or number has changed: it takes the place of the only
 * one that the source has for the contact. 1, or 0 where that has a UID, several, or none. */
int keys_move(struct store *store, int64_t book, const char *key, const char *source, int64_t id,
	bool *ret_owns, struct err *reterr);
/* Of the keys that a source has for the contact the one of that place, from 0, that bears the name of
 * keys_add_name(): 1, or 0 where there are no more. The caller frees *ret. */
int keys_given(struct store *store, int64_t id, const char *source, const char *name, size_t place,
	char **ret, struct err *reterr);
/* 1 where any source calls the contact so. */
int keys_is_given(struct store *store, int64_t id, const char *name, struct err *reterr);
/* 1 where the source has a key for the contact that came with somebody who was merged into them. */
int keys_has_merged(struct store *store, int64_t id, const char *source, struct err *reterr);
/* The one takes the other's place, whose owner and mark it gets. */
int keys_rename(struct store *store, int64_t book, const char *former, const char *key,
	bool *ret_owns, struct err *reterr);
/* 1 where the key belonged to somebody who was removed: what a source called them, "email:ADDRESS"
 * or, of somebody without either, "name:NAME", both folded. */
int keys_is_forgotten(struct store *store, int64_t book, const char *key, struct err *reterr);
/* 1 where it belonged to somebody who was removed and was called so, by the book or a source (`name`: by
 * keys_add_name()): a "phone", the month and day of a "birthday" as a number; or nothing, "named", of somebody
 * whom a source without UIDs gave no address of, and "told", of anybody: for what speaks of a mere name. */
int keys_is_forgotten_trait(struct store *store, int64_t book, const char *trait, const char *name,
	const char *text, struct err *reterr);
/* Remembers by salted hash alone all that an import could bring the contact back by. */
int keys_forget(struct store *store, int64_t book, int64_t id, struct err *reterr);

#endif
