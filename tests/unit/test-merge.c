/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/aliases.h"
#include "book/coffees.h"
#include "book/digests.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/history.h"
#include "book/keeping.h"
#include "book/keys.h"
#include "book/ledger.h"
#include "book/merge.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/suggestions.h"
#include "book/store-internal.h"
#include "book/touches.h"
#include "book/undo.h"

#include <errno.h>
#include <sqlite3.h>

/* Everything that is kept, as text: two states of a database are the same where it is. */
static char *dump(struct store *store)
{
	_cleanup_rows_ struct store_rows tables = { 0 };
	_cleanup_str_ struct str out = STR_INIT;
	struct err e;

	book_must(
		store_query(&tables, store, &e,
			"SELECT name FROM pragma_table_list WHERE schema='main' AND type='table'"
			" AND name NOT IN ('undo', 'counter', 'wanting') AND name NOT LIKE 'sqlite%'"
			" AND name NOT LIKE 'search%' ORDER BY name",
			""),
		&e);
	while (store_next(&tables, &e) == 1) {
		_cleanup_str_ struct str sql = STR_INIT;
		sqlite3_stmt *rows = NULL;

		str_addf(&sql, "SELECT * FROM %s ORDER BY 1, 2", store_text(&tables, 0));
		str_addf(&out, "%s\n", store_text(&tables, 0));
		if (sqlite3_prepare_v2(store->db, str_text(&sql), -1, &rows, NULL) != SQLITE_OK)
			abort();
		while (sqlite3_step(rows) == SQLITE_ROW) {
			for (int i = 0; i < sqlite3_column_count(rows); i++) {
				const char *text = (const char *)sqlite3_column_text(rows, i);

				str_addf(&out, "|%s", text ? text : "NULL");
			}
			str_add_char(&out, '\n');
		}
		(void)sqlite3_finalize(rows);
	}
	return str_take(&out);
}

static void check_whole(struct store *store)
{
	struct err e;

	CHECK_INT(store_check(store, &e), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"),
		book_ask(store, "SELECT count(*) FROM search"));
	CHECK_INT(
		book_ask(store,
			"SELECT count(*) FROM search WHERE rowid NOT IN (SELECT id FROM contact)"),
		0);
}

/* The report as lines: "city: Bonn", "city: Bonn, not Köln", "2 follow-ups". */
static void merge(struct store *store, int64_t stays, int64_t goes, const char *expected)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_(undo_freep) struct undo *undo = NULL;
	_cleanup_merge_report_ struct merge_report report = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e;

	book_must(store_begin(store, &transaction, &e), &e);
	book_must(undo_begin(&undo, store, &e), &e);
	book_must(merge_contacts(store, book_main(store), stays, goes, TODAY, &report, &e), &e);
	book_must(undo_keep(undo, book_main(store), "merge", 0, &e), &e);
	undo_free(TAKE_PTR(undo));
	book_must(store_commit(&transaction, &e), &e);
	for (size_t i = 0; i < report.n; i++) {
		const struct merge_line *line = &report.all[i];

		if (line->count)
			str_addf(&text, "%d %s\n", (int)line->count, line->what);
		else if (line->kept)
			str_addf(&text, "%s: %s, not %s\n", line->what, line->kept, line->text);
		else
			str_addf(&text, "%s: %s\n", line->what, line->text);
	}
	if (expected)
		CHECK_TEXT(str_text(&text), expected);
	check_whole(store);
	CHECK_INT(book_ask(store,
			  "SELECT count(*) FROM contact_value WHERE contact NOT IN"
			  " (SELECT id FROM contact)"),
		0);
}

static int take_back(struct store *store)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	_cleanup_free_ char *what = NULL;
	struct err e = { "" };
	int r;

	book_must(store_begin(store, &transaction, &e), &e);
	r = undo_last(store, book_main(store), &what, &e);
	if (r == 0)
		book_must(store_commit(&transaction, &e), &e);
	check_whole(store);
	return r;
}

static void set(struct store *store, int64_t id, enum contact_field field, const char *text,
	const char *source)
{
	struct err e;

	book_must(contacts_set(store, id, field, text, source, TODAY, &e), &e);
}

