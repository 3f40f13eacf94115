/* SPDX-License-Identifier: MIT */
#include "core/mem.h"
#include "core/str.h"
#include "core/zone.h"
#include "test.h"
#include "tzif.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY INT64_C(86400)

static const char *const zones[] = {
	"Europe/Berlin",
	"Europe/Dublin",
	"Europe/London",
	"Europe/Moscow",
	"America/New_York",
	"America/St_Johns",
	"America/Nuuk",
	"America/Sao_Paulo",
	"Australia/Lord_Howe",
	"Pacific/Apia",
	"Pacific/Chatham",
	"Africa/Casablanca",
	"Africa/Monrovia",
	"Asia/Kathmandu",
	"Asia/Gaza",
	"Antarctica/Troll",
	"Etc/GMT+12",
	"UTC",
};

static int64_t seconds(struct civil c)
{
	return c.day * DAY + c.second;
}

static bool same_as_libc(const struct zone *zone, int64_t instant)
{
	time_t t = (time_t)instant;
	struct tm tm;

	return localtime_r(&t, &tm) && tm.tm_gmtoff == zone_offset(zone, instant);
}

/* Both sides of the change of offset between low and high. */
static bool same_change(const struct zone *zone, int64_t low, int64_t high)
{
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (zone_offset(zone, middle) == zone_offset(zone, low))
			low = middle;
		else
			high = middle;
	}
	return same_as_libc(zone, low) && same_as_libc(zone, high);
}

/* Thousands of instants of five centuries; the step is no part of a day or a year. */
static void compare_with_libc(const char *tz, const struct zone *zone, int first_year)
{
	int64_t step = 5 * DAY + 12345, last = day_number(2400, 1, 1) * DAY;

	(void)setenv("TZ", tz, 1);
	tzset();
	for (int64_t t = day_number(first_year, 1, 1) * DAY; t < last; t += step) {
		bool changed = zone_offset(zone, t) != zone_offset(zone, t + step);
		bool same = same_as_libc(zone, t) && (!changed || same_change(zone, t, t + step));

		TEST_ROW("%s from %" PRId64, tz, t);
		if (!CHECK(same))
			return;
	}
}

static void zone_agrees_with_libc(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(zones); i++) {
		_cleanup_(zone_freep) struct zone *zone = tzif_system_zone(zones[i]);
		char tz[64];

		if (!zone) {
			test_skip("the system has no time zone files");
			return;
		}
		(void)snprintf(tz, sizeof(tz), ":%s", zones[i]);
		compare_with_libc(tz, zone, 1900);
	}
}

static void zone_rules_agree_with_libc(void)
{
	static const char *const rules[] = {
		"CET-1CEST,M3.5.0,M10.5.0/3",
		"EST5EDT,M3.2.0,M11.1.0",
		"UTC0",
		"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
		"<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
		"IST-1GMT0,M10.5.0,M3.5.0/1",
		"AAA-1BBB,J60,J300/3",
		"AAA-1BBB,59/0:30:15,300",
		"AAA-1BBB,J2/0,J364/23",
		"AAA3BBB,M2.5.1/26,M9.1.3/-26",
		"AAA-12:45:30",
		"AAA+5BBB-2,J32,200",
		"AAA-1BBB,M2.5.6,M8.4.6/24",
	};

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone(rules[i]);

		/* glibc counts no years before 1970 for such a rule. */
		compare_with_libc(rules[i], zone, 1971);
	}
}

