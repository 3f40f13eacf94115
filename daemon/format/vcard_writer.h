/* SPDX-License-Identifier: MIT */
/*
 * vcard_writer: a record as a vCard, 4.0 (RFC 6350) or 3.0 (RFC 2426).
 *
 * What vcard reads comes out again: the card of a record that was read from such a card is that card,
 * byte by byte. Properties that were preserved (RECORD_EXTRA) are made valid where the version does not
 * have them (by an "X-") or where they were written badly; the first N, and the first ORG and ADR that
 * say what the record says, stand for it; an EMAIL, TEL or URL says the type of a value that has a label of its
 * own, and nothing where there is no such value.
 */
#ifndef NUDGE_FORMAT_VCARD_WRITER_H
#define NUDGE_FORMAT_VCARD_WRITER_H

#include "core/str.h"
#include "format/record.h"

enum vcard_version { VCARD_3, VCARD_4 };

/* Adds the card, complete with its BEGIN and END. The record has a name. */
void vcard_writer_add(struct str *out, const struct record *record, enum vcard_version version);

/* "EMAIL", "TEL", "URL": of a value that is one. */
const char *vcard_writer_property(enum record_kind kind);

/* Adds the N that is made of the record's name where none is preserved. */
void vcard_writer_make_name(struct str *line, const struct record *record);

/* Whether the line is the N that is made of the record's name where none is preserved: it says nothing
 * more, and need not be kept. */
bool vcard_writer_makes_name(const struct record *record, const char *line);

/* Whether two preserved lines say the same, as one does that the writer made of the other: property and
 * value are alike, however they are written. */
bool vcard_writer_is_same(const char *a, const char *b);

/* Whether both are of one property of which a card has at most one (RFC 6350 section 6: cardinality *1). */
bool vcard_writer_is_rival(const char *a, const char *b);

#endif
