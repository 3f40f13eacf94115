/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "format/csv.h"
#include "test.h"

#include <string.h>

struct seen {
	struct str text;
	int rows, stop_at;
};

static int seen_row(void *userdata, const struct csv_row *row)
{
	struct seen *seen = userdata;

	str_addf(&seen->text, "%d", (int)row->line);
	for (size_t i = 0; i < row->n; i++) {
		str_add(&seen->text, "|");
		str_add_bytes(&seen->text, row->fields[i].at, row->fields[i].n);
	}
	str_add(&seen->text, "$");
	return ++seen->rows == seen->stop_at ? -5 : 0;
}

static int seen_reject(void *userdata, uint64_t line, const char *reason)
{
	struct seen *seen = userdata;

	str_addf(&seen->text, "%d! %s$", (int)line, reason);
	return 0;
}

static int read_bytes(struct seen *seen, const char *bytes, size_t n, size_t piece)
{
	const struct csv_handler handler = { seen_row, seen_reject, seen };
	_cleanup_(csv_reader_freep) struct csv_reader *reader = NULL;
	int result = 0;

	str_clear(&seen->text);
	seen->rows = 0;
	CHECK_INT(csv_reader_new(&reader, ',', &handler, NULL), 0);
	for (size_t at = 0; at < n && !result; at += piece)
		result = csv_reader_push(reader, bytes + at, at + piece < n ? piece : n - at);
	return result ? result : csv_reader_end(reader);
}

/* A text, and the rows that come of it; in one piece and in small ones. */
struct row {
	const char *text, *seen;
};

static void check_texts(const struct row *rows, size_t n)
{
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < n; i++)
		for (size_t piece = 1; piece <= 1000; piece = piece * 10 + 7) {
			TEST_ROW("%s in pieces of %zu", rows[i].text, piece);
			CHECK_INT(read_bytes(&seen, rows[i].text, strlen(rows[i].text), piece), 0);
			CHECK_TEXT(str_text(&seen.text), rows[i].seen);
		}
	str_done(&seen.text);
}

static void csv_rows(void)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "a", "1|a$" },
		{ "a,b\nc,d\n", "1|a|b$2|c|d$" },
		{ "a,b\r\nc,d\r\n", "1|a|b$2|c|d$" },
		{ "a,b\rc,d\r", "1|a|b$2|c|d$" },
		{ "a,b\n\rc,d", "1|a|b$3|c|d$" },
		{ "a,,c,\n", "1|a||c|$" },
		{ ",\n", "" },
		{ "\n\r\n\r\n  ,\t\nx\n\n\n", "5|x$" },
		{ ",,,\nx,\n", "2|x|$" },
	};

	check_texts(rows, ARRAY_SIZE(rows));
}

static void csv_quotes(void)
{
	static const struct row rows[] = {
		{ "\"a,b\",c\n", "1|a,b|c$" },
		{ "\"\",c\n", "1||c$" },
		{ "\"a\"\"b\",\"\"\"\"\n", "1|a\"b|\"$" },
		{ "\"a\nb\",c\nd\n", "1|a\nb|c$3|d$" },
		{ "\"a\r\nb\r\nc\",d\r\ne\n", "1|a\r\nb\r\nc|d$4|e$" },
		{ "\"a\rb\"\rc\n", "1|a\rb$3|c$" },
		{ "\"a\" ,b\n", "1|a|b$" },
		{ "  \"a,b\",c\n", "1|a,b|c$" },
		{ "\"a\"", "1|a$" },
		{ "a \"b\" c,5\" pipe\n", "1|a \"b\" c|5\" pipe$" },
		{ "\"Anna \"the boss\" Schmidt\",x\n", "1|Anna \"the boss\" Schmidt|x$" },
		{ "\"Anna\"x,y\"\n", "1|Anna\"x,y$" },
	};

	check_texts(rows, ARRAY_SIZE(rows));
}

static void csv_quotes_that_are_never_closed(void)
{
#define OPEN "! has a quote that is never closed$"
	static const struct row rows[] = {
		/* up to the end of the file */
		{ "a,b\n\"c,d\ne,f\ng,h\n", "1|a|b$2" OPEN "3|e|f$4|g|h$" },
		{ "a,b\nc,\"d\ne,f", "1|a|b$2" OPEN "3|e|f$" },
		{ "\"", "1" OPEN },
		{ "a,\"b", "1" OPEN },
		{ "a,\"b\n", "1" OPEN },
		{ "\"\n\"\n\"\n", "3" OPEN },
		/* up to a quote that opens another field */
		{ "\"a\",\"b\n\"c\",\"d\"\n\"e\",\"f\"\n", "1" OPEN "2|c|d$3|e|f$" },
		{ "a,\"b\r\nc,\"d\"\r\ne,f\r\n", "1" OPEN "2|c|d$3|e|f$" },
		/* a field of several lines behind it is still read */
		{ "a,\"b\nc,d\ne,\"f\nf\"\ng,h\n", "1" OPEN "2|c|d$3|e|f\nf$5|g|h$" },
		/* what was read in vain once is not read in vain again and again */
		{ "\"\"\"a\n\"\"\"b\n\"\"\"c\nd\n", "1" OPEN "2" OPEN "3" OPEN "4|d$" },
	};

	check_texts(rows, ARRAY_SIZE(rows));
}

/* `n` times `text` between `before` and `after`. */
static void build(
	struct str *out, const char *before, const char *text, size_t n, const char *after)
{
	str_clear(out);
	str_add(out, before);
	for (size_t i = 0; i < n; i++)
		str_add(out, text);
	str_add(out, after);
}

