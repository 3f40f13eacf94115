/* SPDX-License-Identifier: MIT */
/*
 * json_reader: JSON (RFC 8259) from a stream, one token after the other.
 *
 * Pure: a callback brings the bytes. Memory does not grow with the document. What is refused, with its
 * line: texts that are no valid UTF-8 or hold U+0000, numbers that are no whole numbers of 64 bits,
 * texts over JSON_TEXT_MAX bytes, and more than JSON_DEPTH_MAX levels. A byte order mark is skipped.
 */
#ifndef NUDGE_FORMAT_JSON_READER_H
#define NUDGE_FORMAT_JSON_READER_H

#include "format/json.h"

#define JSON_TEXT_MAX (1024 * 1024)

enum json_token {
	JSON_END, /* of the document; nothing but white space stands behind it */
	JSON_OBJECT,
	JSON_OBJECT_END,
	JSON_ARRAY,
	JSON_ARRAY_END,
	JSON_KEY,
	JSON_STRING,
	JSON_INT,
	JSON_BOOL,
	JSON_NULL,
};

/* Fills `buffer` with up to `size` bytes; *ret_n 0: there are no more. 0, or a negative error that is
 * passed on. */
typedef int (*json_source)(
	void *userdata, char *buffer, size_t size, size_t *ret_n, struct err *reterr);

struct json_reader {
	/* The token that json_reader_next() found. */
	enum json_token token;
	const char *text; /* of JSON_KEY and JSON_STRING, until the next call */
	int64_t number;   /* of JSON_INT; 1 or 0 of JSON_BOOL */
	uint64_t line;    /* where it ended, from 1 */

	/* The reader's own. */
	json_source source;
	void *userdata;
	char *buffer;
	size_t at, n;
	struct str held;
	unsigned depth;
	uint32_t objects; /* a bit for each level: it is an object */
	bool filled;      /* something stands in the level before this place */
	bool after_key, begun;
};

/* 0 or -ENOMEM. */
int json_reader_init(
	struct json_reader *reader, json_source source, void *userdata, struct err *reterr);
void json_reader_done(struct json_reader *reader);

/* 0; -EBADMSG with a sentence that names the line; -ENOMEM; or what the source returned. After an
 * error nothing more may be read. */
int json_reader_next(struct json_reader *reader, struct err *reterr);

#endif
