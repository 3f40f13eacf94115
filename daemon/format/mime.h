/* SPDX-License-Identifier: MIT */
/*
 * mime: a message by RFC 5322 and RFC 2045 to 2047, 7-bit clean, lines ended by CR LF.
 *
 * Whatever stands in a name, a subject or a body can become neither a header nor an address: bytes
 * that are no UTF-8 become U+FFFD, control characters (also CR, LF and NUL in headers) a space.
 */
#ifndef NUDGE_FORMAT_MIME_H
#define NUDGE_FORMAT_MIME_H

#include "core/err.h"
#include "core/str.h"

struct mime_address {
	char *name;    /* display name, UTF-8; NULL: none */
	char *address; /* addr-spec, ASCII */
};
void mime_address_done(struct mime_address *address);

/* Reads one mailbox, `anna@example.org` or `Anna Müller <anna@example.org>` (the name bare UTF-8,
 * quoted, or RFC 2047). -EINVAL with a sentence: more than one, no "@", characters that RFC 5321
 * does not allow in an unquoted local part, a domain that is none, over 254 bytes, CR, LF, NUL. An
 * address literal and a quoted local part are refused: no user of ours has one. */
int mime_address_parse(struct mime_address *ret, const char *text, struct err *reterr);
/* Adds a sentence in which, wherever the address is named, what stands before its @ is left out: a mailbox has an
 * owner, a domain has many. Of no address (NULL, or without @) it is as it was. */
void mime_address_hide(struct str *out, const char *text, const char *address);

struct mime_header {
	const char *name;
	const char *value; /* unstructured text, encoded and folded as needed */
};

struct mime_attachment {
	const char *name; /* of the file, ASCII */
	const char *type; /* "text/calendar": text of UTF-8 */
	const char *text;
};

struct mime_message {
	const struct mime_address *from;
	const struct mime_address *to; /* one or more */
	size_t n_to;
	const char *subject;
	const char *message_id; /* with its angle brackets */
	int64_t date;           /* instant, seconds since 1970 */
	int32_t offset;         /* seconds east of UTC that `date` is shown with */
	const char *language;   /* Content-Language of the parts, "de"; NULL: none */
	const struct mime_header
		*headers; /* further ones, in their order; values are ASCII structured
	                    fields here: written as they are, folded at spaces */
	size_t n_headers;
	const char *text; /* UTF-8, lines ended by LF */
	const char *html; /* NULL: a text/plain message alone, else multipart/alternative */
	const struct mime_attachment *attachments; /* with some it is multipart/mixed */
	size_t n_attachments;
};

/* Adds the whole message to `out`. The boundary is made from the message's content, so that equal
 * input gives equal bytes, and cannot occur in a part. 0 or -ENOMEM. */
int mime_write(struct str *out, const struct mime_message *message, struct err *reterr);

/* The pieces, for tests and other writers. Quoted-printable of text with LF line ends, by RFC 2045
 * section 6.7, lines of at most 76 characters; a leading dot and "From " are encoded too. */
void mime_add_quoted_printable(struct str *out, const char *text, size_t n);
/* A header field, folded at 78 where it can be and never over 998; encoded words of at most 75
 * characters hold whole characters. */
void mime_add_header(struct str *out, const char *name, const char *text);

#endif
