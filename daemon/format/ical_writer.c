/* SPDX-License-Identifier: MIT */
/*
 * ical_writer: a calendar (RFC 5545) of yearly days and of things to do by a day.
 */
#include "format/ical_writer.h"

#include "format/line_writer.h"
#include "format/own.h"

/* Where no year is known the series has to begin in some: a leap year, and not before 1970, which some
 * servers take for their calendar's beginning. */
#define ICAL_SOME_YEAR 1972

static void ical_add_property(struct str *out, struct str *line, const char *name, const char *text)
{
	if (!text)
		return;
	str_addf(line, "%s:", name);
	line_add_text(line, text);
	line_end(line, out);
}

void ical_writer_begin(struct str *out, const char *name)
{
	_cleanup_str_ struct str line = STR_INIT;

	line_put(out, "BEGIN:VCALENDAR");
	line_put(out, "VERSION:2.0");
	line_put(out, "PRODID:" OWN_PRODID);
	line_put(out, "CALSCALE:GREGORIAN");
	ical_add_property(out, &line, "X-WR-CALNAME", name);
}

void ical_writer_end(struct str *out)
{
	line_put(out, "END:VCALENDAR");
}

/* A time without a zone is the reader's own (section 3.3.5, form 1). */
static void ical_add_start(struct str *out, struct str *line, const struct ical_event *event)
{
	struct date date = event->date;

	if (!date.year)
		date.year = ICAL_SOME_YEAR;
	str_add(line, event->minute < 0 ? "DTSTART;VALUE=DATE:" : "DTSTART:");
	line_add_date(line, &date);
	if (event->minute >= 0)
		str_addf(line, "T%02d%02d00", event->minute / 60, event->minute % 60);
	line_end(line, out);
	line_put(out, event->minute < 0 ? "DURATION:P1D" : "DURATION:PT30M");
}

/* The last day of February, or the sixtieth day of the year, which is 29 February where there is one and
 * 1 March where there is none: a plain FREQ=YEARLY would come every fourth year. */
static void ical_add_yearly(struct str *out, const struct ical_event *event)
{
	if (event->date.month != 2 || event->date.day != 29)
		line_put(out, "RRULE:FREQ=YEARLY");
	else if (event->leap_to_march)
		line_put(out, "RRULE:FREQ=YEARLY;BYYEARDAY=60");
	else
		line_put(out, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1");
}

/* A month that has no such day has it on its last one. */
static void ical_add_repeat(struct str *out, struct str *line, const struct ical_event *event)
{
	if (!event->repeat_months && !event->repeat_days)
		return;
	if (event->repeat_days) {
		str_addf(line, "RRULE:FREQ=DAILY;INTERVAL=%d", event->repeat_days);
	} else {
		str_addf(line, "RRULE:FREQ=MONTHLY;INTERVAL=%d", event->repeat_months);
		for (int day = 28; day <= event->first_month_day && event->first_month_day > 28;
			day++)
			str_addf(line, "%s%d", day == 28 ? ";BYMONTHDAY=" : ",", day);
		if (event->first_month_day > 28)
			str_add(line, ";BYSETPOS=-1");
	}
	line_end(line, out);
}

/* The summary is in words, and the series of an unknown year begins in some. */
static void ical_add_own(struct str *out, struct str *line, const struct ical_event *event)
{
	if (!event->contact)
		return;
	ical_add_property(out, line, "X-NUDGE-CONTACT", event->contact);
	ical_add_property(out, line, "X-NUDGE-NAME", event->name);
	ical_add_property(out, line, "X-NUDGE-KIND", event->kind);
	ical_add_property(out, line, "X-NUDGE-LABEL", event->label);
	if (event->date.year) {
		str_addf(line, "X-NUDGE-YEAR:%d", event->date.year);
		line_end(line, out);
	}
}

void ical_writer_add(struct str *out, const struct ical_event *event)
{
	_cleanup_str_ struct str line = STR_INIT;
	struct date stamp = day_date(event->stamp_day);

	line_put(out, "BEGIN:VEVENT");
	ical_add_property(out, &line, "UID", event->uid);
	str_add(&line, "DTSTAMP:");
	line_add_date(&line, &stamp);
	str_add(&line, "T000000Z");
	line_end(&line, out);
	ical_add_start(out, &line, event);
	if (event->yearly)
		ical_add_yearly(out, event);
	else
		ical_add_repeat(out, &line, event);
	ical_add_property(out, &line, "SUMMARY", event->summary);
	ical_add_property(out, &line, "DESCRIPTION", event->description);
	ical_add_own(out, &line, event);
	line_put(out, "TRANSP:TRANSPARENT");
	line_put(out, "END:VEVENT");
}
