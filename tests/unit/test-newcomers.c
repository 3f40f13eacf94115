/* SPDX-License-Identifier: MIT */
/* What newcomers_add() writes is what the single steps would have written. */
#include "book-fixture.h"
#include "book/keeping.h"
#include "book/keys.h"
#include "book/newcomers.h"
#include "book/occasions.h"

#include <errno.h>

struct newcomer {
	const char *uid, *name, *org, *title, *city, *note;
	struct {
		enum record_kind kind;
		const char *label, *text;
	} values[12];
	struct record_occasion occasions[4]; /* up to month 0 */
};

static const struct newcomer newcomers[] = {
	{ .name = "Änne Müller" },
	{ .name = "Ben", .org = "", .title = "", .city = "", .note = "" },
	{ .name = "Carla Groß",
		.org = "Bäckerei",
		.title = "Chefin",
		.city = "Köln",
		.note = "a\n\tb" },
	{ .name = "D",
		.values = { { RECORD_TAG, NULL, "Chor" }, { RECORD_EMAIL, "work", "D@example.org" },
			{ RECORD_PHONE, NULL, "+49 1" }, { RECORD_EMAIL, NULL, "e@example.org" },
			{ RECORD_LINK, NULL, "https://example.org" },
			{ RECORD_EXTRA, NULL, "N:D;;;;" }, { RECORD_TAG, NULL, "Ärzte" } } },
	/* Two spellings of one value. */
	{ .name = "E",
		.values = { { RECORD_EMAIL, "a", "Müller@example.org" },
			{ RECORD_EMAIL, "b", "MUELLER@example.org" }, { RECORD_TAG, NULL, "chor" },
			{ RECORD_TAG, NULL, "CHOR" }, { RECORD_EXTRA, NULL, "chor" } } },
	/* Two birthdays, one of them without a year; days beside them. */
	{ .name = "F",
		.occasions = { { RECORD_BIRTHDAY, NULL, { 1984, 3, 12 } },
			{ RECORD_ANNIVERSARY, NULL, { 2010, 6, 1 } },
			{ RECORD_NAMED, "Namenstag", { 0, 7, 26 } },
			{ RECORD_BIRTHDAY, NULL, { 1985, 3, 12 } } } },
	{ .name = "G", .occasions = { { RECORD_BIRTHDAY, NULL, { 0, 2, 29 } } } },
};

static void newcomer_record(struct record *record, const struct newcomer *n)
{
	record->uid = n->uid;
	record->name = n->name;
	record->org = n->org;
	record->title = n->title;
	record->city = n->city;
	record->note = n->note;
	for (size_t i = 0; i < ARRAY_SIZE(n->values) && n->values[i].text; i++)
		if (record_add_value(
			    record, n->values[i].kind, n->values[i].label, n->values[i].text) < 0)
			abort();
	for (size_t i = 0; i < ARRAY_SIZE(n->occasions) && n->occasions[i].date.month; i++)
		if (record_add_occasion(record, n->occasions[i].kind, n->occasions[i].name,
			    &n->occasions[i].date) < 0)
			abort();
}

/* One step after the other. */
static void newcomer_by_steps(
	struct store *store, const struct record *record, const char *key, const char *tag)
{
	const struct {
		enum contact_field field;
		const char *text;
	} fields[] = { { CONTACT_ORG, record->org }, { CONTACT_TITLE, record->title },
		{ CONTACT_CITY, record->city }, { CONTACT_NOTE, record->note } };
	int64_t book = book_main(store), id, number;
	struct err e = { "" };
	bool owns;

	book_must(contacts_add(store, book, record->name, "a.vcf", TODAY, &id, &e), &e);
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (!str_empty(fields[i].text))
			book_must(contacts_set(store, id, fields[i].field, fields[i].text, "a.vcf",
					  TODAY, &e),
				&e);
	for (size_t i = 0; i < record->n_values; i++)
		book_must(contacts_add_value(store, id, newcomers_kind(record->values[i].kind),
				  record->values[i].text, record->values[i].label, "a.vcf", TODAY,
				  &e),
			&e);
	if (tag)
		book_must(contacts_add_value(
				  store, id, CONTACT_TAG, tag, NULL, CONTACT_HAND, TODAY, &e),
			&e);
	for (size_t i = 0; i < record->n_occasions; i++)
		book_must(occasions_add(store, book, id,
				  newcomers_occasion(&record->occasions[i]).kind,
				  newcomers_occasion(&record->occasions[i]).name,
				  &record->occasions[i].date, "a.vcf", TODAY, &number, &e),
			&e);
	book_must(keys_set(store, book, key, "a.vcf", id, &owns, &e), &e);
	book_must(search_index(store, id, &e), &e);
}

/* The rows of all tables that an import writes. */
static const char *const newcomer_tables[] = {
	"SELECT * FROM contact ORDER BY id",
	"SELECT * FROM contact_value ORDER BY contact, kind, place",
	"SELECT * FROM contact_key ORDER BY key",
	"SELECT * FROM occasion ORDER BY number",
	"SELECT * FROM field_source ORDER BY contact, field",
	"SELECT * FROM keeping ORDER BY contact",
	"SELECT * FROM counter ORDER BY letter",
	"SELECT rowid, text FROM search ORDER BY rowid",
};

