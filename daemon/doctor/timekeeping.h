/* SPDX-License-Identifier: MIT */
/*
 * timekeeping: whether the clock is one to send digests by.
 */
#ifndef NUDGE_DOCTOR_TIMEKEEPING_H
#define NUDGE_DOCTOR_TIMEKEEPING_H

#include "agenda/trust.h"
#include "doctor/finding.h"

struct timekeeping {
	int64_t now;
	/* What the digests make of it; where one does not believe it, that one and its last claim.
	 * `digest` NULL: those of the database. */
	enum trust trust;
	const char *digest;
	int64_t last;
	/* What systemd knows of it: `timedatectl show`, NULL where that did not answer. */
	const char *answer;
	bool container; /* whose clock is its host's to keep */
};

void timekeeping_judge(struct finding *ret, const struct timekeeping *time);

#endif
