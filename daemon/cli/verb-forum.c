/* SPDX-License-Identifier: MIT */
/*
 * verb-forum: forum, replied: goals of answers, and answers given.
 */
#include "book/forums.h"
#include "book/search.h"
#include "cli/change.h"
#include "cli/pick.h"
#include "cli/verbs.h"
#include "format/when.h"

#include <errno.h>

struct forum_options {
	const char *goal, *url, *topics;
};

static int forum_show(struct cli *cli, const struct forum *forum)
{
	_cleanup_(forum_progress_done) struct forum_progress progress = { 0 };
	_cleanup_str_ struct str handle = STR_INIT;
	char goal[GOAL_TEXT_SIZE];
	int64_t via = 0;
	int32_t from, to;
	int r;

	goal_span(&forum->goal, cli->today, &from, &to);
	r = forums_progress(cli->store, cli->book, forum->number, from, to, &progress, &cli->err);
	if (r >= 0)
		r = forums_count_via(cli->store, cli->book, forum->number, &via, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	str_addf(&handle, "g%lld", (long long)forum->number);
	(void)goal_format(&forum->goal, goal);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "handle", str_text(&handle));
		json_add_string(&cli->js, "name", forum->name);
		json_add_string(&cli->js, "goal", goal);
		json_add_int(&cli->js, "done", progress.count);
		json_add_int(&cli->js, "via", via);
		json_add_string(&cli->js, "url", forum->url);
		json_add_string(&cli->js, "topics", forum->topics);
		json_object_end(&cli->js);
		return 0;
	}
	str_addf(&cli->out, CLI_ACCENT "%s" CLI_PLAIN "  ", str_text(&handle));
	/* TRANSLATORS: a forum, answers given, answers set out for */
	str_addf(&cli->out,
		forum->goal.period == GOAL_WEEK ? _("%1$s: %2$lld of %3$d/week")
						: _("%1$s: %2$lld of %3$d/month"),
		forum->name, (long long)progress.count, forum->goal.count);
	if (forum->topics)
		str_addf(&cli->out, ", %s", forum->topics);
	if (via)
		str_addf(&cli->out,
			ngettext("\n      %lld person wrote to you from there",
				"\n      %lld people wrote to you from there", (unsigned long)via),
			(long long)via);
	if (forum->url)
		str_addf(&cli->out, "\n      " CLI_FAINT "%s" CLI_PLAIN, forum->url);
	str_add_char(&cli->out, '\n');
	return 0;
}

static int forum_list(struct cli *cli)
{
	_cleanup_forums_ struct forums forums = { 0 };
	int r = forums_list(cli->store, cli->book, &forums, &cli->err), status = 0;

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; status == 0 && i < forums.n; i++)
		status = forum_show(cli, &forums.all[i]);
	if (cli->json)
		json_array_end(&cli->js);
	else if (!forums.n)
		return cli_complain(cli, CLI_REFUSED,
			"no forum has a goal; for example: nudge forum \"HR group\" --goal 3/week");
	return status;
}

static int forum_store(struct cli *cli, const char *name, const struct forum_options *options,
	const struct goal *goal, struct forums *ret)
{
	_cleanup_(change_done) struct change change = { 0 };
	int64_t number;
	int r = change_begin(&change, cli);

	if (r == 0)
		r = forums_set(cli->store, cli->book, name, options->goal ? goal : NULL,
			options->url, options->topics, &number, &cli->err);
	if (r == 0)
		r = forums_by_number(cli->store, cli->book, number, ret, &cli->err);
	return r < 0 ? r : change_commit(&change, "forum %s", name);
}

/* "g1" stands for the name of the forum that has that handle. */
static int forum_read_name(struct cli *cli, char **name)
{
	_cleanup_forums_ struct forums found = { 0 };
	int64_t number;
	char letter;
	int r;

	if (!cli_handle(*name, &letter, &number) || letter != 'g')
		return 0;
	r = forums_by_number(cli->store, cli->book, number, &found, &cli->err);
	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no g%lld", (long long)number);
	if (r > 0) {
		free(*name);
		*name = TAKE_PTR(found.all[0].name);
	}
	return r < 0 ? r : 0;
}

