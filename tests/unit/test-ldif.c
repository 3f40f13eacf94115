/* SPDX-License-Identifier: MIT */
#include "format/ldif.h"
#include "reader-fixture.h"

READER_FIXTURE(ldif);

struct row {
	const char *file, *seen;
};

static void check_files(const struct row *rows, size_t n)
{
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < n; i++)
		for (size_t piece = 1; piece <= 1000; piece = piece * 10 + 7) {
			TEST_ROW("%s in pieces of %zu", rows[i].file, piece);
			CHECK_INT(ldif_read(&seen, rows[i].file, strlen(rows[i].file), piece), 0);
			CHECK_TEXT(str_text(&seen.text), rows[i].seen);
		}
	str_done(&seen.text);
}

static void ldif_entries(void)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "version: 1\n", "" },
		{ "# only a comment\n that goes on\n\n", "" },
		{ "version: 1\n\ndn: cn=A\ncn: A\n\n\ndn: cn=B\ncn: B\n", "3 A|\n7 B|\n" },
		{ "dn: cn=A\r\ncn: A\r\n\r\ndn: cn=B\r\ncn: B\r\n", "1 A|\n4 B|\n" },
		{ "dn: cn=A\rcn: A\r\rdn: cn=B\rcn: B\r", "1 A|\n4 B|\n" },
		/* the empty line was forgotten */
		{ "dn: cn=A\ncn: A\ndn: cn=B\ncn: B\n", "1 A|\n3 B|\n" },
		/* and the name, too */
		{ "cn: A\nmail: a@example.org\n", "1 A|e:a@example.org|\n" },
		{ "dn: cn=A\n# a comment\ncn: A\n", "1 A|\n" },
		{ "dn: cn=A\ncn: An\n na B\n  C\n", "1 Anna B C|\n" },
		{ "dn: x\ncn:no blank\n", "1 no blank|\n" },
		{ "dn:: w5xiZXI=\ncn:: w5xiZXI=\n", "1 Über|\n" },
		{ "dn: x\ncn:: w5xi\n ZXI=\n", "1 Über|\n" },
		{ "dn: x\ncn: J\xf6rg\n", "1 Jörg|\n" },
		{ "dn: x\ncn:: SvZyZw==\n", "1 Jörg|\n" },
		{ "dn: x\ncn;lang-de: Jörg\n", "1 Jörg|\n" },
		{ "dn: x\nCN: A\nMAIL: a@b.c\n", "1 A|e:a@b.c|\n" },
	};

	check_files(rows, ARRAY_SIZE(rows));
}

static void ldif_thunderbird(void)
{
	static const struct row rows[] = {
		{ "dn: cn=Anna Schmidt,mail=anna@example.org\n"
		  "objectclass: top\nobjectclass: person\nobjectclass: mozillaAbPersonAlpha\n"
		  "givenName: Anna\nsn: Schmidt\ncn: Anna Schmidt\nmozillaNickname: Änni\n"
		  "mail: anna@example.org\nmozillaSecondEmail: as@example.net\n"
		  "modifytimestamp: 1700000000\ntelephoneNumber: +49 30 1\nhomePhone: 2\n"
		  "fax: 3\npager: 4\nmobile: 5\nmozillaHomeStreet: Weg 1\n"
		  "mozillaHomeLocalityName: Köln\nmozillaHomePostalCode: 50667\n"
		  "mozillaHomeCountryName: D\nl: Bonn\nst: NRW\ntitle: Ärztin\no: Klinik\n"
		  "ou: Station 3\nmozillaWorkUrl: https://klinik.example\n"
		  "mozillaHomeUrl: https://anna.example\nbirthyear: 1984\nbirthmonth: 3\n"
		  "birthday: 12\nmozillaCustom1: eins\ndescription:: bWFnCkNlbGxv\n",
			"1 Anna Schmidt|org=Klinik|title=Ärztin|city=Köln|note=mag\nCello|"
			"x:NICKNAME:Änni|e:anna@example.org|e:as@example.net|p:+49 30 1(work)|"
			"p:2(home)|p:3(fax)|p:4(pager)|p:5(cell)|l:https://klinik.example(work)|"
			"l:https://anna.example(home)|x:X-CUSTOM1:eins|x:N:Schmidt;Anna;;;|"
			"x:ORG:Klinik;Station 3|x:ADR;TYPE=home:;;Weg 1;Köln;;50667;D|"
			"x:ADR;TYPE=work:;;;Bonn;NRW;;|B:1984-03-12|\n" },
		{ "dn: x\nl: Bonn\ncn: A\n", "1 A|city=Bonn|\n" },
		{ "dn: x\ncn: A\nmozillaHomeStreet: a\nmozillaHomeStreet2: b;c\n",
			"1 A|x:ADR;TYPE=home:;;a\\, b\\;c;;;;|\n" },
		{ "dn: x\nemployeeNumber: 7\ncn: A\n2.5.4.20: 1\n", "1 A|x:X-EMPLOYEENUMBER:7|\n" },
		{ "dn: x\ncn: A\njpegPhoto:: /9j/4AAQ\nuserPassword:: e1NTSEF9\n", "1 A|\n" },
		{ "dn: x\ncn: A\nlabeledURI: https://a.example Anna's page\n",
			"1 A|l:https://a.example|\n" },
		{ "dn: x\ncn: A\nmail: a@b.c\nmail: a@b.c\nmail: d@e.f\n",
			"1 A|e:a@b.c|e:d@e.f|\n" },
		{ "dn: x\ncn: A\nentryUUID: 1-2\n", "1 A|uid=1-2|\n" },
		{ "dn: x\ncn: A\njpegPhoto:< file:///etc/passwd\n"
		  "description:< file:///tmp/a.txt\n",
			"1 A|note=description: file:///tmp/a.txt|\n" },
		/* what a directory numbers its entries with is no text */
		{ "dn: x\ncn: A\nobjectGUID:: AAECAw==\nx:: eQ==\n", "1 A|x:X-X:y|\n" },
		{ "dn: x\ncn:: QQBC\n", "1 A B|\n" },
		{ "dn: x\ncn:: QQ1CCUM=\n", "1 A B C|\n" },
	};

	check_files(rows, ARRAY_SIZE(rows));
}

