/* SPDX-License-Identifier: MIT */
/*
 * act-coffee: a coffee on to its next stage, or left to rest.
 */
#include "cli/act.h"
#include "cli/words.h"

#include "book/coffees.h"
#include "book/touches.h"

#include <errno.h>

static int act_refuse_coffee(struct act *act, const struct coffee *c, const char *why)
{
	return err_set(&act->cli->err, -ENOENT, "c%lld with %s: %s", (long long)c->number, c->name,
		_(why));
}

static int act_next_stage(struct act *act, const struct coffee *c, enum coffee_stage *ret)
{
	*ret = coffee_advance(&c->facts, act->cli->today);
	if (*ret != COFFEE_STAGE_COUNT)
		return 0;
	return act_refuse_coffee(act, c,
		c->facts.stage == COFFEE_AGREED
			? N_("it is still to come")
			: N_("agreed for when? For example: nudge coffee Anna agreed --on \"friday 15:00\""));
}

/* What is said of an invitation is of what was written, else of the meeting. */
static int act_note_coffee(struct act *act, const struct coffee *c, enum coffee_stage stage)
{
	struct cli *cli = act->cli;

	if (stage == COFFEE_INVITED)
		return touches_add(
			cli->store, c->contact, cli->today, "wrote", act->note, &cli->err);
	return coffees_add_note(cli->store, c, act->note, cli->today, &cli->err);
}

static const char *act_coffee_state(const struct coffee *before, enum coffee_stage stage)
{
	if (before->facts.stage != stage)
		return words_say("coffee", coffee_stage_name(stage));
	return stage == COFFEE_INVITED ? _("asked once more") : _("told what came of it");
}

static int act_done_coffee(struct act *act, const struct coffee *c)
{
	struct cli *cli = act->cli;
	struct coffee now = *c;
	enum coffee_stage stage = COFFEE_IDEA;
	int r = act_next_stage(act, c, &stage);

	/* What came of it is told: that was the last of it. */
	if (c->facts.stage == COFFEE_THANKED)
		now.facts.outcome = false;
	if (r == 0)
		r = coffees_set_stage(cli->store, cli->book, &now, stage, cli->today, &cli->err);
	if (r == 0 && act->note)
		r = act_note_coffee(act, c, stage);
	if (r == 0)
		act_tell(act, 'c', c->number, c->name, act_coffee_state(c, stage));
	return r;
}

/* Not this time; what was met stays met. */
static int act_skip_coffee(struct act *act, const struct coffee *c)
{
	static const enum coffee_stage rest[COFFEE_STAGE_COUNT] = {
		[COFFEE_IDEA] = COFFEE_DECLINED,
		[COFFEE_INVITED] = COFFEE_NO_ANSWER,
		[COFFEE_AGREED] = COFFEE_DECLINED,
	};
	struct cli *cli = act->cli;
	int r;

	if (c->facts.stage == COFFEE_MET || c->facts.stage == COFFEE_THANKED)
		r = coffees_close(cli->store, cli->book, c->number, &cli->err);
	else
		r = coffees_set_stage(
			cli->store, cli->book, c, rest[c->facts.stage], cli->today, &cli->err);
	if (r == 0)
		act_tell(act, 'c', c->number, c->name, _("left to rest"));
	return r;
}

static int act_snooze_coffee(struct act *act, const struct coffee *c)
{
	struct cli *cli = act->cli;
	int r = coffees_set_until(cli->store, cli->book, c->number, act->day, &cli->err);

	if (r == 0)
		act_tell_until(act, 'c', c->number, c->name);
	return r;
}

static int (*const act_coffee_verbs[ACT_VERB_COUNT])(
	struct act *act, const struct coffee *coffee) = {
	[ACT_DONE] = act_done_coffee,
	[ACT_SKIP] = act_skip_coffee,
	[ACT_DROP] = act_skip_coffee,
	[ACT_SNOOZE] = act_snooze_coffee,
};

static int act_on_coffee(struct act *act, enum act_verb verb, int64_t number)
{
	_cleanup_coffees_ struct coffees found = { 0 };
	struct cli *cli = act->cli;
	int r = coffees_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no c%lld", (long long)number);
	if (r > 0 && !found.all[0].open)
		return act_refuse_coffee(act, &found.all[0], N_("that was done before"));
	return r < 0 ? r : act_coffee_verbs[verb](act, &found.all[0]);
}

const struct act_kind act_coffee = { 'c', act_on_coffee };
