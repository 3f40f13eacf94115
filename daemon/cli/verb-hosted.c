/* SPDX-License-Identifier: MIT */
/*
 * verb-hosted: digest: the digests that live in the database.
 */
#include "book/hosted.h"
#include "book/undo.h"
#include "base/zonefile.h"
#include "cli/change.h"
#include "cli/mails.h"
#include "cli/verbs.h"
#include "conf/hosted.h"
#include "digest/roster.h"
#include "digest/slot.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct hosted_options {
	struct cli_list values[16]; /* as they were given, by the rows of the table */
	bool yes;
};

static void hosted_options_done(struct hosted_options *options)
{
	for (size_t i = 0; i < ARRAY_SIZE(options->values); i++)
		cli_list_done(&options->values[i]);
}

#define HOSTED_OPTION(text, i) CLI_OPTION(text, CLI_LIST, struct hosted_options, values[i])

/* The keys of nudged.conf, with "-" for "_", in their order. */
#define HOSTED_TO 0
static const struct cli_option hosted_rows[] = {
	HOSTED_OPTION("to", HOSTED_TO),
	HOSTED_OPTION("cadence", 1),
	HOSTED_OPTION("timezone", 2),
	HOSTED_OPTION("language", 3),
	HOSTED_OPTION("address", 4),
	HOSTED_OPTION("sections", 5),
	HOSTED_OPTION("lead-days", 6),
	HOSTED_OPTION("leap-day", 7),
	HOSTED_OPTION("touch-max", 8),
	HOSTED_OPTION("introduction-max", 9),
	HOSTED_OPTION("help-max", 10),
	HOSTED_OPTION("send-empty", 11),
	HOSTED_OPTION("notes-in-mail", 12),
	HOSTED_OPTION("subject-names", 13),
	HOSTED_OPTION("calendar", 14),
	HOSTED_OPTION("in-doubt", 15),
	CLI_OPTION("yes", CLI_FLAG, struct hosted_options, yes),
};

/* --- what is written --- */

static int hosted_apply(struct cli *cli, const struct hosted_options *options, struct str *settings)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_SIZE(options->values); i++)
		if (options->values[i].n)
			r = hosted_settings_set(settings, hosted_settings_key(i),
				options->values[i].all, options->values[i].n, &cli->err);
	return r;
}

/* A member's zone and language are not those that this machine, or who runs it, happens to have later. */
static int hosted_apply_defaults(struct cli *cli, struct str *settings)
{
	_cleanup_free_ char *zone = zonefile_system_name();
	const char *const zones[] = { zone }, *const languages[] = { cli->language };
	int r = zone ? hosted_settings_set(settings, "timezone", zones, 1, &cli->err)
		     : err_oom(&cli->err);

	return r < 0 ? r : hosted_settings_set(settings, "language", languages, 1, &cli->err);
}

/* Prints what is wrong, a line each, and gives the status. */
static int hosted_refuse(struct cli *cli, int code, const struct str *errors)
{
	char *copy = str_dup(str_text(errors)), *rest = copy, *line;

	if (code == -ENOMEM || !copy) {
		free(copy);
		return cli_fail(cli, err_oom(&cli->err));
	}
	while ((line = strsep(&rest, "\n")))
		if (*line)
			(void)cli_complain(cli, EX_DATAERR, "%s", line);
	free(copy);
	return EX_DATAERR;
}

/* Checks the settings as the service will read them: 0 or a status. */
static int hosted_check(struct cli *cli, const char *name, const char *book,
	const struct str *settings, struct conf_digest *ret)
{
	_cleanup_str_ struct str errors = STR_INIT;
	int64_t now = clock_now(&cli->clock);
	int r = hosted_settings_read(
		ret, name, book, str_text(settings), &cli->roster->zones, &now, &errors);

	return r < 0 ? hosted_refuse(cli, r, &errors) : 0;
}

