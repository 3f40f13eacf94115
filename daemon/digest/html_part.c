/* SPDX-License-Identifier: MIT */
/*
 * html_part: a document as HTML. A part of document.h.
 *
 * Semantic elements first: without its style the page is still a title, headings and lists. What gives
 * it its shape stands in the elements, for clients that drop a style sheet; the sheet has the dark
 * colours, what one can do without, and what would have to stand in every item. Old Outlook alone, which knows no width of a block, gets a table.
 * Nothing is loaded from anywhere. Mailboxes cut a mail at 102 KB: an item's frame takes 60 bytes.
 */
#include "digest/document.h"
#include "digest/talk.h"
#include "format/html.h"

#include <string.h>

/* Contrasts of 4.5 and more, on white and on the dark ground: tests/integration/test-looks.py. */
static const char html_head[] =
	"<meta charset=\"utf-8\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n"
	"<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
	"<style>\n"
	"a { color: #0b57a4; }\n"
	"li { padding: 12px 0; border-top: 1px solid #ddd; }\n"
	"li p { margin: 0; color: #555; font-size: 15px; padding-top: 2px; }\n"
	"li a { display: inline-block; padding: 3px 0; }\n"
	".a { padding: 2px 0; border-top: 0; }\n"
	"code { background: #eeece6; border-radius: 4px; padding: 1px 6px; font-size: 13px; }\n"
	"@media (max-width: 480px) {\n"
	"  body, .p { padding: 0 !important; background: #ffffff !important; }\n"
	"  main, .m { padding: 20px 16px !important; border-radius: 0 !important; }\n"
	"  li a { padding: 7px 12px 7px 0; }\n" /* a thumb's breadth */
	"  li i { display: none; }\n"
	"  li span { display: inline-block; padding: 0 12px 0 0; }\n"
	"}\n"
	"</style>\n"
	/* Apart: some clients drop a sheet in which they do not know something. By class too: others make
	 * a div of what they do not know, and light letters without the dark ground could not be read. */
	"<style>\n"
	":root { color-scheme: light dark; }\n"
	"a[href^='tel:'] { white-space: nowrap; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"  body, .p { background: #15171a !important; color: #e6e8eb !important; }\n"
	"  main, .m { background: #1f2226 !important; }\n"
	"  h2, li p, footer, .f { color: #a3abb4 !important; }\n"
	"  li, footer, .f { border-color: #353a40 !important; }\n"
	"  code { background: #30353b; }\n"
	"  a { color: #7db7f5; }\n"
	"  .d { background: #5fa88a !important; }\n"
	"  .o { background: #3d434a !important; }\n"
	"}\n"
	"@media (prefers-color-scheme: dark) and (max-width: 480px) {\n"
	"  body, .p { background: #1f2226 !important; }\n"
	"}\n"
	"</style>\n"
	/* Old Outlook hands no font down to a table, and takes Times for a first one that it lacks. */
	"<!--[if mso]><style>td, h1, h2, p, li { font-family: Arial, sans-serif !important; }</style>"
	"<![endif]-->\n";

#define HTML_BODY                                                                                  \
	"<body class=\"p\" style=\"margin:0;padding:24px 16px;background:#f6f5f2;color:#1f2328;"   \
	"font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif\">\n"
#define HTML_MAIN                                                                                  \
	"<!--[if mso]><table role=\"presentation\" width=\"600\" align=\"center\"><tr>"            \
	"<td bgcolor=\"#ffffff\" style=\"padding:24px\"><![endif]-->\n"                            \
	"<main class=\"m\" style=\"display:block;max-width:600px;margin:0 auto;padding:24px;"      \
	"background:#ffffff;border-radius:12px;overflow-wrap:anywhere;word-break:break-word\">\n"
#define HTML_END       "</main>\n<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n"
#define HTML_PREHEADER "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">"
/* Small print: some clients leave what is hidden out of what they show on a locked screen. */
#define HTML_COVER                                                                                 \
	"<p class=\"f\" style=\"margin:0 0 12px;color:#555;font-size:13px;line-height:1.4\">"
#define HTML_TITLE   "<h1 style=\"margin:0 0 16px;font-size:20px;line-height:1.3\">"
#define HTML_SECTION "<section>\n<h2 style=\"margin:28px 0 8px;font-size:15px;color:#555\">"
#define HTML_LIST    "<ul style=\"list-style:none;margin:0;padding:0\">\n"
#define HTML_ITEM    "<li>"
#define HTML_ASIDE   "<li class=\"a\"><p>"
#define HTML_MORE    "<p>"
/* Between links; where they break into lines of their own, none is left hanging at an end. */
#define HTML_DOT " <i>·</i>\n"
#define HTML_FOOTER                                                                                \
	"<footer class=\"f\" style=\"margin-top:28px;padding-top:12px;border-top:1px solid #ddd;"  \
	"color:#555;font-size:14px\">\n"
#define HTML_BAR                                                                                   \
	"<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" "         \
	"aria-hidden=\"true\" style=\"margin:8px 0 4px;max-width:320px\"><tr>"

/* What is no words: an attribute, a title. */
static void html_add_element(struct str *out, const char *open, const char *text, const char *close)
{
	str_add(out, open);
	html_add_text(out, text);
	str_add(out, close);
}

static void html_add_phrase(struct str *out, const char *open, const char *text, const char *close)
{
	str_add(out, open);
	html_add_words(out, text);
	str_add(out, close);
}

/* A text in lines of its own. */
static void html_add_lines(struct str *out, const char *text)
{
	for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
		_cleanup_free_ char *line = str_ndup(text, (size_t)(end - text));

		out->failed |= !line;
		html_add_phrase(out, "", line ? line : "", "<br>\n");
	}
	html_add_words(out, text);
}

