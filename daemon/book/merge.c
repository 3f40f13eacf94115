/* SPDX-License-Identifier: MIT */
/*
 * merge: two contacts become one, with everything that hung on either.
 */
#include "book/merge-internal.h"

#include "book/aliases.h"
#include "book/contacts.h"
#include "book/forums.h"
#include "book/keeping.h"
#include "book/sources.h"
#include "core/likeness.h"
#include "core/utf8.h"

#include <errno.h>
#include <string.h>

void merge_report_done(struct merge_report *report)
{
	for (size_t i = 0; i < report->n; i++) {
		free(report->all[i].what);
		free(report->all[i].text);
		free(report->all[i].kept);
	}
	free(report->all);
	*report = (struct merge_report){ 0 };
}

/* All texts are copied. */
static int merge_add_line(
	struct merge *merge, const char *what, int64_t count, const char *text, const char *kept)
{
	struct merge_report *report = merge->report;
	struct merge_line *line = reallocarray(report->all, report->n + 1, sizeof(*line));

	if (!line)
		return err_oom(merge->reterr);
	report->all = line;
	line += report->n++;
	*line = (struct merge_line){ str_dup(what), count, str_dup(text), str_dup(kept) };
	if (!line->what || (text && !line->text) || (kept && !line->kept))
		return err_oom(merge->reterr);
	return 0;
}

int merge_tell(struct merge *merge, const char *what, const char *text, const char *kept)
{
	return merge_add_line(merge, what, 0, text, kept);
}

/* What hangs on a contact and goes over to another: a row for each column that refers to contacts. ?1 stays,
 * ?2 goes. What cannot be twice stays behind, and goes with the contact. Without a statement: the file
 * has a function for it. */
#define MERGE_ROW(table, column)                                                                   \
#table, #column, "UPDATE OR IGNORE " #table " SET " #column "=?1 WHERE " #column "=?2"

static const struct {
	const char *table, *column, *sql;
	const char *one, *many; /* NULL: not worth a word */
} merge_rows[] = {
	{ "contact_value", "contact", NULL, NULL, NULL },
	/* What was taken away from the one that goes. */
	{ "field_source", "contact",
		"INSERT OR IGNORE INTO field_source SELECT ?1, field, source, set_day FROM field_source"
		" WHERE contact=?2 AND instr(field, ':')",
		NULL, NULL },
	/* Who else says it: of texts only where they go over too. */
	{ "also_source", "contact",
		"UPDATE OR IGNORE also_source SET contact=?1"
		" WHERE contact=?2 AND (instr(what, ':') OR what GLOB 'b[0-9]*')",
		NULL, NULL },
	{ "occasion", "contact", NULL, NULL, NULL },
	{ "keeping", "contact", NULL, NULL, NULL },
	{ "alias", "contact", NULL, NULL, NULL },
	/* The first source of the one that stays goes on to own it: two would take turns. */
	{ "contact_key", "contact",
		"UPDATE contact_key SET contact=?1, merged=1, owns=owns AND NOT EXISTS"
		" (SELECT 1 FROM contact_key k WHERE k.contact=?1 AND k.owns)"
		" WHERE contact=?2",
		NULL, NULL },
	{ MERGE_ROW(follow_up, contact), "follow-up", "follow-ups" },
	{ MERGE_ROW(touch, contact), "noted contact", "noted contacts" },
	/* Who is one was not introduced to themself. */
	{ "touch", "other",
		"UPDATE touch SET other=nullif(?1, contact)"
		" WHERE other=?2 OR (other=?1 AND contact=?1)",
		NULL, NULL },
	{ MERGE_ROW(coffee, contact), "coffee", "coffees" },
	{ MERGE_ROW(ledger, contact), "entry of the ledger", "entries of the ledger" },
	{ MERGE_ROW(thanks, contact), "thank-you", "thank-yous" },
	{ MERGE_ROW(reply, contact), "answer in a forum", "answers in forums" },
	{ MERGE_ROW(mention, contact), NULL, NULL },
	{ MERGE_ROW(outreach, contact), "request", "requests" },
	{ MERGE_ROW(wanting, contact), NULL, NULL },
	/* Nobody is introduced to themself: that one goes. */
	{ "suggestion", "seeker",
		"UPDATE suggestion SET seeker=?1 WHERE seeker=?2 AND offerer IS NOT ?1",
		"introduction or help", "introductions and helps" },
	{ "suggestion", "offerer",
		"UPDATE suggestion SET offerer=?1 WHERE offerer=?2 AND seeker<>?1", "introduction",
		"introductions" },
	{ MERGE_ROW(handle_alias, contact), NULL, NULL },
	{ "differ", "one",
		"UPDATE OR IGNORE differ SET one=min(?1, other), other=max(?1, other)"
		" WHERE one=?2 AND other<>?1",
		NULL, NULL },
	{ "differ", "other",
		"UPDATE OR IGNORE differ SET one=min(?1, one), other=max(?1, one)"
		" WHERE other=?2 AND one<>?1",
		NULL, NULL },
};