static int hosted_store(struct cli *cli, const char *name, const struct str *settings,
	const struct conf_digest *digest, bool adds, bool readdressed)
{
	_cleanup_(change_done) struct change change = { 0 };
	const struct hosted_entry entry = { name, str_text(settings), digest->cadence_text,
		digest->timezone, digest->in_doubt == CONF_IN_DOUBT_HOLD, readdressed };
	int64_t now = clock_now(&cli->clock);
	int r = change_begin(&change, cli);

	if (r == 0)
		r = adds ? hosted_add(cli->store, &entry, cli->book, now, &cli->err)
			 : hosted_change(cli->store, &entry, now, &cli->err);
	if (r == 0)
		r = change_commit(&change, "digest-%s %s", adds ? "add" : "edit", name);
	if (r == -EEXIST)
		return cli_complain(cli, CLI_REFUSED, "%s", cli->err.text);
	return r < 0 ? cli_fail(cli, r) : 0;
}

/* --- what is shown --- */

static const char *hosted_state(const struct hosted *hosted)
{
	if (hosted->error)
		return N_("cannot be written");
	return hosted->paused ? N_("paused") : "";
}

/* When it is due next: 1, or 0 where it is paused or over. */
static int hosted_due(struct cli *cli, const struct conf_digest *digest, bool paused, int64_t *ret)
{
	int r = paused ? SLOT_NEVER
		       : slot_due(cli->store, digest, clock_now(&cli->clock), ret, &cli->err);

	return r < 0 ? r : r == 0;
}

static int hosted_write_json(
	struct cli *cli, const struct hosted *hosted, const struct conf_digest *digest)
{
	_cleanup_str_ struct str next = STR_INIT;
	int64_t due;
	int r = digest ? hosted_due(cli, digest, hosted->paused, &due) : 0;

	if (r == 1)
		mails_add_instant(&next, digest->zone, due);
	json_object_begin(&cli->js);
	if (digest)
		hosted_settings_write_json(digest, &cli->js);
	else
		json_add_string(&cli->js, "name", hosted->name);
	json_add_bool(&cli->js, "paused", hosted->paused);
	json_add_string(&cli->js, "next", next.len ? str_text(&next) : NULL);
	json_add_string(&cli->js, "error", hosted->error);
	json_object_end(&cli->js);
	return r < 0 ? r : 0;
}

/* "anna (book anna): Mon..Fri 07:00, Europe/Berlin, to anna@example.org" */
static void hosted_write_line(
	struct cli *cli, const struct hosted *hosted, const struct conf_digest *digest)
{
	const char *state = hosted_state(hosted);

	str_addf(&cli->out, CLI_BOLD "%s" CLI_PLAIN, hosted->name);
	/* TRANSLATORS: a book, behind the digest that speaks for it */
	str_addf(&cli->out, _(" (book %s)"), hosted->book);
	if (digest) {
		str_addf(&cli->out, ": %s, %s", digest->cadence_text, digest->timezone);
		for (size_t i = 0; i < digest->n_to; i++)
			str_addf(&cli->out, "%s%s", i ? ", " : "; ", digest->to[i].address);
	}
	if (*state)
		str_addf(&cli->out, " " CLI_BAD "(%s)" CLI_PLAIN, _(state));
	str_add_char(&cli->out, '\n');
	if (hosted->error)
		str_addf(&cli->out, "    %s\n", hosted->error);
}

static int hosted_list_one(void *userdata, const struct hosted *hosted)
{
	_cleanup_hosted_settings_ struct conf_digest digest = { 0 };
	_cleanup_str_ struct str errors = STR_INIT;
	struct cli *cli = userdata;
	int r = hosted_settings_read(&digest, hosted->name, hosted->book, hosted->settings,
		&cli->roster->zones, NULL, &errors);

	if (cli->json)
		return hosted_write_json(cli, hosted, r == 0 ? &digest : NULL);
	hosted_write_line(cli, hosted, r == 0 ? &digest : NULL);
	return 0;
}

static int hosted_list(struct cli *cli)
{
	int r;

	if (cli->json)
		json_array_begin(&cli->js);
	r = hosted_each(
		cli->store, cli->book_name ? cli->book : 0, hosted_list_one, cli, &cli->err);
	if (cli->json)
		json_array_end(&cli->js);
	if (r < 0)
		return cli_fail(cli, r);
	if (!cli->json && !cli->out.len)
		return cli_complain(cli, CLI_REFUSED,
			"no digest lives in the database; those of nudged.conf `nudge status` shows");
	return 0;
}

