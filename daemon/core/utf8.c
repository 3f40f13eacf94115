/* SPDX-License-Identifier: MIT */
/*
 * utf8: decoding by RFC 3629, and text folded for comparison and search.
 */
#include "core/utf8.h"

#include <string.h>

size_t utf8_decode(const char *bytes, size_t n, uint32_t *ret_char)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *b = (const unsigned char *)bytes;
	size_t length = b[0] < 0x80 ? 1
		: b[0] < 0xc2       ? 0
		: b[0] < 0xe0       ? 2
		: b[0] < 0xf0       ? 3
		: b[0] < 0xf5       ? 4
				    : 0;
	uint32_t c = length == 1 ? b[0] : b[0] & (0x7fU >> length);

	if (length == 0 || length > n)
		return 0;
	for (size_t i = 1; i < length; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (b[i] & 0x3f);
	}
	if (c < smallest[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*ret_char = c;
	return length;
}

bool utf8_valid(const char *bytes, size_t n)
{
	uint32_t c;
	size_t k;

	for (; n; bytes += k, n -= k) {
		k = utf8_decode(bytes, n, &c);
		if (!k)
			return false;
	}
	return true;
}

size_t utf8_cut(const char *text, size_t max)
{
	size_t n = strnlen(text, max);

	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return n;
}

void utf8_add(struct str *s, uint32_t c)
{
	char b[4];
	size_t n;

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		b[i] = (char)(0x80 | (c & 0x3f));
	b[0] = (char)(n == 1 ? c : (0xf00U >> n & 0xff) | c);
	str_add_bytes(s, b, n);
}

/* Takes the next character of *text and moves on; an invalid byte counts as U+FFFD. */
static uint32_t utf8_next(const char **text)
{
	uint32_t c = 0xfffd;
	size_t n = utf8_decode(*text, strnlen(*text, 4), &c);

	*text += n ? n : 1;
	return n ? c : 0xfffd;
}

static bool utf8_is_unwelcome(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0) ||
		(c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Most of what is written: nothing in it is left out, and it is added at once. */
static size_t utf8_plain_span(const char *text)
{
	size_t n = 0;

	while ((text[n] >= ' ' && text[n] < 0x7f) || text[n] == '\n' || text[n] == '\t')
		n++;
	return n;
}

void utf8_add_clean(struct str *s, const char *text)
{
	if (!text)
		return;
	while (*text) {
		size_t n = utf8_plain_span(text);
		uint32_t c;

		str_add_bytes(s, text, n);
		text += n;
		if (!*text)
			return;
		c = utf8_next(&text);
		if (!utf8_is_unwelcome(c))
			utf8_add(s, c);
	}
}

static bool utf8_is_break(uint32_t c)
{
	return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* What shows nothing at the ends of a text: white space, joiners and marks of direction. */
static bool utf8_is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == 0xa0 || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200f) || c == 0x202f || (c >= 0x205f && c <= 0x2060) ||
		c == 0x3000 || c == 0xfeff;
}

void utf8_tidy(char *text, bool lines)
{
	const char *from = text;
	char *to = text, *end = text;

	while (*from) {
		const char *at = from;
		uint32_t c = utf8_next(&from);

		if (c == '\r' && *from == '\n')
			continue;
		if (utf8_is_break(c))
			c = lines ? '\n' : ' ';
		else if (c == '\t' && !lines)
			c = ' ';
		else if (utf8_is_unwelcome(c))
			continue;
		if (to == text && utf8_is_blank(c))
			continue;
		if (c == ' ' || c == '\n') {
			*to++ = (char)c;
			continue;
		}
		memmove(to, at, (size_t)(from - at));
		to += from - at;
		if (!utf8_is_blank(c))
			end = to;
	}
	*end = '\0';
}

/* What the letters U+00C0 to U+017F fold to; German umlauts as Germans write them out. */
/* clang-format off */
static const char utf8_latin[][3] = {
	/* U+00C0 */ "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	/* U+00D0 */ "d", "n", "o", "o", "o", "o", "oe", "x", "oe", "u", "u", "u", "ue", "y", "th", "ss",
	/* U+00E0 */ "a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	/* U+00F0 */ "d", "n", "o", "o", "o", "o", "oe", "/", "oe", "u", "u", "u", "ue", "y", "th", "y",
	/* U+0100 */ "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",
	/* U+0110 */ "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
	/* U+0120 */ "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",
	/* U+0130 */ "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
	/* U+0140 */ "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",
	/* U+0150 */ "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
	/* U+0160 */ "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",
	/* U+0170 */ "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
};
/* clang-format on */

static bool utf8_is_combining(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36f) || (c >= 0x1ab0 && c <= 0x1aff) ||
		(c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) ||
		(c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe20 && c <= 0xfe2f) ||
		(c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff ||
		(c >= 0xe0100 && c <= 0xe01ef);
}

static void utf8_add_folded_char(struct str *s, uint32_t c)
{
	if (c < 0x80)
		str_add_char(s, str_lower((char)c));
	else if (c >= 0xc0 && c <= 0x17f)
		str_add(s, utf8_latin[c - 0xc0]);
	else if (c == 0x1e9e)
		str_add(s, "ss");
	else if ((c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		utf8_add(s, c + 0x20); /* Greek and Cyrillic capitals */
	else if (c >= 0x400 && c <= 0x40f)
		utf8_add(s, c + 0x50);
	else if (!utf8_is_combining(c))
		utf8_add(s, c);
}

/* Adds the ASCII that `text` begins with; returns what comes after it. Its last letter is left for the
 * other characters where one of them may belong to it. */
static const char *utf8_add_folded_ascii(struct str *s, const char *text)
{
	size_t n = 0;
	char *to;

	while (text[n] && (unsigned char)text[n] < 0x80)
		n++;
	if (n && text[n])
		n--;
	if (!n)
		return text;
	to = str_extend(s, n);
	for (size_t i = 0; to && i < n; i++)
		to[i] = str_lower(text[i]);
	return text + n;
}

void utf8_add_folded(struct str *s, const char *text)
{
	if (!text)
		return;
	while (*text) {
		uint32_t c;

		text = utf8_add_folded_ascii(s, text);
		if (!*text)
			break;
		c = utf8_next(&text);
		/* a, o, u and a combining diaeresis (as macOS writes names) are the umlaut. */
		if (c < 0x80 && strchr("aouAOU", (int)c) && str_starts(text, "\xcc\x88")) {
			str_add_char(s, str_lower((char)c));
			str_add_char(s, 'e');
			text += 2;
			continue;
		}
		utf8_add_folded_char(s, c);
	}
}

/* The blocks whose characters Unicode's EastAsianWidth lists as W or F, merged where unassigned
 * ones lie between; enough to align a column of names. */
static bool utf8_is_wide(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} wide[] = {
		{ 0x1100, 0x115f },
		{ 0x231a, 0x231b },
		{ 0x23e9, 0x23ec },
		{ 0x25fd, 0x25fe },
		{ 0x2614, 0x2615 },
		{ 0x2648, 0x2653 },
		{ 0x26a1, 0x26a1 },
		{ 0x26bd, 0x26be },
		{ 0x2705, 0x2705 },
		{ 0x270a, 0x270b },
		{ 0x2728, 0x2728 },
		{ 0x274c, 0x274c },
		{ 0x2753, 0x2757 },
		{ 0x2795, 0x2797 },
		{ 0x2b50, 0x2b50 },
		{ 0x2e80, 0x303e },
		{ 0x3041, 0xa4cf },
		{ 0xa960, 0xa97c },
		{ 0xac00, 0xd7a3 },
		{ 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f },
		{ 0xff00, 0xff60 },
		{ 0xffe0, 0xffe6 },
		{ 0x16fe0, 0x18aff },
		{ 0x1b000, 0x1b2ff },
		{ 0x1f004, 0x1f004 },
		{ 0x1f0cf, 0x1f0cf },
		{ 0x1f18e, 0x1f19a },
		{ 0x1f200, 0x1f320 },
		{ 0x1f32d, 0x1f64f },
		{ 0x1f680, 0x1f6ff },
		{ 0x1f7e0, 0x1f7eb },
		{ 0x1f900, 0x1faff },
		{ 0x20000, 0x3fffd },
	};

	for (size_t i = 0; i < ARRAY_SIZE(wide); i++)
		if (c >= wide[i].from && c <= wide[i].to)
			return true;
	return false;
}

unsigned utf8_char_width(uint32_t c)
{
	if ((c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0x300))
		return 1;
	if (c < 0xa0 || utf8_is_combining(c) || (c >= 0x2066 && c <= 0x2069))
		return 0;
	return utf8_is_wide(c) ? 2 : 1;
}

size_t utf8_width(const char *text)
{
	size_t width = 0;

	while (text && *text) {
		if (*text >= 0x20 && *text < 0x7f) {
			text++;
			width++;
		} else {
			width += utf8_char_width(utf8_next(&text));
		}
	}
	return width;
}

void utf8_add_broken(struct str *s, const char *text, size_t n)
{
	const char *blank;

	while (n && (blank = memmem(text, n, "\xc2\xa0", 2))) {
		str_add_bytes(s, text, (size_t)(blank - text));
		str_add_char(s, ' ');
		n -= (size_t)(blank - text) + 2;
		text = blank + 2;
	}
	str_add_bytes(s, text, n);
}
