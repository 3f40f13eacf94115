/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/followups.h"
#include "book/history.h"
#include "book/ledger.h"
#include "book/occasions.h"
#include "book/touches.h"

static void check_history(struct store *store, int64_t id, const char *expected)
{
	_cleanup_history_ struct history history = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	CHECK_INT(history_of(store, id, &history, &e), 0);
	for (size_t i = 0; i < history.n; i++)
		str_addf(&text, "%d %s %s%s%s\n", (int)history.all[i].day, history.all[i].source,
			history.all[i].what, history.all[i].text ? ": " : "",
			history.all[i].text ? history.all[i].text : "");
	CHECK_TEXT(str_text(&text), expected);
}

static void history_has_everything(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = 0, n;
	const struct date date = { 1984, 3, 12 };
	struct err e;

	CHECK_INT(contacts_add(store, book, "Anna", "vcard", 10, &anna, &e), 0);
	(void)book_contact(store, book, "Ben", CONTACT_HAND);
	CHECK_INT(touches_add(store, anna, 60, "call", "about the choir", &e), 0);
	CHECK_INT(touches_add(store, anna, 70, "coffee", NULL, &e), 0);
	CHECK_INT(followups_add(store, book, anna, "send slides", 90, -1, 50, &n, &e), 0);
	CHECK_INT(occasions_add(
			  store, book, anna, OCCASION_BIRTHDAY, NULL, &date, "vcard", 40, &n, &e),
		0);
	CHECK_INT(contacts_add_value(
			  store, anna, CONTACT_EMAIL, "a@example.org", NULL, "vcard", 20, &e),
		0);
	CHECK_INT(contacts_set(store, anna, CONTACT_CITY, "Köln", CONTACT_HAND, 30, &e), 0);
	check_history(store, anna,
		"10 vcard contact: Anna\n20 vcard email: a@example.org\n30 hand city: Köln\n"
		"40 vcard birthday: 1984-03-12 b1\n50 hand follow-up: send slides\n60 hand call: about the choir\n"
		"70 hand coffee\n");
}

/* A field that was taken away is not held any more; each of the others is told with its value. */
static void history_has_every_field(void)
{
	static const char *const values[CONTACT_FIELD_COUNT] = {
		[CONTACT_NAME] = "Anna Schmidt",
		[CONTACT_ORG] = "Acme",
		[CONTACT_TITLE] = "CEO",
		[CONTACT_CITY] = "Bonn",
		[CONTACT_LANGUAGE] = "de",
		[CONTACT_SALUTATION] = "Liebe",
		[CONTACT_NOTE] = "sails",
		[CONTACT_EVERY] = "6w",
		[CONTACT_MET_PLACE] = "Berlin",
		[CONTACT_BUSY_INBOX] = CONTACT_YES,
	};
	static const char *const names[CONTACT_FIELD_COUNT] = {
		[CONTACT_NAME] = "name",
		[CONTACT_ORG] = "org",
		[CONTACT_TITLE] = "title",
		[CONTACT_CITY] = "city",
		[CONTACT_LANGUAGE] = "language",
		[CONTACT_SALUTATION] = "salutation",
		[CONTACT_NOTE] = "note",
		[CONTACT_EVERY] = "every",
		[CONTACT_MET_PLACE] = "met_place",
		[CONTACT_BUSY_INBOX] = "busy_inbox",
	};

	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_str_ struct str expected = STR_INIT;
		int64_t book = book_main(store), anna = book_contact(store, book, "Anna", "vcard");
		enum contact_field field = (enum contact_field)i;
		struct err e;

		TEST_ROW("%s", names[i]);
		CHECK_INT(contacts_set(store, anna, field, values[i], CONTACT_HAND, TODAY + 1, &e),
			0);
		str_addf(&expected, "%d vcard contact: %s\n%d hand %s: %s\n", TODAY,
			i == CONTACT_NAME ? values[i] : "Anna", TODAY + 1, names[i], values[i]);
		check_history(store, anna, str_text(&expected));
		if (i == CONTACT_NAME)
			continue;
		CHECK_INT(contacts_set(store, anna, field, "", CONTACT_HAND, TODAY + 2, &e), 0);
		str_clear(&expected);
		str_addf(&expected, "%d vcard contact: Anna\n", TODAY);
		check_history(store, anna, str_text(&expected));
	}
}

static void history_has_what_was_given(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND), n;
	const struct date met = { 2026, 11, 1 }, day = { 0, 7, 6 };
	_cleanup_str_ struct str expected = STR_INIT;
	struct err e;

	CHECK_INT(occasions_add(store, book, anna, OCCASION_MET, NULL, &met, CONTACT_HAND,
			  TODAY + 1, &n, &e),
		0);
	CHECK_INT(occasions_add(store, book, anna, OCCASION_NAMED, "first day", &day, CONTACT_HAND,
			  TODAY + 2, &n, &e),
		0);
	CHECK_INT(
		ledger_add(store, book, anna, LEDGER_GAVE, "a book", TODAY + 3, TODAY + 3, &n, &e),
		0);
	str_addf(&expected,
		"%d hand contact: Anna\n%d hand met: 2026-11-01 b1\n"
		"%d hand first day: --07-06 b2\n%d hand gave: a book\n",
		TODAY, TODAY + 1, TODAY + 2, TODAY + 3);
	check_history(store, anna, str_text(&expected));
}

static void history_of_nobody(void)
{
	_cleanup_store_ struct store *store = book_new();

	check_history(store, 42, "");
}

TEST_MAIN(TEST(history_has_everything), TEST(history_has_every_field),
	TEST(history_has_what_was_given), TEST(history_of_nobody))
