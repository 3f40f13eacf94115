/* SPDX-License-Identifier: MIT */
#include "digest/document.h"

#include "test.h"

#include <errno.h>
#include <string.h>

static void fill(struct document *document)
{
	struct document_section *section;
	struct document_entry *entry;

	document->language = str_dup("en");
	document->subject = str_dup("Tea & <biscuits>");
	document->title = str_dup("Größe");
	document->preheader = str_dup("\"beside\"");
	CHECK_INT(document_add_opening(document, str_dup("One line that is wrapped, once.")), 0);
	section = document_add_section(document, str_dup("First"));
	entry = document_add_entry(section, str_dup("An\nentry"), str_dup("b1"));
	entry->done = 1;
	entry->goal = 3;
	CHECK_INT(document_add_line(entry, str_dup("why")), 0);
	CHECK_INT(document_add_link(entry, str_dup("a@b.c"), str_dup("Write"),
			  str_dup("mailto:a@b.c?x=1&y=2")),
		0);
	CHECK_INT(document_set_lead(entry, str_dup("who")), 0);
	CHECK_INT(
		document_add_link(entry, str_dup("call"), str_dup("call"), str_dup("tel:+49")), 0);
	CHECK(document_add_entry(section, str_dup("No handle"), NULL) != NULL);
	CHECK(document_add_section(document, str_dup("Empty")) != NULL);
	CHECK_INT(document_add_closing(document, str_dup("The end.")), 0);
}

static void text_is_wrapped(void)
{
	_cleanup_document_ struct document document = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	fill(&document);
	CHECK_INT(document_write_text(&document, 20, &out, NULL), 0);
	CHECK_TEXT(str_text(&out),
		"Größe\n=====\n\nOne line that is\nwrapped, once.\n\nFirst\n-----\n"
		"* An\n  entry [b1]\n  who · a@b.c · call\n  why\n* No handle\n\nEmpty\n-----\n"
		"\n-- \nThe end.\n");
}

