/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/keys.h"
#include "book/outreaches.h"
#include "exchange/events.h"

#define ANNA_LINK "https://www.linkedin.com/in/anna"

/* A record in passing, as LinkedIn's files tell of somebody. */
static void make_record(struct record *record, const char *name, const char *link,
	enum record_event_kind kind, int32_t day)
{
	record_clear(record);
	record->line = 1;
	record->passing = true;
	record->name = record_copy(record, name, strlen(name));
	if (link) {
		record->uid = record_copy(record, link + strlen("https://www."),
			strlen(link) - strlen("https://www."));
		CHECK_INT(record_add_value(record, RECORD_LINK, NULL, link), 0);
	}
	CHECK_INT(record_add_event(record, kind, day), 0);
}

/* Finds whom it speaks of and records it; what was found, or 10 + what changed where somebody was. */
static int tell(struct store *store, const struct record *record)
{
	struct err e = { "" };
	int64_t contact = 0;
	int r = events_find(store, book_main(store), record, &contact, &e);

	if (r == EVENTS_KNOWN || r == EVENTS_OUTREACH)
		r = 10 + events_apply(store, book_main(store), contact, record, TODAY, &e);
	CHECK_TEXT(e.text, "");
	return r;
}

static int tell_of(struct store *store, const char *name, const char *link,
	enum record_event_kind kind, int32_t day)
{
	_cleanup_record_ struct record record = RECORD_INIT;

	make_record(&record, name, link, kind, day);
	return tell(store, &record);
}

enum { NOTHING_NEW = 10, CHANGED = 11 };

static void events_whose_it_is(void)
{
	static const struct {
		const char *name, *link;
		enum record_event_kind kind;
		int32_t day;
		int found;
	} rows[] = {
		/* by the profile, however the name and the page are written */
		{ "A. Schmidt", ANNA_LINK, RECORD_MESSAGED, TODAY - 9, CHANGED },
		{ "Anna", "https://www.linkedin.com/in/anna/", RECORD_MESSAGED, TODAY - 8,
			CHANGED },
		/* another profile is another person, of the same name too */
		{ "Anna Schmidt", "https://www.linkedin.com/in/anna-2", RECORD_MESSAGED, TODAY,
			EVENTS_NOBODY },
		/* by the name, where one alone has it */
		{ "anna schmidt", NULL, RECORD_RECOMMENDED, TODAY, CHANGED },
		{ "Ben Weiss", "https://www.linkedin.com/in/ben", RECORD_MESSAGED, TODAY, CHANGED },
		{ "Ben", NULL, RECORD_MESSAGED, TODAY, EVENTS_NOBODY },
		{ "Carl", NULL, RECORD_RECOMMENDED, TODAY, EVENTS_AMBIGUOUS },
		{ "Carl", "https://www.linkedin.com/in/carl", RECORD_MESSAGED, TODAY,
			EVENTS_NOBODY },
		{ "Dora", NULL, RECORD_RECOMMENDED, TODAY, EVENTS_NEW },
		{ "Dora", NULL, RECORD_INVITED, TODAY - EVENTS_ANSWER_DAYS, CHANGED },
		{ "Dora", NULL, RECORD_INVITED, TODAY - EVENTS_ANSWER_DAYS + 1, CHANGED },
	};
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store);

	book_value(store, book_contact(store, book, "Anna Schmidt", "linkedin"), CONTACT_LINK,
		"https://linkedin.com/in/Anna");
	(void)book_contact(store, book, "Ben Weiß", "vcard");
	(void)book_contact(store, book, "Carl", "vcard");
	(void)book_contact(store, book, "Carl", "vcard");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu: %s", i, rows[i].name);
		CHECK_INT(tell_of(store, rows[i].name, rows[i].link, rows[i].kind, rows[i].day),
			rows[i].found);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 4);
}

