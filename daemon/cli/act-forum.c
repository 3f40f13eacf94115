/* SPDX-License-Identifier: MIT */
/*
 * act-forum: one answer more, or none any more.
 */
#include "cli/act.h"

#include "book/forums.h"

#include <errno.h>

/* One answer more. */
static int act_done_forum(struct act *act, const struct forum *f)
{
	struct cli *cli = act->cli;
	int r = forums_reply(
		cli->store, cli->book, f->number, cli->today, 1, 0, act->note, &cli->err);

	if (r == 0)
		act_tell(act, 'g', f->number, f->name, _("one answer more"));
	return r;
}

static int act_drop_forum(struct act *act, const struct forum *f)
{
	struct cli *cli = act->cli;
	int r = forums_drop(cli->store, cli->book, f->number, &cli->err);

	if (r == 0)
		act_tell(act, 'g', f->number, f->name, _("not mentioned any more"));
	return r;
}

static int act_skip_forum(struct act *act, const struct forum *f)
{
	return err_set(&act->cli->err, -ENOENT,
		"g%lld needs no skip: a week or month without answers passes without a word; to end"
		" it: nudge drop g%lld",
		(long long)f->number, (long long)f->number);
}

static int act_snooze_forum(struct act *act, const struct forum *f)
{
	return err_set(&act->cli->err, -ENOENT,
		"g%lld has no day to put off: a missed week or month is not mentioned",
		(long long)f->number);
}

static int (*const act_forum_verbs[ACT_VERB_COUNT])(struct act *act, const struct forum *forum) = {
	[ACT_DONE] = act_done_forum,
	[ACT_SKIP] = act_skip_forum,
	[ACT_DROP] = act_drop_forum,
	[ACT_SNOOZE] = act_snooze_forum,
};

static int act_on_forum(struct act *act, enum act_verb verb, int64_t number)
{
	_cleanup_forums_ struct forums found = { 0 };
	struct cli *cli = act->cli;
	int r = forums_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no g%lld", (long long)number);
	return r < 0 ? r : act_forum_verbs[verb](act, &found.all[0]);
}

const struct act_kind act_forum = { 'g', act_on_forum };
