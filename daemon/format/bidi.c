/* SPDX-License-Identifier: MIT */
/*
 * bidi: names that are read from right to left, inside sentences that are not.
 */
#include "format/bidi.h"

#include "core/utf8.h"

#include <string.h>

#define BIDI_FIRST_BYTE 0xd6 /* of U+0590 */

enum bidi_direction { BIDI_NEUTRAL, BIDI_LEFT, BIDI_RIGHT };

/* Blocks, not characters: a mark or a digit between letters changes nothing, so that this much of
 * UAX #9's table 4 is enough. */
static enum bidi_direction bidi_direction(uint32_t c)
{
	static const struct {
		uint32_t first, last;
		enum bidi_direction direction;
	} blocks[] = {
		{ 'A', 'Z', BIDI_LEFT },
		{ 'a', 'z', BIDI_LEFT },
		{ 0xc0, 0x2ff, BIDI_LEFT },
		{ 0x370, 0x58f, BIDI_LEFT },
		{ 0x590, 0x8ff, BIDI_RIGHT },
		{ 0x900, 0x1fff, BIDI_LEFT },
		{ 0x3005, 0xd7ff, BIDI_LEFT },
		{ 0xfb1d, 0xfdff, BIDI_RIGHT },
		{ 0xfe70, 0xfefe, BIDI_RIGHT },
		{ 0x10800, 0x10fff, BIDI_RIGHT },
		{ 0x1e800, 0x1efff, BIDI_RIGHT },
	};

	for (size_t i = 0; i < ARRAY_SIZE(blocks); i++)
		if (c >= blocks[i].first && c <= blocks[i].last)
			return blocks[i].direction;
	return BIDI_NEUTRAL;
}

const char *bidi_find(const char *text, size_t *ret_n)
{
	const char *begin = NULL, *end = NULL;

	while (*text) {
		uint32_t c = 0;
		enum bidi_direction direction;
		size_t n;

		/* Most texts have no letter of those: none begins with a smaller byte. */
		if (!begin && (unsigned char)*text < BIDI_FIRST_BYTE) {
			text++;
			continue;
		}
		n = utf8_decode(text, strnlen(text, 4), &c);
		direction = n ? bidi_direction(c) : BIDI_NEUTRAL;

		if (begin && direction == BIDI_LEFT)
			break;
		if (!begin && direction == BIDI_RIGHT)
			begin = text;
		text += n ? n : 1;
		if (direction == BIDI_RIGHT)
			end = text;
	}
	*ret_n = begin ? (size_t)(end - begin) : 0;
	return begin;
}

static void bidi_add_between(struct str *out, const char *text, uint32_t before, uint32_t after)
{
	const char *run;
	size_t n;

	while ((run = bidi_find(text, &n))) {
		str_add_bytes(out, text, (size_t)(run - text));
		utf8_add(out, before);
		str_add_bytes(out, run, n);
		utf8_add(out, after);
		text = run + n;
	}
	str_add(out, text);
}

void bidi_add_isolated(struct str *out, const char *text)
{
	bidi_add_between(out, text, 0x2068, 0x2069);
}

void bidi_add_marked(struct str *out, const char *text)
{
	bidi_add_between(out, text, 0x200e, 0x200e);
}
