/* SPDX-License-Identifier: MIT */
/*
 * apply: what a source says of somebody who is in the book.
 */
#include "exchange/apply.h"

#include "book/newcomers.h"
#include "core/likeness.h"
#include "core/str.h"
#include "core/utf8.h"
#include "exchange/match.h"
#include "format/vcard_writer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void standing_done(struct standing *standing)
{
	contact_done(&standing->contact);
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		free(standing->sources[i]);
	occasions_done(&standing->occasions);
	alsos_done(&standing->also);
	*standing = (struct standing){ 0 };
}

int standing_load(struct standing *ret, struct store *store, int64_t book, int64_t contact,
	struct err *reterr)
{
	int r = contacts_load(store, book, contact, &ret->contact, reterr);

	if (r == 0)
		r = sources_of_fields(store, contact, ret->sources, reterr);
	if (r == 0)
		r = occasions_of(store, contact, &ret->occasions, reterr);
	return r < 0 ? r : sources_also(store, contact, &ret->also, reterr);
}

bool apply_may_change(const struct speaker *by, const char *source)
{
	return by->owns || (by->sole && str_equal(source, by->source));
}

/* Another source says the same. */
static int apply_second(
	const struct speaker *by, const struct standing *s, const char *what, const char *source)
{
	if (by->ours || str_equal(source, by->source) || str_equal(source, CONTACT_HAND) ||
		alsos_have(&s->also, what, by->source))
		return 0;
	return sources_add_also(by->store, s->contact.id, what, by->source, by->reterr);
}

static int apply_text(const struct speaker *by, const struct standing *s, enum contact_field field,
	const char *text)
{
	const char *stands = s->contact.field[field], *source = s->sources[field];
	bool same = str_equal(stands, text);
	int r;

	if (str_empty(text))
		return 0;
	if (!same &&
		(field == CONTACT_NAME
				? !match_may_rename(stands, text, apply_may_change(by, source))
				: stands && !apply_may_change(by, source)))
		return 0;
	/* What came nobody knows by whom is theirs who say it first. */
	if (same && (by->ours || !str_equal(source, CONTACT_IMPORT)))
		return field == CONTACT_NAME
			? 0
			: apply_second(by, s, contact_field_name(field), source);
	r = contacts_set(by->store, s->contact.id, field, text, by->source, by->today, by->reterr);
	return r < 0 ? r : r != CONTACT_KEPT && !same;
}

static int apply_texts(
	const struct speaker *by, const struct standing *s, const struct record *record)
{
	const struct {
		enum contact_field field;
		const char *text;
	} fields[] = {
		{ CONTACT_NAME, record->name },
		{ CONTACT_ORG, record->org },
		{ CONTACT_TITLE, record->title },
		{ CONTACT_CITY, record->city },
		{ CONTACT_NOTE, record->note },
	};
	int changed = 0;

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		int r = apply_text(by, s, fields[i].field, fields[i].text);

		if (r < 0)
			return r;
		changed |= r;
	}
	return changed;
}

/* A number or page in another spelling: two who were merged had one each; or a line that an export had to
 * write in another. */
static bool apply_is_respelt(enum contact_kind kind, const char *stands, const char *text)
{
	switch (kind) {
	case CONTACT_PHONE:
		return likeness_phones_as_written(stands, text);
	case CONTACT_LINK:
		return likeness_links_as_written(stands, text);
	case CONTACT_EXTRA:
		return vcard_writer_is_same(stands, text);
	default:
		return false;
	}
}

static bool apply_is_folded(const char *stands, const char *folded)
{
	_cleanup_str_ struct str other = STR_INIT;

	utf8_add_folded(&other, stands);
	return str_equal(str_text(&other), folded);
}

