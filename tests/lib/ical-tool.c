/* SPDX-License-Identifier: MIT */
/*
 * ical-tool: a calendar as libical reads it from standard input: for each event a line
 *
 *   SUMMARY <tab> START <tab> OCCURRENCES
 *
 * with the days from 2026-01-01 to 2028-12-31 on which it falls, separated by blanks. What libical
 * complains of is told, and the exit status is 1.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX (16 * 1024 * 1024)

static char *tool_read(void)
{
	char *text = malloc(INPUT_MAX + 1);
	size_t n = text ? fread(text, 1, INPUT_MAX, stdin) : 0;

	if (!text || n == INPUT_MAX)
		abort();
	text[n] = '\0';
	return text;
}

static void tool_print_occurrence(struct icaltimetype t)
{
	if (t.year >= 2026 && t.year <= 2028)
		printf(" %04d-%02d-%02d", t.year, t.month, t.day);
}

static void tool_print_occurrences(icalcomponent *event, struct icaltimetype start)
{
	icalproperty *property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
	icalrecur_iterator *iterator;
	struct icaltimetype t;

	if (!property) {
		tool_print_occurrence(start);
		return;
	}
	iterator = icalrecur_iterator_new(icalproperty_get_rrule(property), start);
	while (iterator && (t = icalrecur_iterator_next(iterator), !icaltime_is_null_time(t)) &&
		t.year <= 2028)
		tool_print_occurrence(t);
	icalrecur_iterator_free(iterator);
}

static int tool_print_event(icalcomponent *event)
{
	struct icaltimetype start = icalcomponent_get_dtstart(event);
	const char *summary = icalcomponent_get_summary(event), *uid = icalcomponent_get_uid(event);

	printf("%s\t%s\t", summary ? summary : "", icaltime_as_ical_string(start));
	tool_print_occurrences(event, start);
	putchar('\n');
	return summary && uid && *uid && !icaltime_is_null_time(start) ? 0 : 1;
}

int main(void)
{
	char *text = tool_read();
	icalcomponent *calendar = icalparser_parse_string(text);
	int bad = 0;

	if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
		puts("this is no calendar");
		return 1;
	}
	bad = icalcomponent_count_errors(calendar) || !icalrestriction_check(calendar);
	for (icalcomponent *event =
			icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
		event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
		bad |= tool_print_event(event);
	if (bad)
		puts("libical complains");
	icalcomponent_free(calendar);
	free(text);
	return bad;
}
