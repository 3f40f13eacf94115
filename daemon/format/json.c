/* SPDX-License-Identifier: MIT */
/*
 * json: a writer of JSON (RFC 8259).
 */
#include "format/json.h"

#include "core/utf8.h"

#include <inttypes.h>
#include <string.h>

static bool json_is_flat(const struct json *json)
{
	return json->flat && json->depth >= json->flat;
}

static void json_new_line(struct json *json)
{
	str_add_char(json->out, '\n');
	for (unsigned i = 0; i < json->depth; i++)
		str_add(json->out, "  ");
}

/* What comes before a key, or before a value that needs none. */
static void json_begin_item(struct json *json)
{
	uint32_t bit = 1U << json->depth;

	if (json->after_key || json->depth == 0) {
		json->after_key = false;
		return;
	}
	if (json->filled & bit)
		str_add(json->out, json_is_flat(json) ? ", " : ",");
	json->filled |= bit;
	if (!json_is_flat(json))
		json_new_line(json);
}

/* Deeper than JSON_DEPTH_MAX is a mistake of the caller: the output fails, nothing is overrun. */
static void json_begin(struct json *json, char bracket)
{
	json_begin_item(json);
	str_add_char(json->out, bracket);
	if (json->depth + 1 >= JSON_DEPTH_MAX) {
		json->out->failed = true;
		return;
	}
	json->depth++;
	json->filled &= ~(1U << json->depth);
}

static void json_end(struct json *json, char bracket)
{
	bool new_line = json->filled & 1U << json->depth && !json_is_flat(json);

	if (json->depth)
		json->depth--;
	if (new_line)
		json_new_line(json);
	str_add_char(json->out, bracket);
	if (json->depth == 0)
		str_add_char(json->out, '\n');
}

void json_object_begin(struct json *json)
{
	json_begin(json, '{');
}

void json_object_end(struct json *json)
{
	json_end(json, '}');
}

void json_array_begin(struct json *json)
{
	json_begin(json, '[');
}

void json_array_end(struct json *json)
{
	json_end(json, ']');
}

/* RFC 8259 section 7; DEL and the separators U+2028 and U+2029 too, which some readers take for
 * control characters and line ends. */
static void json_add_char(struct str *out, uint32_t c)
{
	static const struct {
		char c, letter;
	} escapes[] = { { '"', '"' }, { '\\', '\\' }, { '\n', 'n' }, { '\r', 'r' }, { '\t', 't' } };

	for (size_t i = 0; i < ARRAY_SIZE(escapes); i++)
		if (c == (unsigned char)escapes[i].c) {
			str_add_bytes(out, (char[]){ '\\', escapes[i].letter }, 2);
			return;
		}
	if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
		str_addf(out, "\\u%04" PRIx32, c);
	else
		utf8_add(out, c);
}

/* What needs no escape. */
static size_t json_plain_span(const char *text)
{
	size_t n = 0;

	while (text[n] >= ' ' && text[n] < 0x7f && text[n] != '"' && text[n] != '\\')
		n++;
	return n;
}

static void json_add_quoted(struct str *out, const char *text)
{
	str_add_char(out, '"');
	while (*text) {
		uint32_t c = 0xfffd;
		size_t n = json_plain_span(text);

		str_add_bytes(out, text, n);
		text += n;
		if (!*text)
			break;
		n = utf8_decode(text, strnlen(text, 4), &c);
		json_add_char(out, n ? c : 0xfffd);
		text += n ? n : 1;
	}
	str_add_char(out, '"');
}

void json_key(struct json *json, const char *key)
{
	json_begin_item(json);
	json_add_quoted(json->out, key);
	str_add(json->out, ": ");
	json->after_key = true;
}

void json_string(struct json *json, const char *text)
{
	if (!text) {
		json_null(json);
		return;
	}
	json_begin_item(json);
	json_add_quoted(json->out, text);
}

void json_int(struct json *json, int64_t value)
{
	json_begin_item(json);
	str_addf(json->out, "%" PRId64, value);
}

void json_bool(struct json *json, bool value)
{
	json_begin_item(json);
	str_add(json->out, value ? "true" : "false");
}

void json_literal(struct json *json, const char *text)
{
	json_begin_item(json);
	str_add(json->out, text);
}

void json_null(struct json *json)
{
	json_begin_item(json);
	str_add(json->out, "null");
}

void json_add_string(struct json *json, const char *key, const char *text)
{
	json_key(json, key);
	json_string(json, text);
}

void json_add_int(struct json *json, const char *key, int64_t value)
{
	json_key(json, key);
	json_int(json, value);
}

void json_add_bool(struct json *json, const char *key, bool value)
{
	json_key(json, key);
	json_bool(json, value);
}