/* As it is written goes first: of one card both spellings are kept. */
struct contact_value *apply_find_value(
	const struct contact *contact, enum contact_kind kind, const char *text)
{
	_cleanup_str_ struct str folded = STR_INIT;
	struct contact_value *like = NULL;

	for (size_t i = 0; i < contact->n_values; i++)
		if (contact->values[i].kind == kind && strcmp(contact->values[i].text, text) == 0)
			return &contact->values[i];
	utf8_add_folded(&folded, text);
	for (size_t i = 0; i < contact->n_values && !like; i++) {
		struct contact_value *v = &contact->values[i];

		if (v->kind == kind &&
			(apply_is_folded(v->text, str_text(&folded)) ||
				apply_is_respelt(kind, v->text, text)))
			like = v;
	}
	return like;
}

/* The line of which a card has but one, where another stands; NULL: none does. */
static const struct contact_value *apply_find_rival(
	const struct contact *contact, enum contact_kind kind, const char *text)
{
	for (size_t i = 0; kind == CONTACT_EXTRA && i < contact->n_values; i++)
		if (contact->values[i].kind == kind &&
			vcard_writer_is_rival(contact->values[i].text, text))
			return &contact->values[i];
	return NULL;
}

static int apply_add_value(
	const struct speaker *by, const struct standing *s, const struct record_value *v)
{
	enum contact_kind kind = newcomers_kind(v->kind);
	const struct contact_value *rival = apply_find_rival(&s->contact, kind, v->text);
	int r;

	if (!rival) {
		r = contacts_add_value(by->store, s->contact.id, kind, v->text, v->label,
			by->source, by->today, by->reterr);
		return r < 0 ? r : r != CONTACT_KEPT;
	}
	if (!apply_may_change(by, rival->source))
		return 0;
	r = contacts_replace_value(by->store, s->contact.id, kind, rival->text, v->text, by->source,
		by->today, by->reterr);
	return r < 0 ? r : 1;
}

/* It stands there: what is new may be who says it, and what it is for. */
static int apply_known_value(const struct speaker *by, const struct standing *s,
	const struct contact_value *stands, const struct record_value *v)
{
	_cleanup_str_ struct str what = STR_INIT;
	int r;

	if (str_equal(stands->source, CONTACT_IMPORT) && !by->ours)
		return sources_claim_value(by->store, s->contact.id, stands->kind, stands->text,
			by->source, by->reterr);
	if (!str_equal(stands->source, by->source)) {
		sources_add_value_name(&what, stands->kind, stands->text);
		r = str_check(&what, by->reterr);
		return r < 0 ? r : apply_second(by, s, str_text(&what), stands->source);
	}
	if (!by->sole || !v->label || str_equal(stands->label, v->label) ||
		!str_equal(stands->text, v->text))
		return 0;
	r = contacts_set_label(
		by->store, s->contact.id, stands->kind, stands->text, v->label, by->reterr);
	return r < 0 ? r : 1;
}

static int apply_values(
	const struct speaker *by, const struct standing *s, const struct record *record)
{
	int changed = 0;

	for (size_t i = 0; i < record->n_values; i++) {
		const struct record_value *v = &record->values[i];
		const struct contact_value *stands = apply_find_value(
			&s->contact, newcomers_kind(v->kind), v->text);
		int r = stands ? apply_known_value(by, s, stands, v) : apply_add_value(by, s, v);

		if (r < 0)
			return r;
		changed |= r;
	}
	return changed;
}

static bool apply_is_single(const char *kind)
{
	return str_equal(kind, OCCASION_BIRTHDAY) || str_equal(kind, OCCASION_MET);
}

/* A year that one of them does not know makes no other day. */
static bool apply_is_day(const struct date *a, const struct date *b)
{
	return a->month == b->month && a->day == b->day &&
		(a->year == b->year || !a->year || !b->year);
}

static bool apply_is_kind(const struct occasion *o, const struct newcomers_occasion *kind)
{
	return str_equal(o->kind, kind->kind) && str_equal(o->name, kind->name);
}