bool merge_knows(const char *table, const char *column)
{
	for (size_t i = 0; i < ARRAY_SIZE(merge_rows); i++)
		if (str_equal(merge_rows[i].table, table) &&
			str_equal(merge_rows[i].column, column))
			return true;
	return false;
}

static int merge_all_rows(struct merge *merge)
{
	for (size_t i = 0; i < ARRAY_SIZE(merge_rows); i++) {
		int64_t n;
		int r;

		if (!merge_rows[i].sql)
			continue;
		r = store_run(merge->store, merge->reterr, merge_rows[i].sql, "ii", merge->stays,
			merge->goes);
		if (r < 0)
			return r;
		n = store_changes(merge->store);
		if (!n || !merge_rows[i].one)
			continue;
		r = merge_add_line(
			merge, n == 1 ? merge_rows[i].one : merge_rows[i].many, n, NULL, NULL);
		if (r < 0)
			return r;
	}
	return 0;
}

static int merge_via(struct merge *merge)
{
	_cleanup_forums_ struct forums stays = { 0 }, goes = { 0 };
	int r = forums_via(merge->store, merge->book, merge->stays, &stays, merge->reterr);

	if (r >= 0)
		r = forums_via(merge->store, merge->book, merge->goes, &goes, merge->reterr);
	if (r <= 0 || (stays.n && stays.all[0].number == goes.all[0].number))
		return r < 0 ? r : 0;
	if (!stays.n)
		r = store_run(merge->store, merge->reterr,
			"INSERT OR REPLACE INTO field_source SELECT ?1, field, source, set_day"
			" FROM field_source WHERE contact=?2 AND field='via'",
			"ii", merge->stays, merge->goes);
	return r < 0
		? r
		: merge_tell(merge, "via", goes.all[0].name, stays.n ? stays.all[0].name : NULL);
}

/* One statement for the columns that are no texts; those of the one that stays win. */
static int merge_columns(struct merge *merge)
{
	return store_run(merge->store, merge->reterr,
		"UPDATE contact SET met_day=COALESCE(contact.met_day, g.met_day),"
		" via=COALESCE(contact.via, g.via),"
		" touch_from=max(COALESCE(contact.touch_from, g.touch_from),"
		" COALESCE(g.touch_from, contact.touch_from))"
		" FROM (SELECT * FROM contact WHERE id=?2) AS g WHERE contact.id=?1",
		"ii", merge->stays, merge->goes);
}

static int merge_is_equal_folded(const char *a, const char *b, struct err *reterr)
{
	_cleanup_str_ struct str x = STR_INIT, y = STR_INIT;

	utf8_add_folded(&x, a);
	utf8_add_folded(&y, b);
	if (x.failed || y.failed)
		return err_oom(reterr);
	return str_equal(str_text(&x), str_text(&y));
}

/* As contacts_set(), with the source and day that the text had. */
static int merge_take_field(struct merge *merge, enum contact_field field, const char *text)
{
	int r = contacts_set(
		merge->store, merge->stays, field, text, CONTACT_HAND, merge->today, merge->reterr);

	if (r == 0)
		r = store_run(merge->store, merge->reterr,
			"UPDATE also_source SET contact=?1 WHERE contact=?2 AND what=?3", "iit",
			merge->stays, merge->goes, contact_field_name(field));
	if (r < 0)
		return r;
	return store_run(merge->store, merge->reterr,
		"INSERT INTO field_source SELECT ?1, ?3, COALESCE(f.source, c.source),"
		" COALESCE(f.set_day, c.entered_day)"
		" FROM contact c LEFT JOIN field_source f ON f.contact=c.id AND f.field=?3 WHERE c.id=?2"
		" ON CONFLICT DO UPDATE SET source=excluded.source, set_day=excluded.set_day",
		"iit", merge->stays, merge->goes, contact_field_name(field));
}

