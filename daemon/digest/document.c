/* SPDX-License-Identifier: MIT */
/*
 * document: a digest's words in their order.
 */
#include "digest/document.h"

#include "core/utf8.h"
#include "digest/talk.h"

#include <errno.h>

static void document_free_lines(char **lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(lines[i]);
	free(lines);
}

static void document_entry_done(struct document_entry *entry)
{
	free(entry->headline);
	free(entry->handle);
	free(entry->lead);
	document_free_lines(entry->lines, entry->n_lines);
	for (size_t i = 0; i < entry->n_links; i++) {
		free(entry->links[i].text);
		free(entry->links[i].label);
		free(entry->links[i].url);
	}
	free(entry->links);
}

static void document_section_done(struct document_section *section)
{
	free(section->title);
	for (size_t i = 0; i < section->n_entries; i++)
		document_entry_done(&section->entries[i]);
	free(section->entries);
}

/* What stands in a name or a note, from wherever it came, must not steer a terminal or turn the
 * reading direction of what follows. */
static char *document_clean(char *text)
{
	_cleanup_free_ char *raw = text;
	struct str clean = STR_INIT;

	if (raw)
		utf8_add_clean(&clean, raw);
	return raw ? str_take(&clean) : NULL;
}

void document_done(struct document *document)
{
	free(document->language);
	free(document->subject);
	free(document->title);
	free(document->preheader);
	free(document->cover);
	document_free_lines(document->opening, document->n_opening);
	for (size_t i = 0; i < document->n_sections; i++)
		document_section_done(&document->sections[i]);
	free(document->sections);
	document_free_lines(document->closing, document->n_closing);
	*document = (struct document){ 0 };
}

struct document_section *document_add_section(struct document *document, char *title)
{
	struct document_section *sections = reallocarray(
		document->sections, document->n_sections + 1, sizeof(*sections));

	title = document_clean(title);
	if (sections)
		document->sections = sections;
	if (!sections || !title) {
		free(title);
		return NULL;
	}
	sections += document->n_sections++;
	*sections = (struct document_section){ .title = title };
	return sections;
}

struct document_entry *document_add_entry(
	struct document_section *section, char *headline, char *handle)
{
	struct document_entry *entries = reallocarray(
		section->entries, section->n_entries + 1, sizeof(*entries));

	headline = document_clean(headline);
	if (entries)
		section->entries = entries;
	if (!entries || !headline) {
		free(headline);
		free(handle);
		return NULL;
	}
	entries += section->n_entries++;
	*entries = (struct document_entry){ .headline = headline, .handle = handle };
	return entries;
}

static int document_append(char ***lines, size_t *n, char *line)
{
	char **more = reallocarray(*lines, *n + 1, sizeof(*more));

	line = document_clean(line);
	if (more)
		*lines = more;
	if (!more || !line) {
		free(line);
		return -ENOMEM;
	}
	more[(*n)++] = line;
	return 0;
}

int document_add_line(struct document_entry *entry, char *line)
{
	return document_append(&entry->lines, &entry->n_lines, line);
}

int document_add_opening(struct document *document, char *line)
{
	return document_append(&document->opening, &document->n_opening, line);
}

int document_add_closing(struct document *document, char *line)
{
	return document_append(&document->closing, &document->n_closing, line);
}

int document_set_lead(struct document_entry *entry, char *lead)
{
	free(entry->lead);
	entry->lead = document_clean(lead);
	return entry->lead ? 0 : -ENOMEM;
}

static int document_append_link(struct document_entry *entry, struct document_link link)
{
	struct document_link *links = reallocarray(
		entry->links, entry->n_links + 1, sizeof(*links));

	link.text = document_clean(link.text);
	if (links)
		entry->links = links;
	if (!links || !link.text) {
		free(link.text);
		free(link.label);
		free(link.url);
		return -ENOMEM;
	}
	links[entry->n_links++] = link;
	return 0;
}

int document_add_link(struct document_entry *entry, char *text, char *label, char *url)
{
	label = document_clean(label);
	if (url && label)
		return document_append_link(entry, (struct document_link){ text, label, url });
	free(text);
	free(label);
	free(url);
	return -ENOMEM;
}

int document_add_reference(struct document_entry *entry, char *text)
{
	return document_append_link(entry, (struct document_link){ .text = text });
}

void document_add_ways(struct str *out, const struct document_entry *entry, size_t columns)
{
	size_t used = entry->lead ? utf8_width(entry->lead) : 0;

	str_add(out, entry->lead);
	for (size_t i = 0; i < entry->n_links; i++) {
		const char *text = entry->links[i].text, *joint = " · ";
		size_t width = utf8_width(text);

		if (i == 0)
			joint = entry->lead ? talk_joint(entry->lead, entry->says) : "";
		used += utf8_width(joint) + width;
		if (out->len && used > columns) {
			joint = "\n";
			used = width;
		}
		str_add(out, joint);
		str_add(out, text);
	}
}
