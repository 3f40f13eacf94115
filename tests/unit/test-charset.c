/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "format/charset.h"
#include "test.h"

#include <string.h>

static void charset_texts(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "M\xc3\xbcller", "M\xc3\xbcller" },
		{ "M\xfcller", "M\xc3\xbcller" },
		{ "\x80 5 \x96 \x93x\x94",
			"\xe2\x82\xac 5 \xe2\x80\x93 \xe2\x80\x9cx\xe2\x80\x9d" },
		{ "\x81", "\xef\xbf\xbd" },
		{ "\xff", "\xc3\xbf" },
		/* damaged UTF-8, not Windows-1252 */
		{ "\xc3\xbc\xc3\xb6\xc3", "\xc3\xbc\xc3\xb6\xef\xbf\xbd" },
		/* an emoji */
		{ "\xf0\x9f\x8e\x82", "\xf0\x9f\x8e\x82" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("row %zu", i);
		charset_add(&s, rows[i].in, strlen(rows[i].in));
		CHECK_TEXT(str_text(&s), rows[i].out);
		CHECK(utf8_valid(str_text(&s), s.len));
	}
}

/* The quick check against the plain one, with the damage at every place of two words of memory. */
static void charset_quick_check(void)
{
	char text[24];

	for (size_t at = 0; at < sizeof(text); at++)
		for (size_t n = at + 1; n <= sizeof(text); n++) {
			memset(text, 'a', sizeof(text));
			CHECK(charset_is_utf8(text, n));
			text[at] = '\xfc';
			CHECK(!charset_is_utf8(text, n));
			memcpy(text + at, "\xc3\xbc", at + 2 <= sizeof(text) ? 2 : 1);
			CHECK(charset_is_utf8(text, n) == utf8_valid(text, n));
		}
}

TEST_MAIN(TEST(charset_texts), TEST(charset_quick_check))