int verb_forum(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("goal", CLI_TEXT, struct forum_options, goal),
		CLI_OPTION("url", CLI_TEXT, struct forum_options, url),
		CLI_OPTION("topics", CLI_TEXT, struct forum_options, topics),
	};
	_cleanup_forums_ struct forums forums = { 0 };
	_cleanup_free_ char *name = NULL;
	struct forum_options options = { 0 };
	struct goal goal = { 0 };
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &options), r;

	if (status || cli->help)
		return status;
	if (options.goal && goal_parse(options.goal, &goal, &cli->err) < 0)
		return cli_usage(cli, "--goal: %s", cli->err.text);
	name = cli_join(&cli->words, 0, cli->words.n);
	status = name ? cli_open(cli) : cli_fail(cli, err_oom(&cli->err));
	if (status)
		return status;
	if (!*name)
		return cli->words.n ? cli_usage(cli, "a forum needs a name") : forum_list(cli);
	r = forum_read_name(cli, &name);
	if (r == 0)
		r = forum_store(cli, name, &options, &goal, &forums);
	return r < 0 ? cli_fail(cli, r) : forum_show(cli, &forums.all[0]);
}

struct reply {
	const char *on, *to;
	/* As read: */
	int32_t day;
	uint64_t count;
	char *note;
};

static void reply_done(struct reply *reply)
{
	free(reply->note);
}

/* FORUM [COUNT] [NOTE]: the first word names the forum, quoted where it has several. */
static int reply_read(struct cli *cli, struct reply *reply)
{
	bool counted;

	reply->count = 1;
	counted = cli->words.n > 1 && str_number(cli->words.all[1], UINT64_MAX, &reply->count);
	if (counted && reply->count > GOAL_COUNT_MAX)
		return cli_usage(cli, "COUNT: a number from 1 to %d is needed, not \"%s\"",
			GOAL_COUNT_MAX, cli->words.all[1]);
	if (!reply->count)
		return cli_usage(cli, "0 answers are none");
	reply->note = cli_join(&cli->words, counted ? 2 : 1, cli->words.n);
	if (!reply->note)
		return cli_fail(cli, err_oom(&cli->err));
	reply->day = cli->today;
	if (reply->on && when_day(reply->on, cli->today, WHEN_PAST, &reply->day, &cli->err) < 0)
		return cli_usage(cli, "--on: %s", cli->err.text);
	if (reply->day > cli->today)
		return cli_usage(cli, "--on: \"%s\" is still to come", reply->on);
	return 0;
}

/* Whoever was answered becomes a contact, if they are none yet: 0 and the number, or negative. */
static int reply_contact(struct cli *cli, const char *name, int64_t *ret_id)
{
	int r = contacts_add(
		cli->store, cli->book, name, CONTACT_HAND, cli->today, ret_id, &cli->err);

	return r < 0 ? r : search_index(cli->store, *ret_id, &cli->err);
}

static int reply_store(
	struct cli *cli, const struct forum *forum, const struct reply *reply, int64_t contact)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0 && reply->to && !contact)
		r = reply_contact(cli, reply->to, &contact);
	if (r == 0)
		r = forums_reply(cli->store, cli->book, forum->number, reply->day,
			(int64_t)reply->count, contact, *reply->note ? reply->note : NULL,
			&cli->err);
	return r < 0 ? r : change_commit(&change, "replied %s", forum->name);
}

int verb_replied(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("on", CLI_TEXT, struct reply, on),
		CLI_OPTION("to", CLI_TEXT, struct reply, to),
	};
	_cleanup_(reply_done) struct reply reply = { 0 };
	_cleanup_forums_ struct forums forums = { 0 };
	_cleanup_ids_ struct contact_ids known = { 0 };
	int64_t contact = 0;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &reply), r = 0;

	if (status || cli->help)
		return status;
	if (!cli->words.n)
		return cli_usage(
			cli, "where? For example: nudge replied HR \"contracts\" --to Jana");
	if (reply.to && !*reply.to)
		return cli_usage(cli, "--to: a contact needs a name");
	status = cli_open(cli);
	if (status == 0)
		status = reply_read(cli, &reply);
	if (status == 0)
		status = pick_forum(cli, cli->words.all[0], &forums);
	if (status)
		return status;
	if (reply.to)
		r = search_find(cli->store, cli->book, reply.to, 1, &known, &cli->err);
	if (r == 0 && known.n && (status = cli_pick(cli, reply.to, &contact)))
		return status;
	if (r == 0)
		r = reply_store(cli, &forums.all[0], &reply, contact);
	return r < 0 ? cli_fail(cli, r) : forum_show(cli, &forums.all[0]);
}
