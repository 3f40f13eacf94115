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

static struct stage *stage_of(struct store *store)
{
	struct stage *stage = NULL;
	struct err e = { "" };
	int r = stage_new(&stage, store, &e);

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
		CHECK_INT(stage_publish(stage, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1 + 2 * sizes[i]);
		CHECK_INT(book_ask(reader, "SELECT count(*) FROM contact"), 1 + 2 * sizes[i]);
		CHECK_INT(book_ask(reader, "SELECT count(*) FROM search"), 1 + 2 * sizes[i]);
		CHECK_INT(store_check(store, &e), 0);
		/* The connections go on as they were. */
		book_must(contacts_set(store, anna, CONTACT_ORG, "Werft", CONTACT_HAND, TODAY, &e),
			&e);
		CHECK_INT(book_contact(reader, 1, "Ben", CONTACT_HAND), anna + 2 * sizes[i] + 1);
	}
}

static void stage_of_what_has_changed(void)
{
	_cleanup_store_ struct store *store = book_new(), *other = book_open(store_path(store));
	_cleanup_(stage_freep) struct stage *stage = stage_of(store);
	struct err e = { "" };

	add_many(stage_store(stage), 3);
	book_contact(other, 1, "Ben", CONTACT_HAND);
	CHECK_INT(stage_publish(stage, &e), STAGE_STALE);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
	/* Nothing is locked: both write. */
	book_contact(other, 1, "Carla", CONTACT_HAND);
	book_contact(store, 1, "Dora", CONTACT_HAND);
	CHECK_INT(store_check(store, &e), 0);
}

/* Also by the process itself. */
static void stage_of_what_its_own_store_has_changed(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(stage_freep) struct stage *stage = stage_of(store);
	struct err e = { "" };

	book_contact(store, 1, "Ben", CONTACT_HAND);
	CHECK_INT(stage_publish(stage, &e), STAGE_STALE);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
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
		CHECK_INT(stage_publish(stage, &e), -EBUSY);
		CHECK(strstr(e.text, "another process is writing"));
	}
	/* It has changed nothing: what was staged is still good. */
	CHECK_INT(stage_publish(stage, &e), 0);
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
		CHECK_INT(stage_publish(stage, &e), -EBUSY);
	}
	CHECK_INT(stage_publish(stage, &e), 0);
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
	CHECK_INT(stage_publish(stage, &e), 0);
	CHECK_INT(files_with("copy"), 0);
}

TEST_MAIN(TEST(stage_takes_the_place), TEST(stage_of_what_has_changed),
	TEST(stage_of_what_its_own_store_has_changed), TEST(stage_while_another_writes),
	TEST(stage_while_another_reads), TEST(stage_that_is_not_published), TEST(stage_has_no_name))
