/* SPDX-License-Identifier: MIT */
/*
 * cover: the days that a digest speaks for.
 */
#include "agenda/cover.h"

struct cover cover_next(const int32_t *previous_to, int32_t today, const int32_t *next_slot)
{
	struct cover cover = {
		.from = previous_to ? *previous_to : today,
		.to = today + 1,
	};

	if (next_slot && *next_slot > cover.to)
		cover.to = *next_slot;
	/* A clock set back, or a cadence made denser: what was covered stays covered. */
	if (cover.to < cover.from)
		cover.to = cover.from;
	return cover;
}
