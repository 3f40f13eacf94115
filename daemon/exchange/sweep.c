/* SPDX-License-Identifier: MIT */
/*
 * sweep: what a source no longer says of those it has said it of is taken out.
 *
 * What the file has shown to have of anybody goes at once. The rest waits for the file's end; that is little,
 * for the first people of a file show most of what it has.
 */
#include "exchange/sweep.h"

#include "book/newcomers.h"
#include "book/search.h"
#include "core/str.h"
#include "format/contentline.h"
#include "format/vcard_writer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Nothing of these topics in the record, and nothing of them in the file so far. */
struct sweep_wait {
	int64_t contact;
	uint32_t topics;
	uint32_t source; /* its place in sources */
	bool changed;
};

/* Somebody of whom the source has several records: what all of them say. */
struct sweep_merged {
	int64_t contact;
	int64_t left; /* records that are still to come */
	size_t source;
	bool changed;
	struct record record;
};

void sweep_done(struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->n_sources; i++)
		free(sweep->sources[i]);
	for (size_t i = 0; i < sweep->n_merged; i++)
		record_done(&sweep->merged[i].record);
	free(sweep->sources);
	free(sweep->waits);
	free(sweep->merged);
	*sweep = (struct sweep){ 0 };
}

static unsigned sweep_day_topic(bool is_birthday)
{
	return is_birthday ? RECORD_ON_BIRTHDAY : RECORD_ON_DAYS;
}

static uint32_t sweep_topics(const struct record *record)
{
	uint32_t topics = 0;

	for (size_t i = 0; i < record->n_values; i++)
		topics |= RECORD_TOPIC(record->values[i].kind);
	for (size_t i = 0; i < record->n_occasions; i++)
		topics |= RECORD_TOPIC(
			sweep_day_topic(record->occasions[i].kind == RECORD_BIRTHDAY));
	topics |= str_empty(record->org) ? 0 : RECORD_TOPIC(RECORD_ON_ORG);
	topics |= str_empty(record->title) ? 0 : RECORD_TOPIC(RECORD_ON_TITLE);
	topics |= str_empty(record->city) ? 0 : RECORD_TOPIC(RECORD_ON_CITY);
	topics |= str_empty(record->note) ? 0 : RECORD_TOPIC(RECORD_ON_NOTE);
	return topics;
}

void sweep_see(struct sweep *sweep, const struct record *record)
{
	sweep->seen |= sweep_topics(record);
}

/* One record, or what several say, against what stood in the book. */
struct sweep_look {
	const struct speaker *by;
	const struct standing *standing;
	const struct record *record;
	uint32_t topics; /* that may go now */
	uint32_t late;   /* others of which something would go */
	bool changed;
};

/* Whether what its source says no more may go: 1, or 0, which is remembered. */
static bool sweep_may(struct sweep_look *look, unsigned topic)
{
	if (look->topics & RECORD_TOPIC(topic))
		return true;
	look->late |= RECORD_TOPIC(topic);
	return false;
}

static int sweep_note(struct sweep_look *look, int r)
{
	look->changed |= r == 0;
	return r < 0 ? r : 0;
}

/* Who has said it beside its source says it no more either. */
static int sweep_second(struct sweep_look *look, const char *what, unsigned topic)
{
	const struct speaker *by = look->by;

	if (!alsos_have(&look->standing->also, what, by->source) || !sweep_may(look, topic))
		return 0;
	return sources_drop_also(
		by->store, look->standing->contact.id, what, by->source, by->reterr);
}

static int sweep_text(
	struct sweep_look *look, enum contact_field field, unsigned topic, const char *said)
{
	const struct speaker *by = look->by;
	const struct standing *s = look->standing;
	const char *stands = s->contact.field[field];

	if (str_empty(stands) || (look->record->silent & RECORD_TOPIC(topic)))
		return 0;
	if (!str_equal(s->sources[field], by->source))
		return str_equal(stands, said)
			? 0
			: sweep_second(look, contact_field_name(field), topic);
	if (!str_empty(said) || !sweep_may(look, topic))
		return 0;
	return sweep_note(look,
		sources_withdraw_text(
			by->store, s->contact.id, field, by->source, by->today, by->reterr));
}

