/* SPDX-License-Identifier: MIT */
#include "book-everything.h"
#include "book/archive.h"
#include "book/schema.h"

#include <errno.h>

struct source {
	const char *bytes;
	size_t n;
};

static int source_read(void *userdata, char *buffer, size_t size, size_t *ret_n, struct err *reterr)
{
	struct source *s = userdata;

	(void)reterr;
	*ret_n = s->n < size ? s->n : size;
	memcpy(buffer, s->bytes, *ret_n);
	s->bytes += *ret_n;
	s->n -= *ret_n;
	return 0;
}

static int never_flush(void *userdata)
{
	(void)userdata;
	return 0;
}

static void archive_of(struct store *store, int64_t book, struct str *ret)
{
	struct json json = JSON_INIT(ret);
	struct err e = { "" };

	book_must(archive_write(store, book, &json, never_flush, NULL, &e), &e);
}

/* All or nothing, as whoever calls it does it. */
static int archive_into(struct store *store, int64_t book, const char *text,
	struct archive_report *report, struct err *reterr)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_(json_reader_done) struct json_reader reader = { 0 };
	struct source source = { text, strlen(text) };
	int r = json_reader_init(&reader, source_read, &source, reterr);

	if (r == 0)
		r = store_begin(store, &transaction, reterr);
	if (r == 0)
		r = archive_read(store, book, &reader, report, reterr);
	return r < 0 ? r : store_commit(&transaction, reterr);
}

static struct store *archive_full_book(void)
{
	struct store *store = book_new();

	book_fill(store);
	return store;
}

/* A column that somebody adds belongs into the archive, or here. */
static void archive_has_every_column(void)
{
	static const char *const elsewhere[] = { "meta", "digest", "message", "claim", "told",
		"mention", "delivery", "trouble", "undo", "wanting", "outreach_mention",
		"meanwhile", "hosted" };
	static const char *const columns[] = { "book.id", "book.name", "touch.id", "ledger.id",
		"reply.id", "outreach.id" };
	_cleanup_store_ struct store *store = book_new();
	_cleanup_rows_ struct store_rows rows = { 0 };
	int n = 0;

	CHECK_INT(
		store_query(&rows, store, NULL,
			"SELECT m.name, c.name, m.name || '.' || c.name FROM sqlite_schema m,"
			" pragma_table_info(m.name) c WHERE m.type='table' AND m.name NOT LIKE 'sqlite_%'"
			" AND m.name NOT LIKE 'search%'",
			""),
		0);
	while (store_next(&rows, NULL) == 1) {
		const char *table = store_text(&rows, 0), *column = store_text(&rows, 1);
		bool skip = false;

		for (size_t i = 0; i < ARRAY_SIZE(elsewhere); i++)
			skip |= strcmp(elsewhere[i], table) == 0;
		for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
			skip |= strcmp(columns[i], store_text(&rows, 2)) == 0;
		if (skip)
			continue;
		TEST_ROW("%s.%s", table, column);
		CHECK(archive_knows(table, column));
		n++;
	}
	CHECK(n > 100);
	CHECK(!archive_knows("contact", "nam"));
	CHECK(!archive_knows("meta", "key"));
}

static void archive_comes_back(void)
{
	_cleanup_store_ struct store *store = archive_full_book(), *fresh = book_new();
	_cleanup_str_ struct str first = STR_INIT, second = STR_INIT;
	struct archive_report report;
	struct err e = { "" };

	archive_of(store, 1, &first);
	CHECK_INT(archive_into(fresh, 1, str_text(&first), &report, &e), 0);
	CHECK_TEXT(e.text, "");
	CHECK_INT(report.contacts, 3);
	CHECK(!report.renumbered);
	CHECK_INT(report.forgotten, 0);
	archive_of(fresh, 1, &second);
	/* The handles' counters were behind in the letters that book_everything[] did not count. */
	CHECK(strstr(str_text(&second), "{\"letter\": \"b\", \"last\": 9}") != NULL);
	CHECK(strstr(str_text(&second), "{\"letter\": \"g\", \"last\": 2}") != NULL);
	CHECK_TEXT(strstr(str_text(&second), "\"tags\""), strstr(str_text(&first), "\"tags\""));
	CHECK_INT(book_ask(fresh, "SELECT count(*) FROM search"), 3);
	CHECK_INT(book_ask(fresh, "SELECT count(*) FROM wanting"), 1);
	CHECK_INT(book_ask(fresh, "SELECT seq FROM sqlite_sequence WHERE name='contact'"), 9);
	CHECK_INT(book_ask(fresh, "SELECT count(*) FROM contact WHERE folded='anna mueller'"), 1);
}

