/* SPDX-License-Identifier: MIT */
/*
 * ical: a streaming reader of iCalendar (RFC 5545): birthdays and other yearly days as people.
 */
#include "format/ical.h"

#include "format/charset.h"
#include "format/ical-part.h"
#include "format/value.h"

#include <errno.h>
#include <string.h>

struct ical_reader {
	struct record_handler handler;
	struct contentline_reader lines;
	struct ical_event event;
	struct str title; /* of the calendar */
	bool open;        /* between BEGIN:VEVENT and END:VEVENT */
	bool inside;      /* of a calendar or event: lines outside are complained of once */
	unsigned nested;  /* components open inside the event, or inside one that is passed over */
	struct record held[ICAL_HELD_MAX]; /* a ring: people whose further days may come */
	size_t first, n_held;
	int result; /* of a handler that ended the reading */
};

static int ical_reject(struct ical_reader *r, uint64_t line, const char *reason)
{
	return r->handler.reject(r->handler.userdata, line, reason);
}

/* --- people --- */

static struct record *ical_held(struct ical_reader *r, size_t i)
{
	return &r->held[(r->first + i) % ICAL_HELD_MAX];
}

/* Hands out those who have waited longest, until no more than `most` are left. */
static int ical_release(struct ical_reader *r, size_t most)
{
	int result = 0;

	while (!result && r->n_held > most) {
		result = r->handler.record(r->handler.userdata, ical_held(r, 0));
		r->first = (r->first + 1) % ICAL_HELD_MAX;
		r->n_held--;
	}
	return result;
}

/* Two who are called the same have two birthdays. */
static bool ical_is_same(const struct record *record, const struct ical_day *day)
{
	const struct record_occasion *born = record_find_occasion(record, RECORD_BIRTHDAY);

	if (day->own)
		return record->n_occasions < ICAL_OWN_DAYS_MAX && str_equal(record->uid, day->uid);
	if (record->n_occasions >= ICAL_DAYS_MAX || record->n_values >= ICAL_DAYS_MAX ||
		strlen(record->name) != day->name.n ||
		(day->name.n && memcmp(record->name, day->name.at, day->name.n) != 0))
		return false;
	return day->kind != RECORD_BIRTHDAY || !born ||
		(born->date.month == day->date.month && born->date.day == day->date.day);
}

static struct record *ical_find_held(struct ical_reader *r, const struct ical_day *day)
{
	for (size_t i = 0; i < r->n_held; i++)
		if (ical_is_same(ical_held(r, i), day))
			return ical_held(r, i);
	return NULL;
}

static int ical_new_person(struct ical_reader *r, const struct ical_day *day, struct record **ret)
{
	int result = ical_release(r, ICAL_HELD_MAX - 1);
	struct record *record = ical_held(r, r->n_held);

	if (result)
		return result;
	record_clear(record);
	record->line = r->event.line;
	/* An event is one day of a person, who may have others far from it. */
	record->silent = UINT32_MAX;
	record->ours = day->own;
	record->name = record_copy(record, day->name.at, day->name.n);
	if (!record->name)
		return -ENOMEM;
	r->n_held++;
	*ret = record;
	return 0;
}

static int ical_set(struct record *record, const char **field, const char *text)
{
	if (!text || *field)
		return 0;
	*field = record_copy(record, text, strlen(text));
	return *field ? 0 : -ENOMEM;
}

static int ical_add_day(struct ical_reader *r, const struct ical_day *day)
{
	struct record *record = ical_find_held(r, day);
	struct record_occasion *born;
	int result = record ? 0 : ical_new_person(r, day, &record);

	if (result)
		return result;
	if (ical_set(record, &record->uid, day->uid) < 0 ||
		ical_set(record, &record->note, day->note) < 0)
		return -ENOMEM;
	if (day->email && record_add_value(record, RECORD_EMAIL, NULL, day->email) < 0)
		return -ENOMEM;
	born = day->kind == RECORD_BIRTHDAY ? record_find_occasion(record, RECORD_BIRTHDAY) : NULL;
	if (!born)
		return record_add_occasion(record, day->kind, day->label, &day->date);
	/* The same birthday again: it may know the year. */
	if (!born->date.year)
		born->date.year = day->date.year;
	return 0;
}

/* --- components --- */

static int ical_end_event(struct ical_reader *r)
{
	struct ical_event *event = &r->event;
	struct ical_day day;
	int result;

	r->open = false;
	r->nested = 0;
	if (event->is_override)
		return 0;
	if (ical_own_event(str_text(&event->uid)) == ICAL_OWN_FOLLOWUP)
		return r->handler.aside
			? r->handler.aside(r->handler.userdata, RECORD_SKIPPED,
				  ERR_TEXT("follow-ups of an export, which are no people"))
			: 0;
	result = ical_event_finish(event, str_text(&r->title), &day);
	if (result < 0)
		return result;
	return event->reason ? ical_reject(r, event->line, event->reason) : ical_add_day(r, &day);
}