static void events_the_organisation_decides(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_record_ struct record record = RECORD_INIT;
	int64_t book = book_main(store), second;
	struct err e;

	(void)book_contact(store, book, "Carl", "vcard");
	second = book_contact(store, book, "Carl", "vcard");
	CHECK_INT(contacts_set(store, second, CONTACT_ORG, "Werft", CONTACT_HAND, TODAY, &e), 0);
	make_record(&record, "Carl", NULL, RECORD_RECOMMENDED, TODAY);
	record.org = "werft";
	CHECK_INT(tell(store, &record), CHANGED);
	CHECK_INT(book_ask(store, "SELECT contact FROM ledger"), second);
	record.org = "Post";
	CHECK_INT(tell(store, &record), NOTHING_NEW);
	record.events[0].day = TODAY - 1;
	CHECK_INT(tell(store, &record), EVENTS_AMBIGUOUS);
}

static void events_recommendations(void)
{
	static const struct {
		int32_t day;
		int found, thanks;
	} rows[] = {
		{ TODAY - EVENTS_THANKS_DAYS, CHANGED, 0 },
		{ TODAY - EVENTS_THANKS_DAYS, NOTHING_NEW, 0 },
		{ TODAY - EVENTS_THANKS_DAYS + 1, CHANGED, 1 },
		{ TODAY - EVENTS_THANKS_DAYS + 1, NOTHING_NEW, 1 },
		{ TODAY, CHANGED, 2 },
	};
	_cleanup_store_ struct store *store = book_new();

	(void)book_contact(store, book_main(store), "Anna", "linkedin");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(tell_of(store, "Anna", NULL, RECORD_RECOMMENDED, rows[i].day),
			rows[i].found);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM thanks"), rows[i].thanks);
	}
	CHECK_INT(tell_of(store, "Anna", NULL, RECORD_RECOMMENDED, TODAY + 2), NOTHING_NEW);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM ledger"), 3);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM touch WHERE kind='received'"), 3);
	/* thanked in the meantime */
	CHECK_INT(book_ask(store, "UPDATE thanks SET done_day=1 RETURNING 0"), 0);
	CHECK_INT(tell_of(store, "Anna", NULL, RECORD_RECOMMENDED, TODAY), NOTHING_NEW);
}

