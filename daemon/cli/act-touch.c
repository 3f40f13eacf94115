/* SPDX-License-Identifier: MIT */
/*
 * act-touch: in touch again, or not now, or not any more.
 */
#include "cli/act.h"

#include "book/keeping.h"
#include "book/touches.h"

#include <errno.h>

static int act_done_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = touches_add(cli->store, k->contact, cli->today, "wrote", act->note, &cli->err);

	if (r == 0)
		act_tell(act, 't', k->number, name, _("in touch again"));
	return r;
}

static int act_skip_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = keeping_skip(cli->store, cli->book, k->number, cli->today, &cli->err);

	if (r == 0)
		act_tell(act, 't', k->number, name, _("left out this time"));
	return r;
}

static int act_drop_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = contacts_set(cli->store, k->contact, CONTACT_EVERY, KEEPING_NEVER, CONTACT_HAND,
		cli->today, &cli->err);

	if (r >= 0)
		act_tell(act, 't', k->number, name, _("not mentioned any more"));
	return r < 0 ? r : 0;
}

static int act_snooze_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = keeping_set_until(cli->store, cli->book, k->number, act->day, &cli->err);

	if (r == 0)
		act_tell_until(act, 't', k->number, name);
	return r;
}

static int (*const act_touch_verbs[ACT_VERB_COUNT])(
	struct act *act, const struct keeping *keeping, const char *name) = {
	[ACT_DONE] = act_done_touch,
	[ACT_SKIP] = act_skip_touch,
	[ACT_DROP] = act_drop_touch,
	[ACT_SNOOZE] = act_snooze_touch,
};

static int act_on_touch(struct act *act, enum act_verb verb, int64_t number)
{
	_cleanup_free_ char *name = NULL;
	struct cli *cli = act->cli;
	struct keeping keeping;
	int r = keeping_by_number(cli->store, cli->book, number, &keeping, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no t%lld", (long long)number);
	if (r > 0)
		r = contacts_name(cli->store, keeping.contact, &name, &cli->err);
	return r < 0 ? r : act_touch_verbs[verb](act, &keeping, name);
}

const struct act_kind act_touch = { 't', act_on_touch };
