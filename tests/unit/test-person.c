/* SPDX-License-Identifier: MIT */
#include "cli/person.h"

#include "book/occasions.h"
#include "network.h"

static void open_cli(struct cli *cli, struct network *n)
{
	network_open(n);
	*cli = (struct cli){
		.store = n->store, .book = n->book, .today = network_day("2026-11-23")
	};
}

static void spans_are_kept_in_the_contracts_form(void)
{
	static const struct {
		const char *text, *kept; /* NULL: refused */
	} rows[] = {
		{ "30d", "30d" },
		{ "6w", "6w" },
		{ "42d", "6w" },
		{ "6 Wochen", "6w" },
		{ "3m", "3m" },
		{ "12m", "1y" },
		{ "1y", "1y" },
		{ "18 months", "18m" },
		{ "never", "never" },
		{ "nie", "never" },
		{ "", "" },
		{ "often", NULL },
		{ "0d", NULL },
		{ "-3d", NULL },
		{ "101y", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cli cli = { 0 };
		struct person person = { .text = { [CONTACT_EVERY] = rows[i].text } };
		struct person_checked checked;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(person_check(&cli, &person, &checked), rows[i].kept ? 0 : EX_USAGE);
		if (rows[i].kept)
			CHECK_TEXT(checked.every, rows[i].kept);
	}
}

static void options_are_checked_before_anything_is_stored(void)
{
	static const char *const addresses[] = { "none", "a@example.org", "" };
	static const struct {
		struct person person;
		int status;
	} rows[] = {
		{ { .birthday = "12.3.1984" }, 0 },
		{ { .birthday = "12.3." }, 0 },
		{ { .birthday = "" }, 0 },
		{ { .birthday = "3/12" }, EX_USAGE },
		{ { .birthday = "30.2.1984" }, EX_USAGE },
		{ { .birthday = "1.1.2030" }, EX_USAGE },
		{ { .met = "yesterday" }, 0 },
		{ { .met = "today" }, 0 },
		{ { .met = "" }, 0 },
		{ { .met = "tomorrow" }, EX_USAGE },
		{ { .met = "??" }, EX_USAGE },
		{ { .text = { [CONTACT_NAME] = "" } }, EX_USAGE },
		{ { .text = { [CONTACT_CITY] = "" } }, 0 },
		{ { .busy_inbox = true }, 0 },
		{ { .no_busy_inbox = true }, 0 },
		{ { .busy_inbox = true, .no_busy_inbox = true }, EX_USAGE },
		{ { .text = { [CONTACT_BUSY_INBOX] = "Ja" } }, 0 },
		{ { .text = { [CONTACT_BUSY_INBOX] = "" } }, 0 },
		{ { .text = { [CONTACT_BUSY_INBOX] = "perhaps" } }, EX_USAGE },
	};
	struct cli cli = { .today = network_day("2026-11-23") };
	struct person_checked checked;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(person_check(&cli, &rows[i].person, &checked), rows[i].status);
		CHECK(!person_is_empty(&rows[i].person));
	}
	for (size_t i = 0; i < ARRAY_SIZE(addresses); i++) {
		const char *all[] = { addresses[i] };
		struct person person = { .values = { [CONTACT_EMAIL] = { all, 1 } } };

		TEST_ROW("%s", addresses[i]);
		CHECK_INT(person_check(&cli, &person, &checked), i ? 0 : EX_USAGE);
		CHECK(!person_is_empty(&person));
	}
	CHECK(person_is_empty(&(struct person){ 0 }));
}

static void store(struct cli *cli, int64_t id, const struct person *person)
{
	struct person_checked checked;

	CHECK_INT(person_check(cli, person, &checked), 0);
	CHECK_INT(person_store(cli, id, person, &checked), 0);
}

/* By a flag or by a word of the editor's; what was not said stays as it is. */
static void a_crowded_inbox_is_a_field(void)
{
	static const struct {
		struct person person;
		bool busy;
	} rows[] = {
		{ { .text = { [CONTACT_CITY] = "Bonn" } }, false },
		{ { .busy_inbox = true }, true },
		{ { .text = { [CONTACT_CITY] = "Kiel" } }, true },
		{ { .no_busy_inbox = true }, false },
		{ { .text = { [CONTACT_BUSY_INBOX] = "ja" } }, true },
		{ { .text = { [CONTACT_BUSY_INBOX] = "YES" } }, true },
		{ { .text = { [CONTACT_BUSY_INBOX] = "" } }, false },
	};
	_cleanup_network_ struct network n = { 0 };
	struct cli cli;
	int64_t id;

	open_cli(&cli, &n);
	id = network_add(&n, "Anna", cli.today);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_contact_ struct contact contact = { 0 };

		TEST_ROW("row %zu", i);
		store(&cli, id, &rows[i].person);
		CHECK_INT(contacts_load(n.store, n.book, id, &contact, NULL), 0);
		CHECK_TEXT(contact.field[CONTACT_BUSY_INBOX], rows[i].busy ? CONTACT_YES : NULL);
	}
}

