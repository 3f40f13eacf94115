/* SPDX-License-Identifier: MIT */
/*
 * json_reader: JSON (RFC 8259) from a stream, one token after the other.
 */
#include "format/json_reader.h"

#include "core/utf8.h"

#include <errno.h>
#include <string.h>

#define JSON_BUFFER  (64 * 1024)
#define JSON_NO_BYTE (-1)

int json_reader_init(
	struct json_reader *reader, json_source source, void *userdata, struct err *reterr)
{
	*reader = (struct json_reader){
		.source = source, .userdata = userdata, .line = 1, .buffer = malloc(JSON_BUFFER)
	};
	return reader->buffer ? 0 : err_oom(reterr);
}

void json_reader_done(struct json_reader *reader)
{
	free(reader->buffer);
	str_done(&reader->held);
	*reader = (struct json_reader){ 0 };
}

static int json_bad(const struct json_reader *r, const char *what, struct err *reterr)
{
	return err_set(reterr, -EBADMSG, "line %llu: %s", (unsigned long long)r->line,
		err_translate(what));
}

/* 1 where a byte is at hand, 0 at the end. */
static int json_fill(struct json_reader *r, struct err *reterr)
{
	int result;

	if (r->at < r->n)
		return 1;
	r->at = 0;
	result = r->source(r->userdata, r->buffer, JSON_BUFFER, &r->n, reterr);
	return result < 0 ? result : r->n > 0;
}

/* The next byte that is no white space in *ret, still to be taken; JSON_NO_BYTE at the end. */
static int json_peek(struct json_reader *r, int *ret, struct err *reterr)
{
	int result;

	while ((result = json_fill(r, reterr)) == 1) {
		char c = r->buffer[r->at];

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
			*ret = (unsigned char)c;
			return 0;
		}
		r->line += c == '\n';
		r->at++;
	}
	*ret = JSON_NO_BYTE;
	return result;
}

/* The very next byte, taken. */
static int json_take(struct json_reader *r, char *ret, struct err *reterr)
{
	int result = json_fill(r, reterr);

	if (result == 0)
		return json_bad(r, "the file ends in the middle of a value", reterr);
	if (result == 1)
		*ret = r->buffer[r->at++];
	return result < 0 ? result : 0;
}

static int json_read_hex(struct json_reader *r, uint32_t *ret, struct err *reterr)
{
	static const char digits[] = "0123456789abcdef";
	char c;

	*ret = 0;
	for (int i = 0; i < 4; i++) {
		const char *digit;
		int result = json_take(r, &c, reterr);

		if (result < 0)
			return result;
		digit = c ? strchr(digits, str_lower(c)) : NULL;
		if (!digit)
			return json_bad(r, "\\u needs four hexadecimal digits", reterr);
		*ret = *ret << 4 | (uint32_t)(digit - digits);
	}
	return 0;
}

/* Characters above U+FFFF are two escapes (RFC 8259 section 7). */
static int json_read_unicode(struct json_reader *r, struct err *reterr)
{
	uint32_t c, low = 0;
	char backslash = 0, u = 0;
	int result = json_read_hex(r, &c, reterr);

	if (result == 0 && c >= 0xd800 && c < 0xdc00) {
		result = json_take(r, &backslash, reterr);
		if (result == 0)
			result = json_take(r, &u, reterr);
		if (result == 0 && backslash == '\\' && u == 'u')
			result = json_read_hex(r, &low, reterr);
		if (result == 0 && (low < 0xdc00 || low >= 0xe000))
			return json_bad(r, "half of a character stands alone", reterr);
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	}
	if (result < 0)
		return result;
	if (c == 0 || (c >= 0xd800 && c < 0xe000))
		return json_bad(r, "there is a character that cannot be kept (NUL, or half of one)",
			reterr);
	utf8_add(&r->held, c);
	return 0;
}

static int json_read_escape(struct json_reader *r, struct err *reterr)
{
	static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
	const char *letter;
	char c;
	int result = json_take(r, &c, reterr);

	if (result < 0)
		return result;
	if (c == 'u')
		return json_read_unicode(r, reterr);
	letter = c ? strchr(letters, c) : NULL;
	if (!letter)
		return json_bad(r, "there is no such escape", reterr);
	str_add_char(&r->held, meanings[letter - letters]);
	return 0;
}

/* Plain bytes as far as they are at hand: most of a text. */
static void json_read_run(struct json_reader *r)
{
	const char *p = r->buffer + r->at, *end = r->buffer + r->n;

	while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= ' ')
		p++;
	str_add_bytes(&r->held, r->buffer + r->at, (size_t)(p - r->buffer) - r->at);
	r->at = (size_t)(p - r->buffer);
}

/* The opening quote is taken. */
static int json_read_text(struct json_reader *r, struct err *reterr)
{
	char c = 0;
	int result;

	str_clear(&r->held);
	for (;;) {
		json_read_run(r);
		if (r->held.len > JSON_TEXT_MAX)
			return json_bad(r, "a text is longer than 1 MiB", reterr);
		result = json_take(r, &c, reterr);
		if (result < 0)
			return result;
		if (c == '"')
			break;
		if (c == '\\')
			result = json_read_escape(r, reterr);
		else if ((unsigned char)c < ' ')
			return json_bad(
				r, "a text has a control character or no closing quote", reterr);
		else
			str_add_char(&r->held, c);
		if (result < 0)
			return result;
	}
	r->text = str_text(&r->held);
	if (!utf8_valid(r->text, r->held.len))
		return json_bad(r, "a text is not valid UTF-8", reterr);
	return str_check(&r->held, reterr);
}