static void html_is_escaped(void)
{
	static const char *const parts[] = {
		"<html lang=\"en\">",
		"<title>Tea &amp; &lt;biscuits&gt;</title>",
		"&quot;beside&quot;",
		">Größe</h1>",
		">First</h2>",
		"<strong>An<br>\nentry</strong>\u00a0<code>b1</code>",
		"<p><span>who</span> <i>·</i>\n<a href=\"mailto:a@b.c?x=1&amp;y=2\">Write</a> <i>·</i>\n",
		"<a href=\"tel:+49\">call</a><br>\nwhy</p>",
		">The end.</p>\n</footer>",
		"width=\"33%\"",
		"width=\"67%\"",
	};
	_cleanup_document_ struct document document = { 0 };
	_cleanup_str_ struct str out = STR_INIT;

	fill(&document);
	CHECK_INT(document_write_html(&document, &out, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		TEST_ROW("%s", parts[i]);
		CHECK(strstr(str_text(&out), parts[i]) != NULL);
	}
	/* Nothing is loaded from anywhere. */
	CHECK(!strstr(str_text(&out), "<img") && !strstr(str_text(&out), "<script"));
	CHECK(!strstr(str_text(&out), "url(") && !strstr(str_text(&out), "http"));
}

static void nothing_steers_the_reader(void)
{
	static const char bad[] = "a\033[31mb\a\rc\342\200\256d\302\233e";
	_cleanup_document_ struct document document = { 0 };
	struct document_section *section = document_add_section(&document, str_dup(bad));
	struct document_entry *entry = document_add_entry(section, str_dup(bad), NULL);

	CHECK_INT(document_add_line(entry, str_dup(bad)), 0);
	CHECK_INT(document_add_link(
			  entry, str_dup(bad), str_dup(bad), str_dup("https://example.org")),
		0);
	CHECK_INT(document_set_lead(entry, str_dup(bad)), 0);
	CHECK_TEXT(section->title, "a[31mbcde");
	CHECK_TEXT(entry->headline, "a[31mbcde");
	CHECK_TEXT(entry->lines[0], "a[31mbcde");
	CHECK_TEXT(entry->lead, "a[31mbcde");
	CHECK_TEXT(entry->links[0].text, "a[31mbcde");
	CHECK_TEXT(entry->links[0].label, "a[31mbcde");
}

/* Each way that has no place in a line any more begins one of its own. */
static void ways_share_a_line(void)
{
	static const struct {
		const char *lead, *links[3];
		size_t columns;
		const char *expected;
	} rows[] = {
		{ NULL, { NULL }, 20, "" },
		{ "who", { NULL }, 2, "who" },
		{ NULL, { "a@b.c" }, 2, "a@b.c" },
		{ NULL, { "a@b.c", "030" }, 11, "a@b.c · 030" },
		{ NULL, { "a@b.c", "030" }, 10, "a@b.c\n030" },
		{ NULL, { "a@b.c", "030", "x" }, 7, "a@b.c\n030 · x" },
		{ NULL, { "a@b.c", "030", "x" }, 6, "a@b.c\n030\nx" },
		{ "who", { "a@b.c", "030", "x" }, 17, "who · a@b.c · 030\nx" },
		{ "who", { "a@b.c", "030", "x" }, 2, "who\na@b.c\n030\nx" },
		{ "who", { "a@b.c", "030", "x" }, 21, "who · a@b.c · 030 · x" },
		{ "who", { "a@b.c", "030" }, 11, "who · a@b.c\n030" },
		{ "who", { "a@b.c", "030" }, 10, "who\na@b.c\n030" },
		{ "Dr.", { "a@b.c" }, 11, "Dr. · a@b.c" },
		{ "Ünï", { "a@b.c" }, 11, "Ünï · a@b.c" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_document_ struct document document = { 0 };
		struct document_section *section = document_add_section(&document, str_dup("x"));
		struct document_entry *entry = document_add_entry(section, str_dup("x"), NULL);
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("%zu", i);
		if (rows[i].lead)
			CHECK_INT(document_set_lead(entry, str_dup(rows[i].lead)), 0);
		for (size_t k = 0; k < 3 && rows[i].links[k]; k++)
			CHECK_INT(document_add_reference(entry, str_dup(rows[i].links[k])), 0);
		document_add_ways(&out, entry, rows[i].columns);
		CHECK_TEXT(str_text(&out), rows[i].expected);
	}
}

/* One of ours; a full stop of the reader's ends none. */
static void a_sentence_needs_no_dot(void)
{
	_cleanup_document_ struct document document = { 0 };
	struct document_section *section = document_add_section(&document, str_dup("x"));
	struct document_entry *entry = document_add_entry(section, str_dup("x"), NULL);
	_cleanup_str_ struct str out = STR_INIT;

	CHECK_INT(document_set_lead(entry, str_dup("Who?")), 0);
	CHECK_INT(document_add_reference(entry, str_dup("a@b.c")), 0);
	entry->says = true;
	document_add_ways(&out, entry, 10);
	CHECK_TEXT(str_text(&out), "Who? a@b.c");
}

/* A NULL is a string for which memory ran out. */
static void what_is_missing_is_refused(void)
{
	_cleanup_document_ struct document document = { 0 };
	struct document_section *section = document_add_section(&document, str_dup("x"));
	struct document_entry *entry = document_add_entry(section, str_dup("x"), NULL);

	CHECK_INT(document_add_line(entry, NULL), -ENOMEM);
	CHECK_INT(document_set_lead(entry, NULL), -ENOMEM);
	CHECK_INT(document_add_link(entry, NULL, str_dup("x"), str_dup("x")), -ENOMEM);
	CHECK_INT(document_add_link(entry, str_dup("x"), NULL, str_dup("x")), -ENOMEM);
	CHECK_INT(document_add_link(entry, str_dup("x"), str_dup("x"), NULL), -ENOMEM);
	CHECK_INT(document_add_reference(entry, NULL), -ENOMEM);
	CHECK_INT(document_add_opening(&document, NULL), -ENOMEM);
	CHECK_INT(document_add_closing(&document, NULL), -ENOMEM);
	CHECK_INT(entry->n_lines + entry->n_links, 0);
	CHECK(document_add_entry(section, NULL, str_dup("b1")) == NULL);
	CHECK_INT(section->n_entries, 1);
	CHECK(document_add_section(&document, NULL) == NULL);
	CHECK_INT(document.n_sections, 1);
}

TEST_MAIN(TEST(text_is_wrapped), TEST(html_is_escaped), TEST(nothing_steers_the_reader),
	TEST(ways_share_a_line), TEST(a_sentence_needs_no_dot), TEST(what_is_missing_is_refused))
