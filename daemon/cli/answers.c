/* SPDX-License-Identifier: MIT */
/*
 * answers: what a newcomer is asked for a first configuration.
 */
#include "cli/answers.h"

#include "base/lang.h"
#include "base/zonefile.h"
#include "cli/question.h"
#include "conf/provider.h"
#include "conf/url.h"
#include "format/rhythm.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define ANSWERS_NONE "-" /* what is typed for nothing, where a proposal stands for Enter */

void answers_done(struct answers *answers)
{
	question_wipe(&answers->password);
	free(answers->address);
	free(answers->name);
	free(answers->url);
	free(answers->tls);
	free(answers->user);
	free(answers->token_command);
	free(answers->password_file);
	free(answers->password_credential);
	free(answers->timezone);
	free(answers->language);
	free(answers->address_form);
	*answers = ANSWERS_INIT;
}

static int answers_set(char **value, const char *text, struct err *reterr)
{
	char *copy = str_dup(text);

	if (!copy)
		return err_oom(reterr);
	free(*value);
	*value = copy;
	return 0;
}

/* The person */

/* Another mailbox is elsewhere, and has another login. */
static void address_change(struct answers *answers, const char *address)
{
	if (!answers->address || str_equal(answers->address, address))
		return;
	free(TAKE_PTR(answers->url));
	free(TAKE_PTR(answers->tls));
	free(TAKE_PTR(answers->user));
}

static int address_take(struct answers *answers, const char *text, struct err *reterr)
{
	struct mime_address parsed = { 0 };
	int r = mime_address_parse(&parsed, text, reterr);

	if (r == 0)
		address_change(answers, parsed.address);
	if (r == 0)
		r = answers_set(&answers->address, parsed.address, reterr);
	if (r == 0 && parsed.name)
		r = answers_set(&answers->name, parsed.name, reterr);
	mime_address_done(&parsed);
	return r;
}

static char *address_propose(const struct answers *answers)
{
	return str_dup(answers->address);
}

static int name_take(struct answers *answers, const char *text, struct err *reterr)
{
	return answers_set(&answers->name, str_equal(text, ANSWERS_NONE) ? "" : text, reterr);
}

/* What the system knows its user as; of root and services it knows no name of a person. */
static char *name_propose(const struct answers *answers)
{
	struct passwd entry, *found = NULL;
	char buffer[16 * 1024];

	if (!str_empty(answers->name))
		return str_dup(answers->name);
	if (geteuid() == 0 || getpwuid_r(geteuid(), &entry, buffer, sizeof(buffer), &found) != 0 ||
		!found || !found->pw_gecos || strcspn(found->pw_gecos, ",") == 0)
		return NULL;
	return str_ndup(found->pw_gecos, strcspn(found->pw_gecos, ","));
}

/* The server */

static int server_take(struct answers *answers, const char *text, struct err *reterr)
{
	char *url = NULL;
	int r = provider_read_server(&url, text, reterr);

	if (r < 0)
		return r;
	if (!str_equal(answers->url, url))
		free(TAKE_PTR(answers->tls));
	free(answers->url);
	answers->url = url;
	return 0;
}

/* On this machine the default is none, and most servers there want no login; one that does may offer it behind
 * STARTTLS alone. */
static bool tls_is_open(const struct answers *answers)
{
	_cleanup_(url_done) struct url url = { 0 };

	return answers->url && url_parse(&url, answers->url, NULL) == 0 && !url.implicit_tls &&
		url_is_loopback(&url);
}

static bool tls_applies(const struct answers *answers)
{
	return answers->tried && tls_is_open(answers);
}

static char *tls_propose(const struct answers *answers)
{
	if (answers->tls)
		return str_dup(answers->tls);
	return tls_applies(answers) ? str_dup("opportunistic") : NULL;
}

static int tls_take(struct answers *answers, const char *text, struct err *reterr)
{
	static const char *const words[] = { "required", "opportunistic", "none" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_casecmp(text, words[i]) == 0)
			return answers_set(&answers->tls, words[i], reterr);
	return err_set(
		reterr, -EINVAL, "one of these, please: %s", "required, opportunistic, none");
}

/* Of a domain of one's own the DNS tells whose server it is. */
static void server_look_up(struct answers *answers)
{
	const char *at = answers->address ? strrchr(answers->address, '@') : NULL;

	*answers->exchange = '\0';
	if (at && answers->look_up && !answers->url && !provider_of_address(answers->address) &&
		!answers->look_up(at + 1, answers->exchange))
		*answers->exchange = '\0';
}

static char *server_propose(const struct answers *answers)
{
	return answers->url ? str_dup(answers->url)
			    : provider_guess_server(answers->address, answers->exchange);
}

