/* SPDX-License-Identifier: MIT */
#include "agenda/cadence.h"
#include "core/str.h"
#include "test.h"
#include "tzif.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define BERLIN    "CET-1CEST,M3.5.0,M10.5.0/3"
#define NEW_YORK  "EST5EDT,M3.2.0,M11.1.0"
#define LORD_HOWE "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"
#define UTC       "UTC0"

static struct cadence *cadence_of(const char *text)
{
	struct cadence *cadence = NULL;
	struct err e = { "" };

	TEST_ROW("%s", text);
	CHECK_INT(cadence_new(&cadence, text, &e), 0);
	CHECK_TEXT(e.text, "");
	return cadence;
}

/* "2026-11-23 07:00:00", in UTC. */
static const char *text_of(int64_t instant, char text[32])
{
	struct date d = day_date((int32_t)(instant / 86400));
	int second = (int)(instant % 86400);

	(void)snprintf(text, 32, "%04d-%02d-%02d %02d:%02d:%02d", d.year, d.month, d.day,
		second / 3600, second / 60 % 60, second % 60);
	return text;
}

/* The slots after an instant, one text each, up to an empty one: "" as the last says "and no more".
 */
static void check_slots(
	const char *expression, const char *rule, const char *after, const char *const slots[5])
{
	_cleanup_(cadence_freep) struct cadence *cadence = cadence_of(expression);
	_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone(rule);
	int64_t at = tzif_instant(after);
	char text[32];

	for (int i = 0; cadence && i < 5 && slots[i]; i++) {
		int64_t next = 0, last = 0;
		int r = cadence_next(cadence, zone, at, &next);

		TEST_ROW("%s, slot %d", expression, i + 1);
		CHECK_TEXT(r == 0 ? text_of(next, text) : "", slots[i]);
		if (r != 0)
			return;
		/* Backwards the same: it is the last one up to itself, and none is before it. */
		CHECK_INT(cadence_last(cadence, zone, at, next, &last), 0);
		CHECK_INT(last, next);
		CHECK_INT(cadence_last(cadence, zone, at, next - 1, &last), CADENCE_OVER);
		at = next;
	}
}

struct slots_row {
	const char *expression, *zone, *after;
	const char *slots[5];
};

static void check_rows(const struct slots_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_slots(rows[i].expression, rows[i].zone, rows[i].after, rows[i].slots);
}

