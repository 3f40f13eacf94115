/* SPDX-License-Identifier: MIT */
/*
 * ical_writer: a calendar (RFC 5545) of yearly days and of things to do by a day.
 *
 * Everything is an event that takes the day and blocks no time: that is what calendars show, while
 * to-dos are left out by most of them.
 */
#ifndef NUDGE_FORMAT_ICAL_WRITER_H
#define NUDGE_FORMAT_ICAL_WRITER_H

#include "core/day.h"
#include "core/str.h"

struct ical_event {
	const char *uid; /* the same for the life of the thing */
	const char *summary;
	const char *description; /* NULL: none */
	int32_t stamp_day; /* DTSTAMP: the day it was entered; the same event gives the same bytes */
	struct date date;  /* year 0: unknown, of a yearly event alone */
	int minute;        /* of the day, in the reader's own zone; -1: the whole day */
	bool yearly;
	bool leap_to_march; /* 29 February is 1 March in a common year, else 28 February */
	/* Of a yearly one, for our own import: whose it is, as a card calls them (NULL: nothing of all that), their
	 * name, and what it is. */
	const char *contact, *name, *label; /* label NULL: the kind has no name */
	const char *kind;                   /* "BIRTHDAY", "ANNIVERSARY", "NAMED" */
	/* Of one that is not yearly: every so many months or days; both 0: once. */
	int repeat_months, repeat_days;
	int first_month_day; /* months are counted from that day of the month */
};

void ical_writer_begin(struct str *out, const char *name);
void ical_writer_add(struct str *out, const struct ical_event *event);
void ical_writer_end(struct str *out);

#endif
