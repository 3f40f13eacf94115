/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/digests.h"
#include "book/keys.h"
#include "book/followups.h"
#include "book/history.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/outreaches.h"
#include "book/schema.h"
#include "book/suggestions.h"
#include "book/wants.h"
#include "book/store-internal.h"

#include <unistd.h>
#include <sqlite3.h>

static void schema_is_of_today(void)
{
	_cleanup_store_ struct store *store = book_new();

	CHECK(schema_version() >= 1);
	CHECK_INT(book_ask(store, "PRAGMA user_version"), schema_version());
	CHECK_INT(book_ask(store, "PRAGMA application_id"), STORE_APPLICATION_ID);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM book WHERE name='main'"), 1);
}

static void schema_versions_that_are_known(void)
{
	struct err e = { "" };

	for (int v = 0; v <= schema_version(); v++)
		CHECK_INT(schema_check_version("x.db", v, &e), 0);
	CHECK(schema_check_version("x.db", schema_version() + 1, &e) < 0);
	CHECK(strstr(e.text, "x.db") && strstr(e.text, "install that version"));
	CHECK(schema_check_version("x.db", -1, &e) < 0);
	CHECK(schema_check_version("x.db", INT64_C(1) << 32, &e) < 0);
}

static void schema_migrated_twice_is_nothing(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t schema = book_ask(store, "PRAGMA schema_version"), book = book_main(store);
	struct err e;

	(void)book_contact(store, book, "Anna", CONTACT_HAND);
	CHECK_INT(schema_migrate(store, &e), 0);
	CHECK_INT(schema_migrate(store, &e), 0);
	CHECK_INT(book_ask(store, "PRAGMA schema_version"), schema);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
}

/* Of the first version, for a database N.db: static buffer. */
static const char *schema_backup_of(const char *path)
{
	static char backup[300];
	const char *slash = strrchr(path, '/');

	(void)snprintf(backup, sizeof(backup), "%.*s/backups/%.*s-version-1.db",
		(int)(slash - path), path, (int)(strlen(slash + 1) - 3), slash + 1);
	return backup;
}

