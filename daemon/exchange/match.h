/* SPDX-License-Identifier: MIT */
/*
 * match: which contact of the book a record speaks of.
 */
#ifndef NUDGE_EXCHANGE_MATCH_H
#define NUDGE_EXCHANGE_MATCH_H

#include "book/known.h"
#include "core/numbers.h"
#include "exchange/copies.h"
#include "format/record.h"

/* The contacts that stand for records of the file being read. */
struct match_taken {
	struct numbers contacts;
	int64_t first_new;   /* this one and all after it were added by the file; 0: none was */
	struct known *known; /* NULL: of a short file the book is asked about each record */
	const char *source;  /* the file's, borrowed; NULL: none of its contacts was merged */
	struct copies copies;
	struct copies
		used; /* keys of contacts that the source has several of, 2: a record has it */
	struct copies reached; /* the last contact that is taken, by what it shares with others */
};
void match_taken_done(struct match_taken *taken);
#define _cleanup_taken_ _cleanup_(match_taken_done)

/* No other record of the file is this contact. 0 or -ENOMEM. */
int match_take(struct match_taken *taken, int64_t contact, struct err *reterr);
bool match_is_taken(const struct match_taken *taken, int64_t contact);

/* A record of the file bears that key, of a contact that the source has several of. 0 or -ENOMEM. */
int match_use_key(struct match_taken *taken, const char *key, struct err *reterr);
/* The first key of the file's source for the contact that bears the record's name and no record of the file
 * has: 1, or 0 where there is none. The caller frees *ret. */
int match_former_key(struct store *store, const struct match_taken *taken, int64_t contact,
	const char *name, char **ret, struct err *reterr);

enum match_found {
	MATCH_NEW,
	MATCH_KNOWN,
	MATCH_FORGOTTEN, /* was removed by a person: is not to come back */
};

/* Returns one of the above or a negative error; *ret_contact where known. *ret_key is the key to
 * remember the record by; the caller frees. */
int match_record(struct store *store, int64_t book, const struct record *record,
	struct match_taken *taken, int64_t *ret_contact, char **ret_key, struct err *reterr);

/* Whether two names may be one person's: the words of one are among the other's, letters folded. */
bool match_names_fit(const char *a, const char *b);

/* Whether an import's name replaces the one that stands there: the source that owns it may; somebody of whom
 * nothing but an address was known gets the first name that comes, and nobody loses theirs to an address. */
bool match_may_rename(const char *stands, const char *name, bool owns);

#endif
