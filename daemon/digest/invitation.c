/* SPDX-License-Identifier: MIT */
/*
 * invitation: a coffee for one's own calendar.
 */
#include "digest/invitation.h"

#include "core/day.h"
#include "format/line_writer.h"

#define INVITATION_DAY 86400

/* RFC 5545 section 3.3.5, form 2. */
static void invitation_add_instant(struct str *out, const char *name, int64_t instant)
{
	_cleanup_str_ struct str line = STR_INIT;
	int64_t day = instant / INVITATION_DAY, second = instant % INVITATION_DAY;
	struct date date;

	if (second < 0) {
		second += INVITATION_DAY;
		day--;
	}
	date = day_date((int32_t)day);
	str_addf(&line, "%s:", name);
	line_add_date(&line, &date);
	str_addf(&line, "T%02d%02d%02dZ", (int)(second / 3600), (int)(second / 60 % 60),
		(int)(second % 60));
	line_end(&line, out);
}

static void invitation_add_text(struct str *out, const char *name, const char *text)
{
	_cleanup_str_ struct str line = STR_INIT;

	if (!text)
		return;
	str_addf(&line, "%s:", name);
	line_add_text(&line, text);
	line_end(&line, out);
}

void invitation_write(struct str *out, const struct invitation *invitation)
{
	_cleanup_str_ struct str sequence = STR_INIT;

	str_addf(&sequence, "SEQUENCE:%lld", (long long)(invitation->stamp / 60));
	line_put(out, "BEGIN:VCALENDAR");
	line_put(out, "VERSION:2.0");
	line_put(out, "PRODID:-//nudged//digest//EN");
	line_put(out, "BEGIN:VEVENT");
	invitation_add_text(out, "UID", invitation->uid);
	invitation_add_instant(out, "DTSTAMP", invitation->stamp);
	line_put(out, str_text(&sequence));
	if (invitation->cancelled)
		line_put(out, "STATUS:CANCELLED");
	invitation_add_instant(out, "DTSTART", invitation->from);
	invitation_add_instant(out, "DTEND", invitation->from + INVITATION_SECONDS);
	invitation_add_text(out, "SUMMARY", invitation->summary);
	invitation_add_text(out, "LOCATION", invitation->place);
	line_put(out, "END:VEVENT");
	line_put(out, "END:VCALENDAR");
	out->failed |= sequence.failed;
}
