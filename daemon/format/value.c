/* SPDX-License-Identifier: MIT */
/*
 * value: what stands behind the colon of a vCard's content line.
 */
#include "format/value.h"

#include "format/block.h"

#include <string.h>

/* 1: needs a look: an escape, a control character, or the first byte of a character among which are
 * some that are left out. */
static const unsigned char value_special[256] = {
	[0 ... 0x1f] = 1,
	['\\'] = 1,
	[0x7f] = 1,
	[0xc2] = 1,
	[0xe2] = 1,
};

static inline bool value_is_blank(char c)
{
	return (unsigned char)c <= ' ' && (c == ' ' || (c >= '\t' && c <= '\r'));
}

static struct slice value_trim(struct slice s)
{
	while (s.n && value_is_blank(*s.at))
		s.at++, s.n--;
	while (s.n && value_is_blank(s.at[s.n - 1]))
		s.n--;
	return s;
}

/* The length of a C1 control character, or of a bidirectional override (U+202A to U+202E, U+2066 to
 * U+2069) that stands at p; else 0. */
static size_t value_unwelcome(const char *p, const char *end)
{
	const unsigned char *b = (const unsigned char *)p;

	if (b[0] == 0xc2)
		return end - p >= 2 && b[1] < 0xa0 ? 2 : 0;
	if (end - p < 3 || b[0] != 0xe2)
		return 0;
	if (b[1] == 0x80)
		return b[2] >= 0xaa && b[2] <= 0xae ? 3 : 0;
	return b[1] == 0x81 && b[2] >= 0xa6 && b[2] <= 0xa9 ? 3 : 0;
}

static void value_add_blank(struct str *out, char c, enum value_form form)
{
	if (form == VALUE_LINES)
		str_add_char(out, c);
	else
		str_add(out, form == VALUE_RAW && c == '\n' ? "\\n" : " ");
}

/* Adds what stands for the special byte at p; returns what comes after it. */
static const char *value_add_special(
	struct str *out, const char *p, const char *end, enum value_form form)
{
	size_t unwelcome = value_unwelcome(p, end);

	if (unwelcome)
		return p + unwelcome;
	if (*p == '\\' && form != VALUE_RAW && p + 1 < end && p[1] && strchr(",;:\\\"nN", p[1])) {
		p++;
		if (str_lower(*p) == 'n')
			value_add_blank(out, '\n', form);
		else
			str_add_char(out, *p);
	} else if (*p == '\n' || *p == '\t') {
		value_add_blank(out, *p, form);
	} else if ((unsigned char)*p >= ' ' && *p != 0x7f) {
		str_add_char(out, *p);
	}
	return p + 1;
}

/* The first of sixteen bytes that needs a look, as value_special says. */
static inline size_t value_plain_block(const char *p)
{
	block b = block_load(p);

	return block_first(
		(block)((b < 0x20) | (b == '\\') | (b == 0x7f) | (b == 0xc2) | (b == 0xe2)));
}

/* How many bytes need no look, from p on. The last block may overlap the one before it. */
static size_t value_plain(const char *p, const char *end)
{
	const size_t size = BLOCK_SIZE;
	const char *at = p;
	size_t n;

	if ((size_t)(end - p) < size) {
		while (at < end && !value_special[(unsigned char)*at])
			at++;
		return (size_t)(at - p);
	}
	for (; (size_t)(end - at) >= size; at += size)
		if ((n = value_plain_block(at)) < size)
			return (size_t)(at - p) + n;
	return (size_t)(end - p) - size + value_plain_block(end - size);
}

/* `n` bytes from p on need no look. */
static void value_add_special_text(
	struct str *out, const char *p, const char *end, size_t n, enum value_form form)
{
	size_t before = out->len;

	while (p < end) {
		str_add_bytes(out, p, n);
		p += n;
		if (p < end)
			p = value_add_special(out, p, end, form);
		n = value_plain(p, end);
	}
	/* White space that was escaped or hidden behind what is left out. */
	while (form != VALUE_RAW && out->len > before && value_is_blank(out->data[out->len - 1]))
		out->data[--out->len] = '\0';
}

