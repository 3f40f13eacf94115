/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/keys.h"

static struct err e;

/* "owner" or "guest" of the key, by whoever sets it. */
static const char *set_key(struct store *store, const char *key, const char *source, int64_t id)
{
	bool owns = false;

	book_must(keys_set(store, book_main(store), key, source, id, &owns, &e), &e);
	return owns ? "owner" : "guest";
}

static char *name_key(const char *name, const char *rest)
{
	struct str key = STR_INIT;

	str_add(&key, "card:");
	book_must(keys_add_name(&key, name, &e), &e);
	str_addf(&key, ":%s", rest);
	return key.data;
}

/* Case and accents do not make another name; the digest of one has a fixed length. */
static void keys_names_are_folded(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "Anna Schäfer", "ANNA SCHÄFER", true },
		{ "Anna Schäfer", "Anna Schafer", false },
		{ "Anna", "Anne", false },
		{ "", "", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str a = STR_INIT, b = STR_INIT;

		TEST_ROW("row %zu", i);
		CHECK_INT(keys_add_name(&a, rows[i].a, &e), 0);
		CHECK_INT(keys_add_name(&b, rows[i].b, &e), 0);
		CHECK_INT(a.len, 32);
		CHECK(str_equal(str_text(&a), str_text(&b)) == rows[i].same);
	}
}

static void keys_find_whom_they_name(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), other = book_other(store), found = 0;
	int64_t anna = book_contact(store, book, "Anna", "a.vcf");
	int64_t ben = book_contact(store, book, "Ben", "a.vcf");
	_cleanup_free_ char *source = NULL, *nobody = NULL;
	bool owns = false;

	CHECK_INT(keys_find(store, book, "uid:1", &found, &e), 0);
	CHECK_TEXT(set_key(store, "uid:1", "a.vcf", anna), "owner");
	CHECK_INT(keys_find(store, book, "uid:1", &found, &e), 1);
	CHECK_INT(found, anna);
	CHECK_INT(keys_find(store, other, "uid:1", &found, &e), 0);
	CHECK_INT(keys_load(store, book, "uid:1", anna, &source, &owns, &e), 1);
	CHECK_TEXT(source, "a.vcf");
	CHECK(owns);
	CHECK_INT(keys_load(store, book, "uid:1", ben, &nobody, &owns, &e), 0);
	/* The card is another person's now. */
	CHECK_TEXT(set_key(store, "uid:1", "a.vcf", ben), "owner");
	CHECK_INT(keys_find(store, book, "uid:1", &found, &e), 1);
	CHECK_INT(found, ben);
}

/* The first source owns a contact, however many keys it has for them. */
static void keys_first_source_owns(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t anna = book_contact(store, book_main(store), "Anna", "a.vcf"), n = 0;
	_cleanup_free_ char *uid = NULL;

	CHECK_TEXT(set_key(store, "card:x", "a.vcf", anna), "owner");
	CHECK_TEXT(set_key(store, "uid:9", "b.vcf", anna), "guest");
	CHECK_TEXT(set_key(store, "uid:5", "a.vcf", anna), "owner");
	CHECK_TEXT(set_key(store, "uid:9", "b.vcf", anna), "guest");
	CHECK_INT(keys_count(store, anna, "a.vcf", &n, &e), 0);
	CHECK_INT(n, 2);
	CHECK_INT(keys_uid(store, anna, &uid, &e), 0);
	CHECK_TEXT(uid, "5");
}

