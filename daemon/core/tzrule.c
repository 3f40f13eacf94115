/* SPDX-License-Identifier: MIT */
/*
 * tzrule: the rule in a TZif file's footer, by POSIX (XBD 8.3) and RFC 8536 section 3.3.1.
 */
#include "core/tzrule.h"

#include "core/day.h"
#include "core/str.h"

#include <errno.h>
#include <string.h>

#define DAY_SECONDS  86400
#define NAME_MIN     3
#define CLOCK_HOURS  24  /* of an offset */
#define EDGE_HOURS   167 /* of an edge's time, either way: version 3's extension */
#define EDGE_DEFAULT (2 * 60 * 60)

/* What is left of the text. */
struct cursor {
	const char *at, *end;
};

static bool tzrule_take(struct cursor *c, char wanted)
{
	if (c->at == c->end || *c->at != wanted)
		return false;
	c->at++;
	return true;
}

static bool tzrule_number(struct cursor *c, int min, int max, int *ret)
{
	const char *start = c->at;
	int n = 0;

	for (; c->at < c->end && str_is_digit(*c->at); c->at++) {
		n = n * 10 + (*c->at - '0');
		if (n > max)
			return false;
	}
	*ret = n;
	return c->at > start && n >= min;
}

static bool tzrule_is_letter(char c)
{
	return str_lower(c) >= 'a' && str_lower(c) <= 'z';
}

