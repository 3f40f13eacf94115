/* SPDX-License-Identifier: MIT */
/*
 * export-record: a contact of the book as a record, which any writer takes.
 */
#include "exchange/export-part.h"

#include "base/lang.h"
#include "book/contacts.h"
#include "book/keys.h"
#include "book/occasions.h"
#include "exchange/match.h"
#include "exchange/uid.h"
#include "format/contentline.h"
#include "format/line_writer.h"
#include "format/value.h"

#include <errno.h>
#include <string.h>

/* What no address book has a field for is a property of our own. */
static const struct {
	enum contact_field field;
	const char *property;
} export_fields[] = {
	{ CONTACT_LANGUAGE, "X-NUDGE-LANGUAGE" },
	{ CONTACT_SALUTATION, "X-NUDGE-SALUTATION" },
	{ CONTACT_EVERY, "X-NUDGE-EVERY" },
	{ CONTACT_MET_PLACE, "X-NUDGE-MET-PLACE" },
	{ CONTACT_BUSY_INBOX, "X-NUDGE-BUSY-INBOX" },
};

static const struct {
	enum record_kind kind;
	const char *property; /* of RECORD_EXTRA */
} export_kinds[CONTACT_KIND_COUNT] = {
	[CONTACT_EMAIL] = { RECORD_EMAIL, NULL },
	[CONTACT_PHONE] = { RECORD_PHONE, NULL },
	[CONTACT_LINK] = { RECORD_LINK, NULL },
	[CONTACT_TAG] = { RECORD_TAG, NULL },
	[CONTACT_EXTRA] = { RECORD_EXTRA, NULL },
	[CONTACT_OFFERS] = { RECORD_EXTRA, "X-NUDGE-OFFERS" },
	[CONTACT_SEEKS] = { RECORD_EXTRA, "X-NUDGE-SEEKS" },
};

static bool export_is_property(const char *text, const char *name)
{
	size_t n = strlen(name);

	return strncasecmp(text, name, n) == 0 && (text[n] == ':' || text[n] == ';');
}

static int export_add_property(struct record *record, const char *property, const char *text)
{
	_cleanup_str_ struct str line = STR_INIT;

	str_addf(&line, "%s:", property);
	line_add_text(&line, text);
	return line.failed ? -ENOMEM
			   : record_add_value(record, RECORD_EXTRA, NULL, str_text(&line));
}

/* Whether the preserved line came of an earlier export, and the book knows better now. */
static bool export_is_outdated(const struct contact *contact, const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(export_fields); i++)
		if (contact->field[export_fields[i].field] &&
			export_is_property(text, export_fields[i].property))
			return true;
	for (size_t i = 0; i < CONTACT_KIND_COUNT; i++)
		if (export_kinds[i].property && contact_first(contact, (enum contact_kind)i) &&
			export_is_property(text, export_kinds[i].property))
			return true;
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

	if (export_kinds[v->kind].property)
		return export_add_property(&e->record, export_kinds[v->kind].property, v->text);
	if (v->kind == CONTACT_EXTRA && export_is_outdated(contact, v->text))
		return 0;
	if (v->kind == CONTACT_EXTRA)
		r = export_is_former_name(e, contact, v->text, &former);
	if (r < 0 || former)
		return r;
	return record_add_value(&e->record, export_kinds[v->kind].kind, v->label, v->text);
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
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(export_fields); i++)
		if (contact->field[export_fields[i].field])
			r = export_add_property(record, export_fields[i].property,
				contact->field[export_fields[i].field]);
	return r;
}

static int export_add_occasions(struct exporter *e, int64_t contact)
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
	_cleanup_occasions_ struct occasions occasions = { 0 };
	int r = occasions_of(e->store, contact, &occasions, e->reterr);

	for (size_t i = 0; r == 0 && i < occasions.n; i++) {
		const struct occasion *o = &occasions.all[i];
		enum record_occasion_kind kind = RECORD_NAMED;
		const char *name = o->name ? o->name : o->kind;

		for (size_t k = 0; k < ARRAY_SIZE(kinds); k++)
			if (str_equal(kinds[k].kind, o->kind)) {
				kind = kinds[k].record;
				name = kinds[k].name ? _(kinds[k].name) : NULL;
			}
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