/* What glibc gets wrong, or other than RFC 8536 section 3.3.1 says. */
static void zone_rules_of_their_own(void)
{
	/* clang-format off */
	static const struct {
		const char *rule;
		int64_t instant;
		int32_t offset;
	} rows[] = {
		/* All the year daylight time, the last second of one year and the first of the next. */
		{ "XXX3EDT4,0/0,J365/23", INT64_C(1735700399), -4 * 3600 },
		{ "XXX3EDT4,0/0,J365/23", INT64_C(1735700400), -4 * 3600 },
		{ "XXX3EDT4,0/0,J365/23", INT64_C(1735711199), -4 * 3600 },
		{ "XXX3EDT4,0/0,J365/23", INT64_C(1735711200), -4 * 3600 },
		{ "XXX3EDT4,0/0,J365/23", INT64_C(1750000000), -4 * 3600 },
		/* Without edges: those of the United States, here the second Sunday of March 2025. */
		{ "EST5EDT", INT64_C(1741503599), -5 * 3600 },
		{ "EST5EDT", INT64_C(1741503600), -4 * 3600 },
		/* An edge a week outside its year: 2025-01-01T00:00 less 167 hours, and its other side. */
		{ "AAA0BBB,0/-167,180", INT64_C(1735689600) - 167 * 3600 - 1, 0 },
		{ "AAA0BBB,0/-167,180", INT64_C(1735689600) - 167 * 3600, 3600 },
		{ "AAA0BBB,180,J365/167", INT64_C(1735603200) + 166 * 3600 - 1, 3600 },
		{ "AAA0BBB,180,J365/167", INT64_C(1735603200) + 166 * 3600, 0 },
		/* Both edges outside it, on 2025-01-03 and 06, and on 2025-12-28. */
		{ "AAA0BBB,J364/167,J365/167", INT64_C(1735862400), 0 },
		{ "AAA0BBB,J364/167,J365/167", INT64_C(1736164800), 3600 },
		{ "AAA0BBB,0/-167,1/-167", INT64_C(1766880000), 0 },
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone(rows[i].rule);

		TEST_ROW("%s at %" PRId64, rows[i].rule, rows[i].instant);
		CHECK_INT(zone_offset(zone, rows[i].instant), rows[i].offset);
	}
}

static void zone_rules_refused(void)
{
	static const char *const rules[] = {
		"CE-1",
		"CET",
		"CET-",
		"CET-25",
		"CET-1:60",
		"CET-1CE,M3.5.0,M10.5.0",
		"<CET-1",
		"<+1>-1",
		"CET-1CEST,M3.5.0",
		"CET-1CEST,M3.5.0,",
		"CET-1CEST,M0.5.0,M10.5.0",
		"CET-1CEST,M13.5.0,M10.5.0",
		"CET-1CEST,M3.0.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0",
		"CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,J0,J365",
		"CET-1CEST,J366,J1",
		"CET-1CEST,366,1",
		"CET-1CEST,M3.5.0/168,M10.5.0",
		"CET-1CEST,M3.5.0/-168,M10.5.0",
		"CET-1CEST,M3.5.0,M10.5.0,",
		"CET-1CEST,M3.5.0,M10.5.0/3x",
		"CET-1 ",
		"CET-99999999999",
		"CET-1CEST,M3.5.0,M10.5.0/99999999999",
		"1",
		"-1",
	};

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		const struct tzif tzif = { .version = '2', .footer = rules[i] };
		_cleanup_(zone_freep) struct zone *zone = NULL;
		unsigned char bytes[TZIF_SIZE];
		struct err e = { "" };

		TEST_ROW("%s", rules[i]);
		CHECK_INT(zone_new(&zone, "Test", bytes, tzif_write(&tzif, bytes), &e), -EINVAL);
		CHECK(zone == NULL);
		CHECK(str_starts(e.text,
			"time zone \"Test\": the rule for later years is damaged at its byte "));
	}
}

