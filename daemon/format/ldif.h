/* SPDX-License-Identifier: MIT */
/*
 * ldif: a streaming reader of LDIF (RFC 2849) with people in it: the attributes of inetOrgPerson (RFC
 * 2798), of Thunderbird's and Evolution's schemas.
 *
 * Pure: bytes are pushed in pieces of any size, records come out by callback; memory does not grow
 * with the file. Groups, branches of a directory and changes ("changetype:"
 * but "add") are rejected. A value
 * that stands in another file (attr:< URL) is not fetched; the contact's note names it.
 */
#ifndef NUDGE_FORMAT_LDIF_H
#define NUDGE_FORMAT_LDIF_H

#include "format/reader.h"

/* Bytes of an unfolded line that is kept, bytes of all kept values of one entry, and how many
 * addresses, numbers and other values it may have. */
#define LDIF_LINE_MAX   (256 * 1024)
#define LDIF_ENTRY_MAX  (1024 * 1024)
#define LDIF_VALUES_MAX 1000

struct ldif_reader;

int ldif_reader_new(
	struct ldif_reader **ret, const struct record_handler *handler, struct err *reterr);
void ldif_reader_free(struct ldif_reader *reader); /* NULL-safe */
DEFINE_CLEANUP(struct ldif_reader *, ldif_reader_free);

/* 0, -ENOMEM, or what a handler returned. */
int ldif_reader_push(struct ldif_reader *reader, const void *bytes, size_t n);
int ldif_reader_end(struct ldif_reader *reader);

#endif