static int sweep_texts(struct sweep_look *look)
{
	const struct record *record = look->record;
	const struct {
		enum contact_field field;
		unsigned topic;
		const char *said;
	} texts[] = {
		{ CONTACT_ORG, RECORD_ON_ORG, record->org },
		{ CONTACT_TITLE, RECORD_ON_TITLE, record->title },
		{ CONTACT_CITY, RECORD_ON_CITY, record->city },
		{ CONTACT_NOTE, RECORD_ON_NOTE, record->note },
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(texts); i++)
		r = sweep_text(look, texts[i].field, texts[i].topic, texts[i].said);
	return r;
}

/* The property of a preserved line, without its group: "item1.ADR;TYPE=home:" is ADR. */
static struct slice sweep_property(const char *line)
{
	size_t n = strcspn(line, ":;");
	const char *dot = memchr(line, '.', n);

	return dot ? (struct slice){ dot + 1, n - (size_t)(dot + 1 - line) }
		   : (struct slice){ line, n };
}

/* Whether the record has another of that kind, which takes the place of this one. */
static bool sweep_is_replaced(const struct record *record, enum record_kind kind, const char *text)
{
	struct slice property = sweep_property(text);

	for (size_t i = 0; i < record->n_values; i++) {
		struct slice other = sweep_property(record->values[i].text);

		if (record->values[i].kind == kind &&
			(kind != RECORD_EXTRA ||
				(other.n == property.n &&
					strncasecmp(other.at, property.at, other.n) == 0)))
			return true;
	}
	return false;
}

/* An N that anybody would make of the name: readers and writers of cards leave it out. */
static bool sweep_is_plain(
	const struct standing *s, const struct record *record, const struct contact_value *v)
{
	const struct record named = { .name = s->contact.field[CONTACT_NAME] };

	return v->kind == CONTACT_EXTRA &&
		(vcard_writer_makes_name(&named, v->text) ||
			(record->name && vcard_writer_makes_name(record, v->text)));
}

static bool sweep_is_said(
	const struct standing *s, const struct record *record, const struct contact_value *v)
{
	if (sweep_is_plain(s, record, v))
		return true;
	for (size_t i = 0; i < record->n_values; i++) {
		const struct record_value *said = &record->values[i];
		enum contact_kind kind = newcomers_kind(said->kind);

		if (kind == v->kind && apply_find_value(&s->contact, kind, said->text) == v)
			return true;
	}
	return false;
}

static int sweep_value(
	struct sweep_look *look, enum record_kind kind, const struct contact_value *v)
{
	const struct speaker *by = look->by;
	const struct standing *s = look->standing;
	_cleanup_str_ struct str what = STR_INIT;
	bool ours = str_equal(v->source, by->source);
	int r;

	if ((!ours && !s->also.n) || sweep_is_said(s, look->record, v) ||
		((look->record->silent & RECORD_TOPIC(kind)) &&
			!sweep_is_replaced(look->record, kind, v->text)))
		return 0;
	if (ours)
		return sweep_may(look, kind)
			? sweep_note(look,
				  sources_withdraw_value(by->store, s->contact.id, v->kind, v->text,
					  by->source, by->reterr))
			: 0;
	sources_add_value_name(&what, v->kind, v->text);
	r = str_check(&what, by->reterr);
	return r < 0 ? r : sweep_second(look, str_text(&what), kind);
}

static int sweep_values(struct sweep_look *look)
{
	static const enum record_kind kinds[] = { RECORD_EMAIL, RECORD_PHONE, RECORD_LINK,
		RECORD_TAG, RECORD_EXTRA };
	const struct contact *c = &look->standing->contact;
	int r = 0;

	for (size_t i = 0; r == 0 && i < c->n_values; i++)
		for (size_t k = 0; r == 0 && k < ARRAY_SIZE(kinds); k++)
			if (newcomers_kind(kinds[k]) == c->values[i].kind)
				r = sweep_value(look, kinds[k], &c->values[i]);
	return r;
}

