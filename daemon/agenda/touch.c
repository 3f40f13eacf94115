/* SPDX-License-Identifier: MIT */
/*
 * touch: whom to be in touch with again, and how many at a time.
 */
#include "agenda/touch.h"

#include "core/day.h"

int touch_span_days(const struct touch_every *every)
{
	int days = every->days + every->months * 3044 / 100;

	return days > 0 ? days : 1;
}

int32_t touch_due(int32_t last, const struct touch_every *every)
{
	int64_t day;

	if (every->months)
		return day_add_months(last, every->months);
	day = (int64_t)last + every->days;
	return day > DAY_MAX ? DAY_MAX : (int32_t)day;
}

int32_t touch_spread(int32_t today, const struct touch_every *every, size_t k, size_t n)
{
	int32_t first = today + (int32_t)((uint64_t)touch_span_days(every) * k / (n ? n : 1));

	return every->months ? day_add_months(first, -every->months) : first - every->days;
}

bool touch_waits_for(int32_t day, int32_t today)
{
	return day > today - TOUCH_REST_DAYS && day <= today + TOUCH_AHEAD_DAYS;
}

static int32_t touch_since(const struct touch_candidate *c)
{
	return c->shown > c->due ? c->shown : c->due;
}

/* a has waited longer than b, in parts of their spans; the lower number first where they are alike. */
static int touch_waits_longer(
	const struct touch_candidate *a, const struct touch_candidate *b, int32_t today)
{
	int64_t x = (int64_t)(today - touch_since(a)) * b->span_days;
	int64_t y = (int64_t)(today - touch_since(b)) * a->span_days;

	return x != y ? x > y : a->number < b->number;
}

size_t touch_ration(struct touch_candidate *all, size_t n, int32_t today, size_t max)
{
	size_t taken = 0;

	for (; taken < max; taken++) {
		size_t best = n;

		for (size_t i = taken; i < n; i++) {
			if (all[i].shown != TOUCH_NEVER && today - all[i].shown < TOUCH_REST_DAYS)
				continue;
			if (best == n || touch_waits_longer(&all[i], &all[best], today))
				best = i;
		}
		if (best == n)
			break;
		struct touch_candidate swap = all[taken];

		all[taken] = all[best];
		all[best] = swap;
	}
	return taken;
}
