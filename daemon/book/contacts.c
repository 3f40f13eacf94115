/* SPDX-License-Identifier: MIT */
/*
 * contacts: the people of a book.
 */
#include "book/contacts.h"

#include "book/aliases.h"
#include "book/keeping.h"
#include "book/keys.h"
#include "book/outbox.h"
#include "book/search.h"
#include "book/sources.h"
#include "book/undo.h"
#include "core/utf8.h"

#include <errno.h>
#include <string.h>

static const char *const contact_kind_names[CONTACT_KIND_COUNT] = {
	[CONTACT_EMAIL] = "email",
	[CONTACT_PHONE] = "phone",
	[CONTACT_LINK] = "link",
	[CONTACT_TAG] = "tag",
	[CONTACT_OFFERS] = "offers",
	[CONTACT_SEEKS] = "seeks",
	[CONTACT_EXTRA] = "extra",
};

/* One statement a field: a column's name cannot be bound. */
static const struct {
	const char *name, *update;
} contact_fields[CONTACT_FIELD_COUNT] = {
	[CONTACT_NAME] = { "name", "UPDATE contact SET name=?2, folded=?3 WHERE id=?1" },
	[CONTACT_ORG] = { "org", "UPDATE contact SET org=?2 WHERE id=?1" },
	[CONTACT_TITLE] = { "title", "UPDATE contact SET title=?2 WHERE id=?1" },
	[CONTACT_CITY] = { "city", "UPDATE contact SET city=?2 WHERE id=?1" },
	[CONTACT_LANGUAGE] = { "language", "UPDATE contact SET language=?2 WHERE id=?1" },
	[CONTACT_SALUTATION] = { "salutation", "UPDATE contact SET salutation=?2 WHERE id=?1" },
	[CONTACT_NOTE] = { "note", "UPDATE contact SET note=?2 WHERE id=?1" },
	[CONTACT_EVERY] = { "every", "UPDATE contact SET every=?2 WHERE id=?1" },
	[CONTACT_MET_PLACE] = { "met_place", "UPDATE contact SET met_place=?2 WHERE id=?1" },
	[CONTACT_BUSY_INBOX] = { "busy_inbox", "UPDATE contact SET busy_inbox=?2 WHERE id=?1" },
};

void contact_done(struct contact *contact)
{
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		free(contact->field[i]);
	for (size_t i = 0; i < contact->n_values; i++) {
		free(contact->values[i].text);
		free(contact->values[i].label);
		free(contact->values[i].source);
	}
	free(contact->values);
	free(contact->touch_kind);
	free(contact->touch_note);
	*contact = (struct contact){ 0 };
}

const char *contact_kind_name(enum contact_kind kind)
{
	return contact_kind_names[kind];
}

const char *contact_field_name(enum contact_field field)
{
	return contact_fields[field].name;
}

const char *contact_first(const struct contact *contact, enum contact_kind kind)
{
	for (size_t i = 0; i < contact->n_values; i++)
		if (contact->values[i].kind == kind)
			return contact->values[i].text;
	return NULL;
}

static int contacts_fail_unknown(int64_t id, struct err *reterr)
{
	return err_set(reterr, -ENOENT, "there is no contact #%lld", (long long)id);
}

static int contacts_load_row(
	struct store *store, int64_t book, int64_t id, struct contact *contact, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT name, org, title, city, language, salutation, note, every, met_place, busy_inbox,"
		" met_day"
		" FROM contact WHERE id=? AND book=?",
		"ii", id, book);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r == 0)
		return contacts_fail_unknown(id, reterr);
	for (int i = 0; r >= 0 && i < CONTACT_FIELD_COUNT; i++)
		r = store_copy(&rows, i, &contact->field[i], reterr);
	if (r < 0)
		return r;
	contact->id = id;
	contact->has_met = !store_is_null(&rows, CONTACT_FIELD_COUNT);
	contact->met_day = store_day(&rows, CONTACT_FIELD_COUNT);
	return 0;
}

static enum contact_kind contact_kind_of(const char *name)
{
	size_t kind = 0;

	while (kind + 1 < CONTACT_KIND_COUNT && !str_equal(contact_kind_names[kind], name))
		kind++;
	return (enum contact_kind)kind;
}

static int contacts_load_values(struct store *store, struct contact *contact, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT kind, text, label, source FROM contact_value WHERE contact=? ORDER BY kind, place",
		"i", contact->id);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct contact_value *v = reallocarray(
			contact->values, contact->n_values + 1, sizeof(*v));

		if (!v)
			return err_oom(reterr);
		contact->values = v;
		v += contact->n_values++;
		*v = (struct contact_value){ .kind = contact_kind_of(store_text(&rows, 0)) };
		r = store_copy(&rows, 1, &v->text, reterr);
		if (r == 0)
			r = store_copy(&rows, 2, &v->label, reterr);
		if (r == 0)
			r = store_copy(&rows, 3, &v->source, reterr);
	}
	return r;
}

