/* SPDX-License-Identifier: MIT */
/*
 * unit: what systemd knows of the service, and what to make of it.
 */
#ifndef NUDGE_DOCTOR_UNIT_H
#define NUDGE_DOCTOR_UNIT_H

#include "doctor/finding.h"

#define UNIT_TIMER "nudged-once.timer" /* in its place, for those who want no resident process */

enum unit_manager {
	UNIT_ASKED,       /* systemd answered */
	UNIT_ABSENT,      /* another init is at work here, or none */
	UNIT_NONE,        /* no unit reads this configuration: `program` */
	UNIT_UNREACHABLE, /* systemd is there and did not answer: `complaint` */
};

struct unit {
	enum unit_manager manager;
	bool system;    /* the system's own unit, else the user's */
	char name[256]; /* "nudged", or "nudged@anna", one of several */
	char word[512]; /* the same as a shell has it */
	struct str complaint;
	struct str program; /* what is typed in place of a unit */
	bool lends;         /* the password is systemd's to hand over */
	/* Words of systemd, "" where it named none. */
	char load[24];   /* "loaded", "not-found", "masked" */
	char active[24]; /* "active", "inactive", "failed", "activating" */
	char file[24];   /* "enabled", "disabled", "static", "masked" */
	bool killed;     /* it ended last by a signal */
	bool limited;    /* it was started too often, and systemd refused once more */
	int status;      /* with which it ended, or the signal's number */
	char timer_active[24], timer_file[24];
};
void unit_done(struct unit *unit);
void unit_set_name(struct unit *unit, const char *name);

/* Reads what `systemctl show` prints of the service and the timer: lines "Name=Value", an empty one between
 * the two. Other names are passed over. */
void unit_read(struct unit *unit, const char *text);
/* The value of one name in such lines, up to an empty one, copied into `ret`; "" where it is not there. */
void unit_value(const char *text, const char *name, char *ret, size_t size);

/* "systemctl --user" or "systemctl". */
const char *unit_systemctl(const struct unit *unit);

/* One that holds the database and answers nobody; `process` is its number, 0 where it is not known. */
void unit_judge_silent(struct finding *ret, const struct unit *unit, int process);
/* `running`: a service holds the database, however it was started. */
void unit_judge_service(struct finding *ret, const struct unit *unit, bool running);
/* Whether the service comes up by itself. */
void unit_judge_start(struct finding *ret, const struct unit *unit, bool running);
/* Whether the service of `user` goes on without them; `answer`: of `loginctl show-user`, NULL where it
 * did not answer, which it does not for somebody who is neither logged in nor lingering. */
void unit_judge_lingering(
	struct finding *ret, const struct unit *unit, const char *user, const char *answer);

#endif
