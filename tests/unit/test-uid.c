/* SPDX-License-Identifier: MIT */
#include "book-fixture.h"
#include "exchange/uid.h"

#include <ctype.h>

static void uids_are_read_back(void)
{
	static const int64_t numbers[] = { 1, 15, 16, 4096, INT64_C(0xffffffffffff),
		INT64_C(0x1000000000000), (INT64_C(1) << 56) - 1 };
	_cleanup_store_ struct store *store = book_new(), *stranger = book_new();
	char uid[UID_SIZE], again[UID_SIZE];

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		TEST_ROW("number %lld", (long long)numbers[i]);
		CHECK_INT(strlen(uid_of_contact(store, numbers[i], uid)), strlen("urn:uuid:") + 36);
		CHECK_TEXT(uid_of_contact(store, numbers[i], again), uid);
		/* RFC 9562: version 8, variant 10xx. */
		CHECK(uid[strlen("urn:uuid:") + 14] == '8');
		CHECK(strchr("89ab", uid[strlen("urn:uuid:") + 19]));
		CHECK_INT(uid_contact(store, uid), numbers[i]);
		CHECK_INT(uid_contact(stranger, uid), 0);
		for (char *p = uid; *p; p++)
			*p = (char)toupper(*p);
		CHECK_INT(uid_contact(store, uid), 0);
	}
}

static void uids_of_others_are_none(void)
{
	static const char *const rows[] = { "",
		"urn:uuid:", "urn:uuid:00000000-0000-0000-0000-000000000001",
		"urn:uuid:zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz", "b1@nudged", "x-1-b@nudged" };
	_cleanup_store_ struct store *store = book_new();

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		CHECK_INT(uid_contact(store, rows[i]), 0);
		CHECK_INT(uid_occasion(store, 1, rows[i]), 0);
	}
}

static void uids_of_days_are_a_books_own(void)
{
	_cleanup_store_ struct store *store = book_new();
	_cleanup_str_ struct str day = STR_INIT, followup = STR_INIT, huge = STR_INIT;

	uid_add_event(store, 3, 'b', 42, &day);
	uid_add_event(store, 3, 'f', 42, &followup);
	CHECK_INT(uid_occasion(store, 3, str_text(&day)), 42);
	CHECK_INT(uid_occasion(store, 4, str_text(&day)), 0);
	CHECK_INT(uid_occasion(store, 3, str_text(&followup)), 0);
	str_addf(&huge, "%.*s9999999999999999999999@nudged",
		(int)(strrchr(str_text(&day), 'b') + 1 - str_text(&day)), str_text(&day));
	CHECK_INT(uid_occasion(store, 3, str_text(&huge)), 0);
}

TEST_MAIN(
	TEST(uids_are_read_back), TEST(uids_of_others_are_none), TEST(uids_of_days_are_a_books_own))
