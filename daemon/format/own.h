/* SPDX-License-Identifier: MIT */
/*
 * own: what is said in our exports alone, and read again as the fields that it is.
 *
 * A card or calendar is ours by its PRODID. In those of others such a property is none of ours: nobody sets
 * by a card how often one is reminded of them.
 */
#ifndef NUDGE_FORMAT_OWN_H
#define NUDGE_FORMAT_OWN_H

#include "format/contentline.h"
#include "format/record.h"

#define OWN_PRODID "-//nudged//nudge//EN"

/* "X-NUDGE-EVERY"; that of a value: NULL where the kind has none. */
const char *own_text_property(enum record_own own);
const char *own_value_property(enum record_kind kind);
/* Whether a property of that name is one of them. */
bool own_is_property(struct slice name);

/* Whether the text is one that the field may hold: a span, a yes. */
bool own_is_valid(enum record_own own, const char *text);

#endif