/* What later versions added is taken away again; what is kept must come through the migration. */
static void schema_of_an_older_version_is_brought_forward(void)
{
	static const char back[] =
		"DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5 (text, prefix='2 3',"
		" tokenize='unicode61 remove_diacritics 0');"
		"INSERT INTO search (rowid, text) VALUES (1, 'anna');"
		"DROP TRIGGER hosted_holiday; DROP TABLE hosted;"
		"DROP TABLE meanwhile; DROP TABLE also_source; ALTER TABLE touch DROP COLUMN source;"
		"ALTER TABLE follow_up DROP COLUMN first_day;"
		"ALTER TABLE follow_up DROP COLUMN repeat_months;"
		"ALTER TABLE follow_up DROP COLUMN repeat_days;"
		"ALTER TABLE follow_up DROP COLUMN repeat_after_done;"
		"ALTER TABLE occasion DROP COLUMN dropped; DROP TABLE undo;"
		"DROP INDEX touch_other; ALTER TABLE touch DROP COLUMN other;"
		"ALTER TABLE contact DROP COLUMN touch_from;"
		"ALTER TABLE book DROP COLUMN paused_until;"
		"DROP TRIGGER wanting_added; DROP TRIGGER wanting_moved; DROP TRIGGER wanting_again;"
		"DROP TABLE suggestion; DROP TABLE wanting;"
		"DROP TABLE keeping; DROP TABLE tag_every; DROP TABLE ledger; DROP TABLE thanks;"
		"DROP TABLE coffee; DROP TABLE forum; DROP TABLE reply;"
		"DROP TABLE alias; DROP TABLE handle_alias; DROP TABLE differ;"
		"DROP INDEX contact_via; ALTER TABLE contact DROP COLUMN via; ALTER TABLE contact_key DROP COLUMN merged;"
		"DROP TABLE outreach_answer; DROP TABLE outreach_mention; DROP TABLE outreach;"
		"DROP INDEX message_kept; DROP INDEX message_digest; ALTER TABLE contact DROP COLUMN busy_inbox;"
		"PRAGMA user_version=1";
	_cleanup_store_ struct store *store = book_new(), *again = NULL;
	_cleanup_followups_ struct followups followups = { 0 };
	int64_t book = book_main(store), number;
	struct err e;

	(void)book_contact(store, book, "Anna", CONTACT_HAND);
	CHECK_INT(followups_add(store, book, 0, "call", TODAY, -1, TODAY, &number, &e), 0);
	CHECK_INT(sqlite3_exec(store->db, back, NULL, NULL, NULL), SQLITE_OK);
	again = book_open(store_path(store));
	CHECK_INT(book_ask(again, "PRAGMA user_version"), schema_version());
	CHECK_INT(book_ask(again, "SELECT count(*) FROM contact"), 1);
	CHECK_INT(book_ask(again, "SELECT rowid FROM search WHERE search MATCH 'an*'"), 1);
	CHECK_INT(
		book_ask(again, "SELECT count(*) FROM sqlite_schema WHERE name GLOB 'search*'"), 5);
	/* The one from before lies beside it. */
	CHECK_INT(access(schema_backup_of(store_path(store)), R_OK), 0);
	CHECK_INT(followups_by_number(again, book, number, &followups, &e), 1);
	CHECK_INT(store_check(again, &e), 0);
	CHECK_INT(book_ask(again, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* What version 3 added is taken away again. What an import brought is of the only source that its contact has;
 * where there are two, nobody knows. */
static void schema_finds_who_said_what(void)
{
	static const char back[] =
		"DROP TRIGGER hosted_holiday; DROP TABLE hosted;"
		"DROP TABLE meanwhile; DROP TABLE also_source; ALTER TABLE touch DROP COLUMN source;"
		"ALTER TABLE ledger DROP COLUMN source; ALTER TABLE thanks DROP COLUMN source;"
		"ALTER TABLE outreach DROP COLUMN source;"
		"INSERT INTO contact (id, book, name, folded, source, entered_day) VALUES"
		" (1, 1, 'One', 'one', 'vcard', 1), (2, 1, 'Two', 'two', 'vcard', 1),"
		" (3, 1, 'Typed', 'typed', 'hand', 1);"
		"INSERT INTO contact_key VALUES (1, 'uid:1', 1, 'a.vcf', 1, 0), (1, 'uid:1b', 1, 'a.vcf', 1, 0),"
		" (1, 'uid:2', 2, 'a.vcf', 1, 0), (1, 'card:2', 2, 'b.csv', 0, 0),"
		" (1, 'uid:3', 3, 'b.csv', 1, 0);"
		"INSERT INTO contact_value VALUES (1, 'tag', 1, 'x', NULL, 'x', 'vcard', 1),"
		" (1, 'tag', 2, 'y', NULL, 'y', 'hand', 1), (2, 'tag', 1, 'x', NULL, 'x', 'vcard', 1),"
		" (3, 'tag', 1, 'x', NULL, 'x', 'vcard', 1);"
		"INSERT INTO field_source VALUES (3, 'org', 'vcard', 1), (3, 'note', 'hand', 1);"
		"INSERT INTO occasion VALUES (1, 101, 1, 1, 'birthday', NULL, 0, 'vcard', 1, 0);"
		"INSERT INTO touch (contact, day, kind, note) VALUES (1, 1, 'wrote', 'LinkedIn'),"
		" (1, 1, 'wrote', 'a letter');"
		"INSERT INTO thanks VALUES (1, 1, 1, 'LinkedIn recommendation', 1, NULL), (1, 2, 1, 'help', 1, NULL);"
		"PRAGMA user_version=2";
	static const struct {
		const char *sql;
		const char *source;
	} rows[] = {
		{ "SELECT source FROM contact WHERE id=1", "a.vcf" },
		{ "SELECT source FROM contact WHERE id=2", "vcard" },
		{ "SELECT source FROM contact WHERE id=3", "hand" },
		{ "SELECT source FROM contact_value WHERE contact=1 AND place=1", "a.vcf" },
		{ "SELECT source FROM contact_value WHERE contact=1 AND place=2", "hand" },
		{ "SELECT source FROM contact_value WHERE contact=2", "vcard" },
		{ "SELECT source FROM contact_value WHERE contact=3", "b.csv" },
		{ "SELECT source FROM field_source WHERE field='org'", "b.csv" },
		{ "SELECT source FROM field_source WHERE field='note'", "hand" },
		{ "SELECT source FROM occasion", "a.vcf" },
		{ "SELECT source FROM touch WHERE note='LinkedIn'", "LinkedIn" },
		{ "SELECT source FROM touch WHERE note='a letter'", "hand" },
		{ "SELECT source FROM thanks WHERE number=1", "LinkedIn" },
		{ "SELECT source FROM thanks WHERE number=2", "hand" },
	};
	_cleanup_store_ struct store *store = book_new(), *again = NULL;
	struct err e;

	CHECK_INT(sqlite3_exec(store->db, back, NULL, NULL, NULL), SQLITE_OK);
	again = book_open(store_path(store));
	CHECK_INT(book_ask(again, "PRAGMA user_version"), schema_version());
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_rows_ struct store_rows found = { 0 };

		TEST_ROW("%s", rows[i].sql);
		book_must(store_query(&found, again, &e, rows[i].sql, ""), &e);
		CHECK_INT(store_next(&found, &e), 1);
		CHECK_TEXT(store_text(&found, 0), rows[i].source);
	}
}

/* Every table is strict but the full-text index, which cannot be. */
static void schema_tables_are_strict(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct err e;
	int n = 0;

	CHECK_INT(
		store_query(&rows, store, &e,
			"SELECT name, strict FROM pragma_table_list WHERE schema='main' AND type='table'"
			" AND name NOT LIKE 'sqlite_%'",
			""),
		0);
	for (; store_next(&rows, &e) == 1; n++) {
		TEST_ROW("%s", store_text(&rows, 0));
		CHECK_INT(store_int(&rows, 1), 1);
	}
	CHECK(n > 10);
	store_rows_done(&rows);
	CHECK(store_run(store, &e, "INSERT INTO book (name) VALUES (x'00')", "") < 0);
	CHECK(store_run(store, &e, "UPDATE digest SET since='soon'", "") == 0);
	CHECK(store_run(store, &e, "INSERT INTO trouble VALUES ('a', 'soon', 'b')", "") < 0);
}

/* Numbers that people may have noted are not given to another. */
static void schema_gives_no_number_twice(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), first = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	CHECK_INT(contacts_remove(store, book, first, &e), 0);
	CHECK(book_contact(store, book, "Ben", CONTACT_HAND) > first);
}

/* Runs what is asked again and again, so that its statements stand in the store. */
static void ask_everything(struct store *store)
{
	_cleanup_occasions_ struct occasions occasions = { 0 };
	_cleanup_followups_ struct followups followups = { 0 };
	_cleanup_contact_ struct contact contact = { 0 };
	_cleanup_suggestions_ struct suggestions suggestions = { 0 };
	_cleanup_wants_ struct wants wants = { 0 };
	const struct suggestion suggestion = { .letter = SUGGESTION_HELP, .number = 1 };
	_cleanup_outreaches_ struct outreaches outreaches = { 0 };
	_cleanup_ids_ struct contact_ids ids = { 0 };
	_cleanup_free_ int *years = NULL;
	const struct occasion_range range = { 2026, 1123, 1130 };
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND), n;
	struct digest_state state;
	struct occurrence occurrence;
	struct delivery delivery;
	struct err e = { "" };

	CHECK_INT(contacts_load(store, book, id, &contact, &e), 0);
	CHECK_INT(search_by_email(store, book, "a@example.org", &ids, &e), 0);
	CHECK_INT(search_by_birthday(store, book, "Anna", 312, 1984, &ids, &e), 0);
	CHECK_INT(keys_find(store, book, "uid:1", &n, &e), 0);
	CHECK_INT(keys_is_forgotten(store, book, "uid:1", &e), 0);
	CHECK_INT(contacts_remove_value(store, id, CONTACT_EMAIL, "a@example.org", TODAY, &e),
		CONTACT_KEPT);
	CHECK_INT(occasions_of(store, id, &occasions, &e), 0);
	CHECK_INT(occasions_in(store, book, &range, &occasions, &e), 0);
	CHECK_INT(occasions_by_number(store, book, 1, &occasions, &e), 0);
	CHECK_INT(occasions_put_back(store, book, TODAY, TODAY + 1, &occasions, &years, &e), 0);
	CHECK_INT(occasions_occurrence(store, book, 1, 2026, &occurrence, &e), 0);
	CHECK_INT(followups_due(store, book, TODAY, &followups, &e), 0);
	CHECK_INT(followups_of(store, id, &followups, &e), 0);
	CHECK_INT(followups_by_number(store, book, 1, &followups, &e), 0);
	CHECK_INT(followups_next_day(store, book, TODAY, &n, &e), 0);
	CHECK_INT(digests_enter(store, "morning", "07:00", "UTC", 0, &state, &e), 0);
	CHECK_INT(digests_claim(store, state.id, 1, &(struct cover){ 1, 2 }, 1, 1, 0, &e), 0);
	CHECK_INT(digests_load(store, "morning", &state, &e), 0);
	CHECK_INT(digests_is_told(store, state.id, TOLD_OCCASION, 1, 2026, NULL, &e), 0);
	CHECK_INT(outreaches_open(store, book, &outreaches, &e), 0);
	CHECK_INT(outreaches_of(store, id, &outreaches, &e), 0);
	CHECK_INT(outreaches_by_number(store, book, 1, &outreaches, &e), 0);
	CHECK_INT(outreaches_forget(store, TODAY, &e), 0);
	CHECK_INT(outbox_forget_bodies(store, 1, &e), 0);
	CHECK_INT(outbox_next(store, 1, &delivery, &e), 0);
	CHECK_INT(outbox_next_time(store, &n, &e), 0);
	CHECK_INT(outbox_set_sent(store, 1, 1, &e), 0);
	CHECK_INT(outbox_set_refused(store, 1, 1, "no", &e), 0);
	CHECK_INT(outbox_set_waiting(store, 1, 1, 1, false, "no", &e), 0);
	CHECK_INT(outbox_recover(store, 1, &e), 0);
	CHECK_INT(outbox_withdraw(store, state.id, 1, &e), 0);
	CHECK_INT(outbox_erase_contact(store, id, &e), 0);
	CHECK_INT(suggestions_list(store, book, SUGGESTION_HELP, &suggestions, &e), 0);
	CHECK_INT(suggestions_by_number(store, book, SUGGESTION_HELP, 1, &suggestions, &e), 0);
	CHECK_INT(suggestions_between(store, id, id, &suggestions, &e), 0);
	CHECK_INT(suggestions_is_wanted(store, book, &suggestion, &e), 1);
	CHECK_INT(suggestions_set_told(store, book, &suggestion, TODAY, &e), 0);
	CHECK_INT(suggestions_put_back(store, book, SUGGESTION_HELP, 1, TODAY, &e), 0);
	CHECK_INT(wants_load(store, book, false, &wants, &e), 0);
	CHECK_INT(contacts_remove(store, book, id, &e), 0);
}

