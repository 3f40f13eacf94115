/* SPDX-License-Identifier: MIT */
/*
 * shellword: the words of a command line of bash as far as its cursor.
 */
#include "format/shellword.h"

#include <errno.h>

/* Readline keeps these with the word that they begin, for what they say about it. */
#define SHELLWORD_PREFIXES "$@"

struct shellword_reader {
	const char *rest, *breaks;
	struct shellword_line *line;
	struct str word;
	bool begun;    /* the word is there, perhaps without a letter: "" */
	size_t kept;   /* outside of quotes */
	size_t opened; /* where in the word the last quote was */
};

void shellword_line_done(struct shellword_line *line)
{
	for (size_t i = 0; i < line->n; i++)
		free(line->words[i]);
	free(line->words);
	*line = (struct shellword_line){ 0 };
}

static int shellword_end(struct shellword_reader *reader, struct err *reterr)
{
	struct shellword_line *line = reader->line;
	char **words, *word;

	if (line->n == SHELLWORD_WORDS_MAX)
		return err_set(
			reterr, -EINVAL, "the line has more than %d words", SHELLWORD_WORDS_MAX);
	words = reallocarray(line->words, line->n + 1, sizeof(*words));
	if (!words)
		return err_oom(reterr);
	line->words = words;
	/* What is taken out of an empty string is no memory. */
	str_add(&reader->word, "");
	word = reader->word.len ? str_take(&reader->word) : str_dup("");
	if (!word)
		return err_oom(reterr);
	words[line->n++] = word;
	reader->begun = false;
	reader->kept = reader->opened = 0;
	return 0;
}

static void shellword_plain(struct shellword_reader *reader)
{
	char c = *reader->rest++;

	reader->begun = true;
	if (c == '\'' || c == '"') {
		reader->line->quote = c == '"' ? SHELLWORD_DOUBLE : SHELLWORD_SINGLE;
		reader->opened = reader->word.len;
		return;
	}
	if (c == '\\') {
		if (*reader->rest)
			str_add_char(&reader->word, *reader->rest++);
		return;
	}
	if (strchr(reader->breaks, c))
		reader->kept = reader->word.len + !strchr(SHELLWORD_PREFIXES, c);
	str_add_char(&reader->word, c);
}

static void shellword_quoted(struct shellword_reader *reader)
{
	bool is_double = reader->line->quote == SHELLWORD_DOUBLE;
	char c = *reader->rest++;

	if (c == (is_double ? '"' : '\'')) {
		reader->line->quote = SHELLWORD_PLAIN;
		return;
	}
	if (is_double && c == '\\' && *reader->rest && strchr("$`\"\\", *reader->rest))
		c = *reader->rest++;
	str_add_char(&reader->word, c);
}

static int shellword_read(struct shellword_reader *reader, struct err *reterr)
{
	int r = 0;

	while (r == 0 && *reader->rest) {
		if (reader->line->quote != SHELLWORD_PLAIN)
			shellword_quoted(reader);
		else if (!strchr(" \t\n", *reader->rest))
			shellword_plain(reader);
		else if (reader->rest++, reader->begun)
			r = shellword_end(reader, reterr);
	}
	if (r < 0)
		return r;
	reader->line->kept = reader->line->quote == SHELLWORD_PLAIN ? reader->kept : reader->opened;
	return shellword_end(reader, reterr);
}

int shellword_split(
	const char *text, const char *breaks, struct shellword_line *ret, struct err *reterr)
{
	struct shellword_reader reader = { .rest = text, .breaks = breaks, .line = ret };
	int r;

	*ret = (struct shellword_line){ 0 };
	if (strlen(text) > SHELLWORD_LINE_MAX)
		return err_set(
			reterr, -EINVAL, "the line is longer than %d bytes", SHELLWORD_LINE_MAX);
	r = shellword_read(&reader, reterr);
	str_done(&reader.word);
	if (r < 0)
		shellword_line_done(ret);
	return r;
}

static bool shellword_is_harmless(char c)
{
	return (str_lower(c) >= 'a' && str_lower(c) <= 'z') || str_is_digit(c) ||
		(unsigned char)c >= 0x80 || (c && strchr("_-./,+%:@=^", c));
}

void shellword_add(struct str *out, const char *text, enum shellword_quote quote)
{
	for (; *text; text++) {
		if (quote == SHELLWORD_SINGLE && *text == '\'') {
			str_add(out, "'\\''");
			continue;
		}
		if ((quote == SHELLWORD_PLAIN && !shellword_is_harmless(*text)) ||
			(quote == SHELLWORD_DOUBLE && strchr("$`\"\\", *text)))
			str_add_char(out, '\\');
		str_add_char(out, *text);
	}
}