/* --- the actions --- */

struct hosted_request {
	struct cli *cli;
	const char *name;
	const struct hosted_options *options;
	struct hosted hosted; /* the one of that name, but for `add` */
};

static int hosted_do_show(struct hosted_request *request)
{
	struct cli *cli = request->cli;
	const struct conf_digest *digest;
	_cleanup_str_ struct str date = STR_INIT;
	int64_t due;
	int r = roster_find(cli->roster, request->name, &digest, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		return hosted_write_json(cli, &request->hosted, digest) < 0 ? cli_fail(cli, -EIO)
									    : 0;
	hosted_settings_write(digest, &cli->out);
	r = hosted_due(cli, digest, request->hosted.paused, &due);
	if (r < 0)
		return cli_fail(cli, r);
	if (r == 1) {
		mails_add_instant(&date, digest->zone, due);
		str_addf(&cli->out, _("# next: %s\n"), str_text(&date));
	} else {
		str_addf(&cli->out, "# %s\n",
			request->hosted.paused ? _("paused") : _("no further one"));
	}
	if (request->hosted.error)
		str_addf(&cli->out, "# " CLI_BAD "%s" CLI_PLAIN "\n", request->hosted.error);
	return 0;
}

static int hosted_tell(struct cli *cli, const char *name, const char *text)
{
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "name", name);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out, "%s: %s\n", name, text);
	}
	return 0;
}

/* Both would go by the same claims. */
static int hosted_check_name(const struct hosted_request *request)
{
	const struct cli *cli = request->cli;

	if (!cli->conf || !conf_find_digest(cli->conf, request->name))
		return 0;
	return cli_complain(cli, CLI_REFUSED, "there is a digest \"%s\" in %s already",
		request->name, cli->conf->path);
}

static int hosted_do_add(struct hosted_request *request)
{
	_cleanup_hosted_settings_ struct conf_digest digest = { 0 };
	_cleanup_str_ struct str settings = STR_INIT;
	struct cli *cli = request->cli;
	int r = hosted_apply_defaults(cli, &settings), status;

	if (r == 0)
		r = hosted_apply(cli, request->options, &settings);
	if (r < 0)
		return cli_fail(cli, r);
	status = hosted_check_name(request);
	if (status)
		return status;
	status = hosted_check(
		cli, request->name, cli->book_name ? cli->book_name : "main", &settings, &digest);
	if (status == 0)
		status = hosted_store(cli, request->name, &settings, &digest, true, false);
	return status
		? status
		: hosted_tell(cli, request->name,
			  _("the first one is written at once, as a welcome; then by its cadence"));
}

static int hosted_do_edit(struct hosted_request *request)
{
	_cleanup_hosted_settings_ struct conf_digest digest = { 0 };
	_cleanup_str_ struct str settings = STR_INIT;
	struct cli *cli = request->cli;
	int r, status;

	str_add(&settings, request->hosted.settings);
	r = hosted_apply(cli, request->options, &settings);
	if (r < 0)
		return cli_fail(cli, r);
	if (str_equal(str_text(&settings), request->hosted.settings))
		return cli_complain(cli, CLI_REFUSED,
			"nothing is changed of %s; for example: "
			"nudge digest edit %s --cadence \"Mon 08:00\"",
			request->name, request->name);
	status = hosted_check(cli, request->name, request->hosted.book, &settings, &digest);
	if (status == 0)
		status = hosted_store(cli, request->name, &settings, &digest, false,
			request->options->values[HOSTED_TO].n > 0);
	return status ? status : hosted_tell(cli, request->name, _("changed"));
}

static bool hosted_is_wanted(const char *name)
{
	char answer[16] = "";

	/* TRANSLATORS: y, Y, j and J are taken for a yes */
	(void)fprintf(stderr,
		_("Remove the digest %s, its mails and what it has told? The book stays. [y/N] "),
		name);
	(void)fflush(stderr);
	return fgets(answer, sizeof(answer), stdin) && strchr("yYjJ", answer[0]) && answer[0];
}

