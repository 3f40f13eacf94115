/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/duplicates.h"
#include "book/nearby.h"
#include "book/occasions.h"

#define PEOPLE 400

static uint32_t chance(uint32_t n)
{
	static uint32_t state = 7;

	state = state * 1664525 + 1013904223;
	return (state >> 8) % n;
}

#define PICK(array) (array)[chance(ARRAY_SIZE(array))]

/* Out of so few that many are alike. */
static void add_somebody(struct store *store, int64_t book)
{
	static const char *const names[] = { "Anna Müller", "Dr. Anna Mueller", "Müller, Anna",
		"Anna-Lena Groß", "A. Müller", "Ben Weiß", "Benn Weiss", "Weiß Ben", "Mum",
		"Carla de la Cruz", "Karla de la Cruz", "Dora Lang", "Émile Zöllner" };
	static const char *const emails[] = { "a@example.org", "A@Example.org", "b@example.org",
		"info@example.org" };
	static const char *const phones[] = { "+49 (0) 173/5098123", "0173 5098123",
		"0049 173 5098123", "030 1234567", "+49 30 1234567", "17" };
	static const char *const links[] = { "https://www.example.org/anna/", "example.org/Anna",
		"https://de.linkedin.com/in/anna-m", "http://linkedin.com/in/anna-m?x=1" };
	static const char *const firms[] = { "Werft", "Wërft", "Bäckerei Groß" };
	static const struct date days[] = { { 1984, 3, 12 }, { 0, 3, 12 }, { 1990, 7, 1 } };
	int64_t id = book_contact(store, book, PICK(names), CONTACT_HAND), number;
	struct err e = { "" };

	if (!chance(6))
		book_value(store, id, CONTACT_EMAIL, PICK(emails));
	if (!chance(6))
		book_value(store, id, CONTACT_PHONE, PICK(phones));
	if (!chance(6))
		book_value(store, id, CONTACT_LINK, PICK(links));
	if (!chance(6))
		book_must(
			contacts_set(store, id, CONTACT_ORG, PICK(firms), CONTACT_HAND, TODAY, &e),
			&e);
	if (!chance(6))
		book_must(occasions_add(store, book, id, OCCASION_BIRTHDAY, NULL, &PICK(days),
				  CONTACT_HAND, TODAY, &number, &e),
			&e);
}

/* Whom a few are doubles of is found as if everybody had been looked at. */
static void nearby_misses_nobody(void)
{
	_cleanup_duplicates_ struct duplicates all = { 0 };
	_cleanup_store_ struct store *store = book_new();
	int64_t other = book_other(store), last;
	struct err e = { "" };

	for (int i = 0; i < PEOPLE; i++)
		add_somebody(store, i % 20 == 0 ? other : book_main(store));
	last = book_ask(store, "SELECT max(id) FROM contact");
	CHECK_INT(duplicates_list(store, book_main(store), &all, &e), 0);
	CHECK(all.n > 100);
	for (int64_t first = last + 1; first > 0; first -= first > last - 20 ? 1 : 37) {
		_cleanup_duplicates_ struct duplicates some = { 0 };
		size_t n = 0;

		TEST_ROW("from %d", (int)first);
		CHECK_INT(duplicates_list_from(store, book_main(store), first, &some, &e), 0);
		for (size_t i = 0; i < all.n; i++) {
			if (all.all[i].other < first)
				continue;
			CHECK(n < some.n && some.all[n].one == all.all[i].one &&
				some.all[n].other == all.all[i].other &&
				some.all[n].why == all.all[i].why);
			n++;
		}
		CHECK_INT(some.n, n);
	}
}

static void nearby_are_few(void)
{
	static const struct {
		const char *name, *email, *phone;
		int64_t nearby; /* the one who is looked for among them */
	} rows[] = {
		{ "Anna Schmidt", NULL, NULL, 2 },
		{ "Schmidt", NULL, NULL, 2 },
		{ "Carla Lang", NULL, NULL, 1 },
		{ "Carla Lang", "BEN@example.org", NULL, 2 },
		{ "Carla Lang", NULL, "0173 5098123", 2 },
		{ "Carla Schmidt", "ben@example.org", "0173 5098123", 3 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_store_ struct store *store = book_new();
		int64_t anna = book_contact(store, 1, "Anna Schmidt", CONTACT_HAND), id;
		int64_t ben = book_contact(store, 1, "Ben Weiß", CONTACT_HAND);
		struct err e = { "" };

		TEST_ROW("%zu", i);
		book_value(store, ben, CONTACT_EMAIL, "ben@example.org");
		book_value(store, ben, CONTACT_PHONE, "+49 173 5098123");
		CHECK_INT(book_contact(store, 1, "Dora Keller", CONTACT_HAND), ben + 1);
		id = book_contact(store, 1, rows[i].name, CONTACT_HAND);
		if (rows[i].email)
			book_value(store, id, CONTACT_EMAIL, rows[i].email);
		if (rows[i].phone)
			book_value(store, id, CONTACT_PHONE, rows[i].phone);
		CHECK_INT(nearby_collect(store, 1, id, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM temp.nearby"), rows[i].nearby);
		CHECK_INT(nearby_collect(store, 1, id + 1, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM temp.nearby"), 0);
		CHECK_INT(nearby_collect(store, 1, 0, &e), 0);
		CHECK_INT(book_ask(store, "SELECT count(*) FROM temp.nearby"), 4);
		CHECK(anna < ben);
	}
}

TEST_MAIN(TEST(nearby_misses_nobody), TEST(nearby_are_few))
