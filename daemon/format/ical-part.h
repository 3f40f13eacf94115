/* SPDX-License-Identifier: MIT */
/*
 * ical-part: what the files of ical share. Private to them.
 */
#ifndef NUDGE_FORMAT_ICAL_PART_H
#define NUDGE_FORMAT_ICAL_PART_H

#include "format/contentline.h"
#include "format/record.h"

struct ical_event {
	uint64_t line;
	const char *reason; /* why it cannot be used, NULL while it can */
	bool is_override;   /* one day of a series that has its own event (RECURRENCE-ID) */

	struct str summary, description, uid, name, email, attendee, attendee_email, text, plain;
	struct str contact, own_label; /* as an export of ours says them */
	unsigned attendees;
	struct date start, stamp;
	bool has_rule, is_feb_29;
	struct date until;
	int month, month_day; /* of the rule; 0: those of the start */

	/* What properties say. */
	bool kind_known, kind_guessed, own;
	enum record_occasion_kind kind, guess;
	const char *label;
	int year;
	bool start_is_birth, year_unknown;
};

/* Whose day an event is: texts of the event's, NULL: none. */
struct ical_day {
	struct slice name;
	enum record_occasion_kind kind;
	const char *label, *uid, *email, *note;
	struct date date;
	bool own; /* whose it is the UID alone says */
};

void ical_event_begin(struct ical_event *event, uint64_t line);
void ical_event_done(struct ical_event *event);
bool ical_event_wants(struct slice name);
/* Takes in one line, or sets the reason. 0 or -ENOMEM. */
int ical_event_add(struct ical_event *event, const struct contentline *line);
/* All lines are there: *ret, or the reason. `title` is the calendar's. 0 or -ENOMEM. */
int ical_event_finish(struct ical_event *event, const char *title, struct ical_day *ret);

/* Whose an event is by its UID: a yearly day of our book, or something to do. */
enum ical_own { ICAL_FOREIGN, ICAL_OWN_DAY, ICAL_OWN_FOLLOWUP };
enum ical_own ical_own_event(const char *uid);
/* X-NUDGE-KIND; false where it is none. */
bool ical_own_read_kind(struct slice value, enum record_occasion_kind *ret);
/* "Anna Schmidt: Hochzeit" into the name and a day of that name, which is put into `label`; false where there is
 * no colon between two texts. */
bool ical_own_split(struct slice summary, struct str *label, struct ical_day *ret);

/* RRULE: whether it comes every year on one date; else the reason is set. */
void ical_rule_read(struct ical_event *event, struct slice rule);

#endif