/* Only what was made of a card's own content may take another form. */
static void keys_move_the_only_card(void)
{
	static const struct {
		const char *before, *also; /* NULL: there is none */
		int moved;
	} rows[] = {
		{ "card:a:1", NULL, 1 },
		{ "uid:1", NULL, 0 },
		{ "card:a:1", "card:a:2", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t book = book_main(store), found;
		int64_t anna = book_contact(store, book, "Anna", "a.vcf");
		bool owns = false;

		TEST_ROW("row %zu", i);
		(void)set_key(store, rows[i].before, "a.vcf", anna);
		if (rows[i].also)
			(void)set_key(store, rows[i].also, "a.vcf", anna);
		CHECK_INT(keys_move(store, book, "card:a:9", "b.vcf", anna, &owns, &e), 0);
		CHECK_INT(keys_move(store, book, "card:a:9", "a.vcf", anna, &owns, &e),
			rows[i].moved);
		CHECK(owns == (rows[i].moved == 1));
		CHECK_INT(keys_find(store, book, "card:a:9", &found, &e), rows[i].moved);
		CHECK_INT(keys_find(store, book, rows[i].before, &found, &e), !rows[i].moved);
	}
}

static void keys_bear_given_names(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", "a.vcf"), found;
	_cleanup_free_ char *first = name_key("Anna", "1"), *second = name_key("Anna", "2"),
			    *given = NULL, *none = NULL;
	_cleanup_str_ struct str name = STR_INIT, stranger = STR_INIT;
	bool owns = false;

	CHECK_INT(keys_add_name(&name, "ANNA", &e), 0);
	CHECK_INT(keys_add_name(&stranger, "Ben", &e), 0);
	(void)set_key(store, first, "a.vcf", anna);
	(void)set_key(store, second, "a.vcf", anna);
	CHECK_INT(keys_given(store, anna, "a.vcf", str_text(&name), 1, &given, &e), 1);
	CHECK_TEXT(given, second);
	CHECK_INT(keys_given(store, anna, "a.vcf", str_text(&name), 2, &none, &e), 0);
	CHECK_INT(keys_given(store, anna, "b.vcf", str_text(&name), 0, &none, &e), 0);
	CHECK_INT(keys_is_given(store, anna, str_text(&name), &e), 1);
	CHECK_INT(keys_is_given(store, anna, str_text(&stranger), &e), 0);
	CHECK_INT(keys_rename(store, book, first, "card:z:9", &owns, &e), 0);
	CHECK(owns);
	CHECK_INT(keys_find(store, book, first, &found, &e), 0);
	CHECK_INT(keys_find(store, book, "card:z:9", &found, &e), 1);
}

/* What is left of somebody who was removed, and finds them in whatever an import brings. */
static void keys_of_the_removed_stay_as_hashes(void)
{
	_cleanup_store_ struct store *store = book_new();
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", "a.vcf");
	_cleanup_str_ struct str name = STR_INIT;

	(void)set_key(store, "uid:1", "a.vcf", anna);
	book_value(store, anna, CONTACT_EMAIL, "A@x.org");
	book_value(store, anna, CONTACT_PHONE, "+49 30 555");
	CHECK_INT(keys_is_forgotten(store, book, "uid:1", &e), 0);
	CHECK_INT(keys_forget(store, book, anna, &e), 0);
	CHECK_INT(keys_forget(store, book, anna, &e), 0);
	CHECK_INT(keys_is_forgotten(store, book, "uid:1", &e), 1);
	CHECK_INT(keys_is_forgotten(store, book, "email:a@x.org", &e), 1);
	CHECK_INT(keys_is_forgotten(store, book, "email:b@x.org", &e), 0);
	CHECK_INT(keys_is_forgotten(store, book_other(store), "uid:1", &e), 0);
	CHECK_INT(keys_add_name(&name, "anna", &e), 0);
	CHECK_INT(keys_is_forgotten_trait(store, book, "phone", str_text(&name), "0049-30/555", &e),
		1);
	CHECK_INT(keys_is_forgotten_trait(store, book, "phone", str_text(&name), "030 556", &e), 0);
	CHECK_INT(book_ask(store,
			  "SELECT count(*) FROM forgotten WHERE length(hash)<>32 OR"
			  " typeof(hash)<>'blob'"),
		0);
}

/* What is told of a name stays with one contact, and does not own it. */
static void keys_tell_of_a_name(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_str_ struct str key = STR_INIT, again = STR_INIT;
	int64_t book = book_main(store), anna = book_contact(store, book, "Anna", "vcard");
	int64_t other = book_contact(store, book, "Anna", "vcard"), found = 0;

	CHECK_INT(keys_add_told(&key, "Anna", 1, &e), 0);
	CHECK_INT(keys_add_told(&again, "ANNA", 1, &e), 0);
	CHECK_TEXT(str_text(&again), str_text(&key));
	str_clear(&again);
	CHECK_INT(keys_add_told(&again, "Anna", 2, &e), 0);
	CHECK(!str_equal(str_text(&again), str_text(&key)));
	CHECK_INT(keys_tell(store, book, str_text(&key), "told", anna, &e), 1);
	CHECK_INT(keys_tell(store, book, str_text(&key), "told", other, &e), 0);
	CHECK_INT(keys_find(store, book, str_text(&key), &found, &e), 1);
	CHECK_INT(found, anna);
	CHECK_TEXT(set_key(store, "uid:1", "a.vcf", anna), "owner");
}

TEST_MAIN(TEST(keys_names_are_folded), TEST(keys_find_whom_they_name), TEST(keys_first_source_owns),
	TEST(keys_move_the_only_card), TEST(keys_bear_given_names),
	TEST(keys_of_the_removed_stay_as_hashes), TEST(keys_tell_of_a_name))
