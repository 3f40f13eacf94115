/* SPDX-License-Identifier: MIT */
#include "format/bidi.h"
#include "format/html.h"
#include "test.h"

#define FSI "\xe2\x81\xa8"
#define PDI "\xe2\x81\xa9"
#define LRM "\xe2\x80\x8e"

static void stretches_are_set_apart(void)
{
	static const struct {
		const char *in, *text, *html;
	} rows[] = {
		{ "", "", "" },
		{ "Anna: 3 books", "Anna: 3 books", "Anna: 3 books" },
		{ "יוסי כהן: 3 books", FSI "יוסי כהן" PDI ": 3 books",
			"<bdi>יוסי כהן</bdi>: 3 books" },
		{ "Thank محمد العربي: 2 books", "Thank " FSI "محمد العربي" PDI ": 2 books",
			"Thank <bdi>محمد العربي</bdi>: 2 books" },
		/* What stands between belongs to it, a letter of another script ends it. */
		{ "יוסי (3) כהן (4)", FSI "יוסי (3) כהן" PDI " (4)",
			"<bdi>יוסי (3) כהן</bdi> (4)" },
		{ "יוסי & Anna & כהן", FSI "יוסי" PDI " & Anna & " FSI "כהן" PDI,
			"<bdi>יוסי</bdi> &amp; Anna &amp; <bdi>כהן</bdi>" },
		{ "Петя, 日本, Ünï 🎂 <1>", "Петя, 日本, Ünï 🎂 <1>", "Петя, 日本, Ünï 🎂 &lt;1&gt;" },
		{ "א<b>א", FSI "א" PDI "<b>" FSI "א" PDI, "<bdi>א</bdi>&lt;b&gt;<bdi>א</bdi>" },
		/* The character before the first of those, and one of them. */
		{ "\xd6\x8f \xd7\x90", "\xd6\x8f " FSI "\xd7\x90" PDI,
			"\xd6\x8f <bdi>\xd7\x90</bdi>" },
		{ "א\xff", FSI "א" PDI "\xff", "<bdi>א</bdi>\xef\xbf\xbd" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str text = STR_INIT, html = STR_INIT;

		TEST_ROW("%s", rows[i].in);
		bidi_add_isolated(&text, rows[i].in);
		html_add_words(&html, rows[i].in);
		str_add(&text, "");
		CHECK_TEXT(str_text(&text), rows[i].text);
		CHECK_TEXT(str_text(&html), rows[i].html);
	}
}

static void stretches_are_marked(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "Anna turns 40 today", "Anna turns 40 today" },
		{ "יוסי: 3 books", LRM "יוסי" LRM ": 3 books" },
		{ "Thank محمد, יוסי turns 40 (+3)",
			"Thank " LRM "محمد, יוסי" LRM " turns 40 (+3)" },
		{ "יוסי turns 40, Thank محمد", LRM "יוסי" LRM " turns 40, Thank " LRM "محمد" LRM },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%s", rows[i].in);
		bidi_add_marked(&out, rows[i].in);
		CHECK_TEXT(str_text(&out), rows[i].out);
	}
}

TEST_MAIN(TEST(stretches_are_set_apart), TEST(stretches_are_marked))
