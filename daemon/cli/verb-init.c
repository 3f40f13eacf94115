/* SPDX-License-Identifier: MIT */
/*
 * verb-init: from nothing to a service that works, in one dialogue.
 *
 * Nothing is written before a test mail went through, or the person said to write it all the same:
 * whoever leaves the dialogue leaves everything as it was.
 */
#include "cli/init-internal.h"

#include "base/file.h"
#include "cli/mode.h"
#include "cli/question.h"
#include "cli/trial.h"
#include "cli/verbs.h"
#include "conf/location.h"
#include "format/shellword.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void init_done(struct init *init)
{
	place_done(&init->place);
	answers_done(&init->answers);
	conf_free(init->conf);
}

static int init_ended(void)
{
	question_say(_("\nNothing was written.\n"));
	return CLI_REFUSED;
}

/* What is there */

static int init_load(struct init *init, struct conf **ret)
{
	_cleanup_str_ struct str errors = STR_INIT;
	int r = conf_load(ret, init->place.config, clock_now(&init->cli->clock), &errors);

	(void)fputs(str_text(&errors), stderr);
	return r < 0 ? EX_CONFIG : 0;
}

static void init_show(const struct conf *conf)
{
	question_say("    %s, %s\n", conf->smtp.url,
		conf->smtp.user ? conf->smtp.user : conf->smtp.from.address);
	for (size_t i = 0; i < conf->n_digests && i < 3; i++)
		question_say("    %s: %s, %s\n", conf->digests[i].name,
			conf->digests[i].to[0].address, conf->digests[i].cadence_text);
}

/* There is a configuration: 0, and whether it is kept, or a status. */
static int init_meet_old(struct init *init)
{
	_cleanup_(conf_freep) struct conf *old = NULL;
	struct cli *cli = init->cli;
	int answer;

	if (!init->asks)
		return cli_complain(cli, CLI_REFUSED,
			"there is a configuration already, %s; it stays as it is",
			init->place.config);
	question_say(_("There is a configuration already, %s:\n"), init->place.config);
	if (init_load(init, &old) == 0)
		init_show(old);
	answer = question_confirm(_("Keep it?"), true);
	if (answer == QUESTION_ENDED)
		return init_ended();
	init->kept = answer == 1;
	if (init->kept)
		init->conf = TAKE_PTR(old);
	else if (old && answers_prefill(&init->answers, old, &cli->err) < 0)
		return cli_fail(cli, -ENOMEM);
	question_say(init->kept ? "" : "\n");
	return 0;
}

/* The answers */

static int init_refuse_option(struct init *init, enum answers_question question, int code)
{
	const char *option = answers_option(question);

	if (code != -EINVAL && code != -ENODATA)
		return cli_fail(init->cli, code);
	if (code == -EINVAL)
		return cli_usage(init->cli, "--%s: %s", option, init->cli->err.text);
	if (option)
		return cli_usage(init->cli, "--%s is needed where nobody is asked", option);
	return cli_usage(init->cli,
		"--password-file, --password-credential or --token-command is needed where nobody is "
		"asked; --user - is for a server without a login");
}

static int init_answer(struct init *init, enum answers_question question)
{
	struct err *e = &init->cli->err;
	int r;

	if (init->given[question])
		r = answers_take(&init->answers, question, init->given[question], e);
	else if (init->asks)
		r = answers_ask(&init->answers, question, e);
	else
		r = answers_settle(&init->answers, question, e);
	if (r == QUESTION_ENDED)
		return init_ended();
	return r < 0 ? init_refuse_option(init, question, r) : 0;
}

static int init_answer_all(struct init *init)
{
	struct answers *answers = &init->answers;
	int status = 0;

	if (init->password_file)
		answers->password_file = file_absolute(init->password_file);
	if (init->password_credential)
		answers->password_credential = str_dup(init->password_credential);
	if (init->asks)
		question_say(_(
			"nudged writes you a mail with what is due among the people you know. These "
			"few questions set it up. Enter takes what stands in brackets; Ctrl-C leaves "
			"everything as it is.\n\n"));
	for (enum answers_question i = 0; status == 0 && i < ANSWERS_COUNT; i++)
		status = init_answer(init, i);
	return status;
}

/* The trial */

/* What can be changed after a trial that failed, and from which question on it is asked again. */
static const struct {
	const char *text;
	enum answers_question from;
} init_changes[] = {
	{ N_("another password or token"), ANSWERS_TOKEN_COMMAND },
	{ N_("another login"), ANSWERS_USER },
	{ N_("another server, or its encryption"), ANSWERS_SERVER },
	{ N_("try it again"), ANSWERS_TIME },
	{ N_("write it all the same"), ANSWERS_COUNT },
};

