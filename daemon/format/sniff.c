/* SPDX-License-Identifier: MIT */
/*
 * sniff: what a file is, by its first bytes.
 */
#include "format/sniff.h"

#include <string.h>

/* Lines that are looked at for separators: LinkedIn writes a note before its header. */
#define SNIFF_LINES_MAX 20

/* What begins with these bytes is no text. */
static const struct {
	const char *magic;
	size_t n;
	enum sniff_format format;
} sniff_magics[] = {
	{ "PK\003\004", 4, SNIFF_ZIP },
	{ "PK\005\006", 4, SNIFF_ZIP }, /* an empty one */
	{ "\x1f\x8b", 2, SNIFF_COMPRESSED },
	{ "BZh", 3, SNIFF_COMPRESSED },
	{ "\xfd"
	  "7zXZ",
		5, SNIFF_COMPRESSED },
	{ "\x28\xb5\x2f\xfd", 4, SNIFF_COMPRESSED },
	{ "7z\xbc\xaf", 4, SNIFF_COMPRESSED },
	{ "Rar!\032", 5, SNIFF_COMPRESSED },
	{ "\xd0\xcf\x11\xe0", 4, SNIFF_SPREADSHEET }, /* Office before 2007 */
	{ "%PDF-", 5, SNIFF_PDF },
	{ "{\\rtf", 5, SNIFF_RICH_TEXT },
};

/* What a line begins with that tells the format; letters of either case. */
static const struct {
	const char *text;
	enum sniff_format format;
} sniff_lines[] = {
	{ "BEGIN:VCARD", SNIFF_VCARD },
	{ "BEGIN:VCALENDAR", SNIFF_ICAL },
	{ "BEGIN:VEVENT", SNIFF_ICAL },
	{ "dn:", SNIFF_LDIF },
	{ "version: 1", SNIFF_LDIF },
	{ "# abook addressbook file", SNIFF_ABOOK },
};

static enum sniff_format sniff_magic(struct slice s)
{
	for (size_t i = 0; i < ARRAY_SIZE(sniff_magics); i++) {
		if (s.n < sniff_magics[i].n ||
			memcmp(s.at, sniff_magics[i].magic, sniff_magics[i].n) != 0)
			continue;
		if (sniff_magics[i].format == SNIFF_ZIP &&
			(slice_find(s, "xl/") || slice_find(s, "spreadsheet")))
			return SNIFF_SPREADSHEET;
		return sniff_magics[i].format;
	}
	return SNIFF_UNKNOWN;
}

static struct slice sniff_take_line(struct slice *rest)
{
	size_t n = 0;
	struct slice line;

	while (n < rest->n && rest->at[n] != '\n' && rest->at[n] != '\r')
		n++;
	line = (struct slice){ rest->at, n };
	n += n < rest->n;
	*rest = (struct slice){ rest->at + n, rest->n - n };
	return line;
}

/* A card that somebody has put into a note is none while the quotes of the table's cell are open. */
static enum sniff_format sniff_line(struct slice rest)
{
	bool quoted = false;

	while (rest.n) {
		struct slice line = sniff_take_line(&rest);
		bool inside = quoted;

		for (size_t i = 0; i < line.n; i++)
			quoted ^= line.at[i] == '"';
		if (inside)
			continue;
		while (line.n && str_is_space(*line.at))
			line = (struct slice){ line.at + 1, line.n - 1 };
		for (size_t i = 0; i < ARRAY_SIZE(sniff_lines); i++) {
			size_t n = strlen(sniff_lines[i].text);

			if (line.n >= n &&
				slice_is((struct slice){ line.at, n }, sniff_lines[i].text))
				return sniff_lines[i].format;
		}
	}
	return SNIFF_UNKNOWN;
}

/* "alias anna Anna Schmidt <anna@example.org>", as mutt and its like have it. */
static bool sniff_is_aliases(struct slice rest)
{
	static const char word[] = "alias ";

	while (rest.n) {
		struct slice line = sniff_take_line(&rest);

		if (line.n && *line.at != '#')
			return line.n > strlen(word) && memcmp(line.at, word, strlen(word)) == 0 &&
				memchr(line.at, '@', line.n);
	}
	return false;
}

/* How many of them stand outside quotes in the line that has most of them. */
static size_t sniff_count(struct slice s, char separator)
{
	size_t most = 0, here = 0, lines = 0;
	bool quoted = false;

	for (size_t i = 0; i < s.n && lines < SNIFF_LINES_MAX; i++) {
		if (s.at[i] == '"')
			quoted = !quoted;
		else if (!quoted)
			here += s.at[i] == separator;
		if (!quoted && (s.at[i] == '\n' || s.at[i] == '\r')) {
			here = 0;
			lines++;
		}
		most = here > most ? here : most;
	}
	return most;
}

static char sniff_separator(struct slice s)
{
	static const char separators[] = { ',', ';', '\t', '|' };
	size_t most = 0;
	char best = '\0';

	for (size_t i = 0; i < ARRAY_SIZE(separators); i++) {
		size_t n = sniff_count(s, separators[i]);

		if (n > most) {
			most = n;
			best = separators[i];
		}
	}
	return best;
}

/* Control characters that no text has; a few are met in any export. */
static bool sniff_is_binary(struct slice s)
{
	size_t strange = 0;

	for (size_t i = 0; i < s.n; i++)
		strange += (unsigned char)s.at[i] < ' ' && !str_is_space(s.at[i]);
	return strange * 20 > s.n;
}

static void sniff_text(struct slice s, struct sniff *ret)
{
	while (s.n && str_is_space(*s.at))
		s = (struct slice){ s.at + 1, s.n - 1 };
	if (!s.n) {
		ret->format = SNIFF_EMPTY;
		return;
	}
	ret->format = sniff_is_binary(s) ? SNIFF_BINARY : sniff_line(s);
	if (ret->format != SNIFF_UNKNOWN)
		return;
	if (*s.at == '{' || *s.at == '[')
		ret->format = SNIFF_JSON;
	else if (*s.at == '<')
		ret->format = SNIFF_MARKUP;
	else if (sniff_is_aliases(s))
		ret->format = SNIFF_ALIASES;
	else if ((ret->separator = sniff_separator(s)))
		ret->format = SNIFF_CSV;
}

int sniff_bytes(const char *head, size_t n, enum decode_encoding encoding, struct sniff *ret)
{
	struct slice raw = { head, n < SNIFF_MAX ? n : SNIFF_MAX }, text;
	struct decode decode;
	int r;

	*ret = (struct sniff){ .encoding = encoding, .format = sniff_magic(raw) };
	if (ret->format != SNIFF_UNKNOWN)
		return 0;
	/* Many NULs, and yet no UTF-16: left out they would make a picture look like text. */
	if (encoding == DECODE_BYTES && sniff_is_binary(raw)) {
		ret->format = SNIFF_BINARY;
		return 0;
	}
	decode_init(&decode, encoding);
	r = decode_push(&decode, raw.at, raw.n, &text);
	if (r == 0)
		sniff_text(text, ret);
	decode_done(&decode);
	return r;
}
