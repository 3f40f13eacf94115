/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "format/decode.h"
#include "test.h"

#include <string.h>

struct bytes {
	const char *at;
	size_t n;
};
#define BYTES(text)                                                                                \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

/* The whole text, pushed in pieces; the decoder stays open for questions. */
static void decode_all(struct decode *d, const struct bytes *in, size_t piece, struct str *out)
{
	struct slice text;

	decode_init(d, decode_find(in->at, in->n));
	for (size_t at = 0; at < in->n; at += piece) {
		CHECK_INT(
			decode_push(d, in->at + at, at + piece < in->n ? piece : in->n - at, &text),
			0);
		str_add_bytes(out, text.at, text.n);
	}
	CHECK_INT(decode_end(d, &text), 0);
	str_add_bytes(out, text.at, text.n);
}

static void decode_texts(void)
{
	static const struct {
		struct bytes in;
		const char *out, *name;
	} rows[] = {
		{ BYTES(""), "", "UTF-8" },
		{ BYTES("plain"), "plain", "UTF-8" },
		{ BYTES("M\xc3\xbcller"), "M\xc3\xbcller", "UTF-8" },
		{ BYTES("M\xfcller"), "M\xfcller", "Windows-1252" },
		{ BYTES("\xc3\xbc and \xfc"), "\xc3\xbc and \xfc", "UTF-8 and Windows-1252" },
		{ BYTES("\xe4\xb8\xad\xf0\x9f\x8e\x82"), "\xe4\xb8\xad\xf0\x9f\x8e\x82", "UTF-8" },
		{ BYTES("cut \xe4\xb8"), "cut \xe4\xb8", "Windows-1252" },
		{ BYTES("\xf0\x80\x80\x80"), "\xf0\x80\x80\x80", "Windows-1252" },
		/* marks */
		{ BYTES("\xef\xbb\xbf"
			"a\xef\xbb\xbf"),
			"a\xef\xbb\xbf", "UTF-8" },
		{ BYTES("\xef\xbb\xbf"), "", "UTF-8" },
		{ BYTES("\xef\xbb"), "\xef\xbb", "Windows-1252" },
		{ BYTES("\xef\xbcx"), "\xef\xbcx", "Windows-1252" },
		{ BYTES("\xef\xbb\xbc"), "\xef\xbb\xbc", "UTF-8" },
		/* NUL */
		{ BYTES("a\0b\0\0c"), "abc", "UTF-8" },
		{ BYTES("\0\0\0"), "", "UTF-8" },
		/* UTF-16 */
		{ BYTES("\xff\xfe"
			"B\0\xfc\0\xac\x20"),
			"B\xc3\xbc\xe2\x82\xac", "UTF-16" },
		{ BYTES("\xfe\xff\0B\0\xfc\x20\xac"), "B\xc3\xbc\xe2\x82\xac", "UTF-16" },
		{ BYTES("B\0E\0G\0I\0N\0"), "BEGIN", "UTF-16" },
		{ BYTES("\0B\0E\0G\0I\0N"), "BEGIN", "UTF-16" },
		{ BYTES("\xff\xfe\x3d\xd8\x82\xdf"), "\xf0\x9f\x9e\x82", "UTF-16" },
		{ BYTES("\xff\xfe\x3d\xd8"
			"a\0"),
			"\xef\xbf\xbd"
			"a",
			"UTF-16" },
		{ BYTES("\xff\xfe\x82\xdf"
			"a\0"),
			"\xef\xbf\xbd"
			"a",
			"UTF-16" },
		{ BYTES("\xff\xfe\x3d\xd8\x3d\xd8\x82\xdf"), "\xef\xbf\xbd\xf0\x9f\x9e\x82",
			"UTF-16" },
		{ BYTES("\xff\xfe"
			"a\0\x3d\xd8"),
			"a\xef\xbf\xbd", "UTF-16" },
		{ BYTES("\xff\xfe"
			"a\0b"),
			"a\xef\xbf\xbd", "UTF-16" },
		{ BYTES("\xff\xfe"), "", "UTF-16" },
		/* UTF-32 as far as two bytes go */
		{ BYTES("\xff\xfe\0\0B\0\0\0"), "B", "UTF-16" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t piece = 1; piece <= 8; piece++) {
			_cleanup_(decode_done) struct decode d;
			_cleanup_str_ struct str out = STR_INIT;

			TEST_ROW("row %zu in pieces of %zu", i, piece);
			decode_all(&d, &rows[i].in, piece, &out);
			CHECK_TEXT(str_text(&out), rows[i].out);
			CHECK_INT(out.len, strlen(rows[i].out));
			CHECK_TEXT(decode_name(&d), rows[i].name);
		}
}

/* Nothing is copied that need not be. */
static void decode_passes_through(void)
{
	static const char text[] = "BEGIN:VCARD\r\nFN:M\xfcller\r\n";
	_cleanup_(decode_done) struct decode d;
	struct slice out;

	decode_init(&d, DECODE_BYTES);
	CHECK_INT(decode_push(&d, text, strlen(text), &out), 0);
	CHECK(out.at == text && out.n == strlen(text));
}

/* A large file is judged by its beginning; its bytes come through all the same. */
static void decode_judges_the_beginning(void)
{
	static char text[64 * 1024];
	_cleanup_(decode_done) struct decode d;
	struct slice out;

	decode_init(&d, DECODE_BYTES);
	memset(text, 'a', sizeof(text));
	for (size_t n = 0; n < DECODE_JUDGE_MAX; n += sizeof(text))
		CHECK_INT(decode_push(&d, text, sizeof(text), &out), 0);
	text[0] = '\xfc';
	CHECK_INT(decode_push(&d, text, sizeof(text), &out), 0);
	CHECK(out.n == sizeof(text) && out.at[0] == '\xfc');
	CHECK_TEXT(decode_name(&d), "UTF-8");
}

static void decode_utf16_is_told_from_bytes(void)
{
	static const struct {
		struct bytes in;
		enum decode_encoding encoding;
	} rows[] = {
		{ BYTES(""), DECODE_BYTES },
		{ BYTES("\0"), DECODE_BYTES },
		{ BYTES("a\0"), DECODE_BYTES },
		{ BYTES("a\0b\0"), DECODE_UTF16LE },
		{ BYTES("\0a\0b"), DECODE_UTF16BE },
		{ BYTES("a\0b\0\xe4\x4e"), DECODE_UTF16LE },
		{ BYTES("a\0bcdefgh"), DECODE_BYTES },
		{ BYTES("\0\0\0\0"), DECODE_BYTES },
		{ BYTES("\xff"), DECODE_BYTES },
		{ BYTES("\xfe\xff"), DECODE_UTF16BE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(decode_find(rows[i].in.at, rows[i].in.n), rows[i].encoding);
	}
}

TEST_MAIN(TEST(decode_texts), TEST(decode_passes_through), TEST(decode_judges_the_beginning),
	TEST(decode_utf16_is_told_from_bytes))
