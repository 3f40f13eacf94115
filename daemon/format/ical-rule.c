/* SPDX-License-Identifier: MIT */
/*
 * ical-rule: whether a recurrence rule (RFC 5545 section 3.3.10) comes every year on one date.
 */
#include "format/ical-part.h"
#include "format/value.h"

#include <string.h>

struct ical_rule {
	struct slice freq;
	uint64_t interval, count, month;
	int64_t month_day;
	bool several, moving, is_year_day_60;
	struct date until;
};

/* 0 where it is no number; a large one is some large number. */
static uint64_t ical_number(struct slice s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!str_is_digit(s.at[i]))
			return 0;
		if (n < 100000)
			n = n * 10 + (uint64_t)(s.at[i] - '0');
	}
	return n;
}

static int64_t ical_signed(struct slice s)
{
	bool minus = s.n && *s.at == '-';

	if (minus || (s.n && *s.at == '+'))
		s = (struct slice){ s.at + 1, s.n - 1 };
	return minus ? -(int64_t)ical_number(s) : (int64_t)ical_number(s);
}

static void ical_rule_part(struct ical_rule *rule, struct slice name, struct slice value)
{
	if (slice_is(name, "FREQ"))
		rule->freq = value;
	else if (slice_is(name, "INTERVAL"))
		rule->interval = ical_number(value);
	else if (slice_is(name, "COUNT"))
		rule->count = ical_number(value);
	else if (slice_is(name, "UNTIL"))
		(void)value_read_date(value, &rule->until);
	else if (slice_is(name, "BYMONTH") || slice_is(name, "BYMONTHDAY"))
		rule->several |= memchr(value.at, ',', value.n) != NULL;
	else if (slice_is(name, "BYDAY") || slice_is(name, "BYWEEKNO") ||
		(slice_is(name, "BYYEARDAY") && ical_number(value) != 60) ||
		slice_is(name, "BYSETPOS") || slice_is(name, "BYEASTER"))
		rule->moving = true;
	if (slice_is(name, "BYMONTH"))
		rule->month = ical_number(value);
	else if (slice_is(name, "BYMONTHDAY"))
		rule->month_day = ical_signed(value);
	else if (slice_is(name, "BYYEARDAY"))
		rule->is_year_day_60 = ical_number(value) == 60;
}

static struct ical_rule ical_rule_split(struct slice text)
{
	struct ical_rule rule = { .interval = 1, .count = 2 };
	struct slice rest = text, part;

	while (value_next(&rest, ';', &part)) {
		const char *equals = part.n ? memchr(part.at, '=', part.n) : NULL;

		if (equals)
			ical_rule_part(&rule, (struct slice){ part.at, (size_t)(equals - part.at) },
				(struct slice){
					equals + 1, (size_t)(part.at + part.n - equals - 1) });
	}
	return rule;
}

static bool ical_rule_is_yearly(const struct ical_rule *rule)
{
	return (slice_is(rule->freq, "YEARLY") && rule->interval == 1) ||
		(slice_is(rule->freq, "MONTHLY") && rule->interval == 12);
}

void ical_rule_read(struct ical_event *event, struct slice text)
{
	struct ical_rule rule = ical_rule_split(text);
	/* The last day of February is how a leap day is told to calendars; or the sixtieth of the year. */
	bool is_feb_29 = (rule.month == 2 && rule.month_day == -1) || rule.is_year_day_60;

	event->has_rule = true;
	event->until = rule.until;
	event->is_feb_29 = is_feb_29;
	if (!ical_rule_is_yearly(&rule))
		event->reason = ERR_TEXT("is repeated, but not once a year");
	else if (rule.several)
		event->reason = ERR_TEXT("comes on several days a year");
	else if (rule.moving || (rule.month_day < 0 && !is_feb_29))
		event->reason = ERR_TEXT("falls on another date each year");
	else if (rule.count < 2)
		event->reason = ERR_TEXT("happens once, not every year");
	if (event->reason || is_feb_29)
		return;
	event->month = rule.month <= 12 ? (int)rule.month : 0;
	event->month_day = rule.month_day <= 31 ? (int)rule.month_day : 0;
}
