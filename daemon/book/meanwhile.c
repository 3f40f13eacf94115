/* SPDX-License-Identifier: MIT */
/*
 * meanwhile: what others change in the database while a copy of it is worked on.
 */
#include "book/meanwhile.h"

#include "book/search.h"
#include "book/store-internal.h"
#include "core/str.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* A listener of another machine may have left its row: after so many changes, or a large one, nobody listens. */
#define MEANWHILE_CHANGES_MAX     10000
#define MEANWHILE_CHANGE_SIZE_MAX (1024 * 1024)

/* --- of who writes --- */

/* The index of words is made anew from what it is of, and `wanting` is kept by triggers. */
static int meanwhile_is_noted(void *userdata UNUSED, const char *table)
{
	return !str_starts(table, "search") && !str_equal(table, "wanting") &&
		!str_equal(table, "meanwhile");
}

/* Whoever is taken for dead by mistake, for its number says nothing here, begins anew. */
static bool meanwhile_is_dead(int64_t listener)
{
	return listener > 0 && listener <= INT_MAX && kill((pid_t)listener, 0) < 0 &&
		errno == ESRCH;
}

int meanwhile_begin(struct store *store, struct err *reterr)
{
	int64_t listener;
	int r = store->shared
		? store_ask(store, &listener, reterr,
			  "SELECT CAST(CAST(changes AS TEXT) AS INTEGER) FROM meanwhile"
			  " ORDER BY id LIMIT 1",
			  "")
		: 0;

	if (r <= 0)
		return r;
	if (meanwhile_is_dead(listener))
		return store_run(store, reterr, "DELETE FROM meanwhile", "");
	if (sqlite3session_create(store->db, "main", &store->session) != SQLITE_OK)
		return store_fail(store, reterr);
	sqlite3session_table_filter(store->session, meanwhile_is_noted, NULL);
	return sqlite3session_attach(store->session, NULL) == SQLITE_OK ? 0
									: store_fail(store, reterr);
}

int meanwhile_keep(struct store *store, struct err *reterr)
{
	void *changes = NULL;
	int size = 0, r = 0;

	if (!store->session)
		return 0;
	if (sqlite3session_changeset(store->session, &size, &changes) != SQLITE_OK)
		return store_fail(store, reterr);
	if (size <= MEANWHILE_CHANGE_SIZE_MAX)
		/* Whoever was removed in this transaction has emptied the table. */
		r = store_run(store, reterr,
			"INSERT INTO meanwhile (changes) SELECT COALESCE(?, x'')"
			" WHERE EXISTS (SELECT 1 FROM meanwhile)",
			"b", changes, (size_t)size);
	if (r == 0)
		r = store_run(store, reterr,
			"DELETE FROM meanwhile WHERE ? OR (SELECT max(id) - min(id) FROM meanwhile) > ?",
			"ii", (int64_t)(size > MEANWHILE_CHANGE_SIZE_MAX),
			(int64_t)MEANWHILE_CHANGES_MAX);
	sqlite3_free(changes);
	if (r == 0)
		meanwhile_end(store);
	return r;
}

void meanwhile_end(struct store *store)
{
	if (store->session)
		sqlite3session_delete(store->session);
	store->session = NULL;
}

/* --- of who listens --- */

int meanwhile_listen(struct store *store, int64_t *ret, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(store, &transaction, reterr);

	if (r == 0)
		r = store_run(store, reterr, "DELETE FROM meanwhile", "");
	if (r == 0)
		r = store_run(store, reterr,
			"INSERT INTO meanwhile (changes) VALUES (CAST(CAST(? AS TEXT) AS BLOB))",
			"i", (int64_t)getpid());
	if (r < 0)
		return r;
	*ret = store_last_id(store);
	return store_commit(&transaction, reterr);
}

int meanwhile_is_listening(struct store *store, int64_t listener, struct err *reterr)
{
	int64_t found;

	return store_ask(
		store, &found, reterr, "SELECT 1 FROM meanwhile WHERE id=?", "i", listener);
}

int meanwhile_stop(struct store *store, int64_t listener, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(store, &transaction, reterr);

	if (r == 0)
		r = meanwhile_is_listening(store, listener, reterr);
	if (r == 1)
		r = store_run(store, reterr, "DELETE FROM meanwhile", "");
	return r < 0 ? r : store_commit(&transaction, reterr);
}

static int meanwhile_run_all(
	struct store *store, const char *const *statements, size_t n, struct err *reterr)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		r = store_run(store, reterr, statements[i], "i", (int64_t)MEANWHILE_ROOM);
	return r;
}

