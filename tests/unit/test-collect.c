/* SPDX-License-Identifier: MIT */
#include "digest/collect.h"

#include "book/books.h"
#include "book/coffees.h"
#include "book/occasions.h"
#include "network.h"

#include <stdio.h>
#include <string.h>

#define TODAY "2026-11-23"

/* The agenda as words: "b1 due, f2 overdue". */
static void collect_words(struct network *n, const struct collect *wanted, struct str *out)
{
	static const char *const words[] = {
		[ITEM_DUE] = "due",
		[ITEM_MISSED] = "missed",
		[ITEM_LONG_PAST] = "long past",
		[ITEM_PUT_BACK] = "back",
		[ITEM_OVERDUE] = "overdue",
		[ITEM_WAITING] = "waiting",
		[ITEM_ANNOUNCED] = "soon",
	};
	_cleanup_agenda_ struct agenda agenda = { 0 };
	struct collect collect = *wanted;
	struct err e = { "" };

	collect.store = n->store;
	collect.book = n->book;
	collect.today = network_day(TODAY);
	CHECK_INT(collect_agenda(&agenda, &collect, &e), 0);
	CHECK_TEXT(e.text, "");
	for (size_t i = 0; i < agenda.n; i++) {
		str_add_separator(out, ", ");
		str_addf(out, "%s %s", agenda.items[i].handle, words[agenda.items[i].why]);
	}
}

static struct collect days(int32_t from, int32_t to)
{
	int32_t today = network_day(TODAY);

	return (struct collect){
		.cover = { today + from, today + to },
		.next_day = today + to,
		.floor_day = today + from,
		.kinds = { true, true },
	};
}

#define CHECK_AGENDA(network, of, expected)                                                        \
	do {                                                                                       \
		_cleanup_str_ struct str words = STR_INIT;                                         \
		struct collect wanted = (of);                                                      \
                                                                                                   \
		collect_words(network, &wanted, &words);                                           \
		CHECK_TEXT(str_text(&words), expected);                                            \
	} while (0)

static void windows_have_edges(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	(void)network_add_birthday(&n, "A", "--11-22", 0);
	(void)network_add_birthday(&n, "B", "--11-23", 0);
	(void)network_add_birthday(&n, "C", "--11-24", 0);
	CHECK_AGENDA(&n, days(1, 1), "");
	CHECK_AGENDA(&n, days(0, 1), "b2 due");
	CHECK_AGENDA(&n, days(0, 2), "b2 due, b3 due");
	CHECK_AGENDA(&n, days(-1, 1), "b1 missed, b2 due");
	CHECK_AGENDA(&n, days(1, 400), "b3 due, b1 due, b2 due, b3 due"); /* two years of b3 */
}

static void the_past_is_told_singly_for_a_fortnight(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	(void)network_add_birthday(&n, "A", "--11-08", 0);
	(void)network_add_birthday(&n, "B", "--11-09", 0);
	CHECK_AGENDA(&n, days(-30, 1), "b1 long past, b2 missed");
}

static void years_are_crossed(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	(void)network_add_birthday(&n, "A", "--12-31", 0);
	(void)network_add_birthday(&n, "B", "--01-01", 0);
	CHECK_AGENDA(&n, days(0, 39), "b1 due");
	CHECK_AGENDA(&n, days(0, 40), "b1 due, b2 due");
}

static void before_it_was_entered_or_born_there_is_nothing(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	(void)network_add_birthday(&n, "A", "--11-20", network_day("2026-11-21"));
	(void)network_add_birthday(&n, "B", "--11-21", network_day("2026-11-21"));
	(void)network_add_birthday(&n, "C", "2027-11-22", 0);
	(void)network_add_birthday(&n, "D", "2026-11-22", 0);
	CHECK_AGENDA(&n, days(-5, 1), "b2 missed, b4 missed");
}

