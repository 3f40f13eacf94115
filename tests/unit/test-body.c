/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "post/body.h"
#include "test.h"

#include <string.h>

static const struct {
	const char *body;
	const char *sent;
} rows[] = {
	{ "", "" },
	{ "a", "a\r\n" },
	{ "a\r\n", "a\r\n" },
	{ "a\n", "a\r\n" },
	{ "a\r", "a\r\n" },
	{ "\n", "\r\n" },
	{ "\r\n\r\n", "\r\n\r\n" },
	{ "\n\n", "\r\n\r\n" },
	{ "\r\r", "\r\n\r\n" },
	{ "\r\r\n", "\r\n\r\n" },
	{ "\n\r", "\r\n\r\n" },
	{ "\n\r\n", "\r\n\r\n" },
	{ "a\rb\nc\r\nd", "a\r\nb\r\nc\r\nd\r\n" },
	{ ".", "..\r\n" },
	{ "..", "...\r\n" },
	{ ".\r\n", "..\r\n" },
	{ "a.\r\n", "a.\r\n" },
	{ "a\r\n.\r\nb", "a\r\n..\r\nb\r\n" },
	{ "a\n.\nb", "a\r\n..\r\nb\r\n" },
	{ "a\r.\rb", "a\r\n..\r\nb\r\n" },
	{ "a\r\n.b\r\n..c", "a\r\n..b\r\n...c\r\n" },
	{ "a\n.\r\nMAIL FROM:<x>", "a\r\n..\r\nMAIL FROM:<x>\r\n" },
};

/* The pieces in which it is asked for do not show. */
static void body_in_pieces(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t max = 1; max < 40; max++) {
			struct body body = body_begin(rows[i].body, strlen(rows[i].body));
			struct str s = STR_INIT;

			TEST_ROW("row %zu, pieces of %zu", i, max);
			for (int k = 0; k < 100 && !body_is_done(&body); k++)
				body_add(&body, &s, max);
			CHECK(body_is_done(&body));
			body_add(&body, &s, max);
			CHECK_TEXT(str_text(&s), rows[i].sent);
			str_done(&s);
		}
}

/* RFC 1870: the size counts line ends as CRLF and no doubled dots. */
static void body_sizes(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t expected = strlen(rows[i].sent);
		const char *sent = rows[i].sent;

		for (const char *at = sent; (at = strchr(at, '.')) != NULL; at++)
			expected -= (at == sent || at[-1] == '\n');
		TEST_ROW("row %zu", i);
		CHECK_INT(body_measure(rows[i].body, strlen(rows[i].body)).size, expected);
	}
}

static void body_eight_bits(void)
{
	CHECK(!body_measure("abc\x7f", 4).eightbit);
	CHECK(body_measure("abc\x80", 4).eightbit);
	CHECK(!body_measure("", 0).eightbit);
	for (size_t n = 1; n <= 20; n++)
		for (size_t at = 0; at < n; at++) {
			char text[20];

			TEST_ROW("%zu of %zu", at, n);
			memset(text, 'a', n);
			CHECK(!body_measure(text, n).eightbit);
			text[at] = '\x80';
			CHECK(body_measure(text, n).eightbit);
		}
}

TEST_MAIN(TEST(body_in_pieces), TEST(body_sizes), TEST(body_eight_bits))
