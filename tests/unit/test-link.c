/* SPDX-License-Identifier: MIT */
#include "format/link.h"
#include "test.h"

#include <string.h>

static void link_mailto_both(void)
{
	_cleanup_str_ struct str s = STR_INIT;

	link_add_mailto_both(&s, "a@b.c", "d,e@f.g\r\n", "Hi,\n");
	CHECK_TEXT(str_text(&s), "mailto:a@b.c,d%2Ce@f.g%0D%0A?body=Hi%2C%0D%0A");
}

static void link_mailto(void)
{
	static const struct {
		const char *address, *subject, *body, *url;
	} rows[] = {
		{ "a@b.c", NULL, NULL, "mailto:a@b.c" },
		{ "a@b.c", "", "", "mailto:a@b.c" },
		{ "a@b.c", "Grüße & mehr?", NULL,
			"mailto:a@b.c?subject=Gr%C3%BC%C3%9Fe%20%26%20mehr%3F" },
		{ "a@b.c", NULL, "x\ny", "mailto:a@b.c?body=x%0D%0Ay" },
		{ "a@b.c", "s", "x\r\ny", "mailto:a@b.c?subject=s&body=x%0D%0Ay" },
		{ "a+b%?&@b.c", NULL, NULL, "mailto:a%2Bb%25%3F%26@b.c" },
		{ "a@b.c\r\n\"><", NULL, NULL, "mailto:a@b.c%0D%0A%22%3E%3C" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("row %zu", i);
		link_add_mailto(&s, rows[i].address, rows[i].subject, rows[i].body);
		CHECK_TEXT(str_text(&s), rows[i].url);
		CHECK(link_is_safe(str_text(&s)));
	}
}

static void link_tel(void)
{
	static const struct {
		const char *phone, *url;
	} rows[] = {
		{ "+49 173 5098-2352", "tel:+4917350982352" },
		{ "+49 (0) 173/50982352", "tel:+4917350982352" },
		{ "0049 (0)30 123456", "tel:+4930123456" },
		{ "0049 30 123456", "tel:+4930123456" },
		{ "000", "tel:000" },
		{ "0043", NULL },
		{ "(0173) 50982352", "tel:017350982352" },
		{ "+1-418-656-9254;ext=102", "tel:+14186569254;ext=102" },
		{ "+1 418 656 9254;phone-context=x", "tel:+14186569254" },
		{ "+353 1 555 0101 ext. 7", "tel:+35315550101;ext=7" },
		{ "030 1234567 x89", "tel:0301234567;ext=89" },
		{ "030 1234567, Durchwahl 12", "tel:0301234567;ext=12" },
		{ "030 1234567 Extension: 5", "tel:0301234567;ext=5" },
		{ "030 1234567 ext. seven", NULL },
		{ "030 1234567 xylophone", NULL },
		{ "030 1234567 x", NULL },
		{ "110", "tel:110" },
		{ "11", NULL },
		{ "", NULL },
		{ "Büro", NULL },
		{ "0800 FLOWERS", NULL },
		{ "12+34", NULL },
		{ "0173\r\n5098", NULL },
		{ "+49\xc2\xa0"
		  "173 5098",
			"tel:+491735098" },
		{ "0123456789012345678901234567890123456789", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%s", rows[i].phone);
		CHECK(link_add_tel(&s, rows[i].phone) == (rows[i].url != NULL));
		CHECK_TEXT(str_text(&s), rows[i].url ? rows[i].url : "");
	}
}

static void link_pages(void)
{
	static const struct {
		const char *url, *page;
	} rows[] = {
		{ "https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e" },
		{ "https://example.org/?b=1&c=<x>", "https://example.org/?b=1&c=%3Cx%3E" },
		{ "https://example.org/a b\"c", "https://example.org/a%20b%22c" },
		{ "https://müller.de/ü", "https://müller.de/%C3%BC" },
		{ "www.müller.de/ü", "www.müller.de/%C3%BC" },
		{ "https://<x>/", "https://<x>/" },
		{ "https://a.b/\n", "https://a.b/\n" },
		{ "", "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;

		TEST_ROW("%s", rows[i].url);
		link_add_page(&s, rows[i].url);
		CHECK_TEXT(str_text(&s), rows[i].page);
	}
}

static void link_safety(void)
{
	static const struct {
		const char *url;
		bool safe;
	} rows[] = {
		{ "https://example.org/a?b=c#d", true },
		{ "HTTP://example.org", true },
		{ "mailto:a@b.c", true },
		{ "tel:+49", true },
		{ "https://müller.de/ü", true },
		{ "https://", false },
		{ "http:example.org", false },
		{ "javascript:alert(1)", false },
		{ "data:text/html,x", false },
		{ " https://a.b", false },
		{ "https://a.b/c d", false },
		{ "https://a.b/\x01", false },
		{ "https://a.b/\"x", false },
		{ "https://a.b/<x>", false },
		{ "https://a.b/\n", false },
		{ "https://a.b/\xff", false },
		{ "www.example.org", false },
		{ "", false },
		{ "httpsx://a", false },
		{ "tel:", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].url);
		CHECK(link_is_safe(rows[i].url) == rows[i].safe);
	}
}

TEST_MAIN(TEST(link_mailto), TEST(link_mailto_both), TEST(link_tel), TEST(link_pages),
	TEST(link_safety))
