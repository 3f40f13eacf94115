/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/str.h"
#include "core/utf8.h"
#include "post/reply.h"
#include "test.h"

#include <errno.h>
#include <string.h>

static void reply_rows(void)
{
	static const struct {
		const char *bytes;
		int r, code, subject, detail;
		const char *text;
	} rows[] = {
		{ "250 ok\r\n", 1, 250, -1, -1, "250 ok" },
		{ "250\r\n", 1, 250, -1, -1, "250" },
		{ "250 \r\n", 1, 250, -1, -1, "250" },
		{ "250 ok\n", 1, 250, -1, -1, "250 ok" },
		{ "250 ok\r\r\n", 1, 250, -1, -1, "250 ok" },
		{ "250-a\r\n250 b\r\n", 1, 250, -1, -1, "250 a b" },
		{ "250-\r\n250-\r\n250 b\r\n", 1, 250, -1, -1, "250 b" },
		{ "550 5.1.1 no\r\n", 1, 550, 1, 1, "550 5.1.1 no" },
		{ "550 5.7.999\r\n", 1, 550, 7, 999, "550 5.7.999" },
		{ "550-5.1.1 no\r\n550 5.1.1 user\r\n", 1, 550, 1, 1, "550 5.1.1 no user" },
		{ "550-5.1.1 no\r\n550 5.1.2 user\r\n", 1, 550, 1, 1, "550 5.1.1 no 5.1.2 user" },
		{ "550 5.1 no\r\n", 1, 550, -1, -1, "550 5.1 no" },
		{ "550 5.1.1.1 no\r\n", 1, 550, -1, -1, "550 5.1.1.1 no" },
		{ "550 5.1.1no\r\n", 1, 550, -1, -1, "550 5.1.1no" },
		{ "550 7.1.1 no\r\n", 1, 550, -1, -1, "550 7.1.1 no" },
		{ "550 5..1 no\r\n", 1, 550, -1, -1, "550 5..1 no" },
		{ "550 a\tb\x01\x7f\xc2\x9b"
		  "c\r\n",
			1, 550, -1, -1, "550 a b c" },
		{ "299 x\r\n", 1, 299, -1, -1, "299 x" },
		{ "", 0, 0, 0, 0, NULL },
		{ "250 ok", 0, 0, 0, 0, NULL },
		{ "250-ok\r\n", 0, 0, 0, 0, NULL },
		{ "250-ok\r\n250", 0, 0, 0, 0, NULL },
		{ "\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ "25\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ "2500 x\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ "25a x\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ " 250 x\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ "100 x\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ "600 x\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ "250-a\r\n550 b\r\n", -EBADMSG, 0, 0, 0, NULL },
		{ "SSH-2.0-x\r\n", -EBADMSG, 0, 0, 0, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct reply_reader reader = { .line_len = 0 };
		struct reply reply = { .code = 0 };
		struct err e = { "" };
		size_t used = 0;

		TEST_ROW("%s", rows[i].bytes);
		CHECK_INT(reply_read(
				  &reader, rows[i].bytes, strlen(rows[i].bytes), &used, &reply, &e),
			rows[i].r);
		CHECK((rows[i].r < 0) == (e.text[0] != '\0'));
		CHECK_INT(used, strlen(rows[i].bytes));
		if (rows[i].r <= 0)
			continue;
		CHECK_INT(reply.code, rows[i].code);
		CHECK_INT(reply.subject, rows[i].subject);
		CHECK_INT(reply.detail, rows[i].detail);
		CHECK_TEXT(reply.text, rows[i].text);
	}
}

static void reply_one_after_the_other(void)
{
	static const char bytes[] = "250-a\r\n250 b\r\n354 c\r\n550 5.1.1 d\r\n";
	struct reply_reader reader = { .line_len = 0 };
	const char *at = bytes, *end = bytes + strlen(bytes);
	int codes[3] = { 0 };
	size_t n = 0;

	while (at < end && n < 3) {
		struct reply reply;
		size_t used = 0;

		if (reply_read(&reader, at, (size_t)(end - at), &used, &reply, NULL) > 0)
			codes[n++] = reply.code;
		at += used;
	}
	CHECK(at == end);
	CHECK(codes[0] == 250 && codes[1] == 354 && codes[2] == 550);
}

static void reply_nul_bytes_are_blanks(void)
{
	struct reply_reader reader = { .line_len = 0 };
	struct reply reply;
	size_t used = 0;

	CHECK_INT(reply_read(&reader, "250 a\0b\r\n", 9, &used, &reply, NULL), 1);
	CHECK_TEXT(reply.text, "250 a b");
}

/* Feeds `piece` until the reader has had enough; returns how many bytes that were. */
static size_t reply_until_refused(const char *piece)
{
	struct reply_reader reader = { .line_len = 0 };
	struct reply reply;
	struct err e = { "" };
	size_t bytes = 0, used = 0;
	int r = 0;

	while (r == 0 && bytes < 10 * REPLY_BYTES_MAX) {
		r = reply_read(&reader, piece, strlen(piece), &used, &reply, &e);
		bytes += used;
	}
	CHECK_INT(r, -EBADMSG);
	CHECK(e.text[0]);
	return bytes;
}

static void reply_without_end(void)
{
	CHECK_INT(reply_until_refused("a line without an end "), REPLY_BYTES_MAX);
	CHECK_INT(reply_until_refused("250-\r\n"), 6 * (REPLY_LINES_MAX + 1));
	CHECK(reply_until_refused(
		      "250-a long line, so that the bytes end first, long, long, long, and "
		      "longer, and longer still, until there are enough of them to tell that "
		      "this will never be a reply, and so will be refused\r\n") <= REPLY_BYTES_MAX);
}

static void reply_long_lines_are_cut(void)
{
	struct reply_reader reader = { .line_len = 0 };
	struct reply reply;
	struct str s = STR_INIT;
	size_t used = 0;

	str_add(&s, "250 x");
	while (s.len < 3000)
		str_add(&s, "\xe2\x82\xac");
	str_add(&s, "\r\n");
	CHECK_INT(reply_read(&reader, s.data, s.len, &used, &reply, NULL), 1);
	CHECK_INT(used, s.len);
	CHECK(strlen(reply.text) > sizeof(reply.text) - 5);
	CHECK(utf8_valid(reply.text, strlen(reply.text)));
	str_done(&s);
}

static void reply_is_cleaned(void)
{
	static const struct {
		const char *bytes, *clean;
	} rows[] = {
		{ "\x1b[31mred\x1b[0m no", "red no" },
		{ "\x1b]0;title\athen", "then" },
		{ "\x1b]0;title\x1b\\then", "then" },
		{ "\x1b]0;for ever", "" },
		{ "\x1b[", "" },
		{ "\x1b", "" },
		{ "\x1b"
		  "c reset",
			" reset" },
		{ "\x1b\x1b[31mx", "x" },
		{ "no\xe2\x80\x8b"
		  "bo\xe2\x80\x8d\xef\xbb\xbf\xc2\xad"
		  "dy",
			"nobody" },
		{ "left\xe2\x80\xae right", "left right" },
		{ "run `rm -r x` now", "run 'rm -r x' now" },
		{ "\xff\xfe\xfdx\xff",
			"\xef\xbf\xbd"
			"x\xef\xbf\xbd" },
		{ "Gr\xc3\xbc\xc3\x9f"
		  "e",
			"Gr\xc3\xbc\xc3\x9f"
			"e" },
		{ "a\r\nb", "a  b" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char clean[40];

		TEST_ROW("row %zu", i);
		reply_clean(clean, sizeof(clean), rows[i].bytes, strlen(rows[i].bytes));
		CHECK_TEXT(clean, rows[i].clean);
	}
}

TEST_MAIN(TEST(reply_is_cleaned), TEST(reply_rows), TEST(reply_one_after_the_other),
	TEST(reply_nul_bytes_are_blanks), TEST(reply_without_end), TEST(reply_long_lines_are_cut))