/* Both say the same: what the one's source says no more, the other's still does. */
static int merge_share_field(struct merge *merge, enum contact_field field)
{
	return store_run(merge->store, merge->reterr,
		"INSERT OR IGNORE INTO also_source SELECT ?1, ?3, s.source FROM"
		" (SELECT COALESCE(f.source, c.source) AS source FROM contact c"
		" LEFT JOIN field_source f ON f.contact=c.id AND f.field=?3 WHERE c.id=?2"
		" UNION SELECT source FROM also_source WHERE contact=?2 AND what=?3) AS s"
		" JOIN contact k ON k.id=?1 LEFT JOIN field_source o ON o.contact=?1 AND o.field=?3"
		" WHERE s.source<>'" CONTACT_HAND
		"' AND COALESCE(o.source, k.source) NOT IN (s.source, '" CONTACT_HAND "')",
		"iit", merge->stays, merge->goes, contact_field_name(field));
}

/* A person joined them: an import that knows but one of the two leaves them as they are. */
static int merge_notes(struct merge *merge, const char *stays, const char *goes)
{
	_cleanup_str_ struct str note = STR_INIT;
	int r;

	if (strstr(stays, goes))
		return 0;
	if (!strstr(goes, stays))
		str_addf(&note, "%s\n\n", stays);
	str_add(&note, goes);
	r = str_check(&note, merge->reterr);
	if (r == 0)
		r = contacts_set(merge->store, merge->stays, CONTACT_NOTE, str_text(&note),
			CONTACT_HAND, merge->today, merge->reterr);
	return r < 0 ? r : merge_tell(merge, "note", goes, NULL);
}

static int merge_fields(
	struct merge *merge, const struct contact *stays, const struct contact *goes)
{
	/* What a person calls the field, where that is not as it is kept. */
	static const char *const names[CONTACT_FIELD_COUNT] = {
		[CONTACT_ORG] = "organisation",
		[CONTACT_MET_PLACE] = "place you met",
	};
	int r = 0;

	/* The other's name is kept by its alias. */
	for (size_t i = CONTACT_NAME + 1; r >= 0 && i < CONTACT_FIELD_COUNT; i++) {
		const char *kept = stays->field[i], *text = goes->field[i];
		enum contact_field field = (enum contact_field)i;
		const char *what = names[i] ? names[i] : contact_field_name(field);

		if (!text)
			continue;
		if (!kept) {
			r = merge_take_field(merge, field, text);
			if (r == 0)
				r = merge_tell(merge, what, text, NULL);
		} else if (field == CONTACT_NOTE) {
			r = merge_notes(merge, kept, text);
		} else {
			r = merge_is_equal_folded(kept, text, merge->reterr);
			if (r > 0)
				r = merge_share_field(merge, field);
			else if (r == 0)
				r = merge_tell(merge, what, text, kept);
		}
	}
	return r < 0 ? r : 0;
}

/* 1 where the two are one number, one page, or one text. */
static int merge_is_same_value(
	const struct contact_value *a, const struct contact_value *b, struct err *reterr)
{
	if (a->kind != b->kind)
		return 0;
	if (a->kind == CONTACT_PHONE && likeness_phones_as_written(a->text, b->text))
		return 1;
	if (a->kind == CONTACT_LINK && likeness_links_as_written(a->text, b->text))
		return 1;
	return merge_is_equal_folded(a->text, b->text, reterr);
}

/* What a person typed is theirs; else what the one's source says no more, the other's still does. */
static int merge_share_value(
	struct merge *merge, const struct contact_value *stands, const struct contact_value *v)
{
	_cleanup_str_ struct str what = STR_INIT;
	int r;

	if (str_equal(stands->source, CONTACT_HAND) || str_equal(stands->source, v->source) ||
		str_equal(v->source, CONTACT_IMPORT))
		return 0;
	if (str_equal(stands->source, CONTACT_IMPORT))
		return sources_claim_value(merge->store, merge->stays, stands->kind, stands->text,
			v->source, merge->reterr);
	if (str_equal(v->source, CONTACT_HAND)) {
		r = contacts_add_value(merge->store, merge->stays, stands->kind, stands->text, NULL,
			CONTACT_HAND, merge->today, merge->reterr);
		return r < 0 ? r : 0;
	}
	sources_add_value_name(&what, stands->kind, stands->text);
	r = str_check(&what, merge->reterr);
	return r < 0 ? r
		     : sources_add_also(merge->store, merge->stays, str_text(&what), v->source,
			       merge->reterr);
}

/* It stands there already; of the other's a label may be new, and who says it. */
static int merge_label(
	struct merge *merge, const struct contact_value *stands, const struct contact_value *v)
{
	int r = merge_share_value(merge, stands, v);

	if (r < 0 || stands->label || !v->label)
		return r;
	return store_run(merge->store, merge->reterr,
		"UPDATE contact_value SET label=?4 WHERE contact=?1 AND kind=?2 AND text=?3",
		"ittt", merge->stays, contact_kind_name(v->kind), stands->text, v->label);
}