static int ical_begin(struct ical_reader *r, const struct contentline *line)
{
	int result = 0;

	r->inside = true;
	if (slice_is(line->value, "VEVENT")) {
		if (r->open)
			result = ical_reject(r, r->event.line, ERR_TEXT("has no END:VEVENT"));
		ical_event_begin(&r->event, line->line);
		r->open = true;
		r->nested = 0;
		return result;
	}
	if (slice_is(line->value, "VCALENDAR") && !r->open) {
		str_clear(&r->title);
		r->nested = 0;
		return 0;
	}
	if (!r->nested++ && !r->open && slice_is(line->value, "VTODO"))
		return ical_reject(r, line->line, ERR_TEXT("is a task, not an event"));
	if (r->nested == 1 && !r->open && slice_is(line->value, "VCARD"))
		return ical_reject(r, line->line,
			ERR_TEXT("is a vCard inside a calendar; import it with --format vcard"));
	return 0;
}

static int ical_end(struct ical_reader *r, const struct contentline *line)
{
	if (r->open && slice_is(line->value, "VEVENT"))
		return ical_end_event(r);
	if (r->nested)
		r->nested--;
	else if (!r->open && slice_is(line->value, "VCALENDAR"))
		r->inside = false;
	return 0;
}

static int ical_set_title(struct ical_reader *r, const struct contentline *line)
{
	struct str *plain = &r->event.plain;

	str_clear(plain);
	charset_add(plain, line->value.at, line->value.n);
	str_clear(&r->title);
	value_add_text(&r->title, (struct slice){ str_text(plain), plain->len }, VALUE_WORDS);
	return r->title.failed || plain->failed ? -ENOMEM : 0;
}

/* One complaint for all that stands outside. */
static int ical_outside(struct ical_reader *r, const struct contentline *line)
{
	if (r->inside || !line->text.n)
		return 0;
	r->inside = true;
	return ical_reject(
		r, line->line, ERR_TEXT("is no iCalendar: no BEGIN:VCALENDAR stands before it"));
}

static int ical_line(void *userdata, const struct contentline *line)
{
	struct ical_reader *r = userdata;

	if (slice_is(line->name, "BEGIN"))
		return ical_begin(r, line);
	if (slice_is(line->name, "END"))
		return ical_end(r, line);
	if (r->nested)
		return 0;
	if (r->open)
		return ical_event_add(&r->event, line);
	if (!r->inside)
		return ical_outside(r, line);
	if (slice_is(line->name, "X-WR-CALNAME") || slice_is(line->name, "NAME"))
		return ical_set_title(r, line);
	return 0;
}

static bool ical_wanted(void *userdata, struct slice name)
{
	struct ical_reader *r = userdata;

	if (slice_is(name, "BEGIN") || slice_is(name, "END"))
		return true;
	if (r->nested)
		return false;
	return r->open ? ical_event_wants(name)
		       : slice_is(name, "X-WR-CALNAME") || slice_is(name, "NAME");
}

int ical_reader_new(
	struct ical_reader **ret, const struct record_handler *handler, struct err *reterr)
{
	struct ical_reader *r = calloc(1, sizeof(*r));
	const struct contentline_handler lines = {
		.wanted = ical_wanted,
		.line = ical_line,
		.userdata = r,
	};

	if (!r)
		return err_oom(reterr);
	r->handler = *handler;
	contentline_reader_init(&r->lines, &lines, ICAL_LINE_MAX);
	*ret = r;
	return 0;
}

void ical_reader_free(struct ical_reader *reader)
{
	if (!reader)
		return;
	contentline_reader_done(&reader->lines);
	ical_event_done(&reader->event);
	str_done(&reader->title);
	for (size_t i = 0; i < ICAL_HELD_MAX; i++)
		record_done(&reader->held[i]);
	free(reader);
}

int ical_reader_push(struct ical_reader *reader, const void *bytes, size_t n)
{
	if (!reader->result)
		reader->result = contentline_reader_push(&reader->lines, bytes, n);
	return reader->result;
}

int ical_reader_end(struct ical_reader *reader)
{
	if (!reader->result)
		reader->result = contentline_reader_end(&reader->lines);
	if (!reader->result && reader->open) {
		reader->open = false;
		reader->result = ical_reject(
			reader, reader->event.line, ERR_TEXT("has no END:VEVENT"));
	}
	if (!reader->result)
		reader->result = ical_release(reader, 0);
	return reader->result;
}