/* What was written once is the same ever after. */
static void archive_is_stable(void)
{
	_cleanup_store_ struct store *store = archive_full_book(), *one = book_new(), *two = NULL;
	_cleanup_str_ struct str first = STR_INIT, second = STR_INIT, third = STR_INIT;
	struct archive_report report;

	archive_of(store, 1, &first);
	CHECK_INT(archive_into(one, 1, str_text(&first), &report, NULL), 0);
	archive_of(one, 1, &second);
	two = book_new();
	CHECK_INT(archive_into(two, 1, str_text(&second), &report, NULL), 0);
	archive_of(two, 1, &third);
	CHECK_TEXT(str_text(&third), str_text(&second));
}

static void archive_beside_another_book(void)
{
	_cleanup_store_ struct store *store = archive_full_book(), *other = book_new();
	_cleanup_str_ struct str first = STR_INIT;
	struct archive_report report;
	int64_t book = book_other(other);

	(void)book_contact(other, 1, "Zoe", CONTACT_HAND);
	archive_of(store, 1, &first);
	CHECK_INT(archive_into(other, book, str_text(&first), &report, NULL), 0);
	CHECK(report.renumbered);
	CHECK_INT(report.forgotten, 2);
	CHECK_INT(book_ask(other, "SELECT id FROM contact WHERE name='Ben'"), 3);
	CHECK_INT(book_ask(other, "SELECT one FROM differ"), 3);
	CHECK_INT(book_ask(other, "SELECT contact FROM alias WHERE id=4"), 2);
	CHECK_INT(book_ask(other, "SELECT seq FROM sqlite_sequence WHERE name='contact'"), 10);
	CHECK_INT(book_ask(other, "SELECT count(*) FROM contact WHERE book=1"), 1);
}

static void archive_wants_an_empty_book(void)
{
	static const char *const contents[] = {
		"INSERT INTO contact (book, name, folded, source, entered_day) VALUES (1, 'A', 'a', 'hand', 1)",
		"INSERT INTO follow_up (book, number, what, due_day, entered_day) VALUES (1, 1, 'x', 1, 1)",
		"INSERT INTO forum VALUES (1, 1, 'HR', 'hr', NULL, NULL, 3, 'week', 0)",
		"INSERT INTO tag_every VALUES (1, 'a', 'A', '4w')",
		"INSERT INTO forgotten VALUES (1, zeroblob(32))",
	};

	for (size_t i = 0; i < ARRAY_SIZE(contents); i++) {
		_cleanup_store_ struct store *store = book_new();
		struct archive_report report;
		struct err e = { "" };

		TEST_ROW("%s", contents[i]);
		book_must(store_run(store, &e, contents[i], ""), &e);
		CHECK_INT(archive_into(store, 1, "{\"nudge\": 1}", &report, &e), -ENOTEMPTY);
	}
}

#define ONE(member)                                                                                \
	"{\"nudge\": 1, \"contacts\": [\n{\"id\": 1, \"name\": \"A\", \"source\": \"hand\","       \
	" \"entered\": \"2026-11-23\"" member "}]}"

