/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "exchange/rejects.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *in_folder(const char *name)
{
	static char paths[8][300];
	static unsigned turn;
	char *path = paths[turn++ % 8];

	(void)snprintf(path, sizeof(paths[0]), "%s/%s", test_folder(), name);
	return path;
}

static char *write_file(const char *name, const char *bytes, size_t n)
{
	char *path = in_folder(name);
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0)
		abort();
	return path;
}

static void read_file(const char *path, struct str *out)
{
	char chunk[4096];
	FILE *f = fopen(path, "rb");
	size_t n;

	str_clear(out);
	if (!f)
		return;
	while ((n = fread(chunk, 1, sizeof(chunk), f)))
		str_add_bytes(out, chunk, n);
	(void)fclose(f);
}

static char reason[] = "is bad";

struct row {
	enum sniff_format format;
	const char *file;
	uint64_t lines[4]; /* rejected ones, 0: no more */
	const char *written;
	uint64_t header;
	char separator;
};

/* The file's rejects, as they are written. */
static void check_rows(const struct row *rows, size_t n)
{
	_cleanup_str_ struct str text = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		char *path = write_file("source", rows[i].file, strlen(rows[i].file));
		struct import_reject rejects[4];
		struct import_source source = { path, NULL,
			{ .sniffed = rows[i].format,
				.header_line = rows[i].header,
				.separator = rows[i].separator } };
		struct import_report report = {
			.rejects = rejects, .sources = &source, .n_sources = 1
		};
		size_t files;
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		(void)unlink(in_folder("rejects"));
		for (size_t k = 0; k < 4 && rows[i].lines[k]; k++)
			rejects[report.n_rejects++] = (struct import_reject){ path,
				rows[i].lines[k], reason };
		CHECK_INT(rejects_write(in_folder("rejects"), &report, &files, &e), 0);
		CHECK_INT(files, report.n_rejects > 0);
		if (report.n_rejects) {
			read_file(in_folder("rejects"), &text);
			CHECK_TEXT(str_text(&text), rows[i].written);
		} else {
			CHECK(access(in_folder("rejects"), F_OK) < 0);
		}
	}
}