/* A recommendation stays with whom it was told, and comes to no namesake. */
static void events_remember_recommendations(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_record_ struct record record = RECORD_INIT;
	int64_t book = book_main(store), anna, other;
	struct err e;

	anna = book_contact(store, book, "Anna", "linkedin");
	make_record(&record, "Anna", NULL, RECORD_RECOMMENDED, TODAY);
	CHECK_INT(tell(store, &record), CHANGED);
	CHECK_INT(contacts_set(store, anna, CONTACT_NAME, "Anna Gold", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(tell(store, &record), NOTHING_NEW);
	other = book_contact(store, book, "Anna", "vcard");
	CHECK_INT(contacts_set(store, other, CONTACT_ORG, "Werft", CONTACT_HAND, TODAY, &e), 0);
	record.org = "Werft";
	CHECK_INT(tell(store, &record), NOTHING_NEW);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM thanks"), 1);
	CHECK_INT(book_ask(store, "SELECT contact FROM thanks"), anna);
	/* taken back by hand: not told again */
	CHECK_INT(book_ask(store, "DELETE FROM ledger RETURNING 0"), 0);
	CHECK_INT(tell(store, &record), NOTHING_NEW);
	CHECK_INT(contacts_remove(store, book, anna, &e), 0);
	CHECK_INT(tell(store, &record), EVENTS_FORGOTTEN);
	/* another one is the namesake's */
	CHECK_INT(tell_of(store, "Anna", NULL, RECORD_RECOMMENDED, TODAY - 1), CHANGED);
	CHECK_INT(book_ask(store, "SELECT contact FROM thanks"), other);
}

/* Whoever was erased does not come back by what speaks of their mere name. */
static void events_erased(void)
{
	static const char *const names[] = { "Anna", "anna", "Anna Gold" };
	static const int32_t days[] = { TODAY, TODAY - 1, TODAY - EVENTS_THANKS_DAYS };
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", "linkedin");
	bool owns;
	struct err e;

	CHECK_INT(
		keys_set(store, book, "uid:linkedin.com/in/anna", "LinkedIn", anna, &owns, &e), 0);
	CHECK_INT(tell_of(store, "Anna", NULL, RECORD_RECOMMENDED, TODAY), CHANGED);
	CHECK_INT(contacts_set(store, anna, CONTACT_NAME, "Anna Gold", CONTACT_HAND, TODAY, &e), 0);
	CHECK_INT(contacts_remove(store, book, anna, &e), 0);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		TEST_ROW("%s", names[i]);
		CHECK_INT(tell_of(store, names[i], NULL, RECORD_RECOMMENDED, days[i]),
			EVENTS_FORGOTTEN);
	}
	CHECK_INT(tell_of(store, "Dora", NULL, RECORD_RECOMMENDED, TODAY), EVENTS_NEW);
	/* with a profile of their own it is another */
	CHECK_INT(
		tell_of(store, "Anna", "https://www.linkedin.com/in/anna-2", RECORD_INVITED, TODAY),
		CHANGED);
}

/* Its key is no entry: somebody typed by hand is forgotten by name as any other. */
static void events_erased_by_hand(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", CONTACT_HAND);
	struct err e;

	CHECK_INT(tell_of(store, "Anna", NULL, RECORD_RECOMMENDED, TODAY), CHANGED);
	CHECK_INT(book_ask(store, "SELECT owns FROM contact_key"), 0);
	CHECK_INT(contacts_remove(store, book, anna, &e), 0);
	CHECK_INT(keys_is_forgotten(store, book, "name:anna", &e), 1);
}

static void events_invitations(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), ben;
	struct err e;

	CHECK_INT(tell_of(store, "Anna", ANNA_LINK, RECORD_INVITED, TODAY - 10), CHANGED);
	CHECK_INT(tell_of(store, "Anna", ANNA_LINK, RECORD_INVITED, TODAY - 10), NOTHING_NEW);
	CHECK_INT(book_ask(store,
			  "SELECT stage_day FROM outreach WHERE stage='sent' AND open AND"
			  " name='Anna' AND link='" ANNA_LINK "'"),
		TODAY - 10);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 0);
	/* declined by hand: not asked again by the same invitation */
	CHECK_INT(book_ask(store,
			  "UPDATE outreach SET stage='declined', open=0, stage_day=20779"
			  " RETURNING 0"),
		0);
	CHECK_INT(tell_of(store, "Anna", ANNA_LINK, RECORD_INVITED, TODAY - 10), NOTHING_NEW);
	CHECK_INT(tell_of(store, "Anna", ANNA_LINK, RECORD_INVITED, TODAY), CHANGED);
	/* long ago, to somebody new: it waits no more */
	CHECK_INT(tell_of(store, "Zoe", NULL, RECORD_INVITED, TODAY - EVENTS_ANSWER_DAYS), CHANGED);
	CHECK_INT(tell_of(store, "Zoe", NULL, RECORD_INVITED, TODAY - EVENTS_ANSWER_DAYS),
		NOTHING_NEW);
	CHECK_INT(tell_of(store, "Zoe", NULL, RECORD_INVITED, TODAY - EVENTS_ANSWER_DAYS - 1),
		NOTHING_NEW);
	CHECK_INT(book_ask(store,
			  "SELECT stage_day FROM outreach WHERE name='Zoe' AND NOT open AND"
			  " stage='no answer'"),
		TODAY - EVENTS_ANSWER_DAYS);
	/* a contact: lately it waits, long ago it is a touch */
	ben = book_contact(store, book, "Ben", "vcard");
	CHECK_INT(tell_of(store, "Ben", NULL, RECORD_INVITED, TODAY - EVENTS_ANSWER_DAYS), CHANGED);
	CHECK_INT(tell_of(store, "Ben", NULL, RECORD_INVITED, TODAY - EVENTS_ANSWER_DAYS),
		NOTHING_NEW);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM outreach WHERE contact IS NOT NULL"), 0);
	CHECK_INT(book_ask(store, "SELECT day FROM touch WHERE note='LinkedIn invitation'"),
		TODAY - EVENTS_ANSWER_DAYS);
	CHECK_INT(tell_of(store, "Ben", NULL, RECORD_INVITED, TODAY - 5), CHANGED);
	CHECK_INT(tell_of(store, "Ben", NULL, RECORD_INVITED, TODAY - 5), NOTHING_NEW);
	CHECK_INT(book_ask(store, "SELECT contact FROM outreach WHERE contact IS NOT NULL"), ben);
	/* erased people are not written to */
	CHECK_INT(contacts_remove(store, book, ben, &e), 0);
	CHECK_INT(tell_of(store, "Ben", NULL, RECORD_INVITED, TODAY - 5), EVENTS_FORGOTTEN);
}

