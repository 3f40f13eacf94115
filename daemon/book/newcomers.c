/* SPDX-License-Identifier: MIT */
/*
 * newcomers: people whom an import adds, each of them whole.
 */
#include "book/newcomers.h"

#include "book/books.h"
#include "book/keeping.h"
#include "book/occasions.h"
#include "core/utf8.h"
#include "format/charset.h"

#include <errno.h>
#include <string.h>

struct newcomers {
	struct store *store;
	int64_t book;
	const char *source; /* of the contact at hand */
	const char *tag;
	int32_t today;
	bool cadences; /* a tag of the book has one */

	/* The contact at hand: what the search finds it by, and the folded texts of its values, one behind
	 * the other with a NUL each. */
	int64_t id;
	struct str search, folded;
	size_t *places; /* in `folded`, by the order of the values */
	size_t size;
};

enum contact_kind newcomers_kind(enum record_kind kind)
{
	static const enum contact_kind kinds[] = {
		[RECORD_EMAIL] = CONTACT_EMAIL,
		[RECORD_PHONE] = CONTACT_PHONE,
		[RECORD_LINK] = CONTACT_LINK,
		[RECORD_TAG] = CONTACT_TAG,
		[RECORD_EXTRA] = CONTACT_EXTRA,
		[RECORD_OFFERS] = CONTACT_OFFERS,
		[RECORD_SEEKS] = CONTACT_SEEKS,
	};

	return kinds[kind];
}

/* What address books have no property for, an export names; German exports do it in German. */
static const char *newcomers_named_kind(const char *name)
{
	static const struct {
		const char *name, *kind;
	} rows[] = {
		{ "name day", OCCASION_NAME_DAY },
		{ "name-day", OCCASION_NAME_DAY },
		{ "namenstag", OCCASION_NAME_DAY },
		{ "day we met", OCCASION_MET },
		{ "tag des kennenlernens", OCCASION_MET },
	};

	for (size_t i = 0; name && i < ARRAY_SIZE(rows); i++)
		if (str_casecmp(name, rows[i].name) == 0)
			return rows[i].kind;
	return NULL;
}

struct newcomers_occasion newcomers_occasion(const struct record_occasion *occasion)
{
	static const char *const kinds[] = {
		[RECORD_BIRTHDAY] = OCCASION_BIRTHDAY,
		[RECORD_ANNIVERSARY] = OCCASION_ANNIVERSARY,
		[RECORD_NAMED] = OCCASION_NAMED,
	};
	const char *kind = occasion->kind == RECORD_NAMED ? newcomers_named_kind(occasion->name)
							  : NULL;

	return kind ? (struct newcomers_occasion){ kind, NULL }
		    : (struct newcomers_occasion){ kinds[occasion->kind], occasion->name };
}

int newcomers_new(struct newcomers **ret, struct store *store, int64_t book, const char *tag,
	int32_t today, struct err *reterr)
{
	_cleanup_(newcomers_freep) struct newcomers *n = calloc(1, sizeof(*n));
	int64_t found;
	int r;

	if (!n)
		return err_oom(reterr);
	n->store = store;
	n->book = book;
	n->tag = tag;
	n->today = today;
	r = store_ask(
		store, &found, reterr, "SELECT 1 FROM tag_every WHERE book=? LIMIT 1", "i", book);
	if (r < 0)
		return r;
	n->cadences = r == 1;
	*ret = TAKE_PTR(n);
	return 0;
}

void newcomers_free(struct newcomers *newcomers)
{
	if (!newcomers)
		return;
	str_done(&newcomers->search);
	str_done(&newcomers->folded);
	free(newcomers->places);
	free(newcomers);
}

static int newcomers_check(const char *what, const char *text, struct err *reterr)
{
	size_t n = text ? strlen(text) : 0;

	if (n > CONTACT_TEXT_MAX)
		return err_set(
			reterr, -EINVAL, "%s is longer than %d bytes", what, CONTACT_TEXT_MAX);
	if (!charset_is_utf8(text ? text : "", n))
		return err_set(reterr, -EINVAL, "%s is not valid UTF-8", what);
	return 0;
}

