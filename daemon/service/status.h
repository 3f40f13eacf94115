/* SPDX-License-Identifier: MIT */
/*
 * status: the service's state in one line, for `systemctl status`.
 */
#ifndef NUDGE_SERVICE_STATUS_H
#define NUDGE_SERVICE_STATUS_H

#include "base/clock.h"
#include "core/str.h"
#include "service/slots.h"

/* "All is well. Next digest: morning on Tue 2026-11-24 at 07:00 Europe/Berlin.", or what hangs. `trouble`,
 * a sentence with or without its full stop, may be ""; a long one is cut. Where the database cannot be read only the trouble is told. */
void status_write(
	struct str *out, struct slots *slots, const struct clock *clock, const char *trouble);

#endif
