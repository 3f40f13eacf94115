/* SPDX-License-Identifier: MIT */
/*
 * sights: when a clock was first seen that is not believed yet.
 */
#include "book/sights.h"

#include "core/str.h"

#include <stdio.h>

int sights_load(struct store *store, struct trust_sight *ret, struct err *reterr)
{
	_cleanup_rows_ struct store_rows rows = { 0 };
	int r = store_query(&rows, store, reterr,
		"SELECT b.value, CAST(u.value AS INTEGER), CAST(c.value AS INTEGER)"
		" FROM meta b, meta u, meta c WHERE b.key='clock boot' AND u.key='clock uptime'"
		" AND c.key='clock seen'",
		"");

	if (r == 0)
		r = store_next(&rows, reterr);
	if (r != 1)
		return r;
	(void)snprintf(ret->boot, sizeof(ret->boot), "%s", store_text(&rows, 0));
	ret->uptime = store_int(&rows, 1);
	ret->clock = store_int(&rows, 2);
	return 1;
}

int sights_save(struct store *store, const struct trust_sight *sight, struct err *reterr)
{
	return store_run(store, reterr,
		"INSERT OR REPLACE INTO meta VALUES ('clock boot', ?1),"
		" ('clock uptime', CAST(?2 AS TEXT)), ('clock seen', CAST(?3 AS TEXT))",
		"tii", sight->boot, sight->uptime, sight->clock);
}

int sights_clear(struct store *store, struct err *reterr)
{
	return store_run(store, reterr,
		"DELETE FROM meta WHERE key IN ('clock boot', 'clock uptime', 'clock seen')", "");
}