/* Whether the record has the day; or, with `kind_alone`, another of that kind and name. */
static bool sweep_has_day(const struct sweep_look *look, const struct occasion *o, bool kind_alone)
{
	const struct record *record = look->record;

	for (size_t i = 0; i < record->n_occasions; i++) {
		struct newcomers_occasion kind = newcomers_occasion(&record->occasions[i]);

		if (kind_alone ? str_equal(kind.kind, o->kind) && str_equal(kind.name, o->name)
			       : apply_find_occasion(
					 &look->standing->occasions, &record->occasions[i]) == o)
			return true;
	}
	return false;
}

/* What was dropped by hand stays: it keeps the day away. So does the day one met, which is a field too. */
static int sweep_day(struct sweep_look *look, const struct occasion *o)
{
	const struct speaker *by = look->by;
	unsigned topic = sweep_day_topic(str_equal(o->kind, OCCASION_BIRTHDAY));
	char what[APPLY_DAY_SIZE];

	if (o->dropped || str_equal(o->kind, OCCASION_MET) || sweep_has_day(look, o, false) ||
		((look->record->silent & RECORD_TOPIC(topic)) && !sweep_has_day(look, o, true)))
		return 0;
	if (str_equal(o->source, by->source))
		return sweep_may(look, topic)
			? sweep_note(look,
				  sources_withdraw_occasion(by->store, by->book, o->contact,
					  o->number, by->source, by->reterr))
			: 0;
	return sweep_second(look, apply_name_day(o, what), topic);
}

static int sweep_look_at(struct sweep_look *look)
{
	const struct occasions *occasions = &look->standing->occasions;
	int r = sweep_texts(look);

	if (r == 0)
		r = sweep_values(look);
	for (size_t i = 0; r == 0 && i < occasions->n; i++)
		r = sweep_day(look, &occasions->all[i]);
	return r;
}

/* --- who waits --- */

static int sweep_find_source(
	struct sweep *sweep, const char *source, size_t *ret, struct err *reterr)
{
	char **more;

	for (*ret = 0; *ret < sweep->n_sources; ++*ret)
		if (str_equal(sweep->sources[*ret], source))
			return 0;
	more = reallocarray(sweep->sources, sweep->n_sources + 1, sizeof(*more));
	if (!more)
		return err_oom(reterr);
	sweep->sources = more;
	more[sweep->n_sources] = str_dup(source);
	return more[sweep->n_sources++] ? 0 : err_oom(reterr);
}

static int sweep_wait(struct sweep *sweep, const struct speaker *by, int64_t contact,
	uint32_t topics, bool changed)
{
	size_t source, size = sweep->waits_size ? sweep->waits_size * 2 : 64;
	int r = sweep_find_source(sweep, by->source, &source, by->reterr);

	if (r < 0)
		return r;
	if (sweep->n_waits == sweep->waits_size) {
		struct sweep_wait *more = reallocarray(sweep->waits, size, sizeof(*more));

		if (!more)
			return err_oom(by->reterr);
		sweep->waits = more;
		sweep->waits_size = size;
	}
	sweep->waits[sweep->n_waits++] = (struct sweep_wait){ contact, topics, (uint32_t)source,
		changed };
	return 0;
}

/* What the file has shown to have of anybody, or has something in the place of, goes now. */
static int sweep_now(struct sweep *sweep, const struct speaker *by, const struct standing *standing,
	const struct record *record, bool changed)
{
	struct sweep_look look = { by, standing, record, sweep->seen, 0, false };
	int r = sweep_look_at(&look);

	if (r == 0 && look.late)
		r = sweep_wait(sweep, by, standing->contact.id, look.late, changed || look.changed);
	return r < 0 ? r : look.changed;
}

static int sweep_copy(struct record *to, const char **ret, const char *text)
{
	if (*ret || str_empty(text))
		return 0;
	*ret = record_copy(to, text, strlen(text));
	return *ret ? 0 : -ENOMEM;
}

