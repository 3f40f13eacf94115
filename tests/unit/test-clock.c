/* SPDX-License-Identifier: MIT */
#include "base/clock.h"
#include "test.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define USEC INT64_C(1000000)

static void clock_pretended_times(void)
{
	static const struct {
		const char *text;
		int64_t instant;
	} rows[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1970-01-01T00:00Z", 0 },
		{ "1970-01-01 00:00:00Z", 0 },
		{ "2026-11-28T07:00:00+01:00", 1795845600 },
		{ "2026-11-28T07:00+01:00", 1795845600 },
		{ "2026-11-28T06:00:00Z", 1795845600 },
		{ "2026-11-28T00:30:00-05:30", 1795845600 },
		{ "2024-02-29T23:59:59Z", 1709251199 },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "1970-01-01T00:00:00+23:59", -86340 },
		{ "0001-01-01T00:00:00Z", INT64_C(-62135596800) },
		{ "9999-12-31T23:59:59Z", INT64_C(253402300799) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct clock clock = { 0 };
		struct err e = { "" };
		int64_t late;

		TEST_ROW("%s", rows[i].text);
		CHECK_INT(clock_pretend(&clock, rows[i].text, &e), 0);
		late = clock_now(&clock) - rows[i].instant;
		CHECK(late >= 0 && late < 60); /* it runs on */
	}
}

static void clock_refuses_what_is_no_time(void)
{
	static const char *const rows[] = {
		"",
		"now",
		"2026-11-28",
		"2026-11-28T07:00:00",
		"2026-11-28T07:00:00+1:00",
		"2026-11-28T07:00:00+0100",
		"2026-11-28T07:00:00+01:00:00",
		"2026-11-28T07:00:00+24:00",
		"2026-11-28T07:00:00+01:60",
		"2026-11-28T07:00:00Zulu",
		"2026-11-28T07:00:00Z ",
		" 2026-11-28T07:00:00Z",
		"2026-11-28_07:00:00Z",
		"2026-11-28T24:00:00Z",
		"2026-11-28T07:60:00Z",
		"2026-11-28T07:00:60Z",
		"2026-11-28T7:00:00Z",
		"2026-11-28T07:00:0Z",
		"2026-11-28T07-00-00Z",
		"2026-11-28T07:00:00.5Z",
		"2026-02-29T07:00:00Z",
		"2026-13-01T07:00:00Z",
		"0000-01-01T00:00:00Z",
		"--11-28T07:00:00+00:00",
		"2026-11-28T07:00:00−01:00",
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct clock clock = { 42 };
		struct err e = { "" };

		TEST_ROW("%s", rows[i]);
		CHECK_INT(clock_pretend(&clock, rows[i], &e), -EINVAL);
		CHECK_INT(clock.offset_usec, 42);
		CHECK(strstr(e.text, "write it as 2026-11-28T07:00:00+01:00"));
	}
}

static void clock_true_time(void)
{
	const struct clock clock = { 0 }, ahead = { 5 * USEC },
			   long_ago = { -INT64_C(100000000000) * USEC };
	int64_t before = time(NULL), now = clock_now(&clock), ago = clock_now(&long_ago);

	CHECK(now >= before && now < before + 60);
	CHECK(clock_now(&ahead) >= now + 5);
	/* Before 1970 seconds are rounded down, as they are after it. */
	CHECK(ago >= now - INT64_C(100000000000));
	CHECK(ago <= clock_now(&clock) - INT64_C(100000000000));
}

/* A timer is set by the system's clock, also where ours pretends. */
static void clock_of_the_system(void)
{
	static const struct {
		int64_t offset_usec, instant;
		uint64_t usec;
	} rows[] = {
		{ 0, 0, 0 },
		{ 0, 1795845600, UINT64_C(1795845600000000) },
		{ 90 * USEC, 100, 10 * USEC },
		{ -90 * USEC, 100, 190 * USEC },
		{ 0, -1, 0 }, /* gone by before the system's clock began */
		{ 200 * USEC, 100, 0 },
		{ 0, INT64_MAX, UINT64_MAX }, /* never */
		{ -90 * USEC, INT64_MAX, UINT64_MAX },
		{ 0, INT64_C(253402300799), UINT64_C(253402300799000000) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct clock clock = { rows[i].offset_usec };

		TEST_ROW("row %zu", i);
		CHECK(clock_system_usec(&clock, rows[i].instant) == rows[i].usec);
	}
}

TEST_MAIN(TEST(clock_pretended_times), TEST(clock_refuses_what_is_no_time), TEST(clock_true_time),
	TEST(clock_of_the_system))
