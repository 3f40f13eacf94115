/* SPDX-License-Identifier: MIT */
/*
 * verb-act: done, skip, snooze, drop: what a person says of items, by their handles.
 */
#include "book/coffees.h"
#include "book/followups.h"
#include "book/forums.h"
#include "book/keeping.h"
#include "book/ledger.h"
#include "book/occasions.h"
#include "cli/change.h"
#include "cli/fallback.h"
#include "cli/verbs.h"
#include "digest/wording.h"
#include "format/when.h"

#include <errno.h>

struct act {
	struct cli *cli;
	enum occasion_leap leap;
	const char *note; /* of done */
	int32_t day;      /* of snooze */
	int minute;
};

/* One line about what was done, or an element of the JSON array. */
static void act_tell(
	struct act *act, char letter, int64_t number, const char *what, const char *state)
{
	struct cli *cli = act->cli;
	_cleanup_str_ struct str handle = STR_INIT;

	str_addf(&handle, "%c%lld", letter, (long long)number);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "handle", str_text(&handle));
		json_add_string(&cli->js, "title", what);
		json_add_string(&cli->js, "state", state);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out, CLI_ACCENT "%s" CLI_PLAIN "  %s: %s\n", str_text(&handle), what,
			state);
	}
}

/* What happens to one thing. Each adds a line to the output; -ENOENT: there is no such thing. */
struct act_verb {
	const char *name;
	int (*occasion)(struct act *act, const struct occasion *occasion, const char *name);
	int (*follow_up)(struct act *act, const struct followup *followup);
	int (*touch)(struct act *act, const struct keeping *keeping, const char *name);
	int (*thanks)(struct act *act, const struct thanks *thanks, const char *name);
	int (*coffee)(struct act *act, const struct coffee *coffee);
	int (*forum)(struct act *act, const struct forum *forum);
	bool takes_note;
};

#define ACT_AHEAD_DAYS 60 /* lead_days' bound: what lies further ahead was never shown */

/* The occurrence that is meant: the one nearest to today, if it can have been shown and nothing was said
 * of it yet. */
static int act_find_occurrence(
	struct act *act, const struct occasion *o, bool again, int *ret_year, int32_t *ret_day)
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
	if (r == 0 && said.done && !again)
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

static int act_done_occasion(struct act *act, const struct occasion *o, const char *name)
{
	struct cli *cli = act->cli;
	int32_t day;
	int year, r = act_find_occurrence(act, o, false, &year, &day);

	if (r == 0)
		r = occasions_set_done(
			cli->store, cli->book, o->number, year, cli->today, &cli->err);
	if (r == 0)
		r = contacts_touch(
			cli->store, o->contact, cli->today, "congratulated", act->note, &cli->err);
	if (r == 0)
		act_tell_occurrence(act, o->number, name, "congratulated", day);
	return r;
}

static int act_skip_occasion(struct act *act, const struct occasion *o, const char *name)
{
	struct cli *cli = act->cli;
	int32_t day;
	int year, r = act_find_occurrence(act, o, false, &year, &day);

	if (r == 0)
		r = occasions_set_done(
			cli->store, cli->book, o->number, year, cli->today, &cli->err);
	if (r == 0)
		act_tell_occurrence(act, o->number, name, "left out this time", day);
	return r;
}

static int act_drop_occasion(struct act *act, const struct occasion *o, const char *name)
{
	struct cli *cli = act->cli;
	int r = occasions_drop(cli->store, cli->book, o->number, &cli->err);

	if (r == 0)
		act_tell(act, 'b', o->number, name, "not mentioned any more");
	return r;
}

static int act_check_open(struct act *act, const struct followup *f)
{
	if (f->done)
		return err_set(
			&act->cli->err, -ENOENT, "f%lld was done before", (long long)f->number);
	return 0;
}

static bool act_repeats(const struct followup *f)
{
	return f->repeat.months || f->repeat.days;
}

