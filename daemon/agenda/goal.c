/* SPDX-License-Identifier: MIT */
/*
 * goal: so many answers a week or a month.
 */
#include "agenda/goal.h"

#include "core/day.h"
#include "core/str.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int goal_parse(const char *text, struct goal *ret, struct err *reterr)
{
	static const struct {
		const char *word;
		enum goal_period period;
	} words[] = {
		{ "week", GOAL_WEEK },
		{ "Woche", GOAL_WEEK },
		{ "month", GOAL_MONTH },
		{ "Monat", GOAL_MONTH },
	};
	const char *slash = strchr(text, '/');
	_cleanup_free_ char *number = slash ? str_ndup(text, (size_t)(slash - text)) : NULL;
	uint64_t count = 0;

	if (slash && !number)
		return err_oom(reterr);
	for (size_t i = 0; number && i < ARRAY_SIZE(words); i++) {
		if (str_casecmp(slash + 1, words[i].word) != 0 ||
			!str_number(number, GOAL_COUNT_MAX, &count) || !count)
			continue;
		*ret = (struct goal){ (int)count, words[i].period };
		return 0;
	}
	return err_set(reterr, -EINVAL, "\"%s\" is no goal: write 3/week or 10/month, up to %d",
		text, GOAL_COUNT_MAX);
}

char *goal_format(const struct goal *goal, char buffer[GOAL_TEXT_SIZE])
{
	(void)snprintf(buffer, GOAL_TEXT_SIZE, "%d/%s", goal->count % 10000,
		goal->period == GOAL_WEEK ? "week" : "month");
	return buffer;
}

void goal_span(const struct goal *goal, int32_t today, int32_t *ret_from, int32_t *ret_to)
{
	struct date date = day_date(today);

	if (goal->period == GOAL_WEEK) {
		*ret_from = today - ((int32_t)day_weekday(today) - MONDAY);
		*ret_to = *ret_from + 7;
		return;
	}
	*ret_from = day_number(date.year, date.month, 1);
	*ret_to = *ret_from + day_month_length(date.year, date.month);
}