static void csv_limits(void)
{
	static const struct {
		const char *before, *text;
		size_t n;
		const char *after, *seen;
	} rows[] = {
		{ "a\n", ",", 1000, "\nb\n", "1|a$2! has more than 1,000 fields$3|b$" },
		{ "", "x,", 1000, "\nb\n", "1! has more than 1,000 fields$2|b$" },
		{ "", "x,", 10000, "\nb\n", "1! has more than 1,000 fields$2|b$" },
		{ "", "x", CSV_FIELD_MAX, "\nb\n", "1! has a field of more than 128 KiB$2|b$" },
		{ "\"", "x", CSV_FIELD_MAX, "\"\nb\n", "1! has a field of more than 128 KiB$2|b$" },
		{ "a,\"b\n", "x,y\n", CSV_FIELD_MAX / 4 - 1, "", NULL },
		{ "a,\"b\n", "x,y\n", CSV_FIELD_MAX / 4 + 1, "", NULL },
	};
	struct seen seen = { .text = STR_INIT };
	_cleanup_str_ struct str text = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t piece = 1; piece <= 70000; piece += 65536) {
			TEST_ROW("row %zu in pieces of %zu", i, piece);
			build(&text, rows[i].before, rows[i].text, rows[i].n, rows[i].after);
			CHECK_INT(read_bytes(&seen, text.data, text.len, piece), 0);
			if (rows[i].seen)
				CHECK_TEXT(str_text(&seen.text), rows[i].seen);
			else
				CHECK_INT(seen.rows, rows[i].n);
		}
	str_done(&seen.text);
}

static void csv_long_rows(void)
{
	struct seen seen = { .text = STR_INIT };
	_cleanup_str_ struct str field = STR_INIT, text = STR_INIT;

	build(&field, "", "x", CSV_FIELD_MAX - 2, ",");
	build(&text, "", field.data, CSV_ROW_MAX / CSV_FIELD_MAX, "y\n");
	CHECK_INT(read_bytes(&seen, text.data, text.len, 4096), 0);
	CHECK_INT(seen.rows, 1);
	build(&text, "", field.data, CSV_ROW_MAX / CSV_FIELD_MAX + 1, "y\nb\n");
	CHECK_INT(read_bytes(&seen, text.data, text.len, 4096), 0);
	CHECK_TEXT(str_text(&seen.text), "1! holds more than 1 MiB$2|b$");
	str_done(&seen.text);
}

/* What follows a quote that is never closed is read again, but not each time from its own quote on. */
static void csv_many_open_quotes(void)
{
	struct seen seen = { .text = STR_INIT };
	_cleanup_str_ struct str text = STR_INIT;

	build(&text, "", "\"\"\"x\n", 400000, "");
	CHECK_INT(read_bytes(&seen, text.data, text.len, 65536), 0);
	CHECK_INT(seen.rows, 0);
	str_done(&seen.text);
}

static void csv_a_handler_ends_it(void)
{
	struct seen seen = { .text = STR_INIT, .stop_at = 2 };

	CHECK_INT(read_bytes(&seen, "a\nb\nc\n", 6, 100), -5);
	CHECK_TEXT(str_text(&seen.text), "1|a$2|b$");
	CHECK_INT(read_bytes(&seen, "a\nb", 3, 1), -5);
	str_done(&seen.text);
}

static void csv_bytes_of_all_kinds(void)
{
	struct seen seen = { .text = STR_INIT };

	CHECK_INT(read_bytes(&seen, "a\0b,\xff\xfe\n", 7, 1), 0);
	CHECK_INT(seen.text.len, 9);
	CHECK(memcmp(seen.text.data, "1|a\0b|\xff\xfe$", 9) == 0);
	str_done(&seen.text);
}

static void csv_separators(void)
{
	static const struct {
		const char *text;
		char separator;
	} rows[] = {
		{ "", ',' },
		{ "Name\nAnna\n", ',' },
		{ "Name,E-Mail\nAnna,a@b.c\n", ',' },
		{ "Name;E-Mail\nAnna;a@b.c\n", ';' },
		{ "Name\tE-Mail\nAnna\ta@b.c\n", '\t' },
		{ "Name;Ort\nAnna;Köln, Deutz\nBen;Bonn, Mitte, Süd\n", ';' },
		{ "A;B\n1;2, 3, 4\n", ';' },
		{ "\"Name; Vorname\",Ort\n\"x; y; z\",Bonn\n", ',' },
		{ "sep=;\na,b;c\n", ';' },
		{ "sep=\"\na,b\n", ',' },
		{ "Name;E-Mail", ';' },
		{ "Notes:\n\"One, two, three; four\"\n\nFirst Name,Last Name,URL\nA,B,C\n", ',' },
		{ "Name;Notiz\nA;x\nB;\"eins\nzwei, drei, vier\"\n", ';' },
		/* A wide header outweighs a cell of many lines. */
		{ "a,b,c,d,e,f,g,h,i,j\n,,,,,,,,,\";;a;b;;\n;;a;b;;\n;;a;b;;\n;;a;b;;\"\n", ',' },
		{ "a,b,c,d,e,f,g,h,i\n,,,,,,,,\";;a;b;;\n;;a;b;;\n;;a;b;;\n;;a;b;;\"\n", ';' },
		{ "a,b,c,d,e,f,g,h,i,j;k;l;m;n;o\nx;x;x;x;x;x\nx;x;x;x;x;x\n", ';' },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].text);
		CHECK_INT(
			csv_find_separator(rows[i].text, strlen(rows[i].text)), rows[i].separator);
	}
}

TEST_MAIN(TEST(csv_rows), TEST(csv_quotes), TEST(csv_quotes_that_are_never_closed),
	TEST(csv_limits), TEST(csv_long_rows), TEST(csv_many_open_quotes),
	TEST(csv_a_handler_ends_it), TEST(csv_bytes_of_all_kinds), TEST(csv_separators))