static int hosted_do_remove(struct hosted_request *request)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	struct cli *cli = request->cli;
	int r;

	if (!request->options->yes && !isatty(STDIN_FILENO))
		return cli_complain(cli, CLI_REFUSED, "to remove %s without being asked, add --yes",
			request->name);
	if (!request->options->yes && !hosted_is_wanted(request->name))
		return cli_complain(cli, CLI_REFUSED, "nothing was removed");
	r = store_begin(cli->store, &transaction, &cli->err);
	if (r == 0)
		r = hosted_remove(cli->store, request->hosted.digest, &cli->err);
	if (r == 0)
		r = undo_keep_final(
			cli->store, cli->book, UNDO_DIGEST, clock_now(&cli->clock), &cli->err);
	if (r == 0)
		r = store_commit(&transaction, &cli->err);
	return r < 0 ? cli_fail(cli, r) : hosted_tell(cli, request->name, _("removed"));
}

static int hosted_set_pause(struct hosted_request *request, bool paused)
{
	_cleanup_(change_done) struct change change = { 0 };
	struct cli *cli = request->cli;
	int r = change_begin(&change, cli);

	if (r == 0)
		r = hosted_pause(cli->store, request->hosted.digest, paused, clock_now(&cli->clock),
			&cli->err);
	if (r == 0)
		r = change_commit(
			&change, "digest-%s %s", paused ? "pause" : "resume", request->name);
	return r < 0 ? cli_fail(cli, r)
		     : hosted_tell(cli, request->name,
			       paused ? _("paused until `nudge digest resume`") : _("comes again"));
}

static int hosted_do_pause(struct hosted_request *request)
{
	return hosted_set_pause(request, true);
}

static int hosted_do_resume(struct hosted_request *request)
{
	int status = hosted_check_name(request);

	return status ? status : hosted_set_pause(request, false);
}

static const struct hosted_action {
	const char *name;
	bool makes; /* there need be none of that name */
	int (*run)(struct hosted_request *request);
} hosted_actions[] = {
	{ "show", false, hosted_do_show },
	{ "add", true, hosted_do_add },
	{ "edit", false, hosted_do_edit },
	{ "remove", false, hosted_do_remove },
	{ "pause", false, hosted_do_pause },
	{ "resume", false, hosted_do_resume },
};

static const struct hosted_action *hosted_find_action(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(hosted_actions); i++)
		if (str_equal(hosted_actions[i].name, name))
			return &hosted_actions[i];
	return NULL;
}

static int hosted_act(struct cli *cli, const struct hosted_options *options)
{
	const struct hosted_action *action = hosted_find_action(cli->words.all[0]);
	struct hosted_request request = { cli, NULL, options, { 0 } };
	int r, status;

	if (!action || cli->words.n != 2)
		return cli_usage(cli, "%s",
			_("what is to be done, and with which digest? For example: nudge digest show anna"));
	status = action->makes ? cli_open(cli) : cli_look(cli);
	if (status)
		return status;
	request.name = cli->words.all[1];
	r = action->makes ? 1 : hosted_find(cli->store, request.name, &request.hosted, &cli->err);
	if (r < 0)
		status = cli_fail(cli, r);
	else if (r == 0)
		status = cli_complain(cli, CLI_REFUSED,
			"no digest \"%s\" lives in the database; see `nudge digest`", request.name);
	else
		status = action->run(&request);
	hosted_done(&request.hosted);
	return status;
}

int verb_digest(struct cli *cli, int argc, char **argv)
{
	_cleanup_(hosted_options_done) struct hosted_options options = { 0 };
	int status = cli_parse(cli, argc, argv, hosted_rows, ARRAY_SIZE(hosted_rows), &options);

	if (status || cli->help)
		return status;
	if (cli->words.n && !(cli->words.n == 1 && str_equal(cli->words.all[0], "list")))
		return hosted_act(cli, &options);
	status = cli_look_around(cli);
	return status ? status : hosted_list(cli);
}