/* Compares by SQL's own words for values: the number of columns is the table's. */
static void check_same(struct store *one, struct store *other)
{
	for (size_t i = 0; i < ARRAY_SIZE(newcomer_tables); i++) {
		_cleanup_rows_ struct store_rows a = { 0 }, b = { 0 };
		struct err e = { "" };
		int r, s;

		book_must(store_query(&a, one, &e, newcomer_tables[i], ""), &e);
		book_must(store_query(&b, other, &e, newcomer_tables[i], ""), &e);
		while ((r = store_next(&a, &e)) == 1 && (s = store_next(&b, &e)) == 1)
			for (int column = 0; column < 18; column++) {
				TEST_ROW("%s, column %d", newcomer_tables[i], column);
				CHECK_TEXT(store_text(&a, column), store_text(&b, column));
			}
		TEST_ROW("%s", newcomer_tables[i]);
		CHECK_INT(r, 0);
		CHECK_INT(store_next(&b, &e), 0);
	}
}

static void newcomers_are_as_by_steps(void)
{
	static const char *const tags[] = { NULL, "Neu", "chor" };

	for (size_t t = 0; t < ARRAY_SIZE(tags); t++) {
		_cleanup_store_ struct store *one = book_new(), *other = book_new();
		_cleanup_(newcomers_freep) struct newcomers *n = NULL;
		struct err e = { "" };
		size_t tagged;

		/* A cadence of a tag gives its people a day. */
		book_must(keeping_set_tag(one, 1, "Chor", "6w", TODAY, &tagged, &e), &e);
		book_must(keeping_set_tag(other, 1, "Chor", "6w", TODAY, &tagged, &e), &e);
		book_must(newcomers_new(&n, one, book_main(one), tags[t], TODAY, &e), &e);
		for (size_t i = 0; i < ARRAY_SIZE(newcomers); i++) {
			_cleanup_record_ struct record record = RECORD_INIT;
			char key[32];
			int64_t id = 0;

			(void)snprintf(key, sizeof(key), "uid:%zu", i);
			newcomer_record(&record, &newcomers[i]);
			book_must(newcomers_add(n, &record, key, "a.vcf", &id, &e), &e);
			CHECK_INT(id, i + 1);
			newcomer_by_steps(other, &record, key, tags[t]);
		}
		check_same(one, other);
		CHECK(book_ask(one, "SELECT count(*) FROM keeping") > 0);
	}
}

static void newcomers_refuse_what_contacts_refuse(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(newcomers_freep) struct newcomers *n = NULL;
	_cleanup_free_ char *big = malloc(CONTACT_TEXT_MAX + 2);
	struct newcomer rows[] = { { .name = "" }, { .name = "\xff" }, { .name = big },
		{ .name = "A", .note = big },
		{ .name = "A", .values = { { RECORD_PHONE, NULL, "\xc3" } } },
		{ .name = "A", .values = { { RECORD_EXTRA, NULL, big } } } };
	struct err e = { "" };
	int64_t id;

	memset(big, 'x', CONTACT_TEXT_MAX + 1);
	big[CONTACT_TEXT_MAX + 1] = '\0';
	book_must(newcomers_new(&n, store, book_main(store), NULL, TODAY, &e), &e);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(store_rollback) struct store *transaction = NULL;
		_cleanup_record_ struct record record = RECORD_INIT;

		TEST_ROW("row %zu", i);
		book_must(store_begin(store, &transaction, &e), &e);
		newcomer_record(&record, &rows[i]);
		CHECK_INT(newcomers_add(n, &record, "uid:1", "a.vcf", &id, &e), -EINVAL);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	big[CONTACT_TEXT_MAX] = '\0';
	for (size_t i = 2; i < 4; i++) {
		_cleanup_record_ struct record record = RECORD_INIT;

		newcomer_record(&record, &rows[i]);
		CHECK_INT(
			newcomers_add(n, &record, i == 2 ? "uid:1" : "uid:2", "a.vcf", &id, &e), 0);
	}
}

/* As many values as a card may have, and far more. */
static void newcomers_of_many_values(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_(newcomers_freep) struct newcomers *n = NULL;
	_cleanup_record_ struct record record = RECORD_INIT;
	struct err e = { "" };
	int64_t id;

	book_must(newcomers_new(&n, store, book_main(store), "T", TODAY, &e), &e);
	record.name = "Anna";
	for (int i = 0; i < 3000; i++) {
		char text[32];

		(void)snprintf(text, sizeof(text), "%s %d", i % 2 ? "x" : "X", i / 2);
		if (record_add_value(&record, RECORD_TAG, NULL, text) < 0)
			abort();
	}
	book_must(newcomers_add(n, &record, "uid:1", "a.vcf", &id, &e), &e);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_value"), 1501);
	CHECK_INT(book_ask(store, "SELECT max(place) FROM contact_value"), 1501);
}

TEST_MAIN(TEST(newcomers_are_as_by_steps), TEST(newcomers_refuse_what_contacts_refuse),
	TEST(newcomers_of_many_values))