/* One that repeats is due again on its next day. */
static int act_move_on(struct act *act, const struct followup *f, const char *done)
{
	_cleanup_str_ struct str state = STR_INIT;
	struct cli *cli = act->cli;
	int32_t next = repeat_next(&f->repeat, f->first_day, f->due_day, cli->today);
	int r = followups_set_due(cli->store, cli->book, f->number, next, f->due_minute, &cli->err);

	if (r < 0)
		return r;
	str_addf(&state, "%s; again ", done);
	wording_add_date(&state, next);
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

	if (r == 0 && f->contact)
		r = contacts_touch(cli->store, f->contact, cli->today, "follow-up",
			act->note ? act->note : f->what, &cli->err);
	if (r < 0)
		return r;
	return act_repeats(f) ? act_move_on(act, f, "done") : act_close(act, f, "done");
}

static int act_skip_follow_up(struct act *act, const struct followup *f)
{
	int r = act_check_open(act, f);

	if (r < 0)
		return r;
	return act_repeats(f) ? act_move_on(act, f, "left out") : act_close(act, f, "left out");
}

static int act_drop_follow_up(struct act *act, const struct followup *f)
{
	int r = act_check_open(act, f);

	return r < 0 ? r : act_close(act, f, "dropped");
}

static int act_done_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = contacts_touch(cli->store, k->contact, cli->today, "wrote", act->note, &cli->err);

	if (r == 0)
		act_tell(act, 't', k->number, name, "in touch again");
	return r;
}

static int act_skip_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = keeping_skip(cli->store, cli->book, k->number, cli->today, &cli->err);

	if (r == 0)
		act_tell(act, 't', k->number, name, "left out this time");
	return r;
}

static int act_drop_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = contacts_set(cli->store, k->contact, CONTACT_EVERY, KEEPING_NEVER, CONTACT_HAND,
		cli->today, &cli->err);

	if (r >= 0)
		act_tell(act, 't', k->number, name, "not mentioned any more");
	return r < 0 ? r : 0;
}

/* A thank-you is a touch; one that is left out is closed without one. */
static int act_done_thanks(struct act *act, const struct thanks *t, const char *name)
{
	struct cli *cli = act->cli;
	int r = thanks_set_done(cli->store, cli->book, t->number, cli->today, &cli->err);

	if (r == 0)
		r = contacts_touch(cli->store, t->contact, cli->today, "thanked",
			act->note ? act->note : t->what, &cli->err);
	if (r == 0)
		act_tell(act, 'y', t->number, name, "thanked");
	return r;
}

static int act_drop_thanks(struct act *act, const struct thanks *t, const char *name)
{
	struct cli *cli = act->cli;
	int r = thanks_set_done(cli->store, cli->book, t->number, cli->today, &cli->err);

	if (r == 0)
		act_tell(act, 'y', t->number, name, "left out");
	return r;
}

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

/* One answer more. */
static int act_done_forum(struct act *act, const struct forum *f)
{
	struct cli *cli = act->cli;
	int r = forums_reply(
		cli->store, cli->book, f->number, cli->today, 1, 0, act->note, &cli->err);

	if (r == 0)
		act_tell(act, 'g', f->number, f->name, "one answer more");
	return r;
}

static int act_drop_forum(struct act *act, const struct forum *f)
{
	struct cli *cli = act->cli;
	int r = forums_drop(cli->store, cli->book, f->number, &cli->err);

	if (r == 0)
		act_tell(act, 'g', f->number, f->name, "not mentioned any more");
	return r;
}

static int act_leave_forum(struct act *act, const struct forum *f)
{
	return err_set(&act->cli->err, -ENOENT,
		"g%lld has no day to put off: a missed week or month is not mentioned",
		(long long)f->number);
}

static void act_tell_until(struct act *act, char letter, int64_t number, const char *what)
{
	_cleanup_str_ struct str date = STR_INIT;
	struct date day = day_date(act->day);
	char text[DAY_TEXT_SIZE];

	wording_add_date(&date, act->day);
	act_tell(act, letter, number, what,
		act->cli->json ? day_format(&day, text) : str_text(&date));
}

static int act_snooze_occasion(struct act *act, const struct occasion *o, const char *name)
{
	struct cli *cli = act->cli;
	int32_t day;
	int year, r = act_find_occurrence(act, o, true, &year, &day);

	if (r == 0)
		r = occasions_set_until(
			cli->store, cli->book, o->number, year, act->day, &cli->err);
	if (r == 0)
		act_tell_until(act, 'b', o->number, name);
	return r;
}

