/* SPDX-License-Identifier: MIT */
/*
 * block: sixteen bytes that are looked at as one.
 *
 * A comparison of blocks gives a block whose bytes are 0 where it does not hold, else 255.
 */
#ifndef NUDGE_FORMAT_BLOCK_H
#define NUDGE_FORMAT_BLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK_SIZE 16

typedef unsigned char block __attribute__((vector_size(BLOCK_SIZE)));
typedef signed char signed_block __attribute__((vector_size(BLOCK_SIZE)));

static inline block block_load(const char *p)
{
	block b;

	memcpy(&b, p, sizeof(b));
	return b;
}

/* The place of the first byte that is not 0; BLOCK_SIZE where all are. */
static inline size_t block_first(block found)
{
#ifdef __SSE2__
	unsigned bits = (unsigned)_mm_movemask_epi8((__m128i)found);

	return bits ? (size_t)__builtin_ctz(bits) : BLOCK_SIZE;
#else
	uint64_t halves[2];
	size_t half;

	memcpy(halves, &found, sizeof(halves));
	if (!(halves[0] | halves[1]))
		return BLOCK_SIZE;
	half = halves[0] ? 0 : 1;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return half * 8 + (size_t)__builtin_ctzll(halves[half]) / 8;
#else
	return half * 8 + (size_t)__builtin_clzll(halves[half]) / 8;
#endif
#endif
}

#endif
