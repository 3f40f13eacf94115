/* SPDX-License-Identifier: MIT */
#include "core/str.h"
#include "format/record.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static void record_values_are_copied_and_stand_once(void)
{
	_cleanup_record_ struct record r = RECORD_INIT;
	char text[] = "anna@example.org";

	CHECK_INT(record_add_value(&r, RECORD_EMAIL, "home", text), 0);
	CHECK_INT(record_add_value(&r, RECORD_EMAIL, "work", "anna@example.org"), 0);
	CHECK_INT(record_add_value(&r, RECORD_PHONE, NULL, "anna@example.org"), 0);
	text[0] = 'X';
	CHECK_INT(r.n_values, 2);
	CHECK_TEXT(r.values[0].text, "anna@example.org");
	CHECK_TEXT(r.values[0].label, "home");
	CHECK_TEXT(r.values[1].label, NULL);
}

static void record_occasions_stand_once(void)
{
	_cleanup_record_ struct record r = RECORD_INIT;
	const struct date d = { 1984, 3, 12 }, yearless = { 0, 3, 12 };

	CHECK(record_find_occasion(&r, RECORD_BIRTHDAY) == NULL);
	CHECK_INT(record_add_occasion(&r, RECORD_NAMED, "Name day", &d), 0);
	CHECK_INT(record_add_occasion(&r, RECORD_BIRTHDAY, NULL, &d), 0);
	CHECK_INT(record_add_occasion(&r, RECORD_BIRTHDAY, NULL, &d), 0);
	CHECK_INT(record_add_occasion(&r, RECORD_BIRTHDAY, NULL, &yearless), 0);
	CHECK_INT(record_add_occasion(&r, RECORD_NAMED, "Other", &d), 0);
	CHECK_INT(r.n_occasions, 4);
	CHECK(record_find_occasion(&r, RECORD_BIRTHDAY) == &r.occasions[1]);
	CHECK_TEXT(r.occasions[0].name, "Name day");
}

/* Texts of every size around the pool's, many records in a row: all stay readable until cleared. */
static void record_holds_much_and_is_reused(void)
{
	_cleanup_record_ struct record r = RECORD_INIT;
	char *big = malloc(100000);

	memset(big, 'x', 100000);
	for (int round = 0; round < 3; round++) {
		record_clear(&r);
		CHECK(r.n_values == 0 && !r.name);
		for (size_t n = 1; n < 40000; n = n * 3 + 1) {
			const char *copy = record_copy(&r, big, n);

			CHECK(copy && strlen(copy) == n);
		}
		for (int i = 0; i < 500; i++) {
			char text[32];

			(void)snprintf(text, sizeof(text), "number %d", i);
			CHECK_INT(record_add_value(&r, RECORD_PHONE, text, text), 0);
		}
		CHECK_INT(r.n_values, 500);
		CHECK_TEXT(r.values[0].text, "number 0");
		CHECK_TEXT(r.values[499].label, "number 499");
	}
	free(big);
}

TEST_MAIN(TEST(record_values_are_copied_and_stand_once), TEST(record_occasions_stand_once),
	TEST(record_holds_much_and_is_reused))