static void server_explain(const struct answers *answers, struct str *out)
{
	const struct provider *keeper = provider_of_exchange(answers->exchange);

	if (answers->url || provider_of_address(answers->address))
		return;
	if (keeper)
		/* TRANSLATORS: a domain, and the name of a provider */
		str_addf(out, _("The mail of %s is kept by %s.\n"),
			strrchr(answers->address, '@') + 1, keeper->name);
	else
		str_add(out,
			_("Which server takes your mail? Your provider calls it SMTP or outgoing server, often "
			  "mail. or smtp. and your domain. Known by name are Gmail, Microsoft 365, IONOS, "
			  "STRATO and others.\n"));
}

static const struct provider *answers_provider(const struct answers *answers)
{
	return answers->url ? provider_of_url(answers->url) : NULL;
}

static bool answers_has_login(const struct answers *answers)
{
	return !str_empty(answers->user);
}

static int user_take(struct answers *answers, const char *text, struct err *reterr)
{
	return answers_set(&answers->user, str_equal(text, ANSWERS_NONE) ? "" : text, reterr);
}

static char *user_propose(const struct answers *answers)
{
	if (!answers->user)
		return str_dup(answers->address);
	return str_dup(*answers->user ? answers->user : ANSWERS_NONE);
}

static void provider_explain(const struct answers *answers, struct str *out)
{
	const struct provider *provider = answers_provider(answers);

	if (provider && provider->advice)
		str_addf(out, "%s\n", err_translate(provider->advice));
}

static bool token_applies(const struct answers *answers)
{
	const struct provider *provider = answers_provider(answers);

	return answers_has_login(answers) && provider && provider->login == PROVIDER_TOKEN &&
		!answers->password_file && !answers->password_credential;
}

static int token_take(struct answers *answers, const char *text, struct err *reterr)
{
	return answers_set(
		&answers->token_command, str_equal(text, ANSWERS_NONE) ? "" : text, reterr);
}

static bool password_applies(const struct answers *answers)
{
	return answers_has_login(answers) && str_empty(answers->token_command) &&
		!answers->password_file && !answers->password_credential;
}

/* Where a token was asked for, its question has told already. */
static void password_explain(const struct answers *answers, struct str *out)
{
	if (!token_applies(answers))
		provider_explain(answers, out);
}

static int password_take(struct answers *answers, const char *text, struct err *reterr)
{
	if (!*text)
		return err_set(reterr, -EINVAL,
			"a password is needed here; for a server without a login, answer - when it is "
			"asked for");
	question_wipe(&answers->password);
	return answers_set(&answers->password, text, reterr);
}

/* The digest */

static int time_take(struct answers *answers, const char *text, struct err *reterr)
{
	return rhythm_parse_time(text, &answers->minute, reterr);
}

static char *time_propose(const struct answers *answers)
{
	int minute = answers->minute < 0 ? 7 * 60 : answers->minute;
	struct str text = STR_INIT;

	str_addf(&text, "%d:%02d", minute / 60, minute % 60);
	return str_take(&text);
}

static int days_take(struct answers *answers, const char *text, struct err *reterr)
{
	return rhythm_parse_days(text, &answers->days, reterr);
}

static char *days_propose(const struct answers *answers)
{
	struct str cadence = STR_INIT;

	if (!answers->days || answers->days == RHYTHM_EVERY_DAY)
		return str_dup(_("every day"));
	if (answers->days == RHYTHM_WORKDAYS)
		return str_dup(_("weekdays"));
	rhythm_add_cadence(&cadence, answers->days, 0);
	if (cadence.data)
		cadence.data[strcspn(cadence.data, " ")] = '\0';
	return str_take(&cadence);
}

static int timezone_take(struct answers *answers, const char *text, struct err *reterr)
{
	_cleanup_(zone_freep) struct zone *zone = NULL;
	int r = zonefile_load(&zone, text, reterr);

	return r < 0 ? (r == -ENOMEM ? r : -EINVAL) : answers_set(&answers->timezone, text, reterr);
}

static char *timezone_propose(const struct answers *answers)
{
	return answers->timezone ? str_dup(answers->timezone) : zonefile_system_name();
}

/* A server's clock often shows UTC, a person's does not. */
static bool timezone_applies(const struct answers *answers)
{
	_cleanup_free_ char *name = timezone_propose(answers);
	_cleanup_(zone_freep) struct zone *zone = NULL;

	return !name || str_equal(name, "UTC") || str_equal(name, "Etc/UTC") ||
		zonefile_load(&zone, name, NULL) < 0;
}

