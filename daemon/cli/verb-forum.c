/* SPDX-License-Identifier: MIT */
/*
 * verb-forum: forum, replied: goals of answers, and answers given.
 */
#include "book/forums.h"
#include "book/search.h"
#include "cli/change.h"
#include "cli/naming.h"
#include "cli/pick.h"
#include "cli/verbs.h"
#include "format/mime.h"
#include "format/when.h"

#include <errno.h>
#include <string.h>

struct forum_options {
	const char *goal, *url, *topics;
};

/* Whom an answer was for. */
struct reader {
	int64_t id;
	char *name;
	struct mime_address address; /* empty, or as it was given */
	bool added;                  /* they are a contact from now on */
};

static void reader_done(struct reader *reader)
{
	mime_address_done(&reader->address);
	free(reader->name);
}

static void reader_show_json(struct json *js, const struct reader *reader)
{
	json_key(js, "to");
	json_object_begin(js);
	json_add_int(js, "id", reader->id);
	json_add_string(js, "name", reader->name);
	json_add_bool(js, "added", reader->added);
	json_object_end(js);
}

/* `reader`: NULL, or whom the answer was for. */
static int forum_show(struct cli *cli, const struct forum *forum, const struct reader *reader)
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
		if (reader)
			reader_show_json(&cli->js, reader);
		json_object_end(&cli->js);
		return 0;
	}
	if (reader && reader->added)
		/* TRANSLATORS: somebody's name, their number */
		str_addf(&cli->out, _("%1$s is in the book now (#%2$lld)\n"), reader->name,
			(long long)reader->id);
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
		status = forum_show(cli, &forums.all[i], NULL);
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

/* A goal of its own makes a forum of its own: which other it may have been meant for is said. */
static int forum_check_new(struct cli *cli, const char *name, const struct forums *found)
{
	for (size_t i = 0; i < found->n; i++)
		if (naming_fits(found->all[i].name, name, NAMING_WHOLE))
			return 0;
	if (found->n)
		(void)cli_complain(cli, 0,
			"%s is a new forum; to change %s: nudge forum g%lld --goal 3/week", name,
			found->all[0].name, (long long)found->all[0].number);
	return 0;
}

/* The name of the forum that is meant, by its handle or a part of it, stands in its place. A new one has a goal,
 * and may have any name: 0 or a status. */
