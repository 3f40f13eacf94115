/* SPDX-License-Identifier: MIT */
/*
 * decode: a file's bytes in pieces, as text that readers can work with.
 */
#include "format/decode.h"

#include "core/utf8.h"
#include "format/charset.h"

#include <string.h>

#define DECODE_MARK     "\xef\xbb\xbf"
#define DECODE_MARK_MAX 3
#define DECODE_LOOK_MAX 1024 /* bytes of a file by which UTF-16 without a mark is known */

enum decode_encoding decode_find(const char *head, size_t n)
{
	size_t nul[2] = { 0 }, pairs;

	if (n >= 2 && memcmp(head, "\xff\xfe", 2) == 0)
		return DECODE_UTF16LE;
	if (n >= 2 && memcmp(head, "\xfe\xff", 2) == 0)
		return DECODE_UTF16BE;
	if (n > DECODE_LOOK_MAX)
		n = DECODE_LOOK_MAX;
	for (size_t i = 0; i < n; i++)
		nul[i % 2] += head[i] == '\0';
	/* Address books have ASCII enough, whatever the names are written in. */
	pairs = n / 2;
	if (pairs >= 2 && nul[0] == 0 && nul[1] * 2 > pairs)
		return DECODE_UTF16LE;
	if (pairs >= 2 && nul[1] == 0 && nul[0] * 2 > pairs)
		return DECODE_UTF16BE;
	return DECODE_BYTES;
}

void decode_init(struct decode *decode, enum decode_encoding encoding)
{
	*decode = (struct decode){ .encoding = encoding };
}

void decode_done(struct decode *decode)
{
	str_done(&decode->text);
}

/* --- bytes --- */

/* How many bytes at the end are the beginning of a character that goes on in the next piece. */
static size_t decode_cut(const char *bytes, size_t n)
{
	for (size_t back = 1; back <= 3 && back <= n; back++) {
		unsigned char c = (unsigned char)bytes[n - back];
		size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;

		if (length > back)
			return back;
		if (c < 0x80 || c >= 0xc0)
			return 0;
	}
	return 0;
}

static bool decode_is_ascii(const char *bytes, size_t n)
{
	unsigned char all = 0;

	for (size_t i = 0; i < n; i++)
		all |= (unsigned char)bytes[i];
	return all < 0x80;
}

static void decode_find_foreign(struct decode *d, const char *bytes, size_t n)
{
	uint32_t c;

	d->foreign = true;
	for (size_t k; n && (k = utf8_decode(bytes, n, &c)); bytes += k, n -= k)
		d->utf8 |= k > 1;
}

/* Completes the character that the last piece was cut in. */
static void decode_check_pending(struct decode *d, const char **bytes, size_t *n)
{
	uint32_t c;

	while (d->n_pending && *n && !d->foreign) {
		d->pending[d->n_pending++] = **bytes;
		++*bytes;
		--*n;
		if (utf8_decode(d->pending, d->n_pending, &c)) {
			d->utf8 = true;
			d->n_pending = 0;
		} else {
			d->foreign = decode_cut(d->pending, d->n_pending) != d->n_pending;
		}
	}
}

/* Looks whether the text is UTF-8, for those who want to know. */
static void decode_check(struct decode *d, const char *bytes, size_t n)
{
	size_t cut;

	decode_check_pending(d, &bytes, &n);
	if (d->foreign || !n || d->judged >= DECODE_JUDGE_MAX)
		return;
	d->judged += n;
	cut = decode_cut(bytes, n);
	if (!charset_is_utf8(bytes, n - cut)) {
		decode_find_foreign(d, bytes, n);
		return;
	}
	if (!d->utf8)
		d->utf8 = !decode_is_ascii(bytes, n - cut);
	memcpy(d->pending, bytes + n - cut, cut);
	d->n_pending = cut;
}

/* Passes over the mark, which may come byte by byte. What began like one, and is none, is put into
 * the text. */
