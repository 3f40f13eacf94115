/* SPDX-License-Identifier: MIT */
/*
 * export-calendar: yearly days and follow-ups as events.
 */
#include "exchange/export-part.h"

#include "base/lang.h"
#include "book/contacts.h"
#include "book/followups.h"
#include "book/search.h"
#include "exchange/uid.h"
#include "format/ical_writer.h"

#include <errno.h>

/* The texts take the contact's name. */
static const struct {
	const char *kind, *format;
} export_summaries[] = {
	{ OCCASION_BIRTHDAY, N_("%s's birthday") },
	{ OCCASION_ANNIVERSARY, N_("%s's anniversary") },
	{ OCCASION_NAME_DAY, N_("%s's name day") },
	{ OCCASION_MET, N_("%s: the day you met") },
};

static void export_add_summary(struct str *out, const struct occasion *o, const char *name)
{
	if (o->name) {
		str_addf(out, "%s: %s", name, o->name);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(export_summaries); i++) {
		if (!str_equal(export_summaries[i].kind, o->kind))
			continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		/* The formats of the table take the same argument; msgfmt checks the translations. */
		str_addf(out, _(export_summaries[i].format), name);
#pragma GCC diagnostic pop
		return;
	}
	str_addf(out, "%s: %s", name, o->kind);
}

static int export_add_event(struct exporter *e, struct ical_event *event, struct str *uid,
	struct str *summary, const char *description)
{
	if (str_check(uid, e->reterr) < 0 || str_check(summary, e->reterr) < 0)
		return -ENOMEM;
	event->uid = str_text(uid);
	event->summary = str_text(summary);
	event->description = description;
	ical_writer_add(&e->out, event);
	e->n++;
	return export_flush(e);
}

/* Of the contact that stands in e->record. */
static int export_add_occasion(struct exporter *e, const struct occasion *o)
{
	static const char *const kinds[] = { [RECORD_BIRTHDAY] = "BIRTHDAY",
		[RECORD_ANNIVERSARY] = "ANNIVERSARY",
		[RECORD_NAMED] = "NAMED" };
	_cleanup_str_ struct str uid = STR_INIT, summary = STR_INIT;
	struct ical_event event = {
		.stamp_day = o->entered_day,
		.date = o->date,
		.minute = -1,
		.yearly = true,
		.leap_to_march = e->options->leap_day == OCCASION_LEAP_MAR1,
		.contact = e->record.uid,
		.name = e->record.name,
	};

	event.kind = kinds[export_occasion_kind(o, &event.label)];
	uid_add_event(e->store, e->book, 'b', o->number, &uid);
	export_add_summary(&summary, o, e->record.name);
	/* The series begins in that year, which calendars do not show. */
	if (o->date.year)
		str_addf(&summary, " (%d)", o->date.year);
	return export_add_event(e, &event, &uid, &summary, NULL);
}

static int export_add_followup(struct exporter *e, const struct followup *f)
{
	_cleanup_str_ struct str uid = STR_INIT, summary = STR_INIT, command = STR_INIT;
	_cleanup_free_ char *name = NULL;
	struct ical_event event = {
		.stamp_day = f->entered_day,
		.date = day_date(f->due_day),
		.minute = f->due_minute,
		.first_month_day = day_date(f->first_day).day,
	};
	int r = f->contact ? contacts_name(e->store, f->contact, &name, e->reterr) : 0;

	if (r < 0)
		return r;
	/* When the next one is counted from the day this one is done, nobody knows it yet. */
	if (!f->repeat.after_done) {
		event.repeat_months = f->repeat.months;
		event.repeat_days = f->repeat.days;
	}
	uid_add_event(e->store, e->book, 'f', f->number, &uid);
	str_addf(&summary, "%s%s%s", name ? name : "", name ? ": " : "", f->what);
	str_addf(&command, "%s done f%lld", e->options->command ? e->options->command : "nudge",
		(long long)f->number);
	return export_add_event(e, &event, &uid, &summary, str_text(&command));
}

/* One person's days stand together, so that whoever reads them need not hold many people. */
static int export_add_person(struct exporter *e, int64_t contact)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	int r = occasions_of(e->store, contact, &occasions, e->reterr);

	if (r == 0 && occasions.n)
		r = export_load_name(e, contact);
	for (size_t i = 0; r == 0 && i < occasions.n; i++)
		if (!occasions.all[i].dropped)
			r = export_add_occasion(e, &occasions.all[i]);
	return r;
}

int export_calendar(struct exporter *e)
{
	_cleanup_followups_ struct followups followups = { 0 };
	_cleanup_ids_ struct contact_ids ids = { 0 };
	int r = search_all(e->store, e->book, &ids, e->reterr);

	/* TRANSLATORS: the name of a calendar that holds birthdays and follow-ups */
	ical_writer_begin(&e->out, _("People"));
	for (size_t i = 0; r == 0 && i < ids.n; i++)
		r = export_add_person(e, ids.ids[i]);
	if (r == 0)
		r = followups_due(e->store, e->book, INT32_MAX, &followups, e->reterr);
	for (size_t i = 0; r == 0 && i < followups.n; i++)
		r = export_add_followup(e, &followups.all[i]);
	ical_writer_end(&e->out);
	return r;
}