static void zone_gaps_and_overlaps(void)
{
	/* clang-format off */
	static const struct {
		const char *zone, *civil, *utc;
		enum zone_fit fit;
	} rows[] = {
		/* The edges of a gap: its first and last second, and the seconds beside it. */
		{ "Europe/Berlin", "2026-03-29 01:59:59", "2026-03-29 00:59:59", ZONE_UNIQUE },
		{ "Europe/Berlin", "2026-03-29 02:00:00", "2026-03-29 01:00:00", ZONE_GAP },
		{ "Europe/Berlin", "2026-03-29 02:59:59", "2026-03-29 01:00:00", ZONE_GAP },
		{ "Europe/Berlin", "2026-03-29 03:00:00", "2026-03-29 01:00:00", ZONE_UNIQUE },
		/* And those of an overlap. */
		{ "Europe/Berlin", "2026-10-25 01:59:59", "2026-10-24 23:59:59", ZONE_UNIQUE },
		{ "Europe/Berlin", "2026-10-25 02:00:00", "2026-10-25 00:00:00", ZONE_OVERLAP },
		{ "Europe/Berlin", "2026-10-25 02:59:59", "2026-10-25 00:59:59", ZONE_OVERLAP },
		{ "Europe/Berlin", "2026-10-25 03:00:00", "2026-10-25 02:00:00", ZONE_UNIQUE },
		/* Beyond the file's last transition. */
		{ "Europe/Berlin", "2350-03-28 02:30:00", "2350-03-28 00:30:00", ZONE_UNIQUE },
		{ "Europe/Berlin", "2350-03-26 02:30:00", "2350-03-26 01:00:00", ZONE_GAP },
		{ "Europe/Berlin", "2350-10-29 02:30:00", "2350-10-29 00:30:00", ZONE_OVERLAP },
		/* Daylight time that is the standard one, and winter time the saving. */
		{ "Europe/Dublin", "2026-03-29 01:30:00", "2026-03-29 01:00:00", ZONE_GAP },
		{ "Europe/Dublin", "2026-10-25 01:30:00", "2026-10-25 00:30:00", ZONE_OVERLAP },
		{ "Africa/Casablanca", "2026-03-22 02:30:00", "2026-03-22 02:00:00", ZONE_GAP },
		/* Half an hour of daylight time. */
		{ "Australia/Lord_Howe", "2026-10-04 02:15:00", "2026-10-03 15:30:00", ZONE_GAP },
		{ "Australia/Lord_Howe", "2026-10-04 02:30:00", "2026-10-03 15:30:00", ZONE_UNIQUE },
		{ "Australia/Lord_Howe", "2026-04-05 01:45:00", "2026-04-04 14:45:00", ZONE_OVERLAP },
		{ "Australia/Lord_Howe", "2026-04-05 02:00:00", "2026-04-04 15:30:00", ZONE_UNIQUE },
		/* A day that never was. */
		{ "Pacific/Apia", "2011-12-29 23:59:59", "2011-12-30 09:59:59", ZONE_UNIQUE },
		{ "Pacific/Apia", "2011-12-30 00:00:00", "2011-12-30 10:00:00", ZONE_GAP },
		{ "Pacific/Apia", "2011-12-30 23:59:59", "2011-12-30 10:00:00", ZONE_GAP },
		{ "Pacific/Apia", "2011-12-31 00:00:00", "2011-12-30 10:00:00", ZONE_UNIQUE },
		/* A day that came twice. */
		{ "America/Juneau", "1867-10-19 12:00:00", "1867-10-18 20:57:41", ZONE_OVERLAP },
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(zone_freep) struct zone *zone = tzif_system_zone(rows[i].zone);
		enum zone_fit fit = ZONE_UNIQUE;

		if (!zone) {
			test_skip("the system has no time zone files");
			return;
		}
		TEST_ROW("%s %s", rows[i].zone, rows[i].civil);
		CHECK_INT(zone_instant(zone, tzif_civil(rows[i].civil), &fit),
			tzif_instant(rows[i].utc));
		CHECK_INT(fit, rows[i].fit);
	}
}

/* zone.h's promises for one instant. */
static bool keeps_order(const struct zone *zone, int64_t instant)
{
	struct civil shown = zone_civil(zone, instant), latest = zone_latest(zone, instant);
	struct civil later = { latest.day + (latest.second == 86399), (latest.second + 1) % 86400 };

	return seconds(shown) == instant + zone_offset(zone, instant) &&
		seconds(latest) >= seconds(shown) && zone_instant(zone, shown, NULL) <= instant &&
		zone_instant(zone, latest, NULL) <= instant &&
		zone_instant(zone, later, NULL) > instant;
}

static void zone_order_is_kept(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(zones); i++) {
		_cleanup_(zone_freep) struct zone *zone = tzif_system_zone(zones[i]);
		int64_t t = day_number(2009, 1, 1) * DAY, latest = INT64_MIN;

		for (; zone && t < day_number(2040, 1, 1) * DAY; t += 1740) {
			int64_t now = seconds(zone_latest(zone, t));
			bool kept = now >= latest && keeps_order(zone, t);

			TEST_ROW("%s %" PRId64, zones[i], t);
			if (!CHECK(kept))
				break;
			latest = now;
		}
	}
}

