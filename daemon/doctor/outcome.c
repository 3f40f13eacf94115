/* SPDX-License-Identifier: MIT */
/*
 * outcome: what became of a mail that has not arrived, and what its recipients can do.
 */
#include "doctor/outcome.h"

static const char *const outcome_remedies[OUTCOME_COUNT] = {
	[OUTCOME_REFUSED] = ERR_TEXT(
		"Correct what the server names, the digest's `to` or `smtp.from`; "
		"this tries it: nudge test-send"),
	[OUTCOME_HELD] = ERR_TEXT(
		"Look whether it is there, and say so: nudge send --arrived; if it is not: nudge send --again"),
	[OUTCOME_IN_DOUBT] = ERR_TEXT(
		"It is sent again by itself; why the answer is lost shows: nudge test-send -v"),
	[OUTCOME_WAITING] = ERR_TEXT(
		"It is tried again by itself; what the server says to it shows: nudge test-send -v"),
};

static void outcome_add_text(struct str *out, enum outcome outcome, const char *recipient)
{
	switch (outcome) {
	case OUTCOME_REFUSED:
		str_addf(out, err_translate("the mail to %s was refused"), recipient);
		return;
	case OUTCOME_HELD:
		str_addf(out, err_translate("the mail to %s may have arrived or not, and is held"),
			recipient);
		return;
	case OUTCOME_IN_DOUBT:
		str_addf(out, err_translate("the mail to %s may have arrived or not"), recipient);
		return;
	default:
		str_addf(out, err_translate("the mail to %s has failed for more than an hour"),
			recipient);
	}
}

void outcome_judge(
	struct finding *ret, enum outcome outcome, const char *recipient, const char *error)
{
	if (ret->state != FINDING_WRONG) {
		ret->state = FINDING_WRONG;
		str_clear(&ret->text);
		str_clear(&ret->remedy);
		str_add(&ret->remedy, err_translate(outcome_remedies[outcome]));
	}
	str_add_separator(&ret->text, "\n");
	outcome_add_text(&ret->text, outcome, recipient);
	if (*error)
		str_addf(&ret->text, ": %s", error);
}
