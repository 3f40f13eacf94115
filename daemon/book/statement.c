/* SPDX-License-Identifier: MIT */
/*
 * statement: prepared statements, kept and found again by the address of their text.
 */
#include "book/store-internal.h"
#include "core/str.h"
#include "core/utf8.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

static size_t statement_place(const struct store *store, const char *sql)
{
	size_t low = 0, high = store->n_statements;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if ((uintptr_t)store->statements[middle].sql < (uintptr_t)sql)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int statement_prepare(struct store *store, const char *sql, size_t place, struct err *reterr)
{
	struct store_statement *all;
	struct sqlite3_stmt *statement = NULL;

	all = reallocarray(store->statements, store->n_statements + 1, sizeof(*all));
	if (!all)
		return err_oom(reterr);
	store->statements = all;
	if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
		SQLITE_OK)
		return store_fail(store, reterr);
	memmove(all + place + 1, all + place, (store->n_statements - place) * sizeof(*all));
	all[place] = (struct store_statement){ sql, statement };
	store->n_statements++;
	return 0;
}

static int statement_find(
	struct store *store, const char *sql, struct sqlite3_stmt **ret, struct err *reterr)
{
	size_t place = statement_place(store, sql);
	int r = 0;

	if (place == store->n_statements || store->statements[place].sql != sql)
		r = statement_prepare(store, sql, place, reterr);
	if (r == 0)
		*ret = store->statements[place].statement;
	return r;
}

/* A text as it is compared: case and accents apart. */
static int statement_bind_folded(struct sqlite3_stmt *statement, int place, const char *text)
{
	_cleanup_str_ struct str folded = STR_INIT;

	if (!text)
		return sqlite3_bind_null(statement, place);
	utf8_add_folded(&folded, text);
	return folded.failed
		? SQLITE_NOMEM
		: sqlite3_bind_text(statement, place, str_text(&folded), -1, SQLITE_TRANSIENT);
}

void statement_forget_all(struct store *store)
{
	for (size_t i = 0; i < store->n_statements; i++)
		(void)sqlite3_finalize(store->statements[i].statement);
	free(TAKE_PTR(store->statements));
	store->n_statements = 0;
}

/* `copied`: whether the statement is used when the caller's texts may be gone. */
static int statement_bind(
	struct sqlite3_stmt *statement, bool copied, const char *types, va_list args)
{
	sqlite3_destructor_type keep = copied ? SQLITE_TRANSIENT : SQLITE_STATIC;
	int r = SQLITE_OK;

	for (int i = 1; *types && r == SQLITE_OK; types++, i++) {
		if (*types == 'i') {
			r = sqlite3_bind_int64(statement, i, va_arg(args, int64_t));
		} else if (*types == 't') {
			r = sqlite3_bind_text(statement, i, va_arg(args, const char *), -1, keep);
		} else if (*types == 'f') {
			r = statement_bind_folded(statement, i, va_arg(args, const char *));
		} else {
			const void *bytes = va_arg(args, const void *);

			r = sqlite3_bind_blob64(statement, i, bytes, va_arg(args, size_t), keep);
		}
	}
	return r;
}

static void statement_reset(struct sqlite3_stmt *statement)
{
	(void)sqlite3_reset(statement);
	(void)sqlite3_clear_bindings(statement);
}

static int statement_start(struct store *store, struct sqlite3_stmt **ret, bool copied,
	struct err *reterr, const char *sql, const char *types, va_list args)
{
	int r = statement_find(store, sql, ret, reterr), bound;

	if (r < 0)
		return r;
	bound = statement_bind(*ret, copied, types, args);
	if (bound == SQLITE_OK)
		return 0;
	/* SQLite knows nothing of the memory that folding wanted. */
	r = bound == SQLITE_NOMEM ? err_oom(reterr) : store_fail(store, reterr);
	statement_reset(*ret);
	return r;
}

static int statement_finish(struct store *store, struct sqlite3_stmt *statement, struct err *reterr)
{
	int step, r;

	do
		step = sqlite3_step(statement);
	while (step == SQLITE_ROW);
	r = step == SQLITE_DONE ? 0 : store_fail(store, reterr);
	statement_reset(statement);
	return r;
}

