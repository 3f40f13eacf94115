/* SPDX-License-Identifier: MIT */
/*
 * daily: what the service does once a day: a checked copy of the database.
 */
#include "service/daily.h"

#include "book/backups.h"
#include "book/store.h"
#include "book/troubles.h"
#include "service/journal.h"

#include <errno.h>

void daily_back_up(struct store *store, int64_t now, int32_t *done_day)
{
	int32_t today = (int32_t)(now / 86400 - (now % 86400 < 0));
	struct err e;
	int r;

	if (*done_day == today)
		return;
	/* What the digests took serves the copy: it would come on top. */
	store_rest(store);
	r = backups_write_daily(store, today, &e);
	if (r == -EBUSY) /* a command writes: the next look tries again */
		return;
	*done_day = today;
	if (r == 1) {
		(void)troubles_clear(store, DAILY_TROUBLE, NULL);
		journal_write(LOG_INFO, NULL, "the day's backup was written");
	} else if (r < 0) {
		(void)err_prefix(&e, r, "no backup was made");
		(void)troubles_set(store, DAILY_TROUBLE, now, e.text, NULL);
		journal_tell(LOG_ERR, JOURNAL_BACKUP, "%s", e.text);
	}
}