/* The connection that came of an invitation settles it. */
static void events_connections(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_record_ struct record record = RECORD_INIT;
	int64_t book = book_main(store), anna;
	struct err e;

	CHECK_INT(tell_of(store, "Anna", ANNA_LINK, RECORD_INVITED, TODAY - 10), CHANGED);
	anna = book_contact(store, book, "Anna", "linkedin");
	make_record(&record, "Anna", ANNA_LINK "/", RECORD_CONNECTED, TODAY - 3);
	CHECK_INT(events_apply(store, book, anna, &record, TODAY, &e), 1);
	CHECK_INT(events_apply(store, book, anna, &record, TODAY, &e), 0);
	CHECK_INT(
		book_ask(store, "SELECT contact FROM outreach WHERE stage='accepted' AND NOT open"),
		anna);
	CHECK_INT(book_ask(store, "SELECT day FROM touch WHERE kind='accepted'"), TODAY - 3);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact"), 1);
	/* nobody was asked */
	make_record(&record, "Ben", NULL, RECORD_CONNECTED, TODAY);
	CHECK_INT(events_apply(store, book, book_contact(store, book, "Ben", "linkedin"), &record,
			  TODAY, &e),
		0);
}

/* It may have come months later, or have been a second one. */
static void events_late_connections(void)
{
	static const struct {
		int32_t invited, connected;
		int settled;
	} rows[] = {
		{ TODAY - 400, TODAY - 100, 1 },
		{ TODAY - 400, TODAY - 400, 1 },
		{ TODAY - 400, TODAY - 401, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_record_ struct record record = RECORD_INIT;
		int64_t book = book_main(store), anna;
		struct err e;

		TEST_ROW("row %zu", i);
		CHECK_INT(tell_of(store, "Anna", ANNA_LINK, RECORD_INVITED, rows[i].invited),
			CHANGED);
		anna = book_contact(store, book, "Anna", "linkedin");
		make_record(&record, "Anna", ANNA_LINK, RECORD_CONNECTED, rows[i].connected);
		CHECK_INT(events_apply(store, book, anna, &record, TODAY, &e), rows[i].settled);
		CHECK_INT(events_apply(store, book, anna, &record, TODAY, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM outreach WHERE stage='accepted'"),
			rows[i].settled);
		/* it is theirs in any case */
		CHECK_INT(book_ask(store, "SELECT contact FROM outreach"), anna);
	}
}

static void events_messages(void)
{
	static const struct {
		int32_t day;
		int found, touches;
	} rows[] = {
		{ TODAY - 20, CHANGED, 1 },
		{ TODAY - 20, NOTHING_NEW, 1 },
		{ TODAY - 30, NOTHING_NEW, 1 },
		{ TODAY - 10, CHANGED, 2 },
		{ TODAY + 2, NOTHING_NEW, 2 }, /* a clock was wrong */
		{ TODAY + 1, CHANGED, 3 },     /* Greenwich is ahead */
		{ TODAY + 1, NOTHING_NEW, 3 },
	};
	_cleanup_store_ struct store *store = book_new();

	(void)book_contact(store, book_main(store), "Anna", "linkedin");
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(tell_of(store, "Anna", ANNA_LINK, RECORD_MESSAGED, rows[i].day),
			rows[i].found);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM touch"), rows[i].touches);
	}
	CHECK_INT(book_ask(store, "SELECT max(day) FROM touch"), TODAY);
}

static void events_books_share_nothing(void)
{
	_cleanup_store_ struct store *store = book_new();

	(void)book_contact(store, book_other(store), "Anna", "linkedin");
	CHECK_INT(tell_of(store, "Anna", NULL, RECORD_MESSAGED, TODAY), EVENTS_NOBODY);
}

TEST_MAIN(TEST(events_whose_it_is), TEST(events_the_organisation_decides),
	TEST(events_recommendations), TEST(events_remember_recommendations), TEST(events_erased),
	TEST(events_erased_by_hand), TEST(events_invitations), TEST(events_connections),
	TEST(events_late_connections), TEST(events_messages), TEST(events_books_share_nothing))