static void html_add_cell(struct str *out, const char *class, const char *color, int percent)
{
	if (percent)
		str_addf(out,
			"<td class=\"%s\" width=\"%d%%\" height=\"8\" bgcolor=\"%s\" "
			"style=\"background:%s;font-size:0;line-height:8px\">&nbsp;</td>",
			class, percent, color, color);
}

/* The headline says the same in words. */
static void html_add_bar(struct str *out, const struct document_entry *entry)
{
	int percent = entry->done * 100 / entry->goal;

	str_add(out, HTML_BAR);
	html_add_cell(out, "d", "#2f7d5b", percent);
	html_add_cell(out, "o", "#dddad2", 100 - percent);
	str_add(out, "</tr></table>\n");
}

static void html_add_links(struct str *out, const struct document_entry *entry)
{
	for (size_t i = 0; i < entry->n_links; i++) {
		const struct document_link *link = &entry->links[i];

		if (i)
			str_add(out, HTML_DOT);
		if (link->url)
			html_add_element(out, "<a href=\"", link->url, "\">");
		html_add_phrase(
			out, "", link->label ? link->label : link->text, link->url ? "</a>" : "");
	}
}

static void html_add_ways(struct str *out, const struct document_entry *entry)
{
	if (entry->lead && entry->n_links) {
		html_add_phrase(out, "<span>", entry->lead, "</span>");
		str_add(out,
			str_equal(talk_joint(entry->lead, entry->says), " ") ? "\n" : HTML_DOT);
	} else if (entry->lead) {
		html_add_phrase(out, "", entry->lead, "");
	}
	html_add_links(out, entry);
}

static void html_add_entry(struct str *out, const struct document_entry *entry)
{
	bool has_ways = entry->lead || entry->n_links;

	str_add(out, entry->aside ? HTML_ASIDE : HTML_ITEM "<strong>");
	html_add_lines(out, entry->headline);
	str_add(out, entry->aside ? "</p>" : "</strong>");
	/* A handle does not stand alone in a line. */
	if (entry->handle)
		html_add_element(out, "\xc2\xa0<code>", entry->handle, "</code>");
	str_add_char(out, '\n');
	if (entry->goal > 0)
		html_add_bar(out, entry);
	if (has_ways || entry->n_lines)
		str_add(out, HTML_MORE);
	html_add_ways(out, entry);
	for (size_t i = 0; i < entry->n_lines; i++) {
		if (i || has_ways)
			str_add(out, "<br>\n");
		html_add_lines(out, entry->lines[i]);
	}
	str_add(out, has_ways || entry->n_lines ? "</p></li>\n" : "</li>\n");
}

/* Nothing fills it up to the mailbox's width, as is the custom: where a style does nothing, that would stand
 * there as lines of blanks. The title goes on from it. */
static void html_add_preheader(struct str *out, const char *preheader)
{
	if (!str_empty(preheader))
		html_add_phrase(out, HTML_PREHEADER, preheader, "</div>\n");
}

static void html_add_section(struct str *out, const struct document_section *section)
{
	html_add_phrase(out, HTML_SECTION, section->title, "</h2>\n" HTML_LIST);
	for (size_t i = 0; i < section->n_entries; i++)
		html_add_entry(out, &section->entries[i]);
	str_add(out, "</ul>\n</section>\n");
}

static void html_add_footer(struct str *out, char *const *lines, size_t n)
{
	if (n)
		str_add(out, HTML_FOOTER);
	for (size_t i = 0; i < n; i++)
		html_add_phrase(out, "<p style=\"margin:4px 0 0\">", lines[i], "</p>\n");
	if (n)
		str_add(out, "</footer>\n");
}

int document_write_html(const struct document *document, struct str *out, struct err *reterr)
{
	html_add_element(
		out, "<!DOCTYPE html>\n<html lang=\"", document->language, "\">\n<head>\n");
	str_add(out, html_head);
	html_add_element(out, "<title>", document->subject, "</title>\n</head>\n" HTML_BODY);
	html_add_preheader(out, document->preheader);
	html_add_element(out, HTML_MAIN HTML_TITLE, document->title, "</h1>\n");
	if (document->cover)
		html_add_phrase(out, HTML_COVER, document->cover, "</p>\n");
	for (size_t i = 0; i < document->n_opening; i++)
		html_add_phrase(
			out, "<p style=\"margin:0 0 12px\">", document->opening[i], "</p>\n");
	for (size_t i = 0; i < document->n_sections; i++)
		html_add_section(out, &document->sections[i]);
	html_add_footer(out, document->closing, document->n_closing);
	str_add(out, HTML_END);
	return str_check(out, reterr);
}
