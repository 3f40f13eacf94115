/* SPDX-License-Identifier: MIT */
/*
 * retry: when a mail that could not be sent is tried again.
 */
#include "agenda/retry.h"

#define RETRY_TO_LONGEST 9 /* failures, until the wait has doubled to the longest */

int64_t retry_wait(enum retry_why why, unsigned failures, uint32_t random)
{
	int64_t first = why == RETRY_RECIPIENT ? RETRY_GREYLIST_SECONDS : RETRY_FIRST_SECONDS;
	int64_t wait = first;

	for (unsigned i = 1; i < failures && wait < RETRY_LONGEST_SECONDS; i++)
		wait *= 2;
	if (wait > RETRY_LONGEST_SECONDS)
		wait = RETRY_LONGEST_SECONDS;
	wait -= (int64_t)(random % 1000) * (wait / 5) / 1000;
	return wait < first ? first : wait;
}

bool retry_is_over(int64_t first_failure, int64_t now)
{
	return now - first_failure >= RETRY_GIVE_UP_SECONDS;
}

int64_t retry_wait_doubt(unsigned copies, uint32_t random)
{
	return retry_wait(RETRY_SERVER, copies > 1 ? RETRY_TO_LONGEST : 1, random);
}

bool retry_is_doubtful(unsigned copies, int64_t first_failure, int64_t now)
{
	return copies >= RETRY_COPIES_MAX || retry_is_over(first_failure, now);
}
