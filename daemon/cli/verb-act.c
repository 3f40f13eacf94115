/* SPDX-License-Identifier: MIT */
/*
 * verb-act: done, snooze: what a person says of items, by their handles.
 */
#include "book/followups.h"
#include "book/occasions.h"
#include "cli/fallback.h"
#include "cli/verbs.h"
#include "digest/wording.h"
#include "format/when.h"

#include <errno.h>

struct act {
	struct cli *cli;
	enum occasion_leap leap;
	const char *note; /* of done */
	int32_t day;	  /* of snooze */
	int minute;
};

/* One line about what was done, or an element of the JSON array. */
static void act_tell(struct act *act, char letter, int64_t number, const char *what, const char *state)
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
		str_addf(&cli->out, CLI_ACCENT "%s" CLI_PLAIN "  %s: %s\n", str_text(&handle), what, state);
	}
}

/* What happens to one thing. Each adds a line to the output; -ENOENT: there is no such thing. */
struct act_verb {
	int (*occasion)(struct act *act, const struct occasion *occasion, const char *name);
	int (*follow_up)(struct act *act, const struct followup *followup);
};

static int act_done_occasion(struct act *act, const struct occasion *o, const char *name)
{
	struct cli *cli = act->cli;
	int year = occasion_nearest_year(o->date.month, o->date.day, cli->today, act->leap);
	int r = occasions_set_done(cli->store, cli->book, o->number, year, cli->today, &cli->err);

	if (r == 0)
		r = contacts_touch(cli->store, o->contact, cli->today, "congratulated", act->note, &cli->err);
	if (r == 0)
		act_tell(act, 'b', o->number, name, "congratulated");
	return r;
}

static int act_done_follow_up(struct act *act, const struct followup *f)
{
	struct cli *cli = act->cli;
	int r;

	if (f->done)
		return err_set(&cli->err, -ENOENT, "f%lld was done before", (long long)f->number);
	r = followups_set_done(cli->store, cli->book, f->number, cli->today, act->note, &cli->err);
	if (r == 0 && f->contact)
		r = contacts_touch(cli->store, f->contact, cli->today, "follow-up", f->what, &cli->err);
	if (r == 0)
		act_tell(act, 'f', f->number, f->what, "done");
	return r;
}

static void act_tell_until(struct act *act, char letter, int64_t number, const char *what)
{
	_cleanup_str_ struct str date = STR_INIT;
	struct date day = day_date(act->day);
	char text[DAY_TEXT_SIZE];

	wording_add_date(&date, act->day);
	act_tell(act, letter, number, what, act->cli->json ? day_format(&day, text) : str_text(&date));
}

static int act_snooze_occasion(struct act *act, const struct occasion *o, const char *name)
{
	struct cli *cli = act->cli;
	int year = occasion_nearest_year(o->date.month, o->date.day, cli->today, act->leap);
	int r = occasions_set_until(cli->store, cli->book, o->number, year, act->day, &cli->err);

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

static int act_on(struct act *act, const struct act_verb *verb, const char *handle)
{
	int64_t number;
	char letter;

	if (cli_handle(handle, &letter, &number) && letter == 'b')
		return act_on_occasion(act, verb, number);
	if (cli_handle(handle, &letter, &number) && letter == 'f')
		return act_on_follow_up(act, verb, number);
	return err_set(&act->cli->err, -ENOENT, "there is no item \"%s\"; handles look like b7 or f12", handle);
}

/* All of the handles or none. */
static int act_on_all(struct act *act, const struct act_verb *verb, size_t n)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct cli *cli = act->cli;
	int r = store_begin(cli->store, &transaction, &cli->err);

	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = act_on(act, verb, cli->words.all[i]);
	if (cli->json)
		json_array_end(&cli->js);
	if (r == 0)
		r = store_commit(&transaction, &cli->err);
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

int verb_done(struct cli *cli, int argc, char **argv)
{
	static const struct act_verb verb = { act_done_occasion, act_done_follow_up };
	_cleanup_free_ char *note = NULL;
	struct act act = { .cli = cli };
	size_t n;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL);

	if (status || cli->help)
		return status;
	n = act_handles(cli);
	if (!n)
		return cli_usage(cli, "which item? Handles stand beside each item: nudge done b7");
	note = cli_join(&cli->words, n, cli->words.n - n);
	if (!note)
		return cli_fail(cli, err_oom(&cli->err));
	act.note = *note ? note : NULL;
	status = act_start(&act);
	return status ? status : act_on_all(&act, &verb, n);
}

int verb_snooze(struct cli *cli, int argc, char **argv)
{
	static const struct act_verb verb = { act_snooze_occasion, act_snooze_follow_up };
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