static void announcements_lie_behind_the_cover(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct collect collect = days(0, 2);

	network_open(&n);
	(void)network_add_birthday(&n, "A", "--11-24", 0);
	(void)network_add_birthday(&n, "B", "--11-25", 0);
	(void)network_add_birthday(&n, "C", "--11-30", 0);
	(void)network_add_birthday(&n, "D", "--12-01", 0);
	collect.lead_days = 7;
	CHECK_AGENDA(&n, collect, "b1 due, b2 soon, b3 soon");
}

static void follow_ups_stay_until_done(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	(void)network_add_follow_up(&n, 0, "long ago", "2020-01-01", -1);
	(void)network_add_follow_up(&n, 0, "yesterday", "2026-11-22", -1);
	(void)network_add_follow_up(&n, 0, "today", TODAY, 0);
	(void)network_add_follow_up(&n, 0, "tomorrow", "2026-11-24", -1);
	CHECK_AGENDA(&n, days(0, 1), "f1 overdue, f2 overdue, f3 due");
	CHECK_AGENDA(&n, days(0, 2), "f1 overdue, f2 overdue, f3 due, f4 due");
}

static void kinds_are_left_out(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct collect collect = days(0, 1);

	network_open(&n);
	(void)network_add_birthday(&n, "A", "--11-23", 0);
	(void)network_add_follow_up(&n, 0, "today", TODAY, -1);
	CHECK_AGENDA(&n, collect, "b1 due, f1 due");
	collect.kinds[ITEM_OCCASION] = false;
	CHECK_AGENDA(&n, collect, "f1 due");
	collect.kinds[ITEM_FOLLOW_UP] = false;
	CHECK_AGENDA(&n, collect, "");
}

static void what_a_person_said_counts(void)
{
	_cleanup_network_ struct network n = { 0 };

	network_open(&n);
	network_done(&n, network_add_birthday(&n, "A", "--11-23", 0), 2026);
	network_put_back(&n, network_add_birthday(&n, "B", "--11-23", 0), 2026, "2026-11-25");
	network_put_back(&n, network_add_birthday(&n, "C", "--11-20", 0), 2026, TODAY);
	network_done(&n, network_add_birthday(&n, "D", "--11-23", 0), 2025);
	CHECK_AGENDA(&n, days(0, 1), "b3 back, b4 due");
	CHECK_AGENDA(&n, days(-5, 3), "b3 back, b2 back, b4 due");
}

static void content_is_more_than_old_lines(void)
{
	static const struct {
		enum item_why why;
		bool content;
	} rows[] = {
		{ ITEM_DUE, true },
		{ ITEM_MISSED, true },
		{ ITEM_LONG_PAST, true },
		{ ITEM_PUT_BACK, true },
		{ ITEM_OVERDUE, true },
		{ ITEM_WAITING, false },
		{ ITEM_ANNOUNCED, true },
		{ ITEM_PROGRESS, false },
	};
	struct item item = { 0 };
	struct agenda agenda = { .items = &item };

	CHECK(!agenda_has_content(&agenda));
	agenda.n = 1;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("why %d", (int)rows[i].why);
		item.why = rows[i].why;
		CHECK(agenda_has_content(&agenda) == rows[i].content);
	}
	CHECK_TEXT(item_kind_name(ITEM_OCCASION), "occasion");
	CHECK_TEXT(item_kind_name(ITEM_FOLLOW_UP), "follow-up");
	CHECK_TEXT(item_kind_name(ITEM_OUTREACH), "outreach");
}

/* A greeting is a touch: whoever gets one is not brought up a second time, and another takes the turn. */
static void who_is_greeted_is_not_to_be_touched_too(void)
{
	_cleanup_network_ struct network n = { 0 };
	struct collect by_today = days(-7, 1), two = days(-7, 1);
	int64_t people[4];

	network_open(&n);
	for (size_t i = 0; i < ARRAY_SIZE(people); i++) {
		people[i] = network_add(&n, "Anna", network_day("2026-10-01") + (int32_t)i);
		network_set(&n, people[i], CONTACT_EVERY, "3w");
	}
	network_add_occasion(&n, people[0], OCCASION_BIRTHDAY, NULL, "1984-11-20", 0);
	network_add_occasion(&n, people[1], OCCASION_BIRTHDAY, NULL, "1984-11-25", 0);
	by_today.kinds[ITEM_TOUCH] = two.kinds[ITEM_TOUCH] = true;
	by_today.touch_max = 4;
	CHECK_AGENDA(&n, by_today, "b1 missed, t3 due, t4 due");
	two.touch_max = 2;
	CHECK_AGENDA(&n, two, "b1 missed, t3 due, t4 due");
	/* Nor is who has a day within the week, but not who has one that is not told. */
	two.cover.to += 7;
	two.next_day += 7;
	CHECK_AGENDA(&n, two, "b1 missed, b2 due, t3 due, t4 due");
	two.kinds[ITEM_OCCASION] = false;
	CHECK_AGENDA(&n, two, "t1 due, t2 due");
}

