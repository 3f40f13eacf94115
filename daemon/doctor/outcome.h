/* SPDX-License-Identifier: MIT */
/*
 * outcome: what became of a mail that has not arrived, and what its recipients can do.
 */
#ifndef NUDGE_DOCTOR_OUTCOME_H
#define NUDGE_DOCTOR_OUTCOME_H

#include "doctor/finding.h"

#define OUTCOME_LINES 5 /* that are worth reading */

enum outcome {
	OUTCOME_REFUSED,  /* for good */
	OUTCOME_HELD,     /* it may have arrived; nothing sends it again by itself */
	OUTCOME_IN_DOUBT, /* it may have arrived, and is sent again */
	OUTCOME_AWAITED,  /* it may have arrived: the server has not answered yet */
	OUTCOME_WAITING,  /* it fails again and again */
	OUTCOME_COUNT,
};

struct outcome_mail {
	const char *digest, *recipient;
	const char *error; /* a sentence, or "" */
};

/* Wrong, by one more line; the remedy is that of the first. */
void outcome_judge(struct finding *ret, enum outcome outcome, const struct outcome_mail *mail);

#endif
