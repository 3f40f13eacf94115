/* SPDX-License-Identifier: MIT */
/*
 * uid: what our own contacts are called in what we write.
 */
#ifndef NUDGE_EXCHANGE_UID_H
#define NUDGE_EXCHANGE_UID_H

#include "book/store.h"

#define UID_SIZE 48

/* "urn:uuid:…" (RFC 9562, version 8) made of the database's identity and the contact's number: always the
 * same, and nobody else's. Returns buffer. */
char *uid_of_contact(const struct store *store, int64_t contact, char buffer[UID_SIZE]);
/* The contact that such a UID of this database names, whether there is one or not; 0: it is none. */
int64_t uid_contact(const struct store *store, const char *uid);

#endif