static void ldif_names(void)
{
	static const struct row rows[] = {
		{ "dn: x\ngivenName: Anna\nsn: Schmidt\n",
			"1 Anna Schmidt|x:N:Schmidt;Anna;;;|\n" },
		{ "dn: x\nsn: Schmidt\n", "1 Schmidt|x:N:Schmidt;;;;|\n" },
		{ "dn: x\ngivenName: Anna\n", "1 Anna|x:N:;Anna;;;|\n" },
		{ "dn: x\ndisplayName: A. S.\nsn: S\n", "1 A. S.|x:N:S;;;;|\n" },
		{ "dn: x\no: Verein\n", "1 Verein|org=Verein|\n" },
		{ "dn: x\nou: Amt\n", "1 Amt|org=Amt|\n" },
		{ "dn: x\nmail: a@b.c\n", "1 a@b.c|e:a@b.c|\n" },
		{ "dn: x\ncn: \nmobile: 1\n",
			"1! has no name, no organisation and no e-mail address\n" },
	};

	check_files(rows, ARRAY_SIZE(rows));
}

static void ldif_days(void)
{
	static const struct row rows[] = {
		{ "dn: x\ncn: A\nbirthyear: 1984\nbirthmonth: 03\nbirthday: 12\n",
			"1 A|B:1984-03-12|\n" },
		{ "dn: x\ncn: A\nbirthmonth: 2\nbirthday: 29\n", "1 A|B:--02-29|\n" },
		{ "dn: x\ncn: A\nbirthyear: 1604\nbirthmonth: 2\nbirthday: 28\n",
			"1 A|B:--02-28|\n" },
		{ "dn: x\ncn: A\nbirthyear: 0\nbirthmonth: 0\nbirthday: 0\n", "1 A|\n" },
		{ "dn: x\ncn: A\nbirthyear: \nbirthmonth: \nbirthday: \n", "1 A|\n" },
		{ "dn: x\ncn: A\nbirthyear: 1984\n", "1 A|note=Birthday: 1984--|\n" },
		{ "dn: x\ncn: A\nbirthyear: 1985\nbirthmonth: 2\nbirthday: 29\n",
			"1 A|note=Birthday: 1985-2-29|\n" },
		{ "dn: x\ncn: A\nbirthmonth: March\nbirthday: 12\n",
			"1 A|note=Birthday: -March-12|\n" },
		{ "dn: x\ncn: A\nbirthDate: 1984-03-12\nanniversary: 2001-05-06\n",
			"1 A|B:1984-03-12|A:2001-05-06|\n" },
		{ "dn: x\ncn: A\nbirthDate: circa 1800\n", "1 A|note=Birthday: circa 1800|\n" },
	};

	check_files(rows, ARRAY_SIZE(rows));
}