struct occasion *apply_find_occasion(
	const struct occasions *occasions, const struct record_occasion *occasion)
{
	struct newcomers_occasion kind = newcomers_occasion(occasion);

	for (size_t i = 0; i < occasions->n; i++) {
		struct occasion *o = &occasions->all[i];

		if (apply_is_kind(o, &kind) &&
			(apply_is_single(kind.kind) || apply_is_day(&o->date, &occasion->date)))
			return o;
	}
	return NULL;
}

const char *apply_name_day(const struct occasion *occasion, char buffer[APPLY_DAY_SIZE])
{
	(void)snprintf(buffer, APPLY_DAY_SIZE, "b%lld", (long long)occasion->number);
	return buffer;
}

/* Whether the record has the day itself. */
static bool apply_is_said(const struct record *record, const struct occasion *o)
{
	for (size_t i = 0; i < record->n_occasions; i++) {
		struct newcomers_occasion kind = newcomers_occasion(&record->occasions[i]);

		if (apply_is_kind(o, &kind) && apply_is_day(&o->date, &record->occasions[i].date))
			return true;
	}
	return false;
}

/* One that the source alone has said, on another day, and says no more: it was corrected. */
static struct occasion *apply_find_former(const struct speaker *by, const struct standing *s,
	const struct record *record, const struct newcomers_occasion *kind)
{
	for (size_t i = 0; by->sole && i < s->occasions.n; i++) {
		struct occasion *o = &s->occasions.all[i];
		char what[APPLY_DAY_SIZE];

		if (apply_is_kind(o, kind) && str_equal(o->source, by->source) &&
			!apply_is_said(record, o) &&
			!alsos_have(&s->also, apply_name_day(o, what), NULL))
			return o;
	}
	return NULL;
}

static int apply_move(const struct speaker *by, struct occasion *o, const struct date *date)
{
	int r = occasions_move(by->store, by->book, o->number, date, by->source, by->reterr);

	if (r == 0)
		o->date = *date;
	return r < 0 ? r : r != OCCASION_KEPT;
}

static int apply_known_day(const struct speaker *by, const struct standing *s, struct occasion *o,
	const struct date *date)
{
	char what[APPLY_DAY_SIZE];
	bool same = o->date.month == date->month && o->date.day == date->day &&
		(o->date.year == date->year || !date->year);

	if (!same)
		return apply_may_change(by, o->source) ? apply_move(by, o, date) : 0;
	if (str_equal(o->source, CONTACT_IMPORT) && !by->ours)
		return sources_claim_occasion(
			by->store, by->book, o->number, by->source, by->reterr);
	return apply_second(by, s, apply_name_day(o, what), o->source);
}

static int apply_days(const struct speaker *by, struct standing *s, const struct record *record)
{
	int changed = 0;

	for (size_t i = 0; i < record->n_occasions; i++) {
		const struct record_occasion *o = &record->occasions[i];
		struct newcomers_occasion kind = newcomers_occasion(o);
		struct occasion *stands = apply_find_occasion(&s->occasions, o), *former = NULL;
		int64_t number;
		int r;

		if (!stands)
			former = apply_find_former(by, s, record, &kind);
		if (stands || former) {
			r = stands ? apply_known_day(by, s, stands, &o->date)
				   : apply_move(by, former, &o->date);
		} else {
			r = occasions_add(by->store, by->book, s->contact.id, kind.kind, kind.name,
				&o->date, by->source, by->today, &number, by->reterr);
			r = r < 0 ? r : r != OCCASION_KEPT;
		}
		if (r < 0)
			return r;
		changed |= r;
	}
	return changed;
}

int apply_record(const struct speaker *by, struct standing *standing, const struct record *record)
{
	int texts = apply_texts(by, standing, record), values = 0, days = 0;

	if (texts >= 0)
		values = apply_values(by, standing, record);
	if (texts >= 0 && values >= 0)
		days = apply_days(by, standing, record);
	if (texts < 0 || values < 0)
		return texts < 0 ? texts : values;
	return days < 0 ? days : texts | values | days;
}
