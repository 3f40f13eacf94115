/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "book-fixture.h"
#include "book/digests.h"
#include "book/keys.h"
#include "book/followups.h"
#include "book/merge.h"
#include "book/occasions.h"
#include "book/outbox.h"
#include "book/touches.h"
#include "book/undo.h"
#include "book/outreaches.h"

#include <errno.h>

#define FILE_MAX (16 * 1024 * 1024)

static void contacts_need_a_name(void)
{
	static const struct {
		const char *name, *sentence;
	} rows[] = {
		{ "", "a contact needs a name" },
		{ NULL, "a contact needs a name" },
		{ "A\xff", "name is not valid UTF-8" },
		{ "A\xc3", "name is not valid UTF-8" },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND),
		none = -7;
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(contacts_add(store, book, rows[i].name, CONTACT_HAND, TODAY, &none, &e),
			-EINVAL);
		CHECK_TEXT(e.text, rows[i].sentence);
		CHECK_INT(contacts_set(
				  store, id, CONTACT_NAME, rows[i].name, CONTACT_HAND, TODAY, &e),
			-EINVAL);
		CHECK_TEXT(e.text, rows[i].sentence);
	}
	CHECK_INT(none, -7);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact WHERE name='Anna'"), 1);
	CHECK(contacts_add(store, book + 1, "Anna", CONTACT_HAND, TODAY, &none, &e) < 0);
}