static void what_is_given_is_stored_and_nothing_else(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_contact_ struct contact contact = { 0 };
	_cleanup_occasions_ struct occasions occasions = { 0 };
	const char *tags[] = { "friends" };
	struct cli cli;
	int64_t id;

	open_cli(&cli, &n);
	id = network_add(&n, "Anna", cli.today);
	store(&cli, id,
		&(struct person){ .text = { [CONTACT_CITY] = "Bonn", [CONTACT_EVERY] = "42 days" },
			.birthday = "12.3.1984",
			.met = "yesterday",
			.values = { [CONTACT_TAG] = { tags, 1 } } });
	store(&cli, id, &(struct person){ .text = { [CONTACT_ORG] = "Acme" } });
	CHECK_INT(contacts_load(n.store, n.book, id, &contact, NULL), 0);
	CHECK_TEXT(contact.field[CONTACT_CITY], "Bonn");
	CHECK_TEXT(contact.field[CONTACT_ORG], "Acme");
	CHECK_TEXT(contact.field[CONTACT_EVERY], "6w");
	CHECK_TEXT(contact_first(&contact, CONTACT_TAG), "friends");
	CHECK_INT(contact.met_day, cli.today - 1);
	CHECK_INT(occasions_of(n.store, id, &occasions, NULL), 0);
	CHECK_INT(occasions.n, 2); /* the birthday, and the day of meeting */
}

static void empty_texts_take_away(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_contact_ struct contact contact = { 0 };
	const char *tags[] = { "friends" };
	struct cli cli;
	int64_t id;

	open_cli(&cli, &n);
	id = network_add(&n, "Anna", cli.today);
	store(&cli, id,
		&(struct person){ .text = { [CONTACT_CITY] = "Bonn" },
			.birthday = "12.3.",
			.values = { [CONTACT_TAG] = { tags, 1 } } });
	store(&cli, id,
		&(struct person){
			.text = { [CONTACT_CITY] = "" }, .birthday = "", .untag = { tags, 1 } });
	CHECK_INT(contacts_load(n.store, n.book, id, &contact, NULL), 0);
	CHECK(!contact.field[CONTACT_CITY]);
	CHECK_INT(contact.n_values, 0);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM occasion"), 0);
}

/* The day of meeting goes with what comes round of it each year. */
static void a_day_of_meeting_is_taken_away(void)
{
	_cleanup_network_ struct network n = { 0 };
	_cleanup_contact_ struct contact contact = { 0 };
	struct cli cli;
	int64_t id;

	open_cli(&cli, &n);
	id = network_add(&n, "Anna", cli.today);
	store(&cli, id, &(struct person){ .birthday = "12.3.", .met = "yesterday" });
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM occasion"), 2);
	store(&cli, id, &(struct person){ .met = "" });
	CHECK_INT(contacts_load(n.store, n.book, id, &contact, NULL), 0);
	CHECK(!contact.has_met);
	CHECK_INT(network_ask(&n, "SELECT count(*) FROM occasion"), 1);
}

static void store_values(
	struct cli *cli, int64_t id, enum contact_kind kind, const char **texts, size_t n)
{
	struct person person = { 0 };

	person.values[kind] = (struct cli_list){ texts, n };
	store(cli, id, &person);
}

static void empty_values_take_their_kind_away(void)
{
	static const enum contact_kind kinds[] = { CONTACT_EMAIL, CONTACT_PHONE, CONTACT_LINK,
		CONTACT_TAG, CONTACT_OFFERS, CONTACT_SEEKS };
	const char *two[] = { "a@example.org", "b@example.org" }, *none[] = { "" },
		   *other[] = { "c@example.org", "" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		_cleanup_network_ struct network n = { 0 };
		_cleanup_contact_ struct contact before = { 0 }, after = { 0 };
		struct cli cli;
		int64_t id;

		TEST_ROW("kind %d", (int)kinds[i]);
		open_cli(&cli, &n);
		id = network_add(&n, "Anna", cli.today);
		for (size_t k = 0; k < ARRAY_SIZE(kinds); k++)
			store_values(&cli, id, kinds[k], two, 2);
		store_values(&cli, id, kinds[i], other, 2);
		CHECK_INT(contacts_load(n.store, n.book, id, &before, NULL), 0);
		CHECK_INT(before.n_values, 2 * ARRAY_SIZE(kinds) - 1);
		CHECK_TEXT(contact_first(&before, kinds[i]), "c@example.org");
		store_values(&cli, id, kinds[i], none, 1);
		CHECK_INT(contacts_load(n.store, n.book, id, &after, NULL), 0);
		CHECK_INT(after.n_values, 2 * ARRAY_SIZE(kinds) - 2);
		CHECK(!contact_first(&after, kinds[i]));
	}
}

TEST_MAIN(TEST(spans_are_kept_in_the_contracts_form),
	TEST(options_are_checked_before_anything_is_stored), TEST(a_crowded_inbox_is_a_field),
	TEST(what_is_given_is_stored_and_nothing_else), TEST(empty_texts_take_away),
	TEST(a_day_of_meeting_is_taken_away), TEST(empty_values_take_their_kind_away))
