/* SPDX-License-Identifier: MIT */
/*
 * retell: sentences that were kept in English, said in another language.
 */
#include "base/retell.h"

#include <libintl.h>

#define RETELL_ARGS  8
#define RETELL_DEPTH 8 /* sentences within sentences */

struct retell {
	struct str *out;
	const char *(*translate)(const char *text);
	unsigned depth;
};

/* What stands in a text where its format has conversions. */
struct retell_args {
	struct {
		const char *at;
		size_t size;
	} all[RETELL_ARGS];
	size_t n;
};

static void retell_part(struct retell *retell, const char *text, size_t size);

/* The conversion that begins at `format`, as "%s" or "%2$s": its bytes. */
static size_t retell_conversion(const char *format, size_t *ret_number, bool *ret_is_number)
{
	static const char modifiers[] = "0123456789$.*-hljz";
	size_t n = 1 + strspn(format + 1, modifiers), digits = 1;

	*ret_number = 0;
	while (str_is_digit(format[digits]))
		digits++;
	if (digits == 2 && format[digits] == '$')
		*ret_number = (size_t)(format[1] - '0');
	*ret_is_number = format[n] != 's';
	return format[n] ? n + 1 : n;
}

/* A number's end, where the literal that follows it begins; NULL where no such number stands there. */
static const char *retell_skip_number(
	const char *text, const char *end, const char *literal, size_t size)
{
	const char *at = text;

	while (at < end && (str_is_digit(*at) || (*at == '-' && at == text)))
		at++;
	return at > text && (size_t)(end - at) >= size && memcmp(at, literal, size) == 0 ? at
											 : NULL;
}

/* The same of a text, which may be anything: up to the first such literal, or the last of the format. */
static const char *retell_skip_text(
	const char *text, const char *end, const char *literal, size_t size, bool last)
{
	if (size > (size_t)(end - text))
		return NULL;
	if (last)
		return memcmp(end - size, literal, size) == 0 ? end - size : NULL;
	return size ? memmem(text, (size_t)(end - text), literal, size) : text;
}

/* Whether the text was made of that format; what was put in is in `args` then. */
static bool retell_match(
	const char *format, const char *text, const char *end, struct retell_args *args)
{
	size_t literal = strcspn(format, "%");

	args->n = 0;
	if ((size_t)(end - text) < literal || memcmp(text, format, literal) != 0)
		return false;
	for (text += literal, format += literal; *format; format += literal, text += literal) {
		size_t number;
		bool is_number;
		const char *next;

		format += retell_conversion(format, &number, &is_number);
		literal = strcspn(format, "%");
		next = is_number ? retell_skip_number(text, end, format, literal)
				 : retell_skip_text(text, end, format, literal, !format[literal]);
		if (!next || args->n == RETELL_ARGS)
			return false;
		args->all[args->n].at = text;
		args->all[args->n++].size = (size_t)(next - text);
		text = next;
	}
	return text == end;
}

static void retell_fill(struct retell *retell, const char *format, const struct retell_args *args)
{
	size_t next = 0;

	while (*format) {
		size_t literal = strcspn(format, "%"), number;
		bool is_number;

		str_add_bytes(retell->out, format, literal);
		format += literal;
		if (!*format)
			return;
		format += retell_conversion(format, &number, &is_number);
		number = number ? number - 1 : next++;
		if (number < args->n)
			retell_part(retell, args->all[number].at, args->all[number].size);
	}
}

static bool retell_whole(struct retell *retell, const char *text, size_t size)
{
	struct retell_args args;

	for (const char *const *known = retell_known; *known; known++) {
		if (!retell_match(*known, text, text + size, &args))
			continue;
		retell_fill(retell, retell->translate(*known), &args);
		return true;
	}
	return false;
}

/* Two parts with something between them that is the same in all languages. */
static void retell_around(
	struct retell *retell, const char *text, size_t head, const char *between, size_t size)
{
	size_t n = strlen(between);

	retell_part(retell, text, head);
	str_add(retell->out, between);
	retell_part(retell, text + head + n, size - head - n);
}

/* "nudged-send was ended by signal 9 before the mail was sent": the first part is a sentence too. */
static bool retell_with_end(struct retell *retell, const char *text, size_t size)
{
	for (const char *const *known = retell_known; *known; known++) {
		size_t n = strlen(*known);

		if (n + 1 < size && !strchr(*known, '%') && text[size - n - 1] == ' ' &&
			memcmp(text + size - n, *known, n) == 0) {
			retell_around(retell, text, size - n - 1, " ", size);
			return true;
		}
	}
	return false;
}

/* What a system call failed with, in the C library's own catalogue. */
static void retell_leaf(struct retell *retell, const char *text, size_t size)
{
	_cleanup_free_ char *leaf = str_ndup(text, size);

	str_add(retell->out, leaf && *leaf ? dgettext("libc", leaf) : leaf);
	retell->out->failed |= !leaf;
}

static void retell_pieces(struct retell *retell, const char *text, size_t size)
{
	const char *colon = memmem(text, size, ": ", 2);

	if (retell_whole(retell, text, size))
		return;
	if (colon)
		retell_around(retell, text, (size_t)(colon - text), ": ", size);
	else if (size > 1 && text[size - 1] == '.') {
		retell_part(retell, text, size - 1);
		str_add_char(retell->out, '.');
	} else if (!retell_with_end(retell, text, size))
		retell_leaf(retell, text, size);
}

static void retell_part(struct retell *retell, const char *text, size_t size)
{
	if (++retell->depth > RETELL_DEPTH)
		str_add_bytes(retell->out, text, size);
	else
		retell_pieces(retell, text, size);
	retell->depth--;
}

void retell(struct str *out, const char *text, const char *(*translate)(const char *text))
{
	struct retell retell = { .out = out, .translate = translate };

	retell_part(&retell, text, strlen(text));
}
