/* SPDX-License-Identifier: MIT */
#include "format/html.h"
#include "test.h"

static void html_texts(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "plain", "plain" },
		{ "<a href=\"x\">Tom & 'Jerry'</a>",
			"&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Jerry&#39;&lt;/a&gt;" },
		{ "&amp;", "&amp;amp;" },
		{ "a\x01\x1b[31m\x7f"
		  "b\tc\nd",
			"a[31mb\tc\nd" },
		{ "Ünï 🎂", "Ünï 🎂" },
		{ "a\xff"
		  "b",
			"a\xef\xbf\xbd"
			"b" },
		{ "\xe2\x80\xaeix", "ix" },
		{ "", "" },
		{ NULL, "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("row %zu", i);
		html_add_text(&s, rows[i].in);
		CHECK_TEXT(str_text(&s), rows[i].out);
	}
}

TEST_MAIN(TEST(html_texts))
