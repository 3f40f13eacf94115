/* SPDX-License-Identifier: MIT */
/*
 * sniff: what a file is, by its first bytes.
 */
#ifndef NUDGE_FORMAT_SNIFF_H
#define NUDGE_FORMAT_SNIFF_H

#include "format/decode.h"

/* As much of a file as is worth looking at. What is longer is not looked at further. */
#define SNIFF_MAX ((size_t)64 * 1024)

enum sniff_format {
	SNIFF_UNKNOWN,
	SNIFF_EMPTY, /* nothing but white space and NULs */
	SNIFF_VCARD,
	SNIFF_LDIF,
	SNIFF_ICAL,
	SNIFF_CSV, /* lines with separators */
	SNIFF_JSON,
	/* What can be named, but not read. */
	SNIFF_ZIP,
	SNIFF_SPREADSHEET, /* a ZIP archive too */
	SNIFF_COMPRESSED,
	SNIFF_PDF,
	SNIFF_RICH_TEXT, /* RTF */
	SNIFF_ALIASES,   /* of a mail program in the terminal */
	SNIFF_ABOOK,     /* abook's own */
	SNIFF_MARKUP,    /* HTML, XML */
	SNIFF_BINARY,
};

struct sniff {
	enum sniff_format format;
	enum decode_encoding encoding;
	char separator; /* of SNIFF_CSV: one of , ; | and the tab; else 0 */
};

/* `head` begins where the file begins, or behind white space at its start. 0 or -ENOMEM. */
int sniff_bytes(const char *head, size_t n, enum decode_encoding encoding, struct sniff *ret);

#endif