static void zone_latest_in_an_overlap(void)
{
	_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone("CET-1CEST,M3.5.0,M10.5.0/3");
	int64_t change = tzif_instant("2026-10-25 01:00:00");

	CHECK_INT(seconds(zone_latest(zone, change - 1)), tzif_instant("2026-10-25 02:59:59"));
	CHECK_INT(seconds(zone_latest(zone, change)), tzif_instant("2026-10-25 02:59:59"));
	CHECK_INT(seconds(zone_civil(zone, change)), tzif_instant("2026-10-25 02:00:00"));
	CHECK_INT(seconds(zone_latest(zone, change + 3599)), tzif_instant("2026-10-25 02:59:59"));
	CHECK_INT(seconds(zone_latest(zone, change + 3600)), tzif_instant("2026-10-25 03:00:00"));
}

/* Forward two hours, and back one and a half before they have passed. */
static void zone_jumps_within_jumps(void)
{
	const struct tzif tzif = {
		.version = '2',
		.footer = "",
		.offsets = { 0, 7200, 1800 },
		.n_offsets = 3,
		.transitions = { { 100 * DAY, 1 }, { 100 * DAY + 1800, 2 } },
		.n_transitions = 2,
	};
	_cleanup_(zone_freep) struct zone *zone = tzif_zone(&tzif);
	enum zone_fit fit;

	/* 01:00 is jumped over; that it is shown later does not put it after 02:15. */
	CHECK_INT(zone_instant(zone, (struct civil){ 100, 3600 }, &fit), 100 * DAY);
	CHECK_INT(fit, ZONE_GAP);
	CHECK_INT(zone_instant(zone, (struct civil){ 100, 8100 }, &fit), 100 * DAY + 900);
	CHECK_INT(fit, ZONE_OVERLAP);
	for (int64_t t = 99 * DAY; t < 102 * DAY; t += 60) {
		TEST_ROW("%" PRId64, t);
		CHECK(keeps_order(zone, t));
	}
}

/* Back an hour, and forward again after half of it: 00:30 is shown once only, 00:29:59 twice. */
static void zone_back_and_forth(void)
{
	const struct tzif tzif = {
		.version = '2',
		.footer = "",
		.offsets = { 3600, 0 },
		.n_offsets = 2,
		.transitions = { { 100 * DAY, 1 }, { 100 * DAY + 1800, 0 } },
		.n_transitions = 2,
	};
	_cleanup_(zone_freep) struct zone *zone = tzif_zone(&tzif);
	enum zone_fit fit;

	CHECK_INT(zone_instant(zone, (struct civil){ 100, 1799 }, &fit), 100 * DAY - 1801);
	CHECK_INT(fit, ZONE_OVERLAP);
	CHECK_INT(zone_instant(zone, (struct civil){ 100, 1800 }, &fit), 100 * DAY - 1800);
	CHECK_INT(fit, ZONE_UNIQUE);
	/* The first time after the gap that the way forward leaves. */
	CHECK_INT(zone_instant(zone, (struct civil){ 100, 5400 }, &fit), 100 * DAY + 1800);
	CHECK_INT(fit, ZONE_UNIQUE);
}

static void zone_first_and_last_type(void)
{
	struct tzif tzif = {
		.footer = "",
		.offsets = { 60, 3600, 7200 },
		.n_offsets = 3,
		.transitions = { { -1000, 1 }, { 1000, 2 } },
		.n_transitions = 2,
	};
	static const char versions[] = { '\0', '2', '3', '4' };

	for (size_t i = 0; i < sizeof(versions); i++) {
		_cleanup_(zone_freep) struct zone *zone = NULL;

		tzif.version = versions[i];
		zone = tzif_zone(&tzif);
		TEST_ROW("version %d", versions[i]);
		CHECK_INT(zone_offset(zone, -1001), 60);
		CHECK_INT(zone_offset(zone, -1000), 3600);
		CHECK_INT(zone_offset(zone, 999), 3600);
		CHECK_INT(zone_offset(zone, 1000), 7200);
		CHECK_INT(zone_offset(zone, INT64_C(1) << 36), 7200);
	}
}

