/* SPDX-License-Identifier: MIT */
/*
 * act-occasion: a greeting said, left out, put back, not wanted any more.
 */
#include "cli/act.h"
#include "cli/words.h"

#include "book/occasions.h"
#include "book/touches.h"
#include "digest/wording.h"

#include <errno.h>

#define ACT_AHEAD_DAYS 60 /* lead_days' bound: what lies further ahead was never shown */

/* The occurrence that is meant: the one nearest to today, if it can have been shown and nothing was said
 * of it yet. */
static int act_find_occurrence(
	struct act *act, const struct occasion *o, int *ret_year, int32_t *ret_day)
{
	struct cli *cli = act->cli;
	_cleanup_str_ struct str date = STR_INIT;
	struct occurrence said;
	int r;

	*ret_year = occasion_nearest_year(o->date.month, o->date.day, cli->today, act->leap);
	*ret_day = occasion_day(o->date.month, o->date.day, *ret_year, act->leap);
	wording_add_date(&date, *ret_day);
	if (*ret_day > cli->today + ACT_AHEAD_DAYS)
		return err_set(&cli->err, -ENOENT, "b%lld is not due: its next day is %s",
			(long long)o->number, str_text(&date));
	r = occasions_occurrence(cli->store, cli->book, o->number, *ret_year, &said, &cli->err);
	if (r == 0 && said.done)
		return err_set(&cli->err, -ENOENT, "b%lld of %s was done before",
			(long long)o->number, str_text(&date));
	return r;
}

/* "congratulated (Thursday, 12 March 2027)": which one it was. */
static void act_tell_occurrence(
	struct act *act, int64_t number, const char *name, const char *state, int32_t day)
{
	_cleanup_str_ struct str text = STR_INIT;

	str_addf(&text, "%s (", state);
	wording_add_date(&text, day);
	str_add_char(&text, ')');
	act_tell(act, 'b', number, name, act->cli->json ? state : str_text(&text));
}

/* The occurrence that is meant, and whose it is. */
struct act_day {
	const struct occasion *o;
	const char *name;
	int year;
	int32_t day;
};

static int act_settle_day(struct act *act, const struct act_day *d, const char *what)
{
	struct cli *cli = act->cli;
	int r = occasions_set_done(
		cli->store, cli->book, d->o->number, d->year, cli->today, &cli->err);

	if (r == 0)
		act_tell_occurrence(act, d->o->number, d->name, what, d->day);
	return r;
}

/* Nobody is congratulated on the day one met: one writes to them. */
static int act_done_occasion(struct act *act, const struct act_day *d)
{
	struct cli *cli = act->cli;
	const char *kind = str_equal(d->o->kind, OCCASION_MET) ? "wrote" : "congratulated";
	int r = touches_add(cli->store, d->o->contact, cli->today, kind, act->note, &cli->err);

	return r < 0 ? r : act_settle_day(act, d, words_say("touch", kind));
}

static int act_skip_occasion(struct act *act, const struct act_day *d)
{
	return act_settle_day(act, d, _("left out this time"));
}

static int act_drop_occasion(struct act *act, const struct act_day *d)
{
	struct cli *cli = act->cli;
	int r = occasions_drop(cli->store, cli->book, d->o->number, &cli->err);

	if (r == 0)
		act_tell(act, 'b', d->o->number, d->name, _("not mentioned any more"));
	return r;
}

static int act_snooze_occasion(struct act *act, const struct act_day *d)
{
	struct cli *cli = act->cli;
	int r = occasions_set_until(
		cli->store, cli->book, d->o->number, d->year, act->day, &cli->err);

	if (r == 0)
		act_tell_until(act, 'b', d->o->number, d->name);
	return r;
}

static int (*const act_occasion_verbs[ACT_VERB_COUNT])(
	struct act *act, const struct act_day *day) = {
	[ACT_DONE] = act_done_occasion,
	[ACT_SKIP] = act_skip_occasion,
	[ACT_DROP] = act_drop_occasion,
	[ACT_SNOOZE] = act_snooze_occasion,
};

static int act_on_occasion(struct act *act, enum act_verb verb, int64_t number)
{
	_cleanup_occasions_ struct occasions found = { 0 };
	_cleanup_free_ char *name = NULL;
	struct cli *cli = act->cli;
	struct act_day day;
	int r = occasions_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no b%lld", (long long)number);
	if (r > 0 && found.all[0].dropped)
		return err_set(&cli->err, -ENOENT,
			"b%lld was dropped before: it is not mentioned any more",
			(long long)number);
	if (r > 0)
		r = contacts_name(cli->store, found.all[0].contact, &name, &cli->err);
	day = (struct act_day){ .o = found.all, .name = name };
	if (r == 0 && verb != ACT_DROP) /* which drops them all */
		r = act_find_occurrence(act, day.o, &day.year, &day.day);
	return r < 0 ? r : act_occasion_verbs[verb](act, &day);
}

const struct act_kind act_occasion = { 'b', act_on_occasion };
