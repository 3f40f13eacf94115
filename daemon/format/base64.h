/* SPDX-License-Identifier: MIT */
/*
 * base64: RFC 4648, as mails and address books have it.
 */
#ifndef NUDGE_FORMAT_BASE64_H
#define NUDGE_FORMAT_BASE64_H

#include "core/str.h"

/* Whether text[0..n) is base64 and nothing else: letters of its alphabet, blanks apart, in fours; of the last
 * four the "=" may be missing. Nothing at all is. */
bool base64_is_valid(const char *text, size_t n);

/* Adds what text[0..n) stands for: bytes of any kind. Characters that are no base64 are passed over, as
 * is a last one that completes no byte. */
void base64_add_decoded(struct str *out, const char *text, size_t n);

#endif
