/* SPDX-License-Identifier: MIT */
#include "format/value.h"
#include "test.h"

#include <string.h>

static struct slice slice(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

static void value_texts(void)
{
	static const struct {
		const char *in, *words, *lines, *raw;
	} rows[] = {
		{ "plain", "plain", "plain", "plain" },
		{ "  a b \t", "a b", "a b", "  a b  " },
		{ "a\\nb\\Nc", "a b c", "a\nb\nc", "a\\nb\\Nc" },
		{ "a\\, b\\; c\\: \\\\ \\\"", "a, b; c: \\ \"", "a, b; c: \\ \"",
			"a\\, b\\; c\\: \\\\ \\\"" },
		{ "C:\\dir\\", "C:\\dir\\", "C:\\dir\\", "C:\\dir\\" },
		{ "a\nb", "a b", "a\nb", "a\\nb" },
		{ "\x01"
		  "a\x7f"
		  "b\xc2\x85"
		  "c",
			"abc", "abc", "abc" },
		{ "\xe2\x80\xad+49 173\xe2\x80\xac", "+49 173", "+49 173", "+49 173" },
		{ "\xe2\x81\xa6x\xe2\x81\xa9", "x", "x", "x" },
		/* neighbours of what is left out */
		{ "\xc2\xa0\xe2\x80\xa9\xe2\x81\xa5", "\xc2\xa0\xe2\x80\xa9\xe2\x81\xa5",
			"\xc2\xa0\xe2\x80\xa9\xe2\x81\xa5", "\xc2\xa0\xe2\x80\xa9\xe2\x81\xa5" },
		{ "a\\n", "a", "a", "a\\n" },
		{ "\\n", "", "", "\\n" },
		{ "\xc3\xbc\xf0\x9f\x8e\x82", "\xc3\xbc\xf0\x9f\x8e\x82",
			"\xc3\xbc\xf0\x9f\x8e\x82", "\xc3\xbc\xf0\x9f\x8e\x82" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *const expected[] = { rows[i].words, rows[i].lines, rows[i].raw };

		for (int form = VALUE_WORDS; form <= VALUE_RAW; form++) {
			_cleanup_str_ struct str s = STR_INIT;

			TEST_ROW("row %zu form %d", i, form);
			value_add_text(&s, slice(rows[i].in), (enum value_form)form);
			CHECK_TEXT(str_text(&s), expected[form]);
		}
	}
}

static void value_nul_ends_nothing(void)
{
	_cleanup_str_ struct str s = STR_INIT;

	value_add_text(&s, (struct slice){ "a\0b\\\0c", 6 }, VALUE_WORDS);
	CHECK_TEXT(str_text(&s), "ab\\c");
	CHECK_INT(s.len, 4);
}

/* What stands around it makes no difference, and none where it stands: it is looked at by blocks. */
static void value_at_every_place(void)
{
	static const struct {
		const char *in, *words;
	} rows[] = {
		{ "\\n", " " },
		{ "\\;", ";" },
		{ "\x01", "" },
		{ "\t", " " },
		{ "\xc2\x85", "" },
		{ "\xe2\x80\xae", "" },
		{ "\xe2\x82\xac", "\xe2\x82\xac" },
		{ "\xc3\xbc", "\xc3\xbc" },
		{ "\xc2\xa0", "\xc2\xa0" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int before = 1; before < 36; before++)
			for (int behind = 1; behind < 36; behind += 5) {
				_cleanup_str_ struct str in = STR_INIT, out = STR_INIT,
							 expected = STR_INIT;

				TEST_ROW("row %zu, %d before, %d behind", i, before, behind);
				str_addf(&in, "%0*d%s%0*d", before, 1, rows[i].in, behind, 2);
				str_addf(&expected, "%0*d%s%0*d", before, 1, rows[i].words, behind,
					2);
				value_add_text(&out, slice(in.data), VALUE_WORDS);
				CHECK_TEXT(str_text(&out), str_text(&expected));
			}
}

/* A plain value is what it is by either way. */
static void value_of_plain_ones(void)
{
	static const char *const rows[] = { "", " ", "a", " a  b ", "a;b,c:d\"e",
		"  012345678901234567890 " };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int form = VALUE_WORDS; form <= VALUE_RAW; form++) {
			_cleanup_str_ struct str one = STR_INIT, other = STR_INIT;
			struct slice plain;

			TEST_ROW("row %zu form %d", i, form);
			value_add_text(&one, slice(rows[i]), (enum value_form)form);
			plain = value_plain_text(slice(rows[i]), (enum value_form)form);
			str_add_bytes(&other, plain.at, plain.n);
			CHECK_TEXT(str_text(&one), str_text(&other));
		}
}

static void value_components(void)
{
	static const struct {
		const char *in, *parts;
	} rows[] = {
		{ "", "<>" },
		{ "a;b;;c", "<a><b><><c>" },
		{ "a\\;b;c\\", "<a\\;b><c\\>" },
		{ ";", "<><>" },
		{ "a\\\\;b", "<a\\\\><b>" },
		{ "0123456789abcde;0123456789abcdef;0123456789abcdef0",
			"<0123456789abcde><0123456789abcdef><0123456789abcdef0>" },
		{ "0123456789abcd\\;0123456789abcde\\\\;x",
			"<0123456789abcd\\;0123456789abcde\\\\><x>" },
		{ "0123456789abcde\\", "<0123456789abcde\\>" },
		/* The end is looked at with what stands before it. */
		{ "0123456789abcdef;", "<0123456789abcdef><>" },
		{ "0123456789abcdef0123;5", "<0123456789abcdef0123><5>" },
		{ "0123456789abc\\;0123456;8", "<0123456789abc\\;0123456><8>" },
		{ "0123456789abcdef012345678901234;", "<0123456789abcdef012345678901234><>" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;
		struct slice rest = slice(rows[i].in), part;

		TEST_ROW("%s", rows[i].in);
		while (value_next(&rest, ';', &part))
			str_addf(&s, "<%.*s>", (int)part.n, part.at);
		CHECK_TEXT(str_text(&s), rows[i].parts);
	}
}

static void value_dates(void)
{
	static const struct {
		const char *in;
		enum value_date kind;
		const char *date;
	} rows[] = {
		{ "19800322", VALUE_DATE, "1980-03-22" },
		{ "1980-03-22", VALUE_DATE, "1980-03-22" },
		{ " 1980-3-2 ", VALUE_DATE, "1980-03-02" },
		{ "1955-07-19T00:00:00Z", VALUE_DATE, "1955-07-19" },
		{ "20090808T1430-0500", VALUE_DATE, "2009-08-08" },
		{ "1980-03-22 00:00", VALUE_DATE, "1980-03-22" },
		{ "--0203", VALUE_DATE, "--02-03" },
		{ "--02-14", VALUE_DATE, "--02-14" },
		{ "--1118T03", VALUE_DATE, "--11-18" },
		{ "--02-29", VALUE_DATE, "--02-29" },
		{ "1604-01-22", VALUE_DATE, "--01-22" },
		{ "16040229", VALUE_DATE, "--02-29" },
		{ "0000-12-25", VALUE_DATE, "--12-25" },
		{ "", VALUE_DATE_NONE, NULL },
		{ "  ", VALUE_DATE_NONE, NULL },
		{ "0000-00-00", VALUE_DATE_NONE, NULL },
		{ "00000000", VALUE_DATE_NONE, NULL },
		{ "circa 1800", VALUE_DATE_OTHER, NULL },
		{ "1985", VALUE_DATE_OTHER, NULL },
		{ "1985-04", VALUE_DATE_OTHER, NULL },
		{ "198504", VALUE_DATE_OTHER, NULL },
		{ "---12", VALUE_DATE_OTHER, NULL },
		{ "--12", VALUE_DATE_OTHER, NULL },
		{ "-0203", VALUE_DATE_OTHER, NULL },
		{ "2023-02-29", VALUE_DATE_OTHER, NULL },
		{ "1980-13-01", VALUE_DATE_OTHER, NULL },
		{ "1980-03-221", VALUE_DATE_OTHER, NULL },
		{ "T102200", VALUE_DATE_OTHER, NULL },
		{ "12.03.1984", VALUE_DATE_OTHER, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[DAY_TEXT_SIZE];
		struct date d = { 0 };

		TEST_ROW("%s", rows[i].in);
		CHECK_INT(value_read_date(slice(rows[i].in), &d), rows[i].kind);
		CHECK_TEXT(d.month ? day_format(&d, text) : NULL, rows[i].date);
	}
}

TEST_MAIN(TEST(value_texts), TEST(value_nul_ends_nothing), TEST(value_at_every_place),
	TEST(value_of_plain_ones), TEST(value_components), TEST(value_dates))