static bool json_ends_word(char c)
{
	return str_is_space(c) || c == ',' || c == ']' || c == '}' || c == ':';
}

/* true, false, null, or a number: up to what may stand behind it. */
static int json_read_word(struct json_reader *r, char word[24], struct err *reterr)
{
	size_t n = 0;
	int result;

	while ((result = json_fill(r, reterr)) == 1 && !json_ends_word(r->buffer[r->at])) {
		if (n + 1 == 24)
			return json_bad(r, "there is a value that is none", reterr);
		word[n++] = r->buffer[r->at++];
	}
	word[n] = '\0';
	return result < 0 ? result : 0;
}

static int json_read_number(struct json_reader *r, const char *word, struct err *reterr)
{
	bool negative = *word == '-';
	const char *digits = word + negative;
	uint64_t value;

	if (!str_number(digits, (uint64_t)INT64_MAX, &value) || (*digits == '0' && digits[1]))
		return json_bad(r,
			"there is a value that is no text, no whole number, and none of true,"
			" false and null",
			reterr);
	r->token = JSON_INT;
	r->number = negative ? -(int64_t)value : (int64_t)value;
	return 0;
}

static int json_read_plain(struct json_reader *r, struct err *reterr)
{
	static const struct {
		const char *word;
		enum json_token token;
		int64_t number;
	} words[] = {
		{ "true", JSON_BOOL, 1 },
		{ "false", JSON_BOOL, 0 },
		{ "null", JSON_NULL, 0 },
	};
	char word[24];
	int result = json_read_word(r, word, reterr);

	if (result < 0)
		return result;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_equal(word, words[i].word)) {
			r->token = words[i].token;
			r->number = words[i].number;
			return 0;
		}
	return json_read_number(r, word, reterr);
}

static bool json_in_object(const struct json_reader *r)
{
	return r->depth && r->objects & 1U << (r->depth - 1);
}

static int json_open(struct json_reader *r, bool object, struct err *reterr)
{
	if (r->depth + 1 >= JSON_DEPTH_MAX)
		return json_bad(r, "it is nested too deeply", reterr);
	r->at++;
	r->token = object ? JSON_OBJECT : JSON_ARRAY;
	r->objects &= ~(1U << r->depth);
	r->objects |= (uint32_t)object << r->depth;
	r->depth++;
	r->filled = false;
	return 0;
}

static int json_close(struct json_reader *r)
{
	r->at++;
	r->token = json_in_object(r) ? JSON_OBJECT_END : JSON_ARRAY_END;
	r->depth--;
	r->filled = true;
	return 0;
}

static int json_read_value(struct json_reader *r, int c, struct err *reterr)
{
	int result;

	if (c == '{' || c == '[')
		return json_open(r, c == '{', reterr);
	if (c == '"') {
		r->at++;
		r->token = JSON_STRING;
		result = json_read_text(r, reterr);
	} else {
		result = json_read_plain(r, reterr);
	}
	r->filled = true;
	return result;
}

static int json_read_key(struct json_reader *r, int c, struct err *reterr)
{
	int result;

	if (c != '"')
		return json_bad(r, "a name in quotes is missing", reterr);
	r->at++;
	r->token = JSON_KEY;
	result = json_read_text(r, reterr);
	if (result == 0)
		result = json_peek(r, &c, reterr);
	if (result < 0)
		return result;
	if (c != ':')
		return json_bad(r, "the colon behind a name is missing", reterr);
	r->at++;
	r->after_key = true;
	return 0;
}

/* A byte order mark, which some editors leave. */
static int json_skip_mark(struct json_reader *r, struct err *reterr)
{
	int result = json_fill(r, reterr);
	char c;

	r->begun = true;
	if (result <= 0 || r->buffer[r->at] != '\xef')
		return result < 0 ? result : 0;
	for (const char *mark = "\xef\xbb\xbf"; *mark; mark++) {
		result = json_take(r, &c, reterr);
		if (result == 0 && c != *mark)
			result = json_bad(r, "this is no JSON", reterr);
		if (result < 0)
			return result;
	}
	return 0;
}

/* A member of an object or an element of an array, or the level's end. */
static int json_read_inside(struct json_reader *r, int c, struct err *reterr)
{
	int result;

	if (c == (json_in_object(r) ? '}' : ']'))
		return json_close(r);
	if (r->filled) {
		if (c != ',')
			return json_bad(r, "a comma or a closing bracket is missing", reterr);
		r->at++;
		result = json_peek(r, &c, reterr);
		if (result < 0)
			return result;
	}
	return json_in_object(r) ? json_read_key(r, c, reterr) : json_read_value(r, c, reterr);
}

int json_reader_next(struct json_reader *reader, struct err *reterr)
{
	struct json_reader *r = reader;
	int c, result = r->begun ? 0 : json_skip_mark(r, reterr);

	if (result == 0)
		result = json_peek(r, &c, reterr);
	if (result < 0)
		return result;
	if (c == JSON_NO_BYTE && (r->depth || r->after_key || !r->filled))
		return json_bad(r, "the file ends too early", reterr);
	if (r->after_key) {
		r->after_key = false;
		return json_read_value(r, c, reterr);
	}
	if (r->depth)
		return json_read_inside(r, c, reterr);
	if (r->filled && c != JSON_NO_BYTE)
		return json_bad(r, "something stands behind the end", reterr);
	if (!r->filled)
		return json_read_value(r, c, reterr);
	r->token = JSON_END;
	return 0;
}
