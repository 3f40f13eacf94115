/* SPDX-License-Identifier: MIT */
/*
 * known: a quick "nobody" for an import that asks about many.
 *
 * Holds a hash of each key, address, and name with birthday that the book knows its people by; so most
 * questions about somebody new need no search. A hash says "nobody" or "perhaps", never "this one".
 * Memory: 8 to 16 bytes a hash.
 */
#ifndef NUDGE_BOOK_KNOWN_H
#define NUDGE_BOOK_KNOWN_H

#include "book/store.h"

struct known;

/* All that the book knows now. What is entered later is not in it, but for what known_add_key() adds. */
int known_load(struct known **ret, struct store *store, int64_t book, struct err *reterr);
void known_free(struct known *known); /* NULL-safe */
DEFINE_CLEANUP(struct known *, known_free);

/* Whether keys_find() may find somebody; kin_by_email(), of an address as utf8_add_folded() makes it;
 * kin_by_name(), of such a name, and kin_by_former_name(), of one by keys_add_name() too, with a birthday. */
bool known_key(const struct known *known, const char *key);
bool known_email(const struct known *known, const char *folded);
bool known_birthday(const struct known *known, const char *folded, int month_day, int year);
/* Whether anybody was removed from the book: keys_is_forgotten() may answer yes. */
bool known_forgets(const struct known *known);

int known_add_key(struct known *known, const char *key, struct err *reterr); /* 0 or -ENOMEM */

#endif
