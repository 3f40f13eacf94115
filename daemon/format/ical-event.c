/* SPDX-License-Identifier: MIT */
/*
 * ical-event: one event's properties, and whose day they make it.
 */
#include "format/ical-part.h"

#include "format/charset.h"
#include "format/value.h"
#include "format/yearly.h"

#include <errno.h>
#include <string.h>

struct ical_property {
	const char *name;
	int (*read)(struct ical_event *event, const struct contentline *line,
		const struct ical_property *property);
	size_t offset; /* of the struct str it goes to */
	int kind;
};

/* The value in UTF-8, tidy, added to an empty *out. */
static int ical_text(
	struct ical_event *e, struct slice value, enum value_form form, struct str *out)
{
	str_clear(&e->plain);
	str_clear(out);
	charset_add(&e->plain, value.at, value.n);
	value_add_text(out, (struct slice){ str_text(&e->plain), e->plain.len }, form);
	return e->plain.failed || out->failed ? -ENOMEM : 0;
}

static int ical_read_text(
	struct ical_event *e, const struct contentline *line, const struct ical_property *property)
{
	struct str *out = (struct str *)(void *)((char *)e + property->offset);

	return out->len ? 0 : ical_text(e, line->value, (enum value_form)property->kind, out);
}

static int ical_read_start(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	enum value_date found = e->start.month ? VALUE_DATE
					       : value_read_date(line->value, &e->start);
	size_t digits = 0;

	if (found == VALUE_DATE)
		return 0;
	e->start = (struct date){ 0 };
	if (found == VALUE_DATE_NONE)
		return 0;
	for (size_t i = 0; i < line->value.n; i++)
		digits += str_is_digit(line->value.at[i]);
	e->reason = digits >= 8 ? ERR_TEXT("is on a day (DTSTART) that does not exist")
				: ERR_TEXT("has a date (DTSTART) that cannot be read");
	return 0;
}

/* When the file was written, or later: the latest of the stamps. */
static int ical_read_stamp(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	struct date d;

	if (value_read_date(line->value, &d) == VALUE_DATE && d.year &&
		(!e->stamp.year ||
			day_number(d.year, d.month, d.day) >
				day_number(e->stamp.year, e->stamp.month, e->stamp.day)))
		e->stamp = d;
	return 0;
}

static int ical_read_rule(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	if (!e->has_rule)
		ical_rule_read(e, line->value);
	return 0;
}

static int ical_read_status(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	if (slice_is(line->value, "CANCELLED"))
		e->reason = ERR_TEXT("is cancelled");
	return 0;
}

static int ical_read_override(struct ical_event *e, const struct contentline *line UNUSED,
	const struct ical_property *property UNUSED)
{
	e->is_override = true;
	return 0;
}

static int ical_read_category(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	int r = ical_text(e, line->value, VALUE_WORDS, &e->text);

	if (r == 0 && !e->kind_guessed)
		e->kind_guessed = yearly_is_title(str_text(&e->text), &e->guess);
	return r;
}

static int ical_read_attendee(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	static const char scheme[] = "mailto:";
	int r;

	if (e->attendees++)
		return 0;
	str_clear(&e->text);
	(void)contentline_param_add(line, "CN", &e->text);
	r = ical_text(
		e, (struct slice){ str_text(&e->text), e->text.len }, VALUE_WORDS, &e->attendee);
	if (r == 0)
		r = ical_text(e, line->value, VALUE_WORDS, &e->text);
	if (r < 0)
		return r;
	if (slice_is((struct slice){ str_text(&e->text), strlen(scheme) }, scheme))
		str_add(&e->attendee_email, e->text.data + strlen(scheme));
	if (!e->attendee.len)
		str_add(&e->attendee, str_text(&e->attendee_email));
	return e->attendee.failed || e->attendee_email.failed ? -ENOMEM : 0;
}

static bool ical_is_no(struct slice value)
{
	return !value.n || slice_is(value, "0") || slice_is(value, "NO") ||
		slice_is(value, "FALSE");
}

/* X-BIRTHDAY and the like hold a date, year and all, or just a yes. */
static int ical_read_kind(
	struct ical_event *e, const struct contentline *line, const struct ical_property *property)
{
	struct date date;

