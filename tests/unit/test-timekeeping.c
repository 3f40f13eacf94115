/* SPDX-License-Identifier: MIT */
#include "doctor/timekeeping.h"

#include "test.h"

#define NOV_23 INT64_C(1795420800) /* 2026-11-23T08:00:00Z */

static void the_clock_by_who_keeps_it(void)
{
	static const struct {
		const char *answer;
		enum finding_state state;
		const char *text, *remedy; /* parts */
	} rows[] = {
		{ NULL, FINDING_WELL, "without systemd", "" },
		{ "", FINDING_WELL, "without systemd", "" },
		{ "CanNTP=yes\nNTP=yes\nNTPSynchronized=yes\n", FINDING_WELL, "kept right", "" },
		/* By a service that systemd does not start. */
		{ "CanNTP=no\nNTP=no\nNTPSynchronized=yes\n", FINDING_WELL, "kept right", "" },
		{ "CanNTP=yes\nNTP=yes\nNTPSynchronized=no\n", FINDING_WRONG,
			"not set by the network", "timesync-status" },
		{ "CanNTP=yes\nNTP=no\nNTPSynchronized=no\n", FINDING_WRONG, "switched off",
			"timedatectl set-ntp true" },
		{ "CanNTP=no\nNTP=no\nNTPSynchronized=no\n", FINDING_WRONG, "installed",
			"Install" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		const struct timekeeping time = { .now = NOV_23, .answer = rows[i].answer };

		TEST_ROW("%s", rows[i].answer ? rows[i].answer : "no answer");
		timekeeping_judge(&finding, &time);
		CHECK_INT(finding.state, rows[i].state);
		CHECK(strstr(str_text(&finding.text), rows[i].text) != NULL);
		CHECK(strstr(str_text(&finding.remedy), rows[i].remedy) != NULL);
		CHECK((rows[i].state == FINDING_WELL) == !finding.remedy.len);
	}
}

static void a_container_has_the_hosts(void)
{
	_cleanup_finding_ struct finding finding = { 0 };
	struct timekeeping time = { .now = NOV_23,
		.container = true,
		.answer = "CanNTP=no\nNTP=no\nNTPSynchronized=no\n" };

	timekeeping_judge(&finding, &time);
	CHECK_INT(finding.state, FINDING_WELL);
	CHECK_TEXT(str_text(&finding.text), "that of the host, which keeps it");
	time.trust = TRUST_AHEAD;
	time.digest = "d";
	timekeeping_judge(&finding, &time);
	CHECK_INT(finding.state, FINDING_WRONG);
}

/* Whoever keeps it: a clock that no digest believes is the worse. */
static void a_clock_that_is_not_believed(void)
{
	static const struct {
		enum trust trust;
		int64_t now;
		const char *digest, *text;
	} rows[] = {
		{ TRUST_BEHIND, 0, "d",
			"it says 1970-01-01, but digest d was last due on 2026-11-23: none is sent before "
			"it is set, or 10 minutes have passed" },
		{ TRUST_BEHIND, -1, "d",
			"it says 1969-12-31, but digest d was last due on 2026-11-23: none is sent before "
			"it is set, or 10 minutes have passed" },
		{ TRUST_AHEAD, NOV_23 + INT64_C(400) * 86400, "d",
			"it says 2027-12-28, but digest d was last due on 2026-11-23: none is sent before "
			"it is set, or 10 minutes have passed" },
		{ TRUST_BEHIND, 0, NULL,
			"it says 1970-01-01, but the last digest was due on 2026-11-23: none is sent "
			"before it is set, or 10 minutes have passed" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_finding_ struct finding finding = { 0 };
		const struct timekeeping time = { .now = rows[i].now,
			.trust = rows[i].trust,
			.digest = rows[i].digest,
			.last = NOV_23,
			.answer = "NTPSynchronized=yes\n" };

		TEST_ROW("%zu", i);
		timekeeping_judge(&finding, &time);
		CHECK_INT(finding.state, FINDING_WRONG);
		CHECK_TEXT(str_text(&finding.text), rows[i].text);
		CHECK_TEXT(str_text(&finding.remedy), "timedatectl set-ntp true");
	}
}

TEST_MAIN(TEST(the_clock_by_who_keeps_it), TEST(a_clock_that_is_not_believed),
	TEST(a_container_has_the_hosts))
