/* SPDX-License-Identifier: MIT */
/*
 * document: a digest's words in their order, before they become text, HTML or lines on a terminal.
 * All renderings say the same because they are made from one document.
 */
#ifndef NUDGE_DIGEST_DOCUMENT_H
#define NUDGE_DIGEST_DOCUMENT_H

#include "core/err.h"
#include "core/str.h"

struct document_link {
	char *text;  /* where it leads, for who reads it without being able to follow it */
	char *label; /* what is read where it can be followed */
	char *url;   /* NULL, as the label: a number or an address that leads nowhere by itself */
};

struct document_entry {
	char *headline;
	char *handle; /* NULL: none */
	char *lead;   /* what shares a line with the links; NULL: nothing */
	bool says;    /* the lead is a sentence of ours: no dot has to stand behind it */
	struct document_link *links;
	size_t n_links;
	char **lines;
	size_t n_lines;
	bool aside;     /* no item of its own, but a line about others */
	bool cut;       /* there is more to read than it says */
	int done, goal; /* how far it has come, shown as a bar; a goal of 0: none */
};

struct document_section {
	char *title;
	struct document_entry *entries;
	size_t n_entries;
};

struct document {
	char *language;
	char *subject;
	char *title;     /* the day, written out */
	char *preheader; /* what a mailbox shows beside the subject */
	char *cover;     /* what stands before all that it must not show; NULL: it may show all */
	char **opening;
	size_t n_opening;
	struct document_section *sections;
	size_t n_sections;
	char **closing;
	size_t n_closing;
};

void document_done(struct document *document);
#define _cleanup_document_ _cleanup_(document_done)

/* Each takes over the string(s) that it is given, also where it fails: NULL or -ENOMEM then. Control
 * characters and bidirectional overrides in them are left out. A section or an entry stays where it is
 * until the next one is added beside it. */
struct document_section *document_add_section(struct document *document, char *title);
struct document_entry *document_add_entry(
	struct document_section *section, char *headline, char *handle);
int document_set_lead(struct document_entry *entry, char *lead);
int document_add_line(struct document_entry *entry, char *line);
int document_add_link(struct document_entry *entry, char *text, char *label, char *url);
int document_add_reference(struct document_entry *entry, char *text); /* a link without a URL */
int document_add_opening(struct document *document, char *line);
int document_add_closing(struct document *document, char *line);

/* What stands below the headline as a text: what leads it, and all of the ways to somebody, in as many lines of so
 * many columns as they need. Nothing where there is neither. */
void document_add_ways(struct str *out, const struct document_entry *entry, size_t columns);

/* The renderings. Text is wrapped at `columns`. */
int document_write_text(
	const struct document *document, size_t columns, struct str *out, struct err *reterr);
int document_write_html(const struct document *document, struct str *out, struct err *reterr);

#endif
