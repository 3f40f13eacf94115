/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "format/mime.h"
#include "test.h"

#include <errno.h>
#include <string.h>

static void address_good(void)
{
	static const struct {
		const char *text, *name, *address;
	} rows[] = {
		{ "anna@example.org", NULL, "anna@example.org" },
		{ " anna@example.org ", NULL, "anna@example.org" },
		{ "<anna@example.org>", NULL, "anna@example.org" },
		{ "Anna <anna@example.org>", "Anna", "anna@example.org" },
		{ "Anna Müller <anna@example.org>", "Anna Müller", "anna@example.org" },
		{ "Dr. Anna <anna@example.org>", "Dr. Anna", "anna@example.org" },
		{ "\"Müller, Anna <x>\" <anna@example.org>", "Müller, Anna <x>",
			"anna@example.org" },
		{ "\"a\\\"b\\\\\" <a@b.c>", "a\"b\\", "a@b.c" },
		{ "=?UTF-8?Q?M=C3=BCller?= <a@b.c>", "Müller", "a@b.c" },
		{ "=?UTF-8?Q?a=0D=0Ab?= <a@b.c>", "a b", "a@b.c" },
		{ "a.b+c_d'e@sub.example.org", NULL, "a.b+c_d'e@sub.example.org" },
		{ "root@localhost", NULL, "root@localhost" },
		{ "a@xn--mller-kva.de", NULL, "a@xn--mller-kva.de" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mime_address a = { 0 };
		struct err e = { "" };

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(mime_address_parse(&a, rows[i].text, &e), 0);
		CHECK_TEXT(a.name, rows[i].name);
		CHECK_TEXT(a.address, rows[i].address);
		CHECK_TEXT(e.text, "");
		mime_address_done(&a);
		CHECK(!a.name && !a.address);
	}
}

static void address_bad(void)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "", "has no \"@\"" },
		{ "anna", "has no \"@\"" },
		{ "@example.org", "nothing stands before" },
		{ "anna@", "no domain" },
		{ "anna@example..org", "no domain" },
		{ "anna@-x.org", "no domain" },
		{ "anna@x-.org", "no domain" },
		{ "anna@example.org.", "no domain" },
		{ "anna@10.0.0.1", "no domain" },
		{ "anna@[10.0.0.1]", "IP address" },
		{ "anna@müller.de", "xn--" },
		{ "\"anna s\"@example.org", "quotes" },
		{ ".anna@example.org", "single dots" },
		{ "an..na@example.org", "single dots" },
		{ "anna.@example.org", "single dots" },
		{ "än@example.org", "ASCII" },
		{ "a b@example.org", "ASCII" },
		{ "a@b@example.org", "ASCII" },
		{ "a@b.c, d@e.f", "one address" },
		{ "A <a@b.c>, B <d@e.f>", "one address" },
		{ "A <a@b.c> x", "one address" },
		{ "Müller, A <a@b.c>", "comma" },
		{ "A: B <a@b.c>", "special characters" },
		{ "A <a@b.c", "not closed" },
		{ "\"A <a@b.c>", "quotes" },
		{ "a@b.c\r\nBcc: x@y.z", "line end" },
		{ "A\x7f <a@b.c>", "control" },
		{ "A\xff <a@b.c>", "UTF-8" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct mime_address a = { 0 };
		struct err e = { "" };

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(mime_address_parse(&a, rows[i].text, &e), -EINVAL);
		if (!CHECK(strstr(e.text, rows[i].why) != NULL))
			CHECK_TEXT(e.text, rows[i].why);
		CHECK(!a.name && !a.address);
	}
}

/* 64 before the "@", 63 in a label, 254 together. */
static void address_sizes(void)
{
	static const struct {
		int local, label, labels;
		bool good;
	} rows[] = {
		{ 64, 10, 1, true },
		{ 65, 10, 1, false },
		{ 1, 63, 1, true },
		{ 1, 64, 1, false },
		{ 61, 47, 4, true },
		{ 62, 47, 4, true },
		{ 63, 47, 4, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str s = STR_INIT;
		struct mime_address a = { 0 };

		TEST_ROW("row %zu", i);
		str_addf(&s, "%0*d@", rows[i].local, 0);
		for (int k = 0; k < rows[i].labels; k++)
			str_addf(&s, "%s%.*s", k ? "." : "", rows[i].label,
				"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst");
		CHECK_INT(mime_address_parse(&a, s.data, NULL), rows[i].good ? 0 : -EINVAL);
		mime_address_done(&a);
	}
}

TEST_MAIN(TEST(address_good), TEST(address_bad), TEST(address_sizes))
