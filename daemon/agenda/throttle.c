/* SPDX-License-Identifier: MIT */
/*
 * throttle: how many mails may go in any 60 seconds.
 */
#include "agenda/throttle.h"

#include "core/mem.h"

#include <stdlib.h>

void throttle_done(struct throttle *throttle)
{
	free(throttle->at);
	*throttle = (struct throttle){ 0 };
}

int throttle_set(struct throttle *throttle, int per_minute, struct err *reterr)
{
	size_t max = per_minute > 0 ? (size_t)per_minute : 0;
	int64_t *at;

	if (max == throttle->max)
		return 0;
	at = max ? calloc(max, sizeof(*at)) : NULL;
	if (max && !at)
		return err_oom(reterr);
	for (size_t i = 0; i < max; i++)
		at[i] = INT64_MIN;
	free(throttle->at);
	*throttle = (struct throttle){ .at = at, .max = max };
	return 0;
}

int64_t throttle_when(const struct throttle *throttle, int64_t now)
{
	int64_t oldest = throttle->max ? throttle->at[throttle->next] : INT64_MIN;

	if (oldest == INT64_MIN || oldest > now || now - oldest >= THROTTLE_SECONDS)
		return now;
	return oldest + THROTTLE_SECONDS;
}

void throttle_take(struct throttle *throttle, int64_t now)
{
	if (!throttle->max)
		return;
	throttle->at[throttle->next] = now;
	throttle->next = (throttle->next + 1) % throttle->max;
}
