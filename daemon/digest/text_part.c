/* SPDX-License-Identifier: MIT */
/*
 * text_part: a document as plain text. A part of document.h.
 */
#include "core/utf8.h"
#include "digest/document.h"
#include "format/bidi.h"
#include "format/text.h"

#define TEXT_INDENT 2

static void text_add_title(struct str *out, const char *title, char underline)
{
	size_t width = utf8_width(title);

	str_addf(out, "%s\n", title);
	for (size_t i = 0; i < width; i++)
		str_add_char(out, underline);
	str_add_char(out, '\n');
}

/* Wrapped, and in the order in which it is read. */
static void text_add_words(
	struct str *out, const char *text, size_t columns, const char *first, const char *next)
{
	_cleanup_str_ struct str words = STR_INIT;

	bidi_add_isolated(&words, text);
	text_wrap(out, str_text(&words), columns, first, next);
	out->failed |= words.failed;
}

static void text_add_headline(struct str *out, const struct document_entry *entry, size_t columns)
{
	_cleanup_str_ struct str headline = STR_INIT;

	str_add(&headline, entry->headline);
	if (entry->handle)
		str_addf(&headline, "  [%s]", entry->handle);
	text_add_words(out, str_text(&headline), columns, "* ", "  ");
	out->failed |= headline.failed;
}

static void text_add_entry(struct str *out, const struct document_entry *entry, size_t columns)
{
	_cleanup_str_ struct str ways = STR_INIT;

	text_add_headline(out, entry, columns);
	document_add_ways(&ways, entry, columns - TEXT_INDENT);
	if (ways.len)
		text_add_words(out, str_text(&ways), columns, "  ", "  ");
	for (size_t i = 0; i < entry->n_lines; i++)
		text_add_words(out, entry->lines[i], columns, "  ", "  ");
	out->failed |= ways.failed;
}

int document_write_text(
	const struct document *document, size_t columns, struct str *out, struct err *reterr)
{
	text_add_title(out, document->title, '=');
	if (document->cover) {
		str_add_char(out, '\n');
		text_add_words(out, document->cover, columns, "", "");
	}
	for (size_t i = 0; i < document->n_opening; i++) {
		str_add_char(out, '\n');
		text_add_words(out, document->opening[i], columns, "", "");
	}
	for (size_t i = 0; i < document->n_sections; i++) {
		const struct document_section *section = &document->sections[i];

		str_add_char(out, '\n');
		text_add_title(out, section->title, '-');
		for (size_t k = 0; k < section->n_entries; k++)
			text_add_entry(out, &section->entries[k], columns);
	}
	if (document->n_closing)
		str_add(out, "\n-- \n");
	for (size_t i = 0; i < document->n_closing; i++)
		text_add_words(out, document->closing[i], columns, "", "");
	return str_check(out, reterr);
}
