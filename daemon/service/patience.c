/* SPDX-License-Identifier: MIT */
/*
 * patience: for how long another process may hold the database before that is a trouble to tell of.
 */
#include "service/patience.h"

#include "core/str.h"
#include "format/shellword.h"

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

unsigned patience_seconds(const struct patience *patience, uint64_t now)
{
	return patience->since ? (unsigned)((now - patience->since) / 1000000) : 0;
}

void patience_blame(const char *database, unsigned seconds, struct err *ret)
{
	_cleanup_str_ struct str quoted = STR_INIT;

	shellword_add(&quoted, database, SHELLWORD_SINGLE);
	(void)err_set(ret, 0,
		"another process has held database %s for %u seconds: no digest is written and no "
		"mail sent until it lets go; `fuser -v '%s'` names it",
		database, seconds, quoted.failed ? database : str_text(&quoted));
}
