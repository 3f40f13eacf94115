/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "format/word.h"
#include "test.h"

#include <string.h>

static void word_decoded(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "plain", "plain" },
		{ "=?UTF-8?Q?M=C3=BCller?=", "Müller" },
		{ "=?utf-8?q?a_b?= c", "a b c" },
		{ "=?UTF-8?B?w7w=?=", "ü" },
		{ "=?iso-8859-1?Q?=FC?=", "ü" },
		{ "=?UTF-8*de?Q?x?=", "x" },
		{ "=?UTF-8?Q?a?= =?UTF-8?Q?b?=", "ab" },
		{ "=?UTF-8?Q?a?=\r\n =?UTF-8?Q?b?= c", "ab c" },
		/* one character cut in two by a careless writer */
		{ "=?UTF-8?Q?=C3?= =?UTF-8?Q?=BC?=", "ü" },
		{ "=?koi8-r?Q?x?=", "=?koi8-r?Q?x?=" },
		{ "=?UTF-8?X?x?=", "=?UTF-8?X?x?=" },
		{ "=?UTF-8?Q?x", "=?UTF-8?Q?x" },
		{ "=?UTF-8?Q?a b?=", "=?UTF-8?Q?a b?=" },
		{ "=?", "=?" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%s", rows[i].in);
		word_add_decoded(&s, rows[i].in);
		CHECK_TEXT(str_text(&s), rows[i].out);
	}
}

static void fold_texts(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "short", "Subject: short\r\n" },
		{ "", "Subject: \r\n" },
		{ "two  blanks", "Subject: two  blanks\r\n" },
		{ "Jörg ist da", "Subject: =?UTF-8?Q?J=C3=B6rg?= ist da\r\n" },
		{ "für Jörg", "Subject: =?UTF-8?Q?f=C3=BCr_J=C3=B6rg?=\r\n" },
		{ "a =?UTF-8?Q?b?= c", "Subject: a =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fb=3F=3D?= c\r\n" },
		{ "0123456789012345678901234567890123456789012345678901234567890123456 x",
			"Subject: 0123456789012345678901234567890123456789012345678901234567890123456\r\n"
			" x\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;
		struct fold fold;

		TEST_ROW("%s", rows[i].in);
		fold_begin(&fold, &s, "Subject");
		fold_add_text(&fold, rows[i].in);
		fold_end(&fold);
		CHECK_TEXT(str_text(&s), rows[i].out);
	}
}

/* RFC 2047 section 2: lines of at most 76 characters, words of at most 75, whole characters. */
static void check_words(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\r");

		CHECK(n <= FOLD_MAX);
		text += n + 2;
	}
}

static void check_one_word(const char *word, size_t n)
{
	_cleanup_str_ struct str raw = STR_INIT, decoded = STR_INIT;

	CHECK(n <= 75);
	str_add_bytes(&raw, word, n);
	word_add_decoded(&decoded, str_text(&raw));
	CHECK(!strstr(str_text(&decoded), "\xef\xbf\xbd") && utf8_valid(decoded.data, decoded.len));
}

static void fold_there_and_back(void)
{
	static const char *const pieces[] = { "ü", "x", "日本", "🎂", "a b ", "ü b ", "ü  ö a ",
		"=? ", "שלום ", "\"x\", " };

	for (size_t p = 0; p < ARRAY_SIZE(pieces); p++)
		for (size_t lead = 0; lead < 90; lead++) {
			_cleanup_str_ struct str in = STR_INIT, out = STR_INIT, flat = STR_INIT,
						 back = STR_INIT;
			struct fold fold;
			const char *word;

			TEST_ROW("%s behind %zu", pieces[p], lead);
			for (size_t i = 0; i < lead; i++)
				str_add_char(&in, 'a');
			while (in.len < lead + 300)
				str_add(&in, pieces[p]);
			while (in.data[in.len - 1] == ' ')
				in.data[--in.len] = '\0';
			fold_begin(&fold, &out, "Subject");
			fold_add_text(&fold, in.data);
			fold_end(&fold);
			check_words(out.data);
			for (word = out.data; (word = strstr(word, "=?UTF-8")); word++)
				check_one_word(word, strcspn(word, " \r"));
			for (const char *c = out.data + strlen("Subject: "); *c; c++)
				if (*c != '\r' && *c != '\n')
					str_add_char(&flat, *c);
			word_add_decoded(&back, str_text(&flat));
			CHECK_TEXT(str_text(&back), in.data);
		}
}

TEST_MAIN(TEST(word_decoded), TEST(fold_texts), TEST(fold_there_and_back))
