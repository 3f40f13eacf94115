/* SPDX-License-Identifier: MIT */
#include "format/ical.h"
#include "reader-fixture.h"

READER_FIXTURE(ical);

#define YEARLY "RRULE:FREQ=YEARLY\n"

struct row {
	const char *event, *seen;
};

/* The body of one event, and what comes of it. */
static void check_events(const struct row *rows, size_t n)
{
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < n; i++)
		for (size_t piece = 1; piece <= 1000; piece = piece * 10 + 7) {
			_cleanup_str_ struct str file = STR_INIT;

			TEST_ROW("%s in pieces of %zu", rows[i].event, piece);
			str_addf(&file,
				"BEGIN:VCALENDAR\nBEGIN:VEVENT\n%sEND:VEVENT\nEND:VCALENDAR\n",
				rows[i].event);
			CHECK_INT(ical_read(&seen, file.data, file.len, piece), 0);
			CHECK_TEXT(str_text(&seen.text), rows[i].seen);
		}
	str_done(&seen.text);
}

static void ical_people(void)
{
	static const struct row rows[] = {
		{ "UID:u1\nSUMMARY:Anna's Birthday\nDTSTART;VALUE=DATE:20260312\n" YEARLY,
			"2 Anna|uid=u1|B:--03-12|\n" },
		{ "SUMMARY:Geburtstag von J\\, rg\nDTSTART:20260312T000000Z\n" YEARLY,
			"2 J, rg|B:--03-12|\n" },
		{ "SUMMARY:J\xf6rg hat Geburtstag\nDTSTART:20260312\n" YEARLY,
			"2 Jörg|B:--03-12|\n" },
		{ "SUMMARY:Hochzeitstag Anna & Ben\nDTSTART:20010506\n" YEARLY,
			"2 Anna & Ben|A:--05-06|\n" },
		{ "SUMMARY:Namenstag Anna\nDTSTART:20260726\n" YEARLY,
			"2 Anna|O:Namenstag --07-26|\n" },
		{ "SUMMARY:An\n na's Birthday\nDTSTART:20260312\n" YEARLY, "2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna's Birthday\nDTSTART:20260312\n" YEARLY "DESCRIPTION:mag\\nCello\n",
			"2 Anna|note=mag\nCello|B:--03-12|\n" },
		{ "SUMMARY:Anna's Birthday\nDTSTART:20260312\n" YEARLY
		  "DESCRIPTION:Anna's Birthday\n",
			"2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna\nCATEGORIES:Birthday\nDTSTART:20260312\n" YEARLY,
			"2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna\nCATEGORIES:Familie,Hochzeitstage\nDTSTART:20260312\n" YEARLY,
			"2 Anna|A:--03-12|\n" },
		{ "SUMMARY:Anna\nX-BIRTHDAY:TRUE\nDTSTART:20260312\n" YEARLY,
			"2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna\nX-BIRTHDAY:FALSE\nDTSTART:20260312\n" YEARLY,
			"2! is a yearly event of no person\n" },
		{ "SUMMARY:Alles Gute zum Geburtstag!\nDTSTART:20260312\n" YEARLY,
			"2! is a yearly event that names nobody\n" },
		{ "SUMMARY:Sommerfest\nATTENDEE;CN=\"Ben Weiß\":mailto:ben@example.org\n"
		  "DTSTART:20260701\n" YEARLY,
			"2 Ben Weiß|e:ben@example.org|O:Sommerfest --07-01|\n" },
		{ "SUMMARY:Sommerfest\nATTENDEE:mailto:ben@example.org\nDTSTART:20260701\n" YEARLY,
			"2 ben@example.org|e:ben@example.org|O:Sommerfest --07-01|\n" },
		{ "SUMMARY:Geburtstag\nATTENDEE;CN=Ben:mailto:ben@example.org\n"
		  "DTSTART:20260701\n" YEARLY,
			"2 Ben|B:--07-01|\n" },
		{ "SUMMARY:Sommerfest\nATTENDEE;CN=A:mailto:a@b.c\nATTENDEE;CN=B:mailto:b@b.c\n"
		  "DTSTART:20260701\n" YEARLY,
			"2! is a yearly event of no person\n" },
	};

	check_events(rows, ARRAY_SIZE(rows));
}