/* "CET" or "<+0330>"; the name itself is nobody's concern here. */
static bool tzrule_name(struct cursor *c)
{
	bool quoted = tzrule_take(c, '<');
	const char *start = c->at;

	while (c->at < c->end &&
		(tzrule_is_letter(*c->at) ||
			(quoted && (str_is_digit(*c->at) || *c->at == '+' || *c->at == '-'))))
		c->at++;
	return c->at - start >= NAME_MIN && (!quoted || tzrule_take(c, '>'));
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool tzrule_clock(struct cursor *c, int max_hours, int32_t *ret)
{
	int sign = tzrule_take(c, '-') ? -1 : 1, hours, minutes = 0, seconds = 0;

	if (sign > 0)
		(void)tzrule_take(c, '+');
	if (!tzrule_number(c, 0, max_hours, &hours))
		return false;
	if (tzrule_take(c, ':')) {
		if (!tzrule_number(c, 0, 59, &minutes))
			return false;
		if (tzrule_take(c, ':') && !tzrule_number(c, 0, 59, &seconds))
			return false;
	}
	*ret = sign * (hours * 3600 + minutes * 60 + seconds);
	return true;
}

/* POSIX counts offsets westwards. */
static bool tzrule_offset(struct cursor *c, int32_t *ret)
{
	int32_t west;

	if (!tzrule_clock(c, CLOCK_HOURS, &west))
		return false;
	*ret = -west;
	return true;
}

static bool tzrule_edge(struct cursor *c, struct tzrule_edge *ret)
{
	struct tzrule_edge e = { .second = EDGE_DEFAULT };
	bool good;

	if (tzrule_take(c, 'M')) {
		e.form = TZRULE_MONTH;
		good = tzrule_number(c, 1, 12, &e.month) && tzrule_take(c, '.') &&
			tzrule_number(c, 1, 5, &e.week) && tzrule_take(c, '.') &&
			tzrule_number(c, 0, 6, &e.weekday);
	} else if (tzrule_take(c, 'J')) {
		e.form = TZRULE_JULIAN;
		good = tzrule_number(c, 1, 365, &e.day);
	} else {
		e.form = TZRULE_ORDINAL;
		good = tzrule_number(c, 0, 365, &e.day);
	}
	if (!good || (tzrule_take(c, '/') && !tzrule_clock(c, EDGE_HOURS, &e.second)))
		return false;
	*ret = e;
	return true;
}

/* Where a name of daylight time comes without its edges, POSIX leaves them to the implementation;
 * all of them take those of the United States. */
static bool tzrule_edges(struct cursor *c, struct tzrule *rule)
{
	static const struct tzrule_edge begin = { TZRULE_MONTH, 3, 2, 0, 0, EDGE_DEFAULT };
	static const struct tzrule_edge end = { TZRULE_MONTH, 11, 1, 0, 0, EDGE_DEFAULT };

	if (c->at == c->end) {
		rule->begin = begin;
		rule->end = end;
		return true;
	}
	return tzrule_take(c, ',') && tzrule_edge(c, &rule->begin) && tzrule_take(c, ',') &&
		tzrule_edge(c, &rule->end) && c->at == c->end;
}

static bool tzrule_daylight(struct cursor *c, struct tzrule *rule)
{
	rule->has_daylight = true;
	rule->daylight = rule->standard + 3600;
	if (!tzrule_name(c))
		return false;
	if (c->at < c->end && *c->at != ',' && !tzrule_offset(c, &rule->daylight))
		return false;
	return tzrule_edges(c, rule);
}

int tzrule_parse(struct tzrule *ret, const char *text, size_t n, struct err *reterr)
{
	struct cursor c = { text, text + n };
	struct tzrule rule = { 0 };

	if (!tzrule_name(&c) || !tzrule_offset(&c, &rule.standard) ||
		(c.at < c.end && !tzrule_daylight(&c, &rule)))
		return err_set(reterr, -EINVAL,
			"the rule for later years is damaged at its byte %d",
			(int)(c.at - text) + 1);
	*ret = rule;
	return 0;
}

static int32_t tzrule_month_day(const struct tzrule_edge *e, int year)
{
	int32_t first = day_number(year, e->month, 1);
	int ahead = (e->weekday - (int)day_weekday(first) % 7 + 7) % 7;
	int day = ahead + 7 * (e->week - 1);

	/* Week 5 is the last one, which may be the fourth. */
	return first + (day < day_month_length(year, e->month) ? day : day - 7);
}

static int64_t tzrule_edge_instant(const struct tzrule_edge *e, int year, int32_t offset_before)
{
	int32_t day = 0;

	switch (e->form) {
	case TZRULE_MONTH:
		day = tzrule_month_day(e, year);
		break;
	case TZRULE_JULIAN:
		day = day_number(year, 1, 1) + e->day - 1 + (day_is_leap(year) && e->day >= 60);
		break;
	case TZRULE_ORDINAL:
		day = day_number(year, 1, 1) + e->day;
		break;
	}
	return (int64_t)day * DAY_SECONDS + e->second - offset_before;
}

/* From when on which offset holds. */
struct change {
	int64_t at;
	int32_t offset;
};

/* Changes by time. Daylight time all year is written so that each year's end of it is the next
 * one's begin (RFC 8536 section 3.3.1): of two at one instant the begin comes last and holds. */
static void tzrule_insert(struct change *changes, size_t n, struct change new, bool begin)
{
	size_t i = n;

	for (; i > 0; i--) {
		int64_t before = changes[i - 1].at;

		if (before < new.at || (begin && before == new.at))
			break;
		changes[i] = changes[i - 1];
	}
	changes[i] = new;
}

/* An edge may lie more than a week outside its own year, so two years either way are looked at:
 * some edge of them is before the instant, and some after it. */
#define YEARS_AROUND 2

struct tzrule_span tzrule_span(const struct tzrule *rule, int64_t instant)
{
	struct change changes[2 * (2 * YEARS_AROUND + 1)];
	int64_t local = instant + rule->standard;
	int year = day_date((int32_t)(local / DAY_SECONDS - (local % DAY_SECONDS < 0))).year;
	size_t n = 0, i = 0;

	if (!rule->has_daylight)
		return (struct tzrule_span){ TZRULE_FOREVER, rule->standard };
	for (int y = year - YEARS_AROUND; y <= year + YEARS_AROUND; y++) {
		int64_t begin = tzrule_edge_instant(&rule->begin, y, rule->standard);
		int64_t end = tzrule_edge_instant(&rule->end, y, rule->daylight);

		tzrule_insert(changes, n++, (struct change){ begin, rule->daylight }, true);
		tzrule_insert(changes, n++, (struct change){ end, rule->standard }, false);
	}
	while (i + 2 < n && changes[i + 1].at <= instant)
		i++;
	return (struct tzrule_span){ changes[i + 1].at, changes[i].offset };
}