static int64_t occasion(struct store *store, int64_t id, const char *kind, const char *name,
	int year, int month, int day, int32_t entered)
{
	const struct date date = { year, month, day };
	struct err e;
	int64_t number = 0;

	book_must(occasions_add(store, book_main(store), id, kind, name, &date, "vcard", entered,
			  &number, &e),
		&e);
	return number;
}

static int64_t find(struct store *store, const char *text)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	struct err e;

	book_must(search_find(store, book_main(store), text, 10, &ids, &e), &e);
	return ids.n == 1 ? ids.ids[0] : -(int64_t)ids.n;
}

static void merge_texts_and_values(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	int64_t book = book_main(store),
		anna = book_contact(store, book, "Anna Schmidt", CONTACT_HAND),
		other = book_contact(store, book, "A. Weber", "vcard");
	struct err e;

	set(store, anna, CONTACT_CITY, "Köln", CONTACT_HAND);
	set(store, anna, CONTACT_ORG, "ACME", CONTACT_HAND);
	set(store, anna, CONTACT_NOTE, "sails", CONTACT_HAND);
	set(store, other, CONTACT_CITY, "Bonn", "vcard");
	set(store, other, CONTACT_ORG, "Acme", "vcard");
	set(store, other, CONTACT_TITLE, "CEO", "vcard");
	set(store, other, CONTACT_NOTE, "chess", "vcard");
	book_value(store, anna, CONTACT_EMAIL, "anna@example.org");
	book_value(store, anna, CONTACT_PHONE, "0173 5098235");
	book_value(store, other, CONTACT_EMAIL, "ANNA@example.org");
	book_value(store, other, CONTACT_EMAIL, "weber@example.org");
	book_value(store, other, CONTACT_LINK, "https://de.linkedin.com/in/anna");
	book_must(contacts_add_value(store, other, CONTACT_PHONE, "+49 173 5098235", "mobile",
			  "vcard", TODAY, &e),
		&e);
	merge(store, anna, other,
		"e-mail: weber@example.org\nlink: https://de.linkedin.com/in/anna\n"
		"title: CEO\ncity: Köln, not Bonn\nnote: chess\n");
	book_must(contacts_load(store, book, anna, &c, &e), &e);
	CHECK_TEXT(c.field[CONTACT_NAME], "Anna Schmidt");
	CHECK_TEXT(c.field[CONTACT_CITY], "Köln");
	CHECK_TEXT(c.field[CONTACT_TITLE], "CEO");
	CHECK_TEXT(c.field[CONTACT_NOTE], "sails\n\nchess");
	CHECK_INT(c.n_values, 4);
	/* What came from an import is still an import's; the joined note is a person's. */
	CHECK_INT(
		book_ask(store, "SELECT source='vcard' FROM field_source WHERE field='title'"), 1);
	CHECK_INT(book_ask(store, "SELECT source='hand' FROM field_source WHERE field='note'"), 1);
	CHECK_INT(book_ask(store,
			  "SELECT source='hand' FROM contact_value WHERE text='weber@example.org'"),
		1);
	CHECK_INT(book_ask(store,
			  "SELECT label='mobile' FROM contact_value WHERE text='0173 5098235'"),
		1);
	/* Both are found by all that either was found by. */
	CHECK_INT(find(store, "weber@example.org"), anna);
	CHECK_INT(find(store, "A. Weber"), anna);
	CHECK_INT(find(store, "schmidt"), anna);
}