static void contacts_texts_have_a_limit(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_free_ char *text = malloc(CONTACT_TEXT_MAX + 2);
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	memset(text, 'x', CONTACT_TEXT_MAX + 1);
	text[CONTACT_TEXT_MAX + 1] = '\0';
	CHECK_INT(contacts_set(store, id, CONTACT_NOTE, text, CONTACT_HAND, TODAY, &e), -EINVAL);
	CHECK(strstr(e.text, "note is longer than 65536 bytes"));
	CHECK_INT(contacts_add_value(store, id, CONTACT_LINK, text, NULL, CONTACT_HAND, TODAY, &e),
		-EINVAL);
	CHECK(strstr(e.text, "link is longer"));
	text[CONTACT_TEXT_MAX] = '\0';
	CHECK_INT(contacts_set(store, id, CONTACT_NOTE, text, CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(contacts_set(store, id, CONTACT_NAME, text, CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(contacts_add_value(store, id, CONTACT_LINK, text, NULL, CONTACT_HAND, TODAY, &e),
		0);
	CHECK_INT(search_index(store, id, &e), 0);
}

static void contacts_hold_every_field(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	for (int f = 0; f < CONTACT_FIELD_COUNT; f++) {
		char text[] = "field A";

		text[6] = (char)('A' + f);
		CHECK_INT(contacts_set(
				  store, id, (enum contact_field)f, text, CONTACT_HAND, TODAY, &e),
			0);
	}
	CHECK_INT(contacts_set_met(store, id, -5, &e), 0);
	CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
	CHECK_INT(c.id, id);
	for (int f = 0; f < CONTACT_FIELD_COUNT; f++)
		CHECK(c.field[f] && c.field[f][6] == 'A' + f);
	CHECK(c.has_met && c.met_day == -5);
	CHECK(!c.has_touch && c.n_values == 0);
	CHECK_TEXT(contact_first(&c, CONTACT_EMAIL), NULL);
	contact_done(&c);
	for (int f = 0; f < CONTACT_FIELD_COUNT; f++)
		if (f != CONTACT_NAME)
			CHECK_INT(contacts_set(store, id, (enum contact_field)f, f % 2 ? "" : NULL,
					  CONTACT_HAND, TODAY, &e),
				0);
	CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
	for (int f = 0; f < CONTACT_FIELD_COUNT; f++)
		CHECK((c.field[f] != NULL) == (f == CONTACT_NAME));
}

static void contacts_belong_to_their_book(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	int64_t book = book_main(store), other = book_other(store);
	int64_t id = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	CHECK_INT(contacts_load(store, other, id, &c, &e), -ENOENT);
	CHECK_TEXT(e.text, "there is no contact #1");
	CHECK_INT(contacts_load(store, book, id + 1, &c, &e), -ENOENT);
	CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
}

/* Who may set a field: the contact's source, then what sets it one after the other. */
static void contacts_keep_what_a_person_set(void)
{
	static const struct {
		const char *source;
		struct {
			const char *source, *text;
			int result;
		} sets[3];
		const char *expected;
	} rows[] = {
		{ "vcard", { { "vcard", "A", 0 }, { "vcard", "B", 0 } }, "B" },
		{ "vcard",
			{ { "vcard", "A", 0 }, { "hand", "B", 0 }, { "vcard", "C", CONTACT_KEPT } },
			"B" },
		{ "vcard", { { "hand", "", 0 }, { "vcard", "C", CONTACT_KEPT } }, NULL },
		{ "vcard", { { "hand", "A", 0 }, { "hand", "B", 0 } }, "B" },
		{ "hand", { { "hand", "A", 0 }, { "vcard", "B", CONTACT_KEPT } }, "A" },
		{ "hand", { { "hand", "A", 0 }, { "hand", "", 0 }, { "vcard", "B", CONTACT_KEPT } },
			NULL },
		/* What no person has set is an import's to fill in, whoever entered the contact. */
		{ "hand", { { "vcard", "A", 0 }, { "vcard", "B", 0 } }, "B" },
		{ "hand",
			{ { "vcard", "A", 0 }, { "hand", "B", 0 }, { "vcard", "C", CONTACT_KEPT } },
			"B" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_contact_ struct contact c = { 0 };
		int64_t book = book_main(store),
			id = book_contact(store, book, "Anna", rows[i].source);
		struct err e;

		TEST_ROW("row %zu", i);
		for (size_t s = 0; s < 3 && rows[i].sets[s].source; s++)
			CHECK_INT(contacts_set(store, id, CONTACT_CITY, rows[i].sets[s].text,
					  rows[i].sets[s].source, TODAY, &e),
				rows[i].sets[s].result);
		CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
		CHECK_TEXT(c.field[CONTACT_CITY], rows[i].expected);
	}
}

static void contacts_keep_the_name_a_person_gave(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), mine = book_contact(store, book, "Anna", CONTACT_HAND);
	int64_t theirs = book_contact(store, book, "Ben", "vcard");
	struct err e;

	CHECK_INT(
		contacts_set(store, mine, CONTACT_NAME, "ANNA", "vcard", TODAY, &e), CONTACT_KEPT);
	CHECK_INT(contacts_set(store, theirs, CONTACT_NAME, "BEN", "vcard", TODAY, &e), 0);
	CHECK_INT(
		contacts_set(store, theirs, CONTACT_NAME, "Benjamin", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(
		contacts_set(store, theirs, CONTACT_NAME, "BEN", "vcard", TODAY, &e), CONTACT_KEPT);
	CHECK_INT(
		book_ask(store, "SELECT count(*) FROM contact WHERE name IN ('Anna', 'Benjamin')"),
		2);
}

static void contacts_values_stand_once(void)
{
	static const struct {
		enum contact_kind kind;
		const char *text;
		int result;
	} rows[] = {
		{ CONTACT_EMAIL, "Anna@Example.org", 0 },
		{ CONTACT_EMAIL, "anna@example.org", CONTACT_KEPT },
		{ CONTACT_EMAIL, "anna@example.com", 0 },
		{ CONTACT_TAG, "Köln", 0 },
		{ CONTACT_TAG, "KOELN", CONTACT_KEPT },
		{ CONTACT_LINK, "anna@example.org", 0 }, /* of another kind */
		{ CONTACT_EXTRA, "X-A:1", 0 },
		{ CONTACT_PHONE, "+49 30 1", 0 },
		{ CONTACT_OFFERS, "PostgreSQL", 0 },
		{ CONTACT_SEEKS, "a flat", 0 },
		{ CONTACT_SEEKS, "", -EINVAL },
		{ CONTACT_SEEKS, NULL, -EINVAL },
		{ CONTACT_SEEKS, "\xff", -EINVAL },
	};
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(contacts_add_value(store, id, rows[i].kind, rows[i].text,
				  i ? NULL : "work", CONTACT_HAND, TODAY, &e),
			rows[i].result);
	}
	CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
	CHECK_INT(c.n_values, 8);
	CHECK_TEXT(contact_first(&c, CONTACT_EMAIL), "Anna@Example.org");
	CHECK_TEXT(contact_first(&c, CONTACT_SEEKS), "a flat");
	for (size_t i = 0; i < c.n_values; i++)
		CHECK_TEXT(c.values[i].label,
			str_equal(c.values[i].text, "Anna@Example.org") ? "work" : NULL);
}

/* By kind, then as they were entered. */
static void contacts_values_in_order(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	book_value(store, id, CONTACT_TAG, "zebra");
	book_value(store, id, CONTACT_EMAIL, "z@example.org");
	book_value(store, id, CONTACT_TAG, "ape");
	book_value(store, id, CONTACT_EMAIL, "a@example.org");
	book_value(store, id, CONTACT_PHONE, "1");
	CHECK_INT(contacts_remove_value(store, id, CONTACT_TAG, "ZEBRA", TODAY, &e), 0);
	CHECK_INT(contacts_remove_value(store, id, CONTACT_TAG, "zebra", TODAY, &e), CONTACT_KEPT);
	CHECK_INT(contacts_remove_value(store, id, CONTACT_EMAIL, "ape", TODAY, &e), CONTACT_KEPT);
	book_value(store, id, CONTACT_TAG, "bear");
	CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
	CHECK_INT(c.n_values, 5);
	CHECK_TEXT(contact_first(&c, CONTACT_EMAIL), "z@example.org");
	CHECK_TEXT(contact_first(&c, CONTACT_TAG), "ape");
	for (size_t i = 1; i < c.n_values; i++)
		CHECK(c.values[i - 1].kind <= c.values[i].kind);
}

static void contacts_values_cleared(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_contact_ struct contact c = { 0 };
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND),
		ben = book_contact(store, book, "Ben", CONTACT_HAND);
	struct err e;

	book_value(store, id, CONTACT_TAG, "ape");
	book_value(store, id, CONTACT_TAG, "bear");
	book_value(store, id, CONTACT_EMAIL, "a@example.org");
	book_value(store, ben, CONTACT_TAG, "ape");
	CHECK_INT(contacts_clear_values(store, id, CONTACT_TAG, TODAY, &e), 0);
	CHECK_INT(contacts_clear_values(store, id, CONTACT_TAG, TODAY, &e), CONTACT_KEPT);
	CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
	CHECK_INT(c.n_values, 1);
	CHECK_TEXT(contact_first(&c, CONTACT_EMAIL), "a@example.org");
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_value"), 2);
}

static void contacts_last_touch(void)
{
	static const struct {
		int32_t day;
		const char *note, *last;
		int32_t last_day;
	} rows[] = {
		{ 100, "coffee", "coffee", 100 },
		{ 90, "earlier", "coffee", 100 },
		{ 100, "again", "again", 100 },
		{ 110, NULL, NULL, 110 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_contact_ struct contact c = { 0 };

		TEST_ROW("row %zu", i);
		CHECK_INT(touches_add(store, id, rows[i].day, "call", rows[i].note, &e), 0);
		CHECK_INT(contacts_load(store, book, id, &c, &e), 0);
		CHECK(c.has_touch);
		CHECK_INT(c.touch_day, rows[i].last_day);
		CHECK_TEXT(c.touch_note, rows[i].last);
	}
	CHECK(touches_add(store, id + 1, 1, "call", NULL, &e) < 0);
}

static void contacts_known_by_a_source(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store), found = 0;
	int64_t anna = book_contact(store, book, "Anna", "vcard"),
		ben = book_contact(store, book, "Ben", "vcard");
	struct err e;
	bool owns;

	CHECK_INT(keys_find(store, book, "uid:1", &found, &e), 0);
	CHECK_INT(keys_set(store, book, "uid:1", "a.vcf", anna, &owns, &e), 0);
	CHECK_INT(keys_set(store, book, "uid:1", "a.vcf", anna, &owns, &e), 0);
	CHECK_INT(keys_find(store, book, "uid:1", &found, &e), 1);
	CHECK_INT(found, anna);
	CHECK_INT(keys_find(store, other, "uid:1", &found, &e), 0);
	CHECK_INT(keys_find(store, book, "UID:1", &found, &e), 0);
	CHECK_INT(keys_set(store, book, "uid:1", "a.vcf", ben, &owns, &e), 0);
	CHECK_INT(keys_find(store, book, "uid:1", &found, &e), 1);
	CHECK_INT(found, ben);
}

static void contacts_removed_are_forgotten(void)
{
	static const struct {
		const char *key;
		int forgotten;
	} rows[] = {
		{ "uid:1", 1 },
		{ "card:2", 1 },
		{ "email:anna@example.org", 1 },
		{ "email:a@example.com", 1 },
		{ "email:ben@example.org", 0 },
		{ "uid:2", 0 },
		{ "", 0 },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store);
	int64_t anna = book_contact(store, book, "Anna", "vcard"),
		ben = book_contact(store, book, "Ben", "vcard");
	struct err e;
	bool owns;

	book_value(store, anna, CONTACT_EMAIL, "Anna@Example.org");
	book_value(store, anna, CONTACT_EMAIL, "a@example.com");
	book_value(store, ben, CONTACT_EMAIL, "ben@example.org");
	CHECK_INT(keys_set(store, book, "uid:1", "a.vcf", anna, &owns, &e), 0);
	CHECK_INT(keys_set(store, book, "card:2", "a.vcf", anna, &owns, &e), 0);
	CHECK_INT(keys_set(store, book, "uid:2", "a.vcf", ben, &owns, &e), 0);
	CHECK_INT(keys_is_forgotten(store, book, "uid:1", &e), 0);
	CHECK_INT(contacts_remove(store, book, anna, &e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].key);
		CHECK_INT(keys_is_forgotten(store, book, rows[i].key, &e), rows[i].forgotten);
		CHECK_INT(keys_is_forgotten(store, other, rows[i].key, &e), 0);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_key"), 1);
}

/* A name is forgotten only where nothing better tells who it was. */
static void contacts_removed_are_forgotten_by_name(void)
{
	static const struct {
		const char *email, *key;
		int forgotten;
	} rows[] = {
		{ NULL, NULL, 1 },
		{ "anna@example.org", NULL, 0 },
		{ NULL, "uid:1", 0 },
		{ "anna@example.org", "uid:1", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t book = book_main(store), other = book_other(store),
			anna = book_contact(store, book, "Anna Müller", CONTACT_HAND);
		struct err e;
		bool owns;

		TEST_ROW("row %zu", i);
		book_value(store, anna, CONTACT_PHONE, "1");
		if (rows[i].email)
			book_value(store, anna, CONTACT_EMAIL, rows[i].email);
		if (rows[i].key)
			CHECK_INT(keys_set(store, book, rows[i].key, "a.vcf", anna, &owns, &e), 0);
		CHECK_INT(contacts_remove(store, book, anna, &e), 0);
		CHECK_INT(
			keys_is_forgotten(store, book, "name:anna mueller", &e), rows[i].forgotten);
		CHECK_INT(keys_is_forgotten(store, book, "name:anna", &e), 0);
		CHECK_INT(keys_is_forgotten(store, other, "name:anna mueller", &e), 0);
	}
}

/* One to the contact, and one that was begun before they were a contact. */
static void fill_outreach(struct store *store, int64_t book, int64_t id, int64_t message)
{
	_cleanup_outreaches_ struct outreaches found = { 0 };
	int64_t numbers[2];
	struct err e;

	book_must(outreaches_add(store, book, id, "Xaverine", TODAY, &numbers[0], &e), &e);
	book_must(outreaches_add(store, book, 0, "Xaverine Quandt", TODAY, &numbers[1], &e), &e);
	for (size_t i = 0; i < 2; i++) {
		outreaches_done(&found);
		CHECK_INT(outreaches_by_number(store, book, numbers[i], &found, &e), 1);
		book_must(outreaches_set_answer(store, &found.all[0], OUTREACH_COMMON,
				  "Xaverine plays, too", TODAY, &e),
			&e);
		book_must(outreaches_set_link(store, &found.all[0], "https://quandt.example", &e),
			&e);
		book_must(outreaches_add_mention(store, found.all[0].id, message, &e), &e);
	}
	book_must(store_run(store, &e,
			  "UPDATE outreach SET contact=?, name=NULL, folded=NULL WHERE id=?", "ii",
			  id, found.all[0].id),
		&e);
}

/* Everything that a contact may hang on, for one person of each book. */
static int64_t fill(struct store *store, int64_t book, const char *name, const char *source)
{
	int64_t id = book_contact(store, book, name, source), number, message;
	const struct outbox_message m = { .digest = 1,
		.slot = id,
		.message_id = book == 1 ? "<1>" : "<2>",
		.sender = "a@example.org",
		.subject = "Xaverine",
		.body = "Xaverine Quandt",
		.size = 15 };
	const struct date date = { 1984, 3, 12 };
	struct digest_state state;
	struct err e;
	bool owns;

	book_value(store, id, CONTACT_EMAIL, "xaverine@quandt.example");
	book_value(store, id, CONTACT_TAG, "Quandt");
	book_must(contacts_set(store, id, CONTACT_NOTE, "Xaverine plays chess", source, TODAY, &e),
		&e);
	book_must(keys_set(store, book, "uid:xaverine", "a.vcf", id, &owns, &e), &e);
	book_must(touches_add(store, id, TODAY, "call", "Xaverine called", &e), &e);
	book_must(search_index(store, id, &e), &e);
	book_must(occasions_add(store, book, id, OCCASION_NAMED, "Xaverine's day", &date, source,
			  TODAY, &number, &e),
		&e);
	book_must(occasions_set_done(store, book, number, 2026, TODAY, &e), &e);
	book_must(digests_enter(store, "morning", "07:00", "UTC", 0, &state, &e), &e);
	book_must(outbox_add(store, &m, 1, &message, &e), &e);
	book_must(outbox_add_mention(store, message, id, &e), &e);
	book_must(outbox_add_delivery(store, message, "me@example.org", 1, &e), &e);
	book_must(
		digests_tell(store, 1, TOLD_OCCASION, number, 2026 + (int)book, TODAY, message, &e),
		&e);
	book_must(
		followups_add(store, book, id, "write to Xaverine", TODAY, -1, TODAY, &number, &e),
		&e);
	fill_outreach(store, book, id, message);
	book_must(
		store_run(store, &e,
			"INSERT INTO undo (book, changed_at, what, changes) VALUES (?, 0, 'add Xaverine',"
			" CAST('Xaverine Quandt' AS BLOB))",
			"i", book),
		&e);
	return id;
}

static void check_no_trace(const char *path)
{
	static const char *const traces[] = { "Xaverine", "xaverine", "Quandt", "quandt",
		"XAVERINE" };
	_cleanup_str_ struct str bytes = STR_INIT;
	struct err e = { "" };
	int r = file_read(path, FILE_MAX, &bytes, &e);

	if (r == -ENOENT)
		return;
	CHECK_INT(r, 0);
	for (size_t i = 0; i < ARRAY_SIZE(traces); i++) {
		TEST_ROW("%s in %s", traces[i], strrchr(path, '/'));
		CHECK(!memmem(str_text(&bytes), bytes.len, traces[i], strlen(traces[i])));
	}
}

static void check_erased(struct store *store)
{
	_cleanup_str_ struct str journal = STR_INIT;

	str_addf(&journal, "%s-journal", store_path(store));
	check_no_trace(store_path(store));
	check_no_trace(str_text(&journal));
}

static int remove_contact(struct store *store, int64_t book, int64_t id)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct err e;

	CHECK_INT(store_begin(store, &transaction, &e), 0);
	CHECK_INT(contacts_remove(store, book, id, &e), 0);
	return store_commit(&transaction, &e);
}

/* Not in the tables, not in free pages, not in the index of words, not in the journal. */
static void contacts_removed_leave_no_trace(void)
{
	_cleanup_store_ struct store *store = book_new(), *reader = book_open(store_path(store));
	int64_t book = book_main(store), id;

	for (int i = 0; i < 40; i++)
		(void)book_contact(
			store, book, i % 2 ? "Anna Beispiel" : "Zora Muster", CONTACT_HAND);
	id = fill(store, book, "Xaverine Quandt", "vcard");
	for (int i = 0; i < 40; i++)
		(void)book_contact(store, book, "Ben Anders", CONTACT_HAND);
	CHECK_INT(remove_contact(store, book, id), 0);
	check_erased(store);
	CHECK_INT(book_ask(reader, "SELECT count(*) FROM contact"), 80);
	check_erased(store);
	CHECK_INT(store_check(store, NULL), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	CHECK_INT(book_ask(store, "PRAGMA journal_size_limit"), 1048576);
}

/* Nor is anything left of those who were merged into the contact, nor in the changes that could be taken back. */
static void contacts_removed_after_a_merge_leave_no_trace(void)
{
	for (int turned = 0; turned < 2; turned++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t book = book_main(store), stays, goes, ben, left;
		_cleanup_merge_report_ struct merge_report report = { 0 };
		struct store *transaction = NULL;
		struct undo *undo = NULL;
		struct err e;

		TEST_ROW("turned %d", turned);
		ben = book_contact(store, book, "Ben Anders", CONTACT_HAND);
		CHECK_INT(store_begin(store, &transaction, &e), 0);
		book_must(undo_begin(&undo, store, &e), &e);
		stays = book_contact(store, book, "Xaverine Quandt-Xaverine", CONTACT_HAND);
		book_must(undo_keep(undo, book, "add Xaverine", 1, &e), &e);
		undo_free(undo);
		CHECK_INT(store_commit(&transaction, &e), 0);
		goes = fill(store, book, "Xaverine Quandt", "vcard");
		CHECK_INT(store_begin(store, &transaction, &e), 0);
		book_must(undo_begin(&undo, store, &e), &e);
		book_must(merge_contacts(store, book, turned ? goes : stays, turned ? stays : goes,
				  TODAY, &report, &e),
			&e);
		book_must(undo_keep(undo, book, "merge Xaverine", 1, &e), &e);
		undo_free(undo);
		CHECK_INT(store_commit(&transaction, &e), 0);
		left = turned ? goes : stays;
		CHECK_INT(remove_contact(store, book, left), 0);
		check_erased(store);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
		CHECK_INT(keys_is_forgotten(store, book, "uid:xaverine", &e), 1);
		CHECK_INT(keys_is_forgotten(store, book, "name:xaverine quandt-xaverine", &e), 1);
		CHECK(ben != left);
	}
}

/* A removal that is not committed changes nothing. */
static void contacts_removal_taken_back(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), id = fill(store, book, "Xaverine Quandt", "vcard");
	struct store *transaction = NULL;
	struct err e;

	CHECK_INT(store_begin(store, &transaction, &e), 0);
	CHECK_INT(contacts_remove(store, book, id, &e), 0);
	store_rollback(&transaction);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_value"), 2);
	CHECK_INT(keys_is_forgotten(store, book, "uid:xaverine", &e), 0);
	CHECK_INT(book_ask(store, "PRAGMA journal_size_limit"), 1048576);
}

/* Two books count their handles for themselves: what happens in one leaves the other alone. */
static void contacts_removed_from_their_book_alone(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store);
	int64_t mine = fill(store, book, "Xaverine Quandt", "vcard"),
		theirs = fill(store, other, "Anna", "vcard");
	_cleanup_contact_ struct contact c = { 0 };
	struct occurrence said;
	struct err e;

	CHECK_INT(remove_contact(store, book, mine), 0);
	CHECK_INT(contacts_load(store, other, theirs, &c, &e), 0);
	CHECK_INT(c.n_values, 2);
	CHECK_INT(occasions_occurrence(store, other, 1, 2026, &said, &e), 0);
	CHECK(said.done);
	CHECK_INT(occasions_occurrence(store, book, 1, 2026, &said, &e), 0);
	CHECK(!said.done);
	CHECK_INT(digests_is_told(store, 1, TOLD_OCCASION, 1, 2026 + other, NULL, &e), 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM follow_up"), 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM delivery WHERE state='queued'"), 1);
}

TEST_MAIN(TEST(contacts_need_a_name), TEST(contacts_texts_have_a_limit),
	TEST(contacts_hold_every_field), TEST(contacts_belong_to_their_book),
	TEST(contacts_keep_what_a_person_set), TEST(contacts_keep_the_name_a_person_gave),
	TEST(contacts_values_stand_once), TEST(contacts_values_in_order),
	TEST(contacts_values_cleared), TEST(contacts_last_touch), TEST(contacts_known_by_a_source),
	TEST(contacts_removed_are_forgotten), TEST(contacts_removed_are_forgotten_by_name),
	TEST(contacts_removed_leave_no_trace), TEST(contacts_removed_after_a_merge_leave_no_trace),
	TEST(contacts_removal_taken_back), TEST(contacts_removed_from_their_book_alone))
