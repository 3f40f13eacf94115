/* SPDX-License-Identifier: MIT */
/*
 * html: text inside HTML.
 */
#include "format/html.h"

#include "core/utf8.h"

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
