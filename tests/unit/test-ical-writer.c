/* SPDX-License-Identifier: MIT */
#include "format/ical_writer.h"
#include "test.h"

#include <string.h>

#define STAMP_DAY 20780 /* 2026-11-23 */
#define HEAD      "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261123T000000Z\r\n"
#define TAIL      "SUMMARY:s\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
#define DAY       "DURATION:P1D\r\n"

static void ical_writer_events(void)
{
	static const struct {
		const char *name;
		struct ical_event event;
		const char *expected;
	} rows[] = {
		{ "a birthday", { .date = { 1984, 3, 12 }, .minute = -1, .yearly = true },
			"DTSTART;VALUE=DATE:19840312\r\n" DAY "RRULE:FREQ=YEARLY\r\n" },
		{ "before 1970", { .date = { 1931, 3, 12 }, .minute = -1, .yearly = true },
			"DTSTART;VALUE=DATE:19310312\r\n" DAY "RRULE:FREQ=YEARLY\r\n" },
		{ "without a year", { .date = { 0, 3, 12 }, .minute = -1, .yearly = true },
			"DTSTART;VALUE=DATE:19720312\r\n" DAY "RRULE:FREQ=YEARLY\r\n" },
		{ "leap day", { .date = { 1984, 2, 29 }, .minute = -1, .yearly = true },
			"DTSTART;VALUE=DATE:19840229\r\n" DAY
			"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\r\n" },
		{ "leap day, 1 March",
			{ .date = { 1984, 2, 29 },
				.minute = -1,
				.yearly = true,
				.leap_to_march = true },
			"DTSTART;VALUE=DATE:19840229\r\n" DAY
			"RRULE:FREQ=YEARLY;BYYEARDAY=60\r\n" },
		{ "leap day without a year", { .date = { 0, 2, 29 }, .minute = -1, .yearly = true },
			"DTSTART;VALUE=DATE:19720229\r\n" DAY
			"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\r\n" },
		{ "28 February, 1 March",
			{ .date = { 1984, 2, 28 },
				.minute = -1,
				.yearly = true,
				.leap_to_march = true },
			"DTSTART;VALUE=DATE:19840228\r\n" DAY "RRULE:FREQ=YEARLY\r\n" },
		{ "once", { .date = { 2026, 12, 1 }, .minute = -1 },
			"DTSTART;VALUE=DATE:20261201\r\n" DAY },
		{ "at midnight", { .date = { 2026, 12, 1 }, .minute = 0 },
			"DTSTART:20261201T000000\r\nDURATION:PT30M\r\n" },
		{ "at a time", { .date = { 2026, 12, 1 }, .minute = 15 * 60 + 5 },
			"DTSTART:20261201T150500\r\nDURATION:PT30M\r\n" },
		{ "every 6 weeks",
			{ .date = { 2026, 12, 1 },
				.minute = -1,
				.repeat_days = 42,
				.first_month_day = 1 },
			"DTSTART;VALUE=DATE:20261201\r\n" DAY "RRULE:FREQ=DAILY;INTERVAL=42\r\n" },
		{ "every 3 months on the 28th",
			{ .date = { 2026, 11, 28 },
				.minute = -1,
				.repeat_months = 3,
				.first_month_day = 28 },
			"DTSTART;VALUE=DATE:20261128\r\n" DAY "RRULE:FREQ=MONTHLY;INTERVAL=3\r\n" },
		{ "every month on the 30th",
			{ .date = { 2026, 11, 30 },
				.minute = -1,
				.repeat_months = 1,
				.first_month_day = 30 },
			"DTSTART;VALUE=DATE:20261130\r\n" DAY
			"RRULE:FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=28,29,30;BYSETPOS=-1\r\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str out = STR_INIT, expected = STR_INIT;
		struct ical_event event = rows[i].event;

		TEST_ROW("%s", rows[i].name);
		event.uid = "u";
		event.summary = "s";
		event.stamp_day = STAMP_DAY;
		ical_writer_add(&out, &event);
		str_addf(&expected, HEAD "%s" TAIL, rows[i].expected);
		CHECK_TEXT(str_text(&out), str_text(&expected));
	}
}

static void ical_writer_texts(void)
{
	_cleanup_str_ struct str out = STR_INIT;
	const struct ical_event event = { .uid = "u",
		.summary = "A, B; C\\ \nEND:VEVENT\r",
		.description =
			"0123456789 0123456789 0123456789 0123456789 0123456789 012345678 äö",
		.date = { 2026, 12, 1 },
		.minute = -1 };

	ical_writer_begin(&out, "P, Q");
	ical_writer_add(&out, &event);
	ical_writer_end(&out);
	CHECK_TEXT(str_text(&out),
		"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//nudged//nudge//EN\r\n"
		"CALSCALE:GREGORIAN\r\nX-WR-CALNAME:P\\, Q\r\n"
		"BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:19700101T000000Z\r\n"
		"DTSTART;VALUE=DATE:20261201\r\nDURATION:P1D\r\n"
		"SUMMARY:A\\, B\\; C\\\\ \\nEND:VEVENT\r\n"
		"DESCRIPTION:0123456789 0123456789 0123456789 0123456789 0123456789 01234567\r\n"
		" 8 äö\r\n"
		"TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

/* What our own import takes, so that it need not understand the summary. */
static void ical_writer_own(void)
{
	static const struct {
		struct ical_event event;
		const char *expected;
	} rows[] = {
		{ { .contact = "urn:1",
			  .name = "A, B",
			  .kind = "NAMED",
			  .label = "x;y",
			  .date = { 2001, 3, 12 } },
			"X-NUDGE-CONTACT:urn:1\r\nX-NUDGE-NAME:A\\, B\r\nX-NUDGE-KIND:NAMED\r\n"
			"X-NUDGE-LABEL:x\\;y\r\nX-NUDGE-YEAR:2001\r\nTRANSP" },
		{ { .contact = "urn:1", .name = "A", .kind = "BIRTHDAY", .date = { 0, 3, 12 } },
			"X-NUDGE-NAME:A\r\nX-NUDGE-KIND:BIRTHDAY\r\nTRANSP" },
		{ { .date = { 2001, 3, 12 } }, "SUMMARY:s\r\nTRANSP" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct ical_event event = rows[i].event;
		_cleanup_str_ struct str out = STR_INIT;

		TEST_ROW("row %zu", i);
		event.uid = "u";
		event.summary = "s";
		event.minute = -1;
		event.yearly = true;
		ical_writer_add(&out, &event);
		CHECK(strstr(str_text(&out), rows[i].expected) != NULL);
	}
}

TEST_MAIN(TEST(ical_writer_events), TEST(ical_writer_texts), TEST(ical_writer_own))
