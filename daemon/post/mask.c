/* SPDX-License-Identifier: MIT */
/*
 * mask: the secret taken out of what a mail server says, should it repeat it.
 */
#include "post/mask.h"

#include "core/str.h"

#include <string.h>

#define MASK_STARS "***"

static const char mask_alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* FNV-1a. A backtick has become an apostrophe on its way here. */
static uint64_t mask_print(const struct mask *mask, const char *text, size_t n)
{
	uint64_t print = mask->key ^ 0xcbf29ce484222325u;

	for (size_t i = 0; i < n; i++)
		print = (print ^ (unsigned char)(text[i] == '`' ? '\'' : text[i])) * 0x100000001b3u;
	return print;
}

static void mask_add(struct mask *mask, const char *text, size_t n, bool encoded)
{
	size_t start = n < MASK_START ? n : MASK_START;

	mask->forms[mask->n++] = (struct mask_form){
		.start = start,
		.length = n,
		.start_print = mask_print(mask, text, start),
		.print = mask_print(mask, text, n),
		.encoded = encoded,
	};
}

/* Of base64 with `before` bytes before the secret, the first letters that depend on nothing but it. */
static void mask_add_encoded(struct mask *mask, const char *secret, size_t n, size_t before)
{
	char letters[MASK_START];
	size_t end = (before + n) * 8 / 6, k = 0;

	for (size_t i = before ? before + 1 : 0; i < end && k < MASK_START; i++) {
		size_t bit = i * 6 - before * 8, byte = bit / 8;
		unsigned two = (unsigned)(unsigned char)secret[byte] << 8 |
			(byte + 1 < n ? (unsigned char)secret[byte + 1] : 0);

		letters[k++] = mask_alphabet[two >> (10 - bit % 8) & 63];
	}
	mask_add(mask, letters, k, true);
	explicit_bzero(letters, sizeof(letters));
}

void mask_learn(struct mask *mask, const char *secret)
{
	size_t n = strlen(secret);

	mask->n = 0;
	if (n < MASK_SHORTEST)
		return;
	mask_add(mask, secret, n, false);
	for (size_t before = 0; before < 3; before++)
		mask_add_encoded(mask, secret, n, before);
}

static bool mask_is_encoded(char c)
{
	return c != '\0' && strchr(mask_alphabet, c);
}

/* How much of text[0..n) is to go; 0: it does not begin with the secret. */
static size_t mask_match(const struct mask *mask, const char *text, size_t n, bool *ret_encoded)
{
	for (size_t i = 0; i < mask->n; i++) {
		const struct mask_form *form = &mask->forms[i];

		if (n < form->start || mask_print(mask, text, form->start) != form->start_print)
			continue;
		*ret_encoded = form->encoded;
		if (n >= form->length && mask_print(mask, text, form->length) == form->print)
			return form->length;
		return n;
	}
	return 0;
}

void mask_apply(const struct mask *mask, char *text)
{
	size_t n = strlen(text), kept = 0, i = 0, gone;
	bool encoded;

	while (i < n) {
		gone = mask_match(mask, text + i, n - i, &encoded);
		if (gone == 0) {
			text[kept++] = text[i++];
			continue;
		}
		i += gone;
		while (encoded && kept > 0 && mask_is_encoded(text[kept - 1]))
			kept--;
		while (encoded && i < n && (mask_is_encoded(text[i]) || text[i] == '='))
			i++;
		memcpy(text + kept, MASK_STARS, strlen(MASK_STARS));
		kept += strlen(MASK_STARS);
	}
	text[kept] = '\0';
}