static void merge_via(void)
{
	static const struct {
		int stays, goes; /* forums, 0: none */
		const char *report;
		int via;
	} rows[] = {
		{ 0, 0, "", 0 },
		{ 1, 0, "", 1 },
		{ 0, 2, "via: Board\n", 2 },
		{ 1, 1, "", 1 },
		{ 1, 2, "via: HR, not Board\n", 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_forums_ struct forums via = { 0 };
		int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
			b = book_contact(store, book, "B", CONTACT_HAND), n;
		const struct goal goal = { 3, GOAL_WEEK };
		struct err e;

		TEST_ROW("row %zu", i);
		book_must(forums_set(store, book, "HR", &goal, NULL, NULL, &n, &e), &e);
		book_must(forums_set(store, book, "Board", &goal, NULL, NULL, &n, &e), &e);
		if (rows[i].stays)
			book_must(forums_set_via(store, a, rows[i].stays, 10, &e), &e);
		if (rows[i].goes)
			book_must(forums_set_via(store, b, rows[i].goes, 20, &e), &e);
		merge(store, a, b, rows[i].report);
		CHECK_INT(forums_via(store, book, a, &via, &e), rows[i].via != 0);
		if (!rows[i].via)
			continue;
		CHECK_INT(via.all[0].number, rows[i].via);
		CHECK_INT(book_ask(store, "SELECT set_day FROM field_source WHERE field='via'"),
			rows[i].via * 10);
	}
}

static void merge_notes_stand_once(void)
{
	static const struct {
		const char *stays, *goes, *note;
	} rows[] = {
		{ "sails", NULL, "sails" },
		{ NULL, "sails", "sails" },
		{ "sails", "sails", "sails" },
		{ "sails and chess", "sails", "sails and chess" },
		{ "sails", "sails and chess", "sails and chess" },
		{ "sails", "chess", "sails\n\nchess" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_contact_ struct contact c = { 0 };
		int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
			b = book_contact(store, book, "B", CONTACT_HAND);
		struct err e;

		TEST_ROW("row %zu", i);
		set(store, a, CONTACT_NOTE, rows[i].stays, CONTACT_HAND);
		set(store, b, CONTACT_NOTE, rows[i].goes, CONTACT_HAND);
		merge(store, a, b, NULL);
		book_must(contacts_load(store, book, a, &c, &e), &e);
		CHECK_TEXT(c.field[CONTACT_NOTE], rows[i].note);
	}
}

/* A birthday of each: what stands then, and where the handles lead. */
static void merge_birthdays(void)
{
	static const struct {
		int stays[3], goes[3]; /* year, month, day; month 0: none */
		bool goes_is_older;
		const char *report;
		int year,
			survives; /* 1: the handle of the one that stays, 2: of the one that goes */
		int count;
	} rows[] = {
		{ { 1984, 3, 12 }, { 1984, 3, 12 }, false, "", 1984, 1, 1 },
		{ { 1984, 3, 12 }, { 1984, 3, 12 }, true, "", 1984, 2, 1 },
		{ { 1984, 3, 12 }, { 0, 3, 12 }, false, "", 1984, 1, 1 },
		{ { 0, 3, 12 }, { 1984, 3, 12 }, false, "birthday: 1984-03-12\n", 1984, 1, 1 },
		{ { 0, 3, 12 }, { 1984, 3, 12 }, true, "birthday: 1984-03-12\n", 1984, 2, 1 },
		{ { 0, 0, 0 }, { 1984, 3, 12 }, false, "birthday: 1984-03-12\n", 1984, 2, 1 },
		{ { 1984, 3, 12 }, { 0, 0, 0 }, false, "", 1984, 1, 1 },
		{ { 1984, 3, 12 }, { 1985, 3, 12 }, false, "birthday: 1984-03-12, not 1985-03-12\n",
			1984, 1, 2 },
		{ { 0, 3, 12 }, { 1984, 3, 13 }, false, "birthday: --03-12, not 1984-03-13\n", 0, 1,
			2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_occasions_ struct occasions found = { 0 };
		int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
			b = book_contact(store, book, "B", CONTACT_HAND), numbers[2] = { 0, 0 };
		const int *s = rows[i].stays, *g = rows[i].goes;
		struct err e;

		TEST_ROW("row %zu", i);
		if (s[1])
			numbers[0] = occasion(
				store, a, OCCASION_BIRTHDAY, NULL, s[0], s[1], s[2], TODAY);
		if (g[1])
			numbers[1] = occasion(store, b, OCCASION_BIRTHDAY, NULL, g[0], g[1], g[2],
				rows[i].goes_is_older ? TODAY - 1 : TODAY);
		merge(store, a, b, rows[i].report);
		book_must(occasions_of(store, a, &found, &e), &e);
		CHECK_INT(found.n, rows[i].count);
		CHECK_INT(found.all[0].number, numbers[rows[i].survives - 1]);
		CHECK_INT(found.all[0].date.year, rows[i].year);
		CHECK_TEXT(found.all[0].kind, OCCASION_BIRTHDAY);
		for (int k = 0; k < 2; k++) {
			_cleanup_occasions_ struct occasions lead = { 0 };

			if (!numbers[k])
				continue;
			CHECK_INT(occasions_by_number(store, book, numbers[k], &lead, &e), 1);
			CHECK_INT(lead.all[0].contact, a);
			if (rows[i].count == 1)
				CHECK_INT(lead.all[0].number, found.all[0].number);
		}
		/* Another birthday is kept, and never mentioned. */
		if (rows[i].count == 2) {
			CHECK_TEXT(found.all[1].name, "other birthday");
			CHECK_INT(
				book_ask(store, "SELECT count(*) FROM occasion WHERE dropped"), 1);
			CHECK_INT(book_ask(store,
					  "SELECT dropped FROM occasion WHERE kind='birthday'"),
				0);
		}
	}
}

static void merge_other_days(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_occasions_ struct occasions found = { 0 };
	int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
		b = book_contact(store, book, "B", CONTACT_HAND), first, twin, dropped, kept;
	struct occurrence said;
	struct err e;

	first = occasion(store, a, OCCASION_ANNIVERSARY, NULL, 0, 6, 1, TODAY);
	dropped = occasion(store, a, OCCASION_NAME_DAY, NULL, 0, 7, 26, TODAY - 9);
	(void)occasion(store, a, OCCASION_NAMED, "first day", 2019, 4, 1, TODAY);
	twin = occasion(store, b, OCCASION_ANNIVERSARY, NULL, 2010, 6, 1, TODAY);
	kept = occasion(store, b, OCCASION_NAME_DAY, NULL, 0, 7, 26, TODAY);
	(void)occasion(store, b, OCCASION_NAMED, "first day", 2020, 4, 1, TODAY);
	(void)occasion(store, b, OCCASION_NAMED, "last day", 2019, 4, 1, TODAY);
	book_must(occasions_drop(store, book, dropped, &e), &e);
	book_must(occasions_set_done(store, book, twin, 2026, TODAY, &e), &e);
	book_must(occasions_set_until(store, book, first, 2026, TODAY + 2, &e), &e);
	book_must(occasions_set_done(store, book, twin, 2025, TODAY, &e), &e);
	merge(store, a, b,
		"anniversary: 2010-06-01\nfirst day: 2020-04-01\nlast day: 2019-04-01\n");
	book_must(occasions_of(store, a, &found, &e), &e);
	CHECK_INT(found.n, 5);
	/* The double that was dropped does not silence the other. */
	CHECK_INT(book_ask(store, "SELECT count(*) FROM occasion WHERE dropped"), 0);
	CHECK_INT(book_ask(store, "SELECT number FROM occasion WHERE kind='name-day'"), kept);
	book_must(occasions_occurrence(store, book, first, 2026, &said, &e), &e);
	CHECK(said.done && said.put_back);
	book_must(occasions_occurrence(store, book, first, 2025, &said, &e), &e);
	CHECK(said.done && !said.put_back);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM occurrence"), 2);
}

static int64_t keeping_number(struct store *store, int64_t contact)
{
	struct err e;
	int64_t number = 0;

	(void)store_ask(
		store, &number, &e, "SELECT number FROM keeping WHERE contact=?", "i", contact);
	return number;
}

static void merge_keeps_in_touch(void)
{
	static const struct {
		const char *stays, *goes, *every;
		int survives; /* of the handles, 0: none */
	} rows[] = {
		{ "6w", "2w", "6w", 1 },
		{ "6w", NULL, "6w", 1 },
		{ NULL, "2w", "2w", 2 },
		{ NULL, NULL, NULL, 0 },
		{ "6w", "never", "6w", 1 },
		{ "never", "2w", "never", 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_contact_ struct contact c = { 0 };
		int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
			b = book_contact(store, book, "B", CONTACT_HAND), numbers[3] = { 0 };
		struct keeping keeping;
		struct err e;

		TEST_ROW("row %zu", i);
		set(store, a, CONTACT_EVERY, rows[i].stays, CONTACT_HAND);
		set(store, b, CONTACT_EVERY, rows[i].goes, CONTACT_HAND);
		book_must(touches_add(store, b, TODAY - 3, "met", NULL, &e), &e);
		numbers[1] = keeping_number(store, a);
		numbers[2] = keeping_number(store, b);
		merge(store, a, b, NULL);
		book_must(contacts_load(store, book, a, &c, &e), &e);
		CHECK_TEXT(c.field[CONTACT_EVERY], rows[i].every);
		CHECK_INT(keeping_number(store, a), numbers[rows[i].survives]);
		for (int k = 1; k < 3; k++) {
			if (!numbers[k])
				continue;
			CHECK_INT(keeping_by_number(store, book, numbers[k], &keeping, &e), 1);
			CHECK_INT(keeping.contact, a);
			CHECK_INT(keeping.number, numbers[rows[i].survives]);
		}
		/* Both pasts count. */
		if (rows[i].every && !str_equal(rows[i].every, "never"))
			CHECK_INT(book_ask(store, "SELECT due_day - span_days FROM keeping"),
				TODAY - 3);
	}
}

/* A row for everything that may hang on a contact, one with and one without a partner in the other. */
static void fill(struct store *store, int64_t id, bool more)
{
	int64_t book = book_main(store), n, message;
	struct digest_state state;
	char text[32];
	struct err e;
	bool owns;

	(void)snprintf(text, sizeof(text), "<%d>", (int)id);
	const struct outbox_message m = { 1, id, text, "a@example.org", "s", "body", 4 };

	book_must(digests_enter(store, "morning", "07:00", "UTC", 0, &state, &e), &e);
	book_must(outbox_add(store, &m, 1, &message, &e), &e);
	book_must(outbox_add_mention(store, message, id, &e), &e);
	if (more)
		book_must(outbox_add_mention(store, 1, id, &e), &e);
	book_must(followups_add(store, book, id, "call", TODAY, -1, TODAY, &n, &e), &e);
	book_must(touches_add(store, id, TODAY - (more ? 9 : 3), "met", "fair", &e), &e);
	book_must(coffees_add(store, book, id, TODAY, &n, &e), &e);
	book_must(ledger_add(store, book, id, LEDGER_RECEIVED, "a book", TODAY, TODAY, &n, &e), &e);
	book_must(forums_reply(store, book, 1, TODAY, 2, id, "contracts", &e), &e);
	(void)snprintf(text, sizeof(text), "uid:%d", (int)id);
	book_must(keys_set(store, book, text, more ? "b.vcf" : "a.vcf", id, &owns, &e), &e);
	(void)snprintf(text, sizeof(text), "u%d@example.org", (int)id);
	book_value(store, id, CONTACT_EMAIL, text);
	book_value(store, id, CONTACT_TAG, "choir");
	(void)occasion(store, id, OCCASION_BIRTHDAY, NULL, more ? 1984 : 0, 3, 12, TODAY);
	(void)occasion(store, id, OCCASION_NAMED, text, 0, 3, 12, TODAY);
	set(store, id, CONTACT_EVERY, more ? "3w" : "6w", "vcard");
	set(store, id, CONTACT_NOTE, text, "vcard");
	set(store, id, more ? CONTACT_CITY : CONTACT_TITLE, "x", "vcard");
	book_must(search_index(store, id, &e), &e);
}

static void merge_taken_back_whole(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_free_ char *before = NULL, *after = NULL, *middle = NULL;
	int64_t book = book_main(store),
		a = book_contact(store, book, "Anna Schmidt", CONTACT_HAND),
		b = book_contact(store, book, "A. Weber", "vcard"),
		c = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	fill(store, a, false);
	fill(store, b, true);
	book_must(store_run(store, &e, "INSERT INTO differ VALUES (?, ?), (?, ?)", "iiii", a, c, b,
			  c),
		&e);
	before = dump(store);
	merge(store, a, b, NULL);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_key WHERE owns"), 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM mention"), 2);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM differ"), 1);
	CHECK_INT(book_ask(store, "SELECT count(DISTINCT contact) FROM touch"), 1);
	middle = dump(store);
	/* Into a third, and step by step back. */
	merge(store, c, a, NULL);
	CHECK_INT(find(store, "weber"), c);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM alias WHERE contact=3 AND id<>3"), 2);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_key WHERE owns AND contact=3"), 1);
	CHECK_INT(take_back(store), 0);
	after = dump(store);
	CHECK_TEXT(after, middle);
	CHECK_INT(take_back(store), 0);
	free(TAKE_PTR(after));
	after = dump(store);
	CHECK_TEXT(after, before);
	CHECK_INT(find(store, "weber"), b);
	CHECK_INT(find(store, "u2@example.org"), b);
	CHECK_INT(find(store, "schmidt"), a);
}

