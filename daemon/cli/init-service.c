/* SPDX-License-Identifier: MIT */
/*
 * init-service: what follows on the first configuration: the service that reads it, and the first steps.
 */
#include "cli/init-internal.h"

#include "base/file.h"
#include "cli/question.h"
#include "cli/starter.h"
#include "cli/trial.h"
#include "conf/invoke.h"
#include "digest/wording.h"
#include "format/shellword.h"

static const char *init_systemctl(const struct init *init)
{
	return init->place.system ? "systemctl" : "systemctl --user";
}

/* The command as it is typed for this configuration, by which an unnamed one may mean another. */
static void init_add_nudge(const struct init *init, struct str *out)
{
	_cleanup_free_ char *meant = conf_find(NULL);
	_cleanup_free_ char *usual = meant ? file_absolute(meant) : NULL;

	invoke_add(out, str_equal(usual, init->place.config) ? NULL : init->place.config, NULL);
}

/* A word of the shell's within a crontab, where a percent sign ends the command: crontab(5). */
static void init_add_cron_word(struct str *out, const char *text)
{
	_cleanup_str_ struct str word = STR_INIT;

	shellword_add(&word, text, SHELLWORD_PLAIN);
	for (const char *at = str_text(&word); *at; at++) {
		if (*at == '%')
			str_add_char(out, '\\');
		str_add_char(out, *at);
	}
	out->failed |= word.failed;
}

static void init_explain_without(const struct init *init)
{
	_cleanup_free_ char *nudged = file_self_companion("nudged", PACKAGE_SBINDIR);
	_cleanup_str_ struct str command = STR_INIT;
	bool usual = init->place.unit != NULL;

	question_say("\n%s\n",
		usual ? _("There is no systemd here that knows nudged.")
		      : _("The units of systemd know no configuration but the usual one."));
	question_say(_(
		"Keep `nudged --foreground` running by other means, or let cron send what is due:\n"));
	/* Neither cron nor most people have the folder of daemons in PATH. */
	init_add_cron_word(&command, nudged ? nudged : "nudged");
	str_add(&command, " --once");
	if (!usual) {
		str_add(&command, " --config ");
		init_add_cron_word(&command, init->place.config);
	}
	question_say("    */15 * * * *  %s\n", str_text(&command));
}

/* A digest at seven is of no use to somebody who logs in at nine. */
static int init_offer_linger(const struct init *init)
{
	int answer;

	if (init->place.system || starter_lingers())
		return 0;
	if (!init->asks) {
		answer = starter_linger(&init->cli->err);
		if (answer == 0)
			question_say(
				_("The service goes on when you log out; `loginctl disable-linger` "
				  "ends that.\n"));
		return answer;
	}
	question_say(_(
		"\nYour own service ends when you log out, and no mail comes until you are back.\n"));
	answer = question_confirm(_("Keep it running then (loginctl enable-linger)?"), true);
	return answer == 1 ? starter_linger(&init->cli->err) : 0;
}

static const char *init_service_question(const struct init *init, const struct starter *unit)
{
	if (starter_is_active(unit))
		return _("Start the service anew, so that it knows?");
	return init->place.system ? _("Start the service, now and whenever this machine starts?")
				  : _("Start the service, now and whenever you log in?");
}

static void init_tell_start(const struct init *init, const struct starter *unit)
{
	_cleanup_str_ struct str name = STR_INIT;

	shellword_add(&name, unit->name, SHELLWORD_PLAIN);
	question_say(_("`%s enable --now %s` starts it.\n"), init_systemctl(init), str_text(&name));
}

static int init_enable(struct init *init, const struct starter *unit)
{
	int answer = init->yes;

	if (init->asks) {
		question_say("\n");
		answer = question_confirm(init_service_question(init, unit), true);
	}
	if (answer != 1) {
		init_tell_start(init, unit);
		return 0;
	}
	if (starter_enable(unit, &init->cli->err) < 0)
		return cli_complain(init->cli, EX_UNAVAILABLE, "%s", init->cli->err.text);
	init->runs = true;
	if (init_offer_linger(init) < 0)
		(void)cli_complain(init->cli, 0, "%s", init->cli->err.text);
	return 0;
}

int init_serve(struct init *init)
{
	struct starter unit = { init->place.unit, init->place.system };

	if (init->no_enable) {
		if (unit.name && starter_is_known(&unit))
			init_tell_start(init, &unit);
		return 0;
	}
	if (!unit.name || !starter_is_known(&unit)) {
		init_explain_without(init);
		return 0;
	}
	return init->kept && starter_is_active(&unit) ? 0 : init_enable(init, &unit);
}

static void init_tell_credential(const struct init *init)
{
	if (init->place.system)
		question_say(
			_("The credential \"%s\" of the service comes from %s; its unit may say otherwise.\n"),
			init->answers.password_credential, init->place.secret);
}

/* systemd gives the credential to the service alone, which lends a sender that has it. */
int init_try_in_place(struct init *init)
{
	_cleanup_str_ struct str nudge = STR_INIT, unit = STR_INIT;
	int status;

	if (!init->waits)
		return 0;
	init_add_nudge(init, &nudge);
	shellword_add(&unit, init->place.unit ? init->place.unit : "", SHELLWORD_PLAIN);
	if (!init->runs) {
		question_say(
			_("No test mail was sent: only the running service has the credential. Once it runs, "
			  "try `%s test-send`.\n"),
			str_text(&nudge));
		init_tell_credential(init);
		return 0;
	}
	question_say(_("\nA test mail to %s ...\n"), init->answers.address);
	status = trial_send_in_place(init->cli, init->place.config);
	if (status == 0)
		return 0;
	if (status == EX_NOPERM)
		init_tell_credential(init);
	return cli_complain(init->cli, status,
		"the configuration is written and the service runs; when that is mended, `%s restart %s`, then "
		"`%s test-send`",
		init_systemctl(init), str_text(&unit), str_text(&nudge));
}

/* The first mail comes as soon as the service runs. */
static void init_tell_next(const struct init *init)
{
	const struct conf_digest *digest = init->conf && init->conf->n_digests ? init->conf->digests
									       : NULL;
	_cleanup_str_ struct str date = STR_INIT;
	struct civil civil;
	int64_t next;

	if (!init->runs || !digest ||
		cadence_next(digest->cadence, digest->zone, clock_now(&init->cli->clock), &next))
		return;
	civil = zone_civil(digest->zone, next);
	wording_add_date(&date, civil.day);
	question_say(init->first && !init->fails
			? _("\nThe service runs. Its first mail, a welcome, comes now; the next is "
			    "due on %1$s at %2$d:%3$02d.\n")
			: _("\nThe service runs. The next mail is due on %1$s at %2$d:%3$02d.\n"),
		str_text(&date), civil.second / 3600, civil.second / 60 % 60);
}

void init_tell_steps(const struct init *init)
{
	_cleanup_str_ struct str nudge = STR_INIT;

	str_add(&nudge, init->place.system && getenv("SUDO_USER") ? "sudo " : "");
	init_add_nudge(init, &nudge);
	init_tell_next(init);
	question_say(
		_("\nWhat comes next:\n"
		  "  %1$s import contacts.vcf   your address book; also CSV, or LinkedIn's export\n"
		  "  %1$s add Anna Schmidt --birthday 12.3.1984\n"
		  "  %1$s                       what is due; nudge --help shows the rest\n"),
		str_text(&nudge));
}
