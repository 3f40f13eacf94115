/* SPDX-License-Identifier: MIT */
/*
 * act-outreach: a request to somebody new on to its next stage, put off, or left to rest.
 */
#include "cli/act.h"
#include "cli/request.h"
#include "cli/words.h"

#include <errno.h>

/* The profile was read again, and what was noted still holds. */
static int act_read_outreach(struct act *act, const struct outreach *o)
{
	struct cli *cli = act->cli;
	int r = outreaches_set_answer(cli->store, o, OUTREACH_TODAY,
		act->note ? act->note : o->answers[OUTREACH_TODAY], cli->today, &cli->err);

	if (r == 0)
		act_tell(act, 'o', o->number, o->name, _("read again, ready"));
	return r;
}

/* Ready, then sent, then accepted. */
static int act_done_outreach(struct act *act, const struct outreach *o)
{
	struct cli *cli = act->cli;
	enum outreach_stage stage = o->facts.stage == OUTREACH_DRAFT ? OUTREACH_SENT
								     : OUTREACH_ACCEPTED;
	int32_t day;
	int r;

	if (outreach_next(&o->facts, cli->today, &day) == OUTREACH_READ)
		return act_read_outreach(act, o);
	r = request_advance(cli, o, stage);
	if (r == 0)
		act_tell(act, 'o', o->number, o->name,
			words_say("outreach", outreach_stage_name(stage)));
	return r;
}

static int act_snooze_outreach(struct act *act, const struct outreach *o)
{
	struct cli *cli = act->cli;
	int r = outreaches_set_until(cli->store, o, act->day, &cli->err);

	if (r == 0)
		act_tell_until(act, 'o', o->number, o->name);
	return r;
}

/* A draft comes back; what nobody answered rests. */
static int act_skip_outreach(struct act *act, const struct outreach *o)
{
	struct cli *cli = act->cli;
	int r;

	if (o->facts.stage == OUTREACH_DRAFT) {
		act->day = cli->today + OUTREACH_PAUSE_DAYS;
		return act_snooze_outreach(act, o);
	}
	r = outreaches_set_stage(cli->store, o, OUTREACH_NO_ANSWER, cli->today, &cli->err);
	if (r == 0)
		act_tell(act, 'o', o->number, o->name, _("left to rest"));
	return r;
}

static int act_drop_outreach(struct act *act, const struct outreach *o)
{
	struct cli *cli = act->cli;
	int r = outreaches_set_stage(cli->store, o,
		o->facts.stage == OUTREACH_DRAFT ? OUTREACH_DROPPED : OUTREACH_NO_ANSWER,
		cli->today, &cli->err);

	if (r == 0)
		act_tell(act, 'o', o->number, o->name, _("not mentioned any more"));
	return r;
}

static int (*const act_outreach_verbs[ACT_VERB_COUNT])(
	struct act *act, const struct outreach *outreach) = {
	[ACT_DONE] = act_done_outreach,
	[ACT_SKIP] = act_skip_outreach,
	[ACT_DROP] = act_drop_outreach,
	[ACT_SNOOZE] = act_snooze_outreach,
};

static int act_on_outreach(struct act *act, enum act_verb verb, int64_t number)
{
	_cleanup_outreaches_ struct outreaches found = { 0 };
	struct cli *cli = act->cli;
	int32_t day;
	int r = outreaches_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no o%lld", (long long)number);
	if (r > 0 && outreach_next(&found.all[0].facts, cli->today, &day) == OUTREACH_NOTHING)
		return err_set(&cli->err, -ENOENT, "o%lld is closed: %s", (long long)number,
			words_say("outreach", outreach_stage_name(found.all[0].facts.stage)));
	return r < 0 ? r : act_outreach_verbs[verb](act, &found.all[0]);
}

const struct act_kind act_outreach = { 'o', act_on_outreach };
