/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/stage.h"

#include <dirent.h>
#include <errno.h>

/* Files whose name holds `part`, in the folder of the tests. */
static int files_with(const char *part)
{
	DIR *folder = opendir(test_folder());
	struct dirent *entry;
	int n = 0;

	if (!folder)
		abort();
	while ((entry = readdir(folder)))
		n += strstr(entry->d_name, part) != NULL;
	(void)closedir(folder);
	return n;
}

static bool nobody_is_ours(const void *userdata UNUSED, int64_t contact UNUSED)
{
	return false;
}

static bool one_is_ours(const void *userdata, int64_t contact)
{
	const int64_t *one = userdata;

	return contact == *one;
}

static int publish(struct stage *stage, struct err *e)
{
	return stage_publish(stage, nobody_is_ours, NULL, e);
}

static struct stage *stage_of(struct store *store)
{
	struct stage *stage = NULL;
	struct err e = { "" };
	int r = stage_new(&stage, store, true, &e);

	book_must(r, &e);
	CHECK_INT(r, 0);
	return stage;
}

/* Many rows, so that the copy is made in several pieces and the database grows by many pages. */
static void add_many(struct store *store, int n)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };
	static char note[4000];

	memset(note, 'n', sizeof(note) - 1);
	book_must(store_begin(store, &transaction, &e), &e);
	for (int i = 0; i < n; i++) {
		int64_t id = book_contact(store, 1, "Many", "vcard");

		book_must(contacts_set(store, id, CONTACT_NOTE, note, "vcard", TODAY, &e), &e);
	}
	book_must(store_commit(&transaction, &e), &e);
}

static void stage_takes_the_place(void)
{
	static const int sizes[] = { 1, 5000 };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		_cleanup_store_ struct store *store = book_new(),
					     *reader = book_open(store_path(store));
		_cleanup_(stage_freep) struct stage *stage = NULL;
		int64_t anna = book_contact(store, 1, "Anna", CONTACT_HAND);
		struct err e = { "" };

		TEST_ROW("%d", sizes[i]);
		add_many(store, sizes[i]);
		stage = stage_of(store);
		CHECK_TEXT(store_identity(stage_store(stage)), store_identity(store));
		CHECK_TEXT(store_path(stage_store(stage)), store_path(store));
		add_many(stage_store(stage), sizes[i]);
		CHECK_INT(book_ask(reader, "SELECT count(*) FROM contact"), 1 + sizes[i]);
		CHECK_INT(publish(stage, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1 + 2 * sizes[i]);
		CHECK_INT(book_ask(reader, "SELECT count(*) FROM contact"), 1 + 2 * sizes[i]);
		CHECK_INT(book_ask(reader, "SELECT count(*) FROM search"), 1 + 2 * sizes[i]);
		CHECK_INT(store_check(store, &e), 0);
		/* The connections go on as they were. */
		book_must(contacts_set(store, anna, CONTACT_ORG, "Werft", CONTACT_HAND, TODAY, &e),
			&e);
		CHECK(book_contact(reader, 1, "Ben", CONTACT_HAND) > anna + 2 * sizes[i]);
	}
}

/* In a transaction, as all that writes beside others does. */
static void run(struct store *store, const char *sql)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };

	book_must(store_begin(store, &transaction, &e), &e);
	book_must(store_run(store, &e, sql, ""), &e);
	book_must(store_commit(&transaction, &e), &e);
}

static int64_t enter(struct store *store, const char *name)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e = { "" };
	int64_t id, number;

	book_must(store_begin(store, &transaction, &e), &e);
	id = book_contact(store, 1, name, CONTACT_HAND);
	book_value(store, id, CONTACT_OFFERS, "Latin");
	book_must(books_next_number(store, 1, 'b', &number, &e), &e);
	book_must(store_commit(&transaction, &e), &e);
	return id;
}

