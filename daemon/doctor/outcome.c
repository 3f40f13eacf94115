/* SPDX-License-Identifier: MIT */
/*
 * outcome: what became of a mail that has not arrived, and what its recipients can do.
 */
#include "doctor/outcome.h"

static const char *const outcome_remedies[OUTCOME_COUNT] = {
	[OUTCOME_REFUSED] = ERR_TEXT(
		"Correct what the server names, the digest's `to` or `smtp.from`; "
		"this tries it: nudge test-send"),
	[OUTCOME_IN_DOUBT] = ERR_TEXT(
		"It is sent again by itself; why the answer is lost shows: nudge test-send -v"),
	[OUTCOME_AWAITED] = ERR_TEXT(
		"The service gives a server ten minutes for its answer, then settles it by itself, where it runs."),
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
	case OUTCOME_AWAITED:
		str_addf(out, err_translate("the mail to %s may have arrived or not"), recipient);
		return;
	default:
		str_addf(out, err_translate("the mail to %s has failed for more than an hour"),
			recipient);
	}
}

static void outcome_add_remedy(struct str *out, enum outcome outcome, const char *digest)
{
	if (outcome == OUTCOME_HELD)
		str_addf(out,
			err_translate(
				"Look whether it is there, and say so: nudge send %1$s --arrived; if it is not: "
				"nudge send %1$s --again"),
			digest);
	else
		str_add(out, err_translate(outcome_remedies[outcome]));
}

void outcome_judge(struct finding *ret, enum outcome outcome, const struct outcome_mail *mail)
{
	if (ret->state != FINDING_WRONG) {
		ret->state = FINDING_WRONG;
		str_clear(&ret->text);
		str_clear(&ret->remedy);
		outcome_add_remedy(&ret->remedy, outcome, mail->digest);
	}
	str_add_separator(&ret->text, "\n");
	outcome_add_text(&ret->text, outcome, mail->recipient);
	if (*mail->error)
		str_addf(&ret->text, ": %s", mail->error);
}
