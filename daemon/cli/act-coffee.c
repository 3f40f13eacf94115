/* SPDX-License-Identifier: MIT */
/*
 * act-coffee: a coffee on to its next stage, or left to rest.
 */
#include "cli/act.h"

#include "book/coffees.h"

#include <errno.h>

/* On to the next stage; what was agreed and is over was met, and is thanked for with that. */
static int act_done_coffee(struct act *act, const struct coffee *c)
{
	static const enum coffee_stage next[COFFEE_STAGE_COUNT] = {
		[COFFEE_IDEA] = COFFEE_INVITED,
		[COFFEE_INVITED] = COFFEE_AGREED,
		[COFFEE_AGREED] = COFFEE_THANKED,
		[COFFEE_MET] = COFFEE_THANKED,
		[COFFEE_THANKED] = COFFEE_THANKED,
		[COFFEE_DECLINED] = COFFEE_DECLINED,
		[COFFEE_NO_ANSWER] = COFFEE_INVITED,
	};
	struct cli *cli = act->cli;
	struct coffee now = *c;
	enum coffee_stage stage = next[c->facts.stage];
	int r;

	if (c->facts.stage == COFFEE_AGREED && c->facts.has_day && c->facts.day > cli->today)
		return err_set(&cli->err, -ENOENT, "c%lld is still to come", (long long)c->number);
	/* What came of it is told: that was the last of it. */
	if (c->facts.stage == COFFEE_THANKED)
		now.facts.outcome = false;
	r = coffees_set_stage(cli->store, cli->book, &now, stage, cli->today, &cli->err);
	if (r == 0 && act->note)
		r = contacts_touch(cli->store, c->contact, cli->today, "met", act->note, &cli->err);
	if (r == 0)
		act_tell(act, 'c', c->number, c->name, coffee_stage_name(stage));
	return r;
}

static int act_skip_coffee(struct act *act, const struct coffee *c)
{
	struct cli *cli = act->cli;
	int r = coffees_set_stage(cli->store, cli->book, c,
		c->facts.stage == COFFEE_INVITED ? COFFEE_NO_ANSWER : COFFEE_DECLINED, cli->today,
		&cli->err);

	if (r == 0)
		act_tell(act, 'c', c->number, c->name, "left to rest");
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
	return r < 0 ? r : act_coffee_verbs[verb](act, &found.all[0]);
}

const struct act_kind act_coffee = { 'c', act_on_coffee };
