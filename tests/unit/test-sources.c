/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/keys.h"
#include "book/occasions.h"
#include "book/sources.h"

static const struct date date = { 1984, 3, 12 };

static int64_t source_contact(struct store *store, int64_t *ret_number)
{
	struct err e;
	int64_t book = book_main(store), id = book_contact(store, book, "Anna", "a.vcf");

	book_must(contacts_set(store, id, CONTACT_ORG, "Werft", "a.vcf", TODAY + 1, &e), &e);
	book_must(contacts_add_value(store, id, CONTACT_EMAIL, "Ä@x.org", NULL, "a.vcf", TODAY, &e),
		&e);
	book_must(contacts_add_value(store, id, CONTACT_TAG, "club", NULL, "a.vcf", TODAY, &e), &e);
	book_must(occasions_add(store, book, id, OCCASION_ANNIVERSARY, NULL, &date, "a.vcf", TODAY,
			  ret_number, &e),
		&e);
	return id;
}

/* Whoever is next in the alphabet has it, then nobody. */
static void sources_are_followed_by_the_next(void)
{
	static const char *const what[] = { "org", "email:ae@x.org", "b1" };
	static const char *const asked[] = {
		"SELECT count(*) FROM field_source WHERE field='org' AND source='b.vcf'",
		"SELECT count(*) FROM contact_value WHERE kind='email' AND source='b.vcf'",
		"SELECT count(*) FROM occasion WHERE source='b.vcf'",
	};
	_cleanup_store_ struct store *store = book_new();
	_cleanup_alsos_ struct alsos also = { 0 };
	int64_t number, id = source_contact(store, &number);
	struct err e;

	for (size_t i = 0; i < ARRAY_SIZE(what); i++) {
		/* Its own source beside it changes nothing. */
		book_must(sources_add_also(store, id, what[i], "a.vcf", &e), &e);
		book_must(sources_add_also(store, id, what[i], "c.vcf", &e), &e);
		book_must(sources_add_also(store, id, what[i], "b.vcf", &e), &e);
		book_must(sources_add_also(store, id, what[i], "b.vcf", &e), &e);
	}
	book_must(sources_also(store, id, &also, &e), &e);
	CHECK_INT(also.n, 9);
	CHECK(alsos_have(&also, "b1", "c.vcf"));
	CHECK(!alsos_have(&also, "b1", "d.vcf") && !alsos_have(&also, "b2", "c.vcf"));
	for (int round = 0; round < 3; round++) {
		const char *source = round == 0 ? "a.vcf" : round == 1 ? "b.vcf" : "c.vcf";
		int expected = round == 2 ? 0 : SOURCES_KEPT;

		TEST_ROW("round %d", round);
		CHECK_INT(
			sources_withdraw_text(store, id, CONTACT_ORG, source, TODAY, &e), expected);
		CHECK_INT(sources_withdraw_value(store, id, CONTACT_EMAIL, "Ä@x.org", source, &e),
			expected);
		CHECK_INT(
			sources_withdraw_occasion(store, book_main(store), id, number, source, &e),
			expected);
		for (size_t i = 0; i < ARRAY_SIZE(asked); i++)
			CHECK_INT(book_ask(store, asked[i]), round == 0);
	}
	CHECK_INT(book_ask(store, "SELECT count(*) FROM also_source"), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact WHERE org IS NULL"), 1);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM contact_value WHERE kind='email'"), 0);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM occasion"), 0);
}

/* What is typed or taken away by hand needs nobody beside it; a text that changed neither. */
static void sources_of_what_changed(void)
{
	static const struct date moved = { 1984, 3, 13 };
	_cleanup_store_ struct store *store = book_new();
	int64_t number, id = source_contact(store, &number);
	struct err e;

	book_must(sources_add_also(store, id, "org", "b.vcf", &e), &e);
	book_must(sources_add_also(store, id, "email:ae@x.org", "b.vcf", &e), &e);
	book_must(sources_add_also(store, id, "tag:club", "b.vcf", &e), &e);
	book_must(sources_add_also(store, id, "b1", "b.vcf", &e), &e);
	book_must(contacts_set(store, id, CONTACT_ORG, "Hafen", "a.vcf", TODAY, &e), &e);
	CHECK_INT(contacts_add_value(
			  store, id, CONTACT_EMAIL, "ä@X.org", NULL, CONTACT_HAND, TODAY + 2, &e),
		CONTACT_KEPT);
	CHECK_INT(contacts_remove_value(store, id, CONTACT_TAG, "Club", TODAY, &e), 0);
	CHECK_INT(occasions_move(store, book_main(store), number, &moved, "a.vcf", &e), 0);
	CHECK_INT(occasions_move(store, book_main(store), number, &moved, "a.vcf", &e),
		OCCASION_KEPT);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM also_source"), 0);
	CHECK_INT(
		book_ask(store,
			"SELECT count(*) FROM contact_value WHERE source='hand' AND entered_day=20782"),
		1);
}

