/* SPDX-License-Identifier: MIT */
#include "core/likeness.h"
#include "test.h"

static void likeness_forms_of_names(void)
{
	static const struct {
		const char *name, *form;
	} rows[] = {
		{ "Anna Schmidt", "anna schmidt" },
		{ "Dr. Änne-Marie Müller", "aenne marie mueller" },
		{ "Müller, Änne", "aenne mueller" },
		{ "Prof. Dr.-Ing. Anna Schmidt, MBA", "anna schmidt" },
		{ "Dr. med. Ben Roth", "ben roth" },
		{ "Med Hondo", "med hondo" }, /* a title has its dot */
		{ "Frau O\xe2\x80\x99Neil", "oneil" },
		{ "Sean O'Neil", "sean oneil" },
		{ "  Anna \t (Anni)  Schmidt ", "anna anni schmidt" },
		{ "Anna\xe2\x80\x93Lena", "anna lena" },
		{ "Dr.", "dr" },
		{ "Пётр", "пётр" },
		{ "...", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_str_ struct str form = STR_INIT;

		TEST_ROW("%s", rows[i].name);
		likeness_add_name(&form, rows[i].name);
		CHECK_TEXT(str_text(&form), rows[i].form);
	}
}

static void likeness_of_names(void)
{
	static const struct {
		const char *a, *b;
		enum likeness likeness;
	} rows[] = {
		{ "anna schmidt", "schmidt anna", LIKENESS_SAME },
		{ "anna", "anna", LIKENESS_SAME },
		{ "anna schmidt", "anna maria schmidt", LIKENESS_ALIKE },
		{ "a schmidt", "anna schmidt", LIKENESS_ALIKE },
		{ "ben huber", "benjamin huber", LIKENESS_ALIKE },
		{ "anna schmitd", "anna schmidt", LIKENESS_ALIKE },
		{ "anna schmid", "anna schmidt", LIKENESS_ALIKE },
		{ "anna schmilt", "anna schmidt", LIKENESS_ALIKE },
		{ "anna", "anna schmidt", LIKENESS_ALIKE },
		{ "anna schmidt", "anna weber", LIKENESS_GIVEN },
		{ "anna schmidt", "karl schmidt", LIKENESS_FAMILY },
		{ "b schmidt", "anna schmidt", LIKENESS_FAMILY },
		{ "jo huber", "jonas huber", LIKENESS_FAMILY }, /* two letters say little */
		{ "mum", "petra schmidt", LIKENESS_OPEN },
		{ "a s", "anna schmidt", LIKENESS_OPEN },
		{ "a s", "a s", LIKENESS_SAME }, /* the very name */
		{ "", "anna", LIKENESS_OPEN },
		{ "anna schmidt", "ben roth", LIKENESS_DIFFERENT },
		{ "anna anna schmidt", "anna schmidt weber", LIKENESS_GIVEN },
		{ "jan", "ina", LIKENESS_OPEN },
		{ "a b c d e f g h i", "i", LIKENESS_OPEN },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		TEST_ROW("%s, %s", rows[i].a, rows[i].b);
		CHECK_INT(likeness_names(rows[i].a, rows[i].b), rows[i].likeness);
		CHECK_INT(likeness_names(rows[i].b, rows[i].a), rows[i].likeness);
	}
}

static void likeness_forms_of_phones(void)
{
	static const struct {
		const char *phone, *form;
	} rows[] = {
		{ "+49 (0) 173 / 50 98-235", "+491735098235" },
		{ "0049 173 5098235", "+491735098235" },
		{ "tel:+49-173-5098235", "+491735098235" },
		{ "0173\xc2\xa0"
		  "5098235",
			"1735098235" },
		{ "(555) 123-4567", "5551234567" },
		{ "12345", "" },
		{ "", "" },
		{ "ask Anna", "" },
		{ "030 123456 ext. 7", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_str_ struct str form = STR_INIT;

		TEST_ROW("%s", rows[i].phone);
		likeness_add_phone(&form, rows[i].phone);
		CHECK_TEXT(str_text(&form), rows[i].form);
	}
}

static void likeness_of_phones(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "+491735098235", "+491735098235", true },
		{ "+491735098235", "1735098235", true },
		{ "1735098235", "1735098235", true },
		{ "+15551234567", "5551234567", true },
		{ "+431735098235", "+491735098235", false },
		{ "+49301735098", "5098", false },
		{ "+49305098235", "5098235", false }, /* four digits are no country's */
		{ "+1234567", "234567", false },      /* too short to tell */
		{ "1735098235", "1735098236", false },
		{ "", "", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		TEST_ROW("%s, %s", rows[i].a, rows[i].b);
		CHECK(likeness_phones(rows[i].a, rows[i].b) == rows[i].same);
		CHECK(likeness_phones(rows[i].b, rows[i].a) == rows[i].same);
		if (rows[i].same)
			CHECK_TEXT(likeness_phone_end(rows[i].a), likeness_phone_end(rows[i].b));
	}
}

static void likeness_forms_of_links(void)
{
	static const struct {
		const char *link, *form;
		bool page;
	} rows[] = {
		{ "https://www.LinkedIn.com/in/Anna/", "linkedin.com/in/anna", true },
		{ "http://de.linkedin.com/in/anna?trk=x#top", "linkedin.com/in/anna", true },
		{ "linkedin.com/in/anna", "linkedin.com/in/anna", true },
		{ "http://a.example/b\\c", "a.example/b%5cc", true },
		{ "http://a.example/b%5Cc", "a.example/b%5cc", true },
		{ "https://xing.com/profile/A_B/cv?x=1", "xing.com/profile/a_b/cv", true },
		{ "https://example.org/p?id=5", "example.org/p?id=5", true },
		{ "https://example.org/", "example.org", false },
		{ "de.example.org/a", "de.example.org/a", true },
		{ "de", "de", false }, /* valgrind sees a look beyond its end */
		{ "", "", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_str_ struct str form = STR_INIT;

		TEST_ROW("%s", rows[i].link);
		likeness_add_link(&form, rows[i].link);
		CHECK_TEXT(str_text(&form), rows[i].form);
		CHECK(likeness_link_is_page(str_text(&form)) == rows[i].page);
	}
}

TEST_MAIN(TEST(likeness_forms_of_names), TEST(likeness_of_names), TEST(likeness_forms_of_phones),
	TEST(likeness_of_phones), TEST(likeness_forms_of_links))