int meanwhile_leave_room(struct store *copy, struct err *reterr)
{
	static const char *const statements[] = {
		"CREATE TEMP TABLE room_counter AS SELECT book, letter, last + ?1 AS last FROM counter",
		"CREATE TEMP TABLE room_sequence AS SELECT name, seq + ?1 AS seq FROM sqlite_sequence",
		"UPDATE counter SET last=last + ?1",
		"UPDATE sqlite_sequence SET seq=seq + ?1",
	};

	return meanwhile_run_all(copy, statements, ARRAY_SIZE(statements), reterr);
}

int meanwhile_close_room(struct store *copy, struct err *reterr)
{
	static const char *const statements[] = {
		("UPDATE counter SET last=last - ?1 WHERE (book, letter, last) IN"
		 " (SELECT book, letter, last FROM room_counter)"),
		("UPDATE sqlite_sequence SET seq=seq - ?1 WHERE (name, seq) IN"
		 " (SELECT name, seq FROM room_sequence)"),
	};

	return meanwhile_run_all(copy, statements, ARRAY_SIZE(statements), reterr);
}

/* --- what was changed --- */

/* The tables of which changes are taken over: those that say nothing of what an import reads and writes,
 * else with the column of the contact whom a row belongs to. Of others, as of a tag's cadence, an import
 * would have had to know. */
static const struct meanwhile_table {
	const char *name;
	int contact; /* -1: any row */
} meanwhile_tables[] = {
	{ "contact", 0 },
	{ "contact_value", 0 },
	{ "field_source", 0 },
	{ "occasion", 3 },
	{ "claim", -1 },
	{ "coffee", -1 },
	{ "counter", -1 },
	{ "delivery", -1 },
	{ "differ", -1 },
	{ "digest", -1 },
	{ "follow_up", -1 },
	{ "forum", -1 },
	{ "hosted", -1 },
	{ "keeping", -1 },
	{ "ledger", -1 },
	{ "mention", -1 },
	{ "message", -1 },
	{ "meta", -1 },
	{ "occurrence", -1 },
	{ "outreach", -1 },
	{ "outreach_answer", -1 },
	{ "outreach_mention", -1 },
	{ "reply", -1 },
	{ "suggestion", -1 },
	{ "thanks", -1 },
	{ "told", -1 },
	{ "touch", -1 },
	{ "trouble", -1 },
	{ "undo", -1 },
};

struct meanwhile_change {
	const char *table;
	int operation;
	const struct meanwhile_table *known; /* NULL: not of these */
	int64_t contact;                     /* 0: of none, or not told */
};

static void meanwhile_look(sqlite3_changeset_iter *iter, struct meanwhile_change *ret)
{
	sqlite3_value *value = NULL;
	int columns, indirect;

	*ret = (struct meanwhile_change){ 0 };
	if (sqlite3changeset_op(iter, &ret->table, &columns, &ret->operation, &indirect) !=
		SQLITE_OK)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(meanwhile_tables); i++)
		if (str_equal(meanwhile_tables[i].name, ret->table))
			ret->known = &meanwhile_tables[i];
	if (!ret->known || ret->known->contact < 0)
		return;
	/* An update tells only the key and what changed. */
	if (ret->operation == SQLITE_INSERT)
		(void)sqlite3changeset_new(iter, ret->known->contact, &value);
	else
		(void)sqlite3changeset_old(iter, ret->known->contact, &value);
	ret->contact = value ? sqlite3_value_int64(value) : 0;
}

struct meanwhile_taking {
	struct store *copy;
	meanwhile_is_ours *is_ours;
	const void *userdata;
	struct err *reterr;
	int64_t last; /* the contact that was indexed last */
};

static int meanwhile_check(struct meanwhile_taking *taking, const struct meanwhile_change *change)
{
	if (!change->known)
		return MEANWHILE_REFUSED;
	if (change->known->contact < 0)
		return 0;
	return !change->contact || taking->is_ours(taking->userdata, change->contact)
		? MEANWHILE_REFUSED
		: 0;
}

/* Whoever was changed is found by what they are now. */
static int meanwhile_index(struct meanwhile_taking *taking, const struct meanwhile_change *change)
{
	if (!change->contact || change->contact == taking->last)
		return 0;
	taking->last = change->contact;
	return search_index(taking->copy, change->contact, taking->reterr);
}

