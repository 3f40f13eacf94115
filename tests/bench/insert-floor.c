/* SPDX-License-Identifier: MIT */
/*
 * insert-floor FROM TO: the yardstick: the rows of the book FROM written into the new book TO by a bare loop
 * of prepared statements, in one transaction, a contact at a time. Prints the milliseconds that the loop and
 * its commit took, by the wall's clock and the processor's; reading the rows is not counted.
 *
 * TO is made by the program's own code and written with the same settings as an import's.
 */
#include "book/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FLOOR_BATCH   10000 /* contacts that are held at a time */
#define FLOOR_COLUMNS 10

/* Each table's rows of contacts ?1 to ?2, ordered by contact, which is the first column. */
static const struct {
	const char *read, *write;
} floor_tables[] = {
	{ "SELECT id, book, name, folded, org, title, city, note, source, entered_day FROM contact"
	  " WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
		"INSERT INTO contact (id, book, name, folded, org, title, city, note, source, entered_day)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ "SELECT * FROM contact_value WHERE contact BETWEEN ?1 AND ?2 ORDER BY contact, kind, place",
		"INSERT INTO contact_value VALUES (?, ?, ?, ?, ?, ?, ?, ?)" },
	{ "SELECT contact, book, month_day, number, kind, name, year, source, entered_day FROM occasion"
	  " WHERE contact BETWEEN ?1 AND ?2 ORDER BY contact",
		"INSERT INTO occasion (contact, book, month_day, number, kind, name, year, source, entered_day)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ "SELECT contact, book, key, source, owns FROM contact_key WHERE contact BETWEEN ?1 AND ?2"
	  " ORDER BY contact",
		"INSERT INTO contact_key (contact, book, key, source, owns) VALUES (?, ?, ?, ?, ?)" },
	{ "SELECT rowid, text FROM search WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid",
		"INSERT INTO search (rowid, text) VALUES (?, ?)" },
};

enum { FLOOR_TABLES = sizeof(floor_tables) / sizeof(floor_tables[0]) };

struct floor_cell {
	char *text; /* NULL: the number, or nothing where `null` */
	int n;
	int64_t number;
	int null;
};

struct floor_rows {
	struct floor_cell (*all)[FLOOR_COLUMNS];
	size_t n, size, next;
	int columns;
};

static void floor_must(int good, sqlite3 *db)
{
	if (good)
		return;
	fprintf(stderr, "%s\n", sqlite3_errmsg(db));
	exit(1);
}

struct floor_time {
	double wall, processor;
};

