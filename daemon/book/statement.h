/* SPDX-License-Identifier: MIT */
/*
 * statement: prepared statements, kept and found again by the address of their text.
 *
 * `sql` is a literal. `types` has a letter an argument: i int64_t, t const char * (NULL is NULL), f the same as
 * utf8_add_folded() folds it, b const void * and size_t. (A variable argument list must stand last, so reterr
 * stands before it.) Errors are those of book/store.h.
 */
#ifndef NUDGE_BOOK_STATEMENT_H
#define NUDGE_BOOK_STATEMENT_H

#include "core/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3_stmt;
struct store;

int store_run(struct store *store, struct err *reterr, const char *sql, const char *types, ...);
/* The same with the arguments in an array. `sql` is a constant all the same. */
struct store_value {
	char type; /* as above; 0: NULL */
	int64_t number;
	const void *bytes; /* a text ends with NUL */
	size_t size;       /* of a blob */
};
int store_run_values(struct store *store, struct err *reterr, const char *sql,
	const struct store_value *values, size_t n);
int64_t store_last_id(struct store *store);
int64_t store_changes(struct store *store); /* rows that the last store_run() touched */

struct store_rows {
	struct store *store;
	struct sqlite3_stmt *statement;
};
#define _cleanup_rows_ _cleanup_(store_rows_done)
int store_query(struct store_rows *ret, struct store *store, struct err *reterr, const char *sql,
	const char *types, ...);
/* 1 a row, 0 the end, or a negative error. Texts of a row live until the next call. */
int store_next(struct store_rows *rows, struct err *reterr);
void store_rows_done(struct store_rows *rows);

bool store_is_null(const struct store_rows *rows, int column);
int64_t store_int(const struct store_rows *rows, int column);
int32_t store_day(const struct store_rows *rows, int column);      /* 0 for NULL */
const char *store_text(const struct store_rows *rows, int column); /* NULL for NULL */
/* A copy that replaces *ret, freed first; NULL for NULL. 0 or -ENOMEM. */
int store_copy(const struct store_rows *rows, int column, char **ret, struct err *reterr);
const void *store_blob(const struct store_rows *rows, int column, size_t *ret_size);

/* One row's first column: 1 and its number, 0 where there is no row or it is NULL, or negative. */
int store_ask(struct store *store, int64_t *ret, struct err *reterr, const char *sql,
	const char *types, ...);

#endif
