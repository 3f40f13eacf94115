/* SPDX-License-Identifier: MIT */
#include "format/qp.h"
#include "test.h"

#include <string.h>

static const char *encode(struct str *s, const char *text)
{
	str_clear(s);
	qp_add_encoded(s, text, strlen(text));
	return str_text(s);
}

static void qp_encoded(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "", "" },
		{ "a\n", "a\r\n" },
		{ "a", "a" },
		{ "\n\n", "\r\n\r\n" },
		{ "1 = 1\n", "1 =3D 1\r\n" },
		{ "M\xc3\xbcller\n", "M=C3=BCller\r\n" },
		{ "a \n", "a=20\r\n" },
		{ "a\t", "a=09" },
		{ "a  \nb", "a =20\r\nb" },
		{ " \n", "=20\r\n" },
		{ ".\n", "=2E\r\n" },
		{ "..x\n", "=2E.x\r\n" },
		{ "a.\n", "a.\r\n" },
		{ "From here\n", "=46rom here\r\n" },
		{ "From\n", "From\r\n" },
		{ ">From x\n", ">From x\r\n" },
		{ "a\rb\n", "a=0Db\r\n" },
		{ "\x7f", "=7F" },
	};
	_cleanup_str_ struct str s = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_TEXT(encode(&s, rows[i].in), rows[i].out);
	}
}

/* Each byte at each place of a word of the machine: encoded or not, whatever stands beside it. */
static void qp_bytes(void)
{
	_cleanup_str_ struct str s = STR_INIT, expected = STR_INIT;

	for (int c = 1; c < 256; c++)
		for (size_t place = 0; place < 24; place++) {
			bool literal = c == '\t' || (c >= ' ' && c <= '~' && c != '=');
			char text[26] = "xxxxxxxxxxxxxxxxxxxxxxxxx";

			if (c == '\n')
				continue;
			text[place] = (char)c;
			text[24] = (place & 1) ? '\x80' : 'x';
			str_clear(&expected);
			for (size_t i = 0; i < 25; i++)
				if ((unsigned char)text[i] == c ? literal && (c != '.' || i)
								: text[i] == 'x')
					str_add_char(&expected, text[i]);
				else
					str_addf(&expected, "=%02X", (unsigned char)text[i]);
			TEST_ROW("%02x at %zu", (unsigned)c, place);
			CHECK_TEXT(encode(&s, text), str_text(&expected));
		}
}

static bool is_hex(char c)
{
	return str_is_digit(c) || (c >= 'A' && c <= 'F');
}

/* Lines of at most 76, ended by CR LF, no blank or bare dot where a relay would eat or read it, and
 * "=" before two digits or a line's end alone. */
static void check_lines(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\r\n");

		CHECK(n <= QP_LINE_MAX);
		CHECK(*text != '.' && !str_starts(text, "From "));
		CHECK(!n || (text[n - 1] != ' ' && text[n - 1] != '\t'));
		for (size_t i = 0; i < n; i++)
			if (text[i] == '=' && i + 1 < n)
				CHECK(i + 2 < n && is_hex(text[i + 1]) && is_hex(text[i + 2]));
		text += n;
		CHECK(!*text || str_starts(text, "\r\n"));
		text += *text ? 2 : 0;
	}
}

/* Every length around a line's and around the buffer's, with what breaks badly at every place. */
static void qp_there_and_back(void)
{
	static const char *const pieces[] = { "x", "\xc3\xbc", ".", " ", "=", "From ",
		"\xf0\x9f\x8e\x82", "ab.", "word ", "12345678.", "\t.", "a\n" };
	_cleanup_str_ struct str in = STR_INIT, out = STR_INIT, back = STR_INIT;

	for (size_t p = 0; p < ARRAY_SIZE(pieces); p++)
		for (size_t lead = 0; lead < 80; lead++) {
			TEST_ROW("piece %zu behind %zu", p, lead);
			str_clear(&in);
			for (size_t i = 0; i < lead; i++)
				str_add_char(&in, 'a');
			while (in.len < lead + (lead % 8 ? 400 : 9000))
				str_add(&in, pieces[p]);
			CHECK(encode(&out, in.data) != NULL);
			check_lines(out.data);
			str_clear(&back);
			qp_add_decoded(&back, out.data, out.len);
			str_clear(&out);
			for (size_t i = 0; i < back.len; i++)
				if (back.data[i] != '\r')
					str_add_char(&out, back.data[i]);
			if (!CHECK(strcmp(str_text(&out), in.data) == 0))
				return;
		}
}

static void qp_decoded(void)
{
	static const struct {
		const char *in, *out;
	} rows[] = {
		{ "=41=6a=6A", "Ajj" },
		{ "a=\r\nb", "ab" },
		{ "a=  \nb", "ab" },
		{ "a=", "a" },
		{ "a=4", "a=4" },
		{ "a=zz", "a=zz" },
		{ "==41", "=A" },
		{ "a= b", "a= b" },
		{ "", "" },
		{ "=3D=3D", "==" },
	};
	_cleanup_str_ struct str s = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].in);
		str_clear(&s);
		qp_add_decoded(&s, rows[i].in, strlen(rows[i].in));
		CHECK_TEXT(str_text(&s), rows[i].out);
	}
}

TEST_MAIN(TEST(qp_encoded), TEST(qp_bytes), TEST(qp_there_and_back), TEST(qp_decoded))