/* What others do while the copy is worked on stands in the database in the end, beside what was done to the
 * copy; their numbers are as they were told. */
static void stage_beside_others(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(stage_freep) struct stage *stage = NULL;
	int64_t anna = enter(store, "Anna"), ben, carla;
	struct err e = { "" };

	stage = stage_of(store);
	carla = enter(stage_store(stage), "Carla");
	ben = enter(other, "Ben");
	CHECK_INT(ben, anna + 1);
	CHECK(carla > ben);
	run(other, "UPDATE contact SET org='Werft' WHERE name='Anna'");
	run(store, "INSERT INTO touch (contact, day, kind) VALUES (1, 20780, 'met')");
	CHECK_INT(publish(stage, &e), 0);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM contact"), 3);
	CHECK_INT(book_ask(other, "SELECT id FROM contact WHERE name='Ben'"), ben);
	CHECK_INT(book_ask(other, "SELECT id FROM contact WHERE name='Carla'"), carla);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM contact WHERE org='Werft'"), 1);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM touch"), 1);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM wanting"), 3);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM search WHERE search MATCH 'ben'"), 1);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM meanwhile"), 0);
	/* Numbers go on behind the last that was given on either side. */
	CHECK(enter(other, "Dora") > carla);
	CHECK_INT(store_check(store, &e), 0);
}

/* Where none was given in the copy, none is left out. */
static void stage_leaves_no_gap(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(stage_freep) struct stage *stage = NULL;
	int64_t anna = enter(store, "Anna");
	struct err e = { "" };

	stage = stage_of(store);
	run(stage_store(stage), "UPDATE contact SET org='Werft'");
	CHECK_INT(enter(other, "Ben"), anna + 1);
	CHECK_INT(publish(stage, &e), 0);
	CHECK_INT(enter(other, "Carla"), anna + 2);
	CHECK_INT(book_ask(other, "SELECT last FROM counter WHERE letter='b'"), 3);
}

/* What is changed on both sides, or could have been decided otherwise, is not taken over. */
static void stage_of_what_has_changed(void)
{
	static const struct {
		const char *ours, *theirs;
		int outcome;
	} rows[] = {
		{ "UPDATE contact SET city='Rom'", "UPDATE contact SET org='Werft' WHERE id=2", 0 },
		{ "UPDATE contact SET city='Rom'", "UPDATE contact SET org='Werft' WHERE id=1",
			STAGE_STALE },
		{ "UPDATE contact SET city='Rom'", "UPDATE contact SET city='Oslo' WHERE id=2",
			STAGE_STALE },
		{ "UPDATE contact SET city='Rom'", "DELETE FROM contact WHERE id=2", STAGE_STALE },
		{ "UPDATE contact SET city='Rom' WHERE id=1", "DELETE FROM contact WHERE id=2", 0 },
		{ "INSERT INTO touch (contact, day, kind) VALUES (1, 1, 'met')",
			"INSERT INTO touch (contact, day, kind) VALUES (2, 1, 'met')",
			STAGE_STALE },
		{ "UPDATE contact SET city='Rom'",
			"INSERT INTO tag_every VALUES (1, 'vip', 'VIP', '6w')", STAGE_STALE },
		{ "UPDATE contact SET city='Rom'", "UPDATE book SET city='Oslo'", STAGE_STALE },
		{ "UPDATE contact SET city='Rom'",
			"INSERT INTO trouble VALUES ('disk', 1, 'it is full')", 0 },
		{ "DELETE FROM contact WHERE id=2",
			"INSERT INTO ledger (book, contact, kind, what, day, entered_day)"
			" VALUES (1, 2, 'gave', 'a lift', 1, 1)",
			STAGE_STALE },
		{ "DELETE FROM contact WHERE id=2", "DELETE FROM contact WHERE id=2", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new(),
					     *other = book_open(store_path(store));
		_cleanup_(stage_freep) struct stage *stage = NULL;
		int64_t anna = enter(store, "Anna");
		struct err e = { "" };

		TEST_ROW("%zu: %s", i, rows[i].theirs);
		enter(store, "Ben");
		stage = stage_of(store);
		run(stage_store(stage), rows[i].ours);
		run(other, rows[i].theirs);
		CHECK_INT(stage_publish(stage, one_is_ours, &anna, &e), rows[i].outcome);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact WHERE city='Rom'"),
			rows[i].outcome == 0
				? book_ask(stage_store(stage),
					  "SELECT count(*) FROM contact WHERE city='Rom'")
				: 0);
		/* Nothing is locked: both write. */
		enter(other, "Carla");
		enter(store, "Dora");
		CHECK_INT(store_check(store, &e), 0);
	}
}