/* Handles of one that was merged twice lead all the way. */
static void merge_handles_lead_on(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), ids[3], days[3], touches[3];
	struct err e;

	for (int i = 0; i < 3; i++) {
		ids[i] = book_contact(store, book, "Anna", CONTACT_HAND);
		set(store, ids[i], CONTACT_EVERY, "6w", CONTACT_HAND);
		days[i] = occasion(store, ids[i], OCCASION_BIRTHDAY, NULL, 0, 3, 12, TODAY);
		touches[i] = keeping_number(store, ids[i]);
	}
	merge(store, ids[1], ids[2], NULL);
	merge(store, ids[0], ids[1], NULL);
	for (int i = 0; i < 3; i++) {
		_cleanup_occasions_ struct occasions found = { 0 };
		struct keeping keeping;

		TEST_ROW("%d", i);
		CHECK_INT(occasions_by_number(store, book, days[i], &found, &e), 1);
		CHECK_INT(found.n ? found.all[0].number : 0, days[0]);
		CHECK_INT(keeping_by_number(store, book, touches[i], &keeping, &e), 1);
		CHECK_INT(keeping.number, touches[0]);
	}
}

/* Whom a digest has named, or a person has put off, rests as long as the later of the two would. */
static void merge_rests_as_before(void)
{
	static const int days[][2] = { { 5, 9 }, { 9, 5 }, { 0, 9 }, { 9, 0 } };

	for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t book = book_main(store), ids[2], number;
		struct err e;

		TEST_ROW("row %zu", i);
		for (int k = 0; k < 2; k++) {
			ids[k] = book_contact(store, book, "Anna", CONTACT_HAND);
			set(store, ids[k], CONTACT_EVERY, "6w", CONTACT_HAND);
			number = keeping_number(store, ids[k]);
			if (!days[i][k])
				continue;
			book_must(keeping_skip(store, book, number, TODAY + days[i][k], &e), &e);
		}
		merge(store, ids[0], ids[1], NULL);
		CHECK_INT(book_ask(store, "SELECT touch_from FROM contact"), TODAY + 9);
		CHECK_INT(book_ask(store, "SELECT due_day - span_days FROM keeping"), TODAY + 9);
	}
}