static size_t init_likely_change(int status)
{
	return status == EX_NOPERM ? 0 : status == EX_TEMPFAIL ? 3 : 2;
}

/* What the person chooses: its number from 0 on, or -1 where they leave. */
static int init_choose_change(struct init *init, int status)
{
	char proposal[] = { (char)('1' + init_likely_change(status)), '\0' };

	question_say(_("\nWhat now?\n"));
	for (size_t i = 0; i < ARRAY_SIZE(init_changes); i++)
		question_say("  %zu  %s\n", i + 1, _(init_changes[i].text));
	for (;;) {
		_cleanup_free_ char *answer = NULL;
		uint64_t number = 0;
		int r = question_ask(&answer, _("Number"), proposal, &init->cli->err);

		if (r == QUESTION_ENDED || r == -ENOMEM)
			return -1;
		if (r == 0 && str_number(answer, ARRAY_SIZE(init_changes), &number) && number)
			return (int)number - 1;
		question_say(_("A number from 1 to %zu, please.\n"), ARRAY_SIZE(init_changes));
	}
}

#define INIT_WRITE (-1)

/* 0 where it is to be tried again, INIT_WRITE where it is to be written as it is, else a status. */
static int init_change(struct init *init, int status)
{
	struct answers *answers = &init->answers;
	int choice = init_choose_change(init, status);

	if (choice < 0)
		return init_ended();
	if (init_changes[choice].from == ANSWERS_COUNT)
		return INIT_WRITE;
	answers->tried = true;
	if (init_changes[choice].from <= ANSWERS_TOKEN_COMMAND) {
		free(TAKE_PTR(answers->password_file));
		free(TAKE_PTR(answers->password_credential));
		free(TAKE_PTR(answers->token_command));
	}
	status = 0;
	for (enum answers_question i = init_changes[choice].from;
		status == 0 && i <= ANSWERS_PASSWORD; i++) {
		init->given[i] = NULL;
		status = init_answer(init, i);
	}
	return status;
}

static int init_check(struct init *init, const struct initial *initial)
{
	_cleanup_str_ struct str errors = STR_INIT;
	struct cli *cli = init->cli;
	int r = trial_check(initial, clock_now(&cli->clock), &errors, &cli->err);

	if (r == 0)
		return 0;
	if (!errors.len)
		return cli_fail(cli, r);
	(void)fputs(str_text(&errors), stderr);
	return EX_CONFIG;
}

static int init_try_once(struct init *init)
{
	_cleanup_str_ struct str cadence = STR_INIT;
	struct initial initial = answers_initial(&init->answers, &cadence);
	int status = init_check(init, &initial);

	init->waits = initial.secret == INITIAL_PASSWORD_CREDENTIAL && !init->no_test;
	if (status || init->no_test || init->waits)
		return status;
	question_say(_("\nA test mail to %s ...\n"), init->answers.address);
	return trial_send(init->cli, &initial, init->answers.password);
}

static int init_try(struct init *init)
{
	for (;;) {
		int status = init_try_once(init);

		if (status == 0 || status == EX_CONFIG)
			return status;
		if (!init->asks)
			return cli_complain(init->cli, status,
				"nothing was written; --no-test writes it without a test mail");
		status = init_change(init, status);
		init->fails = status == INIT_WRITE;
		if (status)
			return init->fails ? 0 : status;
	}
}

/* The files */

static int init_write(struct init *init)
{
	_cleanup_str_ struct str cadence = STR_INIT, text = STR_INIT;
	struct initial initial = answers_initial(&init->answers, &cadence);
	const struct place *place = &init->place;
	struct err *e = &init->cli->err;
	bool secret = initial.secret == INITIAL_PASSWORD_FILE && !initial.secret_text;
	int r = 0;

	if (secret) {
		initial.secret = place->system ? INITIAL_PASSWORD_CREDENTIAL
					       : INITIAL_PASSWORD_FILE;
		initial.secret_text = place->system ? PLACE_CREDENTIAL : PLACE_PASSWORD_FILE;
		r = place_write_secret(place, init->answers.password, e);
	}
	initial_write(&text, &initial);
	if (r == 0)
		r = str_check(&text, e);
	if (r == 0)
		r = place_write_config(place, str_text(&text), e);
	if (r < 0)
		return cli_fail(init->cli, r);
	question_say(_("\nThe configuration is in %s.\n"), place->config);
	if (secret)
		question_say(
			_("The password is in %s, which nobody else may read.\n"), place->secret);
	return init_load(init, &init->conf);
}

