/* SPDX-License-Identifier: MIT */
/*
 * look-mails: whether what was sent has arrived.
 */
#include "base/retell.h"
#include "book/mailed.h"
#include "book/outbox.h"
#include "doctor/doctor-internal.h"
#include "doctor/outcome.h"

struct look_mails {
	struct finding *finding;
	size_t n;
	int64_t now;
};

static enum outcome look_for_outcome(const struct mailed_missing *missing)
{
	if (missing->refused)
		return OUTCOME_REFUSED;
	if (missing->held)
		return OUTCOME_HELD;
	if (missing->awaited_since)
		return OUTCOME_AWAITED;
	return missing->in_doubt ? OUTCOME_IN_DOUBT : OUTCOME_WAITING;
}

static int look_at_missing(void *userdata, const struct mailed_missing *missing)
{
	struct look_mails *look = userdata;
	_cleanup_str_ struct str words = STR_INIT;

	if (look->n++ >= OUTCOME_LINES)
		return 0;
	if (missing->awaited_since)
		str_addf(&words, err_translate("the server has not answered for %lld minutes"),
			(long long)(look->now - missing->awaited_since) / 60);
	else
		retell(&words, missing->error, err_translate);
	outcome_judge(look->finding, look_for_outcome(missing),
		&(struct outcome_mail){ missing->digest, missing->recipient, str_text(&words) });
	return str_check(&words, NULL);
}

void doctor_look_mails(struct doctor *doctor, struct finding *ret)
{
	struct look_mails look = { ret, 0, clock_now(&doctor->options->clock) };
	struct err e;
	struct outbox_counts counts = { 0 };
	int64_t waiting;

	if (doctor->store)
		(void)outbox_count(doctor->store, &counts, NULL);
	waiting = counts.queued + counts.attempting;
	if (waiting)
		finding_well(ret, "none is missing; waiting for their next try: %lld",
			(long long)waiting);
	else
		finding_well(ret, "none is missing");
	/* There may be none yet, and all is well with that. */
	if (doctor->store &&
		mailed_each_missing(doctor->store, look.now, look_at_missing, &look, &e) < 0)
		finding_unclear(ret, "%s", e.text);
	else if (look.n > OUTCOME_LINES)
		str_addf(&ret->text, err_translate("\nand %zu more: nudge status"),
			look.n - OUTCOME_LINES);
}