/* A greeting that is to come, or was asked for lately, is the word to write. */
static void a_day_worth_a_greeting_is_waited_for(void)
{
	static const struct {
		const char *what, *kind, *date;
		const char *entered;
		enum { NOTHING, DONE, BACK } said;
		const char *agenda;
	} rows[] = {
		{ "in a week", OCCASION_ANNIVERSARY, "2016-11-30", NULL, NOTHING, "" },
		{ "in eight days", OCCASION_ANNIVERSARY, "2016-12-01", NULL, NOTHING, "t1 due" },
		{ "yesterday", OCCASION_BIRTHDAY, "--11-22", NULL, NOTHING, "" },
		{ "six days ago", OCCASION_BIRTHDAY, "--11-17", NULL, NOTHING, "" },
		{ "a week ago", OCCASION_BIRTHDAY, "--11-16", NULL, NOTHING, "t1 due" },
		{ "too late for it", OCCASION_BIRTHDAY, "--11-22", "2026-11-23", NOTHING,
			"t1 due" },
		{ "left out this time", OCCASION_BIRTHDAY, "--11-25", NULL, DONE, "t1 due" },
		{ "put back", OCCASION_BIRTHDAY, "--11-10", NULL, BACK, "" },
		{ "met that day", OCCASION_MET, "2026-11-25", NULL, NOTHING, "t1 due" },
		{ "met a year before", OCCASION_MET, "2025-11-25", NULL, NOTHING, "" },
		{ "born then", OCCASION_BIRTHDAY, "2027-11-25", NULL, NOTHING, "t1 due" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		struct collect collect = days(0, 1);
		int64_t anna, number;

		TEST_ROW("%s", rows[i].what);
		network_open(&n);
		anna = network_add(&n, "Anna", network_day("2026-09-01"));
		network_set(&n, anna, CONTACT_EVERY, "3w");
		number = network_add_occasion(&n, anna, rows[i].kind, NULL, rows[i].date,
			rows[i].entered ? network_day(rows[i].entered) : 0);
		if (rows[i].said == DONE)
			network_done(&n, number, 2026);
		if (rows[i].said == BACK)
			network_put_back(&n, number, 2026, "2026-11-26");
		collect.kinds[ITEM_TOUCH] = true;
		collect.touch_max = 1;
		CHECK_AGENDA(&n, collect, rows[i].agenda);
	}
}

/* What was told late is as long ago as its telling. */
static void a_greeting_told_late_rests_a_week(void)
{
	static const struct {
		const char *now;
		bool touch;
	} rows[] = { { "2026-11-23 07:00", false }, { "2026-11-24 07:00", false },
		{ "2026-11-29 07:00", false }, { "2026-11-30 07:00", true } };
	_cleanup_network_ struct network n = { 0 };
	int64_t anna;

	network_open(&n);
	network_configure(&n, "{ name = \"d\"; language = \"en\"; cadence = \"*-*-* 07:00\"; }");
	(void)network_take(&n, network_at(&n, "2026-11-11 07:00"));
	anna = network_add(&n, "Anna", network_day("2026-09-01"));
	network_set(&n, anna, CONTACT_EVERY, "3w");
	(void)network_add_occasion(
		&n, anna, OCCASION_BIRTHDAY, NULL, "--11-13", network_day("2026-09-01"));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("%s", rows[i].now);
		if (network_take(&n, network_at(&n, rows[i].now)))
			network_settle(&n, network_ask(&n, "SELECT max(id) FROM delivery"),
				NETWORK_SENT, 0);
		CHECK(network_ask(&n, "SELECT count(*) FROM told WHERE kind='t'") == rows[i].touch);
	}
}

