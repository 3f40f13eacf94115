/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/store-internal.h"

#include <errno.h>

static void statement_is_found_by_its_address(void)
{
	_cleanup_store_ struct store *store = book_new();
	static const char one[] = "SELECT count(*) FROM book", two[] = "SELECT count(*) FROM book";
	size_t before = store->n_statements;

	for (int i = 0; i < 3; i++)
		CHECK_INT(book_ask(store, one), 1);
	CHECK_INT(store->n_statements, before + 1);
	CHECK_INT(book_ask(store, two), 1); /* the same text elsewhere is another statement */
	CHECK_INT(store->n_statements, before + 2);
	for (size_t i = 1; i < store->n_statements; i++)
		CHECK((uintptr_t)store->statements[i - 1].sql <
			(uintptr_t)store->statements[i].sql);
}

static void statement_that_is_wrong_is_not_kept(void)
{
	_cleanup_store_ struct store *store = book_new();
	static const char wrong[] = "SELECT x FROM nowhere";
	size_t before = store->n_statements;
	struct err e = { "" };
	int64_t n;

	for (int i = 0; i < 2; i++)
		CHECK_INT(store_ask(store, &n, &e, wrong, ""), -EUCLEAN);
	CHECK(strstr(e.text, "its tables are gone") && strstr(e.text, store_path(store)));
	CHECK_INT(store->n_statements, before);
	CHECK_INT(
		store_ask(store, &n, &e, "SELECT \"name\"", ""), -EIO); /* no text in such quotes */
}

static void statement_values_there_and_back(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_rows_ struct store_rows rows = { 0 };
	static const char bytes[] = { 'a', '\0', 'b' };
	_cleanup_free_ char *copy = str_dup("what stood there before");
	const void *blob;
	struct err e = { "" };
	size_t size = 0;

	CHECK_INT(
		store_query(&rows, store, &e, "SELECT ?1, ?2, ?3, ?4, ?5, ?6", "iittbi", INT64_MIN,
			(int64_t)-7, "Zoë", NULL, (const void *)bytes, sizeof(bytes), INT64_MAX),
		0);
	CHECK_INT(store_next(&rows, &e), 1);
	CHECK_INT(store_int(&rows, 0), INT64_MIN);
	CHECK_INT(store_day(&rows, 1), -7);
	CHECK_INT(store_int(&rows, 5), INT64_MAX);
	CHECK_TEXT(store_text(&rows, 2), "Zoë");
	CHECK(store_is_null(&rows, 3) && !store_is_null(&rows, 2));
	CHECK_TEXT(store_text(&rows, 3), NULL);
	CHECK_INT(store_day(&rows, 3), 0);
	blob = store_blob(&rows, 4, &size);
	CHECK(size == 3 && memcmp(blob, bytes, 3) == 0);
	CHECK_INT(store_copy(&rows, 2, &copy, &e), 0);
	CHECK_INT(store_next(&rows, &e), 0);
	CHECK_TEXT(copy, "Zoë");
	store_rows_done(&rows);
	store_rows_done(&rows);
	CHECK_INT(
		store_query(&rows, store, &e, "SELECT ?1, ?2, ?3", "ftf", "Zoë ÄRGER", "Zoë", NULL),
		0);
	CHECK_INT(store_next(&rows, &e), 1);
	CHECK_TEXT(store_text(&rows, 0), "zoe aerger");
	CHECK_TEXT(store_text(&rows, 1), "Zoë");
	CHECK(store_is_null(&rows, 2));
	store_rows_done(&rows);
	CHECK_INT(store_query(&rows, store, &e, "SELECT NULL", ""), 0);
	CHECK_INT(store_next(&rows, &e), 1);
	CHECK_INT(store_copy(&rows, 0, &copy, &e), 0);
	CHECK_TEXT(copy, NULL);
}

/* What was bound once is gone the next time: a missing value is NULL. */
static void statement_forgets_its_values(void)
{
	_cleanup_store_ struct store *store = book_new();
	static const char sql[] = "SELECT ?1 IS NULL";
	struct err e;
	int64_t n = 0;

	CHECK_INT(store_ask(store, &n, &e, sql, "t", "text"), 1);
	CHECK_INT(n, 0);
	CHECK_INT(store_ask(store, &n, &e, sql, ""), 1);
	CHECK_INT(n, 1);
}

static void statement_asks_for_one_number(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct err e = { "" };
	int64_t n = 5;

	CHECK_INT(store_ask(store, &n, &e, "SELECT id FROM book WHERE name='nobody'", ""), 0);
	CHECK_INT(n, 5);
	CHECK_INT(store_ask(store, &n, &e, "SELECT max(id) FROM contact", ""), 0); /* NULL */
	CHECK_INT(store_ask(store, &n, &e, "SELECT 42", ""), 1);
	CHECK_INT(n, 42);
}

static void statement_counts_its_changes(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct err e = { "" };

	CHECK_INT(store_run(store, &e, "INSERT INTO book (name) VALUES ('b'), ('c')", ""), 0);
	CHECK_INT(store_changes(store), 2);
	CHECK_INT(store_last_id(store), 3);
	CHECK_INT(store_run(store, &e, "UPDATE book SET city='Ulm' WHERE name='nobody'", ""), 0);
	CHECK_INT(store_changes(store), 0);
	CHECK_INT(store_run(store, &e, "INSERT INTO book (name) VALUES ('b')", ""), -EBADMSG);
	CHECK(strstr(e.text, "UNIQUE"));
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book"), 3);
}

/* Rows that are left half read do not keep others from writing. */
static void statement_half_read_is_given_back(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	struct err e = { "" };

	{
		_cleanup_rows_ struct store_rows rows = { 0 };

		CHECK_INT(store_query(&rows, store, &e, "SELECT name FROM book", ""), 0);
		CHECK_INT(store_next(&rows, &e), 1);
		CHECK_INT(store_run(other, &e, "UPDATE book SET owner='Anna'", ""), -EBUSY);
	}
	CHECK_INT(store_run(other, &e, "UPDATE book SET owner='Anna'", ""), 0);
}

static void statement_values_in_an_array(void)
{
	static const char sql[] = "INSERT INTO t VALUES (?, ?, ?, ?)";
	const struct store_value values[] = {
		{ .type = 'i', .number = -7 },
		{ .type = 't', .bytes = "a" },
		{ .type = 'b', .bytes = "b\0c", .size = 3 },
		{ 0 },
	};
	_cleanup_store_ struct store *store = book_new();
	struct err e = { "" };

	book_must(store_run(store, &e, "CREATE TABLE t (i INTEGER UNIQUE, t TEXT, b BLOB, n)", ""),
		&e);
	CHECK_INT(store_run_values(store, &e, sql, values, ARRAY_SIZE(values)), 0);
	CHECK_INT(book_ask(store, "SELECT i=-7 AND t='a' AND length(b)=3 AND n IS NULL FROM t"), 1);
	/* What contradicts a constraint is the caller's data, not the disk. */
	CHECK_INT(store_run_values(store, &e, sql, values, ARRAY_SIZE(values)), -EBADMSG);
	CHECK_INT(store_run_values(store, &e, sql, values, 0), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM t WHERE i IS NULL AND t IS NULL"), 1);
}

TEST_MAIN(TEST(statement_values_in_an_array), TEST(statement_is_found_by_its_address),
	TEST(statement_that_is_wrong_is_not_kept), TEST(statement_values_there_and_back),
	TEST(statement_forgets_its_values), TEST(statement_asks_for_one_number),
	TEST(statement_counts_its_changes), TEST(statement_half_read_is_given_back))
