/* SPDX-License-Identifier: MIT */
#include "format/json_reader.h"
#include "test.h"

#include <errno.h>
#include <string.h>

struct source {
	const char *bytes;
	size_t n, piece;
	int fails; /* what it returns at its end */
};

static int source_read(void *userdata, char *buffer, size_t size, size_t *ret_n, struct err *reterr)
{
	struct source *s = userdata;
	size_t n = s->n < s->piece ? s->n : s->piece;

	if (!s->n && s->fails)
		return err_set(reterr, s->fails, "the source broke");
	n = n < size ? n : size;
	memcpy(buffer, s->bytes, n);
	s->bytes += n;
	s->n -= n;
	*ret_n = n;
	return 0;
}

/* All tokens as a line: { k:name "text" 1 t n } . */
static int read_all(struct source source, struct str *out, struct err *reterr)
{
	static const char *const signs[] = { [JSON_END] = ".",
		[JSON_OBJECT] = "{",
		[JSON_OBJECT_END] = "}",
		[JSON_ARRAY] = "[",
		[JSON_ARRAY_END] = "]",
		[JSON_NULL] = "n" };
	_cleanup_(json_reader_done) struct json_reader reader = { 0 };
	int r = json_reader_init(&reader, source_read, &source, reterr);

	while (r == 0 && (r = json_reader_next(&reader, reterr)) == 0) {
		str_add_separator(out, " ");
		if (reader.token == JSON_KEY)
			str_addf(out, "k:%s", reader.text);
		else if (reader.token == JSON_STRING)
			str_addf(out, "\"%s\"", reader.text);
		else if (reader.token == JSON_INT)
			str_addf(out, "%lld", (long long)reader.number);
		else if (reader.token == JSON_BOOL)
			str_add(out, reader.number ? "t" : "f");
		else
			str_add(out, signs[reader.token]);
		if (reader.token == JSON_END)
			break;
	}
	return r;
}

static void json_reader_documents(void)
{
	static const struct {
		const char *text, *tokens;
	} rows[] = {
		{ "{}", "{ } ." },
		{ "[]", "[ ] ." },
		{ "\xef\xbb\xbf [1] \n", "[ 1 ] ." },
		{ "{\"a\": [1, -2, true, false, null, \"x\"], \"b\":{}}",
			"{ k:a [ 1 -2 t f n \"x\" ] k:b { } } ." },
		{ "[[],[[]],{\"\":\"\"}]", "[ [ ] [ [ ] ] { k: \"\" } ] ." },
		{ "\"alone\"", "\"alone\" ." },
		{ "7", "7 ." },
		{ "[0,-0,9223372036854775807]", "[ 0 0 9223372036854775807 ] ." },
		{ "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[ \"\"\\/\b\f\n\r\t\" ] ." },
		{ "[\"\\u00e9\\u20AC\\ud83d\\ude42é🙂\"]", "[ \"é€🙂é🙂\" ] ." },
		{ "\r\n\t[\r\n\t1\r\n\t]\r\n\t", "[ 1 ] ." },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t piece = 1; piece < 4; piece++) {
			_cleanup_str_ struct str out = STR_INIT;
			struct err e = { "" };

			TEST_ROW("%s by %zu", rows[i].text, piece);
			CHECK_INT(read_all((struct source){ rows[i].text, strlen(rows[i].text),
						   piece == 3 ? 1000 : piece, 0 },
					  &out, &e),
				0);
			CHECK_TEXT(e.text, "");
			CHECK_TEXT(str_text(&out), rows[i].tokens);
		}
}

static void json_reader_refuses(void)
{
	static const struct {
		const char *text, *sentence;
	} rows[] = {
		{ "", "line 1: the file ends too early" },
		{ "\n\n{\"a\":", "line 3: the file ends too early" },
		{ "{\"a\"", "line 1: the colon behind a name is missing" },
		{ "{\"a\" 1}", "line 1: the colon behind a name is missing" },
		{ "[1", "line 1: the file ends too early" },
		{ "[1}", "line 1: a comma or a closing bracket is missing" },
		{ "{\"a\":1]", "line 1: a comma or a closing bracket is missing" },
		{ "[1 2]", "line 1: a comma or a closing bracket is missing" },
		{ "{1:2}", "line 1: a name in quotes is missing" },
		{ "{\"a\":1,}", "line 1: a name in quotes is missing" },
		{ "[1,]",
			"line 1: there is a value that is no text, no whole number, and none of true,"
			" false and null" },
		{ "[1.5]",
			"line 1: there is a value that is no text, no whole number, and none of true,"
			" false and null" },
		{ "[01]",
			"line 1: there is a value that is no text, no whole number, and none of true,"
			" false and null" },
		{ "[9223372036854775808]",
			"line 1: there is a value that is no text, no whole number, and"
			" none of true, false and null" },
		{ "[trueish]",
			"line 1: there is a value that is no text, no whole number, and none of"
			" true, false and null" },
		{ "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]",
			"line 1: there is a value that is none" },
		{ "\xef\xbb{}", "line 1: this is no JSON" },
		{ "{} {}", "line 1: something stands behind the end" },
		{ "[\"a", "line 1: the file ends in the middle of a value" },
		{ "[\"a\nb\"]", "line 1: a text has a control character or no closing quote" },
		{ "[\"\\x\"]", "line 1: there is no such escape" },
		{ "[\"\\u12\"]", "line 1: \\u needs four hexadecimal digits" },
		{ "[\"\\u0000\"]",
			"line 1: there is a character that cannot be kept (NUL, or half of one)" },
		{ "[\"\\ud83d\"]", "line 1: half of a character stands alone" },
		{ "[\"\\ud83d\\u0041\"]", "line 1: half of a character stands alone" },
		{ "[\"\\ude42\"]",
			"line 1: there is a character that cannot be kept (NUL, or half of one)" },
		{ "[\"\xff\"]", "line 1: a text is not valid UTF-8" },
		{ "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "line 1: it is nested too deeply" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t piece = 1; piece < 3; piece++) {
			_cleanup_str_ struct str out = STR_INIT;
			struct err e = { "" };

			TEST_ROW("%s", rows[i].text);
			CHECK_INT(read_all((struct source){ rows[i].text, strlen(rows[i].text),
						   piece == 2 ? 1000 : 1, 0 },
					  &out, &e),
				-EBADMSG);
			CHECK_TEXT(e.text, rows[i].sentence);
		}
}

static void json_reader_limits_texts(void)
{
	for (size_t over = 0; over < 2; over++) {
		_cleanup_str_ struct str text = STR_INIT, out = STR_INIT;
		struct err e = { "" };

		str_add(&text, "\"");
		for (size_t i = 0; i < JSON_TEXT_MAX + over; i++)
			str_add_char(&text, 'x');
		str_add(&text, "\"");
		CHECK_INT(read_all((struct source){ str_text(&text), text.len, 4096, 0 }, &out, &e),
			over ? -EBADMSG : 0);
		CHECK_TEXT(e.text, over ? "line 1: a text is longer than 1 MiB" : "");
	}
}

static void json_reader_passes_on_errors(void)
{
	_cleanup_str_ struct str out = STR_INIT;
	struct err e = { "" };

	CHECK_INT(read_all((struct source){ "[1,", 3, 1000, -EIO }, &out, &e), -EIO);
	CHECK_TEXT(e.text, "the source broke");
}

TEST_MAIN(TEST(json_reader_documents), TEST(json_reader_refuses), TEST(json_reader_limits_texts),
	TEST(json_reader_passes_on_errors))
