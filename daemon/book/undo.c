/* SPDX-License-Identifier: MIT */
/*
 * undo: the last changes of the command, kept as changesets of SQLite's session extension.
 */
#include "book/undo.h"

#include "book/search.h"
#include "book/store-internal.h"
#include "core/str.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

struct undo {
	struct store *store;
	sqlite3_session *session;
};

/* What a person keeps, and who is mentioned where: a merge moves that. The search index is made anew from
 * it; a counter never goes back. */
static int undo_is_kept(void *userdata UNUSED, const char *table)
{
	static const char *const tables[] = {
		"book",
		"offer",
		"contact",
		"field_source",
		"also_source",
		"contact_value",
		"contact_key",
		"occasion",
		"occurrence",
		"follow_up",
		"touch",
		"tag_every",
		"keeping",
		"ledger",
		"thanks",
		"suggestion",
		"coffee",
		"outreach",
		"outreach_answer",
		"forum",
		"reply",
		"alias",
		"handle_alias",
		"differ",
		"mention",
		"hosted",
	};

	for (size_t i = 0; i < ARRAY_SIZE(tables); i++)
		if (str_equal(tables[i], table))
			return 1;
	return 0;
}

static void undo_session_free(sqlite3_session **session)
{
	if (*session)
		sqlite3session_delete(*session);
}

static int undo_watch(struct store *store, sqlite3_session **ret, struct err *reterr)
{
	if (sqlite3session_create(store->db, "main", ret) != SQLITE_OK)
		return store_fail(store, reterr);
	sqlite3session_table_filter(*ret, undo_is_kept, NULL);
	return sqlite3session_attach(*ret, NULL) == SQLITE_OK ? 0 : store_fail(store, reterr);
}

int undo_begin(struct undo **ret, struct store *store, struct err *reterr)
{
	_cleanup_(undo_freep) struct undo *undo = calloc(1, sizeof(*undo));
	int r;

	if (!undo)
		return err_oom(reterr);
	undo->store = store;
	r = undo_watch(store, &undo->session, reterr);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(undo);
	return 0;
}

void undo_free(struct undo *undo)
{
	if (!undo)
		return;
	if (undo->session)
		sqlite3session_delete(undo->session);
	free(undo);
}

/* Without changes: what is not taken back. */
static int undo_store(struct store *store, int64_t book, const char *what, int64_t now,
	const void *changes, size_t size, struct err *reterr)
{
	int r = store_run(store, reterr,
		"INSERT INTO undo (book, changed_at, what, changes) VALUES (?, ?, ?, COALESCE(?, x''))",
		"iitb", book, now, what, changes, size);

	if (r < 0)
		return r;
	return store_run(store, reterr,
		"DELETE FROM undo WHERE book=?1 AND id<=(SELECT id FROM undo WHERE book=?1"
		" ORDER BY id DESC LIMIT 1 OFFSET ?2)",
		"ii", book, (int64_t)UNDO_DEPTH);
}

int undo_keep(struct undo *undo, int64_t book, const char *what, int64_t now, struct err *reterr)
{
	void *changes = NULL;
	int size = 0, r;

	if (sqlite3session_isempty(undo->session))
		return 0;
	if (sqlite3session_changeset(undo->session, &size, &changes) != SQLITE_OK)
		return store_fail(undo->store, reterr);
	r = undo_store(undo->store, book, what, now, changes, (size_t)size, reterr);
	sqlite3_free(changes);
	return r;
}

int undo_keep_final(
	struct store *store, int64_t book, const char *what, int64_t now, struct err *reterr)
{
	return undo_store(store, book, what, now, NULL, 0, reterr);
}

/* A row that is to go and is gone already went with its contact, by the foreign key. When a digest is due, and
 * what is wrong with it, the service writes down meanwhile. Anything else that is not as it was left was touched
 * since. */
static int undo_on_conflict(void *userdata UNUSED, int why, sqlite3_changeset_iter *iter)
{
	const char *table;
	int columns, operation, indirect;

	if (sqlite3changeset_op(iter, &table, &columns, &operation, &indirect) != SQLITE_OK)
		return SQLITE_CHANGESET_ABORT;
	if (why == SQLITE_CHANGESET_NOTFOUND && operation == SQLITE_DELETE)
		return SQLITE_CHANGESET_OMIT;
	if (why == SQLITE_CHANGESET_DATA && str_equal(table, "hosted"))
		return SQLITE_CHANGESET_REPLACE;
	return SQLITE_CHANGESET_ABORT;
}

