/* SPDX-License-Identifier: MIT */
/*
 * ical: a streaming reader of iCalendar (RFC 5545): birthdays and other yearly days as people.
 *
 * An event that comes every year on one date becomes a person with an occasion, where its wording
 * (format/yearly.h), a property, its category or the calendar's title says whose day it is; other yearly
 * events are an occasion of that name of the one person who attends. What names nobody, does not come
 * every year, has ended or is cancelled is rejected; but a single day with such a wording is one in a calendar
 * whose title speaks of birthdays. Days of one name in a calendar become one person,
 * within ICAL_HELD_MAX people.
 *
 * Events of our own exports say exactly whose day it is (X-NUDGE-...); their follow-ups are skipped.
 *
 * The year of DTSTART is no year of birth unless the text or a property says so: calendars begin such a
 * series this year or next when they hide it. Rules are read, never expanded.
 *
 * Pure: bytes are pushed in pieces of any size, records come out by callback, up to ICAL_HELD_MAX people
 * late; memory does not grow with the file.
 */
#ifndef NUDGE_FORMAT_ICAL_H
#define NUDGE_FORMAT_ICAL_H

#include "format/reader.h"

#define ICAL_LINE_MAX     (64 * 1024) /* bytes of an unfolded line that is kept */
#define ICAL_HELD_MAX     64
#define ICAL_DAYS_MAX     16   /* of one person; further ones become another */
#define ICAL_OWN_DAYS_MAX 1000 /* the same where an export of ours says whose they are */

struct ical_reader;

int ical_reader_new(
	struct ical_reader **ret, const struct record_handler *handler, struct err *reterr);
void ical_reader_free(struct ical_reader *reader); /* NULL-safe */
DEFINE_CLEANUP(struct ical_reader *, ical_reader_free);

/* 0, -ENOMEM, or what a handler returned. */
int ical_reader_push(struct ical_reader *reader, const void *bytes, size_t n);
int ical_reader_end(struct ical_reader *reader);

#endif
