/* SPDX-License-Identifier: MIT */
/*
 * str: a growing byte string, and the few questions asked of UTF-8 text.
 */
#include "core/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void str_done(struct str *s)
{
	free(s->data);
	*s = STR_INIT;
}

static bool str_reserve(struct str *s, size_t more)
{
	size_t size = s->size ? s->size : 64;
	char *data;

	if (s->failed)
		return false;
	if (more < s->size - s->len)
		return true;
	if (more > SIZE_MAX / 4 - s->len) {
		s->failed = true;
		return false;
	}
	while (size - s->len <= more)
		size *= 2;
	data = realloc(s->data, size);
	if (!data) {
		s->failed = true;
		return false;
	}
	s->data = data;
	s->size = size;
	return true;
}

char *str_extend(struct str *s, size_t n)
{
	char *at;

	if (!str_reserve(s, n))
		return NULL;
	at = s->data + s->len;
	s->len += n;
	at[n] = '\0';
	return at;
}

void str_add_long(struct str *s, const void *bytes, size_t n)
{
	char *at = str_extend(s, n);

	if (at && n)
		memcpy(at, bytes, n);
}

void str_add(struct str *s, const char *text)
{
	if (text)
		str_add_bytes(s, text, strlen(text));
}

void str_addv(struct str *s, const char *format, va_list args)
{
	size_t room = s->size - s->len;
	char *end = room ? s->data + s->len : NULL;
	va_list again;
	int n;

	/* Mostly it fits at once. */
	va_copy(again, args);
	n = vsnprintf(end, room, format, again);
	va_end(again);
	if (n < 0 || !str_reserve(s, (size_t)n)) {
		if (end)
			*end = '\0';
		s->failed = true;
		return;
	}
	if ((size_t)n >= room)
		(void)vsnprintf(s->data + s->len, (size_t)n + 1, format, args);
	s->len += (size_t)n;
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_addv(s, format, args);
	va_end(args);
}

void str_add_separator(struct str *s, const char *separator)
{
	if (s->len)
		str_add(s, separator);
}

int str_check(const struct str *s, struct err *reterr)
{
	return s->failed ? err_oom(reterr) : 0;
}

char *str_take(struct str *s)
{
	char *data;

	str_add_bytes(s, "", 0);
	if (s->failed) {
		str_done(s);
		return NULL;
	}
	data = TAKE_PTR(s->data);
	*s = STR_INIT;
	return data;
}

char *str_dup(const char *text)
{
	return text ? strdup(text) : NULL;
}

char *str_ndup(const char *text, size_t n)
{
	return text ? strndup(text, n) : NULL;
}

bool str_equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_empty(const char *text)
{
	return !text || !*text;
}

int str_casecmp(const char *a, const char *b)
{
	for (; *a && str_lower(*a) == str_lower(*b); a++, b++)
		;
	return (unsigned char)str_lower(*a) - (unsigned char)str_lower(*b);
}

bool str_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

bool str_number(const char *text, uint64_t max, uint64_t *ret)
{
	uint64_t n = 0;

	if (str_empty(text))
		return false;
	for (; *text; text++) {
		uint64_t digit = (uint64_t)(*text - '0');

		if (!str_is_digit(*text) || digit > max || n > (max - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*ret = n;
	return true;
}
