/* SPDX-License-Identifier: MIT */
/*
 * qp: quoted-printable by RFC 2045 section 6.7.
 */
#ifndef NUDGE_FORMAT_QP_H
#define NUDGE_FORMAT_QP_H

#include "core/str.h"

#define QP_LINE_MAX 76 /* characters of an encoded line, its end not counted */

/* Text with LF line ends becomes lines ended by CR LF; blanks before a line's end are encoded, also
 * a leading dot (SMTP's own sign) and the F of a leading "From " (mbox's). */
void qp_add_encoded(struct str *out, const char *text, size_t n);

/* The reverse, tolerant: "=" before anything but two hexadecimal digits or a line end stands for
 * itself. Line ends stay as they are. */
void qp_add_decoded(struct str *out, const char *text, size_t n);

/* The value of a hexadecimal digit of either case, -1 for others. */
int qp_hex_value(char c);

#endif