static size_t listed(struct store *store, const char *words)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	struct err e;

	book_must(search_list(store, book_main(store), words, NULL, NULL, &ids, &e), &e);
	return ids.n;
}

static void merge_is_listed_by_either_name(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), a = book_contact(store, book, "Anna", CONTACT_HAND),
		b = book_contact(store, book, "Weber", CONTACT_HAND);

	merge(store, a, b, "");
	CHECK_INT(listed(store, "weber"), 1);
	CHECK_INT(listed(store, "weber anna"), 1);
	CHECK_INT(take_back(store), 0);
	CHECK_INT(listed(store, "weber"), 1);
	CHECK_INT(listed(store, "weber anna"), 0);
}

/* Introductions and helps lead on; those of the two to each other end. */
static void merge_introductions(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
		b = book_contact(store, book, "B", CONTACT_HAND),
		c = book_contact(store, book, "C", CONTACT_HAND);
	const struct {
		char letter;
		int64_t seeker, offerer;
	} rows[] = { { 'i', b, c }, { 'i', c, b }, { 'i', a, b }, { 'i', b, a }, { 'h', b, 0 } };
	_cleanup_free_ char *before = NULL, *after = NULL;
	int64_t number;
	struct err e;

	book_value(store, b, CONTACT_SEEKS, "a flat");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		book_must(suggestions_add(store, book,
				  &(struct suggestion){ .letter = rows[i].letter,
					  .seeker = rows[i].seeker,
					  .offerer = rows[i].offerer },
				  TODAY, &number, &e),
			&e);
	before = dump(store);
	merge(store, a, b, NULL);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM suggestion"), 3);
	CHECK_INT(
		book_ask(store, "SELECT count(*) FROM suggestion WHERE seeker=1 AND offerer=3"), 1);
	CHECK_INT(
		book_ask(store, "SELECT count(*) FROM suggestion WHERE seeker=3 AND offerer=1"), 1);
	CHECK_INT(book_ask(store, "SELECT seeker FROM suggestion WHERE letter='h'"), a);
	CHECK_INT(book_ask(store, "SELECT contact FROM wanting"), a);
	CHECK_INT(take_back(store), 0);
	after = dump(store);
	CHECK_TEXT(after, before);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM wanting WHERE contact=2"), 1);
}