static void zone_extremes_are_held(void)
{
	_cleanup_(zone_freep) struct zone *zone = tzif_rule_zone("<+14>-14<+15>,M3.5.0,M10.5.0");
	static const int64_t rows[] = { INT64_MIN, -(INT64_C(1) << 40), INT64_C(1) << 40,
		INT64_MAX };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct civil c = zone_civil(zone, rows[i]), latest = zone_latest(zone, rows[i]);

		TEST_ROW("%" PRId64, rows[i]);
		CHECK(c.day >= DAY_MIN && c.day <= DAY_MAX && c.second >= 0 && c.second < DAY);
		CHECK(latest.day >= c.day && latest.day <= DAY_MAX);
	}
	CHECK(zone_instant(zone, (struct civil){ DAY_MIN, 0 }, NULL) < DAY_MIN * DAY);
	CHECK(zone_instant(zone, (struct civil){ DAY_MAX, 86399 }, NULL) < (DAY_MAX + 1) * DAY);
}

static void zone_utc(void)
{
	_cleanup_(zone_freep) struct zone *zone = NULL;
	enum zone_fit fit = ZONE_GAP;

	CHECK_INT(zone_new_utc(&zone, NULL), 0);
	CHECK_INT(zone_offset(zone, 1700000000), 0);
	CHECK_INT(seconds(zone_civil(zone, -1)), -1);
	CHECK_INT(zone_civil(zone, -1).second, 86399);
	CHECK_INT(zone_instant(zone, tzif_civil("1969-12-31 23:59:59"), &fit), -1);
	CHECK_INT(fit, ZONE_UNIQUE);
}

static void zone_refuses_with_a_sentence(void)
{
	/* clang-format off */
	static const struct {
		size_t at; /* the byte of a version 2 file that is changed */
		unsigned char byte;
		const char *sentence;
	} rows[] = {
		{ 0, 'X', "this is no time zone file (TZif)" },
		{ 4, '5', "a time zone file of an unknown version" },
		{ 43, 200, "the time zone file is cut short" },
		{ 51 + 0, 'X', "this is no time zone file (TZif)" },
		{ 51 + 39, 0, "the time zone file's header is damaged" },
		{ 51 + 23, 2, "the time zone file's header is damaged" },
		{ 51 + 35, 100, "the time zone file is cut short" },
		{ 51 + 44, 0x7f, "the time zone file's transitions are damaged" },
		{ 51 + 52, 1, "the time zone file's transitions are damaged" },
		{ 51 + 53, 0x7f, "the time zone file's transitions are damaged" },
		{ 51 + 57, 2, "the time zone file's transitions are damaged" },
		{ 51 + 58, 1, "the time zone file's transitions are damaged" },
		{ 51 + 60, 'X', "the time zone file is cut short" },
	};
	/* clang-format on */
	const struct tzif tzif = {
		.version = '2', .footer = "", .transitions = { { 1000, 0 } }, .n_transitions = 1
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(zone_freep) struct zone *zone = NULL;
		unsigned char bytes[TZIF_SIZE];
		size_t n = tzif_write(&tzif, bytes);
		struct err e = { "" };

		TEST_ROW("byte %zu", rows[i].at);
		bytes[rows[i].at] = rows[i].byte;
		CHECK_INT(zone_new(&zone, "Test", bytes, n, &e), -EINVAL);
		CHECK(str_starts(e.text, "time zone \"Test\": "));
		CHECK_TEXT(e.text + strlen("time zone \"Test\": "), rows[i].sentence);
	}
}

static void zone_refuses_disorder(void)
{
	static const int64_t second[] = { 1000, 999, INT64_MIN, (INT64_C(1) << 59) + 1 };
	struct tzif tzif = {
		.version = '2',
		.footer = "",
		.transitions = { { 1000, 0 }, { 1001, 0 } },
		.n_transitions = 2,
	};
	unsigned char bytes[TZIF_SIZE];

	zone_free(tzif_zone(&tzif));
	for (size_t i = 0; i < ARRAY_SIZE(second); i++) {
		_cleanup_(zone_freep) struct zone *zone = NULL;

		TEST_ROW("%" PRId64, second[i]);
		tzif.transitions[1].at = second[i];
		CHECK_INT(zone_new(&zone, "Test", bytes, tzif_write(&tzif, bytes), NULL), -EINVAL);
	}
}

