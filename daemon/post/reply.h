/* SPDX-License-Identifier: MIT */
/*
 * reply: the server's replies, put together from bytes as they come (RFC 5321 section 4.2).
 */
#ifndef NUDGE_POST_REPLY_H
#define NUDGE_POST_REPLY_H

#include "core/err.h"

#include <stdbool.h>

#define REPLY_LINE_MAX  512 /* bytes kept of a line; RFC 5321 section 4.5.3.1.5 allows no more */
#define REPLY_LINES_MAX 100
#define REPLY_BYTES_MAX (16 * 1024) /* of one reply; a server that says more has lost its way */

struct reply {
	int code;       /* 200 to 599 */
	int subject;    /* y and z of an enhanced status code x.y.z, which RFC 3463 explains; */
	int detail;     /* -1 where there is none */
	char text[400]; /* "550 5.1.1 no such user": all lines as one, printable */
};

struct reply_reader {
	char line[REPLY_LINE_MAX];
	size_t line_len; /* may be over REPLY_LINE_MAX: the rest was not kept */
	size_t bytes;
	unsigned lines;
	struct reply reply; /* of the lines so far */
};

/* Takes bytes[0..n) up to the end of a reply. Returns 1 with a reply, 0 where more bytes are
 * wanted, -EBADMSG with a sentence where this is no reply or has no end; *ret_used bytes were
 * taken. */
int reply_read(struct reply_reader *reader, const char *bytes, size_t n, size_t *ret_used,
	struct reply *ret, struct err *reterr);

/* Bytes of a stranger as one printable line: control characters are blanks, a terminal's commands and what shows
 * nothing are left out, backticks are apostrophes, what is no UTF-8 shows as one U+FFFD; cut at a character where `size` bytes cannot hold it. */
void reply_clean(char *ret, size_t size, const char *bytes, size_t n);

#endif
