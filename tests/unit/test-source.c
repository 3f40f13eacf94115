/* SPDX-License-Identifier: MIT */
#include "exchange/source.h"
#include "reader-fixture.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct bytes {
	const char *at;
	size_t n;
};
#define BYTES(text)                                                                                \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

#define CARD  "BEGIN:VCARD\r\nFN:Anna\r\nEND:VCARD\r\n"
#define ENTRY "dn: x\ncn: Anna\n"
#define EVENT                                                                                      \
	"BEGIN:VEVENT\nSUMMARY:Birthday: Anna\nDTSTART:20260312\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"

static const char *write_file(const char *name, const char *bytes, size_t n)
{
	static char path[300];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
	f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
	return path;
}

static int read_file(const char *path, const struct source_options *options, struct seen *seen,
	struct source_found *found, struct err *e)
{
	const struct record_handler handler = {
		.record = seen_record, .reject = seen_reject, .userdata = seen
	};

	str_clear(&seen->text);
	return source_read(path, options, &handler, found, e);
}

static void source_finds_out(void)
{
	static const struct {
		const char *name;
		struct bytes bytes;
		const char *seen, *format, *encoding;
	} rows[] = {
		{ "a", BYTES(CARD), "1 Anna|\n", "vCard", "UTF-8" },
		{ "a.csv", BYTES(CARD), "1 Anna|\n", "vCard", "UTF-8" },
		{ "a", BYTES("\n\n\n" CARD), "4 Anna|\n", "vCard", "UTF-8" },
		{ "a",
			BYTES("\xef\xbb\xbf"
			      "\n" CARD),
			"2 Anna|\n", "vCard", "UTF-8" },
		{ "a", BYTES("BEGIN:VCARD\nFN:J\xf6rg\nEND:VCARD\n"), "1 Jörg|\n", "vCard",
			"Windows-1252" },
		{ "a", BYTES("BEGIN:VCARD\nFN:A\0nna\nEND:VCARD\n"), "1 Anna|\n", "vCard",
			"UTF-8" },
		{ "a",
			BYTES("\xff\xfe"
			      "d\0n\0:\0x\0\n\0c\0n\0:\0\xfc\0\n\0"),
			"1 ü|\n", "LDIF", "UTF-16" },
		{ "a", BYTES("d\0n\0:\0x\0\n\0c\0n\0:\0A\0\n\0"), "1 A|\n", "LDIF", "UTF-16" },
		{ "a", BYTES("\0\n\0d\0n\0:\0x\0\n\0c\0n\0:\0A\0\n"), "2 A|\n", "LDIF", "UTF-16" },
		{ "a.vcf", BYTES(ENTRY), "1 Anna|\n", "LDIF", "UTF-8" },
		{ "a", BYTES(EVENT), "1 Anna|B:--03-12|\n", "iCalendar", "UTF-8" },
		{ "a", BYTES("Anrede;Vorname;Nachname;E-Mail-Adresse\n;J\xf6rg;M;j@example.org\n"),
			"2 Jörg M|e:j@example.org|x:N:M;Jörg;;;|\n", "CSV", "Windows-1252" },
		/* what does not show what it is goes by its name */
		{ "a.vcf", BYTES("hello\n"), "1! is no vCard: no BEGIN:VCARD stands before it\n",
			"vCard", "UTF-8" },
		{ "A.LDIF", BYTES("hello\n"), "1! has a line that is no attribute\n", "LDIF",
			"UTF-8" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct source_found found = { 0 };
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		CHECK_INT(read_file(write_file(rows[i].name, rows[i].bytes.at, rows[i].bytes.n),
				  NULL, &seen, &found, &e),
			0);
		CHECK_TEXT(e.text, "");
		CHECK_TEXT(str_text(&seen.text), rows[i].seen);
		CHECK_TEXT(found.format, rows[i].format);
		CHECK_TEXT(found.encoding, rows[i].encoding);
	}
	str_done(&seen.text);
}

static void source_says_what_it_cannot_read(void)
{
	static const struct {
		const char *name;
		struct bytes bytes;
		const char *sentence;
	} rows[] = {
		{ "a", BYTES(""), "is empty" },
		{ "a.vcf", BYTES(" \r\n"), "is empty" },
		{ "a", BYTES("hello\n"), "is in no format that is known here" },
		{ "a.zip", BYTES("PK\003\004"), "unpack it" },
		{ "a.csv", BYTES("PK\003\004xl/"), "is a spreadsheet; save it as CSV" },
		{ "a.vcf", BYTES("\x1f\x8b\x08"), "is compressed" },
		{ "a.vcf", BYTES("<html>\n"), "is a web page" },
		{ "a.vcf", BYTES("%PDF-1.4"), "is a PDF" },
		{ "a.vcf", BYTES("\x89PNG\r\n\x1a\n\0\0\0\r"), "is no text" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *path = write_file(rows[i].name, rows[i].bytes.at, rows[i].bytes.n);
		struct sniff sniff;
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		CHECK_INT(read_file(path, NULL, &seen, NULL, &e), -EBADMSG);
		CHECK(str_starts(e.text, path) && strstr(e.text, rows[i].sentence));
		e.text[0] = '\0';
		CHECK_INT(source_look(path, &sniff, &e), -EBADMSG);
		CHECK(strstr(e.text, rows[i].sentence) != NULL);
	}
	CHECK_INT(read_file(test_folder(), NULL, &seen, NULL, NULL), -EISDIR);
	CHECK_INT(read_file("/nowhere/a.vcf", NULL, &seen, NULL, NULL), -ENOENT);
	str_done(&seen.text);
}

static void source_takes_a_format(void)
{
	static const struct {
		const char *name;
		int result;
	} rows[] = { { "vcard", 0 }, { "VCF", 0 }, { "ldif", 0 }, { "ics", 0 }, { "ical", 0 },
		{ "csv", 0 }, { "outlook-csv", 0 }, { "json", 0 }, { "xls", -EINVAL },
		{ "", -EINVAL } };
	const struct source_options as_ldif = { .format = "ldif" }, unknown = { .format = "xls" };
	const char *path = write_file("a.vcf", CARD, strlen(CARD));
	struct seen seen = { .text = STR_INIT };
	struct source_found found;
	struct err e = { "" };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].name);
		CHECK_INT(source_check_format(rows[i].name, &e), rows[i].result);
	}
	CHECK_TEXT(e.text,
		"\"\" is no format; there are vcard, ldif, ics, csv, json, google-csv, outlook-csv,"
		" thunderbird-csv, linkedin");
	CHECK_INT(read_file(path, &as_ldif, &seen, &found, &e), 0);
	CHECK_TEXT(found.format, "LDIF");
	CHECK_TEXT(str_text(&seen.text), "1! has no name, no organisation and no e-mail address\n");
	CHECK_INT(read_file(path, &unknown, &seen, &found, &e), -EINVAL);
	str_done(&seen.text);
}