/* What was not noted, or by nobody any more. */
static void stage_of_what_nobody_noted(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	struct err e = { "" };

	for (int how = 0; how < 4; how++) {
		_cleanup_(stage_freep) struct stage *stage = NULL, *second = NULL;
		int64_t anna = enter(store, "Anna");

		TEST_ROW("%d", how);
		stage = stage_of(store);
		enter(stage_store(stage), "Ben");
		if (how == 0)
			book_must(store_run(other, &e, "UPDATE contact SET org='Werft'", ""), &e);
		else if (how == 1)
			book_must(contacts_remove(other, 1, anna, &e), &e);
		else if (how == 2)
			second = stage_of(other);
		else
			run(other, "UPDATE contact SET note=hex(zeroblob(600000))");
		CHECK_INT(publish(stage, &e), STAGE_STALE);
		if (second)
			CHECK_INT(publish(second, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact WHERE name='Ben'"), 0);
	}
	CHECK_INT(book_ask(other, "SELECT count(*) FROM meanwhile"), 0);
}

static void stage_while_another_writes(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(stage_freep) struct stage *stage = stage_of(store);
	struct err e = { "" };

	add_many(stage_store(stage), 3);
	{
		_cleanup_(store_rollback) struct store *theirs = NULL;

		book_must(store_begin(other, &theirs, &e), &e);
		CHECK_INT(publish(stage, &e), -EBUSY);
		CHECK(strstr(e.text, "another process is writing"));
	}
	/* It has changed nothing: what was staged is still good. */
	CHECK_INT(publish(stage, &e), 0);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM contact"), 3);
}

static void stage_while_another_reads(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(stage_freep) struct stage *stage = stage_of(store);
	struct err e = { "" };

	add_many(stage_store(stage), 3);
	{
		_cleanup_rows_ struct store_rows rows = { 0 };

		book_must(store_query(&rows, other, &e, "SELECT name FROM book", ""), &e);
		CHECK_INT(store_next(&rows, &e), 1);
		CHECK_INT(publish(stage, &e), -EBUSY);
	}
	CHECK_INT(publish(stage, &e), 0);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM contact"), 3);
}

static void stage_that_is_not_published(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t version = store_data_version(store);
	struct stage *stage = stage_of(store);

	add_many(stage_store(stage), 3);
	stage_free(stage);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	CHECK_INT(store_data_version(store), version);
	stage_free(NULL);
}

/* Not even while it is worked on: nobody else could tell what it is, or remove it. */
static void stage_has_no_name(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(stage_freep) struct stage *stage = stage_of(store);
	struct err e;

	add_many(stage_store(stage), 5000);
	CHECK_INT(files_with("copy"), 0);
	CHECK_INT(publish(stage, &e), 0);
	CHECK_INT(files_with("copy"), 0);
}

TEST_MAIN(TEST(stage_takes_the_place), TEST(stage_beside_others), TEST(stage_leaves_no_gap),
	TEST(stage_of_what_has_changed), TEST(stage_of_what_nobody_noted),
	TEST(stage_while_another_writes), TEST(stage_while_another_reads),
	TEST(stage_that_is_not_published), TEST(stage_has_no_name))