/* One of the words, ended by NULL. */
static int answers_choose(
	char **value, const char *text, const char *const *words, struct err *reterr)
{
	_cleanup_str_ struct str all = STR_INIT;
	int r;

	for (const char *const *word = words; *word; word++) {
		if (str_casecmp(*word, text) == 0)
			return answers_set(value, *word, reterr);
		str_addf(&all, "%s%s", all.len ? ", " : "", *word);
	}
	r = str_check(&all, reterr);
	return r < 0 ? r : err_set(reterr, -EINVAL, "one of these, please: %s", str_text(&all));
}

/* By its code, or by what it is called in one of the first two. */
static int language_take(struct answers *answers, const char *text, struct err *reterr)
{
	static const char *const names[][2] = { { "English", "en" }, { "Englisch", "en" },
		{ "German", "de" }, { "Deutsch", "de" } };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (str_casecmp(names[i][0], text) == 0)
			text = names[i][1];
	return answers_choose(&answers->language, text, lang_all, reterr);
}

static char *language_propose(const struct answers *answers)
{
	return str_dup(answers->language ? answers->language : lang_of_session());
}

static bool form_applies(const struct answers *answers)
{
	return str_equal(answers->language, "de");
}

static int form_take(struct answers *answers, const char *text, struct err *reterr)
{
	static const char *const words[] = { "du", "sie", NULL };

	return answers_choose(&answers->address_form, text, words, reterr);
}

static char *form_propose(const struct answers *answers)
{
	return str_dup(answers->address_form ? answers->address_form : "du");
}

/* The questions, in their order. */
static const struct {
	const char *option, *label;
	bool optional; /* no answer is an answer */
	bool secret;
	bool (*applies)(const struct answers *answers);                  /* NULL: always */
	void (*explain)(const struct answers *answers, struct str *out); /* NULL: nothing to say */
	char *(*propose)(const struct answers *answers);
	int (*take)(struct answers *answers, const char *text, struct err *reterr);
} answers_questions[ANSWERS_COUNT] = {
	[ANSWERS_ADDRESS] = { "to", N_("Your e-mail address"), false, false, NULL, NULL,
		address_propose, address_take },
	[ANSWERS_NAME] = { "name", N_("Your name"), true, false, NULL, NULL, name_propose,
		name_take },
	[ANSWERS_SERVER] = { "server", N_("Mail server"), false, false, NULL, server_explain,
		server_propose, server_take },
	[ANSWERS_TLS] = { "tls", N_("Encryption there (required, opportunistic, none)"), true,
		false, tls_applies, NULL, tls_propose, tls_take },
	[ANSWERS_USER] = { "user", N_("Login there (- for none)"), false, false, NULL, NULL,
		user_propose, user_take },
	[ANSWERS_TOKEN_COMMAND] = { "token-command",
		N_("Command that prints a token (Enter for a password)"), true, false,
		token_applies, provider_explain, NULL, token_take },
	[ANSWERS_PASSWORD] = { NULL, N_("Password (it is not shown)"), false, true,
		password_applies, password_explain, NULL, password_take },
	[ANSWERS_TIME] = { "at", N_("At what time shall the mail come"), false, false, NULL, NULL,
		time_propose, time_take },
	[ANSWERS_DAYS] = { "days", N_("On which days (every day, weekdays, mon wed fri)"), false,
		false, NULL, NULL, days_propose, days_take },
	[ANSWERS_TIMEZONE] = { "timezone", N_("Your time zone, as in Europe/Berlin"), false, false,
		timezone_applies, NULL, timezone_propose, timezone_take },
	[ANSWERS_LANGUAGE] = { "language", N_("Language of the mails, en or de"), false, false,
		NULL, NULL, language_propose, language_take },
	[ANSWERS_ADDRESS_FORM] = { "address", N_("Address you with du or sie"), false, false,
		form_applies, NULL, form_propose, form_take },
};

const char *answers_option(enum answers_question question)
{
	return answers_questions[question].option;
}

int answers_take(struct answers *answers, enum answers_question question, const char *text,
	struct err *reterr)
{
	if (!*text && !answers_questions[question].optional && !answers_questions[question].secret)
		return err_set(reterr, -EINVAL, "an answer is needed here");
	return answers_questions[question].take(answers, text, reterr);
}

static char *answers_propose(const struct answers *answers, enum answers_question question)
{
	return answers_questions[question].propose ? answers_questions[question].propose(answers)
						   : NULL;
}

static bool answers_applies(const struct answers *answers, enum answers_question question)
{
	return !answers_questions[question].applies || answers_questions[question].applies(answers);
}