static int merge_move_value(struct merge *merge, const struct contact_value *v)
{
	static const char *const what[CONTACT_KIND_COUNT] = {
		[CONTACT_EMAIL] = "e-mail",
		[CONTACT_PHONE] = "phone",
		[CONTACT_LINK] = "link",
		[CONTACT_TAG] = "tag",
		[CONTACT_OFFERS] = "offers",
		[CONTACT_SEEKS] = "seeks",
	};
	int r = store_run(merge->store, merge->reterr,
		"UPDATE contact_value SET contact=?1, place=(SELECT COALESCE(max(place), 0) + 1"
		" FROM contact_value v WHERE v.contact=?1 AND v.kind=?3)"
		" WHERE contact=?2 AND kind=?3 AND text=?4",
		"iitt", merge->stays, merge->goes, contact_kind_name(v->kind), v->text);

	return r < 0 || !what[v->kind] ? r : merge_tell(merge, what[v->kind], v->text, NULL);
}

static int merge_values(
	struct merge *merge, const struct contact *stays, const struct contact *goes)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < goes->n_values; i++) {
		const struct contact_value *v = &goes->values[i], *stands = NULL;

		for (size_t k = 0; r >= 0 && k < stays->n_values && !stands; k++) {
			r = merge_is_same_value(&stays->values[k], v, merge->reterr);
			if (r == 1)
				stands = &stays->values[k];
		}
		if (r >= 0)
			r = stands ? merge_label(merge, stands, v) : merge_move_value(merge, v);
	}
	return r < 0 ? r : 0;
}

/* One handle survives, and the other leads to it. */
static int merge_keeping(struct merge *merge)
{
	int64_t stays = 0, goes = 0;
	int r = store_ask(merge->store, &stays, merge->reterr,
		"SELECT number FROM keeping WHERE contact=?", "i", merge->stays);

	if (r >= 0)
		r = store_ask(merge->store, &goes, merge->reterr,
			"SELECT number FROM keeping WHERE contact=?", "i", merge->goes);
	if (r <= 0)
		return r;
	if (!stays)
		return store_run(merge->store, merge->reterr,
			"UPDATE keeping SET contact=?1 WHERE contact=?2", "ii", merge->stays,
			merge->goes);
	r = store_run(merge->store, merge->reterr,
		"UPDATE keeping SET until_day=COALESCE(keeping.until_day, g.until_day)"
		" FROM (SELECT * FROM keeping WHERE contact=?2) AS g WHERE keeping.contact=?1",
		"ii", merge->stays, merge->goes);
	return r < 0 ? r
		     : aliases_add_handle(merge->store, merge->book, 't', goes, stays, merge->stays,
			       merge->reterr);
}

/* What is left of the one that goes is what the other has already. */
static int merge_end(struct merge *merge)
{
	int r = store_run(
		merge->store, merge->reterr, "DELETE FROM search WHERE rowid=?", "i", merge->goes);

	if (r == 0)
		r = store_run(merge->store, merge->reterr, "DELETE FROM contact WHERE id=?", "i",
			merge->goes);
	if (r == 0)
		r = keeping_refresh(merge->store, merge->stays, merge->reterr);
	return r < 0 ? r : search_index(merge->store, merge->stays, merge->reterr);
}

int merge_contacts(struct store *store, int64_t book, int64_t stays, int64_t goes, int32_t today,
	struct merge_report *report, struct err *reterr)
{
	_cleanup_contact_ struct contact one = { 0 }, other = { 0 };
	struct merge merge = { store, book, stays, goes, today, report, reterr };
	int r;

	if (stays == goes)
		return err_set(reterr, -EINVAL, "a contact cannot be merged into itself");
	r = contacts_load(store, book, stays, &one, reterr);
	if (r == 0)
		r = contacts_load(store, book, goes, &other, reterr);
	/* Before keys and addresses go over: the aliases tell who had none. */
	if (r == 0)
		r = aliases_add(store, stays, goes, today, reterr);
	if (r == 0)
		r = merge_values(&merge, &one, &other);
	/* Before `every` goes over, which would ask for a new handle. */
	if (r == 0)
		r = merge_keeping(&merge);
	if (r == 0)
		r = merge_fields(&merge, &one, &other);
	if (r == 0)
		r = merge_via(&merge);
	if (r == 0)
		r = merge_columns(&merge);
	if (r == 0)
		r = merge_all_rows(&merge);
	if (r == 0)
		r = merge_occasions(&merge);
	return r < 0 ? r : merge_end(&merge);
}
