/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "format/line_writer.h"
#include "test.h"

#include <string.h>

static void line_writer_escapes(void)
{
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{ "", "" },
		{ "a,b;c:d\"e", "a\\,b\\;c:d\"e" },
		{ "\\n\n\\", "\\\\n\\n\\\\" },
		{ "a\tb\rc\x01\x7f"
		  "d",
			"a\tbcd" },
		{ "é🙂", "é🙂" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str line = STR_INIT;

		line_add_text(&line, rows[i].text);
		CHECK_TEXT(str_text(&line), rows[i].expected);
	}
}

/* For each length and width of characters: no line is over 75 octets, no character is cut, and unfolded
 * it is what it was. */
static void line_writer_folds(void)
{
	static const char *const letters[] = { "a", "é", "€", "🙂" };

	for (size_t width = 1; width <= ARRAY_SIZE(letters); width++)
		for (size_t n = 0; n < 260; n++) {
			_cleanup_str_ struct str line = STR_INIT, out = STR_INIT, whole = STR_INIT,
						 unfolded = STR_INIT;

			TEST_ROW("%zu of %zu bytes", n, width);
			str_add(&line, n % 3 ? "x" : "");
			for (size_t i = 0; i < n; i++)
				str_add(&line, letters[width - 1]);
			str_add(&whole, str_text(&line));
			line_end(&line, &out);
			CHECK_INT(line.len, 0);
			for (const char *p = str_text(&out), *end; *p; p = end + 2) {
				end = strstr(p, "\r\n");
				if (!CHECK(end != NULL))
					return;
				CHECK(end - p <= 75 && utf8_valid(p, (size_t)(end - p)));
				CHECK(p == out.data || *p == ' ');
				str_add_bytes(&unfolded, p + (p != out.data),
					(size_t)(end - p) - (p != out.data));
			}
			CHECK_TEXT(str_text(&unfolded), str_text(&whole));
		}
}

static void line_writer_as_long_as_may_be(void)
{
	_cleanup_str_ struct str line = STR_INIT, out = STR_INIT;

	for (size_t i = 0; i < 75; i++)
		str_add_char(&line, 'x');
	line_end(&line, &out);
	CHECK_INT(out.len, 77);
}

TEST_MAIN(TEST(line_writer_escapes), TEST(line_writer_folds), TEST(line_writer_as_long_as_may_be))
