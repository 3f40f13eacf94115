/* SPDX-License-Identifier: MIT */
/*
 * book-fixture: a fresh database for each test, and what most of them begin with.
 *
 * What fails here ends the program: no test could go on.
 */
#ifndef NUDGE_TESTS_BOOK_FIXTURE_H
#define NUDGE_TESTS_BOOK_FIXTURE_H

#include "book/books.h"
#include "book/contacts.h"
#include "book/search.h"
#include "book/store.h"
#include "core/str.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define TODAY 20780 /* 2026-11-23 */

#define _cleanup_store_ _cleanup_(store_closep)

static inline void book_must(int r, const struct err *e)
{
	if (r >= 0)
		return;
	printf("Bail out! %s\n", e->text);
	exit(1);
}

static inline struct store *book_open(const char *path)
{
	const struct store_options options = { .create = true, .patience_ms = 0 };
	struct store *store = NULL;
	struct err e = { "" };

	book_must(store_open(&store, path, &options, &e), &e);
	return store;
}

/* A database that no other test has. */
static inline struct store *book_new(void)
{
	static unsigned count;
	char path[256];

	(void)snprintf(path, sizeof(path), "%s/%u.db", test_folder(), ++count);
	return book_open(path);
}

static inline int64_t book_main(struct store *store)
{
	struct err e = { "" };
	int64_t book = 0;

	book_must(books_find(store, "main", &book, &e), &e);
	return book;
}

/* A second book, which shares nothing with the first. */
static inline int64_t book_other(struct store *store)
{
	struct err e = { "" };

	book_must(store_run(store, &e, "INSERT INTO book (name) VALUES ('other')", ""), &e);
	return store_last_id(store);
}

static inline int64_t book_contact(
	struct store *store, int64_t book, const char *name, const char *source)
{
	struct err e = { "" };
	int64_t id = 0;

	book_must(contacts_add(store, book, name, source, TODAY, &id, &e), &e);
	book_must(search_index(store, id, &e), &e);
	return id;
}

static inline void book_value(
	struct store *store, int64_t id, enum contact_kind kind, const char *text)
{
	struct err e = { "" };

	book_must(contacts_add_value(store, id, kind, text, NULL, CONTACT_HAND, TODAY, &e), &e);
	book_must(search_index(store, id, &e), &e);
}

/* One number of the database, -1 where there is none; `sql` is a literal. */
static inline int64_t book_ask(struct store *store, const char *sql)
{
	struct err e = { "" };
	int64_t n = -1;

	book_must(store_ask(store, &n, &e, sql, ""), &e);
	return n;
}

#endif
