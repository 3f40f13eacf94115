/* SPDX-License-Identifier: MIT */
/*
 * verb-act: done, skip, snooze, drop: what a person says of items, by their handles.
 */
#include "cli/act.h"
#include "cli/change.h"
#include "cli/fallback.h"
#include "cli/verbs.h"
#include "format/when.h"

#include <errno.h>

static const char *const act_names[ACT_VERB_COUNT] = {
	[ACT_DONE] = "done",
	[ACT_SKIP] = "skip",
	[ACT_SNOOZE] = "snooze",
	[ACT_DROP] = "drop",
};

/* Who names an item twice means it once. */
static bool act_is_again(const struct cli *cli, size_t at)
{
	int64_t number = 0, before;
	char letter = 0, other;

	(void)cli_handle(cli->words.all[at], &letter, &number);
	for (size_t i = 0; i < at; i++)
		if (cli_handle(cli->words.all[i], &other, &before) && other == letter &&
			before == number)
			return true;
	return false;
}

/* All of the handles or none. */
static int act_on_all(struct act *act, enum act_verb verb, size_t n)
{
	_cleanup_(change_done) struct change change = { 0 };
	struct cli *cli = act->cli;
	int r = change_begin(&change, cli);

	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = act_is_again(cli, i) ? 0 : act_on(act, verb, cli->words.all[i]);
	if (cli->json)
		json_array_end(&cli->js);
	if (r == 0)
		r = change_commit(&change, "%s %s%s", act_names[verb], cli->words.all[0],
			n > 1 ? " ..." : "");
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
static int act_run(struct cli *cli, int argc, char **argv, enum act_verb verb)
{
	_cleanup_free_ char *note = NULL;
	struct act act = { .cli = cli, .verb = act_names[verb] };
	size_t n;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL);

	if (status || cli->help)
		return status;
	n = act_handles(cli);
	if (!n)
		return cli_usage(cli, "which item? Handles stand beside each item: nudge %s b7",
			act_names[verb]);
	if (n < cli->words.n && verb != ACT_DONE)
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
	return act_run(cli, argc, argv, ACT_DONE);
}

int verb_skip(struct cli *cli, int argc, char **argv)
{
	return act_run(cli, argc, argv, ACT_SKIP);
}

int verb_drop(struct cli *cli, int argc, char **argv)
{
	return act_run(cli, argc, argv, ACT_DROP);
}

int verb_snooze(struct cli *cli, int argc, char **argv)
{
	_cleanup_free_ char *when = NULL;
	struct act act = { .cli = cli, .verb = act_names[ACT_SNOOZE] };
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
	if (when_time(when, cli->today, WHEN_COMING, &act.day, &act.minute, &cli->err) < 0)
		return cli_usage(cli, "%s", cli->err.text);
	if (act.day <= cli->today)
		return cli_usage(cli, "\"%s\" is not a day to come", when);
	return act_on_all(&act, ACT_SNOOZE, n);
}