static void zone_refuses_leap_seconds(void)
{
	static const unsigned char header[44] = { 'T', 'Z', 'i',
		'f', [31] = 1, [39] = 1, [43] = 1 };
	unsigned char bytes[44 + 6 + 1 + 8] = { 0 };
	_cleanup_(zone_freep) struct zone *zone = NULL;
	struct err e;

	memcpy(bytes, header, sizeof(header));
	CHECK_INT(zone_new(&zone, "right/UTC", bytes, sizeof(bytes), &e), -EINVAL);
	CHECK_TEXT(e.text,
		"time zone \"right/UTC\": the time zone file counts leap seconds; use the zone "
		"without \"right/\"");
}

static void zone_refuses_large_files(void)
{
	_cleanup_free_ unsigned char *bytes = calloc(1, ZONE_FILE_MAX + 1);
	_cleanup_(zone_freep) struct zone *zone = NULL;
	struct err e;

	CHECK_INT(zone_new(&zone, "Test", bytes, ZONE_FILE_MAX + 1, &e), -EINVAL);
	CHECK_TEXT(e.text, "time zone \"Test\": the file has over 524288 bytes");
}

/* A zone that was accepted is usable, whatever the file said. */
static void try_damaged(const unsigned char *bytes, size_t n)
{
	_cleanup_(zone_freep) struct zone *zone = NULL;
	struct err e = { "" };
	int r = zone_new(&zone, "damaged", bytes, n, &e);

	if (r < 0) {
		CHECK_INT(r, -EINVAL);
		CHECK(e.text[0] && !zone);
		return;
	}
	for (int64_t t = -70; t < 400; t += 9)
		CHECK(keeps_order(zone, t * 31556952));
}

static void zone_cut_anywhere(void)
{
	const struct tzif made = { .version = '2', .footer = "CET-1CEST,M3.5.0,M10.5.0/3" };
	_cleanup_free_ unsigned char *bytes = malloc(TZIF_SIZE);
	size_t n = bytes ? tzif_write(&made, bytes) : 0;

	for (size_t cut = 0; cut < n; cut++) {
		/* A block of its own size: the sanitizer sees a byte read too many. */
		_cleanup_free_ unsigned char *part = malloc(cut ? cut : 1);
		_cleanup_(zone_freep) struct zone *zone = NULL;

		TEST_ROW("%zu bytes", cut);
		if (CHECK(part != NULL))
			memcpy(part, bytes, cut);
		CHECK_INT(zone_new(&zone, "cut", part, cut, NULL), -EINVAL);
	}
}

static void zone_flipped_anywhere(void)
{
	size_t n = 0;
	_cleanup_free_ unsigned char *bytes = tzif_system_read("Europe/Berlin", &n);
	uint32_t random = 1;

	if (!bytes) {
		test_skip("the system has no time zone files");
		return;
	}
	for (int round = 0; round < 4000; round++) {
		size_t where;
		unsigned char was;

		random = random * 1664525 + 1013904223;
		/* Half of them in the 64-bit block's header and the footer, where most is decided.
		 */
		where = round % 2 ? (random >> 8) % n : n - 1 - (random >> 8) % 40;
		was = bytes[where];
		bytes[where] = (unsigned char)(was ^ (1 + (random >> 4) % 255));
		TEST_ROW("byte %zu is %d", where, bytes[where]);
		try_damaged(bytes, n);
		bytes[where] = was;
	}
}

TEST_MAIN(TEST(zone_agrees_with_libc), TEST(zone_rules_agree_with_libc),
	TEST(zone_rules_of_their_own), TEST(zone_rules_refused), TEST(zone_gaps_and_overlaps),
	TEST(zone_order_is_kept), TEST(zone_latest_in_an_overlap), TEST(zone_jumps_within_jumps),
	TEST(zone_back_and_forth), TEST(zone_first_and_last_type), TEST(zone_extremes_are_held),
	TEST(zone_utc), TEST(zone_refuses_with_a_sentence), TEST(zone_refuses_disorder),
	TEST(zone_refuses_leap_seconds), TEST(zone_refuses_large_files), TEST(zone_cut_anywhere),
	TEST(zone_flipped_anywhere))
