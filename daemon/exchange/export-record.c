/* SPDX-License-Identifier: MIT */
/*
 * export-record: a contact of the book as a record, which any writer takes.
 */
#include "exchange/export-part.h"

#include "base/lang.h"
#include "book/contacts.h"
#include "book/keys.h"
#include "exchange/match.h"
#include "exchange/uid.h"
#include "format/contentline.h"
#include "format/own.h"
#include "format/value.h"

#include <errno.h>
#include <string.h>

static const enum record_kind export_kinds[CONTACT_KIND_COUNT] = {
	[CONTACT_EMAIL] = RECORD_EMAIL,
	[CONTACT_PHONE] = RECORD_PHONE,
	[CONTACT_LINK] = RECORD_LINK,
	[CONTACT_TAG] = RECORD_TAG,
	[CONTACT_EXTRA] = RECORD_EXTRA,
	[CONTACT_OFFERS] = RECORD_OFFERS,
	[CONTACT_SEEKS] = RECORD_SEEKS,
};

/* Whether the line is one that earlier versions left of an export of ours, and the book knows better. */
static bool export_is_outdated(
	const struct record *record, const struct contact *contact, const char *text)
{
	struct slice name = { text, strcspn(text, ":;") };

	for (size_t i = 0; i < RECORD_OWN_COUNT; i++)
		if (record->own[i] && slice_is(name, own_text_property((enum record_own)i)))
			return true;
	for (size_t i = 0; i < CONTACT_KIND_COUNT; i++) {
		const char *property = own_value_property(export_kinds[i]);

		if (property && contact_first(contact, (enum contact_kind)i) &&
			slice_is(name, property))
			return true;
	}
	return false;
}

/* The name as it is spoken, out of its parts. */
static void export_speak(struct slice value, struct str *ret)
{
	static const unsigned char order[] = { 3, 1, 2, 0, 4 };
	struct slice parts[5] = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(parts) && value_next(&value, ';', &parts[i]); i++)
		;
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		str_add_separator(ret, " ");
		value_add_text(ret, parts[order[i]], VALUE_WORDS);
	}
}

/* The parts of a name that a person has changed since are those of another name. */
static int export_is_former_name(
	struct exporter *e, const struct contact *contact, const char *text, bool *ret)
{
	_cleanup_str_ struct str spoken = STR_INIT;
	struct contentline line;
	int r;

	*ret = false;
	if (!contentline_parse(&line, text, strlen(text)) || !slice_is(line.name, "N"))
		return 0;
	r = contacts_is_by_hand(e->store, contact->id, CONTACT_NAME, e->reterr);
	if (r <= 0)
		return r;
	export_speak(line.value, &spoken);
	*ret = !match_names_fit(str_text(&spoken), contact->field[CONTACT_NAME]);
	return str_check(&spoken, e->reterr);
}

static int export_add_value(
	struct exporter *e, const struct contact *contact, const struct contact_value *v)
{
	bool former = false;
	int r = 0;

	if (v->kind == CONTACT_EXTRA && export_is_outdated(&e->record, contact, v->text))
		return 0;
	if (v->kind == CONTACT_EXTRA)
		r = export_is_former_name(e, contact, v->text, &former);
	if (r < 0 || former)
		return r;
	return record_add_value(&e->record, export_kinds[v->kind], v->label, v->text);
}

static int export_add_fields(struct exporter *e, const struct contact *contact)
{
	struct record *record = &e->record;
	const struct {
		enum contact_field field;
		const char **target;
	} texts[] = {
		{ CONTACT_NAME, &record->name },
		{ CONTACT_ORG, &record->org },
		{ CONTACT_TITLE, &record->title },
		{ CONTACT_CITY, &record->city },
		{ CONTACT_NOTE, &record->note },
		{ CONTACT_LANGUAGE, &record->own[RECORD_LANGUAGE] },
		{ CONTACT_SALUTATION, &record->own[RECORD_SALUTATION] },
		{ CONTACT_EVERY, &record->own[RECORD_EVERY] },
		{ CONTACT_MET_PLACE, &record->own[RECORD_MET_PLACE] },
		{ CONTACT_BUSY_INBOX, &record->own[RECORD_BUSY_INBOX] },
	};
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		const char *text = contact->field[texts[i].field];

		*texts[i].target = text ? record_copy(record, text, strlen(text)) : NULL;
		if (text && !*texts[i].target)
			return -ENOMEM;
	}
	for (size_t i = 0; r == 0 && i < contact->n_values; i++)
		r = export_add_value(e, contact, &contact->values[i]);
	return r;
}

enum record_occasion_kind export_occasion_kind(
	const struct occasion *occasion, const char **ret_name)
{
	static const struct {
		const char *kind, *name;
		enum record_occasion_kind record;
	} kinds[] = {
		{ OCCASION_BIRTHDAY, NULL, RECORD_BIRTHDAY },
		{ OCCASION_ANNIVERSARY, NULL, RECORD_ANNIVERSARY },
		{ OCCASION_NAME_DAY, N_("name day"), RECORD_NAMED },
		{ OCCASION_MET, N_("day we met"), RECORD_NAMED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_equal(kinds[i].kind, occasion->kind)) {
			*ret_name = kinds[i].name ? _(kinds[i].name) : NULL;
			return kinds[i].record;
		}
	*ret_name = occasion->name ? occasion->name : occasion->kind;
	return RECORD_NAMED;
}

static int export_add_occasions(struct exporter *e, int64_t contact)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	int r = occasions_of(e->store, contact, &occasions, e->reterr);

	for (size_t i = 0; r == 0 && i < occasions.n; i++) {
		const struct occasion *o = &occasions.all[i];
		const char *name;
		enum record_occasion_kind kind = export_occasion_kind(o, &name);

		r = record_add_occasion(&e->record, kind, name, &o->date);
	}
	return r;
}

static int export_add_uid(struct exporter *e, int64_t contact)
{
	_cleanup_free_ char *uid = NULL;
	char own[UID_SIZE];
	const char *text;
	int r = keys_uid(e->store, contact, &uid, e->reterr);

	if (r < 0)
		return r;
	text = uid ? uid : uid_of_contact(e->store, contact, own);
	e->record.uid = record_copy(&e->record, text, strlen(text));
	return e->record.uid ? 0 : -ENOMEM;
}

int export_load(struct exporter *e, int64_t contact)
{
	_cleanup_contact_ struct contact loaded = { 0 };
	int r = contacts_load(e->store, e->book, contact, &loaded, e->reterr);

	record_clear(&e->record);
	if (r == 0)
		r = export_add_uid(e, contact);
	if (r == 0)
		r = export_add_fields(e, &loaded);
	if (r == 0)
		r = export_add_occasions(e, contact);
	return r == -ENOMEM ? err_oom(e->reterr) : r;
}

int export_load_name(struct exporter *e, int64_t contact)
{
	_cleanup_free_ char *name = NULL;
	int r = contacts_name(e->store, contact, &name, e->reterr);

	record_clear(&e->record);
	if (r == 0)
		r = export_add_uid(e, contact);
	if (r < 0)
		return r == -ENOMEM ? err_oom(e->reterr) : r;
	e->record.name = record_copy(&e->record, name, strlen(name));
	return e->record.name ? 0 : err_oom(e->reterr);
}
