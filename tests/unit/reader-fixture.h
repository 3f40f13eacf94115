/* SPDX-License-Identifier: MIT */
/*
 * reader-fixture: what a reader of an address book's format hands out, as text, a line for each record:
 * "1 Anna|e:anna@example.org|B:1984-03-12|", or "1! why it was rejected". "~" stands before somebody of whom
 * it speaks in passing.
 */
#ifndef NUDGE_TESTS_READER_FIXTURE_H
#define NUDGE_TESTS_READER_FIXTURE_H

#include "core/str.h"
#include "core/utf8.h"
#include "format/own.h"
#include "test.h"

#include <string.h>

struct seen {
	struct str text;
	int records, rejects, stop_at;
};

static inline void seen_field(struct str *out, const char *name, const char *text)
{
	if (text)
		str_addf(out, "%s=%s|", name, text);
}

static inline void seen_events(struct str *out, const struct record *r)
{
	static const char kinds[] = { 'R', 'I', 'C', 'M' };
	char text[DAY_TEXT_SIZE];

	for (size_t i = 0; i < r->n_events; i++) {
		struct date date = day_date(r->events[i].day);

		str_addf(out, "%c %s|", kinds[r->events[i].kind], day_format(&date, text));
	}
}

static inline int seen_record(void *userdata, const struct record *r)
{
	static const char kinds[] = { 'e', 'p', 'l', 't', 'x', 'o', 's' },
			  occasions[] = { 'B', 'A', 'O' };
	struct seen *seen = userdata;
	struct str *out = &seen->text;

	str_addf(out, "%d %s%s|", (int)r->line,
		r->perhaps_owner     ? "?~"
			: r->passing ? "~"
				     : "",
		r->name);
	seen_field(out, "uid", r->uid);
	seen_field(out, "org", r->org);
	seen_field(out, "title", r->title);
	seen_field(out, "city", r->city);
	seen_field(out, "note", r->note);
	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		seen_field(out, own_text_property((enum record_own)i), r->own[i]);
	for (size_t i = 0; i < r->n_values; i++) {
		const struct record_value *v = &r->values[i];

		CHECK(*v->text && utf8_valid(v->text, strlen(v->text)));
		str_addf(out, "%c:%s", kinds[v->kind], v->text);
		if (v->label)
			str_addf(out, "(%s)", v->label);
		str_add(out, "|");
	}
	for (size_t i = 0; i < r->n_occasions; i++) {
		const struct record_occasion *o = &r->occasions[i];
		char date[DAY_TEXT_SIZE];

		str_addf(out, "%c:%s%s%s|", occasions[o->kind], o->name ? o->name : "",
			o->name ? " " : "", day_format(&o->date, date));
	}
	seen_events(out, r);
	str_add(out, "\n");
	return ++seen->records == seen->stop_at ? -5 : 0;
}

static inline int seen_reject(void *userdata, uint64_t line, const char *reason)
{
	struct seen *seen = userdata;

	seen->rejects++;
	str_addf(&seen->text, "%d! %s\n", (int)line, reason);
	return 0;
}

static inline int seen_aside(void *userdata, enum record_aside kind, const char *text)
{
	static const char *const kinds[] = { "skipped", "columns", "advice", "skill" };
	struct seen *seen = userdata;

	str_addf(&seen->text, "%s: %s\n", kinds[kind], text);
	return 0;
}

/* Defines NAME_read(seen, bytes, n, piece): reads them in pieces, 0 or what the reader returned. */
#define READER_FIXTURE(kind)                                                                       \
	static int kind##_read(struct seen *seen, const char *bytes, size_t n, size_t piece)       \
	{                                                                                          \
		const struct record_handler handler = {                                            \
			.record = seen_record, .reject = seen_reject, .userdata = seen             \
		};                                                                                 \
		_cleanup_(kind##_reader_freep) struct kind##_reader *reader = NULL;                \
		int r = 0;                                                                         \
                                                                                                   \
		str_clear(&seen->text);                                                            \
		CHECK_INT(kind##_reader_new(&reader, &handler, NULL), 0);                          \
		for (size_t at = 0; at < n && !r; at += piece)                                     \
			r = kind##_reader_push(                                                    \
				reader, bytes + at, at + piece < n ? piece : n - at);              \
		return r ? r : kind##_reader_end(reader);                                          \
	}                                                                                          \
	struct mem_semicolon

#endif