static void sources_of_texts(void)
{
	_cleanup_store_ struct store *store = book_new();
	char *sources[CONTACT_FIELD_COUNT] = { NULL };
	int64_t number, id = source_contact(store, &number);
	struct err e;

	book_must(contacts_set(store, id, CONTACT_CITY, "Bonn", CONTACT_HAND, TODAY, &e), &e);
	/* What came with the contact is noted there alone. */
	book_must(contacts_set(store, id, CONTACT_NOTE, "tall", "a.vcf", TODAY, &e), &e);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM field_source WHERE field='note'"), 0);
	CHECK_INT(book_ask(store, "SELECT set_day FROM field_source WHERE field='org'"), TODAY + 1);
	book_must(sources_of_fields(store, id, sources, &e), &e);
	CHECK_TEXT(sources[CONTACT_NAME], "a.vcf");
	CHECK_TEXT(sources[CONTACT_ORG], "a.vcf");
	CHECK_TEXT(sources[CONTACT_NOTE], "a.vcf");
	CHECK_TEXT(sources[CONTACT_CITY], CONTACT_HAND);
	for (size_t i = 0; i < CONTACT_FIELD_COUNT; i++)
		free(sources[i]);
}

/* One that has another name now; one that nobody knew. */
static void sources_get_a_name(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), number, id = source_contact(store, &number);
	bool owns;
	struct err e;

	book_must(keys_set(store, book, "card:1", "a.vcf", id, &owns, &e), &e);
	CHECK(owns);
	book_must(sources_add_also(store, id, "tag:x", "a.vcf", &e), &e);
	book_must(sources_add_also(store, id, "tag:x", "b.vcf", &e), &e);
	book_must(sources_rename(store, id, "a.vcf", "b.vcf", &e), &e);
	CHECK_INT(book_ask(store,
			  "SELECT (SELECT count(*) FROM contact WHERE source='b.vcf')"
			  " + (SELECT count(*) FROM field_source WHERE source='b.vcf')"
			  " + (SELECT count(*) FROM contact_value WHERE source='b.vcf')"
			  " + (SELECT count(*) FROM occasion WHERE source='b.vcf')"
			  " + (SELECT count(*) FROM contact_key WHERE source='b.vcf')"
			  " + (SELECT count(*) FROM also_source WHERE source='b.vcf')"),
		7);
	CHECK_INT(book_ask(store, "SELECT count(*) FROM also_source"), 1);
	book_must(store_run(store, &e, "UPDATE contact_value SET source='vcard'", ""), &e);
	book_must(store_run(store, &e, "UPDATE occasion SET source='vcard'", ""), &e);
	for (int i = 0; i < 2; i++) {
		const char *source = i ? "d.vcf" : "c.vcf";

		book_must(sources_claim_value(store, id, CONTACT_TAG, "club", source, &e), &e);
		book_must(sources_claim_occasion(store, book, number, source, &e), &e);
		CHECK_INT(
			book_ask(store, "SELECT count(*) FROM contact_value WHERE source='c.vcf'"),
			1);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM occasion WHERE source='c.vcf'"), 1);
	}
}

/* Without a UID a source knows somebody by one digest after the other; a UID never gives way. */
static void sources_keep_one_digest(void)
{
	static const struct {
		const char *first, *second; /* keys of the source; NULL: none */
		bool moves;
	} rows[] = {
		{ "card:1", NULL, true },
		{ "card:1", "card:2", false },
		{ "uid:1", NULL, false },
		{ NULL, NULL, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		_cleanup_free_ char *source = NULL;
		int64_t book = book_main(store), n = 0,
			id = book_contact(store, book, "Anna", "a.vcf");
		bool owns = false;
		struct err e;

		TEST_ROW("row %zu", i);
		if (rows[i].first)
			book_must(keys_set(store, book, rows[i].first, "a.vcf", id, &owns, &e), &e);
		if (rows[i].second)
			book_must(
				keys_set(store, book, rows[i].second, "a.vcf", id, &owns, &e), &e);
		book_must(keys_set(store, book, "card:b", "b.vcf", id, &owns, &e), &e);
		CHECK_INT(owns, !rows[i].first);
		CHECK_INT(
			keys_move(store, book, "card:new", "a.vcf", id, &owns, &e), rows[i].moves);
		CHECK_INT(
			keys_load(store, book, "card:new", id, &source, &owns, &e), rows[i].moves);
		if (rows[i].moves)
			CHECK(owns && str_equal(source, "a.vcf"));
		book_must(keys_count(store, id, "a.vcf", &n, &e), &e);
		CHECK_INT(n, (rows[i].first != NULL) + (rows[i].second != NULL));
		CHECK_INT(keys_load(store, book, "card:b", id + 1, &source, &owns, &e), 0);
	}
}

TEST_MAIN(TEST(sources_are_followed_by_the_next), TEST(sources_of_what_changed),
	TEST(sources_of_texts), TEST(sources_get_a_name), TEST(sources_keep_one_digest))