static void merge_touched_since_stays(void)
{
	static const char *const touched[] = {
		"UPDATE follow_up SET contact=NULL WHERE contact=1",
		"UPDATE contact SET city='y' WHERE id=1",
		"UPDATE keeping SET until_day=1 WHERE contact=1",
		"UPDATE contact_value SET label='x' WHERE text='u2@example.org'",
		"UPDATE contact SET note='z' WHERE id=1",
	};

	for (size_t i = 0; i < ARRAY_SIZE(touched); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_free_ char *before = NULL, *after = NULL;
		int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
			b = book_contact(store, book, "B", CONTACT_HAND);

		TEST_ROW("%s", touched[i]);
		set(store, a, CONTACT_ORG, "x", CONTACT_HAND);
		fill(store, b, true);
		merge(store, a, b, NULL);
		CHECK_INT(sqlite3_exec(store->db, touched[i], NULL, NULL, NULL), SQLITE_OK);
		before = dump(store);
		CHECK_INT(take_back(store), -ESTALE);
		after = dump(store);
		CHECK_TEXT(after, before);
	}
}

static void merge_refuses_what_is_none(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_merge_report_ struct merge_report report = { 0 };
	int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
		theirs = book_contact(store, book_other(store), "B", CONTACT_HAND);
	struct err e;

	CHECK_INT(merge_contacts(store, book, a, a, TODAY, &report, &e), -EINVAL);
	CHECK_INT(merge_contacts(store, book, a, 99, TODAY, &report, &e), -ENOENT);
	CHECK_INT(merge_contacts(store, book, 99, a, TODAY, &report, &e), -ENOENT);
	CHECK_INT(merge_contacts(store, book, a, theirs, TODAY, &report, &e), -ENOENT);
	CHECK_INT(report.n, 0);
}