/* clang-format off */
static void cadence_understands_systemd(void)
{
	static const struct slots_row rows[] = {
		{ "Mon..Fri 07:00", UTC, "2026-11-26 07:00:00",
			{ "2026-11-27 07:00:00", "2026-11-30 07:00:00" } },
		{ "Sat,Thu,Mon-Wed,Sat..Sun", UTC, "2026-11-26 00:00:00",
			{ "2026-11-28 00:00:00", "2026-11-29 00:00:00", "2026-11-30 00:00:00" } },
		{ "fRIDAY *-*-13", UTC, "2026-01-01 00:00:00",
			{ "2026-02-13 00:00:00", "2026-03-13 00:00:00", "2026-11-13 00:00:00" } },
		{ "Mon,  17:48", UTC, "2026-11-23 17:47:59", { "2026-11-23 17:48:00" } },
		{ "  5:40  ", UTC, "2026-11-23 05:40:00", { "2026-11-24 05:40:00" } },
		{ "05:40:23", UTC, "2026-11-23 05:40:22", { "2026-11-23 05:40:23" } },
		{ "12,14,13,12:20,10,30", UTC, "2026-11-23 12:20:00",
			{ "2026-11-23 12:30:00", "2026-11-23 13:10:00" } },
		{ "*:2/30", UTC, "2026-11-23 23:02:00", { "2026-11-23 23:32:00", "2026-11-24 00:02:00" } },
		{ "8..18/5:0", UTC, "2026-11-23 00:00:00",
			{ "2026-11-23 08:00:00", "2026-11-23 13:00:00", "2026-11-23 18:00:00",
			  "2026-11-24 08:00:00" } },
		{ "0:0:*", UTC, "2026-11-23 00:00:58", { "2026-11-23 00:00:59", "2026-11-24 00:00:00" } },
		{ "10-15", UTC, "2026-11-23 00:00:00", { "2027-10-15 00:00:00" } },
		{ "*-1", UTC, "2026-11-23 00:00:00", { "2026-12-01 00:00:00", "2027-01-01 00:00:00" } },
		{ "2027-02..04-05 1:2:3", UTC, "2026-11-23 00:00:00",
			{ "2027-02-05 01:02:03", "2027-03-05 01:02:03", "2027-04-05 01:02:03", "" } },
		{ "30/40-1-1", UTC, "2026-11-23 00:00:00",
			{ "2030-01-01 00:00:00", "2070-01-01 00:00:00" } },
		{ "99-1-1", UTC, "1970-01-01 00:00:00", { "1999-01-01 00:00:00", "" } },
		{ "69-1-1", UTC, "1970-01-01 00:00:00", { "2069-01-01 00:00:00", "" } },
		{ "70-1-1", UTC, "1969-12-31 12:00:00", { "1970-01-01 00:00:00", "" } },
		{ "*-02-29", UTC, "2096-02-29 00:00:00", { "2104-02-29 00:00:00" } },
		{ "Thu *-02-29", UTC, "2096-02-29 00:00:00", { "2120-02-29 00:00:00" } },
		{ "*-2-30", UTC, "1970-01-01 00:00:00", { "" } },
		{ "*-*-31", UTC, "2026-08-31 00:00:00", { "2026-10-31 00:00:00" } },
		{ "9999-12-29 23:59:59", UTC, "2026-01-01 00:00:00", { "9999-12-29 23:59:59", "" } },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void cadence_counts_from_the_end(void)
{
	static const struct slots_row rows[] = {
		{ "*-*~1", UTC, "2027-12-31 00:00:00",
			{ "2028-01-31 00:00:00", "2028-02-29 00:00:00", "2028-03-31 00:00:00" } },
		{ "*-02~03", UTC, "2026-11-23 00:00:00", { "2027-02-26 00:00:00", "2028-02-27 00:00:00" } },
		{ "Mon *-05~07/1", UTC, "2026-01-01 00:00:00",
			{ "2026-05-25 00:00:00", "2027-05-31 00:00:00" } },
		{ "1~1..3", UTC, "2026-11-23 00:00:00",
			{ "2027-01-29 00:00:00", "2027-01-30 00:00:00", "2027-01-31 00:00:00",
			  "2028-01-29 00:00:00" } },
		{ "*-2~1..6/4", UTC, "2026-01-01 00:00:00",
			{ "2026-02-23 00:00:00", "2026-02-27 00:00:00", "2027-02-23 00:00:00" } },
		{ "*-2~9/4", UTC, "2026-01-01 00:00:00",
			{ "2026-02-20 00:00:00", "2026-02-24 00:00:00", "2026-02-28 00:00:00",
			  "2027-02-20 00:00:00" } },
		/* Counts that lead before a short month's first day. */
		{ "*-2~31", UTC, "2026-01-01 00:00:00", { "" } },
		{ "*-2~27..30", UTC, "2026-01-01 00:00:00",
			{ "2026-02-01 00:00:00", "2026-02-02 00:00:00", "2027-02-01 00:00:00" } },
		{ "*-2~31/14", UTC, "2026-01-01 00:00:00",
			{ "2026-02-12 00:00:00", "2026-02-26 00:00:00", "2027-02-12 00:00:00" } },
		{ "*-2~*", UTC, "2026-02-27 00:00:00", { "2026-02-28 00:00:00", "2027-02-01 00:00:00" } },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void cadence_names(void)
{
	static const struct slots_row rows[] = {
		{ "minutely", UTC, "2026-11-23 10:11:12", { "2026-11-23 10:12:00" } },
		{ "hourly", UTC, "2026-11-23 10:11:12", { "2026-11-23 11:00:00" } },
		{ "daily", UTC, "2026-11-23 10:11:12", { "2026-11-24 00:00:00", "2026-11-25 00:00:00" } },
		{ " Daily ", UTC, "2026-11-23 10:11:12", { "2026-11-24 00:00:00" } },
		{ "weekly", UTC, "2026-11-23 10:11:12", { "2026-11-30 00:00:00", "2026-12-07 00:00:00" } },
		{ "monthly", UTC, "2026-11-23 10:11:12", { "2026-12-01 00:00:00", "2027-01-01 00:00:00" } },
		{ "quarterly", UTC, "2026-11-23 10:11:12",
			{ "2027-01-01 00:00:00", "2027-04-01 00:00:00", "2027-07-01 00:00:00",
			  "2027-10-01 00:00:00", "2028-01-01 00:00:00" } },
		{ "semiannually", UTC, "2026-11-23 10:11:12",
			{ "2027-01-01 00:00:00", "2027-07-01 00:00:00" } },
		{ "bi-annually", UTC, "2026-11-23 10:11:12",
			{ "2027-01-01 00:00:00", "2027-07-01 00:00:00" } },
		{ "YEARLY", UTC, "2026-11-23 10:11:12", { "2027-01-01 00:00:00", "2028-01-01 00:00:00" } },
		{ "annually", UTC, "2026-11-23 10:11:12", { "2027-01-01 00:00:00" } },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}

static void cadence_in_gaps_and_overlaps(void)
{
	static const struct slots_row rows[] = {
		/* At the first instant after the gap, and at the right time again the day after. */
		{ "02:30", BERLIN, "2026-03-28 00:00:00",
			{ "2026-03-28 01:30:00", "2026-03-29 01:00:00", "2026-03-30 00:30:00" } },
		/* Several in one gap, and one at its end, are one slot. */
		{ "*:0/20", BERLIN, "2026-03-29 00:30:00",
			{ "2026-03-29 00:40:00", "2026-03-29 01:00:00", "2026-03-29 01:20:00" } },
		{ "2:10,50", BERLIN, "2026-03-28 02:00:00",
			{ "2026-03-29 01:00:00", "2026-03-30 00:10:00" } },
		/* Strictly after: at the gap's end what fell into it is over. */
		{ "02:30", BERLIN, "2026-03-29 00:59:59", { "2026-03-29 01:00:00" } },
		{ "02:30", BERLIN, "2026-03-29 01:00:00", { "2026-03-30 00:30:00" } },
		/* Once in an overlap, at the first; not again while it is shown anew. */
		{ "02:30", BERLIN, "2026-10-24 12:00:00",
			{ "2026-10-25 00:30:00", "2026-10-26 01:30:00" } },
		{ "02:30", BERLIN, "2026-10-25 01:00:00", { "2026-10-26 01:30:00" } },
		{ "*:0/30", BERLIN, "2026-10-25 00:00:00",
			{ "2026-10-25 00:30:00", "2026-10-25 02:00:00", "2026-10-25 02:30:00" } },
		{ "*:0/30", BERLIN, "2026-10-25 01:15:00", { "2026-10-25 02:00:00" } },
		{ "02:00", NEW_YORK, "2026-03-07 08:00:00",
			{ "2026-03-08 07:00:00", "2026-03-09 06:00:00" } },
		{ "01:30", NEW_YORK, "2026-11-01 00:00:00",
			{ "2026-11-01 05:30:00", "2026-11-02 06:30:00" } },
		/* Half an hour of daylight time. */
		{ "02:15", LORD_HOWE, "2026-10-03 00:00:00",
			{ "2026-10-03 15:30:00", "2026-10-04 15:15:00" } },
		{ "01:45", LORD_HOWE, "2026-04-04 00:00:00",
			{ "2026-04-04 14:45:00", "2026-04-05 15:15:00" } },
	};

	check_rows(rows, ARRAY_SIZE(rows));
}
/* clang-format on */

/* On 2011-12-30 Apia's clocks went from the 29th to the 31st. */
static void cadence_on_a_day_that_never_was(void)
{
	const struct tzif tzif = {
		.version = '2',
		.footer = "<+14>-14",
		.offsets = { -10 * 3600, 14 * 3600 },
		.n_offsets = 2,
		.transitions = { { 1325239200, 1 } },
		.n_transitions = 1,
	};
	_cleanup_(cadence_freep) struct cadence *daily = cadence_of("07:00");
	_cleanup_(cadence_freep) struct cadence *hourly = cadence_of("hourly");
	_cleanup_(zone_freep) struct zone *zone = tzif_zone(&tzif);
	int64_t at = tzif_instant("2011-12-29 17:00:00"), last;
	char text[32];

	CHECK_INT(cadence_next(daily, zone, at, &at), 0);
	CHECK_TEXT(text_of(at, text), "2011-12-30 10:00:00");
	CHECK_INT(cadence_next(daily, zone, at, &at), 0);
	CHECK_TEXT(text_of(at, text), "2011-12-30 17:00:00");
	/* All the hours of that day are one slot. */
	at = tzif_instant("2011-12-30 09:30:00");
	CHECK_INT(cadence_next(hourly, zone, at, &at), 0);
	CHECK_TEXT(text_of(at, text), "2011-12-30 10:00:00");
	CHECK_INT(cadence_last(hourly, zone, at - 1, at + 3599, &last), 0);
	CHECK_INT(last, at);
	CHECK_INT(cadence_next(hourly, zone, at, &at), 0);
	CHECK_TEXT(text_of(at, text), "2011-12-30 11:00:00");
}

static void cadence_last_of_a_downtime(void)
{
	/* clang-format off */
	static const struct {
		const char *expression, *after, *until, *last; /* "": none */
	} rows[] = {
		{ "07:00", "2025-01-01 06:00:00", "2026-11-23 12:00:00", "2026-11-23 06:00:00" },
		{ "07:00", "2025-01-01 06:00:00", "2026-11-23 05:59:59", "2026-11-22 06:00:00" },
		{ "07:00", "2026-11-22 06:00:00", "2026-11-23 05:59:59", "" },
		{ "07:00", "2026-11-23 05:59:59", "2026-11-23 06:00:00", "2026-11-23 06:00:00" },
		{ "07:00", "2026-11-23 06:00:00", "2026-11-23 06:00:00", "" },
		{ "07:00", "2026-11-25 06:00:00", "2026-11-23 06:00:00", "" },
		/* A slot for every second of eight thousand years. */
		{ "*:*:*", "1970-01-01 00:00:00", "9000-01-01 00:00:00", "9000-01-01 00:00:00" },
		{ "*-02-29", "1970-01-01 00:00:00", "2103-12-31 00:00:00", "2096-02-28 23:00:00" },
		{ "2020-*-*", "1970-01-01 00:00:00", "9000-01-01 00:00:00", "2020-12-30 23:00:00" },
		{ "1999-12-31", "2026-01-01 00:00:00", "9000-01-01 00:00:00", "" },
		{ "02:30", "2026-03-28 12:00:00", "2026-03-29 12:00:00", "2026-03-29 01:00:00" },
		{ "02:30", "2026-03-28 12:00:00", "2026-03-29 01:00:00", "2026-03-29 01:00:00" },
		{ "02:30", "2026-03-28 12:00:00", "2026-03-29 00:59:59", "" },
		{ "02:30", "2026-10-25 00:45:00", "2026-10-25 01:45:00", "" },
		{ "02:30", "2026-10-24 12:00:00", "2026-10-25 01:45:00", "2026-10-25 00:30:00" },
	};
	/* clang-format on */
	_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone(BERLIN);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(cadence_freep) struct cadence *cadence = cadence_of(rows[i].expression);
		char text[32];
		int64_t last;
		int r = cadence_last(cadence, zone, tzif_instant(rows[i].after),
			tzif_instant(rows[i].until), &last);

		TEST_ROW("%s until %s", rows[i].expression, rows[i].until);
		CHECK_TEXT(r == 0 ? text_of(last, text) : "", rows[i].last);
	}
}

static void cadence_at_the_ends_of_time(void)
{
	_cleanup_(cadence_freep) struct cadence *cadence = cadence_of("*-*-* *:*:*");
	_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone(BERLIN);
	int64_t at = 0;

	CHECK_INT(cadence_next(cadence, zone, INT64_MAX, &at), CADENCE_OVER);
	CHECK_INT(cadence_last(cadence, zone, INT64_MAX - 1, INT64_MAX, &at), CADENCE_OVER);
	CHECK_INT(cadence_last(cadence, zone, INT64_MIN, -86400, &at), CADENCE_OVER);
	CHECK_INT(cadence_next(cadence, zone, INT64_MIN, &at), 0);
	CHECK_INT(at, -3600); /* 1970 begins in Berlin */
}

/* clang-format off */
static void cadence_refuses_with_a_sentence(void)
{
	static const struct {
		const char *text, *sentence;
		int place;
	} rows[] = {
		{ "", "it is empty; write a time such as 07:00, or a name such as \"daily\"", 1 },
		{ "   ", "it is empty; write a time such as 07:00, or a name such as \"daily\"", 4 },
		{ "7", "this is neither a date such as *-*-15 nor a time such as 07:00", 1 },
		{ "Mon 2024", "this is neither a date such as *-*-15 nor a time such as 07:00", 5 },
		{ "24:00", "the hour must be 0 to 23", 1 },
		{ "0:60", "the minute must be 0 to 59", 3 },
		{ "0:0:60", "the second must be 0 to 59", 5 },
		{ "*-13-1", "the month must be 1 to 12", 3 },
		{ "*-0-1", "the month must be 1 to 12", 3 },
		{ "*-*-32", "the day must be 1 to 31", 5 },
		{ "*-*~0", "the day must be 1 to 31", 5 },
		{ "1969-1-1", "the year must be 1970 to 9999", 1 },
		{ "10000-1-1", "the year must be 1970 to 9999", 1 },
		{ "99999999999999999999-1-1", "the year must be 1970 to 9999", 1 },
		{ "7:", "a number is missing (minute, 0 to 59)", 3 },
		{ "7,:00", "a number is missing (hour, 0 to 23)", 3 },
		{ "7..:00", "a number is missing (hour, 0 to 23)", 4 },
		{ "7/:00", "a number is missing (hour, 0 to 23)", 3 },
		{ "*-*-5/-1", "a number is missing (day, 1 to 31)", 7 },
		{ "5..1:00", "the range of the hour runs backwards; write it in two parts", 1 },
		{ "*:5/0", "a repetition of 0 would never end; leave \"/0\" out", 5 },
		{ "*:50/15", "a repetition of 15 leads beyond the last minute at once", 6 },
		{ "*-*~3/3", "a repetition of 3 leads beyond the last day at once", 7 },
		{ "1..3/5:00", "a repetition of 5 leads beyond the last hour at once", 6 },
		{ "*:*/5", "\"*\" takes no repetition; write the first value, 0/N", 4 },
		{ "*,5:00", "this makes no sense after the hour", 2 },
		{ "1-1-1-1", "this makes no sense after the day", 6 },
		{ "1:1:1:1", "this makes no sense after the second", 6 },
		{ "1-1T1:1", "this makes no sense after the hour", 2 },
		{ "*-1~1-1", "\"~\" stands before the day, as in *-*~1", 4 },
		{ "2~1-1", "\"~\" stands before the day, as in *-*~1", 2 },
		{ "0:0:0.5", "fractions are not supported; write whole numbers", 6 },
		{ "0:0:0/0.5", "fractions are not supported; write whole numbers", 8 },
		{ "@1700000000", "an instant (@) is no cadence; write a date and a time", 1 },
		{ "07:00 Mon", "weekdays stand first, then the date, then the time, each once", 7 },
		{ "Mon Tue", "weekdays stand first, then the date, then the time, each once", 5 },
		{ "7:00 *-1", "weekdays stand first, then the date, then the time, each once", 6 },
		{ "7:00 UTC", "this is no part of a cadence; a zone has no place here, it is set by "
			"\"timezone\"", 6 },
		{ "Mon 7:00 Europe/Berlin", "this is no part of a cadence; a zone has no place here, it is "
			"set by \"timezone\"", 10 },
		{ "daily 07:00", "a name such as \"daily\" stands alone; a zone has no place here, it is set "
			"by \"timezone\"", 6 },
		{ "Montag 7:00", "this is no weekday (Mon or Monday to Sun or Sunday) and no name such as "
			"\"daily\"", 1 },
		{ "Mond 7:00", "this is no weekday (Mon or Monday to Sun or Sunday) and no name such as "
			"\"daily\"", 1 },
		{ "Mon,Tu", "this is no weekday (Mon or Monday to Sun or Sunday) and no name such as "
			"\"daily\"", 5 },
		{ "Mon..", "this is no weekday (Mon or Monday to Sun or Sunday) and no name such as "
			"\"daily\"", 6 },
		{ "Mon..Wed..Fri", "this makes no sense after a weekday", 9 },
		{ "Fri..Mon", "a range of weekdays must not run over Sunday; write it in two parts, as in "
			"Sat..Sun,Mon", 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(cadence_freep) struct cadence *cadence = NULL;
		struct err e = { "" };
		char text[1024];

		TEST_ROW("%s", rows[i].text);
		(void)snprintf(text, sizeof(text), "cadence \"%s\", character %d: %s", rows[i].text,
			rows[i].place, rows[i].sentence);
		CHECK_INT(cadence_new(&cadence, rows[i].text, &e), -EINVAL);
		CHECK_TEXT(e.text, text);
		CHECK(cadence == NULL);
	}
}
/* clang-format on */

static void cadence_refuses_strange_bytes(void)
{
	_cleanup_(cadence_freep) struct cadence *cadence = NULL;
	char text[CADENCE_TEXT_MAX + 2];
	struct err e;

	CHECK_INT(cadence_new(&cadence, "07:00\n", &e), -EINVAL);
	CHECK_TEXT(e.text,
		"byte 6 of the cadence is no printable ASCII character; a cadence looks like "
		"\"Mon..Fri 07:00\"");
	CHECK_INT(cadence_new(&cadence, "t\xc3\xa4glich", &e), -EINVAL);
	CHECK(str_starts(e.text, "byte 2 of the cadence"));
	memset(text, ' ', sizeof(text));
	memcpy(text, "daily", 5);
	text[CADENCE_TEXT_MAX + 1] = '\0';
	CHECK_INT(cadence_new(&cadence, text, &e), -EINVAL);
	CHECK_TEXT(e.text, "a cadence must not be longer than 1024 bytes; it has 1025");
	CHECK(cadence == NULL);
	text[CADENCE_TEXT_MAX] = '\0';
	CHECK_INT(cadence_new(&cadence, text, &e), 0);
}

#define CLOSE "; two digests must be at least 15 minutes apart"
#define RARE  "; a digest must return once a year at least"

static void cadence_checks_how_often(void)
{
	/* clang-format off */
	static const struct {
		const char *expression, *sentence; /* NULL: good */
	} rows[] = {
		{ "daily", NULL },
		{ "Mon..Fri 07:00", NULL },
		{ "yearly", NULL },
		{ "*:0/15", NULL },
		{ "*:10/20", NULL },
		{ "7:00,15", NULL },
		{ "7:00,14", "it comes at 2026-03-01 07:00:00 and again at 07:14:00" CLOSE },
		{ "*:*:*", "it comes at 2026-03-01 00:00:01 and again at 00:00:02" CLOSE },
		{ "minutely", "it comes at 2026-03-01 00:01:00 and again at 00:02:00" CLOSE },
		/* Close only over midnight, and only late in the span. */
		{ "0,23:0,50", "it comes at 2026-03-01 23:50:00 and again at 00:00:00" CLOSE },
		{ "*-12-24 7:0,5", "it comes at 2026-12-24 07:00:00 and again at 07:05:00" CLOSE },
		{ "2028-12-24 7:0,5", "it never comes within the next 400 days" RARE },
		{ "*-02-29", "it never comes within the next 400 days" RARE },
		{ "*-02-30", "it never comes within the next 400 days" RARE },
		{ "2020-*-*", "it never comes within the next 400 days" RARE },
		/* Once a year is enough on any day of a year; the first 400 days end on 2027-04-05. */
		{ "*-07-01", NULL },
		{ "*-02-28", NULL },
		{ "2027,2028-4-5", NULL },
		{ "2027-4-4,5 0,23:0,55", "it comes at 2027-04-04 23:55:00 and again at 00:00:00" CLOSE },
		{ "2027,2028-4-6", "it never comes within the next 400 days" RARE },
		{ "2026-03-02", "it comes on 2026-03-02 and not again within 400 days" RARE },
		{ "2026..2027/1-3..5-2,5", NULL },
		{ "1970..2025-1-1", "it never comes within the next 400 days" RARE },
		{ "1971..2026-12-24", "it comes on 2026-12-24 and not again within 400 days" RARE },
		{ "1970..2097-7-1", NULL },
		{ "2026/2-12-24", "it comes on 2026-12-24 and not again within 400 days" RARE },
	};
	/* clang-format on */
	_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone(BERLIN);
	int64_t now = tzif_instant("2026-02-28 23:00:00"); /* midnight of March 1st */

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(cadence_freep) struct cadence *cadence = cadence_of(rows[i].expression);
		struct err e = { "" };

		CHECK_INT(cadence_check(cadence, zone, now, &e), rows[i].sentence ? -ERANGE : 0);
		CHECK_TEXT(e.text, rows[i].sentence ? rows[i].sentence : "");
	}
}

TEST_MAIN(TEST(cadence_understands_systemd), TEST(cadence_counts_from_the_end), TEST(cadence_names),
	TEST(cadence_in_gaps_and_overlaps), TEST(cadence_on_a_day_that_never_was),
	TEST(cadence_last_of_a_downtime), TEST(cadence_at_the_ends_of_time),
	TEST(cadence_refuses_with_a_sentence), TEST(cadence_refuses_strange_bytes),
	TEST(cadence_checks_how_often))