/* Every change, until the function returns nonzero. */
static int meanwhile_each(struct meanwhile_taking *taking, void *changes, int size,
	int (*each)(struct meanwhile_taking *taking, const struct meanwhile_change *change))
{
	sqlite3_changeset_iter *iter = NULL;
	struct meanwhile_change change;
	int r = 0;

	if (sqlite3changeset_start(&iter, size, changes) != SQLITE_OK)
		return err_oom(taking->reterr);
	while (r == 0 && sqlite3changeset_next(iter) == SQLITE_ROW) {
		meanwhile_look(iter, &change);
		r = each(taking, &change);
	}
	if (sqlite3changeset_finalize(iter) != SQLITE_OK && r == 0)
		r = MEANWHILE_REFUSED;
	return r;
}

/* The copy has given out higher numbers than those that were left free for others: it goes on from there. */
static int meanwhile_keeps_counter(sqlite3_changeset_iter *iter)
{
	sqlite3_value *theirs = NULL, *here = NULL;

	(void)sqlite3changeset_new(iter, 2, &theirs);
	(void)sqlite3changeset_conflict(iter, 2, &here);
	return theirs && here && sqlite3_value_int64(theirs) < sqlite3_value_int64(here)
		? SQLITE_CHANGESET_OMIT
		: SQLITE_CHANGESET_ABORT;
}

static int meanwhile_on_conflict(void *userdata UNUSED, int why, sqlite3_changeset_iter *iter)
{
	const char *table = NULL;
	int columns, operation = 0, indirect;

	/* Of a broken foreign key nothing more is told. */
	if (why == SQLITE_CHANGESET_FOREIGN_KEY)
		return SQLITE_CHANGESET_ABORT;
	(void)sqlite3changeset_op(iter, &table, &columns, &operation, &indirect);
	/* What went with the row that it hangs on, or was taken away here as well. */
	if (why == SQLITE_CHANGESET_NOTFOUND && operation == SQLITE_DELETE)
		return SQLITE_CHANGESET_OMIT;
	if (str_equal(table, "counter") &&
		(why == SQLITE_CHANGESET_DATA || why == SQLITE_CHANGESET_CONFLICT))
		return meanwhile_keeps_counter(iter);
	return SQLITE_CHANGESET_ABORT;
}

static int meanwhile_apply(struct meanwhile_taking *taking, void *changes, int size)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = meanwhile_each(taking, changes, size, meanwhile_check), applied;

	if (r == 0)
		r = store_begin(taking->copy, &transaction, taking->reterr);
	if (r != 0)
		return r;
	applied = sqlite3changeset_apply(
		taking->copy->db, size, changes, NULL, meanwhile_on_conflict, NULL);
	if (applied == SQLITE_ABORT || applied == SQLITE_CONSTRAINT)
		return MEANWHILE_REFUSED;
	if (applied != SQLITE_OK)
		return store_fail(taking->copy, taking->reterr);
	r = meanwhile_each(taking, changes, size, meanwhile_index);
	return r != 0 ? r : store_commit(&transaction, taking->reterr);
}

static int meanwhile_take_one(struct meanwhile_taking *taking, const void *changes, size_t size)
{
	_cleanup_free_ void *copy = NULL;

	if (!size)
		return 0;
	if (size > INT_MAX)
		return MEANWHILE_REFUSED;
	copy = malloc(size);
	if (!copy)
		return err_oom(taking->reterr);
	memcpy(copy, changes, size);
	taking->last = 0;
	return meanwhile_apply(taking, copy, (int)size);
}

int meanwhile_take(struct store *store, struct store *copy, int64_t listener, int64_t *last,
	meanwhile_is_ours *is_ours, const void *userdata, uint32_t *ret_n, struct err *reterr)
{
	struct meanwhile_taking taking = {
		.copy = copy, .is_ours = is_ours, .userdata = userdata, .reterr = reterr
	};
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = meanwhile_is_listening(store, listener, reterr);

	*ret_n = 0;
	if (r <= 0)
		return r < 0 ? r : MEANWHILE_REFUSED;
	r = store_query(&rows, store, reterr,
		"SELECT id, changes FROM meanwhile WHERE id>? ORDER BY id", "i", *last);
	while (r == 0 && (r = store_next(&rows, reterr)) == 1) {
		size_t size;
		const void *changes = store_blob(&rows, 1, &size);

		*last = store_int(&rows, 0);
		++*ret_n;
		r = meanwhile_take_one(&taking, changes, size);
	}
	return r;
}
