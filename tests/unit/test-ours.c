/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/contacts.h"
#include "exchange/ours.h"

static int apply(struct store *store, int64_t contact, const struct record *record, bool owns)
{
	struct err e = { "" };
	int r = ours_apply(store, 1, contact, record, owns, "vcard", TODAY, &e);

	CHECK(r >= 0);
	return r;
}

static void check_field(
	struct store *store, int64_t id, enum contact_field field, const char *expected)
{
	_cleanup_contact_ struct contact contact = { 0 };
	struct err e = { "" };

	book_must(contacts_load(store, 1, id, &contact, &e), &e);
	CHECK_TEXT(contact.field[field], expected);
}

/* What stands there, who set it, and whose record says "6w": what stands afterwards. */
static void ours_fields(void)
{
	static const struct {
		const char *stands, *source;
		bool owns;
		int changed;
		const char *expected;
	} rows[] = {
		{ NULL, NULL, false, 1, "6w" },
		{ NULL, NULL, true, 1, "6w" },
		{ "3m", "vcard", false, 0, "3m" },
		{ "3m", "vcard", true, 1, "6w" },
		{ "3m", CONTACT_HAND, true, 0, "3m" },
		{ "6w", CONTACT_HAND, true, 0, "6w" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t id = book_contact(store, 1, "Anna", CONTACT_HAND);
		const struct record record = { .name = "Anna", .own = { [RECORD_EVERY] = "6w" } };
		struct err e = { "" };

		TEST_ROW("row %zu", i);
		if (rows[i].stands)
			book_must(contacts_set(store, id, CONTACT_EVERY, rows[i].stands,
					  rows[i].source, TODAY, &e),
				&e);
		CHECK_INT(apply(store, id, &record, rows[i].owns), rows[i].changed);
		check_field(store, id, CONTACT_EVERY, rows[i].expected);
		CHECK_INT(apply(store, id, &record, rows[i].owns), 0);
	}
}

static void ours_set_all_fields(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t id = book_contact(store, 1, "Anna", CONTACT_HAND);
	const struct record record = { .name = "Anna",
		.own = { [RECORD_LANGUAGE] = "de",
			[RECORD_SALUTATION] = "Liebe Anna",
			[RECORD_MET_PLACE] = "Kiel",
			[RECORD_BUSY_INBOX] = "yes" } };

	CHECK_INT(apply(store, id, &record, false), 1);
	check_field(store, id, CONTACT_LANGUAGE, "de");
	check_field(store, id, CONTACT_SALUTATION, "Liebe Anna");
	check_field(store, id, CONTACT_MET_PLACE, "Kiel");
	check_field(store, id, CONTACT_BUSY_INBOX, CONTACT_YES);
	check_field(store, id, CONTACT_EVERY, NULL);
}

static void ours_day_met(void)
{
	static const struct {
		const char *name;
		struct date date;
		bool known; /* another day is, before */
		int changed;
	} rows[] = {
		{ "day we met", { 2026, 1, 1 }, false, 1 },
		{ "Tag des Kennenlernens", { 2026, 1, 1 }, false, 1 },
		{ "day we met", { 0, 1, 1 }, false, 0 },
		{ "day we met", { 9000, 1, 1 }, false, 0 },
		{ "first day", { 2026, 1, 1 }, false, 0 },
		{ "day we met", { 2026, 1, 1 }, true, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_contact_ struct contact contact = { 0 };
		_cleanup_record_ struct record record = RECORD_INIT;
		int64_t id = book_contact(store, 1, "Anna", CONTACT_HAND);
		int32_t day = rows[i].known ? TODAY - 7 : day_number(2026, 1, 1);
		struct err e = { "" };

		TEST_ROW("row %zu: %s", i, rows[i].name);
		record.name = "Anna";
		CHECK_INT(
			record_add_occasion(&record, RECORD_NAMED, rows[i].name, &rows[i].date), 0);
		if (rows[i].known)
			book_must(contacts_set_met(store, id, day, &e), &e);
		CHECK_INT(apply(store, id, &record, true), rows[i].changed);
		book_must(contacts_load(store, 1, id, &contact, &e), &e);
		CHECK_INT(contact.has_met, rows[i].known || rows[i].changed);
		if (contact.has_met)
			CHECK_INT(contact.met_day, day);
	}
}

TEST_MAIN(TEST(ours_fields), TEST(ours_set_all_fields), TEST(ours_day_met))