static void ldif_rejects(void)
{
	static const struct row rows[] = {
		{ "dn: x\ncn: A\nthis is no attribute\n\ndn: y\ncn: B\n",
			"1! has a line that is no attribute\n5 B|\n" },
		{ "dn: x\ncn:: !!!notbase64\nmail: a@b.c\n\ndn: y\ncn: B\n",
			"1! has a value in base64 (\"::\") that is none\n5 B|\n" },
		{ "dn: x\ncn: A\nx:: Zm9vY\n", "1! has a value in base64 (\"::\") that is none\n" },
		/* a photograph is not looked at */
		{ "dn: x\ncn: A\njpegPhoto:: !!!\n", "1 A|\n" },
		{ "dn: cn=Chor\nobjectclass: top\nobjectclass: groupOfNames\ncn: Chor\n"
		  "member: cn=A\n\ndn: x\ncn: A\n",
			"1! is a group of contacts, not a contact\n7 A|\n" },
		{ "dn: dc=example\nobjectClass: dcObject\no: E\n",
			"1! is a branch of a directory, not a contact\n" },
		{ "dn: cn=A\nchangetype: add\ncn: A\nmail: a@b.c\n", "1 A|e:a@b.c|\n" },
		/* ldapsearch tells what it did */
		{ "# LDAPv3\n\ndn: cn=A\ncn: A\n\nref: ldap://x/\n\n# search result\nsearch: 2\n"
		  "result: 0 Success\n\n# numEntries: 1\n",
			"3 A|\n" },
		{ "dn: cn=A\ncn: A\nresult: x\n", "1 A|x:X-RESULT:x|\n" },
		{ "version: 1\ndn: cn=A\nchangetype: modify\nadd: mail\nmail: a@b.c\n-\n",
			"2! is a change to a directory (changetype), not a contact\n" },
		{ "<html>\n<p>\n\n", "1! has a line that is no attribute\n" },
	};

	check_files(rows, ARRAY_SIZE(rows));
}

/* An entry with `times` times `piece` in it, then a good one, which must come through. */
static void check_limit(const char *head, const char *piece, size_t times, const char *expected)
{
	_cleanup_str_ struct str file = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	str_addf(&file, "dn: x\ncn: X\n%s", head);
	while (times--)
		str_add(&file, piece);
	str_add(&file, "\n\ndn: y\ncn: Good\n");
	CHECK_INT(ldif_read(&seen, file.data, file.len, 65536), 0);
	CHECK(strstr(str_text(&seen.text), " Good|\n") != NULL);
	if (expected)
		CHECK_TEXT(str_starts(str_text(&seen.text), expected) ? expected
								      : str_text(&seen.text),
			expected);
	else
		CHECK_INT(seen.records, 2);
	str_done(&seen.text);
}

static void ldif_limits(void)
{
	check_limit("cn: ", "0123456789", 26213, NULL);
	check_limit("sn: ", "0123456789", 26215, "1! has a line of more than 256 KiB\n");
	check_limit("sn: ", "01234567\n 9", 40000, "1! has a line of more than 256 KiB\n");
	check_limit("jpegPhoto:: ", "012345678\n ", 300000, NULL);
	check_limit("", "description: 0123456789012345678901234567890123456789\n", 30000,
		"1! holds more than 1 MiB of text\n");
	check_limit("", "mail: a@b.c\n", 3000, NULL);
}

static void ldif_too_many_values(void)
{
	for (int n = LDIF_VALUES_MAX; n <= LDIF_VALUES_MAX + 1; n++) {
		_cleanup_str_ struct str file = STR_INIT;
		struct seen seen = { .text = STR_INIT };

		str_add(&file, "dn: x\ncn: X\n");
		for (int i = 0; i < n; i++)
			str_addf(&file, "mobile: %d\n", i);
		CHECK_INT(ldif_read(&seen, file.data, file.len, 4096), 0);
		CHECK_INT(seen.records, n <= LDIF_VALUES_MAX);
		CHECK_INT(seen.rejects, n > LDIF_VALUES_MAX);
		str_done(&seen.text);
	}
}

static void ldif_handler_ends_the_reading(void)
{
	static const char file[] = "dn: a\ncn: A\n\ndn: b\ncn: B\n";
	struct seen seen = { .text = STR_INIT, .stop_at = 1 };

	CHECK_INT(ldif_read(&seen, file, strlen(file), 5), -5);
	CHECK_TEXT(str_text(&seen.text), "1 A|\n");
	str_done(&seen.text);
}

TEST_MAIN(TEST(ldif_entries), TEST(ldif_thunderbird), TEST(ldif_names), TEST(ldif_days),
	TEST(ldif_rejects), TEST(ldif_limits), TEST(ldif_too_many_values),
	TEST(ldif_handler_ends_the_reading))
