/* SPDX-License-Identifier: MIT */
/*
 * uid: what our own contacts are called in what we write.
 */
#ifndef NUDGE_EXCHANGE_UID_H
#define NUDGE_EXCHANGE_UID_H

#include "book/store.h"
#include "core/str.h"

#define UID_SIZE 48

/* "urn:uuid:…" (RFC 9562, version 8) made of the database's identity and the contact's number: always the
 * same, and nobody else's. Returns buffer. */
char *uid_of_contact(const struct store *store, int64_t contact, char buffer[UID_SIZE]);
/* The contact that such a UID of this database names, whether there is one or not; 0: it is none. */
int64_t uid_contact(const struct store *store, const char *uid);

/* Adds what an event of a book is called: a yearly day (letter b) or a follow-up (f) of that number. */
void uid_add_event(
	const struct store *store, int64_t book, char letter, int64_t number, struct str *out);
/* The number of the yearly day that such a UID of this book names, whether there is one or not; 0: it is none. */
int64_t uid_occasion(const struct store *store, int64_t book, const char *uid);

#endif
