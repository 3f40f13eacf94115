/* SPDX-License-Identifier: MIT */
/*
 * act-thanks: thanks given, or left out.
 */
#include "cli/act.h"

#include "book/ledger.h"
#include "book/touches.h"

#include <errno.h>

/* A thank-you is a touch; one that is left out is closed without one. */
static int act_done_thanks(struct act *act, const struct thanks *t, const char *name)
{
	struct cli *cli = act->cli;
	int r = thanks_set_done(cli->store, cli->book, t->number, cli->today, &cli->err);

	if (r == 0)
		r = touches_add(cli->store, t->contact, cli->today, "thanked",
			act->note ? act->note : t->what, &cli->err);
	if (r == 0)
		act_tell(act, 'y', t->number, name, _("thanked"));
	return r;
}

static int act_drop_thanks(struct act *act, const struct thanks *t, const char *name)
{
	struct cli *cli = act->cli;
	int r = thanks_set_done(cli->store, cli->book, t->number, cli->today, &cli->err);

	if (r == 0)
		act_tell(act, 'y', t->number, name, _("left out"));
	return r;
}

static int act_snooze_thanks(struct act *act, const struct thanks *t, const char *name)
{
	struct cli *cli = act->cli;
	int r = thanks_set_day(cli->store, cli->book, t->number, act->day, &cli->err);

	if (r == 0)
		act_tell_until(act, 'y', t->number, name);
	return r;
}

static int (*const act_thanks_verbs[ACT_VERB_COUNT])(
	struct act *act, const struct thanks *thanks, const char *name) = {
	[ACT_DONE] = act_done_thanks,
	[ACT_SKIP] = act_drop_thanks,
	[ACT_DROP] = act_drop_thanks,
	[ACT_SNOOZE] = act_snooze_thanks,
};

static int act_on_thanks(struct act *act, enum act_verb verb, int64_t number)
{
	_cleanup_thanks_ struct thanks_list found = { 0 };
	_cleanup_free_ char *name = NULL;
	struct cli *cli = act->cli;
	int r = thanks_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no y%lld", (long long)number);
	if (r > 0 && found.all[0].done)
		return err_set(&cli->err, -ENOENT, "y%lld was done before", (long long)number);
	if (r > 0)
		r = contacts_name(cli->store, found.all[0].contact, &name, &cli->err);
	return r < 0 ? r : act_thanks_verbs[verb](act, &found.all[0], name);
}

const struct act_kind act_thanks = { 'y', act_on_thanks };