static int act_snooze_follow_up(struct act *act, const struct followup *f)
{
	struct cli *cli = act->cli;
	int r = followups_set_due(cli->store, cli->book, f->number, act->day,
		act->minute >= 0 ? act->minute : f->due_minute, &cli->err);

	if (r == 0)
		act_tell_until(act, 'f', f->number, f->what);
	return r;
}

static int act_snooze_touch(struct act *act, const struct keeping *k, const char *name)
{
	struct cli *cli = act->cli;
	int r = keeping_set_until(cli->store, cli->book, k->number, act->day, &cli->err);

	if (r == 0)
		act_tell_until(act, 't', k->number, name);
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

static int act_snooze_coffee(struct act *act, const struct coffee *c)
{
	struct cli *cli = act->cli;
	int r = coffees_set_until(cli->store, cli->book, c->number, act->day, &cli->err);

	if (r == 0)
		act_tell_until(act, 'c', c->number, c->name);
	return r;
}

static int act_on_occasion(struct act *act, const struct act_verb *verb, int64_t number)
{
	_cleanup_occasions_ struct occasions found = { 0 };
	_cleanup_free_ char *name = NULL;
	struct cli *cli = act->cli;
	int r = occasions_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no b%lld", (long long)number);
	if (r == 1)
		r = contacts_name(cli->store, found.all[0].contact, &name, &cli->err);
	return r < 0 ? r : verb->occasion(act, &found.all[0], name);
}

static int act_on_follow_up(struct act *act, const struct act_verb *verb, int64_t number)
{
	_cleanup_followups_ struct followups found = { 0 };
	struct cli *cli = act->cli;
	int r = followups_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no f%lld", (long long)number);
	return r < 0 ? r : verb->follow_up(act, &found.all[0]);
}

static int act_on_touch(struct act *act, const struct act_verb *verb, int64_t number)
{
	_cleanup_free_ char *name = NULL;
	struct cli *cli = act->cli;
	struct keeping keeping;
	int r = keeping_by_number(cli->store, cli->book, number, &keeping, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no t%lld", (long long)number);
	if (r > 0)
		r = contacts_name(cli->store, keeping.contact, &name, &cli->err);
	return r < 0 ? r : verb->touch(act, &keeping, name);
}

static int act_on_thanks(struct act *act, const struct act_verb *verb, int64_t number)
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
	return r < 0 ? r : verb->thanks(act, &found.all[0], name);
}

static int act_on_coffee(struct act *act, const struct act_verb *verb, int64_t number)
{
	_cleanup_coffees_ struct coffees found = { 0 };
	struct cli *cli = act->cli;
	int r = coffees_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no c%lld", (long long)number);
	return r < 0 ? r : verb->coffee(act, &found.all[0]);
}

static int act_on_forum(struct act *act, const struct act_verb *verb, int64_t number)
{
	_cleanup_forums_ struct forums found = { 0 };
	struct cli *cli = act->cli;
	int r = forums_by_number(cli->store, cli->book, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no g%lld", (long long)number);
	return r < 0 ? r : verb->forum(act, &found.all[0]);
}

static int act_on(struct act *act, const struct act_verb *verb, const char *handle)
{
	static const struct {
		char letter;
		int (*act)(struct act *act, const struct act_verb *verb, int64_t number);
	} kinds[] = { { 'b', act_on_occasion }, { 'f', act_on_follow_up }, { 't', act_on_touch },
		{ 'y', act_on_thanks }, { 'c', act_on_coffee }, { 'g', act_on_forum } };
	int64_t number;
	char letter;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (cli_handle(handle, &letter, &number) && letter == kinds[i].letter)
			return kinds[i].act(act, verb, number);
	return err_set(&act->cli->err, -ENOENT,
		"there is no item \"%s\"; handles look like b7 or f12", handle);
}

/* All of the handles or none. */
static int act_on_all(struct act *act, const struct act_verb *verb, size_t n)
{
	_cleanup_(change_done) struct change change = { 0 };
	struct cli *cli = act->cli;
	int r = change_begin(&change, cli);

	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = act_on(act, verb, cli->words.all[i]);
	if (cli->json)
		json_array_end(&cli->js);
	if (r == 0)
		r = change_commit(
			&change, "%s %s%s", verb->name, cli->words.all[0], n > 1 ? " ..." : "");
	if (r == 0)
		return 0;
	str_clear(&cli->out);
	if (n > 1)
		(void)err_prefix(&cli->err, r, "nothing was changed");
	return cli_fail(cli, r);
}

static int act_start(struct act *act)
{
	_cleanup_(fallback_done) struct fallback fallback = { 0 };
	const struct conf_digest *digest;
	int status = cli_open(act->cli);

	if (status == 0)
		status = fallback_digest(act->cli, &fallback, &digest);
	if (status == 0)
		act->leap = digest->leap_day;
	return status;
}

/* How many of the words are handles, from the first on. */
static size_t act_handles(const struct cli *cli)
{
	int64_t number;
	char letter;
	size_t n = 0;

	while (n < cli->words.n && cli_handle(cli->words.all[n], &letter, &number))
		n++;
	return n;
}

/* Verbs that take handles and a note, but no day. */
static int act_run(struct cli *cli, int argc, char **argv, const struct act_verb *verb)
{
	_cleanup_free_ char *note = NULL;
	struct act act = { .cli = cli };
	size_t n;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL);

	if (status || cli->help)
		return status;
	n = act_handles(cli);
	if (!n)
		return cli_usage(
			cli, "which item? Handles stand beside each item: nudge %s b7", verb->name);
	if (n < cli->words.n && !verb->takes_note)
		return cli_usage(
			cli, "\"%s\" is no handle; handles look like b7 or f12", cli->words.all[n]);
	note = cli_join(&cli->words, n, cli->words.n - n);
	if (!note)
		return cli_fail(cli, err_oom(&cli->err));
	act.note = *note ? note : NULL;
	status = act_start(&act);
	return status ? status : act_on_all(&act, verb, n);
}

int verb_done(struct cli *cli, int argc, char **argv)
{
	static const struct act_verb verb = { "done", act_done_occasion, act_done_follow_up,
		act_done_touch, act_done_thanks, act_done_coffee, act_done_forum, true };

	return act_run(cli, argc, argv, &verb);
}

int verb_skip(struct cli *cli, int argc, char **argv)
{
	static const struct act_verb verb = { "skip", act_skip_occasion, act_skip_follow_up,
		act_skip_touch, act_drop_thanks, act_skip_coffee, act_leave_forum, false };

	return act_run(cli, argc, argv, &verb);
}

int verb_drop(struct cli *cli, int argc, char **argv)
{
	static const struct act_verb verb = { "drop", act_drop_occasion, act_drop_follow_up,
		act_drop_touch, act_drop_thanks, act_skip_coffee, act_drop_forum, false };

	return act_run(cli, argc, argv, &verb);
}

int verb_snooze(struct cli *cli, int argc, char **argv)
{
	static const struct act_verb verb = { "snooze", act_snooze_occasion, act_snooze_follow_up,
		act_snooze_touch, act_snooze_thanks, act_snooze_coffee, act_leave_forum, false };
	_cleanup_free_ char *when = NULL;
	struct act act = { .cli = cli };
	size_t n;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL);

	if (status || cli->help)
		return status;
	n = act_handles(cli);
	if (!n || n == cli->words.n)
		return cli_usage(cli, "HANDLE and WHEN are needed: nudge snooze f3 friday");
	when = cli_join(&cli->words, n, cli->words.n - n);
	if (!when)
		return cli_fail(cli, err_oom(&cli->err));
	status = act_start(&act);
	if (status)
		return status;
	if (when_time(when, cli->today, &act.day, &act.minute, &cli->err) < 0)
		return cli_usage(cli, "%s", cli->err.text);
	if (act.day <= cli->today)
		return cli_usage(cli, "\"%s\" is not a day to come", when);
	return act_on_all(&act, &verb, n);
}