/* Whoever adds a table that refers to contacts is told here to add it to the rows of merge.c. */
static void merge_knows_every_table(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_rows_ struct store_rows rows = { 0 };
	struct err e;
	int n = 0;

	book_must(
		store_query(&rows, store, &e,
			"SELECT t.name, f.\"from\" FROM pragma_table_list t,"
			" pragma_foreign_key_list(t.name) f WHERE t.schema='main' AND f.\"table\"='contact'",
			""),
		&e);
	for (; store_next(&rows, &e) == 1; n++) {
		TEST_ROW("%s.%s", store_text(&rows, 0), store_text(&rows, 1));
		CHECK(merge_knows(store_text(&rows, 0), store_text(&rows, 1)));
	}
	CHECK(n > 14);
	CHECK(!merge_knows("contact", "id") && !merge_knows("touch", "day"));
}

/* The same for a column of contacts: what only the one that goes has goes over. */
static void merge_knows_every_column(void)
{
	static const char identity[] = "'id', 'book', 'name', 'folded', 'source', 'entered_day'";
	_cleanup_store_ struct store *store = book_new();
	_cleanup_rows_ struct store_rows rows = { 0 };
	_cleanup_str_ struct str sql = STR_INIT;
	int64_t book = book_main(store), a = book_contact(store, book, "A", CONTACT_HAND),
		b = book_contact(store, book, "B", CONTACT_HAND);
	struct err e;
	int n = 0;

	str_addf(&sql, "SELECT name, type FROM pragma_table_info('contact') WHERE name NOT IN (%s)",
		identity);
	for (int pass = 0; pass < 2; pass++) {
		book_must(store_query(&rows, store, &e, str_text(&sql), ""), &e);
		for (n = 0; store_next(&rows, &e) == 1; n++) {
			_cleanup_str_ struct str step = STR_INIT;
			const char *name = store_text(&rows, 0);
			bool is_text = str_equal(store_text(&rows, 1), "TEXT");
			sqlite3_stmt *statement = NULL;

			TEST_ROW("contact.%s", name);
			if (pass == 0)
				str_addf(&step, "UPDATE contact SET %s=%s WHERE id=2 RETURNING 1",
					name, is_text ? "'1w'" : "1");
			else
				str_addf(&step, "SELECT %s IN ('1w', 1) FROM contact WHERE id=1",
					name);
			CHECK_INT(sqlite3_prepare_v2(
					  store->db, str_text(&step), -1, &statement, NULL),
				SQLITE_OK);
			CHECK_INT(sqlite3_step(statement), SQLITE_ROW);
			CHECK_INT(sqlite3_column_int(statement, 0), 1);
			(void)sqlite3_step(statement);
			(void)sqlite3_finalize(statement);
		}
		store_rows_done(&rows);
		if (pass == 0)
			merge(store, a, b, NULL);
	}
	CHECK(n > 10);
}

