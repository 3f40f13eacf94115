/* SPDX-License-Identifier: MIT */
/*
 * timekeeping: whether the clock is one to send digests by.
 */
#include "doctor/timekeeping.h"

#include "core/day.h"
#include "doctor/unit.h"

/* In UTC: where a clock is off by days, the hour does not matter. */
static const char *timekeeping_day(int64_t instant, char text[DAY_TEXT_SIZE])
{
	struct date date = day_date((int32_t)(instant / 86400 - (instant % 86400 < 0)));

	return day_format(&date, text);
}

static void timekeeping_judge_distrust(struct finding *ret, const struct timekeeping *time)
{
	char now[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];

	const int minutes = (int)(TRUST_WAIT_SECONDS / 60);

	if (time->digest)
		finding_wrong(ret,
			"it says %s, but digest %s was last due on %s: none is sent before it is set, or %d minutes "
			"have passed",
			timekeeping_day(time->now, now), time->digest,
			timekeeping_day(time->last, last), minutes);
	else
		finding_wrong(ret,
			"it says %s, but the last digest was due on %s: none is sent before it is set, or %d minutes "
			"have passed",
			timekeeping_day(time->now, now), timekeeping_day(time->last, last),
			minutes);
	finding_command(ret, "timedatectl set-ntp true");
}

void timekeeping_judge(struct finding *ret, const struct timekeeping *time)
{
	char ntp[8] = "", can[8] = "", synchronised[8] = "";

	if (time->answer) {
		unit_value(time->answer, "NTP", ntp, sizeof(ntp));
		unit_value(time->answer, "CanNTP", can, sizeof(can));
		unit_value(time->answer, "NTPSynchronized", synchronised, sizeof(synchronised));
	}
	if (time->trust != TRUST_GOOD)
		timekeeping_judge_distrust(ret, time);
	else if (!*synchronised)
		finding_well(ret,
			"it goes on from the last digest; who keeps it right cannot be told without systemd");
	else if (str_equal(synchronised, "yes"))
		finding_well(ret, "kept right over the network");
	else if (time->container)
		finding_well(ret, "that of the host, which keeps it");
	else if (str_equal(can, "no")) {
		finding_wrong(ret, "nothing keeps it right: no service for that is installed");
		finding_remedy(ret, "Install one: systemd-timesyncd, chrony or another.");
	} else if (str_equal(ntp, "no")) {
		finding_wrong(ret, "nothing keeps it right: that is switched off");
		finding_command(ret, "timedatectl set-ntp true");
	} else {
		finding_wrong(ret, "it is not set by the network yet");
		finding_remedy(ret,
			"Check the network, and what its time service says: timedatectl timesync-status");
	}
}
