/* SPDX-License-Identifier: MIT */
/*
 * act-followup: a follow-up done, left out, put back, dropped; one that repeats moves on.
 */
#include "cli/act.h"

#include "book/followups.h"
#include "book/touches.h"
#include "digest/wording.h"

#include <errno.h>

static int act_check_open(struct act *act, const struct followup *f)
{
	if (f->done)
		return err_set(
			&act->cli->err, -ENOENT, "f%lld was done before", (long long)f->number);
	return 0;
}

/* One that repeats is not done long before its turn, as a second `done` by mistake would swallow one: not
 * in the first half of its span, a month having 28 days at least. */
static int act_check_turn(struct act *act, const struct followup *f)
{
	int32_t span = 28 * f->repeat.months + f->repeat.days;
	_cleanup_str_ struct str date = STR_INIT;

	if (!span || 2 * (f->due_day - act->cli->today) <= span)
		return 0;
	wording_add_date(&date, f->due_day);
	return err_set(&act->cli->err, -ENOENT,
		"f%lld is not due: its next day is %s; to end it: nudge drop f%lld",
		(long long)f->number, str_text(&date), (long long)f->number);
}

static bool act_repeats(const struct followup *f)
{
	return f->repeat.months || f->repeat.days;
}

/* One that repeats is due again on its next day. */
static int act_move_on(struct act *act, const struct followup *f, const char *done)
{
	_cleanup_str_ struct str state = STR_INIT, date = STR_INIT;
	struct cli *cli = act->cli;
	int32_t next = repeat_next(&f->repeat, f->first_day, f->due_day, cli->today);
	int r = followups_set_due(cli->store, cli->book, f->number, next, f->due_minute, &cli->err);

	if (r < 0)
		return r;
	wording_add_date(&date, next);
	/* TRANSLATORS: what was done to a follow-up, the day on which it comes again */
	str_addf(&state, _("%1$s; again %2$s"), done, str_text(&date));
	act_tell(act, 'f', f->number, f->what, str_text(&state));
	return str_check(&state, &cli->err);
}

static int act_close(struct act *act, const struct followup *f, const char *state)
{
	struct cli *cli = act->cli;
	int r = followups_set_done(
		cli->store, cli->book, f->number, cli->today, act->note, &cli->err);

	if (r == 0)
		act_tell(act, 'f', f->number, f->what, state);
	return r;
}

static int act_done_follow_up(struct act *act, const struct followup *f)
{
	struct cli *cli = act->cli;
	int r = act_check_open(act, f);

	if (r == 0)
		r = act_check_turn(act, f);
	if (r == 0 && f->contact)
		r = touches_add(cli->store, f->contact, cli->today, "follow-up",
			act->note ? act->note : f->what, &cli->err);
	if (r < 0)
		return r;
	return act_repeats(f) ? act_move_on(act, f, _("done")) : act_close(act, f, _("done"));
}

static int act_skip_follow_up(struct act *act, const struct followup *f)
{
	int r = act_check_open(act, f);

	if (r == 0)
		r = act_check_turn(act, f);
	if (r < 0)
		return r;
	return act_repeats(f) ? act_move_on(act, f, _("left out"))
			      : act_close(act, f, _("left out"));
}

static int act_drop_follow_up(struct act *act, const struct followup *f)
{
	int r = act_check_open(act, f);

	return r < 0 ? r : act_close(act, f, _("dropped"));
}

static int act_snooze_follow_up(struct act *act, const struct followup *f)
{
	struct cli *cli = act->cli;
	int r = act_check_open(act, f);

	if (r == 0)
		r = followups_set_due(cli->store, cli->book, f->number, act->day,
			act->minute >= 0 ? act->minute : f->due_minute, &cli->err);
	if (r == 0)
		act_tell_until(act, 'f', f->number, f->what);
	return r;
}

static int (*const act_follow_up_verbs[ACT_VERB_COUNT])(
	struct act *act, const struct followup *followup) = {
	[ACT_DONE] = act_done_follow_up,
	[ACT_SKIP] = act_skip_follow_up,
	[ACT_DROP] = act_drop_follow_up,
	[ACT_SNOOZE] = act_snooze_follow_up,
};

static int act_on_follow_up(struct act *act, enum act_verb verb, int64_t number)
{
	_cleanup_followups_ struct followups found = { 0 };
	struct cli *cli = act->cli;
	int r = followups_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no f%lld", (long long)number);
	return r < 0 ? r : act_follow_up_verbs[verb](act, &found.all[0]);
}

const struct act_kind act_follow_up = { 'f', act_on_follow_up };
