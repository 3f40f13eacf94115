/* SPDX-License-Identifier: MIT */
/*
 * salutation: how a message to somebody begins. Nothing else of a message is ours to say.
 */
#ifndef NUDGE_DIGEST_SALUTATION_H
#define NUDGE_DIGEST_SALUTATION_H

#include "core/str.h"

/* Adds "Hello Anna," or, to a stranger and to those whose name has a title or no given name, "Dear
 * Dr. Anna Schmidt,"; `own` (NULL or "": none) is what was noted for them, and comes first. In the
 * language of base/lang.h. */
void salutation_add(struct str *out, const char *own, const char *name, bool stranger);

/* The same to two people in one sentence: "Hello Ben, hello Anna,". False and nothing added where one of
 * them has a name by which one is not greeted so. */
bool salutation_add_both(struct str *out, const char *name, const char *other);

#endif
