/* SPDX-License-Identifier: MIT */
/*
 * service: the loop of nudged: takes slots when they are due and delivers what they wrote.
 */
#ifndef NUDGE_SERVICE_SERVICE_H
#define NUDGE_SERVICE_SERVICE_H

#include "base/clock.h"

#include <stdbool.h>

struct service_options {
	const char *config_path; /* where conf_find() found it */
	struct clock clock;
	bool once; /* send what is due now, one attempt each, and end */
};

/* Runs until it is told to end. An exit status: 0; 75 `once` and something stays queued, or another
 * service has the database; 78 the configuration is wrong; others of sysexits(3). What is wrong is in
 * the journal. */
int service_run(const struct service_options *options);

#endif
