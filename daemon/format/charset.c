/* SPDX-License-Identifier: MIT */
/*
 * charset: bytes of an undeclared or wrongly declared character set as UTF-8.
 */
#include "format/charset.h"

#include "core/utf8.h"

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

/* The letters of most of Europe, without a call. */
static inline bool charset_is_two_bytes(const char *bytes, size_t n)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return n >= 2 && b[0] >= 0xc2 && b[0] < 0xe0 && (b[1] & 0xc0) == 0x80;
}

#define CHARSET_HIGH_BITS 0x8080808080808080U

/* How many of a word's bytes, in the order of memory, come before the first whose high bit is set. */
static inline size_t charset_ascii_before(uint64_t high)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (size_t)__builtin_ctzll(high) / 8;
#else
	return (size_t)__builtin_clzll(high) / 8;
#endif
}

/* Eight bytes at a time: texts are mostly ASCII. */
bool charset_is_utf8(const char *bytes, size_t n)
{
	const char *end = bytes + n;
	uint64_t word;
	uint32_t c;
	size_t k;

	while (bytes < end) {
		if (end - bytes >= (ptrdiff_t)sizeof(word)) {
			memcpy(&word, bytes, sizeof(word));
			word &= CHARSET_HIGH_BITS;
			bytes += word ? charset_ascii_before(word) : sizeof(word);
			if (!word)
				continue;
		} else if ((unsigned char)*bytes < 0x80) {
			bytes++;
			continue;
		}
		n = (size_t)(end - bytes);
		k = charset_is_two_bytes(bytes, n) ? 2 : utf8_decode(bytes, n, &c);
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