void value_add_text(struct str *out, struct slice value, enum value_form form)
{
	struct slice s = form == VALUE_RAW ? value : value_trim(value);
	size_t n;

	if (!s.n)
		return;
	n = value_plain(s.at, s.at + s.n);
	if (n == s.n)
		str_add_bytes(out, s.at, n);
	else
		value_add_special_text(out, s.at, s.at + s.n, n, form);
}

struct slice value_plain_text(struct slice value, enum value_form form)
{
	return form == VALUE_RAW ? value : value_trim(value);
}

static inline size_t value_find_block(const char *p, char separator)
{
	const unsigned char wanted = (unsigned char)separator;
	block b = block_load(p);

	return block_first((block)((b == wanted) | (b == '\\')));
}

/* How far it is from p to the first `separator` or backslash, or to the end. The last block may overlap the one
 * before it. */
static size_t value_find(const char *p, const char *end, char separator)
{
	const size_t size = BLOCK_SIZE;
	const char *at = p;
	size_t n;

	if ((size_t)(end - p) < size) {
		while (at < end && *at != separator && *at != '\\')
			at++;
		return (size_t)(at - p);
	}
	for (; (size_t)(end - at) >= size; at += size)
		if ((n = value_find_block(at, separator)) < size)
			return (size_t)(at - p) + n;
	return (size_t)(end - p) - size + value_find_block(end - size, separator);
}

bool value_next(struct slice *rest, char separator, struct slice *ret)
{
	size_t n = 0;

	if (!rest->at)
		return false;
	for (;;) {
		n += value_find(rest->at + n, rest->at + rest->n, separator);
		if (n == rest->n || rest->at[n] == separator)
			break;
		n += n + 1 < rest->n ? 2 : 1;
	}
	*ret = (struct slice){ rest->at, n };
	if (n == rest->n)
		*rest = (struct slice){ 0 };
	else
		*rest = (struct slice){ rest->at + n + 1, rest->n - n - 1 };
	return true;
}

/* At most `max` digits off *s; how many were there in *ret_n. */
static int value_digits(struct slice *s, size_t max, size_t *ret_n)
{
	int value = 0;
	size_t n = 0;

	for (; n < max && n < s->n && str_is_digit(s->at[n]); n++)
		value = value * 10 + (s->at[n] - '0');
	*s = (struct slice){ s->at + n, s->n - n };
	*ret_n = n;
	return value;
}

static bool value_skip(struct slice *s, char c)
{
	if (!s->n || *s->at != c)
		return false;
	*s = (struct slice){ s->at + 1, s->n - 1 };
	return true;
}

enum value_date value_read_date(struct slice value, struct date *ret)
{
	struct slice s = value = value_trim(value);
	struct date d = { 0 };
	size_t year_digits = 4, month_digits, day_digits;
	bool dashes;

	if (!s.n)
		return VALUE_DATE_NONE;
	if (value_skip(&s, '-')) {
		if (!value_skip(&s, '-'))
			return VALUE_DATE_OTHER;
	} else {
		d.year = value_digits(&s, 4, &year_digits);
	}
	dashes = year_digits && s.at > value.at && value_skip(&s, '-');
	d.month = value_digits(&s, 2, &month_digits);
	dashes |= value_skip(&s, '-');
	d.day = value_digits(&s, 2, &day_digits);
	if (year_digits != 4 || (!dashes && (month_digits != 2 || day_digits != 2)))
		return VALUE_DATE_OTHER;
	if (s.n && *s.at != 'T' && *s.at != 't' && *s.at != ' ')
		return VALUE_DATE_OTHER;
	if (d.year == 0 && d.month == 0 && d.day == 0 && day_digits)
		return VALUE_DATE_NONE;
	if (d.year == 1604)
		d.year = 0;
	if (!day_is_date(&d))
		return VALUE_DATE_OTHER;
	*ret = d;
	return VALUE_DATE;
}