struct told {
	uint64_t last;
	int times;
};

static void note_progress(void *userdata, uint64_t bytes)
{
	struct told *told = userdata;

	CHECK(bytes > told->last);
	told->last = bytes;
	told->times++;
}

static void source_tells_how_far_it_is(void)
{
	_cleanup_str_ struct str file = STR_INIT;
	struct seen seen = { .text = STR_INIT };
	struct told told = { 0 };
	const struct source_options options = { .progress = note_progress, .userdata = &told };

	while (file.len < 300000)
		str_add(&file, CARD);
	CHECK_INT(read_file(write_file("a.vcf", file.data, file.len), &options, &seen, NULL, NULL),
		0);
	CHECK_INT(told.last, file.len);
	CHECK(told.times > 1);
	str_done(&seen.text);
}

/* What a hostile writer may hand in: little is held, much is said in few words, the good ones come. */
static void source_hostile_files(void)
{
	static const struct {
		const char *head, *piece;
		size_t times;
		const char *tail;
		int result, records, rejects;
	} rows[] = {
		{ "", "\n", 10000000, "", -EBADMSG, 0, 0 },
		{ "", "\r\n", 1000000, CARD, 0, 1, 0 },
		{ "", "\0", 1, CARD, 0, 1, 0 },
		{ "", "x\n", 500000, CARD, -EBADMSG, 0, 0 },
		{ CARD, "x\n", 500000, CARD, 0, 2, 1 },
		{ "BEGIN:VCARD\nFN:", "x", 1000000, "\nEND:VCARD\n" CARD, 0, 1, 1 },
		{ "dn: x\ncn: ", "x", 1000000, "\n\n" ENTRY, 0, 1, 1 },
		{ "BEGIN:VCALENDAR\n", "BEGIN:X\n", 300000, EVENT, 0, 1, 0 },
		{ "BEGIN:VCARD\nFN:A\n", "BEGIN:X\n", 300000, "\nEND:VCARD\n" CARD, 0, 0, 1 },
		{ "BEGIN:VCARD\nFN:A\nNOTE;QUOTED-PRINTABLE:", "=\n", 300000, "", 0, 0, 1 },
		{ "BEGIN:VCARD\nFN:A\xff\xfe\xed\xa0\x80\xc0\x80\nEND:VCARD\n", "\n", 1, "", 0, 1,
			0 },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str file = STR_INIT;

		TEST_ROW("row %zu", i);
		seen.records = seen.rejects = 0;
		str_add(&file, rows[i].head);
		for (size_t k = 0; k < rows[i].times; k++)
			str_add_bytes(
				&file, rows[i].piece, *rows[i].piece ? strlen(rows[i].piece) : 1);
		str_add(&file, rows[i].tail);
		CHECK_INT(read_file(write_file("hostile", file.data, file.len), NULL, &seen, NULL,
				  NULL),
			rows[i].result);
		CHECK_INT(seen.records, rows[i].records);
		CHECK_INT(seen.rejects, rows[i].rejects);
	}
	str_done(&seen.text);
}

static void source_passes_on_what_a_handler_says(void)
{
	struct seen seen = { .text = STR_INIT, .stop_at = 1 };

	CHECK_INT(read_file(write_file("a.vcf", CARD CARD, 2 * strlen(CARD)), NULL, &seen, NULL,
			  NULL),
		-5);
	CHECK_INT(seen.records, 1);
	str_done(&seen.text);
}

TEST_MAIN(TEST(source_finds_out), TEST(source_says_what_it_cannot_read),
	TEST(source_takes_a_format), TEST(source_tells_how_far_it_is), TEST(source_hostile_files),
	TEST(source_passes_on_what_a_handler_says))
