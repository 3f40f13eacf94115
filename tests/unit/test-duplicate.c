/* SPDX-License-Identifier: MIT */
#include "agenda/duplicate.h"
#include "core/mem.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

struct row {
	const char *name, *org, *city, *email, *phone, *link;
	int month_day, year;
};

struct slots {
	struct duplicate_value values[3];
};

static struct duplicate_person person(const struct row *row, struct slots *slots)
{
	const struct duplicate_value all[] = { { DUPLICATE_EMAIL, row->email },
		{ DUPLICATE_PHONE, row->phone }, { DUPLICATE_LINK, row->link } };
	struct duplicate_person p = { row->name, row->org, row->city, row->month_day, row->year,
		slots->values, 0 };

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		if (all[i].form)
			slots->values[p.n_values++] = all[i];
	return p;
}

#define ANNA .name = "anna schmidt"

static void duplicates_are_told_from_namesakes(void)
{
	static const struct {
		struct row a, b;
		unsigned why; /* 0: not worth a look */
	} rows[] = {
		{ { ANNA }, { .name = "schmidt anna" }, DUPLICATE_SAME_NAME },
		{ { .name = "anna" }, { .name = "anna" }, 0 },
		{ { ANNA, .city = "koeln" }, { ANNA, .city = "bonn" }, DUPLICATE_SAME_NAME },
		{ { ANNA, .month_day = 312 }, { ANNA, .month_day = 313 }, 0 },
		{ { ANNA, .month_day = 312, .year = 1984 },
			{ ANNA, .month_day = 312, .year = 1985 }, 0 },
		{ { ANNA, .month_day = 312, .year = 1984 }, { ANNA, .month_day = 312 },
			DUPLICATE_SAME_NAME | DUPLICATE_SAME_BIRTHDAY },
		{ { ANNA, .month_day = 312 }, { .name = "a schmidt", .month_day = 312 },
			DUPLICATE_LIKE_NAME | DUPLICATE_SAME_BIRTHDAY },
		{ { ANNA, .org = "acme" }, { .name = "anna schmitd", .org = "acme" },
			DUPLICATE_LIKE_NAME | DUPLICATE_SAME_ORG },
		{ { ANNA }, { .name = "a schmidt" }, 0 },
		{ { ANNA, .city = "koeln" }, { .name = "a schmidt", .city = "koeln" }, 0 },
		/* She married. */
		{ { ANNA, .month_day = 312, .year = 1984 },
			{ .name = "anna weber", .month_day = 312, .year = 1984 },
			DUPLICATE_SAME_BIRTHDAY },
		{ { ANNA, .month_day = 312 }, { .name = "anna weber", .month_day = 312 }, 0 },
		/* Twins. */
		{ { ANNA, .month_day = 312, .year = 1984 },
			{ .name = "karl schmidt", .month_day = 312, .year = 1984 }, 0 },
		{ { ANNA, .email = "a@x" }, { .name = "anni weber", .email = "a@x" },
			DUPLICATE_SAME_EMAIL },
		{ { ANNA, .email = "info@x" }, { .name = "ben roth", .email = "info@x" }, 0 },
		{ { ANNA, .email = "info@x" }, { .name = "anna schmitd", .email = "info@x" }, 0 },
		{ { ANNA, .email = "info@x" }, { ANNA, .email = "info@x" },
			DUPLICATE_SAME_EMAIL | DUPLICATE_SAME_NAME },
		{ { .name = "a b" }, { .name = "a b" }, DUPLICATE_SAME_NAME },
		{ { ANNA, .phone = "+491735098235" },
			{ .name = "a schmidt", .phone = "1735098235" },
			DUPLICATE_SAME_PHONE | DUPLICATE_LIKE_NAME },
		{ { ANNA, .phone = "+491735098235" }, { .name = "mum", .phone = "+491735098235" },
			DUPLICATE_SAME_PHONE },
		{ { ANNA, .phone = "+491735098235" },
			{ .name = "karl schmidt", .phone = "+491735098235" }, 0 },
		{ { ANNA, .link = "xing.com/profile/a" },
			{ .name = "anna weber", .link = "xing.com/profile/a" },
			DUPLICATE_SAME_LINK },
		{ { ANNA, .link = "acme.example" },
			{ .name = "anna weber", .link = "acme.example" }, 0 },
		{ { ANNA, .email = "a@x" }, { ANNA, .email = "b@x" }, DUPLICATE_SAME_NAME },
		{ { .name = "" }, { .name = "" }, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (int turned = 0; turned < 2; turned++) {
			struct slots slots[2];
			const struct duplicate_person people[] = {
				person(turned ? &rows[i].b : &rows[i].a, &slots[0]),
				person(turned ? &rows[i].a : &rows[i].b, &slots[1])
			};
			_cleanup_free_ struct duplicate_pair *pairs = NULL;
			size_t n = 9;

			TEST_ROW("%zu: %s, %s", i, rows[i].a.name, rows[i].b.name);
			CHECK_INT(duplicate_find(people, 2, &pairs, &n, NULL), 0);
			CHECK_INT(n, rows[i].why != 0);
			if (n)
				CHECK_INT(pairs[0].why, rows[i].why);
		}
}

static void duplicates_the_most_certain_first(void)
{
	static const struct row rows[] = { { ANNA }, { ANNA, .email = "a@x" },
		{ ANNA, .email = "a@x", .month_day = 312, .year = 1984 },
		{ .name = "ben roth", .month_day = 101 } };
	static const size_t expected[][2] = { { 1, 2 }, { 0, 1 }, { 0, 2 } };
	struct duplicate_person people[ARRAY_SIZE(rows)];
	struct slots slots[ARRAY_SIZE(rows)];
	_cleanup_free_ struct duplicate_pair *pairs = NULL;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		people[i] = person(&rows[i], &slots[i]);
	CHECK_INT(duplicate_find(people, ARRAY_SIZE(rows), &pairs, &n, NULL), 0);
	CHECK_INT(n, ARRAY_SIZE(expected));
	for (size_t i = 0; i < n && i < ARRAY_SIZE(expected); i++) {
		TEST_ROW("pair %zu", i);
		CHECK_INT(pairs[i].one, expected[i][0]);
		CHECK_INT(pairs[i].other, expected[i][1]);
	}
}

static void duplicates_of_nobody(void)
{
	_cleanup_free_ struct duplicate_pair *pairs = NULL;
	size_t n = 9;

	CHECK_INT(duplicate_find(NULL, 0, &pairs, &n, NULL), 0);
	CHECK_INT(n, 0);
}

/* A name, an address of many leads nowhere by itself: nothing grows with the square of the crowd. */
static void duplicates_of_a_crowd(void)
{
	static const struct {
		size_t people, pairs;
	} rows[] = { { 2, 1 }, { DUPLICATE_CROWD, DUPLICATE_CROWD * (DUPLICATE_CROWD - 1) / 2 },
		{ DUPLICATE_CROWD + 1, 1 }, { 20000, 1 } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		size_t n = rows[i].people, found = 0;
		_cleanup_free_ struct duplicate_person *people = calloc(n, sizeof(*people));
		_cleanup_free_ struct duplicate_pair *pairs = NULL;

		TEST_ROW("%zu", n);
		if (!people)
			abort();
		/* Two of them were born on one day, and find each other all the same. */
		for (size_t k = 0; k < n; k++)
			people[k] = (struct duplicate_person){
				.name = "anna mueller", .org = "acme", .month_day = k < 2 ? 312 : 0
			};
		CHECK_INT(duplicate_find(people, n, &pairs, &found, NULL), 0);
		CHECK_INT(found, rows[i].pairs);
		CHECK(found && pairs[0].one == 0 && pairs[0].other == 1);
	}
}

TEST_MAIN(TEST(duplicates_are_told_from_namesakes), TEST(duplicates_the_most_certain_first),
	TEST(duplicates_of_nobody), TEST(duplicates_of_a_crowd))
