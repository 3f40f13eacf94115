/* SPDX-License-Identifier: MIT */
/*
 * base64: RFC 4648, as mails and address books have it.
 */
#include "format/base64.h"

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (str_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool base64_is_valid(const char *text, size_t n)
{
	size_t letters = 0, fill = 0;

	for (size_t i = 0; i < n; i++) {
		if (str_is_space(text[i]))
			continue;
		if (text[i] == '=')
			fill++;
		else if (fill || base64_value(text[i]) < 0)
			return false;
		else
			letters++;
	}
	return letters % 4 != 1 && (!fill || (fill <= 2 && (letters + fill) % 4 == 0));
}

void base64_add_decoded(struct str *out, const char *text, size_t n)
{
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0; i < n; i++) {
		int value = base64_value(text[i]);

		if (value < 0)
			continue;
		bits = bits << 6 | (uint32_t)value;
		have += 6;
		if (have >= 8) {
			have -= 8;
			str_add_char(out, (char)(bits >> have & 0xff));
		}
	}
}
