/* SPDX-License-Identifier: MIT */
/*
 * sources: who says what of a contact, and what becomes of it when they say it no more.
 */
#include "book/sources.h"

#include "book/keeping.h"
#include "core/utf8.h"

#include <stdio.h>

void alsos_done(struct alsos *alsos)
{
	for (size_t i = 0; i < alsos->n; i++) {
		free(alsos->all[i].what);
		free(alsos->all[i].source);
	}
	free(alsos->all);
	*alsos = (struct alsos){ 0 };
}

bool alsos_have(const struct alsos *alsos, const char *what, const char *source)
{
	for (size_t i = 0; i < alsos->n; i++)
		if (str_equal(alsos->all[i].what, what) &&
			(!source || str_equal(alsos->all[i].source, source)))
			return true;
	return false;
}

int sources_also(struct store *store, int64_t contact, struct alsos *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT what, source FROM also_source WHERE contact=?", "i", contact);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct also *a = reallocarray(ret->all, ret->n + 1, sizeof(*a));

		if (!a)
			return err_oom(reterr);
		ret->all = a;
		a += ret->n++;
		*a = (struct also){ 0 };
		r = store_copy(&rows, 0, &a->what, reterr);
		if (r == 0)
			r = store_copy(&rows, 1, &a->source, reterr);
	}
	return r;
}

int sources_add_also(struct store *store, int64_t contact, const char *what, const char *source,
	struct err *reterr)
{
	return store_run(store, reterr, "INSERT OR IGNORE INTO also_source VALUES (?, ?, ?)", "itt",
		contact, what, source);
}

int sources_drop_also(struct store *store, int64_t contact, const char *what, const char *source,
	struct err *reterr)
{
	return store_run(store, reterr,
		"DELETE FROM also_source WHERE contact=? AND what=? AND source=COALESCE(?, source)",
		"itt", contact, what, source);
}

void sources_add_value_name(struct str *out, enum contact_kind kind, const char *text)
{
	str_addf(out, "%s:", contact_kind_name(kind));
	utf8_add_folded(out, text);
}

/* A text of which nothing is noted came with the contact. */
int sources_of_fields(
	struct store *store, int64_t contact, char *ret[CONTACT_FIELD_COUNT], struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT field, source FROM field_source WHERE contact=?1"
		" UNION ALL SELECT NULL, source FROM contact WHERE id=?1",
		"i", contact);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1)
		for (size_t i = 0; r >= 0 && i < CONTACT_FIELD_COUNT; i++) {
			const char *field = store_text(&rows, 0);

			if (field ? str_equal(field, contact_field_name((enum contact_field)i))
				  : !ret[i])
				r = store_copy(&rows, 1, &ret[i], reterr);
		}
	return r < 0 ? r : 0;
}

int sources_rename(
	struct store *store, int64_t contact, const char *from, const char *to, struct err *reterr)
{
	static const char *const statements[] = {
		"UPDATE contact_key SET source=?3 WHERE contact=?1 AND source=?2",
		"UPDATE contact SET source=?3 WHERE id=?1 AND source=?2",
		"UPDATE field_source SET source=?3 WHERE contact=?1 AND source=?2",
		"UPDATE contact_value SET source=?3 WHERE contact=?1 AND source=?2",
		"UPDATE occasion SET source=?3 WHERE contact=?1 AND source=?2",
		"UPDATE OR IGNORE also_source SET source=?3 WHERE contact=?1 AND source=?2",
		"DELETE FROM also_source WHERE contact=?1 AND source=?2",
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(statements) - 1; i++)
		r = store_run(store, reterr, statements[i], "itt", contact, from, to);
	return r < 0 ? r
		     : store_run(store, reterr, statements[ARRAY_SIZE(statements) - 1], "it",
			       contact, from);
}

int sources_claim_value(struct store *store, int64_t contact, enum contact_kind kind,
	const char *text, const char *source, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE contact_value SET source=?4 WHERE contact=?1 AND kind=?2 AND text=?3"
		" AND source='" CONTACT_IMPORT "'",
		"ittt", contact, contact_kind_name(kind), text, source);
}

