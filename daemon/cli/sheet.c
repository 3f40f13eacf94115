/* SPDX-License-Identifier: MIT */
/*
 * sheet: a digest's document as it stands on a terminal.
 */
#include "cli/sheet.h"

#include "cli/cli.h"
#include "cli/output.h"
#include "core/utf8.h"

#define SHEET_COLUMNS      8 /* where items begin, behind their handles */
#define SHEET_BAR_COLUMNS  24
#define SHEET_WAYS_COLUMNS 72 /* of who somebody is and how to reach them */

static void sheet_add_paragraphs(struct str *out, char *const *lines, size_t n, const char *mark)
{
	for (size_t i = 0; i < n; i++)
		str_addf(out, "\n%s%s" CLI_PLAIN "\n", mark, lines[i]);
}

static void sheet_begin_line(struct str *out)
{
	str_add(out, CLI_FAINT);
	output_add_padded(out, "", SHEET_COLUMNS);
}

static void sheet_add_line(struct str *out, const char *text)
{
	sheet_begin_line(out);
	output_add_lines(out, text, SHEET_COLUMNS);
	str_add(out, CLI_PLAIN "\n");
}

static void sheet_add_bar(struct str *out, const struct document_entry *entry)
{
	int done = entry->done * SHEET_BAR_COLUMNS / entry->goal;

	output_add_padded(out, "", SHEET_COLUMNS);
	str_add(out, CLI_ACCENT);
	for (int i = 0; i < SHEET_BAR_COLUMNS; i++) {
		if (i == done)
			str_add(out, CLI_PLAIN CLI_FAINT);
		str_add(out, i < done ? "━" : "─");
	}
	str_add(out, CLI_PLAIN "\n");
}

/* A number's blanks hold it together on a terminal, and are blanks elsewhere. */
static void sheet_add_ways(struct str *out, const struct document_entry *entry, bool terminal)
{
	_cleanup_str_ struct str ways = STR_INIT, plain = STR_INIT;

	document_add_ways(&ways, entry, SHEET_WAYS_COLUMNS);
	if (!ways.len)
		return;
	sheet_begin_line(out);
	if (!terminal)
		utf8_add_broken(&plain, str_text(&ways), ways.len);
	output_add_lines(out, str_text(terminal ? &ways : &plain), SHEET_COLUMNS);
	str_add(out, CLI_PLAIN "\n");
	out->failed |= ways.failed || plain.failed;
}

static void sheet_add_entry(struct str *out, const struct document_entry *entry, bool bars)
{
	/* What one cannot act on has no handle, but is an item all the same. */
	const char *handle = entry->handle ? entry->handle : entry->aside ? "" : "·";

	str_add(out, "  " CLI_ACCENT);
	output_add_padded(out, handle, SHEET_COLUMNS - 4);
	str_addf(out, CLI_PLAIN "  %s", entry->aside ? CLI_FAINT : "");
	output_add_lines(out, entry->headline, SHEET_COLUMNS);
	str_add(out, CLI_PLAIN "\n");
	if (bars && entry->goal > 0)
		sheet_add_bar(out, entry);
	sheet_add_ways(out, entry, bars);
	for (size_t i = 0; i < entry->n_lines; i++)
		sheet_add_line(out, entry->lines[i]);
}

void sheet_add(struct str *out, const struct document *document, bool bars)
{
	str_addf(out, CLI_FAINT "%s" CLI_PLAIN "\n", document->title);
	sheet_add_paragraphs(out, document->opening, document->n_opening, "");
	for (size_t i = 0; i < document->n_sections; i++) {
		const struct document_section *section = &document->sections[i];

		str_addf(out, "\n" CLI_BOLD "%s" CLI_PLAIN "\n", section->title);
		for (size_t k = 0; k < section->n_entries; k++)
			sheet_add_entry(out, &section->entries[k], bars);
	}
	if (document->n_closing)
		str_add_char(out, '\n');
	for (size_t i = 0; i < document->n_closing; i++)
		str_addf(out, CLI_FAINT "%s" CLI_PLAIN "\n", document->closing[i]);
}
