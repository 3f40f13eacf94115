/* SPDX-License-Identifier: MIT */
/*
 * finding: what one check found, in words, and what mends it.
 */
#ifndef NUDGE_DOCTOR_FINDING_H
#define NUDGE_DOCTOR_FINDING_H

#include "core/str.h"

enum finding_state {
	FINDING_WELL,
	FINDING_UNCLEAR, /* it could not be checked; the text says why */
	FINDING_WRONG,
	FINDING_STATE_COUNT,
};

struct finding {
	enum finding_state state;
	struct str
		text; /* a few words, or a sentence; several lines where several things are wrong */
	struct str
		remedy; /* a command, or a sentence that says what to do; empty where there is none */
};
void finding_done(struct finding *finding);
#define _cleanup_finding_ _cleanup_(finding_done)

/* Each sets state and text, in the place of what was there. Formats are translated. */
void finding_well(struct finding *finding, const char *format, ...) PRINTF_LIKE(2, 3);
void finding_unclear(struct finding *finding, const char *format, ...) PRINTF_LIKE(2, 3);
void finding_wrong(struct finding *finding, const char *format, ...) PRINTF_LIKE(2, 3);
void finding_remedy(struct finding *finding, const char *format, ...) PRINTF_LIKE(2, 3);
/* A remedy that is a command and nothing else: the same in all languages. */
void finding_command(struct finding *finding, const char *format, ...) PRINTF_LIKE(2, 3);

/* Wrong, by a sentence that may name its remedy: in "WHAT: `COMMAND` mends it" the text is WHAT and the
 * remedy COMMAND; any other command in backquotes is the remedy of the whole sentence. */
void finding_wrong_by(struct finding *finding, const char *sentence);

const char *finding_state_name(enum finding_state state); /* "well", for JSON */

#endif
