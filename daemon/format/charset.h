/* SPDX-License-Identifier: MIT */
/*
 * charset: bytes of an undeclared or wrongly declared character set as UTF-8.
 */
#ifndef NUDGE_FORMAT_CHARSET_H
#define NUDGE_FORMAT_CHARSET_H

#include "core/str.h"

/* utf8_valid(), quick over ASCII. */
bool charset_is_utf8(const char *bytes, size_t n);

/* Adds bytes[0..n) as they are where they are UTF-8. Where more of it is UTF-8 than is not, it is
 * damaged UTF-8, and each wrong byte becomes U+FFFD; else it is read as Windows-1252, of which
 * Latin-1 is the printable part. */
void charset_add(struct str *out, const char *bytes, size_t n);

#endif