/* A calendar of birthdays alone says of a single day that it comes again. */
static void ical_single_days(void)
{
	static const struct {
		const char *title, *summary, *seen;
	} rows[] = {
		{ "Contacts' birthdays and events", "Anna's birthday", "3 Anna|B:--03-12|\n" },
		{ "Geburtstage", "Anna", "3! happens once, not every year\n" },
		{ "Familie", "Anna's birthday", "3! happens once, not every year\n" },
		{ "Geburtstage", "Happy birthday!", "3! is a yearly event that names nobody\n" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		_cleanup_str_ struct str file = STR_INIT;

		TEST_ROW("%s: %s", rows[i].title, rows[i].summary);
		str_addf(&file,
			"BEGIN:VCALENDAR\nX-WR-CALNAME:%s\nBEGIN:VEVENT\nSUMMARY:%s\n"
			"DTSTART;VALUE=DATE:20260312\nEND:VEVENT\nEND:VCALENDAR\n",
			rows[i].title, rows[i].summary);
		CHECK_INT(ical_read(&seen, file.data, file.len, 100), 0);
		CHECK_TEXT(str_text(&seen.text), rows[i].seen);
	}
	str_done(&seen.text);
}

#define OWN      "DTSTART:19720301\n" YEARLY "X-NUDGE-CONTACT:urn:1\nX-NUDGE-NAME:Anna: Schmidt\n"
#define OWN_UID  "UID:0f-1-b3@nudged\n"
#define OWN_LEFT OWN_UID "DTSTART:20200201\n" YEARLY

/* As our exports have them, whole or as a calendar that knows no X- gives them back. */
static void ical_own_days(void)
{
	static const struct row rows[] = {
		{ OWN_UID OWN "X-NUDGE-KIND:BIRTHDAY\nSUMMARY:x (2001)\n",
			"2 Anna: Schmidt|uid=urn:1|B:--03-01|\n" },
		{ OWN "X-NUDGE-KIND:BIRTHDAY\nX-NUDGE-YEAR:1972\n",
			"2 Anna: Schmidt|uid=urn:1|B:1972-03-01|\n" },
		{ OWN "X-NUDGE-YEAR:1984\nX-NUDGE-KIND:ANNIVERSARY\nX-NUDGE-LABEL:x\n",
			"2 Anna: Schmidt|uid=urn:1|A:1984-03-01|\n" },
		{ OWN "X-NUDGE-KIND:NAMED\nX-NUDGE-LABEL:Erster Tag\\, Werft\n",
			"2 Anna: Schmidt|uid=urn:1|O:Erster Tag, Werft --03-01|\n" },
		{ OWN "X-NUDGE-KIND:NAMED\n", "2! is a yearly day without a name\n" },
		{ OWN "X-NUDGE-KIND:FEAST\n", "2! is a yearly event of no person\n" },
		{ OWN_LEFT "SUMMARY:Anna Schmidt: the day you met (2020)\n",
			"2 Anna Schmidt|uid=0f-1-b3@nudged|O:day we met 2020-02-01|\n" },
		{ OWN_LEFT "SUMMARY:Anna: der Tag des Kennenlernens\n",
			"2 Anna|uid=0f-1-b3@nudged|O:Tag des Kennenlernens --02-01|\n" },
		{ OWN_LEFT "SUMMARY:Anna's birthday\n", "2 Anna|uid=0f-1-b3@nudged|B:--02-01|\n" },
		{ OWN_LEFT, "2! is a yearly event of no person\n" },
		{ OWN_LEFT "SUMMARY:Sommerfest\n", "2! is a yearly event of no person\n" },
		{ OWN_LEFT "SUMMARY:: x\n", "2! is a yearly event of no person\n" },
		{ "UID:b3@nudged\nDTSTART:20200201\n" YEARLY "SUMMARY:Anna: x\n",
			"2! is a yearly event of no person\n" },
		{ "UID:0f-1-b@nudged\nDTSTART:20200201\n" YEARLY "SUMMARY:Anna: x\n",
			"2! is a yearly event of no person\n" },
		{ "UID:0f-1-b3@nudged.org\nDTSTART:20200201\n" YEARLY "SUMMARY:Anna: x\n",
			"2! is a yearly event of no person\n" },
		/* A follow-up is no person. */
		{ "UID:0f-1-f3@nudged\nDTSTART:20200201\n" YEARLY "SUMMARY:Anna's birthday\n", "" },
		/* Whoever has 29 February as the sixtieth day of the year. */
		{ "SUMMARY:Anna's Birthday (1984)\nDTSTART:19840229\nRRULE:FREQ=YEARLY;BYYEARDAY=60\n",
			"2 Anna|B:1984-02-29|\n" },
		{ "SUMMARY:Anna's Birthday\nDTSTART:20260302\nRRULE:FREQ=YEARLY;BYYEARDAY=61\n",
			"2! falls on another date each year\n" },
	};

	check_events(rows, ARRAY_SIZE(rows));
}

/* Two of one name are two, and one whose days are many is one. */
static void ical_own_people(void)
{
	_cleanup_str_ struct str file = STR_INIT, expected = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	str_add(&file, "BEGIN:VCALENDAR\n");
	for (int i = 0; i < 40; i++)
		str_addf(&file,
			"BEGIN:VEVENT\nDTSTART:20200201\n" YEARLY
			"X-NUDGE-CONTACT:urn:%d\nX-NUDGE-NAME:Anna\nX-NUDGE-KIND:NAMED\n"
			"X-NUDGE-LABEL:day %d\nEND:VEVENT\n",
			i % 2, i);
	str_add(&file, "END:VCALENDAR\n");
	for (int i = 0; i < 2; i++) {
		str_addf(&expected, "%d Anna|uid=urn:%d|", 2 + 8 * i, i);
		for (int day = i; day < 40; day += 2)
			str_addf(&expected, "O:day %d --02-01|", day);
		str_add(&expected, "\n");
	}
	CHECK_INT(ical_read(&seen, file.data, file.len, 1000), 0);
	CHECK_TEXT(str_text(&seen.text), str_text(&expected));
	str_done(&seen.text);
}

static void ical_years(void)
{
	static const struct row rows[] = {
		/* the start may be this year or the next */
		{ "SUMMARY:Anna's Birthday\nDTSTART:19840312\n" YEARLY, "2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna's Birthday (1984)\nDTSTART:20260312\n" YEARLY,
			"2 Anna|B:1984-03-12|\n" },
		{ "SUMMARY:Anna's Birthday (42)\nDTSTART:20260312\n" YEARLY,
			"2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna's Birthday\nDESCRIPTION:geboren 1984\nDTSTART:19840312\n" YEARLY,
			"2 Anna|note=geboren 1984|B:1984-03-12|\n" },
		{ "SUMMARY:Anna's Birthday\nDESCRIPTION:geb. 12.3.1984\nDTSTART:20260312\n" YEARLY,
			"2 Anna|note=geb. 12.3.1984|B:1984-03-12|\n" },
		{ "SUMMARY:Anna's Anniversary\nDESCRIPTION:geb. 12.3.1984\nDTSTART:20260312\n" YEARLY,
			"2 Anna|note=geb. 12.3.1984|A:--03-12|\n" },
		{ "SUMMARY:Anna's Birthday\nDESCRIPTION:Birthday of Anna (1984)\n"
		  "DTSTART:20260312\n" YEARLY,
			"2 Anna|B:1984-03-12|\n" },
		{ "SUMMARY:Anna's Birthday\nX-BIRTHDAY:1984-03-12\nDTSTART:20260311\n" YEARLY,
			"2 Anna|B:1984-03-12|\n" },
		{ "SUMMARY:Anna's Birthday (1985)\nDTSTART:20240229\n" YEARLY,
			"2 Anna|B:--02-29|\n" },
		{ "SUMMARY:Anna\nX-ANNIVERSARY:20010506\nDTSTART:20260506\n" YEARLY,
			"2 Anna|A:2001-05-06|\n" },
		{ "SUMMARY:Anna\nCATEGORIES:Birthday\nX-BIRTHYEAR:1984\nDTSTART:20260312\n" YEARLY,
			"2 Anna|B:1984-03-12|\n" },
		/* an age is one in the year that it was written for */
		{ "SUMMARY:Anna wird 50\nDTSTART:20260312\nDTSTAMP:20260101T000000Z\n" YEARLY,
			"2 Anna|B:1976-03-12|\n" },
		{ "SUMMARY:Anna turns 50\nDTSTART:20260312\nDTSTAMP:20251231T000000Z\n" YEARLY,
			"2 Anna|B:1976-03-12|\n" },
		{ "SUMMARY:Anna turns 50\nDTSTART:20260312\nDTSTAMP:20270101T000000Z\n" YEARLY,
			"2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna turns 50\nDTSTART:19760312\nDTSTAMP:20260101T000000Z\n" YEARLY,
			"2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna turns 50\nDTSTART:20260312\n" YEARLY, "2 Anna|B:--03-12|\n" },
		{ "SUMMARY:Anna turns 50\nX-BIRTHYEAR:1975\nDTSTART:20260312\n"
		  "DTSTAMP:20260101T000000Z\n" YEARLY,
			"2 Anna|B:1975-03-12|\n" },
		{ "UID:c1\nSUMMARY:\xf0\x9f\x8e\x82 Anna (1984)\nX-NEXTCLOUD-BC-FIELD-TYPE:BDAY\n"
		  "X-NEXTCLOUD-BC-UNKNOWN-YEAR:0\nX-NEXTCLOUD-BC-YEAR:1984\nDTSTART:19840312\n" YEARLY,
			"2 Anna|uid=c1|B:1984-03-12|\n" },
		{ "UID:c1-anniversary\nSUMMARY:Anna (⚭)\nX-NEXTCLOUD-BC-FIELD-TYPE:ANNIVERSARY\n"
		  "X-NEXTCLOUD-BC-UNKNOWN-YEAR:1\nDTSTART:19720506\n" YEARLY,
			"2 Anna|uid=c1|A:--05-06|\n" },
		{ "UID:k1\nSUMMARY:Anna's birthday\nX-KDE-KABC-BIRTHDAY:YES\n"
		  "X-KDE-KABC-NAME-1:Anna Schmidt\nX-KDE-KABC-EMAIL-1:a@b.c\n"
		  "DTSTART;VALUE=DATE:19840312\n" YEARLY,
			"2 Anna Schmidt|uid=k1|e:a@b.c|B:1984-03-12|\n" },
	};

	check_events(rows, ARRAY_SIZE(rows));
}

static void ical_rules(void)
{
	static const struct {
		const char *start, *rule, *seen;
	} rows[] = {
		{ "20260312", "FREQ=YEARLY", "B:--03-12|" },
		{ "20260312", "freq=yearly;interval=1", "B:--03-12|" },
		{ "20260312", "FREQ=MONTHLY;INTERVAL=12", "B:--03-12|" },
		{ "20260312", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12", "B:--03-12|" },
		{ "20260311", "FREQ=YEARLY;BYMONTHDAY=12;BYMONTH=3", "B:--03-12|" },
		{ "20260312", "FREQ=YEARLY;COUNT=80", "B:--03-12|" },
		{ "20260312", "FREQ=YEARLY;COUNT=99999999999999999999;BYSECOND=1,2,3",
			"B:--03-12|" },
		{ "20260312", "FREQ=YEARLY;UNTIL=20991231", "B:--03-12|" },
		{ "20240229", "FREQ=YEARLY", "B:--02-29|" },
		{ "20240229", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "B:--02-29|" },
		{ "20250228", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "B:--02-29|" },
		{ "20260312", "FREQ=YEARLY;INTERVAL=2", "is repeated, but not once a year" },
		{ "20260312", "FREQ=MONTHLY", "is repeated, but not once a year" },
		{ "20260312", "FREQ=SECONDLY;INTERVAL=1", "is repeated, but not once a year" },
		{ "20260312", "", "is repeated, but not once a year" },
		{ "20260312", "FREQ=YEARLY;BYMONTH=3,4", "comes on several days a year" },
		{ "20260312", "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU",
			"falls on another date each year" },
		{ "20260312", "FREQ=YEARLY;BYMONTHDAY=-1", "falls on another date each year" },
		{ "20260312", "FREQ=YEARLY;COUNT=1", "happens once, not every year" },
		{ "20100312", "FREQ=YEARLY;UNTIL=20150312", "is a series that has ended" },
		{ "20260312", "FREQ=YEARLY;INTERVAL=99999999999999999999;BYMONTH=;=;;x",
			"is repeated, but not once a year" },
		{ "20260312", "FREQ=YEARLY;BYMONTH=77;BYMONTHDAY=99", "B:--03-12|" },
		{ "20260312", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "B:--03-12|" },
		{ "", "FREQ=YEARLY", "has no date (DTSTART)" },
		{ "tomorrow", "FREQ=YEARLY", "has a date (DTSTART) that cannot be read" },
		{ "20260229", "FREQ=YEARLY", "is on a day (DTSTART) that does not exist" },
		{ "2026-02-29", "FREQ=YEARLY", "is on a day (DTSTART) that does not exist" },
		{ "20261301T120000Z", "FREQ=YEARLY", "is on a day (DTSTART) that does not exist" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str file = STR_INIT, expected = STR_INIT;

		TEST_ROW("%s %s", rows[i].start, rows[i].rule);
		str_addf(&file,
			"BEGIN:VEVENT\nSUMMARY:Birthday: X\nDTSTAMP:20260101T000000Z\nDTSTART:%s\nRRULE:%s\n"
			"END:VEVENT\n",
			rows[i].start, rows[i].rule);
		str_addf(&expected, rows[i].seen[1] == ':' ? "1 X|%s\n" : "1! %s\n", rows[i].seen);
		CHECK_INT(ical_read(&seen, file.data, file.len, 100), 0);
		CHECK_TEXT(str_text(&seen.text), expected.data);
	}
	str_done(&seen.text);
}

static void ical_rejects(void)
{
	static const struct row rows[] = {
		{ "SUMMARY:Dentist\nDTSTART:20260312T100000\n",
			"2! happens once, not every year\n" },
		{ "SUMMARY:Anna's Birthday\nDTSTART:20260312\n",
			"2! happens once, not every year\n" },
		{ "SUMMARY:Geburtstag\nDTSTART:20260312\n" YEARLY,
			"2! is a yearly event that names nobody\n" },
		{ "SUMMARY:Tag der Arbeit\nDTSTART:20260501\n" YEARLY,
			"2! is a yearly event of no person\n" },
		{ "DTSTART:20260501\n" YEARLY, "2! is a yearly event of no person\n" },
		{ "SUMMARY:Anna's Birthday\nDTSTART:20260312\n" YEARLY "STATUS:CANCELLED\n",
			"2! is cancelled\n" },
		/* one changed day of a series is no event of its own */
		{ "SUMMARY:Anna's Birthday\nDTSTART:20260312\nRECURRENCE-ID:20260312\n", "" },
		{ "SUMMARY:Anna's Birthday\nSTATUS:CANCELLED\nRECURRENCE-ID:20260312\n", "" },
	};

	check_events(rows, ARRAY_SIZE(rows));
}

static void ical_files(void)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "" },
		{ "BEGIN:VCALENDAR\nX-WR-CALNAME:Birthdays\nBEGIN:VEVENT\nSUMMARY:Anna\n"
		  "DTSTART:20260312\n" YEARLY "END:VEVENT\nEND:VCALENDAR\n"
		  "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Ben\nDTSTART:20260312\n" YEARLY
		  "END:VEVENT\nEND:VCALENDAR\n",
			"10! is a yearly event of no person\n3 Anna|B:--03-12|\n" },
		/* a rule of a time zone, an alarm's trigger */
		{ "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19701025T030000\n" YEARLY
		  "END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nBEGIN:VALARM\nSUMMARY:Alarm\n"
		  "END:VALARM\nSUMMARY:Anna's Birthday\nDTSTART:20260312\n" YEARLY
		  "END:VEVENT\nEND:VCALENDAR\n",
			"8 Anna|B:--03-12|\n" },
		{ "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:Tax\nEND:VTODO\nEND:VCALENDAR\n",
			"2! is a task, not an event\n" },
		{ "BEGIN:VEVENT\nSUMMARY:Birthday: A\nBEGIN:VALARM\nBEGIN:VEVENT\nSUMMARY:Birthday: B\n"
		  "DTSTART:20260312\n" YEARLY "END:VEVENT\n",
			"1! has no END:VEVENT\n4 B|B:--03-12|\n" },
		{ "BEGIN:VEVENT\nSUMMARY:Birthday: A\nDTSTART:20260312\n",
			"1! has no END:VEVENT\n" },
		{ "hello\nworld\n\nBEGIN:VEVENT\nSUMMARY:Birthday: A\nDTSTART:20260312\n" YEARLY
		  "END:VEVENT\n",
			"1! is no iCalendar: no BEGIN:VCALENDAR stands before it\n4 A|B:--03-12|\n" },
		/* days of one name are one person; two birthdays are two */
		{ "BEGIN:VEVENT\nUID:1\nSUMMARY:Birthday: A\nDTSTART:20260312\n" YEARLY
		  "END:VEVENT\nBEGIN:VEVENT\nUID:2\nSUMMARY:Anniversary: A\nDTSTART:20260506\n" YEARLY
		  "END:VEVENT\nBEGIN:VEVENT\nUID:3\nSUMMARY:Birthday: A\nDTSTART:20260706\n" YEARLY
		  "END:VEVENT\nBEGIN:VEVENT\nUID:4\nSUMMARY:Birthday: A (1984)\nDTSTART:20260312\n" YEARLY
		  "END:VEVENT\n",
			"1 A|uid=1|B:1984-03-12|A:--05-06|\n13 A|uid=3|B:--07-06|\n" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		for (size_t piece = 1; piece < 40; piece += 3) {
			TEST_ROW("row %zu in pieces of %zu", i, piece);
			CHECK_INT(ical_read(&seen, rows[i].event, strlen(rows[i].event), piece), 0);
			CHECK_TEXT(str_text(&seen.text), rows[i].seen);
		}
	str_done(&seen.text);
}

/* More people than are held at once come out in their order, each once. */
static void ical_holds_a_few(void)
{
	_cleanup_str_ struct str file = STR_INIT, expected = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	for (int i = 0; i < 3 * ICAL_HELD_MAX + 1; i++) {
		str_addf(&file,
			"BEGIN:VEVENT\nSUMMARY:Birthday: P%dx\nDTSTART:20260312\n" YEARLY
			"END:VEVENT\n",
			i);
		str_addf(&expected, "%d P%dx|B:--03-12|\n", i * 5 + 1, i);
	}
	CHECK_INT(ical_read(&seen, file.data, file.len, 1000), 0);
	CHECK_TEXT(str_text(&seen.text), expected.data);
	str_done(&seen.text);
}

static void ical_limits(void)
{
	static const struct {
		const char *head, *piece;
		size_t times;
		const char *seen;
	} rows[] = {
		{ "DESCRIPTION:", "0123456789", 6552, "1 X|note=0123456789" },
		{ "DESCRIPTION:", "0123456789", 6553, "1! has a line of more than 64 KiB\n" },
		{ "ATTACH:", "0123456789", 300000, "1 X|B:--03-12|\n" },
		{ "", "BEGIN:X\n", 300000, "1 X|B:--03-12|\n" },
		{ "", "COMMENT:x\n", 300000, "1 X|B:--03-12|\n" },
		{ "", "ATTENDEE:mailto:a@b.c\n", 3000, "1 X|B:--03-12|\n" },
		{ "", "CATEGORIES:a\n", 3000, "1 X|B:--03-12|\n" },
	};
	struct seen seen = { .text = STR_INIT };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_str_ struct str file = STR_INIT;

		TEST_ROW("row %zu", i);
		str_addf(&file, "BEGIN:VEVENT\nSUMMARY:Birthday: X\nDTSTART:20260312\n" YEARLY "%s",
			rows[i].head);
		for (size_t k = 0; k < rows[i].times; k++)
			str_add(&file, rows[i].piece);
		str_add(&file, "\nEND:VEVENT\n");
		CHECK_INT(ical_read(&seen, file.data, file.len, 65536), 0);
		CHECK(str_starts(str_text(&seen.text), rows[i].seen));
	}
	str_done(&seen.text);
}

/* One name with a thousand days does not grow without end. */
static void ical_days_of_one_name(void)
{
	_cleanup_str_ struct str file = STR_INIT;
	struct seen seen = { .text = STR_INIT };

	for (int i = 0; i < 4 * ICAL_DAYS_MAX; i++)
		str_addf(&file,
			"BEGIN:VEVENT\nSUMMARY:Anniversary: X\nDTSTART:2026%02d%02d\n" YEARLY
			"END:VEVENT\n",
			i / 28 + 1, i % 28 + 1);
	CHECK_INT(ical_read(&seen, file.data, file.len, 1000), 0);
	CHECK_INT(seen.records, 4);
	str_done(&seen.text);
}

static void ical_handler_ends_the_reading(void)
{
	static const char file[] = "BEGIN:VEVENT\nSUMMARY:Birthday: A\nDTSTART:20260312\n" YEARLY
				   "END:VEVENT\nBEGIN:VEVENT\nSUMMARY:Birthday: B\n"
				   "DTSTART:20260312\n" YEARLY "END:VEVENT\n";
	struct seen seen = { .text = STR_INIT, .stop_at = 1 };

	CHECK_INT(ical_read(&seen, file, strlen(file), 5), -5);
	CHECK_TEXT(str_text(&seen.text), "1 A|B:--03-12|\n");
	str_done(&seen.text);
}

TEST_MAIN(TEST(ical_people), TEST(ical_own_days), TEST(ical_own_people), TEST(ical_single_days),
	TEST(ical_years), TEST(ical_rules), TEST(ical_rejects), TEST(ical_files),
	TEST(ical_holds_a_few), TEST(ical_limits), TEST(ical_days_of_one_name),
	TEST(ical_handler_ends_the_reading))
