/* SPDX-License-Identifier: MIT */
#include "book-everything.h"
#include "book/archive.h"
#include "book/digests.h"
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
	static const char *const elsewhere[] = { "meta", "mention", "delivery", "trouble", "undo",
		"wanting", "outreach_mention", "meanwhile" };
	static const char *const columns[] = { "book.id", "book.name", "touch.id", "ledger.id",
		"reply.id", "outreach.id", "message.id", "message.body", "claim.message",
		"hosted.due", "hosted.turn", "hosted.error" };
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

/* --- digests of the database --- */

#define HERE(question) book_ask(here, question)

/* One that told by a mail that arrived, one that waits, and one that may have arrived. */
static void add_digest(struct store *store)
{
	static const char *const statements[] = {
		"INSERT INTO digest VALUES (3, 'anna', 'daily', 'Europe/Berlin', 7)",
		"INSERT INTO hosted (digest, book, settings, holds) VALUES"
		" (3, 1, 'to = [ \"a@x.example\" ];' || char(10), 1)",
		"INSERT INTO message VALUES (1, 3, 100, '<1@x>', 'n@x', 'Anna', NULL, 100),"
		" (2, 3, 200, '<2@x>', 'n@x', 'Ben', x'00', 200), (3, 3, 300, '<3@x>', 'n@x', 'Carl', x'00', 300)",
		"INSERT INTO delivery (message, recipient, state, attempts, doubts, next_try, changed_at) VALUES"
		" (1, 'a@x', 'sent', 1, 0, 0, 0), (2, 'a@x', 'queued', 0, 0, 0, 0), (3, 'a@x', 'in doubt', 1, 1, 0, 0)",
		"INSERT INTO claim VALUES (3, 50, 20780, 20781, 20780, 50, NULL, 1),"
		" (3, 100, 20781, 20782, 20781, 100, 1, 1), (3, 200, 20782, 20783, 20781, 200, 2, 0),"
		" (3, 300, 20783, 20784, 20781, 300, 3, 0), (3, 400, 20784, 20784, 20781, 400, NULL, 1)",
		"INSERT INTO told VALUES (3, 'b', 4, 2025, 20781, 1), (3, 'o', 2, 0, 20781, 1), (3, 'x', 99, 0, 20781, 1),"
		" (3, 'f', 1, 20785, 20782, 2), (3, 'y', 1, 20780, 20783, 3),"
		" (3, 'e', 2, 2401, 20781, 1), (3, 'e', 2, 2400, 20783, 3)",
	};

	for (size_t i = 0; i < ARRAY_SIZE(statements); i++)
		CHECK_INT(store_run(store, NULL, statements[i], ""), 0);
}

/* Told nothing twice and nothing never: what waits to be sent there was told to nobody. */
static void a_digest_comes_along_with_what_it_told(void)
{
	_cleanup_store_ struct store *store = archive_full_book(), *here = book_new();
	_cleanup_calendar_entries_ struct calendar_entries entries = { 0 };
	_cleanup_str_ struct str first = STR_INIT, second = STR_INIT;
	struct archive_report report;
	struct err e = { "" };

	add_digest(store);
	archive_of(store, 1, &first);
	/* Somebody else's: their numbers are taken. */
	CHECK_INT(store_run(here, NULL, "INSERT INTO book (id, name) VALUES (2, 'other')", ""), 0);
	CHECK_INT(store_run(here, NULL,
			  "INSERT INTO contact (id, book, name, folded, source, entered_day)"
			  " VALUES (1, 2, 'X', 'x', 'hand', 20780)",
			  ""),
		0);
	CHECK_INT(store_run(here, NULL,
			  "INSERT INTO ledger VALUES (40, 2, 1, 'gave', 'x', 1, 1, 'hand')", ""),
		0);
	CHECK_INT(
		store_run(here, NULL, "INSERT INTO digest VALUES (8, 'x', 'd', 'UTC', 0)", ""), 0);
	CHECK_INT(archive_into(here, 1, str_text(&first), &report, &e), 0);
	CHECK_TEXT(e.text, "");
	CHECK_INT(report.digests, 1);
	CHECK_INT(report.left, 0);
	CHECK_INT(HERE("SELECT id FROM digest WHERE name='anna'"), 11);
	CHECK_INT(HERE("SELECT count(*) FROM hosted WHERE digest=11 AND book=1 AND paused AND holds"
		       " AND settings='to = [ \"a@x.example\" ];' || char(10)"),
		1);
	CHECK_INT(HERE("SELECT group_concat(slot, '')='200300400' FROM claim WHERE digest=11"), 1);
	CHECK_INT(HERE("SELECT count(*) FROM claim WHERE digest=11 AND NOT delivered"), 2);
	CHECK_INT(HERE("SELECT count(*) FROM told WHERE digest=11"), 5);
	CHECK_INT(HERE("SELECT number=41+1 FROM told WHERE digest=11 AND kind='o'"), 1);
	/* Of a coffee's entry what was said last, though one message stands for all now. */
	CHECK_INT(digests_calendar(here, 11, 0, &entries, &e), 0);
	CHECK(entries.n == 1 && entries.all[0].coffee == 2 && entries.all[0].mark == 2400);
	CHECK_INT(HERE("SELECT count(*) FROM told WHERE kind IN ('b', 'y') AND digest=11"), 2);
	CHECK_INT(
		HERE("SELECT count(*) FROM message WHERE digest=11 AND body IS NULL AND subject=''"),
		1);
	CHECK_INT(HERE("SELECT count(*) FROM delivery"), 0);
	archive_of(here, 1, &second);
	CHECK(strstr(str_text(&second), "\"told\"") != NULL);
	CHECK_TEXT(strstr(str_text(&second), "\"claims\""), strstr(str_text(&first), "\"claims\""));
}

/* It is said, and what hangs on it stays out with it. */
static void a_digest_whose_name_is_taken_is_left_out(void)
{
	_cleanup_store_ struct store *store = archive_full_book(), *here = book_new();
	_cleanup_str_ struct str text = STR_INIT;
	struct archive_report report;

	add_digest(store);
	archive_of(store, 1, &text);
	CHECK_INT(store_run(here, NULL, "INSERT INTO digest VALUES (3, 'anna', 'd', 'UTC', 0)", ""),
		0);
	CHECK_INT(archive_into(here, 1, str_text(&text), &report, NULL), 0);
	CHECK_INT(report.digests, 0);
	CHECK_INT(report.left, 1);
	CHECK_INT(report.contacts, 3);
	CHECK_INT(HERE("SELECT (SELECT count(*) FROM hosted) + (SELECT count(*) FROM claim)"
		       " + (SELECT count(*) FROM told) + (SELECT count(*) FROM message)"),
		0);
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

TEST_MAIN(TEST(archive_has_every_column), TEST(a_digest_comes_along_with_what_it_told),
	TEST(a_digest_whose_name_is_taken_is_left_out), TEST(archive_comes_back),
	TEST(archive_is_stable), TEST(archive_beside_another_book),
	TEST(archive_wants_an_empty_book), TEST(archive_refuses), TEST(archive_by_hand))
