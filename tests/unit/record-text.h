/* SPDX-License-Identifier: MIT */
/*
 * record-text: what a reader handed out, as one line each, to be compared.
 */
#ifndef NUDGE_TESTS_RECORD_TEXT_H
#define NUDGE_TESTS_RECORD_TEXT_H

#include "core/str.h"
#include "core/utf8.h"
#include "format/record.h"
#include "test.h"

#include <string.h>

struct seen {
	struct str text;
	int records, rejects, stop_at;
};

static inline void seen_add_field(struct str *out, const char *name, const char *text)
{
	if (text)
		str_addf(out, "%s=%s|", name, text);
}

static inline void seen_add_days(struct str *out, const struct record *r)
{
	static const char occasions[] = { 'B', 'A', 'O' }, events[] = { 'R', 'I', 'C', 'M' };
	char text[DAY_TEXT_SIZE];

	for (size_t i = 0; i < r->n_occasions; i++) {
		const struct record_occasion *o = &r->occasions[i];

		str_addf(out, "%c:%s%s%s|", occasions[o->kind], o->name ? o->name : "",
			o->name ? " " : "", day_format(&o->date, text));
	}
	for (size_t i = 0; i < r->n_events; i++) {
		struct date date = day_date(r->events[i].day);

		str_addf(out, "%c %s|", events[r->events[i].kind], day_format(&date, text));
	}
}

/* A record as one line: what is absent is left out; "~" before one in passing. */
static int seen_record(void *userdata, const struct record *r)
{
	static const char kinds[] = { 'e', 'p', 'l', 't', 'x' };
	struct seen *seen = userdata;
	struct str *out = &seen->text;

	str_addf(out, "%d %s%s|", (int)r->line, r->passing ? "~" : "", r->name);
	seen_add_field(out, "uid", r->uid);
	seen_add_field(out, "org", r->org);
	seen_add_field(out, "title", r->title);
	seen_add_field(out, "city", r->city);
	seen_add_field(out, "note", r->note);
	for (size_t i = 0; i < r->n_values; i++) {
		const struct record_value *v = &r->values[i];

		CHECK(*v->text && utf8_valid(v->text, strlen(v->text)));
		str_addf(out, "%c:%s", kinds[v->kind], v->text);
		if (v->label)
			str_addf(out, "(%s)", v->label);
		str_add(out, "|");
	}
	seen_add_days(out, r);
	str_add(out, "\n");
	return ++seen->records == seen->stop_at ? -5 : 0;
}

static int seen_reject(void *userdata, uint64_t line, const char *reason)
{
	struct seen *seen = userdata;

	seen->rejects++;
	str_addf(&seen->text, "%d! %s\n", (int)line, reason);
	return 0;
}

static int seen_aside(void *userdata, enum record_aside kind, const char *text)
{
	static const char *const kinds[] = { "skipped", "columns", "skill" };
	struct seen *seen = userdata;

	str_addf(&seen->text, "%s: %s\n", kinds[kind], text);
	return 0;
}

#endif
