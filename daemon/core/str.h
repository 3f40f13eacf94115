/* SPDX-License-Identifier: MIT */
/*
 * str: a growing byte string, and the few questions asked of UTF-8 text.
 *
 * A failed allocation sticks: later additions do nothing, and str_check() tells once, at the end.
 */
#ifndef NUDGE_CORE_STR_H
#define NUDGE_CORE_STR_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
	char *data; /* NUL-terminated once anything was added; NULL before */
	size_t len; /* bytes, the NUL not counted */
	size_t size;
	bool failed;
};

#define STR_INIT      ((struct str){ 0 })
#define _cleanup_str_ _cleanup_(str_done)

void str_done(struct str *s);
/* Empties, keeps the memory. */
static inline void str_clear(struct str *s)
{
	s->len = 0;
	s->failed = false;
	if (s->data)
		s->data[0] = '\0';
}

void str_add(struct str *s, const char *text); /* NULL adds nothing */
void str_addf(struct str *s, const char *format, ...) PRINTF_LIKE(2, 3);
void str_addv(struct str *s, const char *format, va_list args) PRINTF_LIKE(2, 0);
/* Adds n bytes that the caller fills in; NULL where memory ran out. */
char *str_extend(struct str *s, size_t n);

/* Most additions are short and fit: inline. */
void str_add_long(struct str *s, const void *bytes, size_t n);
static inline void str_add_bytes(struct str *s, const void *bytes, size_t n)
{
	if (n == 0 || n > 4096 || n >= s->size - s->len || s->failed) {
		str_add_long(s, bytes, n);
		return;
	}
	memcpy(s->data + s->len, bytes, n);
	s->len += n;
	s->data[s->len] = '\0';
}
static inline void str_add_char(struct str *s, char c)
{
	str_add_bytes(s, &c, 1);
}
/* Adds `separator` only where something stands before it. */
void str_add_separator(struct str *s, const char *separator);

int str_check(const struct str *s, struct err *reterr); /* 0 or -ENOMEM */
static inline const char *str_text(const struct str *s) /* never NULL */
{
	return s->data ? s->data : "";
}
/* Moves the bytes out; the caller frees them. NULL where an addition had failed. */
char *str_take(struct str *s);

/* strdup and strndup that take NULL for NULL; NULL also where memory ran out. */
char *str_dup(const char *text);
char *str_ndup(const char *text, size_t n);

bool str_equal(const char *a, const char *b); /* NULL equals NULL alone */
bool str_starts(const char *text, const char *prefix);
bool str_empty(const char *text); /* NULL or "" */

/* ASCII only, by no locale. */
static inline char str_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline char str_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}
int str_casecmp(const char *a, const char *b);
static inline bool str_is_digit(char c)
{
	return c >= '0' && c <= '9';
}
bool str_is_space(char c);

/* A decimal number without sign, all of `text`; false where it is none or over `max`. */
bool str_number(const char *text, uint64_t max, uint64_t *ret);

#endif
