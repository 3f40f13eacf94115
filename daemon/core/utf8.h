/* SPDX-License-Identifier: MIT */
/*
 * utf8: decoding by RFC 3629, and text folded for comparison and search.
 *
 * utf8_add_clean(), utf8_add_folded() and utf8_width() take NULL for "".
 */
#ifndef NUDGE_CORE_UTF8_H
#define NUDGE_CORE_UTF8_H

#include "core/str.h"

/* Decodes one character of bytes[0..n), n > 0. Returns its length in bytes (1 to 4), or 0 where the
 * bytes are no UTF-8 (overlong forms, surrogates and values over U+10FFFF are none). */
size_t utf8_decode(const char *bytes, size_t n, uint32_t *ret_char);

bool utf8_valid(const char *bytes, size_t n);

/* Where to cut a text of more than `max` bytes, so that its last character is whole; the length of a shorter one. */
size_t utf8_cut(const char *text, size_t max);

/* Adds one character; values that UTF-8 has no form for are added as U+FFFD. */
void utf8_add(struct str *s, uint32_t c);

/* Adds `text` as it may stand on a terminal or in a mail: control characters (C0 but tab and line
 * feed, DEL, C1), and the bidirectional overrides U+202A to U+202E and U+2066 to U+2069 left out,
 * invalid bytes as U+FFFD. */
void utf8_add_clean(struct str *s, const char *text);

/* Adds `text` with no-break spaces as blanks: for what has been broken into lines already. */
void utf8_add_broken(struct str *s, const char *text, size_t n);

/* Cleans a valid text that a person typed, in place: what utf8_add_clean() leaves out is gone, and
 * blanks at both ends (no-break spaces and zero-width characters too). Line breaks of all kinds and
 * tabs become a space each; with `lines`, breaks become line feeds. Never longer than before. */
void utf8_tidy(char *text, bool lines);

/* Adds `text` folded: lower case, accents gone, ä ö ü ß as ae oe ue ss, combining marks dropped,
 * so that "Müller", "MUELLER" and "mueller" are one. Covers Latin, Greek and Cyrillic letters;
 * other scripts pass unchanged. */
void utf8_add_folded(struct str *s, const char *text);

/* Columns that one character takes on a terminal: 0 (combining, joiners), 1 or 2 (East Asian wide,
 * emoji); and the columns of a text. */
unsigned utf8_char_width(uint32_t c);
size_t utf8_width(const char *text);

#endif
