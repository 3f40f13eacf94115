/* SPDX-License-Identifier: MIT */
/*
 * Documents on a terminal: what stands where, and what of a mail has no place there.
 */
#include "cli/sheet.h"

#include "cli/output.h"
#include "test.h"

#include "core/utf8.h"

static void fill(struct document *document)
{
	struct document_section *section = document_add_section(document, str_dup("Forums"));
	struct document_entry *entry = document_add_entry(
		section, str_dup("a list: 2 of 5"), str_dup("g1"));

	document->title = str_dup("Monday");
	document->subject = str_dup("a subject");
	document->preheader = str_dup("beside it");
	CHECK_INT(document_add_opening(document, str_dup("To begin with.")), 0);
	entry->done = 2;
	entry->goal = 5;
	CHECK_INT(document_add_line(entry, str_dup("one\ntwo")), 0);
	CHECK_INT(document_add_link(entry, str_dup("a@example.org"), str_dup("Write"),
			  str_dup("mailto:a@example.org?body=Hello")),
		0);
	CHECK_INT(document_add_link(
			  entry, str_dup("+49 30 1"), str_dup("+49 30 1"), str_dup("tel:+49301")),
		0);
	CHECK(document_add_entry(section, str_dup("no handle\nbut two lines"), NULL) != NULL);
	entry = document_add_entry(section, str_dup("of others"), NULL);
	entry->aside = true;
	CHECK_INT(document_add_closing(document, str_dup("Next: tomorrow.")), 0);
}

#define BAR "        ━━━━━━━━━───────────────\n"

static void stands_in_its_columns(void)
{
	static const struct {
		bool bars, colour;
		size_t columns;
		const char *expected;
	} rows[] = {
		{ false, false, 0,
			"Monday\n\nTo begin with.\n\nForums\n  g1    a list: 2 of 5\n        a@example.org · +49 30 1\n"
			"        one\n        two\n  ·     no handle\n"
			"        but two lines\n        of others\n\nNext: tomorrow.\n" },
		{ true, false, 0,
			"Monday\n\nTo begin with.\n\nForums\n  g1    a list: 2 of 5\n" BAR
			"        a@example.org · +49 30 1\n        one\n        two\n  ·     no handle\n"
			"        but two lines\n        of others\n\nNext: tomorrow.\n" },
		/* 40 is the least. */
		{ true, false, 20,
			"Monday\n\nTo begin with.\n\nForums\n  g1    a list: 2 of 5\n" BAR
			"        a@example.org · +49 30 1\n        one\n        two\n  ·     no handle\n"
			"        but two lines\n        of others\n\nNext: tomorrow.\n" },
	};
	_cleanup_document_ struct document document = { 0 };

	fill(&document);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str marked = STR_INIT, out = STR_INIT;

		TEST_ROW("%zu", i);
		sheet_add(&marked, &document, rows[i].bars);
		output_render(&out, str_text(&marked),
			&(struct output){ .colour = rows[i].colour, .columns = rows[i].columns });
		CHECK_TEXT(str_text(&out), rows[i].expected);
	}
}

static void colours_end_with_their_lines(void)
{
	_cleanup_document_ struct document document = { 0 };
	_cleanup_str_ struct str marked = STR_INIT, out = STR_INIT;
	char *rest;
	const char *line;

	fill(&document);
	sheet_add(&marked, &document, true);
	output_render(&out, str_text(&marked), &(struct output){ .colour = true, .columns = 80 });
	CHECK(strstr(str_text(&out), "\033[1mForums\033[0m\n") != NULL);
	CHECK(strstr(str_text(&out), "\033[36mg1") != NULL);
	rest = out.data;
	while ((line = strsep(&rest, "\n"))) {
		const char *last = NULL;

		for (const char *p = line; (p = strstr(p, "\033["));)
			last = p++;
		CHECK(!last || str_starts(last, "\033[0m") || strstr(last, "one"));
	}
}

/* A goal that is reached, or not begun, leaves the bar its width. */
static void bars_have_one_width(void)
{
	for (int done = 0; done <= 7; done++) {
		_cleanup_document_ struct document document = { .title = str_dup("t") };
		struct document_section *section = document_add_section(&document, str_dup("s"));
		struct document_entry *entry = document_add_entry(section, str_dup("e"), NULL);
		_cleanup_str_ struct str marked = STR_INIT, out = STR_INIT;
		char *bar;

		TEST_ROW("%d of 7", done);
		entry->goal = 7;
		entry->done = done;
		sheet_add(&marked, &document, true);
		output_render(&out, str_text(&marked), &(struct output){ 0 });
		bar = strrchr(out.data, '\n');
		*bar = '\0';
		bar = strrchr(out.data, '\n') + 1;
		CHECK_INT(utf8_width(bar), 8 + 24);
		CHECK((strstr(bar, "━") != NULL) == (done > 0));
		CHECK((strstr(bar, "─") != NULL) == (done < 7));
	}
}

TEST_MAIN(
	TEST(stands_in_its_columns), TEST(colours_end_with_their_lines), TEST(bars_have_one_width))
