/* SPDX-License-Identifier: MIT */
#include "format/base64.h"
#include "test.h"

#include <string.h>

static void base64_texts(void)
{
	/* RFC 4648 section 10, and what files make of it. */
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ "Zg==", "f" },
		{ "Zm8=", "fo" },
		{ "Zm9v", "foo" },
		{ "Zm9vYg", "foob" },
		{ "Zm9v\r\n YmFy", "foobar" },
		{ "w7w=", "\xc3\xbc" },
		{ "+/+/", "\xfb\xff\xbf" },
		{ "Z", "" },
		{ "!?", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("row %zu", i);
		base64_add_decoded(&s, rows[i].in, strlen(rows[i].in));
		CHECK_TEXT(str_text(&s), rows[i].out);
	}
}

static void base64_validity(void)
{
	static const struct {
		const char *text;
		bool valid;
	} rows[] = {
		{ "", true },
		{ "Zg==", true },
		{ "Zg", true },
		{ "Zm8=", true },
		{ "Zm9v", true },
		{ " Zm9v\r\n Yg == ", true },
		{ "Z", false },
		{ "Zm9vY", false },
		{ "Zg=", false },
		{ "Zm9v=", false },
		{ "Zm9v==", false },
		{ "Z===", false },
		{ "=", false },
		{ "Zg==Zg==", false },
		{ "!!!notbase64", false },
		{ "Zm9v-_", false },
		{ "Zm\xc3\xbc", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		TEST_ROW("\"%s\"", rows[i].text);
		CHECK_INT(base64_is_valid(rows[i].text, strlen(rows[i].text)), rows[i].valid);
	}
	CHECK(!base64_is_valid("Zm\0v", 4));
}

TEST_MAIN(TEST(base64_texts), TEST(base64_validity))