static int contacts_load_touch(struct store *store, struct contact *contact, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r;

	r = store_query(&rows, store, reterr,
		"SELECT day, note, kind FROM touch WHERE contact=? ORDER BY day DESC, id DESC LIMIT 1",
		"i", contact->id);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	contact->has_touch = true;
	contact->touch_day = store_day(&rows, 0);
	r = store_copy(&rows, 1, &contact->touch_note, reterr);
	return r < 0 ? r : store_copy(&rows, 2, &contact->touch_kind, reterr);
}

int contacts_load(
	struct store *store, int64_t book, int64_t id, struct contact *ret, struct err *reterr)
{
	_cleanup_contact_ struct contact contact = { 0 };
	int r;

	r = contacts_load_row(store, book, id, &contact, reterr);
	if (r == 0)
		r = contacts_load_values(store, &contact, reterr);
	if (r == 0)
		r = contacts_load_touch(store, &contact, reterr);
	if (r < 0)
		return r;
	*ret = contact;
	contact = (struct contact){ 0 };
	return 0;
}

int contacts_check(struct store *store, int64_t book, int64_t id, struct err *reterr)
{
	int64_t found;
	int r = store_ask(store, &found, reterr, "SELECT id FROM contact WHERE id=? AND book=?",
		"ii", id, book);

	if (r < 0)
		return r;
	return r == 1 ? 0 : contacts_fail_unknown(id, reterr);
}

int contacts_name(struct store *store, int64_t id, char **ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr, "SELECT name FROM contact WHERE id=?", "i", id);

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r == 0)
		return contacts_fail_unknown(id, reterr);
	return r < 0 ? r : store_copy(&rows, 0, ret, reterr);
}

static int contacts_check_text(const char *what, const char *text, struct err *reterr)
{
	size_t n = strlen(text);

	if (n > CONTACT_TEXT_MAX)
		return err_set(
			reterr, -EINVAL, "%s is longer than %d bytes", what, CONTACT_TEXT_MAX);
	if (!utf8_valid(text, n))
		return err_set(reterr, -EINVAL, "%s is not valid UTF-8", what);
	return 0;
}

static int contacts_check_name(const char *name, struct err *reterr)
{
	if (str_empty(name))
		return err_set(reterr, -EINVAL, "a contact needs a name");
	return contacts_check_text("name", name, reterr);
}

static int contacts_fold(const char *text, struct str *ret, struct err *reterr)
{
	utf8_add_folded(ret, text);
	return str_check(ret, reterr);
}

int contacts_add(struct store *store, int64_t book, const char *name, const char *source,
	int32_t today, int64_t *ret_id, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	int r;

	r = contacts_check_name(name, reterr);
	if (r == 0)
		r = contacts_fold(name, &folded, reterr);
	if (r == 0)
		r = store_run(store, reterr,
			"INSERT INTO contact (book, name, folded, source, entered_day) VALUES (?, ?, ?, ?, ?)",
			"ittti", book, name, str_text(&folded), source, (int64_t)today);
	if (r == 0)
		*ret_id = store_last_id(store);
	return r;
}

/* Whoever entered the contact gave its name; who set the other fields stands in field_source. */
int contacts_is_by_hand(
	struct store *store, int64_t id, enum contact_field field, struct err *reterr)
{
	int64_t by_hand = 0;
	int r = store_ask(store, &by_hand, reterr,
		"SELECT COALESCE((SELECT source FROM field_source WHERE contact=?1 AND field=?2),"
		" CASE ?2 WHEN 'name' THEN source END, '')=?3 FROM contact WHERE id=?1",
		"itt", id, contact_fields[field].name, CONTACT_HAND);

	return r < 0 ? r : by_hand != 0;
}

/* Whether `source` may set the field: a person always may; an import not what a person has set. */
static int contacts_may_set(struct store *store, int64_t id, enum contact_field field,
	const char *source, struct err *reterr)
{
	int r = str_equal(source, CONTACT_HAND) ? 0 : contacts_is_by_hand(store, id, field, reterr);

	return r < 0 ? r : !r;
}