int store_run(struct store *store, struct err *reterr, const char *sql, const char *types, ...)
{
	struct sqlite3_stmt *statement = NULL;
	va_list args;
	int r;

	va_start(args, types);
	r = statement_start(store, &statement, false, reterr, sql, types, args);
	va_end(args);
	return r < 0 ? r : statement_finish(store, statement, reterr);
}

static int statement_bind_value(
	struct sqlite3_stmt *statement, int place, const struct store_value *value)
{
	switch (value->type) {
	case 'i':
		return sqlite3_bind_int64(statement, place, value->number);
	case 't':
		return sqlite3_bind_text(statement, place, value->bytes, -1, SQLITE_STATIC);
	case 'b':
		return sqlite3_bind_blob64(
			statement, place, value->bytes, value->size, SQLITE_STATIC);
	default:
		return sqlite3_bind_null(statement, place);
	}
}

int store_run_values(struct store *store, struct err *reterr, const char *sql,
	const struct store_value *values, size_t n)
{
	struct sqlite3_stmt *statement = NULL;
	int bound = SQLITE_OK, r = statement_find(store, sql, &statement, reterr);

	for (size_t i = 0; r == 0 && bound == SQLITE_OK && i < n; i++)
		bound = statement_bind_value(statement, (int)i + 1, &values[i]);
	if (r == 0 && bound == SQLITE_OK)
		return statement_finish(store, statement, reterr);
	if (r == 0) {
		r = store_fail(store, reterr);
		statement_reset(statement);
	}
	return r;
}

int64_t store_last_id(struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

int64_t store_changes(struct store *store)
{
	return sqlite3_changes64(store->db);
}

int store_query(struct store_rows *ret, struct store *store, struct err *reterr, const char *sql,
	const char *types, ...)
{
	struct sqlite3_stmt *statement = NULL;
	va_list args;
	int r;

	store_rows_done(ret);
	va_start(args, types);
	r = statement_start(store, &statement, true, reterr, sql, types, args);
	va_end(args);
	if (r == 0)
		*ret = (struct store_rows){ store, statement };
	return r;
}

int store_next(struct store_rows *rows, struct err *reterr)
{
	int step = sqlite3_step(rows->statement);

	if (step == SQLITE_ROW)
		return 1;
	return step == SQLITE_DONE ? 0 : store_fail(rows->store, reterr);
}

void store_rows_done(struct store_rows *rows)
{
	if (rows->statement)
		statement_reset(rows->statement);
	*rows = (struct store_rows){ 0 };
}

bool store_is_null(const struct store_rows *rows, int column)
{
	return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t store_int(const struct store_rows *rows, int column)
{
	return sqlite3_column_int64(rows->statement, column);
}

int32_t store_day(const struct store_rows *rows, int column)
{
	return (int32_t)store_int(rows, column);
}

const char *store_text(const struct store_rows *rows, int column)
{
	return (const char *)sqlite3_column_text(rows->statement, column);
}

int store_copy(const struct store_rows *rows, int column, char **ret, struct err *reterr)
{
	const char *text = store_text(rows, column);
	char *copy = str_dup(text);

	if (text && !copy)
		return err_oom(reterr);
	free(*ret);
	*ret = copy;
	return 0;
}

const void *store_blob(const struct store_rows *rows, int column, size_t *ret_size)
{
	*ret_size = (size_t)sqlite3_column_bytes(rows->statement, column);
	return sqlite3_column_blob(rows->statement, column);
}

int store_ask(struct store *store, int64_t *ret, struct err *reterr, const char *sql,
	const char *types, ...)
{
	struct sqlite3_stmt *statement = NULL;
	va_list args;
	int r, step;

	va_start(args, types);
	r = statement_start(store, &statement, false, reterr, sql, types, args);
	va_end(args);
	if (r < 0)
		return r;
	step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		r = sqlite3_column_type(statement, 0) != SQLITE_NULL;
		*ret = sqlite3_column_int64(statement, 0);
	} else {
		r = step == SQLITE_DONE ? 0 : store_fail(store, reterr);
	}
	statement_reset(statement);
	return r;
}
