/* SPDX-License-Identifier: MIT */
/*
 * verb-service: config, pause, resume.
 */
#include "book/books.h"
#include "book/digests.h"
#include "book/hosted.h"
#include "book/outbox.h"
#include "cli/change.h"
#include "cli/verbs.h"
#include "digest/wording.h"
#include "format/when.h"

static int pause_withdraw_hosted(void *userdata, const struct hosted *hosted)
{
	struct cli *cli = userdata;

	return outbox_withdraw(cli->store, hosted->digest, clock_now(&cli->clock), &cli->err);
}

/* A mail that waits would come in the holiday: the one after it tells what that was to tell. */
static int pause_withdraw(struct cli *cli)
{
	const char *book = cli->book_name ? cli->book_name : "main";
	int r = hosted_each(cli->store, cli->book, pause_withdraw_hosted, cli, &cli->err);

	for (size_t i = 0; r == 0 && cli->conf && i < cli->conf->n_digests; i++) {
		const struct conf_digest *digest = &cli->conf->digests[i];
		struct digest_state state;

		if (!str_equal(digest->book, book))
			continue;
		r = digests_load(cli->store, digest->name, &state, &cli->err);
		if (r == 0)
			r = outbox_withdraw(
				cli->store, state.id, clock_now(&cli->clock), &cli->err);
	}
	return r;
}

static int pause_store(struct cli *cli, const char *verb, const int32_t *until)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0)
		r = books_set_pause(cli->store, cli->book, until, &cli->err);
	if (r == 0 && until)
		r = pause_withdraw(cli);
	return r < 0 ? r : change_commit(&change, "%s", verb);
}

static void pause_tell(struct cli *cli, const int32_t *until)
{
	_cleanup_str_ struct str date = STR_INIT;
	struct date day = day_date(until ? *until : 0);
	char text[DAY_TEXT_SIZE];

	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "paused_until", until ? day_format(&day, text) : NULL);
		json_object_end(&cli->js);
		return;
	}
	if (!until) {
		str_add(&cli->out, _("Digests come again.\n"));
		return;
	}
	wording_add_date(&date, *until);
	str_addf(&cli->out, _("No digest before %s; then one, and nothing is lost.\n"),
		str_text(&date));
}

int verb_pause(struct cli *cli, int argc, char **argv)
{
	_cleanup_free_ char *when = NULL;
	int32_t until;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	if (!cli->words.n)
		return cli_usage(cli, "until when? For example: nudge pause 24.8.");
	when = cli_join(&cli->words, 0, cli->words.n);
	status = when ? cli_open(cli) : cli_fail(cli, err_oom(&cli->err));
	if (status)
		return status;
	if (when_day(when, cli->today, WHEN_COMING, &until, &cli->err) < 0)
		return cli_usage(cli, "%s", cli->err.text);
	if (until <= cli->today)
		return cli_usage(cli, "\"%s\" is not a day to come", when);
	r = pause_store(cli, "pause", &until);
	if (r < 0)
		return cli_fail(cli, r);
	pause_tell(cli, &until);
	return 0;
}

/* Who comes back before the day that was said has come back today, and the digest knows why it was silent. */
static int resume_day(struct cli *cli, int32_t *ret, bool *ret_is_early)
{
	int r = books_pause(cli->store, cli->book_name ? cli->book_name : "main", ret, &cli->err);

	*ret_is_early = r > 0 && *ret > cli->today;
	*ret = cli->today;
	return r < 0 ? r : 0;
}

int verb_resume(struct cli *cli, int argc, char **argv)
{
	bool is_early = false;
	int32_t today;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	status = cli_open(cli);
	if (status)
		return status;
	r = resume_day(cli, &today, &is_early);
	if (r == 0)
		r = pause_store(cli, "resume", is_early ? &today : NULL);
	if (r < 0)
		return cli_fail(cli, r);
	pause_tell(cli, NULL);
	return 0;
}

int verb_config(struct cli *cli, int argc, char **argv)
{
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL);

	if (status || cli->help)
		return status;
	status = cli_load_conf(cli, true);
	if (status)
		return status;
	if (cli->json) {
		conf_write_json(cli->conf, &cli->js);
		return 0;
	}
	str_addf(&cli->out, "# %s\n", cli->conf->path);
	conf_write(cli->conf, &cli->out);
	return 0;
}