/* The contact that a changed row belongs to and is found by, 0 for none. */
static int64_t undo_contact_of(sqlite3_changeset_iter *iter)
{
	static const struct {
		const char *table;
		int column;
	} columns[] = { { "contact", 0 }, { "contact_value", 0 }, { "alias", 2 } };
	sqlite3_value *value = NULL;
	const char *table = NULL;
	int n, operation, indirect;
	size_t i = 0;

	if (sqlite3changeset_op(iter, &table, &n, &operation, &indirect) != SQLITE_OK)
		return 0;
	while (i < ARRAY_SIZE(columns) && !str_equal(columns[i].table, table))
		i++;
	if (i == ARRAY_SIZE(columns))
		return 0;
	if (operation == SQLITE_INSERT)
		(void)sqlite3changeset_new(iter, columns[i].column, &value);
	else
		(void)sqlite3changeset_old(iter, columns[i].column, &value);
	return value ? sqlite3_value_int64(value) : 0;
}

/* Whoever was changed is found by what they are now. */
static int undo_reindex(struct store *store, const void *changes, size_t size, struct err *reterr)
{
	_cleanup_free_ void *copy = malloc(size);
	sqlite3_changeset_iter *iter = NULL;
	int64_t contact, last = 0;
	int r = 0;

	if (!copy)
		return err_oom(reterr);
	memcpy(copy, changes, size);
	if (sqlite3changeset_start(&iter, (int)size, copy) != SQLITE_OK)
		return err_oom(reterr);
	while (r == 0 && sqlite3changeset_next(iter) == SQLITE_ROW) {
		contact = undo_contact_of(iter);
		if (contact && contact != last)
			r = search_index(store, contact, reterr);
		last = contact;
	}
	(void)sqlite3changeset_finalize(iter);
	return r;
}

/* The rows of what a person keeps: where somebody is mentioned, or a digest suggested them, nothing is lost
 * with them. What a person made of a suggestion was taken back before. */
static int undo_count(int size, void *changes, size_t *ret)
{
	sqlite3_changeset_iter *iter = NULL;
	const char *table = NULL;
	int columns, operation, indirect;

	*ret = 0;
	if (sqlite3changeset_start(&iter, size, changes) != SQLITE_OK)
		return -ENOMEM;
	while (sqlite3changeset_next(iter) == SQLITE_ROW) {
		(void)sqlite3changeset_op(iter, &table, &columns, &operation, &indirect);
		*ret += !str_equal(table, "mention") && !str_equal(table, "suggestion");
	}
	return sqlite3changeset_finalize(iter) == SQLITE_OK ? 0 : -ENOMEM;
}

/* What an import has since hung on a contact goes with the contact, by the foreign keys, without a
 * conflict: then more rows changed than the inverse has. */
static int undo_check_hanging(
	sqlite3_session *watch, int inverse_size, void *inverse, bool *ret_hanging)
{
	void *changes = NULL;
	size_t wanted, happened = 0;
	int size = 0, r = undo_count(inverse_size, inverse, &wanted);

	if (r == 0 && sqlite3session_changeset(watch, &size, &changes) != SQLITE_OK)
		r = -ENOMEM;
	if (r == 0)
		r = undo_count(size, changes, &happened);
	sqlite3_free(changes);
	*ret_hanging = happened > wanted;
	return r;
}

static int undo_invert_and_apply(
	struct store *store, void *changes, int size, bool *ret_touched, struct err *reterr)
{
	_cleanup_(undo_session_free) sqlite3_session *watch = NULL;
	void *inverse = NULL;
	int inverse_size = 0, r, applied;

	r = undo_watch(store, &watch, reterr);
	if (r < 0)
		return r;
	if (sqlite3changeset_invert(size, changes, &inverse_size, &inverse) != SQLITE_OK)
		return err_oom(reterr);
	applied = sqlite3changeset_apply(
		store->db, inverse_size, inverse, NULL, undo_on_conflict, NULL);
	*ret_touched = applied == SQLITE_ABORT || applied == SQLITE_CONSTRAINT;
	if (applied == SQLITE_OK &&
		undo_check_hanging(watch, inverse_size, inverse, ret_touched) < 0)
		r = err_oom(reterr);
	else if (applied != SQLITE_OK && !*ret_touched)
		r = store_fail(store, reterr);
	sqlite3_free(inverse);
	return r;
}

static int undo_apply(
	struct store *store, const void *changes, size_t size, const char *what, struct err *reterr)
{
	_cleanup_free_ void *copy = malloc(size);
	bool touched = false;
	int r;

	if (!copy)
		return err_oom(reterr);
	memcpy(copy, changes, size);
	r = undo_invert_and_apply(store, copy, (int)size, &touched, reterr);
	if (r == 0 && touched)
		r = err_set(reterr, -ESTALE,
			"\"%s\" cannot be taken back: it was changed again since", what);
	return r < 0 ? r : undo_reindex(store, changes, size, reterr);
}

