/* SPDX-License-Identifier: MIT */
/*
 * trust: whether a clock is to be believed that does not go on from where the last digest was.
 */
#include "agenda/trust.h"

#include "core/str.h"

#define TRUST_DRIFT_SECONDS 60 /* between the clock and the time since boot: more was a setting */

enum trust trust_judge(int64_t now, int64_t last, int64_t next)
{
	if (now < last - TRUST_BEHIND_SECONDS)
		return TRUST_BEHIND;
	if (now > last + TRUST_AHEAD_SECONDS && now > next + TRUST_BEHIND_SECONDS)
		return TRUST_AHEAD;
	return TRUST_GOOD;
}

int64_t trust_wait(const struct trust_sight *first, const struct trust_sight *now)
{
	int64_t clock = now->clock - first->clock, uptime = now->uptime - first->uptime;
	int64_t waited = clock;

	if (str_equal(first->boot, now->boot)) {
		if (clock < uptime - TRUST_DRIFT_SECONDS || clock > uptime + TRUST_DRIFT_SECONDS)
			return TRUST_ANEW;
		waited = uptime;
	}
	if (waited < 0)
		return TRUST_ANEW;
	return waited >= TRUST_WAIT_SECONDS ? 0 : TRUST_WAIT_SECONDS - waited;
}