	if (ical_is_no(line->value))
		return 0;
	e->kind_known = true;
	e->kind = (enum record_occasion_kind)property->kind;
	if (value_read_date(line->value, &date) == VALUE_DATE) {
		e->start = date;
		e->start_is_birth = true;
	}
	return 0;
}

/* KDE's calendar of birthdays begins each series on the day itself. */
static int ical_read_kde(
	struct ical_event *e, const struct contentline *line, const struct ical_property *property)
{
	e->start_is_birth |= !ical_is_no(line->value);
	return ical_read_kind(e, line, property);
}

static int ical_read_nextcloud_kind(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	static const struct {
		const char *value;
		enum record_occasion_kind kind;
		const char *label;
	} rows[] = {
		{ "BDAY", RECORD_BIRTHDAY, NULL },
		{ "ANNIVERSARY", RECORD_ANNIVERSARY, NULL },
		{ "DEATHDATE", RECORD_NAMED, "Day of death" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (slice_is(line->value, rows[i].value)) {
			e->kind_known = true;
			e->kind = rows[i].kind;
			e->label = rows[i].label;
		}
	return 0;
}

static int ical_read_own_kind(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	e->own |= ical_own_read_kind(line->value, &e->kind);
	e->kind_known |= e->own;
	return 0;
}

static int ical_read_year(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	uint64_t year;
	int r = ical_text(e, line->value, VALUE_WORDS, &e->text);

	if (r == 0 && str_number(str_text(&e->text), DAY_YEAR_MAX, &year))
		e->year = (int)year;
	return r;
}

static int ical_read_year_unknown(struct ical_event *e, const struct contentline *line,
	const struct ical_property *property UNUSED)
{
	e->year_unknown = !ical_is_no(line->value);
	return 0;
}

#define ICAL_STR(member) offsetof(struct ical_event, member)

static const struct ical_property ical_properties[] = {
	{ "SUMMARY", ical_read_text, ICAL_STR(summary), VALUE_WORDS },
	{ "DESCRIPTION", ical_read_text, ICAL_STR(description), VALUE_LINES },
	{ "UID", ical_read_text, ICAL_STR(uid), VALUE_WORDS },
	{ "DTSTART", ical_read_start, 0, 0 },
	{ "DTSTAMP", ical_read_stamp, 0, 0 },
	{ "CREATED", ical_read_stamp, 0, 0 },
	{ "LAST-MODIFIED", ical_read_stamp, 0, 0 },
	{ "RRULE", ical_read_rule, 0, 0 },
	{ "STATUS", ical_read_status, 0, 0 },
	{ "RECURRENCE-ID", ical_read_override, 0, 0 },
	{ "CATEGORIES", ical_read_category, 0, 0 },
	{ "ATTENDEE", ical_read_attendee, 0, 0 },
	{ "X-BIRTHDAY", ical_read_kind, 0, RECORD_BIRTHDAY },
	{ "X-BIRTHDATE", ical_read_kind, 0, RECORD_BIRTHDAY },
	{ "BDAY", ical_read_kind, 0, RECORD_BIRTHDAY },
	{ "X-ANNIVERSARY", ical_read_kind, 0, RECORD_ANNIVERSARY },
	{ "X-CALENDARSERVER-BIRTHDAY", ical_read_kind, 0, RECORD_BIRTHDAY },
	{ "X-CALENDARSERVER-ANNIVERSARY", ical_read_kind, 0, RECORD_ANNIVERSARY },
	{ "X-KDE-KABC-BIRTHDAY", ical_read_kde, 0, RECORD_BIRTHDAY },
	{ "X-KDE-KABC-ANNIVERSARY", ical_read_kde, 0, RECORD_ANNIVERSARY },
	{ "X-KDE-KABC-NAME-1", ical_read_text, ICAL_STR(name), VALUE_WORDS },
	{ "X-KDE-KABC-EMAIL-1", ical_read_text, ICAL_STR(email), VALUE_WORDS },
	{ "X-NUDGE-CONTACT", ical_read_text, ICAL_STR(contact), VALUE_WORDS },
	{ "X-NUDGE-NAME", ical_read_text, ICAL_STR(name), VALUE_WORDS },
	{ "X-NUDGE-KIND", ical_read_own_kind, 0, 0 },
	{ "X-NUDGE-LABEL", ical_read_text, ICAL_STR(own_label), VALUE_WORDS },
	{ "X-NUDGE-YEAR", ical_read_year, 0, 0 },
	{ "X-NEXTCLOUD-BC-FIELD-TYPE", ical_read_nextcloud_kind, 0, 0 },
	{ "X-NEXTCLOUD-BC-YEAR", ical_read_year, 0, 0 },
	{ "X-BIRTHYEAR", ical_read_year, 0, 0 },
	{ "X-NEXTCLOUD-BC-UNKNOWN-YEAR", ical_read_year_unknown, 0, 0 },
};

static const struct ical_property *ical_find(struct slice name)
{
	for (size_t i = 0; i < ARRAY_SIZE(ical_properties); i++)
		if (slice_is(name, ical_properties[i].name))
			return &ical_properties[i];
	return NULL;
}

/* --- an event --- */

#define ICAL_TEXTS 10

static struct str *const *ical_event_texts(struct ical_event *e, struct str *ret[ICAL_TEXTS])
{
	ret[0] = &e->summary;
	ret[1] = &e->description;
	ret[2] = &e->uid;
	ret[3] = &e->name;
	ret[4] = &e->email;
	ret[5] = &e->attendee;
	ret[6] = &e->attendee_email;
	ret[7] = &e->text;
	ret[8] = &e->contact;
	ret[9] = &e->own_label;
	return ret;
}

/* The texts keep their memory. */
void ical_event_begin(struct ical_event *event, uint64_t line)
{
	struct str *texts[ICAL_TEXTS], kept[ICAL_TEXTS], plain = event->plain;

	(void)ical_event_texts(event, texts);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		str_clear(texts[i]);
		kept[i] = *texts[i];
	}
	*event = (struct ical_event){ .line = line, .plain = plain };
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		*texts[i] = kept[i];
}

void ical_event_done(struct ical_event *event)
{
	struct str *texts[ICAL_TEXTS];

	(void)ical_event_texts(event, texts);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		str_done(texts[i]);
	str_done(&event->plain);
}

bool ical_event_wants(struct slice name)
{
	return ical_find(name) != NULL;
}

int ical_event_add(struct ical_event *event, const struct contentline *line)
{
	const struct ical_property *property;

	property = line->name.at ? ical_find(line->name) : NULL;
	if (!property || (event->reason && property->read != ical_read_override))
		return 0;
	if (line->too_long) {
		event->reason = ERR_TEXT("has a line of more than 64 KiB");
		return 0;
	}
	return property->read(event, line, property);
}

/* --- all lines are there --- */

static bool ical_is_before(const struct date *a, const struct date *b)
{
	return a->year && b->year &&
		day_number(a->year, a->month, a->day) < day_number(b->year, b->month, b->day);
}

/* No clock is at hand: a series whose end lies before the file was written has ended. */
static void ical_check_rule(struct ical_event *e)
{
	if (!e->start.month)
		e->reason = ERR_TEXT("has no date (DTSTART)");
	else if (ical_is_before(&e->until, &e->stamp))
		e->reason = ERR_TEXT("is a series that has ended");
}

static struct date ical_date(const struct ical_event *e)
{
	struct date d = e->start;

	if (e->is_feb_29 && d.month == 2 && d.day >= 28)
		return (struct date){ day_is_leap(d.year) ? d.year : 0, 2, 29 };
	if (e->month)
		d.month = e->month;
	if (e->month_day)
		d.day = e->month_day;
	/* 29 February begins a series in a leap year alone; as a birthday of unknown year it is one. */
	if (!day_is_date(&d))
		d = e->start;
	return d;
}

/* "Anna wird 50" was written for the year with which the series begins where the file is of that year, or of
 * the one before; later on somebody's program may have counted up, and nobody can tell. */
static int ical_year_of_age(const struct ical_event *e, int age)
{
	int since = e->stamp.year - e->start.year;

	return age && e->start.year && (since == 0 || since == -1) ? e->start.year - age : 0;
}

/* The year that is said, else none. */
static int ical_year(const struct ical_event *e, enum record_occasion_kind kind,
	const struct date *date, const struct yearly *yearly)
{
	int said = yearly->year ? yearly->year : ical_year_of_age(e, yearly->age);

	if (e->year_unknown)
		return 0;
	if (e->year || e->own)
		return e->year;
	if (said)
		return said;
	if (e->start_is_birth || yearly_has_number(str_text(&e->description), date->year))
		return date->year;
	return kind == RECORD_BIRTHDAY ? yearly_born(str_text(&e->description)) : 0;
}

/* A description that says the same as the summary is no note. */
static int ical_note(
	const struct ical_event *e, const struct ical_day *day, const char **ret, int *said)
{
	const char *text = str_text(&e->description);
	struct yearly again;
	int r = yearly_read(text, &again);

	if (r < 0)
		return r;
	if (again.known && !*said)
		*said = again.year;
	if (*text && !str_equal(text, str_text(&e->summary)) &&
		!(again.known && slice_equal(again.name, day->name)))
		*ret = text;
	return 0;
}

/* Whose day it is and what it is called; else the reason. */
static void ical_choose(
	struct ical_event *e, const struct yearly *yearly, const char *title, struct ical_day *ret)
{
	bool guessed = e->kind_guessed || yearly_is_title(title, &e->guess);
	bool own_day = ical_own_event(str_text(&e->uid)) == ICAL_OWN_DAY;

	ret->email = e->email.len ? e->email.data : NULL;
	ret->name = e->name.len ? (struct slice){ e->name.data, e->name.len } : yearly->name;
	ret->label = e->own
		? (e->kind == RECORD_NAMED && e->own_label.len ? e->own_label.data : NULL)
		: e->kind_known ? e->label
				: yearly->label;
	ret->kind = e->kind_known ? e->kind : yearly->known ? yearly->kind : e->guess;
	ret->own = e->own && e->contact.len;
	if (e->own && ret->kind == RECORD_NAMED && !ret->label)
		e->reason = ERR_TEXT("is a yearly day without a name");
	if (own_day && !e->kind_known && !yearly->known &&
		ical_own_split(yearly->name, &e->own_label, ret))
		return;
	if (e->kind_known || yearly->known || guessed) {
		if (!ret->name.n && e->attendees == 1)
			ret->name = (struct slice){ str_text(&e->attendee), e->attendee.len };
		if (!ret->name.n)
			e->reason = ERR_TEXT("is a yearly event that names nobody");
		return;
	}
	if (e->attendees != 1 || !e->attendee.len || !e->summary.len) {
		e->reason = ERR_TEXT("is a yearly event of no person");
		return;
	}
	*ret = (struct ical_day){ .name = { e->attendee.data, e->attendee.len },
		.kind = RECORD_NAMED,
		.label = e->summary.data,
		.email = e->attendee_email.len ? e->attendee_email.data : NULL };
}

/* Nextcloud gives an anniversary the card's UID with an end to it. */
static const char *ical_uid(struct ical_event *e)
{
	static const char *const ends[] = { "-anniversary", "-death" };

	if (e->contact.len)
		return e->contact.data;
	for (size_t i = 0; e->kind_known && i < ARRAY_SIZE(ends); i++) {
		size_t n = strlen(ends[i]);

		if (e->uid.len > n && strcmp(e->uid.data + e->uid.len - n, ends[i]) == 0)
			e->uid.data[e->uid.len -= n] = '\0';
	}
	return e->uid.len ? e->uid.data : NULL;
}

/* In a calendar of birthdays some services write each year's by itself. */
static bool ical_comes_again(
	const struct ical_event *e, const struct yearly *yearly, const char *title)
{
	enum record_occasion_kind kind;

	return e->has_rule || e->kind_known || (yearly->known && yearly_is_title(title, &kind));
}

int ical_event_finish(struct ical_event *event, const char *title, struct ical_day *ret)
{
	struct yearly yearly;
	int r;

	if (!event->reason)
		ical_check_rule(event);
	if (event->reason)
		return 0;
	r = yearly_read(str_text(&event->summary), &yearly);
	if (r < 0)
		return r;
	*ret = (struct ical_day){ 0 };
	if (!ical_comes_again(event, &yearly, title)) {
		event->reason = ERR_TEXT("happens once, not every year");
		return 0;
	}
	ical_choose(event, &yearly, title, ret);
	if (event->reason)
		return 0;
	r = ical_note(event, ret, &ret->note, &yearly.year);
	ret->uid = ical_uid(event);
	ret->date = ical_date(event);
	ret->date.year = ical_year(event, ret->kind, &ret->date, &yearly);
	/* 29 February of a common year: the year is wrong. */
	if (!day_is_date(&ret->date))
		ret->date.year = 0;
	return r;
}