static void nobody_has_two_items_where_one_is_a_touch(void)
{
	static const char *const due[] = { "2026-11-29", "2026-11-30", "2026-11-01" };
	static const char *const agendas[] = { "f1 due", "f1 due, t1 due", "f1 overdue" };

	for (size_t i = 0; i < ARRAY_SIZE(due); i++) {
		_cleanup_network_ struct network n = { 0 };
		struct collect collect = days(0, 30);
		int64_t anna;

		TEST_ROW("a follow-up of %s", due[i]);
		network_open(&n);
		anna = network_add(&n, "Anna", network_day("2026-10-01"));
		network_set(&n, anna, CONTACT_EVERY, "3w");
		(void)network_add_follow_up(&n, anna, "send the slides", due[i], -1);
		collect.kinds[ITEM_TOUCH] = true;
		collect.touch_max = 1;
		CHECK_AGENDA(&n, collect, agendas[i]);
	}
}

/* Also where the digest tells of no coffees. */
static void a_coffee_under_way_is_touch_enough(void)
{
	static const struct {
		const char *what;
		enum coffee_stage stage;
		int stage_days, days; /* from today; days 99: none */
		const char *agenda;
	} rows[] = {
		{ "an idea", COFFEE_IDEA, -9, 99, "t1 due" },
		{ "invited", COFFEE_INVITED, -3, 99, "" },
		{ "invited, asked twice", COFFEE_INVITED, -21, 99, "t1 due" },
		{ "agreed for no day", COFFEE_AGREED, -9, 99, "t1 due" },
		{ "agreed, in weeks", COFFEE_AGREED, -9, 20, "" },
		{ "its day", COFFEE_AGREED, -9, 0, "" },
		{ "the day after", COFFEE_AGREED, -9, -1, "" },
		{ "the thank-you is still open", COFFEE_MET, -40, -40, "" },
		{ "thanked", COFFEE_THANKED, -30, -31, "t1 due" },
		{ "declined", COFFEE_DECLINED, -3, 2, "t1 due" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_network_ struct network n = { 0 };
		struct collect collect = days(0, 1);
		int32_t today = network_day(TODAY);
		struct coffee coffee = { .minute = -1 };
		int64_t anna;

		TEST_ROW("%s", rows[i].what);
		network_open(&n);
		anna = network_add(&n, "Anna", network_day("2026-09-01"));
		network_set(&n, anna, CONTACT_EVERY, "3w");
		coffee.contact = anna;
		CHECK_INT(coffees_add(n.store, n.book, anna, today, &coffee.number, NULL), 0);
		if (rows[i].days != 99)
			CHECK_INT(coffees_set_day(n.store, n.book, coffee.number,
					  today + rows[i].days, -1, NULL),
				0);
		CHECK_INT(coffees_set_stage(n.store, n.book, &coffee, rows[i].stage,
				  today + rows[i].stage_days, NULL),
			0);
		collect.kinds[ITEM_TOUCH] = true;
		collect.touch_max = 1;
		CHECK_AGENDA(&n, collect, rows[i].agenda);
	}
}

TEST_MAIN(TEST(windows_have_edges), TEST(the_past_is_told_singly_for_a_fortnight),
	TEST(years_are_crossed), TEST(before_it_was_entered_or_born_there_is_nothing),
	TEST(announcements_lie_behind_the_cover), TEST(follow_ups_stay_until_done),
	TEST(kinds_are_left_out), TEST(what_a_person_said_counts),
	TEST(content_is_more_than_old_lines), TEST(who_is_greeted_is_not_to_be_touched_too),
	TEST(a_day_worth_a_greeting_is_waited_for), TEST(a_greeting_told_late_rests_a_week),
	TEST(nobody_has_two_items_where_one_is_a_touch), TEST(a_coffee_under_way_is_touch_enough))