static void archive_refuses(void)
{
	static const struct {
		const char *text, *sentence;
	} rows[] = {
		{ "{}", "line 1: this is no book that `nudge export --format json` wrote" },
		{ "[]", "line 1: this is no book that `nudge export --format json` wrote" },
		{ "{\"contacts\": []}",
			"line 1: this is no book that `nudge export --format json` wrote" },
		{ "{\"nudge\": 2}",
			"line 1: it was written by a newer nudge: this one knows version 1" },
		{ "{\"nudge\": 1, \"pets\": []}", "line 1: this version does not know \"pets\"" },
		{ "{\"nudge\": 1, \"contacts\": {}}", "line 1: \"contacts\" is no list" },
		{ "{\"nudge\": 1, \"contacts\": [1]}",
			"line 1: \"contacts\" holds something that is no object" },
		{ "{\"nudge\": 1, \"identity\": \"xyz\"}",
			"line 1: the identity is not 16 hexadecimal digits" },
		{ "{\"nudge\": 1, \"identity\": 7}",
			"line 1: \"identity\" has no value that it can have" },
		{ "{\"nudge\": 1, \"last_contact\": -1}",
			"line 1: \"last_contact\" has no value that it can have" },
		{ "{\"nudge\": 1", "line 1: the file ends too early" },
		{ "{\"nudge\": 1, \"contacts\": [{}]}",
			"line 1: \"id\" is missing in an object of \"contacts\"" },
		{ ONE(", \"name\": \"\""), "line 2: \"name\" is empty" },
		{ ONE(", \"name\": \"\\u001b\""), "line 2: \"name\" is empty" },
		{ ONE(", \"name\": 7"), "line 2: \"name\" is no text" },
		{ ONE(", \"id\": 0"), "line 2: \"id\" is out of range" },
		{ ONE(", \"id\": \"1\""), "line 2: \"id\" is no number" },
		{ ONE(", \"id\": 9007199254740993"), "line 2: \"id\" is out of range" },
		{ ONE(", \"met\": \"12.3.\""), "line 2: \"met\" is no day such as 2026-11-23" },
		{ ONE(", \"met\": \"--03-12\""), "line 2: \"met\" is no day such as 2026-11-23" },
		{ ONE(", \"busy_inbox\": \"no\""), "line 2: \"busy_inbox\" is none of yes" },
		{ ONE(", \"note\": null"), "line 2: \"note\" has no value that it can have" },
		{ ONE(", \"shoe\": 42"),
			"line 2: this version does not know \"shoe\" in \"contacts\"" },
		{ ONE(", \"folded\": \"x\""),
			"line 2: this version does not know \"folded\" in \"contacts\"" },
		{ ONE(", \"touches\": [], \"note\": \"x\""),
			"line 2: \"note\" stands behind a list of the same object" },
		{ ONE(", \"keeping\": [{\"number\": 1, \"span_days\": 0}]"),
			"line 2: \"span_days\" is out of range" },
		{ ONE(", \"occasions\": [{\"number\": 1, \"kind\": \"birthday\", \"date\": \"1983-02-29\"}]"),
			"line 2: \"date\" is no day such as 1984-03-12 or --03-12" },
		{ ONE(", \"values\": [{\"kind\": \"fax\"}]"),
			"line 2: \"kind\" is none of email|phone|link|tag|offers|seeks|extra" },
		{ ONE(", \"keys\": [{\"key\": \"a\", \"source\": \"b\", \"owns\": 1}]"),
			"line 2: \"owns\" is no text" },
		{ ONE("}, {\"id\": 1, \"name\": \"B\", \"source\": \"hand\", \"entered\": \"2026-11-23\""),
			"line 2: an object of \"contacts\" contradicts another, or speaks of what is not"
			" there" },
		{ "{\"nudge\": 1, \"differ\": [{\"one\": 1, \"other\": 2}]}",
			"line 1: an object of \"differ\" contradicts another, or speaks of what is not there" },
		{ "{\"nudge\": 1, \"forgotten\": [{\"hash\": \"00\"}]}",
			"line 1: a hash needs 64 hexadecimal digits" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		struct archive_report report;
		struct err e = { "" };

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(archive_into(store, 1, rows[i].text, &report, &e), -EBADMSG);
		CHECK_TEXT(e.text, rows[i].sentence);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	}
}

/* A document that somebody wrote by hand: what comes in is cleaned, and handles are not given again. */
static void archive_by_hand(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct archive_report report;
	struct err e = { "" };
	int64_t number = 0;

	CHECK_INT(
		archive_into(store, 1,
			ONE(", \"note\": \"a\\u001b[31m\\u202eb\", \"occasions\": [{\"number\": 41,"
			    " \"kind\": \"birthday\", \"date\": \"--02-29\", \"source\": \"hand\","
			    " \"entered\": \"2026-11-23\"}]"),
			&report, &e),
		0);
	CHECK_TEXT(e.text, "");
	CHECK_INT(book_ask(store, "SELECT note='a[31mb' FROM contact"), 1);
	CHECK_INT(book_ask(store, "SELECT month_day FROM occasion"), 229);
	CHECK_INT(books_next_number(store, 1, 'b', &number, &e), 0);
	CHECK_INT(number, 42);
}

TEST_MAIN(TEST(archive_has_every_column), TEST(archive_comes_back), TEST(archive_is_stable),
	TEST(archive_beside_another_book), TEST(archive_wants_an_empty_book), TEST(archive_refuses),
	TEST(archive_by_hand))
