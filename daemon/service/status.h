/* SPDX-License-Identifier: MIT */
/*
 * status: the service's state in one line, for `systemctl status`.
 */
#ifndef NUDGE_SERVICE_STATUS_H
#define NUDGE_SERVICE_STATUS_H

#include "base/clock.h"
#include "book/store.h"
#include "conf/conf.h"
#include "core/str.h"

/* "Next: morning on Tue 24 Nov 07:00. 1 mail waits: the server refuses the login." `trouble` may be
 * "". Where the database cannot be read only the trouble is told. */
void status_write(struct str *out, struct store *store, const struct conf *conf,
	const struct clock *clock, const char *trouble);

#endif
