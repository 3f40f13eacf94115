/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/occasions.h"
#include "book/keys.h"
#include "exchange/match.h"
#include "exchange/uid.h"

static void match_names(void)
{
	static const struct {
		const char *a, *b;
		bool fit;
	} rows[] = {
		{ "Anna Müller", "anna mueller", true },
		{ "Müller", "Anna Müller", true },
		{ "Müller Anna", "Anna Müller", true },
		{ "Anna M. Müller", "Anna Müller", true },
		{ "Anna Müller", "Ben Müller", false },
		{ "Anna Müller", "Anna Schmidt", false },
		{ "Ann", "Anna", false },
		{ "Anna Schmidt-Groß", "Anna Schmidt", false },
		{ "", "Anna", false },
		{ "", "", false },
		{ " ", "Anna", true }, /* no word that would speak against it */
		{ "Anna  Müller", "Anna Müller", true },
		{ "Anna Müller, MBA", "Anna Müller", true },
		{ "Müller, Anna", "Anna Müller", true },
		{ "Müller, MBA", "Ben Müller", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s, %s", rows[i].a, rows[i].b);
		CHECK(match_names_fit(rows[i].a, rows[i].b) == rows[i].fit);
		CHECK(match_names_fit(rows[i].b, rows[i].a) == rows[i].fit);
	}
}

static void match_takes_those_of_the_file(void)
{
	_cleanup_taken_ struct match_taken taken = { 0 };

	CHECK(!match_is_taken(&taken, 3));
	CHECK_INT(match_take(&taken, 3, NULL), 0);
	taken.first_new = 7;
	for (int64_t id = 1; id <= 9; id++) {
		TEST_ROW("%d", (int)id);
		CHECK(match_is_taken(&taken, id) == (id == 3 || id >= 7));
	}
	match_taken_done(&taken);
	CHECK(!match_is_taken(&taken, 3));
}

struct card {
	const char *uid, *name, *email, *birthday;
};

static void card_record(struct record *record, const struct card *card)
{
	struct date date;

	record->uid = card->uid;
	record->name = card->name;
	if (card->email && record_add_value(record, RECORD_EMAIL, NULL, card->email) < 0)
		abort();
	if (card->birthday &&
		(!day_parse(card->birthday, &date) ||
			record_add_occasion(record, RECORD_BIRTHDAY, NULL, &date) < 0))
		abort();
}

/* One contact stands in the book: Anna Müller, uid:1, anna@example.org, born 1984-03-12. */
static int64_t match_book(struct store *store)
{
	const struct date date = { 1984, 3, 12 };
	int64_t book = book_main(store), id = book_contact(store, book, "Anna Müller", "vcard"), n;
	struct err e;
	bool owns;

	book_value(store, id, CONTACT_EMAIL, "anna@example.org");
	book_must(keys_set(store, book, "uid:1", "a.vcf", id, &owns, &e), &e);
	book_must(occasions_add(
			  store, book, id, OCCASION_BIRTHDAY, NULL, &date, "vcard", TODAY, &n, &e),
		&e);
	return id;
}

enum state { THERE, TAKEN, REMOVED };

static void match_who_it_is(void)
{
	static const struct {
		struct card card;
		enum state state;
		enum match_found found;
		const char *key;
	} rows[] = {
		{ { "1", "Whoever", NULL, NULL }, THERE, MATCH_KNOWN, "uid:1" },
		{ { "2", "Anna Müller", "ANNA@example.org", NULL }, THERE, MATCH_KNOWN, "uid:2" },
		{ { "2", "Anna", "anna@example.org", NULL }, THERE, MATCH_KNOWN, "uid:2" },
		{ { "2", "Ben Müller", "anna@example.org", NULL }, THERE, MATCH_NEW, "uid:2" },
		{ { "2", "anna mueller", NULL, "1984-03-12" }, THERE, MATCH_KNOWN, "uid:2" },
		{ { "2", "Anna Müller", NULL, "--03-12" }, THERE, MATCH_KNOWN, "uid:2" },
		{ { "2", "Anna Müller", NULL, "1985-03-12" }, THERE, MATCH_NEW, "uid:2" },
		{ { "2", "Anna Müller", NULL, NULL }, THERE, MATCH_NEW,
			"uid:2" }, /* a name alone */
		{ { NULL, "Anna Müller", "anna@example.org", NULL }, THERE, MATCH_KNOWN, NULL },
		{ { "", "Anna Müller", "other@example.org", NULL }, THERE, MATCH_NEW, NULL },
		/* Another record of the file is the contact already. */
		{ { "1", "Anna Müller", "anna@example.org", "1984-03-12" }, TAKEN, MATCH_NEW,
			"uid:1#2" },
		{ { "2", "Anna Müller", "anna@example.org", "1984-03-12" }, TAKEN, MATCH_NEW,
			"uid:2" },
		{ { "1", "Anna Müller", NULL, NULL }, REMOVED, MATCH_FORGOTTEN, "uid:1" },
		{ { "2", "Anna Müller", "Anna@example.org", NULL }, REMOVED, MATCH_FORGOTTEN,
			"uid:2" },
		{ { "2", "Anna Müller", NULL, "1984-03-12" }, REMOVED, MATCH_FORGOTTEN, "uid:2" },
		{ { "2", "Anna Müller", NULL, "--03-12" }, REMOVED, MATCH_FORGOTTEN, "uid:2" },
		{ { "2", "Anna Müller", NULL, "1984-03-13" }, REMOVED, MATCH_NEW, "uid:2" },
		{ { "2", "Anna Schmidt", NULL, "1984-03-12" }, REMOVED, MATCH_NEW, "uid:2" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_taken_ struct match_taken taken = { 0 };
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_free_ char *key = NULL;
		int64_t book = book_main(store), anna = match_book(store), found = 0;
		struct err e;

		TEST_ROW("row %zu", i);
		card_record(&record, &rows[i].card);
		if (rows[i].state == TAKEN)
			CHECK_INT(match_take(&taken, anna, &e), 0);
		if (rows[i].state == REMOVED)
			CHECK_INT(contacts_remove(store, book, anna, &e), 0);
		CHECK_INT(match_record(store, book, &record, &taken, &found, &key, &e),
			rows[i].found);
		CHECK_INT(rows[i].found == MATCH_KNOWN ? found : anna, anna);
		if (rows[i].key)
			CHECK_TEXT(key, rows[i].key);
		else
			CHECK(key && str_starts(key, "card:") && strlen(key) == 5 + 32 + 1 + 64);
	}
}

/* Whoever has no name but an address: they are whom a named record with it speaks of, and the other way
 * round; but one who bears the name goes first, wherever they stand. */
static void match_who_has_no_name(void)
{
	static const struct {
		const char *names[2]; /* of those in the book, all with anna@example.org */
		const char *name;     /* of the record */
		int found;            /* which of them; -1: nobody */
	} rows[] = {
		{ { "anna@example.org", NULL }, "Anna Müller", 0 },
		{ { "Anna@Example.org", NULL }, "Anna Müller", 0 },
		{ { "Anna Müller", NULL }, "anna@example.org", 0 },
		{ { "anna@example.org", "Anna Müller" }, "Anna Müller", 1 },
		{ { "Anna Müller", "anna@example.org" }, "Anna Müller", 0 },
		{ { "Ben Müller", "anna@example.org" }, "Anna Müller", 1 },
		{ { "anna@example.org", "Anna Müller" }, "anna@example.org", 0 },
		{ { "Anna @ Home", NULL }, "Ben Müller", -1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_free_ char *key = NULL;
		struct match_taken taken = { 0 };
		int64_t ids[2] = { 0 }, found = -1;
		struct err e;

		TEST_ROW("row %zu", i);
		for (size_t k = 0; k < 2 && rows[i].names[k]; k++) {
			ids[k] = book_contact(store, 1, rows[i].names[k], "vcard");
			book_value(store, ids[k], CONTACT_EMAIL, "anna@example.org");
		}
		card_record(&record, &(struct card){ "2", rows[i].name, "anna@example.org", NULL });
		CHECK_INT(match_record(store, 1, &record, &taken, &found, &key, &e),
			rows[i].found < 0 ? MATCH_NEW : MATCH_KNOWN);
		CHECK_INT(found, rows[i].found < 0 ? -1 : ids[rows[i].found]);
	}
}

/* What our exports call people, and their days. */
static void match_by_our_own_uids(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_str_ struct str day = STR_INIT, another = STR_INIT;
	int64_t anna = match_book(store);
	char own[UID_SIZE];
	const struct {
		const char *uid;
		bool known;
	} rows[] = {
		{ uid_of_contact(store, anna, own), true },
		{ (uid_add_event(store, 1, 'b', 1, &day), str_text(&day)), true },
		{ (uid_add_event(store, 2, 'b', 1, &another), str_text(&another)), false },
		{ "", false },
		{ "b", false },
		{ "b1@nudged", false },
		{ "x-1-b99999999999999999999999@nudged", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_free_ char *key = NULL;
		struct match_taken taken = { 0 };
		int64_t found = 0;
		struct err e;

		TEST_ROW("%s", rows[i].uid);
		card_record(&record, &(struct card){ rows[i].uid, "Somebody Else", NULL, NULL });
		CHECK_INT(match_record(store, 1, &record, &taken, &found, &key, &e),
			rows[i].known ? MATCH_KNOWN : MATCH_NEW);
		CHECK_INT(found, rows[i].known ? anna : 0);
	}
}

static void match_renaming(void)
{
	static const struct {
		const char *stands, *name;
		bool owner, other; /* whether such a source may */
	} rows[] = {
		{ "Anna", "Anna Müller", true, false },
		{ "a@example.org", "Anna Müller", true, true },
		{ "a@example.org", "b@example.org", true, false },
		{ "Anna", "a@example.org", false, false },
		{ "Anna @ Home", "Anna Müller", true, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s, %s", rows[i].stands, rows[i].name);
		CHECK_INT(match_may_rename(rows[i].stands, rows[i].name, true), rows[i].owner);
		CHECK_INT(match_may_rename(rows[i].stands, rows[i].name, false), rows[i].other);
	}
}

/* The key of a card without UID is what tells one person from another. */
static void match_keys_of_cards(void)
{
	static const struct card cards[] = {
		{ NULL, "Anna", "a@example.org", NULL },
		{ NULL, "Anna", "b@example.org", NULL },
		{ NULL, "Ann", "aa@example.org", NULL },
		{ NULL, "Anna", NULL, NULL },
	};
	_cleanup_store_ struct store *store = book_new();
	char *keys[ARRAY_SIZE(cards)] = { NULL };
	struct match_taken taken = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(cards); i++) {
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_free_ char *again = NULL;
		int64_t found;

		TEST_ROW("row %zu", i);
		card_record(&record, &cards[i]);
		CHECK_INT(
			match_record(store, 1, &record, &taken, &found, &keys[i], NULL), MATCH_NEW);
		record.note = "what may change";
		CHECK_INT(match_record(store, 1, &record, &taken, &found, &again, NULL), MATCH_NEW);
		CHECK_TEXT(again, keys[i]);
		for (size_t k = 0; k < i; k++)
			CHECK(!str_equal(keys[i], keys[k]));
	}
	for (size_t i = 0; i < ARRAY_SIZE(cards); i++)
		free(keys[i]);
}

/* Who is called otherwise in the book is known by the name that the source gave; of somebody who was merged
 * each record finds the contact once. */
static void match_by_the_name_a_source_gave(void)
{
	static const struct {
		const char *name, *email, *birthday;
		bool merged, taken, used;
		enum match_found found;
	} rows[] = {
		{ "Anna Alt", "anna@example.org", NULL, false, false, false, MATCH_KNOWN },
		{ "anna alt", "anna@example.org", NULL, false, false, false, MATCH_KNOWN },
		{ "Anna Alt", NULL, "1984-03-12", false, false, false, MATCH_KNOWN },
		{ "Anna Alt", NULL, "1984-03-13", false, false, false, MATCH_NEW },
		{ "Anna Alt", "alt@example.org", NULL, false, false, false, MATCH_NEW },
		{ "Berta Alt", "anna@example.org", NULL, false, false, false, MATCH_NEW },
		{ "Anna Alt", "anna@example.org", NULL, false, true, false, MATCH_NEW },
		{ "Anna Alt", "anna@example.org", NULL, true, true, false, MATCH_KNOWN },
		{ "Anna Alt", "anna@example.org", NULL, true, true, true, MATCH_NEW },
		{ "Anni Neu", "anna@example.org", NULL, true, true, false, MATCH_NEW },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_taken_ struct match_taken taken = { .source = "a.csv" };
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_str_ struct str given = STR_INIT;
		_cleanup_free_ char *key = NULL, *former = NULL;
		int64_t anna = match_book(store), found = 0;
		struct err e;
		bool owns;

		TEST_ROW("row %zu", i);
		book_must(contacts_set(store, anna, CONTACT_NAME, "Berta Neumann", CONTACT_HAND,
				  TODAY, &e),
			&e);
		str_add(&given, "card:");
		book_must(keys_add_name(&given, "Anna Alt", &e), &e);
		str_add(&given, ":1");
		book_must(keys_set(store, 1, str_text(&given), "a.csv", anna, &owns, &e), &e);
		if (rows[i].merged)
			book_ask(store, "UPDATE contact_key SET merged=1 RETURNING 1");
		if (rows[i].taken)
			CHECK_INT(match_take(&taken, anna, &e), 0);
		if (rows[i].used)
			CHECK_INT(match_use_key(&taken, str_text(&given), &e), 0);
		card_record(&record,
			&(struct card){ NULL, rows[i].name, rows[i].email, rows[i].birthday });
		CHECK_INT(match_record(store, 1, &record, &taken, &found, &key, &e), rows[i].found);
		CHECK_INT(found, rows[i].found == MATCH_KNOWN ? anna : 0);
		CHECK_INT(match_former_key(store, &taken, anna, "Anna Alt", &former, &e),
			!rows[i].used);
	}
}

/* Whoever was removed stays away when their card has changed, as far as anything tells that it is theirs. */
static void match_forgets_by_what_is_left(void)
{
	static const struct {
		const char *email, *phone, *uid; /* what the source had said */
		struct card card;
		const char *number; /* what it says now */
		enum match_found found;
	} rows[] = {
		{ NULL, "3", NULL, { NULL, "Cid Clay", NULL, NULL }, "33", MATCH_FORGOTTEN },
		{ NULL, "3", NULL, { NULL, "cid clay", NULL, NULL }, NULL, MATCH_FORGOTTEN },
		{ NULL, "3", NULL, { NULL, "Cid Clay", "cid@example.org", NULL }, NULL,
			MATCH_FORGOTTEN },
		{ NULL, "3", NULL, { NULL, "Cid", NULL, NULL }, "3", MATCH_NEW },
		/* A name in the book that no source gave. */
		{ NULL, "3", NULL, { NULL, "Sid Neu", NULL, NULL }, "33", MATCH_NEW },
		{ NULL, "3", NULL, { NULL, "Sid Neu", NULL, NULL }, "3", MATCH_FORGOTTEN },
		/* Where a UID or an address tells, a namesake may come. */
		{ NULL, "3", NULL, { "9", "Cid Clay", NULL, NULL }, "33", MATCH_NEW },
		{ NULL, "3", "1", { "9", "Cid Clay", NULL, NULL }, "3", MATCH_FORGOTTEN },
		{ NULL, "3", "1", { NULL, "Cid Clay", NULL, NULL }, "33", MATCH_NEW },
		{ "cid@example.org", "3", NULL, { NULL, "Cid Clay", NULL, NULL }, "33", MATCH_NEW },
		{ "cid@example.org", "0171 1234567", NULL, { NULL, "Cid Clay", NULL, NULL },
			"+49 (171) 123-4567", MATCH_FORGOTTEN },
		{ "cid@example.org", "0171 1234567", NULL, { NULL, "Cid Clay", NULL, NULL },
			"+49 (171) 123-4568", MATCH_NEW },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_record_ struct record record = RECORD_INIT;
		_cleanup_str_ struct str given = STR_INIT;
		_cleanup_free_ char *key = NULL;
		struct match_taken taken = { 0 };
		int64_t cid = book_contact(store, 1, "Sid Neu", "vcard"), found;
		struct err e;
		bool owns;

		TEST_ROW("row %zu", i);
		str_add(&given, rows[i].uid ? "uid:" : "card:");
		if (rows[i].uid)
			str_add(&given, rows[i].uid);
		else
			book_must(keys_add_name(&given, "Cid Clay", &e), &e);
		if (rows[i].uid)
			book_must(contacts_set(store, cid, CONTACT_NAME, "Cid Clay", CONTACT_HAND,
					  TODAY, &e),
				&e);
		else
			str_add(&given, ":1");
		book_must(keys_set(store, 1, str_text(&given), "vcard", cid, &owns, &e), &e);
		if (rows[i].email)
			book_value(store, cid, CONTACT_EMAIL, rows[i].email);
		book_value(store, cid, CONTACT_PHONE, rows[i].phone);
		book_ask(store, "UPDATE contact_value SET source='vcard' RETURNING 1");
		CHECK_INT(contacts_remove(store, 1, cid, &e), 0);
		card_record(&record, &rows[i].card);
		if (rows[i].number)
			CHECK_INT(record_add_value(&record, RECORD_PHONE, NULL, rows[i].number), 0);
		CHECK_INT(match_record(store, 1, &record, &taken, &found, &key, &e), rows[i].found);
	}
}

/* A book that was written when keys had no names. */
static void match_keys_of_older_books(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_record_ struct record record = RECORD_INIT;
	_cleanup_free_ char *key = NULL;
	struct match_taken taken = { 0 };
	int64_t anna = match_book(store), found = 0;
	struct err e;
	bool owns;

	card_record(&record, &(struct card){ NULL, "Anna", NULL, NULL });
	CHECK_INT(match_record(store, 1, &record, &taken, &found, &key, &e), MATCH_NEW);
	for (int copy = 1; copy <= 2; copy++) {
		_cleanup_str_ struct str old = STR_INIT;
		_cleanup_free_ char *now = NULL;

		TEST_ROW("copy %d", copy);
		str_addf(&old, copy > 1 ? "card:%s#%d" : "card:%s", strrchr(key, ':') + 1, copy);
		book_must(keys_set(store, 1, str_text(&old), "a.csv", anna, &owns, &e), &e);
		CHECK_INT(match_record(store, 1, &record, &taken, &found, &now, &e), MATCH_KNOWN);
		CHECK_INT(found, anna);
		CHECK_INT(keys_find(store, 1, str_text(&old), &found, &e), 0);
		CHECK_INT(keys_find(store, 1, now, &found, &e), 1);
		anna = book_contact(store, 1, "Anna", "a.csv");
		CHECK_INT(match_take(&taken, found, &e), 0);
	}
	match_taken_done(&taken);
}

TEST_MAIN(TEST(match_names), TEST(match_takes_those_of_the_file), TEST(match_who_it_is),
	TEST(match_who_has_no_name), TEST(match_by_our_own_uids), TEST(match_renaming),
	TEST(match_keys_of_cards), TEST(match_by_the_name_a_source_gave),
	TEST(match_forgets_by_what_is_left), TEST(match_keys_of_older_books))
