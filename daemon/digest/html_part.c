/* SPDX-License-Identifier: MIT */
/*
 * html_part: a document as HTML. A part of document.h.
 *
 * Semantic elements first: without its style the page is still a title, headings and lists. Colours
 * are inherited in light and set apart for dark; nothing is loaded from anywhere.
 */
#include "digest/document.h"
#include "format/html.h"

static const char html_head[] =
	"<meta charset=\"utf-8\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n"
	"<style>\n"
	":root { color-scheme: light dark; }\n"
	"body { margin: 0; padding: 24px 16px; background: #f6f5f2; color: #1f2328;\n"
	"  font: 16px/1.5 -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif; }\n"
	"main { max-width: 600px; margin: 0 auto; background: #ffffff; border-radius: 12px;\n"
	"  padding: 24px; overflow-wrap: anywhere; }\n"
	"h1 { margin: 0 0 16px; font-size: 20px; font-weight: 600; }\n"
	"h2 { margin: 28px 0 8px; font-size: 13px; font-weight: 600; letter-spacing: .04em;\n"
	"  text-transform: uppercase; color: #57606a; }\n"
	"ul { list-style: none; margin: 0; padding: 0; }\n"
	"li { padding: 12px 0; border-top: 1px solid #e4e2dc; }\n"
	"strong { font-weight: 600; }\n"
	"code { font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace; background: #eeece6;\n"
	"  color: #3d444d; border-radius: 4px; padding: 1px 6px; }\n"
	"p { margin: 4px 0 0; }\n"
	".more { color: #57606a; font-size: 15px; white-space: pre-line; }\n"
	"a { color: #0b57a4; }\n"
	"footer { margin-top: 28px; padding-top: 12px; border-top: 1px solid #e4e2dc;\n"
	"  color: #57606a; font-size: 13px; }\n"
	".preheader { display: none; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"  body { background: #15171a; color: #e6e8eb; }\n"
	"  main { background: #1f2226; }\n"
	"  h2, .more, footer { color: #a3abb4; }\n"
	"  li, footer { border-color: #353a40; }\n"
	"  code { background: #30353b; color: #d5d9de; }\n"
	"  a { color: #7db7f5; }\n"
	"}\n"
	"</style>\n";

static void html_add_element(struct str *out, const char *open, const char *text, const char *close)
{
	str_add(out, open);
	html_add_text(out, text);
	str_add(out, close);
}

static void html_add_links(struct str *out, const struct document_entry *entry)
{
	if (!entry->n_links)
		return;
	str_add(out, "<p class=\"more\">");
	for (size_t i = 0; i < entry->n_links; i++) {
		if (i)
			str_add(out, " · ");
		html_add_element(out, "<a href=\"", entry->links[i].url, "\">");
		html_add_element(out, "", entry->links[i].text, "</a>");
	}
	str_add(out, "</p>\n");
}

static void html_add_entry(struct str *out, const struct document_entry *entry)
{
	html_add_element(out, "<li>\n<strong>", entry->headline, "</strong>");
	if (entry->handle)
		html_add_element(out, " <code>", entry->handle, "</code>");
	str_add_char(out, '\n');
	for (size_t i = 0; i < entry->n_lines; i++)
		html_add_element(out, "<p class=\"more\">", entry->lines[i], "</p>\n");
	html_add_links(out, entry);
	str_add(out, "</li>\n");
}

int document_write_html(const struct document *document, struct str *out, struct err *reterr)
{
	html_add_element(
		out, "<!DOCTYPE html>\n<html lang=\"", document->language, "\">\n<head>\n");
	str_add(out, html_head);
	html_add_element(out, "<title>", document->subject, "</title>\n</head>\n<body>\n");
	html_add_element(out, "<div class=\"preheader\">", document->preheader, "</div>\n<main>\n");
	html_add_element(out, "<h1>", document->title, "</h1>\n");
	for (size_t i = 0; i < document->n_opening; i++)
		html_add_element(out, "<p>", document->opening[i], "</p>\n");
	for (size_t i = 0; i < document->n_sections; i++) {
		html_add_element(
			out, "<section>\n<h2>", document->sections[i].title, "</h2>\n<ul>\n");
		for (size_t k = 0; k < document->sections[i].n_entries; k++)
			html_add_entry(out, &document->sections[i].entries[k]);
		str_add(out, "</ul>\n</section>\n");
	}
	if (document->n_closing)
		str_add(out, "<footer>\n");
	for (size_t i = 0; i < document->n_closing; i++)
		html_add_element(out, "<p>", document->closing[i], "</p>\n");
	str_add(out,
		document->n_closing ? "</footer>\n</main>\n</body>\n</html>\n"
				    : "</main>\n</body>\n</html>\n");
	return str_check(out, reterr);
}
