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

static void record_labels(void)
{
	static const struct {
		const char *label;
		size_t n;
		bool preferred;
	} rows[] = {
		{ NULL, 0, false },
		{ "", 0, false },
		{ "home", 4, false },
		{ "home pref", 4, true },
		{ "pref", 0, true },
		{ "spref", 5, false },
		{ "prefer", 6, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bool preferred;

		TEST_ROW("%s", rows[i].label ? rows[i].label : "none");
		CHECK_INT(record_label(rows[i].label, &preferred), rows[i].n);
		CHECK_INT(preferred, rows[i].preferred);
	}
}

/* Preferences by their places, and the texts ('a' to 'e' as they came) in the order that comes of them. */
static void record_order_of_preferences(void)
{
	static const struct {
		unsigned char preferences[5];
		const char *order, *label; /* of the first */
	} rows[] = {
		{ { 0, 0, 0, 0, 0 }, "abcde", "home" },
		{ { 0, 0, 1, 0, 0 }, "cabde", "home pref" },
		{ { 100, 3, 2, 3, 1 }, "ecbda", "home pref" },
		{ { 0, 0, 0, 100, 100 }, "deabc", "home pref" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_record_ struct record r = RECORD_INIT;
		char order[6] = "";
		size_t n = 0;

		TEST_ROW("row %zu", i);
		for (size_t k = 0; k < 5; k++) {
			CHECK_INT(record_add_value(&r, RECORD_PHONE, NULL,
					  (char[]){ (char)('1' + k), '\0' }),
				0);
			CHECK_INT(record_add_value(&r, RECORD_EMAIL, "home",
					  (char[]){ (char)('a' + k), '\0' }),
				0);
			r.values[r.n_values - 1].preference = rows[i].preferences[k];
		}
		CHECK_INT(record_prefer(&r, RECORD_EMAIL), 0);
		CHECK_INT(record_prefer(&r, RECORD_LINK), 0);
		for (size_t k = 0; k < r.n_values; k++)
			if (r.values[k].kind == RECORD_EMAIL) {
				CHECK_TEXT(r.values[k].label, n ? "home" : rows[i].label);
				order[n++] = *r.values[k].text;
			}
		CHECK_TEXT(order, rows[i].order);
	}
}

/* The only one is not preferred to any. */
static void record_preference_of_one(void)
{
	_cleanup_record_ struct record r = RECORD_INIT;

	CHECK_INT(record_add_value(&r, RECORD_EMAIL, NULL, "a"), 0);
	r.values[0].preference = 1;
	CHECK_INT(record_prefer(&r, RECORD_EMAIL), 0);
	CHECK_TEXT(r.values[0].label, NULL);
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

/* What a file cannot tell is told apart from what there is not, record by record. */
static void record_says_what_it_cannot_tell(void)
{
	_cleanup_record_ struct record r = RECORD_INIT;

	CHECK_INT(r.silent, 0);
	record_hush_day(&r, RECORD_BIRTHDAY);
	CHECK_INT(r.silent, RECORD_TOPIC(RECORD_ON_BIRTHDAY));
	record_hush_day(&r, RECORD_NAMED);
	record_hush_day(&r, RECORD_ANNIVERSARY);
	CHECK_INT(r.silent, RECORD_TOPIC(RECORD_ON_BIRTHDAY) | RECORD_TOPIC(RECORD_ON_DAYS));
	record_clear(&r);
	CHECK_INT(r.silent, 0);
}

TEST_MAIN(TEST(record_says_what_it_cannot_tell), TEST(record_values_are_copied_and_stand_once),
	TEST(record_occasions_stand_once), TEST(record_labels), TEST(record_order_of_preferences),
	TEST(record_preference_of_one), TEST(record_holds_much_and_is_reused))
