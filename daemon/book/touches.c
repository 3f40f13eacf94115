/* SPDX-License-Identifier: MIT */
/*
 * touches: every contact one had with a person.
 */
#include "book/touches.h"

#include "book/contacts.h"
#include "book/keeping.h"

void touches_done(struct touches *touches)
{
	for (size_t i = 0; i < touches->n; i++) {
		free(touches->all[i].kind);
		free(touches->all[i].note);
		free(touches->all[i].other);
	}
	free(touches->all);
	*touches = (struct touches){ 0 };
}

static int touches_insert(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, int64_t other, const char *source, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO touch (contact, day, kind, note, other, source)"
		" VALUES (?, ?, ?, ?, nullif(?, 0), ?)",
		"iittit", contact, (int64_t)day, kind, note, other, source);

	return r < 0 ? r : keeping_refresh(store, contact, reterr);
}

int touches_add_with(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, int64_t other, struct err *reterr)
{
	return touches_insert(store, contact, day, kind, note, other, CONTACT_HAND, reterr);
}

int touches_add_from(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, const char *source, struct err *reterr)
{
	return touches_insert(store, contact, day, kind, note, 0, source, reterr);
}

int touches_add(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, struct err *reterr)
{
	return touches_add_with(store, contact, day, kind, note, 0, reterr);
}

int touches_add_note(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE touch SET note=COALESCE(note || '; ', '') || ?4 WHERE id="
		"(SELECT max(id) FROM touch WHERE contact=?1 AND day=?2 AND kind=?3)",
		"iitt", contact, (int64_t)day, kind, note);

	if (r < 0 || store_changes(store))
		return r;
	return touches_add(store, contact, day, kind, note, reterr);
}

int touches_move(struct store *store, int64_t contact, int32_t day, const char *kind,
	int32_t to_day, struct err *reterr)
{
	int r = store_run(store, reterr,
		"UPDATE touch SET day=?4 WHERE id="
		"(SELECT max(id) FROM touch WHERE contact=?1 AND day=?2 AND kind=?3)",
		"iiti", contact, (int64_t)day, kind, (int64_t)to_day);

	return r < 0 ? r : keeping_refresh(store, contact, reterr);
}

int touches_of(struct store *store, int64_t contact, struct touches *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT t.day, t.kind, t.note, c.name FROM touch t LEFT JOIN contact c ON c.id=t.other"
		" WHERE t.contact=? ORDER BY t.day DESC, t.id DESC",
		"i", contact);

	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		struct touch *t = reallocarray(ret->all, ret->n + 1, sizeof(*t));

		if (!t)
			return err_oom(reterr);
		ret->all = t;
		t += ret->n++;
		*t = (struct touch){ .day = store_day(&rows, 0) };
		r = store_copy(&rows, 1, &t->kind, reterr);
		if (r == 0)
			r = store_copy(&rows, 2, &t->note, reterr);
		if (r == 0)
			r = store_copy(&rows, 3, &t->other, reterr);
	}
	return r;
}

int touches_last(struct store *store, int64_t contact, int32_t *ret_day, struct err *reterr)
{
	int64_t day = 0;
	int r = store_ask(
		store, &day, reterr, "SELECT max(day) FROM touch WHERE contact=?", "i", contact);

	*ret_day = (int32_t)day;
	return r;
}

int touches_has(struct store *store, int64_t contact, int32_t day, const char *kind,
	const char *note, struct err *reterr)
{
	int64_t found = 0;

	return store_ask(store, &found, reterr,
		"SELECT 1 FROM touch WHERE contact=? AND day=? AND kind=? AND note IS ?", "iitt",
		contact, (int64_t)day, kind, note);
}