int undo_last(struct store *store, int64_t book, char **ret_what, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_free_ char *what = NULL;
	const void *changes;
	int64_t id;
	size_t size;
	int r, outcome = 0;

	r = store_query(&rows, store, reterr,
		"SELECT id, what, changes FROM undo WHERE book=? ORDER BY id DESC LIMIT 1", "i",
		book);
	if (r == 0)
		r = store_next(&rows, reterr);
	if (r <= 0)
		return r < 0 ? r : UNDO_NOTHING;
	id = store_int(&rows, 0);
	r = store_copy(&rows, 1, &what, reterr);
	if (r < 0)
		return r;
	changes = store_blob(&rows, 2, &size);
	if (size)
		r = undo_apply(store, changes, size, what, reterr);
	else
		outcome = UNDO_FINAL;
	store_rows_done(&rows);
	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM undo WHERE id=?", "i", id);
	if (r == 0)
		*ret_what = TAKE_PTR(what);
	return r < 0 ? r : outcome;
}

/* Which columns of a table name a contact: its own number, or a foreign key's. */
static int undo_add_columns(
	struct store *store, const char *table, uint64_t *ret_columns, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT i.cid FROM pragma_table_info(?1) i WHERE ?1='contact' AND i.name='id'"
		" OR i.name IN (SELECT \"from\" FROM pragma_foreign_key_list(?1) WHERE \"table\"='contact')",
		"t", table);

	*ret_columns = 0;
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		*ret_columns |= UINT64_C(1) << store_int(&rows, 0);
		r = 0;
	}
	return r;
}

/* Whether a change may be of the contact's row: an update tells only the key and what changed, so that the
 * contact may stand in neither. */
static bool undo_may_concern(
	sqlite3_changeset_iter *iter, uint64_t columns, int operation, int64_t contact)
{
	for (int i = 0; columns >> i; i++) {
		sqlite3_value *value = NULL;

		if (!(columns >> i & 1))
			continue;
		if (operation == SQLITE_INSERT)
			(void)sqlite3changeset_new(iter, i, &value);
		else
			(void)sqlite3changeset_old(iter, i, &value);
		if (!value || sqlite3_value_int64(value) == contact)
			return true;
	}
	return false;
}

/* 1 where the changes may hold something of the contact. `outreach`: they were somebody new once, and
 * what was noted then names no contact. */
static int undo_concerns(struct store *store, int size, void *changes, int64_t contact,
	bool outreach, struct err *reterr)
{
	sqlite3_changeset_iter *iter = NULL;
	int r = 0;

	if (sqlite3changeset_start(&iter, size, changes) != SQLITE_OK)
		return err_oom(reterr);
	while (r == 0 && sqlite3changeset_next(iter) == SQLITE_ROW) {
		const char *table = NULL;
		int n, operation = 0, indirect;
		uint64_t columns;

		(void)sqlite3changeset_op(iter, &table, &n, &operation, &indirect);
		r = undo_add_columns(store, table, &columns, reterr);
		if (r == 0)
			r = (outreach && str_starts(table, "outreach")) ||
				undo_may_concern(iter, columns, operation, contact);
	}
	/* One that cannot be read may hold anything. */
	if (sqlite3changeset_finalize(iter) != SQLITE_OK && r == 0)
		r = 1;
	return r;
}

int undo_forget(struct store *store, int64_t book, int64_t contact, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int64_t doomed[UNDO_DEPTH], outreach = 0;
	size_t n = 0;
	int r = store_ask(
		store, &outreach, reterr, "SELECT id FROM outreach WHERE contact=?", "i", contact);

	if (r >= 0)
		r = store_query(&rows, store, reterr,
			"SELECT id, changes FROM undo WHERE book=? AND changes<>x''", "i", book);

	while (r == 0 && n < UNDO_DEPTH && (r = store_next(&rows, reterr)) == 1) {
		size_t size;
		const void *changes = store_blob(&rows, 1, &size);
		_cleanup_free_ void *copy = malloc(size + 1);

		if (!copy)
			return err_oom(reterr);
		memcpy(copy, changes, size);
		r = undo_concerns(store, (int)size, copy, contact, outreach != 0, reterr);
		if (r > 0)
			doomed[n++] = store_int(&rows, 0);
		r = r < 0 ? r : 0;
	}
	store_rows_done(&rows);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = store_run(store, reterr, "DELETE FROM undo WHERE id=?", "i", doomed[i]);
	return r;
}