int contacts_set(struct store *store, int64_t id, enum contact_field field, const char *text,
	const char *source, int32_t today, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	int r;

	r = contacts_may_set(store, id, field, source, reterr);
	if (r <= 0)
		return r < 0 ? r : CONTACT_KEPT;
	if (field == CONTACT_NAME) {
		r = contacts_check_name(text, reterr);
		if (r == 0)
			r = contacts_fold(text, &folded, reterr);
		if (r == 0)
			r = store_run(store, reterr, contact_fields[field].update, "itt", id, text,
				str_text(&folded));
	} else {
		r = text ? contacts_check_text(contact_fields[field].name, text, reterr) : 0;
		if (r == 0)
			r = store_run(store, reterr, contact_fields[field].update, "it", id,
				str_empty(text) ? NULL : text);
	}
	if (r == 0 && field == CONTACT_EVERY)
		r = keeping_refresh(store, id, reterr);
	/* What comes with the contact is noted there. What others have said was of the text that stood there. */
	if (r == 0)
		r = sources_drop_also(store, id, contact_fields[field].name, NULL, reterr);
	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO field_source SELECT ?1, ?2, ?3, ?4 FROM contact WHERE id=?1"
		" AND NOT (source=?3 AND (CASE ?3 WHEN '" CONTACT_HAND "' THEN ?2='name'"
		" ELSE entered_day=?4 END)"
		" AND NOT EXISTS (SELECT 1 FROM field_source WHERE contact=?1 AND field=?2))"
		" ON CONFLICT DO UPDATE SET source=?3, set_day=?4",
		"itti", id, contact_fields[field].name, source, (int64_t)today);
}

int contacts_set_met(struct store *store, int64_t id, int32_t day, struct err *reterr)
{
	int r = store_run(
		store, reterr, "UPDATE contact SET met_day=?2 WHERE id=?1", "ii", id, (int64_t)day);

	return r < 0 ? r : keeping_refresh(store, id, reterr);
}

int contacts_clear_met(struct store *store, int64_t id, struct err *reterr)
{
	int r = store_run(store, reterr, "UPDATE contact SET met_day=NULL WHERE id=?", "i", id);

	return r < 0 ? r : keeping_refresh(store, id, reterr);
}

/* What was taken away by hand comes back by hand; what is there is a person's own from now on. */
static int contacts_take_over(struct store *store, int64_t id, enum contact_kind kind,
	const char *folded, int32_t today, struct err *reterr)
{
	int r = store_run(store, reterr,
		"DELETE FROM field_source WHERE contact=? AND field=? || ':' || ?", "itt", id,
		contact_kind_names[kind], folded);

	if (r == 0)
		r = store_run(store, reterr,
			"UPDATE contact_value SET source='" CONTACT_HAND "', entered_day=?4"
			" WHERE contact=?1 AND kind=?2 AND folded=?3 AND source<>'" CONTACT_HAND
			"'",
			"itti", id, contact_kind_names[kind], folded, (int64_t)today);
	if (r < 0 || !store_changes(store))
		return r;
	return store_run(store, reterr,
		"DELETE FROM also_source WHERE contact=? AND what=? || ':' || ?", "itt", id,
		contact_kind_names[kind], folded);
}

int contacts_add_value(struct store *store, int64_t id, enum contact_kind kind, const char *text,
	const char *label, const char *source, int32_t today, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	int r;

	if (str_empty(text))
		return err_set(reterr, -EINVAL, "an empty %s was given", contact_kind_names[kind]);
	r = contacts_check_text(contact_kind_names[kind], text, reterr);
	if (r == 0)
		r = contacts_fold(text, &folded, reterr);
	if (r == 0 && str_equal(source, CONTACT_HAND))
		r = contacts_take_over(store, id, kind, str_text(&folded), today, reterr);
	if (r == 0)
		r = store_run(store, reterr,
			"INSERT INTO contact_value SELECT ?1, ?2,"
			" (SELECT COALESCE(max(place), 0) + 1 FROM contact_value WHERE contact=?1 AND kind=?2),"
			" ?3, ?4, ?5, ?6, ?7"
			" WHERE NOT EXISTS (SELECT 1 FROM contact_value WHERE contact=?1 AND kind=?2 AND folded=?5)"
			" AND NOT EXISTS (SELECT 1 FROM field_source WHERE contact=?1 AND field=?2 || ':' || ?5)",
			"ittttti", id, contact_kind_names[kind], text, label, str_text(&folded),
			source, (int64_t)today);
	if (r < 0 || !store_changes(store))
		return r < 0 ? r : CONTACT_KEPT;
	/* A tag may carry a cadence for its people. */
	return kind == CONTACT_TAG ? keeping_refresh(store, id, reterr) : 0;
}

int contacts_replace_value(struct store *store, int64_t id, enum contact_kind kind, const char *old,
	const char *text, const char *source, int32_t today, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	int r = contacts_check_text(contact_kind_names[kind], text, reterr);

	if (r == 0)
		r = contacts_fold(text, &folded, reterr);
	return r < 0
		? r
		: store_run(store, reterr,
			  "UPDATE contact_value SET text=?4, folded=?5, source=?6, entered_day=?7"
			  " WHERE contact=?1 AND kind=?2 AND text=?3",
			  "ittttti", id, contact_kind_names[kind], old, text, str_text(&folded),
			  source, (int64_t)today);
}

