/* SPDX-License-Identifier: MIT */
/*
 * contentline: lines of vCard and iCalendar, unfolded from a stream and split.
 */
#include "format/contentline.h"

#include "format/block.h"
#include "format/contentline-internal.h"

#include <string.h>

#define CONTENTLINE_BOM "\xef\xbb\xbf"

static inline unsigned char slice_lower(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 'A' && u <= 'Z' ? u | 0x20 : u;
}

bool slice_is_all(struct slice slice, const char *text)
{
	size_t i;

	for (i = 0; i < slice.n && text[i]; i++)
		if (slice.at[i] != text[i] && slice_lower(slice.at[i]) != slice_lower(text[i]))
			return false;
	return i == slice.n && !text[i];
}

const char *slice_find(struct slice slice, const char *text)
{
	return slice.n ? memmem(slice.at, slice.n, text, strlen(text)) : NULL;
}

/* The letters from U+00C0 to U+07FF: a byte of the first kind before one of the second, each the other's only
 * company. */
static inline bool contentline_leads(char c)
{
	return (unsigned char)c >= 0xc3 && (unsigned char)c <= 0xdf;
}

static inline bool contentline_follows(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The first of the bytes at p that is no plain one of ASCII. */
static inline size_t contentline_ascii_block(const char *p)
{
	block b = block_load(p);

	/* As numbers with a sign, the bytes from 0x80 on lie below the control characters. */
	return block_first((block)((signed_block)b < 0x20) | (block)((b == '\\') | (b == 0x7f)));
}

/* The first of them that is not plain, given the one behind them too. */
static size_t contentline_plain_block(const char *p)
{
	block b = block_load(p), next = block_load(p + 1);
	block leads = (block)((b >= 0xc3) & (b <= 0xdf));
	block follows = (block)((next & 0xc0) == 0x80);

	return block_first((block)((b < 0x20) | (b == '\\') | (b == 0x7f)) |
		(block)((b >= 0xc0) & (b < 0xc3)) | (block)(b >= 0xe0) | (leads ^ follows));
}

const char *contentline_plain_end(const char *p, const char *end)
{
	bool led = false; /* the byte before p is the first of two */

	while (end - p > BLOCK_SIZE) {
		size_t n = contentline_ascii_block(p);

		if (n < BLOCK_SIZE) {
			/* The line's end, as a rule. */
			if (!(p[n] & 0x80) || (n == 0 && !led && contentline_follows(*p)))
				return p + n;
			n = contentline_plain_block(p);
			if (n < BLOCK_SIZE)
				return p + n;
		}
		p += BLOCK_SIZE;
		led = contentline_leads(p[-1]);
	}
	if (led)
		p++;
	while (p < end) {
		if (contentline_leads(*p) && end - p > 1 && contentline_follows(p[1]))
			p++;
		else if (*p < ' ' || *p == '\\' || (unsigned char)*p >= 0x7f)
			break;
		p++;
	}
	return p;
}

bool contentline_is_plain(const char *text, size_t n)
{
	return contentline_plain_end(text, text + n) == text + n;
}

bool slice_equal(struct slice a, struct slice b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (slice_lower(a.at[i]) != slice_lower(b.at[i]))
			return false;
	return true;
}

static const bool contentline_name_char[256] = {
	['a' ... 'z'] = true,
	['A' ... 'Z'] = true,
	['0' ... '9'] = true,
	['-'] = true,
	['_'] = true,
	['/'] = true,
	['.'] = true,
};

/* What a parameter may end at, or what makes that no end. */
static const bool contentline_param_char[256] = {
	['"'] = true,
	[';'] = true,
	[':'] = true,
};

/* The parameter's end: the next ";" or ":" outside quotes, NULL where none comes. */
static const char *contentline_param_end(const char *p, const char *end, bool quotes)
{
	for (;; p++) {
		while (p < end && !contentline_param_char[(unsigned char)*p])
			p++;
		if (p == end)
			return NULL;
		if (*p != '"')
			return p;
		if (quotes && !(p = memchr(p + 1, '"', (size_t)(end - p - 1))))
			return NULL;
	}
}

static void contentline_add_param(struct contentline *line, const char *p, const char *end)
{
	struct contentline_param param = { 0 };
	const char *equals = memchr(p, '=', (size_t)(end - p));

	if (line->n_params == CONTENTLINE_PARAMS_MAX || p == end)
		return;
	param.name = (struct slice){ p, (size_t)((equals ? equals : end) - p) };
	if (equals)
		param.value = (struct slice){ equals + 1, (size_t)(end - equals - 1) };
	line->params[line->n_params++] = param;
}

/* Where a quote is never closed it is taken for an ordinary character. */
static const char *contentline_parse_params(
	struct contentline *line, const char *p, const char *end)
{
	for (bool quotes = true;; quotes = false) {
		const char *at = p;

		line->n_params = 0;
		while (at && *at == ';') {
			const char *from = at + 1;

			at = contentline_param_end(from, end, quotes);
			if (at)
				contentline_add_param(line, from, at);
		}
		if (at || !quotes)
			return at;
	}
}

const char *contentline_parse_name(struct contentline *line, const char *text, size_t n)
{
	const char *p = text, *end = text + n, *start;

	line->group = line->name = line->clean = (struct slice){ 0 };
	/* A byte order mark also stands where files were put one behind the other. */
	if (n >= strlen(CONTENTLINE_BOM) && *p == *CONTENTLINE_BOM &&
		memcmp(p, CONTENTLINE_BOM, strlen(CONTENTLINE_BOM)) == 0)
		p += strlen(CONTENTLINE_BOM);
	for (start = p; p < end && contentline_name_char[(unsigned char)*p]; p++)
		if (*p == '.') {
			line->group = (struct slice){ start, (size_t)(p - start) };
			start = p + 1;
		}
	if (p == start || p == end || (*p != ':' && *p != ';'))
		return NULL;
	line->name = (struct slice){ start, (size_t)(p - start) };
	line->clean.at = line->group.at ? line->group.at : start;
	line->clean.n = (size_t)(end - line->clean.at);
	return p;
}

bool contentline_parse(struct contentline *ret, const char *text, size_t n)
{
	const char *p = contentline_parse_name(ret, text, n), *end = text + n;

	ret->text = (struct slice){ text, n };
	ret->value = (struct slice){ 0 };
	ret->n_params = 0;
	ret->too_long = false;
	ret->plain = 0;
	ret->number = 0;
	if (p)
		p = contentline_parse_params(ret, p, end);
	if (!p) {
		ret->group = ret->name = ret->clean = (struct slice){ 0 };
		return false;
	}
	ret->value = (struct slice){ p + 1, (size_t)(end - p - 1) };
	return true;
}

/* The k-th value of a parameter's list. Quotes around a list of types hold a list all the same (RFC
 * 6350 section 5.6 writes TYPE="work,cell"); `whole`: they hold one text. */
static bool contentline_list_value(struct slice list, size_t k, bool whole, struct slice *ret)
{
	const char *p = list.at, *end = list.at + list.n, *start = p;
	bool quoted = false;

	/* One word, as most are. */
	if (!memchr(p, ',', list.n) && (!list.n || (*p != '"' && end[-1] != '"'))) {
		*ret = list;
		return k == 0;
	}
	for (;; p++) {
		if (p < end && *p == '"')
			quoted = !quoted;
		if (p < end && (*p != ',' || (quoted && whole)))
			continue;
		if (k-- == 0)
			break;
		if (p == end)
			return false;
		start = p + 1;
	}
	if (p > start && *start == '"')
		start++;
	if (p > start && p[-1] == '"')
		p--;
	*ret = (struct slice){ start, (size_t)(p - start) };
	return true;
}

/* *at counts the parameter in its upper bits, the value in the list in the lower ones. */
bool contentline_param_next(
	const struct contentline *line, const char *name, size_t *at, struct slice *ret)
{
	const size_t shift = 24, mask = ((size_t)1 << shift) - 1;

	for (; *at >> shift < line->n_params; *at = ((*at >> shift) + 1) << shift) {
		const struct contentline_param *param = &line->params[*at >> shift];

		if (!param->value.at && (*at & mask) == 0) {
			*ret = param->name;
			++*at;
			return true;
		}
		if (param->value.at && slice_is(param->name, name) &&
			contentline_list_value(param->value, *at & mask, false, ret)) {
			++*at;
			return true;
		}
	}
	return false;
}

bool contentline_param_has(const struct contentline *line, const char *name, const char *value)
{
	struct slice found;
	size_t at = 0;

	while (contentline_param_next(line, name, &at, &found))
		if (slice_is(found, value))
			return true;
	return false;
}

/* RFC 6868: ^n is a line feed, ^' a quote, ^^ a circumflex; others stay as they are. */
static void contentline_add_unescaped(struct str *out, struct slice s)
{
	static const char escapes[][2] = { { 'n', '\n' }, { '\'', '"' }, { '^', '^' } };

	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];

		for (size_t k = 0; c == '^' && i + 1 < s.n && k < ARRAY_SIZE(escapes); k++)
			if (s.at[i + 1] == escapes[k][0]) {
				c = escapes[k][1];
				i++;
				break;
			}
		str_add_char(out, c);
	}
}

bool contentline_param_add(const struct contentline *line, const char *name, struct str *out)
{
	for (size_t i = 0; i < line->n_params; i++) {
		const struct contentline_param *param = &line->params[i];
		struct slice value;

		if (!param->value.at || !slice_is(param->name, name))
			continue;
		if (contentline_list_value(param->value, 0, true, &value))
			contentline_add_unescaped(out, value);
		return true;
	}
	return false;
}