int answers_settle(struct answers *answers, enum answers_question question, struct err *reterr)
{
	_cleanup_free_ char *proposal = NULL;

	if (question == ANSWERS_SERVER)
		server_look_up(answers);
	proposal = answers_propose(answers, question);
	if (proposal)
		return answers_take(answers, question, proposal, reterr);
	if (!answers_applies(answers, question) || answers_questions[question].optional)
		return 0;
	return err_set(reterr, -ENODATA, "an answer is needed here");
}

int answers_ask(struct answers *answers, enum answers_question question, struct err *reterr)
{
	_cleanup_free_ char *proposal = NULL;
	_cleanup_str_ struct str explanation = STR_INIT;
	const char *label = _(answers_questions[question].label);
	int r;

	if (question == ANSWERS_SERVER)
		server_look_up(answers);
	proposal = answers_propose(answers, question);
	if (!answers_applies(answers, question))
		return answers_settle(answers, question, reterr);
	if (answers_questions[question].explain)
		answers_questions[question].explain(answers, &explanation);
	if (explanation.len)
		question_say("\n%s", str_text(&explanation));
	do {
		_cleanup_(question_wipe) char *text = NULL;

		r = answers_questions[question].secret
			? question_ask_secret(&text, label, reterr)
			: question_ask(&text, label, proposal, reterr);
		if (r == 0)
			r = answers_take(answers, question, text, reterr);
		if (r == -EINVAL)
			question_say("%s\n", reterr->text);
	} while (r == -EINVAL);
	return r;
}

/* "Mon..Fri 07:00", as init writes it; of another cadence nothing is known. */
static void answers_prefill_cadence(struct answers *answers, const char *cadence)
{
	const char *blank = strchr(cadence, ' ');
	_cleanup_free_ char *days = blank ? str_ndup(cadence, (size_t)(blank - cadence)) : NULL;

	if (!days || rhythm_parse_time(blank + 1, &answers->minute, NULL) < 0)
		return;
	if (!str_equal(days, "*-*-*"))
		(void)rhythm_parse_days(days, &answers->days, NULL);
}

int answers_prefill(struct answers *answers, const struct conf *conf, struct err *reterr)
{
	static const char *const forms[] = { [CONF_ADDRESS_DU] = "du", [CONF_ADDRESS_SIE] = "sie" };
	static const char *const tls[] = { [CONF_TLS_REQUIRED] = "required",
		[CONF_TLS_OPPORTUNISTIC] = "opportunistic",
		[CONF_TLS_NONE] = "none" };
	const struct conf_digest *digest = conf->n_digests ? &conf->digests[0] : NULL;
	int r = answers_set(&answers->url, conf->smtp.url, reterr);

	if (r == 0 && conf->smtp.tls != (tls_is_open(answers) ? CONF_TLS_NONE : CONF_TLS_REQUIRED))
		r = answers_set(&answers->tls, tls[conf->smtp.tls], reterr);
	if (r == 0)
		r = answers_set(
			&answers->user, conf->smtp.user ? conf->smtp.user : ANSWERS_NONE, reterr);
	if (r < 0 || !digest)
		return r;
	answers_prefill_cadence(answers, digest->cadence_text);
	r = answers_set(&answers->address, digest->to[0].address, reterr);
	if (r == 0 && digest->to[0].name)
		r = answers_set(&answers->name, digest->to[0].name, reterr);
	if (r == 0)
		r = answers_set(&answers->timezone, digest->timezone, reterr);
	if (r == 0)
		r = answers_set(&answers->language, digest->language, reterr);
	return r < 0 ? r : answers_set(&answers->address_form, forms[digest->address], reterr);
}

struct initial answers_initial(const struct answers *answers, struct str *cadence)
{
	struct initial initial = {
		.address = answers->address,
		.name = answers->name,
		.url = answers->url,
		.tls = answers->tls,
		.user = answers->user,
		.digest = answers->minute < 12 * 60 ? "morning"
			: answers->minute < 17 * 60 ? "afternoon"
						    : "evening",
		.timezone = answers->timezone,
		.language = answers->language,
		.address_form = form_applies(answers) ? answers->address_form : NULL,
	};

	rhythm_add_cadence(cadence, answers->days, answers->minute);
	initial.cadence = str_text(cadence);
	if (!answers_has_login(answers))
		return initial;
	if (answers->password_credential) {
		initial.secret = INITIAL_PASSWORD_CREDENTIAL;
		initial.secret_text = answers->password_credential;
	} else if (!str_empty(answers->token_command)) {
		initial.secret = INITIAL_TOKEN_COMMAND;
		initial.secret_text = answers->token_command;
	} else {
		initial.secret = INITIAL_PASSWORD_FILE;
		initial.secret_text = answers->password_file;
	}
	return initial;
}
