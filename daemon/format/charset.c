/* SPDX-License-Identifier: MIT */
/*
 * charset: bytes of an undeclared or wrongly declared character set as UTF-8.
 */
#include "format/charset.h"

#include "core/utf8.h"
#include "format/block.h"

#include <string.h>

/* Where Windows-1252 differs from Latin-1: bytes 0x80 to 0x9f. */
static const uint16_t charset_1252[32] = {
	0x20ac,
	0xfffd,
	0x201a,
	0x0192,
	0x201e,
	0x2026,
	0x2020,
	0x2021,
	0x02c6,
	0x2030,
	0x0160,
	0x2039,
	0x0152,
	0xfffd,
	0x017d,
	0xfffd,
	0xfffd,
	0x2018,
	0x2019,
	0x201c,
	0x201d,
	0x2022,
	0x2013,
	0x2014,
	0x02dc,
	0x2122,
	0x0161,
	0x203a,
	0x0153,
	0xfffd,
	0x017e,
	0x0178,
};

/* The letters of most of Europe are two bytes: one of the first kind before one of the second. */
static inline bool charset_leads(char c)
{
	return (unsigned char)c >= 0xc2 && (unsigned char)c <= 0xdf;
}

static inline bool charset_follows(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The first of the bytes at p that is neither ASCII nor of such a pair, given the one behind them too. */
static inline size_t charset_block(const char *p)
{
	block b = block_load(p), next = block_load(p + 1);
	block leads = (block)((b >= 0xc2) & (b <= 0xdf));

	return block_first((block)((b >= 0xc0) & (b < 0xc2)) | (block)(b >= 0xe0) |
		(leads ^ (block)((next & 0xc0) == 0x80)));
}

/* Passes over ASCII and pairs from p on, where a character begins. */
static const char *charset_skip(const char *p, const char *end)
{
	bool led = false; /* the byte before p is the first of a pair */

	if (charset_follows(*p))
		return p;
	while (end - p > BLOCK_SIZE) {
		size_t n = charset_block(p);

		p += n;
		if (n < BLOCK_SIZE)
			return p;
		led = charset_leads(p[-1]);
	}
	p += led;
	while (p < end &&
		(!(*p & 0x80) || (charset_leads(*p) && end - p > 1 && charset_follows(p[1]))))
		p += *p & 0x80 ? 2 : 1;
	return p;
}

bool charset_is_utf8(const char *bytes, size_t n)
{
	const char *end = bytes + n;
	uint32_t c;

	while (bytes < end && (bytes = charset_skip(bytes, end)) < end) {
		size_t k = utf8_decode(bytes, (size_t)(end - bytes), &c);

		if (!k)
			return false;
		bytes += k;
	}
	return true;
}

/* Whether the characters beyond ASCII outnumber the bytes that are none. */
static bool charset_is_damaged_utf8(const char *bytes, size_t n)
{
	size_t good = 0, bad = 0, k;
	uint32_t c;

	for (; n; bytes += k, n -= k) {
		k = utf8_decode(bytes, n, &c);
		good += k > 1;
		bad += k == 0;
		k += k == 0;
	}
	return good > bad;
}

static void charset_add_damaged(struct str *out, const char *bytes, size_t n)
{
	uint32_t c;
	size_t k;

	for (; n; bytes += k, n -= k) {
		k = utf8_decode(bytes, n, &c);
		utf8_add(out, k ? c : 0xfffd);
		k += k == 0;
	}
}

void charset_add(struct str *out, const char *bytes, size_t n)
{
	if (charset_is_utf8(bytes, n)) {
		str_add_bytes(out, bytes, n);
		return;
	}
	if (charset_is_damaged_utf8(bytes, n)) {
		charset_add_damaged(out, bytes, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		utf8_add(out, c >= 0x80 && c < 0xa0 ? charset_1252[c - 0x80] : c);
	}
}
