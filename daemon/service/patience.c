/* SPDX-License-Identifier: MIT */
/*
 * patience: for how long another process may hold the database before that is a trouble to tell of.
 */
#include "service/patience.h"

#include <stdio.h>

bool patience_lasts(struct patience *patience, uint64_t now)
{
	if (!patience->since)
		patience->since = now;
	return now - patience->since < UINT64_C(1000000) * PATIENCE_SECONDS;
}

void patience_renew(struct patience *patience)
{
	patience->since = 0;
}

void patience_blame(const char *database, struct err *ret)
{
	(void)snprintf(ret->text, sizeof(ret->text),
		"another process has held database %s for %d seconds: no digest is written and no "
		"mail sent until it lets go; `fuser -v %s` names it",
		database, PATIENCE_SECONDS, database);
}