static void merge_leads_from_the_old_number(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_aliases_ struct aliases aliases = { 0 };
	_cleanup_history_ struct history history = { 0 };
	int64_t book = book_main(store),
		a = book_contact(store, book, "Anna Schmidt", CONTACT_HAND),
		b = book_contact(store, book, "A. Weber", "vcard"), now = 0;
	struct err e;

	CHECK_INT(aliases_find(store, book, b, &now, &e), 0);
	merge(store, a, b, "");
	CHECK_INT(aliases_find(store, book, b, &now, &e), 1);
	CHECK_INT(now, a);
	CHECK_INT(aliases_find(store, book + 1, b, &now, &e), 0);
	book_must(aliases_of(store, a, &aliases, &e), &e);
	CHECK_INT(aliases.n, 1);
	CHECK_INT(aliases.all[0].id, b);
	CHECK_TEXT(aliases.all[0].name, "A. Weber");
	/* What is held of somebody: where the other came from, and when they became one. */
	book_must(history_of(store, a, &history, &e), &e);
	CHECK_INT(history.n, 3);
	CHECK_TEXT(history.all[1].source, "vcard");
	CHECK_TEXT(history.all[1].text, "A. Weber #2");
	CHECK_TEXT(history.all[2].what, "merged");
}

/* By keys and addresses of both; by the names of those who had neither. */
static void merge_removed_are_forgotten_both(void)
{
	static const struct {
		bool key[2];
		const char *forgotten[3], *not_forgotten;
	} rows[] = {
		{ { true, true }, { "uid:0", "uid:1", "email:1@example.org" }, "name:anna" },
		{ { false, true }, { "name:anna", "uid:1", "email:1@example.org" }, "name:berta" },
		{ { true, false }, { "uid:0", "name:berta", "email:0@example.org" }, "name:anna" },
		{ { false, false }, { "name:anna", "name:berta", NULL }, "uid:0" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t book = book_main(store),
			ids[] = { book_contact(store, book, "Anna", CONTACT_HAND),
				book_contact(store, book, "Berta", CONTACT_HAND) };
		char text[32];
		struct err e;
		bool owns;

		TEST_ROW("row %zu", i);
		for (int k = 0; k < 2; k++) {
			if (!rows[i].key[k])
				continue;
			(void)snprintf(text, sizeof(text), "uid:%d", k);
			book_must(keys_set(store, book, text, "a.vcf", ids[k], &owns, &e), &e);
			(void)snprintf(text, sizeof(text), "%d@example.org", k);
			book_value(store, ids[k], CONTACT_EMAIL, text);
		}
		merge(store, ids[0], ids[1], NULL);
		book_must(contacts_remove(store, book, ids[0], &e), &e);
		for (int k = 0; k < 3 && rows[i].forgotten[k]; k++)
			CHECK_INT(keys_is_forgotten(store, book, rows[i].forgotten[k], &e), 1);
		CHECK_INT(keys_is_forgotten(store, book, rows[i].not_forgotten, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM alias"), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM handle_alias"), 0);
	}
}

TEST_MAIN(TEST(merge_texts_and_values), TEST(merge_via), TEST(merge_notes_stand_once),
	TEST(merge_birthdays), TEST(merge_other_days), TEST(merge_keeps_in_touch),
	TEST(merge_taken_back_whole), TEST(merge_handles_lead_on), TEST(merge_rests_as_before),
	TEST(merge_is_listed_by_either_name), TEST(merge_introductions),
	TEST(merge_touched_since_stays), TEST(merge_refuses_what_is_none),
	TEST(merge_knows_every_table), TEST(merge_knows_every_column),
	TEST(merge_leads_from_the_old_number), TEST(merge_removed_are_forgotten_both))
