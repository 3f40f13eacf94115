/* SPDX-License-Identifier: MIT */
/*
 * vcard: a streaming reader of vCard 3.0 and 4.0 (RFC 2426, RFC 6350) and what passes for them,
 * also 2.1 with its quoted-printable; bytes that are no UTF-8 are read as Windows-1252.
 *
 * Pure: bytes are pushed in pieces of any size, records come out by callback. Its memory does not
 * grow with the file: photographs and other large values are skipped without being held.
 */
#ifndef NUDGE_FORMAT_VCARD_H
#define NUDGE_FORMAT_VCARD_H

#include "format/reader.h"

/* Bytes of an unfolded line that is kept (a longer one is an error), bytes of all kept values of
 * one card, and how many addresses, numbers and other values it may have. */
#define VCARD_LINE_MAX   (256 * 1024)
#define VCARD_CARD_MAX   (1024 * 1024)
#define VCARD_VALUES_MAX 1000

struct vcard_reader;

int vcard_reader_new(
	struct vcard_reader **ret, const struct record_handler *handler, struct err *reterr);
void vcard_reader_free(struct vcard_reader *reader); /* NULL-safe */
DEFINE_CLEANUP(struct vcard_reader *, vcard_reader_free);

/* 0, -ENOMEM, or what a handler returned. */
int vcard_reader_push(struct vcard_reader *reader, const void *bytes, size_t n);
/* The file's end: a card that is still open is rejected. */
int vcard_reader_end(struct vcard_reader *reader);

#endif