static int init_run(struct init *init)
{
	int status;

	init->first = access(init->place.config, F_OK) < 0;
	status = init->first ? 0 : init_meet_old(init);
	if (status == 0 && !init->kept)
		status = init_answer_all(init);
	if (status == 0 && !init->kept)
		status = init_try(init);
	if (status == 0 && !init->kept)
		status = init_write(init);
	if (status == 0)
		status = init_serve(init);
	if (status == 0)
		status = init_try_in_place(init);
	if (status == 0)
		init_tell_steps(init);
	return status;
}

/* Root's trial would go through, and no mail of the service ever would. */
static int init_check_secret(const struct init *init)
{
	_cleanup_str_ struct str from = STR_INIT, to = STR_INIT;

	if (!init->place.system || !init->password_file ||
		mode_service_may_read(init->password_file))
		return 0;
	shellword_add(&from, init->password_file, SHELLWORD_PLAIN);
	shellword_add(&to, init->place.secret, SHELLWORD_PLAIN);
	return cli_complain(init->cli, EX_NOPERM,
		"%s: the service runs as the user %s, who may not read it: `install -D -m 600 %s %s` puts the "
		"password where systemd hands it over, then --password-credential %s",
		init->password_file, LOCATION_SYSTEM_USER, str_text(&from), str_text(&to),
		PLACE_CREDENTIAL);
}

static int init_prepare(struct init *init)
{
	struct cli *cli = init->cli;
	int status, r;

	if (cli->words.n)
		return cli_usage(cli, "init takes options alone");
	if (cli->json)
		return cli_usage(cli, "init leads a dialogue; there is no document of it");
	r = place_find(&init->place, cli->config_path, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (init->place.system && !init->place.unit)
		return cli_complain(cli, EX_USAGE,
			"%s: no unit of systemd reads a file of that name; let it have letters, digits, \".\", \"-\" and "
			"\"_\", and end in .conf",
			init->place.config);
	/* Others than root are told what to type. */
	status = init->place.system && geteuid() != 0 ? mode_enter(cli, init->place.config) : 0;
	if (status == 0)
		status = init_check_secret(init);
	if (status)
		return status;
	init->asks = !init->yes && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	if (init->asks || init->yes)
		return 0;
	return cli_complain(cli, CLI_REFUSED,
		"nobody can be asked here: --yes takes what would be proposed, and options tell the rest; "
		"see `nudge init --help`");
}

int verb_init(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("to", CLI_TEXT, struct init, given[ANSWERS_ADDRESS]),
		CLI_OPTION("name", CLI_TEXT, struct init, given[ANSWERS_NAME]),
		CLI_OPTION("server", CLI_TEXT, struct init, given[ANSWERS_SERVER]),
		CLI_OPTION("tls", CLI_TEXT, struct init, given[ANSWERS_TLS]),
		CLI_OPTION("user", CLI_TEXT, struct init, given[ANSWERS_USER]),
		CLI_OPTION("token-command", CLI_TEXT, struct init, given[ANSWERS_TOKEN_COMMAND]),
		CLI_OPTION("password-file", CLI_PATH, struct init, password_file),
		CLI_OPTION("password-credential", CLI_TEXT, struct init, password_credential),
		CLI_OPTION("at", CLI_TEXT, struct init, given[ANSWERS_TIME]),
		CLI_OPTION("days", CLI_TEXT, struct init, given[ANSWERS_DAYS]),
		CLI_OPTION("timezone", CLI_TEXT, struct init, given[ANSWERS_TIMEZONE]),
		CLI_OPTION("language", CLI_TEXT, struct init, given[ANSWERS_LANGUAGE]),
		CLI_OPTION("address", CLI_TEXT, struct init, given[ANSWERS_ADDRESS_FORM]),
		CLI_OPTION("no-test", CLI_FLAG, struct init, no_test),
		CLI_OPTION("no-enable", CLI_FLAG, struct init, no_enable),
		CLI_OPTION("yes", CLI_FLAG, struct init, yes),
	};
	_cleanup_(init_done) struct init init = { .cli = cli, .answers = ANSWERS_INIT };
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &init);

	if (status || cli->help)
		return status;
	status = init_prepare(&init);
	if (status)
		return status;
	init.answers.look_up = mx_look_up;
	question_hold_signals();
	status = init_run(&init);
	question_release_signals();
	return status;
}