static const char *newcomers_text(const char *text)
{
	return str_empty(text) ? NULL : text;
}

/* The texts stand in the order in which search_index() puts them. */
static int newcomers_add_row(struct newcomers *n, const struct record *record, struct err *reterr)
{
	const struct {
		enum contact_field field;
		const char *text;
	} texts[] = {
		{ CONTACT_NAME, record->name },
		{ CONTACT_ORG, record->org },
		{ CONTACT_TITLE, record->title },
		{ CONTACT_CITY, record->city },
		{ CONTACT_NOTE, record->note },
		{ CONTACT_MET_PLACE, NULL },
	};
	int r;

	if (str_empty(record->name))
		return err_set(reterr, -EINVAL, "a contact needs a name");
	str_clear(&n->search);
	str_clear(&n->folded);
	utf8_add_folded(&n->folded, record->name);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		r = newcomers_check(contact_field_name(texts[i].field), texts[i].text, reterr);
		if (r < 0)
			return r;
		utf8_add_folded(&n->search, texts[i].text);
		str_add_char(&n->search, '\n');
	}
	r = str_check(&n->folded, reterr);
	if (r == 0)
		r = store_run(n->store, reterr,
			"INSERT INTO contact (book, name, folded, org, title, city, note, source, entered_day)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			"ittttttti", n->book, record->name, str_text(&n->folded),
			newcomers_text(record->org), newcomers_text(record->title),
			newcomers_text(record->city), newcomers_text(record->note), n->source,
			(int64_t)n->today);
	if (r == 0)
		n->id = store_last_id(n->store);
	return r;
}

/* Whether the contact has the value by now: what two spellings fold to is one. */
static bool newcomers_has(const struct newcomers *n, const struct record *record, size_t at,
	enum record_kind kind, const char *folded)
{
	for (size_t i = 0; i < at; i++)
		if (record->values[i].kind == kind &&
			strcmp(n->folded.data + n->places[i], folded) == 0)
			return true;
	return false;
}

static int newcomers_add_value(struct newcomers *n, enum contact_kind kind, size_t place,
	const char *text, const char *label, const char *folded, const char *source,
	struct err *reterr)
{
	if (kind != CONTACT_EXTRA) {
		str_add(&n->search, folded);
		str_add_char(&n->search, '\n');
	}
	return store_run(n->store, reterr,
		"INSERT INTO contact_value VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "ititttti", n->id,
		contact_kind_name(kind), (int64_t)place, text, label, folded, source,
		(int64_t)n->today);
}

/* Room for a place beside each value, and one for the tag of all. */
static int newcomers_fold(struct newcomers *n, const struct record *record, struct err *reterr)
{
	if (n->size < record->n_values + 1) {
		size_t size = (record->n_values + 1) * 2;
		size_t *places = reallocarray(n->places, size, sizeof(*places));

		if (!places)
			return err_oom(reterr);
		n->places = places;
		n->size = size;
	}
	str_clear(&n->folded);
	for (size_t i = 0; i <= record->n_values; i++) {
		const char *text = i < record->n_values ? record->values[i].text : n->tag;

		n->places[i] = n->folded.len;
		utf8_add_folded(&n->folded, text);
		str_add_char(&n->folded, '\0');
	}
	return str_check(&n->folded, reterr);
}

/* The tag of all is as typed, also where the record has it. */
static const char *newcomers_source(const struct newcomers *n, const struct record *record,
	enum record_kind kind, const char *folded)
{
	return kind == RECORD_TAG && n->tag &&
			strcmp(n->folded.data + n->places[record->n_values], folded) == 0
		? CONTACT_HAND
		: n->source;
}

