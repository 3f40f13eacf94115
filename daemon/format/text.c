/* SPDX-License-Identifier: MIT */
/*
 * text: plain text in lines of a given width.
 */
#include "format/text.h"

#include "core/utf8.h"

#include <string.h>

struct text_lines {
	struct str *out;
	size_t columns;
	const char *next_indent;
	size_t used;   /* columns of the current line */
	size_t indent; /* of which its indent */
};

static void text_begin_line(struct text_lines *t, const char *indent)
{
	str_add(t->out, indent);
	t->used = t->indent = utf8_width(indent);
}

static void text_break(struct text_lines *t)
{
	/* A paragraph without words is an empty line, not an indent. */
	while (t->out->len && t->out->data[t->out->len - 1] == ' ')
		t->out->data[--t->out->len] = '\0';
	str_add_char(t->out, '\n');
	text_begin_line(t, t->next_indent);
}

/* A word that no line can hold, from character to character; what has no width stays with the
 * character before it. */
static void text_add_long(struct text_lines *t, const char *word, size_t n)
{
	while (n) {
		uint32_t c = 0xfffd;
		size_t k = utf8_decode(word, n, &c), width = utf8_char_width(c);

		if (t->used + width > t->columns && t->used > t->indent)
			text_break(t);
		k += k == 0;
		str_add_bytes(t->out, word, k);
		t->used += width;
		word += k;
		n -= k;
	}
}

static size_t text_word_width(const char *word, size_t n)
{
	size_t width = 0;

	while (n) {
		uint32_t c = 0xfffd;
		size_t k = utf8_decode(word, n, &c);

		k += k == 0;
		width += utf8_char_width(c);
		word += k;
		n -= k;
	}
	return width;
}

static void text_add_word(struct text_lines *t, const char *word, size_t n)
{
	size_t width = text_word_width(word, n);
	bool begun = t->used > t->indent;

	if (begun && t->used + 1 + width > t->columns) {
		text_break(t);
		begun = false;
	}
	if (begun)
		str_add_char(t->out, ' ');
	t->used += begun;
	if (t->used + width > t->columns && !memmem(word, n, "://", 3)) {
		text_add_long(t, word, n);
		return;
	}
	utf8_add_broken(t->out, word, n);
	t->used += width;
}

void text_wrap(struct str *out, const char *text, size_t columns, const char *first_indent,
	const char *next_indent)
{
	struct text_lines t = {
		.out = out,
		.columns = columns,
		.next_indent = next_indent ? next_indent : "",
	};

	text_begin_line(&t, first_indent ? first_indent : "");
	while (*text) {
		size_t n = strcspn(text, " \t\n");

		if (n)
			text_add_word(&t, text, n);
		text += n;
		if (*text == '\n' && text[1])
			text_break(&t);
		if (*text)
			text++;
	}
	while (out->len && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
	str_add_char(out, '\n');
}