static double floor_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Begins with a sign of -1, ends with one of 1. */
static void floor_count(struct floor_time *time, double sign)
{
	time->wall += sign * floor_clock(CLOCK_MONOTONIC);
	time->processor += sign * floor_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static void floor_read_cell(sqlite3_stmt *statement, int column, struct floor_cell *cell)
{
	*cell = (struct floor_cell){ .null = sqlite3_column_type(statement, column) ==
			SQLITE_NULL };
	if (sqlite3_column_type(statement, column) == SQLITE_TEXT) {
		const unsigned char *text = sqlite3_column_text(statement, column);

		cell->n = sqlite3_column_bytes(statement, column);
		cell->text = strdup((const char *)text);
	} else {
		cell->number = sqlite3_column_int64(statement, column);
	}
}

static void floor_read(
	sqlite3 *from, size_t table, int64_t first, int64_t last, struct floor_rows *rows)
{
	sqlite3_stmt *s = NULL;

	for (size_t i = 0; i < rows->n; i++)
		for (int k = 0; k < rows->columns; k++)
			free(rows->all[i][k].text);
	rows->n = rows->next = 0;
	floor_must(sqlite3_prepare_v2(from, floor_tables[table].read, -1, &s, NULL) == SQLITE_OK,
		from);
	sqlite3_bind_int64(s, 1, first);
	sqlite3_bind_int64(s, 2, last);
	rows->columns = sqlite3_column_count(s);
	while (sqlite3_step(s) == SQLITE_ROW) {
		if (rows->n == rows->size) {
			rows->size = rows->size ? rows->size * 2 : 1024;
			rows->all = realloc(rows->all, rows->size * sizeof(*rows->all));
			floor_must(rows->all != NULL, from);
		}
		for (int k = 0; k < rows->columns; k++)
			floor_read_cell(s, k, &rows->all[rows->n][k]);
		rows->n++;
	}
	sqlite3_finalize(s);
}

static void floor_write(
	sqlite3 *to, sqlite3_stmt *statement, const struct floor_cell *cells, int columns)
{
	for (int k = 0; k < columns; k++) {
		if (cells[k].text)
			sqlite3_bind_text(
				statement, k + 1, cells[k].text, cells[k].n, SQLITE_STATIC);
		else if (cells[k].null)
			sqlite3_bind_null(statement, k + 1);
		else
			sqlite3_bind_int64(statement, k + 1, cells[k].number);
	}
	floor_must(sqlite3_step(statement) == SQLITE_DONE, to);
	sqlite3_reset(statement);
}

/* The rows of one contact in each table, then those of the next. */
static void floor_write_batch(sqlite3 *to, sqlite3_stmt **write, struct floor_rows *rows)
{
	for (size_t i = 0; i < rows[0].n; i++) {
		int64_t contact = rows[0].all[i][0].number;

		for (size_t t = 0; t < FLOOR_TABLES; t++) {
			struct floor_rows *r = &rows[t];

			for (; r->next < r->n && r->all[r->next][0].number == contact; r->next++)
				floor_write(to, write[t], r->all[r->next], r->columns);
		}
	}
}

static sqlite3 *floor_create(const char *path)
{
	static const char settings[] =
		"PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
		" PRAGMA synchronous=FULL; PRAGMA journal_mode=PERSIST; PRAGMA temp_store=MEMORY;"
		" PRAGMA cell_size_check=ON; PRAGMA cache_size=-65536;";
	const struct store_options options = { .create = true };
	struct store *store = NULL;
	struct err e = { "" };
	sqlite3 *db = NULL;

	if (store_open(&store, path, &options, &e) < 0) {
		fprintf(stderr, "%s\n", e.text);
		exit(1);
	}
	store_close(store);
	floor_must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
			SQLITE_OK,
		db);
	floor_must(sqlite3_exec(db, settings, NULL, NULL, NULL) == SQLITE_OK, db);
	return db;
}

static int64_t floor_last(sqlite3 *from)
{
	sqlite3_stmt *s = NULL;
	int64_t last;

	floor_must(
		sqlite3_prepare_v2(from, "SELECT max(id) FROM contact", -1, &s, NULL) == SQLITE_OK,
		from);
	floor_must(sqlite3_step(s) == SQLITE_ROW, from);
	last = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return last;
}

int main(int argc, char **argv)
{
	struct floor_rows rows[FLOOR_TABLES] = { 0 };
	sqlite3_stmt *write[FLOOR_TABLES] = { NULL };
	sqlite3 *from = NULL, *to;
	struct floor_time spent = { 0 };
	int64_t last;

	if (argc != 3)
		return 64;
	to = floor_create(argv[2]);
	floor_must(sqlite3_open(argv[1], &from) == SQLITE_OK, from);
	for (size_t t = 0; t < FLOOR_TABLES; t++)
		floor_must(sqlite3_prepare_v2(to, floor_tables[t].write, -1, &write[t], NULL) ==
				SQLITE_OK,
			to);
	floor_must(sqlite3_exec(to, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK, to);
	last = floor_last(from);
	for (int64_t first = 1; first <= last; first += FLOOR_BATCH) {
		for (size_t t = 0; t < FLOOR_TABLES; t++)
			floor_read(from, t, first, first + FLOOR_BATCH - 1, &rows[t]);
		floor_count(&spent, -1);
		floor_write_batch(to, write, rows);
		floor_count(&spent, 1);
	}
	floor_count(&spent, -1);
	floor_must(sqlite3_exec(to, "COMMIT", NULL, NULL, NULL) == SQLITE_OK, to);
	floor_count(&spent, 1);
	printf("%.1f %.1f\n", spent.wall, spent.processor);
	for (size_t t = 0; t < FLOOR_TABLES; t++)
		sqlite3_finalize(write[t]);
	sqlite3_close(to);
	sqlite3_close(from);
	return 0;
}