static int forum_read_name(struct cli *cli, bool has_goal, char **name)
{
	_cleanup_forums_ struct forums found = { 0 };
	int64_t number;
	char letter;
	bool handle = cli_handle(*name, &letter, &number) && letter == 'g';
	int r = 0;

	if (handle)
		r = forums_by_number(cli->store, cli->book, number, &found, &cli->err);
	if (r == 0)
		r = forums_find(cli->store, cli->book, *name, &found, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	/* "g7" is a handle that there is not, "G7" a name. */
	if (has_goal && (!handle || ((*name)[0] == 'G' && !found.n)))
		return forum_check_new(cli, *name, &found);
	if (!handle && !found.n)
		return 0;
	forums_done(&found);
	r = pick_forum(cli, *name, &found);
	if (r)
		return r;
	free(*name);
	*name = TAKE_PTR(found.all[0].name);
	return 0;
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
	if (!name)
		return cli_fail(cli, err_oom(&cli->err));
	status = *name ? cli_open(cli) : cli_look_around(cli);
	if (status)
		return status;
	if (!*name)
		return cli->words.n ? cli_usage(cli, "a forum needs a name") : forum_list(cli);
	status = forum_read_name(cli, options.goal != NULL, &name);
	if (status)
		return status;
	r = forum_store(cli, name, &options, &goal, &forums);
	return r < 0 ? cli_fail(cli, r) : forum_show(cli, &forums.all[0], NULL);
}

struct reply {
	const char *on, *to;
	/* As read: */
	int32_t day;
	uint64_t count;
	char *forum, *note;
};

static void reply_done(struct reply *reply)
{
	free(reply->forum);
	free(reply->note);
}

/* FORUM [COUNT] [NOTE]: the first words name the forum. */
static int reply_read(struct cli *cli, struct reply *reply)
{
	bool counted;
	size_t names;
	int r = naming_split_forum(cli, &names);

	if (r < 0)
		return cli_fail(cli, r);
	reply->count = 1;
	counted = cli->words.n > names &&
		str_number(cli->words.all[names], UINT64_MAX, &reply->count);
	if (counted && reply->count > GOAL_COUNT_MAX)
		return cli_usage(cli, "COUNT: a number from 1 to %d is needed, not \"%s\"",
			GOAL_COUNT_MAX, cli->words.all[names]);
	if (!reply->count)
		return cli_usage(cli, "0 answers are none");
	reply->forum = cli_join(&cli->words, 0, names);
	reply->note = cli_join(&cli->words, names + counted, cli->words.n);
	if (!reply->forum || !reply->note)
		return cli_fail(cli, err_oom(&cli->err));
	reply->day = cli->today;
	if (reply->on && when_day(reply->on, cli->today, WHEN_PAST, &reply->day, &cli->err) < 0)
		return cli_usage(cli, "--on: %s", cli->err.text);
	if (reply->day > cli->today)
		return cli_usage(cli, "--on: \"%s\" is still to come", reply->on);
	return 0;
}

/* Whoever was answered: a contact, or somebody new of that name or address. 0 or a status. */
static int reader_read(struct cli *cli, const char *to, struct reader *reader)
{
	_cleanup_ids_ struct contact_ids known = { 0 };
	int64_t number;
	char letter;

	if (to[0] == '#' || cli_handle(to, &letter, &number))
		return cli_pick(cli, to, &reader->id);
	if (strchr(to, '@')) {
		if (mime_address_parse(&reader->address, to, &cli->err) < 0)
			return cli_usage(cli, "--to: %s", cli->err.text);
		to = reader->address.address;
	}
	if (search_find(cli->store, cli->book, to, 1, &known, &cli->err) < 0)
		return cli_fail(cli, -EIO);
	reader->added = !known.n;
	return known.n ? cli_pick(cli, to, &reader->id) : 0;
}

/* Of somebody of whom nothing but the address is known it is the name, too. */
static int reader_add(struct cli *cli, const char *to, struct reader *reader)
{
	const struct mime_address *a = &reader->address;
	const char *name = a->name ? a->name : a->address ? a->address : to;
	int r = contacts_add(
		cli->store, cli->book, name, CONTACT_HAND, cli->today, &reader->id, &cli->err);

	if (r == 0 && a->address)
		r = contacts_add_value(cli->store, reader->id, CONTACT_EMAIL, a->address, NULL,
			CONTACT_HAND, cli->today, &cli->err);
	return r < 0 ? r : search_index(cli->store, reader->id, &cli->err);
}

static int reply_store(struct cli *cli, const struct forum *forum, const struct reply *reply,
	struct reader *reader)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0 && reader->added)
		r = reader_add(cli, reply->to, reader);
	if (r == 0)
		r = forums_reply(cli->store, cli->book, forum->number, reply->day,
			(int64_t)reply->count, reader->id, *reply->note ? reply->note : NULL,
			&cli->err);
	if (r == 0 && reader->id)
		r = contacts_name(cli->store, reader->id, &reader->name, &cli->err);
	return r < 0 ? r : change_commit(&change, "replied %s", forum->name);
}

int verb_replied(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("on", CLI_TEXT, struct reply, on),
		CLI_OPTION("to", CLI_TEXT, struct reply, to),
	};
	_cleanup_(reply_done) struct reply reply = { 0 };
	_cleanup_(reader_done) struct reader reader = { 0 };
	_cleanup_forums_ struct forums forums = { 0 };
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &reply), r;

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
		status = pick_forum(cli, reply.forum, &forums);
	if (status == 0 && reply.to)
		status = reader_read(cli, reply.to, &reader);
	if (status)
		return status;
	r = reply_store(cli, &forums.all[0], &reply, &reader);
	return r < 0 ? cli_fail(cli, r)
		     : forum_show(cli, &forums.all[0], reply.to ? &reader : NULL);
}