int sources_claim_occasion(
	struct store *store, int64_t book, int64_t number, const char *source, struct err *reterr)
{
	return store_run(store, reterr,
		"UPDATE occasion SET source=?3 WHERE book=?1 AND number=?2 AND source='" CONTACT_IMPORT
		"'",
		"iit", book, number, source);
}

/* The first of the others: 1, and it does not stand beside any more; 0: there is none. */
static int sources_take_heir(struct store *store, int64_t contact, const char *what,
	const char *source, char **ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = sources_drop_also(store, contact, what, source, reterr);

	if (r == 0)
		r = store_query(&rows, store, reterr,
			"SELECT source FROM also_source WHERE contact=? AND what=? ORDER BY source LIMIT 1",
			"it", contact, what);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r;
	r = store_copy(&rows, 0, ret, reterr);
	store_rows_done(&rows);
	if (r == 0)
		r = sources_drop_also(store, contact, what, *ret, reterr);
	return r < 0 ? r : 1;
}

int sources_withdraw_text(struct store *store, int64_t contact, enum contact_field field,
	const char *source, int32_t today, struct err *reterr)
{
	_cleanup_free_ char *heir = NULL;
	const char *name = contact_field_name(field);
	int r = sources_take_heir(store, contact, name, source, &heir, reterr);

	if (r <= 0)
		return r < 0 ? r : contacts_set(store, contact, field, NULL, source, today, reterr);
	r = store_run(store, reterr,
		"INSERT INTO field_source VALUES (?1, ?2, ?3, ?4)"
		" ON CONFLICT DO UPDATE SET source=?3, set_day=?4",
		"itti", contact, name, heir, (int64_t)today);
	return r < 0 ? r : SOURCES_KEPT;
}

int sources_withdraw_value(struct store *store, int64_t contact, enum contact_kind kind,
	const char *text, const char *source, struct err *reterr)
{
	_cleanup_free_ char *heir = NULL;
	_cleanup_str_ struct str what = STR_INIT;
	int r;

	sources_add_value_name(&what, kind, text);
	r = str_check(&what, reterr);
	if (r == 0)
		r = sources_take_heir(store, contact, str_text(&what), source, &heir, reterr);
	if (r < 0)
		return r;
	if (r) {
		r = store_run(store, reterr,
			"UPDATE contact_value SET source=?4 WHERE contact=?1 AND kind=?2 AND text=?3",
			"ittt", contact, contact_kind_name(kind), text, heir);
		return r < 0 ? r : SOURCES_KEPT;
	}
	r = store_run(store, reterr,
		"DELETE FROM contact_value WHERE contact=? AND kind=? AND text=?", "itt", contact,
		contact_kind_name(kind), text);
	return r < 0 || kind != CONTACT_TAG ? r : keeping_refresh(store, contact, reterr);
}

int sources_withdraw_occasion(struct store *store, int64_t book, int64_t contact, int64_t number,
	const char *source, struct err *reterr)
{
	_cleanup_free_ char *heir = NULL;
	char what[24];
	int r;

	(void)snprintf(what, sizeof(what), "b%lld", (long long)number);
	r = sources_take_heir(store, contact, what, source, &heir, reterr);
	if (r < 0)
		return r;
	if (r) {
		r = store_run(store, reterr,
			"UPDATE occasion SET source=?3 WHERE book=?1 AND number=?2", "iit", book,
			number, heir);
		return r < 0 ? r : SOURCES_KEPT;
	}
	/* What was told of it stays: its number is no other's, and tells nothing. */
	r = store_run(store, reterr, "DELETE FROM occurrence WHERE book=? AND number=?", "ii", book,
		number);
	return r < 0 ? r
		     : store_run(store, reterr, "DELETE FROM occasion WHERE book=? AND number=?",
			       "ii", book, number);
}
