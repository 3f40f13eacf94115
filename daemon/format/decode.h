/* SPDX-License-Identifier: MIT */
/*
 * decode: a file's bytes in pieces, as text that readers can work with.
 *
 * UTF-16 becomes UTF-8, with U+FFFD for surrogates without a partner and for half a unit at the end;
 * a byte order mark at the start goes. Everything else passes through untouched and uncopied, for
 * only who sees a line or field whole can tell Windows-1252 from damaged UTF-8 (format/charset.h).
 * NUL characters are left out: no text needs them, and many a C function ends at one.
 */
#ifndef NUDGE_FORMAT_DECODE_H
#define NUDGE_FORMAT_DECODE_H

#include "format/contentline.h"

enum decode_encoding { DECODE_BYTES, DECODE_UTF16LE, DECODE_UTF16BE };

/* What a file that begins with head[0..n) is written in: by its byte order mark, or by NULs in every
 * second byte. A few hundred bytes are enough. */
enum decode_encoding decode_find(const char *head, size_t n);

/* Bytes by which it is judged whether a file is UTF-8. To look at all of a large one would cost a tenth of
 * what reading it costs, for a word that is shown. */
#define DECODE_JUDGE_MAX ((uint64_t)4 * 1024 * 1024)

struct decode {
	enum decode_encoding encoding;
	bool foreign; /* bytes came that are no UTF-8 */
	bool utf8;    /* characters beyond ASCII came as UTF-8, up to the first foreign byte */

	/* The decoder's own. */
	struct str text;
	uint64_t judged;  /* bytes */
	unsigned mark;    /* bytes of the byte order mark that were seen */
	char pending[4];  /* a character that was cut between two pieces */
	size_t n_pending; /* of UTF-16: bytes of half a unit */
	uint32_t high;    /* a high surrogate that waits for its partner; 0: none */
};

void decode_init(struct decode *decode, enum decode_encoding encoding);
void decode_done(struct decode *decode);

/* The piece as UTF-8, or as it was; valid until the next call, and as long as `bytes`. It may be
 * empty. 0 or -ENOMEM. */
int decode_push(struct decode *decode, const char *bytes, size_t n, struct slice *ret);
/* What was held back at the file's end. */
int decode_end(struct decode *decode, struct slice *ret);

/* What it was written in, for people: "UTF-8", "UTF-16", "Windows-1252". Complete at the end. */
const char *decode_name(const struct decode *decode);

#endif
