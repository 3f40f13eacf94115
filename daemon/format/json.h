/* SPDX-License-Identifier: MIT */
/*
 * json: a writer of JSON (RFC 8259), two spaces for each level.
 *
 * Commas, colons and line ends are the writer's. Inside an object each value is preceded by
 * json_key(). Texts may hold anything: bytes that are no UTF-8 become U+FFFD.
 */
#ifndef NUDGE_FORMAT_JSON_H
#define NUDGE_FORMAT_JSON_H

#include "core/str.h"

#define JSON_DEPTH_MAX 32

struct json {
	struct str *out;
	unsigned depth;
	unsigned flat;   /* what stands in so many levels or more is on one line; 0: nothing is */
	uint32_t filled; /* a bit for each level: something stands in it */
	bool after_key;
};

#define JSON_INIT(str) ((struct json){ .out = (str) })

void json_object_begin(struct json *json);
void json_object_end(struct json *json);
void json_array_begin(struct json *json);
void json_array_end(struct json *json); /* the end of the outermost one ends the line */
void json_key(struct json *json, const char *key);
void json_string(struct json *json, const char *text); /* NULL gives null */
void json_int(struct json *json, int64_t value);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);
void json_literal(
	struct json *json, const char *text); /* a value that is written as JSON already */

/* A member of an object: key and value. */
void json_add_string(struct json *json, const char *key, const char *text);
void json_add_int(struct json *json, const char *key, int64_t value);
void json_add_bool(struct json *json, const char *key, bool value);

#endif
