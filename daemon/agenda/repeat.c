/* SPDX-License-Identifier: MIT */
/*
 * repeat: when something that repeats is due next.
 */
#include "agenda/repeat.h"

#include "core/day.h"

#include <stdio.h>

static int32_t repeat_cut(int64_t day)
{
	return day > DAY_MAX ? DAY_MAX : (int32_t)day;
}

/* The first of the days first, first + step, ... that lies after `after`. */
static int32_t repeat_days(int32_t first, int step, int32_t after)
{
	int64_t passed = (int64_t)after - first;

	return repeat_cut(passed < 0 ? first : first + (passed / step + 1) * step);
}

static int32_t repeat_months(int32_t first, int step, int32_t after)
{
	struct date a = day_date(first), b = day_date(after);
	int passed = (b.year - a.year) * 12 + b.month - a.month;
	int k = passed > 0 ? passed / step : 0;

	/* The month of `after` may still have its day before it: one step more is enough then. */
	while (day_add_months(first, k * step) <= after &&
		day_add_months(first, k * step) < DAY_MAX)
		k++;
	return day_add_months(first, k * step);
}

int32_t repeat_next(const struct repeat *repeat, int32_t first, int32_t due, int32_t done)
{
	/* Done ahead of its day: that day is over too. */
	int32_t after = done > due ? done : due;

	if (repeat->after_done)
		return repeat->months ? day_add_months(done, repeat->months)
				      : repeat_cut((int64_t)done + repeat->days);
	return repeat->months ? repeat_months(first, repeat->months, after)
			      : repeat_days(first, repeat->days, after);
}

const char *repeat_format(const struct repeat *repeat, char ret[REPEAT_TEXT_SIZE])
{
	int n = repeat->months ? repeat->months : repeat->days, long_n = repeat->months ? 12 : 7;
	const char *units = repeat->months ? "my" : "dw";
	bool is_long = n && n % long_n == 0;

	ret[0] = '\0';
	if (n)
		(void)snprintf(
			ret, REPEAT_TEXT_SIZE, "%d%c", is_long ? n / long_n : n, units[is_long]);
	return ret;
}
