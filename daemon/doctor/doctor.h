/* SPDX-License-Identifier: MIT */
/*
 * doctor: looks at all that a digest needs on its way, and says what is wrong and what mends it.
 *
 * Each check is a row of a table: what it is called, which others must be well before it can be made,
 * who looks. Looking (look-*.c) gathers facts; what to make of them is judged apart (unit, server, disk,
 * timekeeping), without a clock, file or socket.
 */
#ifndef NUDGE_DOCTOR_DOCTOR_H
#define NUDGE_DOCTOR_DOCTOR_H

#include "base/clock.h"
#include "doctor/finding.h"

struct doctor_options {
	const char *config_path; /* where conf_find() found it */
	bool system;             /* the system's service, else a user's own */
	struct clock clock;
};

struct doctor_report {
	const char *name;  /* "server", for JSON */
	const char *title; /* the same for a person, translated */
	int status; /* of sysexits(3): what the command ends with where this one is not well */
	const struct finding *finding;
};

/* The one look that others take too: whether the database's disk has room and can be written. It is tried, in
 * a file without a name. */
void doctor_look_disk(const char *database, struct finding *ret);

/* Makes all checks, also behind one that failed, and reports each as soon as it is made. They wait for the
 * server and for systemd, half a minute each at most. -ENOMEM, or 0. */
int doctor_examine(const struct doctor_options *options,
	void (*report)(void *userdata, const struct doctor_report *report), void *userdata,
	struct err *reterr);

#endif