static int sweep_join(struct record *to, const struct record *record)
{
	int r = sweep_copy(to, &to->name, record->name);

	if (r == 0)
		r = sweep_copy(to, &to->org, record->org);

	if (r == 0)
		r = sweep_copy(to, &to->title, record->title);
	if (r == 0)
		r = sweep_copy(to, &to->city, record->city);
	if (r == 0)
		r = sweep_copy(to, &to->note, record->note);
	for (size_t i = 0; r == 0 && i < record->n_values; i++)
		r = record_add_value(to, record->values[i].kind, NULL, record->values[i].text);
	for (size_t i = 0; r == 0 && i < record->n_occasions; i++)
		r = record_add_occasion(to, record->occasions[i].kind, record->occasions[i].name,
			&record->occasions[i].date);
	to->silent |= record->silent;
	return r;
}

static int sweep_find_merged(struct sweep *sweep, const struct speaker *by, int64_t contact,
	int64_t records, struct sweep_merged **ret)
{
	size_t source;
	struct sweep_merged *more;
	int r = sweep_find_source(sweep, by->source, &source, by->reterr);

	for (size_t i = 0; r == 0 && i < sweep->n_merged; i++)
		if (sweep->merged[i].contact == contact && sweep->merged[i].source == source) {
			*ret = &sweep->merged[i];
			return 0;
		}
	if (r < 0)
		return r;
	more = reallocarray(sweep->merged, sweep->n_merged + 1, sizeof(*more));
	if (!more)
		return err_oom(by->reterr);
	sweep->merged = more;
	more += sweep->n_merged++;
	*more = (struct sweep_merged){ .contact = contact, .left = records, .source = source };
	*ret = more;
	return 0;
}

static int sweep_several(struct sweep *sweep, const struct speaker *by, int64_t contact,
	const struct record *record, int64_t records, bool changed)
{
	_cleanup_standing_ struct standing standing = { 0 };
	struct sweep_merged *m = NULL;
	int r = sweep_find_merged(sweep, by, contact, records, &m);

	if (r < 0 || !m)
		return r;
	if (sweep_join(&m->record, record) < 0)
		return err_oom(by->reterr);
	m->changed |= changed;
	if (--m->left)
		return 0;
	/* The records before this one may have changed what stands. */
	r = standing_load(&standing, by->store, by->book, contact, by->reterr);
	return r < 0 ? r : sweep_now(sweep, by, &standing, &m->record, m->changed);
}

int sweep_record(struct sweep *sweep, const struct speaker *by, const struct standing *standing,
	const struct record *record, int64_t records, bool changed)
{
	return records > 1
		? sweep_several(sweep, by, standing->contact.id, record, records, changed)
		: sweep_now(sweep, by, standing, record, changed);
}

static int sweep_late(struct sweep *sweep, const struct speaker *by, const struct sweep_wait *wait,
	uint32_t kept, struct sweep_report *report)
{
	_cleanup_standing_ struct standing standing = { 0 };
	const struct record nothing = RECORD_INIT;
	struct speaker late = *by;
	struct sweep_look look = { &late, &standing, &nothing, wait->topics & ~kept, 0, false };
	int r;

	if (!look.topics)
		return 0;
	late.source = sweep->sources[wait->source];
	r = standing_load(&standing, by->store, by->book, wait->contact, by->reterr);
	if (r == 0)
		r = sweep_look_at(&look);
	if (r < 0 || !look.changed)
		return r;
	report->changed += !wait->changed;
	return search_index(by->store, wait->contact, by->reterr);
}

int sweep_end(struct sweep *sweep, const struct speaker *by, struct sweep_report *ret)
{
	uint32_t kept = 0;
	int r = 0;

	*ret = (struct sweep_report){ 0 };
	for (size_t i = 0; i < sweep->n_waits; i++)
		for (unsigned topic = 0; topic < RECORD_TOPICS; topic++)
			ret->kept[topic] += (sweep->waits[i].topics & ~sweep->seen &
						    RECORD_TOPIC(topic)) != 0;
	for (unsigned topic = 0; topic < RECORD_TOPICS; topic++) {
		if (ret->kept[topic] < SWEEP_MANY)
			ret->kept[topic] = 0;
		else
			kept |= RECORD_TOPIC(topic);
	}
	for (size_t i = 0; r >= 0 && i < sweep->n_waits; i++)
		r = sweep_late(sweep, by, &sweep->waits[i], kept, ret);
	return r < 0 ? r : 0;
}