/* One kind's values, in the order in which they came. */
static int newcomers_add_kind(
	struct newcomers *n, const struct record *record, enum record_kind kind, struct err *reterr)
{
	enum contact_kind kept = newcomers_kind(kind);
	size_t place = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < record->n_values; i++) {
		const struct record_value *v = &record->values[i];
		const char *folded = n->folded.data + n->places[i];

		if (v->kind != kind || newcomers_has(n, record, i, kind, folded))
			continue;
		r = newcomers_check(contact_kind_name(kept), v->text, reterr);
		if (r == 0)
			r = newcomers_add_value(n, kept, ++place, v->text, v->label, folded,
				newcomers_source(n, record, kind, folded), reterr);
	}
	if (r == 0 && kind == RECORD_TAG && n->tag) {
		const char *folded = n->folded.data + n->places[record->n_values];

		if (!newcomers_has(n, record, record->n_values, kind, folded))
			r = newcomers_add_value(
				n, kept, ++place, n->tag, NULL, folded, CONTACT_HAND, reterr);
	}
	return r;
}

/* In the order of their keys, which is by the kinds' names: so the table grows at its end. */
static int newcomers_add_values(
	struct newcomers *n, const struct record *record, struct err *reterr)
{
	static const enum record_kind kinds[] = { RECORD_EMAIL, RECORD_EXTRA, RECORD_LINK,
		RECORD_OFFERS, RECORD_PHONE, RECORD_SEEKS, RECORD_TAG };
	int r = newcomers_fold(n, record, reterr);

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(kinds); i++)
		r = newcomers_add_kind(n, record, kinds[i], reterr);
	return r;
}

static int newcomers_add_occasion(
	struct newcomers *n, const struct record_occasion *o, struct err *reterr)
{
	struct newcomers_occasion kept = newcomers_occasion(o);
	int64_t number;
	int r = books_next_number(n->store, n->book, 'b', &number, reterr);

	return r < 0
		? r
		: store_run(n->store, reterr,
			  "INSERT INTO occasion (book, month_day, number, contact, kind, name, year, source, entered_day)"
			  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			  "iiiittiti", n->book,
			  (int64_t)occasion_month_day(o->date.month, o->date.day), number, n->id,
			  kept.kind, kept.name, (int64_t)o->date.year, n->source,
			  (int64_t)n->today);
}

/* A record has no two equal ones; there is but one birthday, though, and a second corrects the first. */
static int newcomers_add_occasions(
	struct newcomers *n, const struct record *record, struct err *reterr)
{
	bool born = false;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < record->n_occasions; i++) {
		const struct record_occasion *o = &record->occasions[i];
		int64_t number;

		if (o->kind == RECORD_BIRTHDAY && born)
			r = occasions_add(n->store, n->book, n->id, OCCASION_BIRTHDAY, NULL,
				&o->date, n->source, n->today, &number, reterr);
		else
			r = newcomers_add_occasion(n, o, reterr);
		born |= o->kind == RECORD_BIRTHDAY;
	}
	return r < 0 ? r : 0;
}

int newcomers_add(struct newcomers *newcomers, const struct record *record, const char *key,
	const char *source, int64_t *ret_id, struct err *reterr)
{
	struct newcomers *n = newcomers;
	int r;

	n->source = source;
	r = newcomers_add_row(n, record, reterr);
	if (r == 0)
		r = newcomers_add_values(n, record, reterr);
	if (r == 0)
		r = newcomers_add_occasions(n, record, reterr);
	if (r == 0)
		r = store_run(n->store, reterr,
			"INSERT INTO contact_key (book, key, contact, source, owns) VALUES (?, ?, ?, ?, 1)",
			"itit", n->book, key, n->id, source);
	if (r == 0)
		r = str_check(&n->search, reterr);
	if (r == 0)
		r = store_run(n->store, reterr, "INSERT INTO search (rowid, text) VALUES (?, ?)",
			"it", n->id, str_text(&n->search));
	/* A tag may carry a cadence for its people. */
	if (r == 0 && n->cadences)
		r = keeping_refresh(n->store, n->id, reterr);
	if (r == 0)
		*ret_id = n->id;
	return r;
}