int contacts_set_label(struct store *store, int64_t id, enum contact_kind kind, const char *text,
	const char *label, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE contact_value SET label=?4 WHERE contact=?1 AND kind=?2 AND text=?3",
		"ittt", id, contact_kind_names[kind], text, label);
}

/* The source of what is not there any more is the hand, so that no import brings it back. NULL: all of the kind. */
static int contacts_note_gone(struct store *store, int64_t id, enum contact_kind kind,
	const char *folded, int32_t today, struct err *reterr)
{
	int r = store_run(store, reterr,
		"DELETE FROM also_source WHERE contact=?1 AND what IN (SELECT kind || ':' || folded"
		" FROM contact_value WHERE contact=?1 AND kind=?2 AND folded=COALESCE(?3, folded))",
		"itt", id, contact_kind_names[kind], folded);

	if (r < 0)
		return r;
	return store_run(store, reterr,
		"INSERT INTO field_source SELECT contact, kind || ':' || folded, '" CONTACT_HAND
		"', ?4"
		" FROM contact_value WHERE contact=?1 AND kind=?2 AND folded=COALESCE(?3, folded)"
		" ON CONFLICT DO NOTHING",
		"itti", id, contact_kind_names[kind], folded, (int64_t)today);
}

int contacts_remove_value(struct store *store, int64_t id, enum contact_kind kind, const char *text,
	int32_t today, struct err *reterr)
{
	_cleanup_str_ struct str folded = STR_INIT;
	int r = contacts_fold(text, &folded, reterr);

	if (r == 0)
		r = contacts_note_gone(store, id, kind, str_text(&folded), today, reterr);
	if (r == 0)
		r = store_run(store, reterr,
			"DELETE FROM contact_value WHERE contact=? AND kind=? AND folded=?", "itt",
			id, contact_kind_names[kind], str_text(&folded));
	if (r < 0 || !store_changes(store))
		return r < 0 ? r : CONTACT_KEPT;
	return kind == CONTACT_TAG ? keeping_refresh(store, id, reterr) : 0;
}

int contacts_clear_values(
	struct store *store, int64_t id, enum contact_kind kind, int32_t today, struct err *reterr)
{
	int r = contacts_note_gone(store, id, kind, NULL, today, reterr);

	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM contact_value WHERE contact=? AND kind=?",
			"it", id, contact_kind_names[kind]);

	if (r < 0 || !store_changes(store))
		return r < 0 ? r : CONTACT_KEPT;
	return kind == CONTACT_TAG ? keeping_refresh(store, id, reterr) : 0;
}

/* Changes of the contact, and of those who were merged into it. */
static int contacts_forget_changes(
	struct store *store, int64_t book, int64_t id, struct err *reterr)
{
	_cleanup_aliases_ struct aliases aliases = { 0 };
	int r = aliases_of(store, id, &aliases, reterr);

	if (r == 0)
		r = undo_forget(store, book, id, reterr);
	for (size_t i = 0; r == 0 && i < aliases.n; i++)
		r = undo_forget(store, book, aliases.all[i].id, reterr);
	return r;
}

int contacts_remove(struct store *store, int64_t book, int64_t id, struct err *reterr)
{
	/* Rows that hang on the contact by a foreign key go with it. What was told of its occasions stays:
	 * their numbers are no other's, and tell nothing. */
	static const char *const statements[] = {
		("DELETE FROM occurrence WHERE (book, number) IN"
		 " (SELECT book, number FROM occasion WHERE contact=?)"),
		"UPDATE reply SET note=NULL, contact=NULL WHERE contact=?",
		"DELETE FROM outreach WHERE contact=?",
		"DELETE FROM search WHERE rowid=?",
		"DELETE FROM contact WHERE id=?",
	};
	int r;

	r = store_empty_journal(store, reterr);
	if (r == 0)
		r = keys_forget(store, book, id, reterr);
	if (r == 0)
		r = contacts_forget_changes(store, book, id, reterr);
	if (r == 0)
		r = outbox_erase_contact(store, id, reterr);
	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(statements); i++)
		r = store_run(store, reterr, statements[i], "i", id);
	/* An import that works on a copy begins anew. */
	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM meanwhile", "");
	/* FTS5 keeps the words of deleted rows until its segments are merged. */
	if (r == 0)
		r = store_run(store, reterr, "INSERT INTO search (search) VALUES ('optimize')", "");
	return r;
}
