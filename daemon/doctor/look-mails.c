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
};

static int look_at_missing(void *userdata, const struct mailed_missing *missing)
{
	struct look_mails *look = userdata;
	_cleanup_str_ struct str words = STR_INIT;
	enum outcome outcome = missing->refused ? OUTCOME_REFUSED
		: missing->held                 ? OUTCOME_HELD
		: missing->in_doubt             ? OUTCOME_IN_DOUBT
						: OUTCOME_WAITING;

	if (look->n++ < OUTCOME_LINES) {
		retell(&words, missing->error, err_translate);
		outcome_judge(look->finding, outcome, missing->recipient, str_text(&words));
	}
	return str_check(&words, NULL);
}

void doctor_look_mails(struct doctor *doctor, struct finding *ret)
{
	struct look_mails look = { ret, 0 };
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
		mailed_each_missing(doctor->store, clock_now(&doctor->options->clock),
			look_at_missing, &look, &e) < 0)
		finding_unclear(ret, "%s", e.text);
}
