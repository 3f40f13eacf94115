/* SPDX-License-Identifier: MIT */
/*
 * origin: what the source of an import is called.
 */
#include "exchange/origin.h"

#include <string.h>

/* All files of this program's export say something of the same people. */
#define ORIGIN_WHOLE "LinkedIn"

static bool origin_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool origin_is_joint(char c)
{
	return c && strchr("-_. ,:T", c);
}

static unsigned origin_number(const char *digits, size_t n)
{
	unsigned number = 0;

	for (size_t i = 0; i < n; i++)
		number = number * 10 + (unsigned)(digits[i] - '0');
	return number;
}

static bool origin_is_date(const char *digits)
{
	/* Where the year begins, and the other two. */
	static const unsigned char orders[][3] = { { 0, 4, 6 }, { 4, 2, 0 }, { 4, 0, 2 } };

	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		unsigned year = origin_number(digits + orders[i][0], 4),
			 month = origin_number(digits + orders[i][1], 2),
			 day = origin_number(digits + orders[i][2], 2);

		if (year >= 1990 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 &&
			day <= 31)
			return true;
	}
	return false;
}

/* The length of a date, with what is joined to it as a time of day may be; 0: there is none. */
static size_t origin_date(const char *text, size_t n)
{
	char digits[8];
	size_t count = 0, end = 0;

	for (size_t i = 0; i < n; i++) {
		if (!origin_is_digit(text[i])) {
			/* One sign stands between two numbers. */
			if (!origin_is_joint(text[i]) || !i || !origin_is_digit(text[i - 1]))
				break;
			continue;
		}
		if (count < sizeof(digits))
			digits[count] = text[i];
		count++;
		end = i + 1;
	}
	/* A date, or one with hour and minute or seconds as well: longer ones are telephone numbers. */
	return (count == 8 || count == 12 || count == 14) && origin_is_date(digits) ? end : 0;
}

/* The length of " (1)" or " - Copy" at the end of a name; 0: it has none. */
static size_t origin_copy(const char *stem, size_t n)
{
	static const char *const words[] = { " - Copy", " - Kopie", " copy", " Kopie" };
	size_t at = n;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t m = strlen(words[i]);

		if (n > m && memcmp(stem + n - m, words[i], m) == 0)
			return m;
	}
	if (n < 4 || stem[n - 1] != ')')
		return 0;
	for (at = n - 1; at > 0 && origin_is_digit(stem[at - 1]);)
		at--;
	if (at == n - 1 || n - at > 4 || at < 2 || stem[at - 1] != '(')
		return 0;
	at -= stem[at - 2] == ' ' ? 2 : 1;
	return at ? n - at : 0;
}

/* All but dates, and the signs that joined them. */
static void origin_add_stem(struct str *out, const char *stem, size_t n)
{
	size_t begin = out->len;

	while (n && origin_copy(stem, n))
		n -= origin_copy(stem, n);
	for (size_t i = 0; i < n;) {
		bool first = i == 0 || !origin_is_digit(stem[i - 1]);
		size_t date = first && origin_is_digit(stem[i]) ? origin_date(stem + i, n - i) : 0;

		if (!date) {
			str_add_char(out, stem[i++]);
			continue;
		}
		i += date;
		while (out->len > begin && origin_is_joint(out->data[out->len - 1]) &&
			out->data[out->len - 1] != 'T')
			out->data[--out->len] = '\0';
		while (out->len == begin && i < n && origin_is_joint(stem[i]))
			i++;
	}
}

void origin_add_name(struct str *out, const char *file, const char *program)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file,
		   *dot = strrchr(name, '.');
	size_t n = dot && dot > name ? (size_t)(dot - name) : strlen(name), begin = out->len;

	if (program && strcmp(program, ORIGIN_WHOLE) == 0) {
		str_add(out, program);
		return;
	}
	origin_add_stem(out, name, n);
	if (out->len == begin)
		str_add_bytes(out, name, n);
	str_add(out, name + n);
	if (program)
		str_addf(out, " (%s)", program);
}
