/* SPDX-License-Identifier: MIT */
#include "format/sniff.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

struct row {
	const char *head;
	size_t n;
	enum sniff_format format;
	char separator;
};
#define ROW(text, format, separator)                                                               \
	{                                                                                          \
		text, sizeof(text) - 1, format, separator                                          \
	}

static void sniff_formats(void)
{
	static const struct row rows[] = {
		ROW("", SNIFF_EMPTY, 0),
		ROW(" \r\n\t\n", SNIFF_EMPTY, 0),
		ROW("\xef\xbb\xbf\n", SNIFF_EMPTY, 0),
		ROW("BEGIN:VCARD\r\nFN:A\r\n", SNIFF_VCARD, 0),
		ROW("\n\n  begin:vcard\nfn:a, b\n", SNIFF_VCARD, 0),
		ROW("\xef\xbb\xbf"
		    "BEGIN:VCARD\r",
			SNIFF_VCARD, 0),
		ROW("<html>\nBEGIN:VCARD\n", SNIFF_VCARD, 0),
		ROW("Name,Notes\nA,\"a \"\"card\"\":\nBEGIN:VCARD\"\n", SNIFF_CSV, ','),
		ROW("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", SNIFF_ICAL, 0),
		ROW("BEGIN:VEVENT\n", SNIFF_ICAL, 0),
		ROW("version: 1\n\ndn: cn=a\n", SNIFF_LDIF, 0),
		ROW("# a comment, and more\ndn:: Y249YQ==\n", SNIFF_LDIF, 0),
		ROW("DN: cn=a,o=b\n", SNIFF_LDIF, 0),
		ROW("{\n \"people\": []\n}\n", SNIFF_JSON, 0),
		ROW("[1]", SNIFF_JSON, 0),
		ROW("First Name,Last Name\nA,B\n", SNIFF_CSV, ','),
		ROW("Anrede;Vorname;Nachname\n", SNIFF_CSV, ';'),
		ROW("a\tb\tc,d\n", SNIFF_CSV, '\t'),
		ROW("a|b|c\n", SNIFF_CSV, '|'),
		ROW("\"a,b,c,d\";e;f\n", SNIFF_CSV, ';'),
		ROW("Notes:\n\"When, why, and\nhow\"\n\nFirst Name,Last Name,URL\n", SNIFF_CSV,
			','),
		ROW("F\0i\0r\0s\0t\0,\0L\0a\0s\0t\0", SNIFF_CSV, ','),
		ROW("\xff\xfe"
		    "d\0n\0:\0 \0x\0",
			SNIFF_LDIF, 0),
		ROW("this is no card\n", SNIFF_UNKNOWN, 0),
		ROW("BEGIN:VCARDS", SNIFF_VCARD, 0),
		ROW("PK\003\004\x14\0\0\0Connections.csv", SNIFF_ZIP, 0),
		ROW("PK\003\004\x14\0\0\0[Content_Types].xml ... xl/workbook.xml",
			SNIFF_SPREADSHEET, 0),
		ROW("PK\003\004..mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
			SNIFF_SPREADSHEET, 0),
		ROW("\x1f\x8b\x08", SNIFF_COMPRESSED, 0),
		ROW("%PDF-1.7\n", SNIFF_PDF, 0),
		ROW("{\\rtf1\\ansi BEGIN:VCARD}", SNIFF_RICH_TEXT, 0),
		ROW("# abook addressbook file\n\n[format]\nprogram=abook\n", SNIFF_ABOOK, 0),
		ROW("# mine\n\nalias anna Anna Roth <a@b.c>, Ben <b@b.c>\n", SNIFF_ALIASES, 0),
		ROW("alias name,email\nx,a@b.c\n", SNIFF_CSV, ','),
		ROW("Alias @,email\n", SNIFF_CSV, ','),
		ROW("<?xml version=\"1.0\"?>\n", SNIFF_MARKUP, 0),
		ROW("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", SNIFF_BINARY, 0),
		ROW("\0\0\0\0\0", SNIFF_BINARY, 0),
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sniff s;

		TEST_ROW("row %zu: %.20s", i, rows[i].head);
		CHECK_INT(sniff_bytes(rows[i].head, rows[i].n, decode_find(rows[i].head, rows[i].n),
				  &s),
			0);
		CHECK_INT(s.format, rows[i].format);
		CHECK_INT(s.separator, rows[i].separator);
	}
}

/* What stands behind SNIFF_MAX is not looked at, however long the file. */
static void sniff_looks_at_the_beginning(void)
{
	static const char tail[] = "\nBEGIN:VCARD\n";
	size_t n = SNIFF_MAX + strlen(tail);
	char *text = malloc(n);
	struct sniff s;

	memset(text, 'x', n);
	memcpy(text + SNIFF_MAX - strlen(tail), tail, strlen(tail));
	CHECK_INT(sniff_bytes(text, n, DECODE_BYTES, &s), 0);
	CHECK_INT(s.format, SNIFF_VCARD);
	memset(text, 'x', n);
	memcpy(text + SNIFF_MAX, tail, strlen(tail));
	CHECK_INT(sniff_bytes(text, n, DECODE_BYTES, &s), 0);
	CHECK_INT(s.format, SNIFF_UNKNOWN);
	free(text);
}

TEST_MAIN(TEST(sniff_formats), TEST(sniff_looks_at_the_beginning))