/* The full-text index is found by its row; what one person or address has is little to sort, and the names and
 * traits of one are gathered before they are paired. */
static bool is_fine(const char *sql, const char *step)
{
	return str_equal(step, "SCAN search VIRTUAL TABLE INDEX 0:=") ||
		str_equal(step, "SCAN name") || str_equal(step, "SCAN trait") ||
		(strstr(step, "delivery_state") &&
			(strstr(sql, "UPDATE delivery") || strstr(sql, "state='attempting'"))) ||
		(str_starts(step, "USE TEMP") &&
			(strstr(sql, "contact=?") || strstr(sql, "v.folded=?")));
}

/* Says what the plan of a statement does that takes the longer the more is kept. */
static void check_plan(struct store *store, const char *sql)
{
	_cleanup_str_ struct str text = STR_INIT;
	sqlite3_stmt *plan = NULL;

	str_addf(&text, "EXPLAIN QUERY PLAN %s", sql);
	if (sqlite3_prepare_v2(store->db, str_text(&text), -1, &plan, NULL) != SQLITE_OK)
		return; /* a pragma has none */
	TEST_ROW("%s", sql);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(plan, 3);

		/* One state may have all of the past's deliveries, or all that wait for an hour. */
		if ((str_starts(step, "SCAN") || str_starts(step, "USE TEMP") ||
			    strstr(step, "delivery_state")) &&
			!is_fine(sql, step))
			CHECK_TEXT(step, "");
	}
	(void)sqlite3_finalize(plan);
}

/* What grows with the book, the years or the digests is found by an index, and is not sorted. */
static void schema_has_an_index_for_what_is_asked(void)
{
	_cleanup_store_ struct store *store = book_new();

	ask_everything(store);
	CHECK(store->n_statements > 30);
	for (size_t i = 0; i < store->n_statements; i++)
		check_plan(store, store->statements[i].sql);
}

TEST_MAIN(TEST(schema_is_of_today), TEST(schema_versions_that_are_known),
	TEST(schema_migrated_twice_is_nothing), TEST(schema_of_an_older_version_is_brought_forward),
	TEST(schema_finds_who_said_what), TEST(schema_tables_are_strict),
	TEST(schema_gives_no_number_twice), TEST(schema_has_an_index_for_what_is_asked))
