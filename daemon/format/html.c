/* SPDX-License-Identifier: MIT */
/*
 * html: text inside HTML.
 */
#include "format/html.h"

#include "core/utf8.h"
#include "format/bidi.h"

#include <string.h>

static const char *html_entity(char c)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = {
		{ '&', "&amp;" },
		{ '<', "&lt;" },
		{ '>', "&gt;" },
		{ '"', "&quot;" },
		{ '\'', "&#39;" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(entities); i++)
		if (entities[i].c == c)
			return entities[i].entity;
	return NULL;
}

void html_add_text(struct str *out, const char *text)
{
	_cleanup_str_ struct str clean = STR_INIT;
	const char *p;

	utf8_add_clean(&clean, text);
	for (p = str_text(&clean); *p;) {
		size_t run = strcspn(p, "&<>\"'");

		str_add_bytes(out, p, run);
		p += run;
		if (*p)
			str_add(out, html_entity(*p++));
	}
	out->failed |= clean.failed;
}

static void html_add_some(struct str *out, const char *text, size_t n)
{
	_cleanup_free_ char *some = str_ndup(text, n);

	out->failed |= !some;
	html_add_text(out, some ? some : "");
}

void html_add_words(struct str *out, const char *text)
{
	const char *run;
	size_t n;

	while ((run = bidi_find(text, &n))) {
		html_add_some(out, text, (size_t)(run - text));
		str_add(out, "<bdi>");
		html_add_some(out, run, n);
		str_add(out, "</bdi>");
		text = run + n;
	}
	html_add_text(out, text);
}
