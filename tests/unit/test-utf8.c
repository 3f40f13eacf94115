/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "test.h"

#include <string.h>

static void utf8_every_character_survives(void)
{
	_cleanup_str_ struct str s = STR_INIT;

	for (uint32_t c = 1; c <= 0x10ffff; c++) {
		uint32_t back = 0;
		size_t n;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		str_clear(&s);
		utf8_add(&s, c);
		n = utf8_decode(s.data, s.len, &back);
		if (n != s.len || back != c || (n > 1 && utf8_decode(s.data, n - 1, &back) != 0)) {
			TEST_ROW("U+%04X", (unsigned)c);
			CHECK(false);
			return;
		}
	}
}

static void utf8_refuses_what_rfc_3629_refuses(void)
{
	static const char *const rows[] = {
		"\x80",
		"\xc0\x80",
		"\xc1\xbf",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80",
		"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xff",
		"\xc3",
		"\xc3x",
		"\xe2\x82",
		"a\xe2\x82",
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK(!utf8_valid(rows[i], strlen(rows[i])));
	}
	CHECK(utf8_valid("Grüße 🎉 𐍈", strlen("Grüße 🎉 𐍈")));
}

static void utf8_cuts_between_characters(void)
{
	static const struct {
		const char *text;
		size_t max, cut;
	} rows[] = {
		{ "", 0, 0 },
		{ "", 5, 0 },
		{ "abc", 2, 2 },
		{ "abc", 3, 3 },
		{ "abc", 9, 3 },
		{ "aä", 1, 1 },
		{ "aä", 2, 1 },
		{ "aä", 3, 3 },
		{ "ä", 1, 0 },
		{ "a🎉b", 4, 1 },
		{ "a🎉b", 5, 5 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s, %zu", rows[i].text, rows[i].max);
		CHECK_INT(utf8_cut(rows[i].text, rows[i].max), rows[i].cut);
	}
}

static void utf8_folding(void)
{
	static const struct {
		const char *text, *folded;
	} rows[] = {
		{ "Müller", "mueller" },
		{ "MÜLLER", "mueller" },
		{ "Mu\xcc\x88ller", "mueller" },
		{ "Straße", "strasse" },
		{ "STRAẞE", "strasse" },
		{ "Øresund Åse", "oeresund ase" },
		{ "Zoë Čapek Łukasz", "zoe capek lukasz" },
		{ "Cafe\xcc\x81", "cafe" },
		{ "ΑΘΗΝΑ", "αθηνα" },
		{ "МОСКВА Ёлка", "москва ёлка" },
		{ "山田 太郎", "山田 太郎" },
		{ "a\xffz", "a\xef\xbf\xbdz" },
		{ "A\xcc\x88U\xcc\x88 abcdefghijklmnoO\xcc\x88", "aeue abcdefghijklmnooe" },
		{ "abcdefghijklmnoP\xcc\x81X", "abcdefghijklmnopx" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%s", rows[i].text);
		utf8_add_folded(&s, rows[i].text);
		CHECK_TEXT(str_text(&s), rows[i].folded);
	}
}

static void utf8_cleaning(void)
{
	_cleanup_str_ struct str s = STR_INIT;

	utf8_add_clean(&s,
		"a\033[31mb\x7f\xc2\x9b"
		"c\td\r\n\xe2\x80\xae"
		"e\xff");
	CHECK_TEXT(str_text(&s), "a[31mbc\td\ne\xef\xbf\xbd");
}

static void utf8_tidying(void)
{
	static const struct {
		const char *text, *line, *lines;
	} rows[] = {
		{ "", "", "" },
		{ "Anna", "Anna", "Anna" },
		{ "  Anna \t Schmidt\n", "Anna   Schmidt", "Anna \t Schmidt" },
		{ " \t\r\n\v\f ", "", "" },
		{ "\u00a0\u3000\u200b\ufeff\u200d\u2060", "", "" },
		{ "one\ntwo\r\nthree\rfour", "one two three four", "one\ntwo\nthree\nfour" },
		{ "a\u2028b\u2029c\xc2\x85"
		  "d\ve",
			"a b c d e", "a\nb\nc\nd\ne" },
		{ "a\n\nb\n\n", "a  b", "a\n\nb" },
		{ "A\033[31mB\a\177C", "A[31mBC", "A[31mBC" },
		{ "\u202eA\u2066B\u2069\u202c", "AB", "AB" },
		{ "\u202e \u2066\a", "", "" },
		{ "Zoë \u202d Ω", "Zoë  Ω", "Zoë  Ω" },
		{ "שרה\u200e", "שרה", "שרה" }, /* a mark alone at the end says nothing */
		{ "👩\u200d👧", "👩\u200d👧", "👩\u200d👧" },
		{ "\ufffd", "\ufffd", "\ufffd" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int lines = 0; lines <= 1; lines++) {
			_cleanup_free_ char *text = str_dup(rows[i].text);

			TEST_ROW("row %zu, lines %d", i, lines);
			utf8_tidy(text, lines);
			CHECK_TEXT(text, lines ? rows[i].lines : rows[i].line);
		}
}

static void utf8_widths(void)
{
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
		{ "abc", 3 },
		{ "Jürgen", 6 },
		{ "e\xcc\x81", 1 },
		{ "山田", 4 },
		{ "🎉", 2 },
		{ "한국", 4 },
		{ "ﾊﾝ", 2 },
		{ "", 0 },
		{ " ~\x1f\x7f\xc2\xa0", 3 },
		{ "a\xe2\x80\x8d"
		  "b",
			2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		CHECK_INT(utf8_width(rows[i].text), rows[i].width);
	}
}

TEST_MAIN(TEST(utf8_every_character_survives), TEST(utf8_refuses_what_rfc_3629_refuses),
	TEST(utf8_cuts_between_characters), TEST(utf8_folding), TEST(utf8_cleaning),
	TEST(utf8_tidying), TEST(utf8_widths))