static void decode_skip_mark(struct decode *d, const char **bytes, size_t *n)
{
	while (*n && d->mark < DECODE_MARK_MAX && **bytes == DECODE_MARK[d->mark]) {
		d->mark++;
		++*bytes;
		--*n;
	}
	if (*n && d->mark < DECODE_MARK_MAX) {
		str_add_bytes(&d->text, DECODE_MARK, d->mark);
		decode_check(d, DECODE_MARK, d->mark);
		d->mark = DECODE_MARK_MAX;
	}
}

static void decode_add_without_nul(struct decode *d, const char *bytes, size_t n)
{
	const char *end = bytes + n;

	while (bytes < end) {
		const char *nul = memchr(bytes, '\0', (size_t)(end - bytes));
		const char *stop = nul ? nul : end;

		str_add_bytes(&d->text, bytes, (size_t)(stop - bytes));
		bytes = nul ? nul + 1 : end;
	}
}

static void decode_push_bytes(struct decode *d, const char *bytes, size_t n, struct slice *ret)
{
	if (d->mark < DECODE_MARK_MAX)
		decode_skip_mark(d, &bytes, &n);
	if (!d->foreign)
		decode_check(d, bytes, n);
	if (!d->text.len && (!n || !memchr(bytes, '\0', n))) {
		*ret = (struct slice){ bytes, n };
		return;
	}
	decode_add_without_nul(d, bytes, n);
	*ret = (struct slice){ str_text(&d->text), d->text.len };
}

/* --- UTF-16, RFC 2781 --- */

static void decode_add_unit(struct decode *d, uint32_t unit)
{
	bool is_low = unit >= 0xdc00 && unit < 0xe000;

	if (d->mark == 0) {
		d->mark = DECODE_MARK_MAX;
		if (unit == 0xfeff)
			return;
	}
	if (d->high && is_low) {
		utf8_add(&d->text, 0x10000 + ((d->high - 0xd800) << 10) + (unit - 0xdc00));
		d->high = 0;
		return;
	}
	if (d->high)
		utf8_add(&d->text, 0xfffd);
	d->high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
	if (!d->high && unit)
		utf8_add(&d->text, is_low ? 0xfffd : unit);
}

static void decode_push_units(struct decode *d, const char *bytes, size_t n, struct slice *ret)
{
	bool little = d->encoding == DECODE_UTF16LE;

	for (size_t i = 0; i < n; i++) {
		unsigned char first, second = (unsigned char)bytes[i];

		if (!d->n_pending) {
			d->pending[d->n_pending++] = bytes[i];
			continue;
		}
		first = (unsigned char)d->pending[0];
		d->n_pending = 0;
		decode_add_unit(
			d, little ? first | (uint32_t)second << 8 : (uint32_t)first << 8 | second);
	}
	*ret = (struct slice){ str_text(&d->text), d->text.len };
}

int decode_push(struct decode *decode, const char *bytes, size_t n, struct slice *ret)
{
	str_clear(&decode->text);
	if (decode->encoding == DECODE_BYTES)
		decode_push_bytes(decode, bytes, n, ret);
	else
		decode_push_units(decode, bytes, n, ret);
	return str_check(&decode->text, NULL);
}

int decode_end(struct decode *decode, struct slice *ret)
{
	str_clear(&decode->text);
	if (decode->encoding != DECODE_BYTES) {
		if (decode->high || decode->n_pending)
			utf8_add(&decode->text, 0xfffd);
	} else if (decode->mark < DECODE_MARK_MAX) {
		str_add_bytes(&decode->text, DECODE_MARK, decode->mark);
		decode->foreign |= decode->mark > 0;
	}
	if (decode->encoding == DECODE_BYTES && decode->n_pending)
		decode->foreign = true;
	decode->high = 0;
	decode->n_pending = 0;
	*ret = (struct slice){ str_text(&decode->text), decode->text.len };
	return str_check(&decode->text, NULL);
}

const char *decode_name(const struct decode *decode)
{
	if (decode->encoding != DECODE_BYTES)
		return "UTF-16";
	if (decode->foreign)
		return decode->utf8 ? ERR_TEXT("UTF-8 and Windows-1252") : "Windows-1252";
	return "UTF-8";
}
