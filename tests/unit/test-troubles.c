/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "book/troubles.h"

static void check_troubles(struct store *store, const char *expected)
{
	_cleanup_troubles_ struct troubles troubles = { 0 };
	_cleanup_str_ struct str text = STR_INIT;
	struct err e = { "" };

	CHECK_INT(troubles_list(store, &troubles, &e), 0);
	for (size_t i = 0; i < troubles.n; i++)
		str_addf(&text, "%lld %s: %s\n", (long long)troubles.all[i].since,
			troubles.all[i].kind, troubles.all[i].text);
	CHECK_TEXT(str_text(&text), expected);
}

static void troubles_one_of_each_kind(void)
{
	_cleanup_store_ struct store *store = book_new();
	struct err e;

	check_troubles(store, "");
	CHECK_INT(troubles_set(store, "server", 200, "The server is asleep.", &e), 0);
	CHECK_INT(troubles_set(store, "disk", 100, "The disk is full.", &e), 0);
	check_troubles(store, "100 disk: The disk is full.\n200 server: The server is asleep.\n");
	/* It has been going on for as long as before, but is another now. */
	CHECK_INT(troubles_set(store, "server", 300, "The login was refused.", &e), 0);
	check_troubles(store, "100 disk: The disk is full.\n200 server: The login was refused.\n");
	CHECK_INT(troubles_clear(store, "disk", &e), 0);
	CHECK_INT(troubles_clear(store, "disk", &e), 0);
	check_troubles(store, "200 server: The login was refused.\n");
	CHECK_INT(troubles_clear(store, "server", &e), 0);
	CHECK_INT(troubles_set(store, "server", 400, "Again.", &e), 0);
	check_troubles(store, "400 server: Again.\n");
}

static void troubles_of_the_past_are_one(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_trouble_past_ struct trouble_past past = { 0 }, later = { 0 };

	CHECK_INT(troubles_find_past(store, &past, NULL), 0);
	CHECK_INT(troubles_set_past(store, 100, 200, "The disk was full.", NULL), 0);
	CHECK_INT(troubles_find_past(store, &past, NULL), 1);
	CHECK(past.since == 100 && past.until == 200);
	CHECK_TEXT(past.text, "The disk was full.");
	CHECK_INT(troubles_set_past(store, INT64_C(1) << 40, INT64_MAX, "", NULL), 0);
	CHECK_INT(troubles_find_past(store, &later, NULL), 1);
	CHECK(later.since == INT64_C(1) << 40 && later.until == INT64_MAX);
	CHECK_TEXT(later.text, "");
	/* It is over: among those of now it is not. */
	check_troubles(store, "");
}

TEST_MAIN(TEST(troubles_one_of_each_kind), TEST(troubles_of_the_past_are_one))