static void rejects_of_cards(void)
{
	static const struct row rows[] = {
		{ SNIFF_VCARD,
			"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
			{ 4 }, "BEGIN:VCARD\nTEL:1\nEND:VCARD\n", 0, 0 },
		{ SNIFF_VCARD, "BEGIN:VCARD\r\nTEL:1\r\nEND:VCARD\r\nBEGIN:VCARD\rTEL:2\rEND:VCARD",
			{ 1, 4 },
			"BEGIN:VCARD\r\nTEL:1\r\nEND:VCARD\r\nBEGIN:VCARD\rTEL:2\rEND:VCARD\n", 0,
			0 },
		/* another begins where one has not ended */
		{ SNIFF_VCARD, "BEGIN:VCARD\nTEL:1\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", { 1 },
			"BEGIN:VCARD\nTEL:1\n", 0, 0 },
		{ SNIFF_VCARD, "BEGIN:VCARD\nBEGIN:X\nEND:X\nTEL:1\nEND:VCARD\nFN:B\n", { 1 },
			"BEGIN:VCARD\nBEGIN:X\nEND:X\nTEL:1\nEND:VCARD\n", 0, 0 },
		/* what stands between cards, and the end of a file */
		{ SNIFF_VCARD, "<html>\n<p>\nBEGIN:VCARD\nFN:A\nEND:VCARD\nx\n", { 1, 6 },
			"<html>\n<p>\nx\n", 0, 0 },
		{ SNIFF_VCARD, "BEGIN:VCARD\nTEL:1", { 1 }, "BEGIN:VCARD\nTEL:1\n", 0, 0 },
		{ SNIFF_VCARD, "BEGIN:VCARD\nFN:A\nEND:VCARD\n", { 0 }, "", 0, 0 },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void rejects_of_other_formats(void)
{
	static const struct row rows[] = {
		{ SNIFF_LDIF, "version: 1\n\ndn: a\nmobile: 1\n\ndn: b\ncn: B\n\ndn: c\n", { 3, 9 },
			"dn: a\nmobile: 1\n\ndn: c\n", 0, 0 },
		{ SNIFF_ICAL,
			"BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nX:1\nEND:VEVENT\nEND:VCALENDAR\n",
			{ 2 },
			"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//nudge//rejects//EN\r\n"
			"BEGIN:VEVENT\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\r\n",
			0, 0 },
		{ SNIFF_CSV, "a,b\n1,2\n3,4\n5,6\n", { 3 }, "a,b\n3,4\n", 1, ',' },
		{ SNIFF_CSV, "Notes:\n\"x\ny\"\n\na,b\n1,\"2\n,\"\"\n2\"\n3,4\n", { 6 },
			"Notes:\n\"x\ny\"\n\na,b\n1,\"2\n,\"\"\n2\"\n", 5, ',' },
		/* a quote inside a field opens nothing */
		{ SNIFF_CSV, "a;b\n5\" disk;2\n3;4\n", { 2 }, "a;b\n5\" disk;2\n", 1, ';' },
		/* a quote that is never closed costs its own line */
		{ SNIFF_CSV, "a,b\n1,\"2\n3,4\n5,6\n", { 2 }, "a,b\n1,\"2\n", 1, ',' },
		{ SNIFF_CSV, "a,b\n1,\"2\n3,4\n5\n6,\"7\"\n", { 2, 4 }, "a,b\n1,\"2\n5\n", 1, ',' },
		{ SNIFF_CSV, "1,2\n3,4\n", { 2 }, "3,4\n", 0, ',' },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void rejects_in_utf16(void)
{
	static const char file[] = "\xff\xfe"
				   "d\0n\0:\0a\0\n\0s\0t\0:\0\xfc\0\n\0\n\0d\0n\0:\0b\0\n\0";
	char *path = write_file("source", file, sizeof(file) - 1);
	struct import_reject reject = { path, 1, reason };
	struct import_source source = { path, NULL,
		{ .sniffed = SNIFF_LDIF, .encoded = DECODE_UTF16LE } };
	struct import_report report = {
		.rejects = &reject, .n_rejects = 1, .sources = &source, .n_sources = 1
	};
	_cleanup_str_ struct str text = STR_INIT;
	size_t files;

	CHECK_INT(rejects_write(in_folder("rejects"), &report, &files, NULL), 0);
	read_file(in_folder("rejects"), &text);
	CHECK_TEXT(str_text(&text), "dn:a\nst:\xc3\xbc\n\n");
}

/* Cards of two files stand in one, each table in its own; the reasons stand in another. */
static void rejects_of_several_files(void)
{
	char *one = write_file("one.vcf", "BEGIN:VCARD\nEND:VCARD\n", 22),
	     *two = write_file("two.vcf", "BEGIN:VCARD\nTEL:2\nEND:VCARD\n", 28),
	     *table = write_file("a.csv", "a,b\n1,2\n", 8),
	     *other = write_file("b.csv", "c,d\n3,4\n", 8);
	struct import_reject rejects[] = { { one, 1, reason }, { two, 1, reason },
		{ table, 2, reason }, { other, 2, reason } };
	struct import_source sources[] = { { one, NULL, { .sniffed = SNIFF_VCARD } },
		{ table, NULL, { .sniffed = SNIFF_CSV, .header_line = 1, .separator = ',' } },
		{ two, NULL, { .sniffed = SNIFF_VCARD } },
		{ other, NULL, { .sniffed = SNIFF_CSV, .header_line = 1, .separator = ',' } } };
	struct import_report report = {
		.rejects = rejects, .n_rejects = 4, .sources = sources, .n_sources = 4
	};
	static const struct {
		const char *name, *text;
	} rows[] = {
		{ "r", "BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nTEL:2\nEND:VCARD\n" },
		{ "r.2", "a,b\n1,2\n" },
		{ "r.3", "c,d\n3,4\n" },
	};
	_cleanup_str_ struct str text = STR_INIT, expected = STR_INIT;
	size_t files;

	CHECK_INT(rejects_write(in_folder("r"), &report, &files, NULL), 0);
	CHECK_INT(files, 3);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].name);
		read_file(in_folder(rows[i].name), &text);
		CHECK_TEXT(str_text(&text), rows[i].text);
	}
	for (size_t i = 0; i < ARRAY_SIZE(rejects); i++)
		str_addf(&expected, "%s:%d: is bad\n", rejects[i].file, (int)rejects[i].line);
	read_file(in_folder("r.reasons"), &text);
	CHECK_TEXT(str_text(&text), expected.data);
}

static void rejects_are_checked_before(void)
{
	char *source = write_file("source", "x", 1), *sources[] = { source };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	CHECK_INT(rejects_check(in_folder("new"), sources, 1, &e), 0);
	CHECK_INT(rejects_check(in_folder("new"), sources, 1, &e), 0);
	CHECK(access(in_folder("new"), F_OK) < 0);
	CHECK_INT(rejects_check(in_folder("./source"), sources, 1, &e), -EINVAL);
	read_file(source, &text);
	CHECK_TEXT(str_text(&text), "x");
	CHECK_INT(rejects_check(in_folder("no/folder"), sources, 1, &e), -EEXIST);
	CHECK(strstr(e.text, "cannot create") != NULL);
}

TEST_MAIN(TEST(rejects_of_cards), TEST(rejects_of_other_formats), TEST(rejects_in_utf16),
	TEST(rejects_of_several_files), TEST(rejects_are_checked_before))
