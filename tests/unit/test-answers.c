/* SPDX-License-Identifier: MIT */
#include "cli/answers.h"
#include "conf-text.h"
#include "format/rhythm.h"

#include <errno.h>

/* What was taken for one answer, in words. */
static const char *answer_of(const struct answers *answers, enum answers_question question)
{
	static char text[64];

	switch (question) {
	case ANSWERS_ADDRESS:
		return answers->address;
	case ANSWERS_NAME:
		return answers->name;
	case ANSWERS_SERVER:
		return answers->url;
	case ANSWERS_TLS:
		return answers->tls;
	case ANSWERS_USER:
		return answers->user;
	case ANSWERS_TOKEN_COMMAND:
		return answers->token_command;
	case ANSWERS_PASSWORD:
		return answers->password;
	case ANSWERS_TIME:
		(void)snprintf(text, sizeof(text), "%d", answers->minute);
		return text;
	case ANSWERS_DAYS:
		(void)snprintf(text, sizeof(text), "%x", answers->days);
		return text;
	case ANSWERS_TIMEZONE:
		return answers->timezone;
	case ANSWERS_LANGUAGE:
		return answers->language;
	case ANSWERS_ADDRESS_FORM:
		return answers->address_form;
	case ANSWERS_COUNT:
		break;
	}
	return NULL;
}

static void answers_are_taken(void)
{
	static const struct {
		enum answers_question question;
		const char *text, *taken; /* NULL: refused */
	} rows[] = {
		{ ANSWERS_ADDRESS, "anna@example.org", "anna@example.org" },
		{ ANSWERS_ADDRESS, "Anna <anna@example.org>", "anna@example.org" },
		{ ANSWERS_ADDRESS, "anna", NULL },
		{ ANSWERS_ADDRESS, "", NULL },
		{ ANSWERS_NAME, "Anna Schmidt", "Anna Schmidt" },
		{ ANSWERS_NAME, "-", "" },
		{ ANSWERS_NAME, "", "" },
		{ ANSWERS_SERVER, "gmail", "smtp://smtp.gmail.com:587" },
		{ ANSWERS_SERVER, "gmial", NULL },
		{ ANSWERS_SERVER, "", NULL },
		{ ANSWERS_TLS, "Required", "required" },
		{ ANSWERS_TLS, "perhaps", NULL },
		{ ANSWERS_USER, "anna", "anna" },
		{ ANSWERS_USER, "-", "" },
		{ ANSWERS_USER, "", NULL },
		{ ANSWERS_TOKEN_COMMAND, "oama access anna", "oama access anna" },
		{ ANSWERS_TOKEN_COMMAND, "-", "" },
		{ ANSWERS_TOKEN_COMMAND, "", "" },
		{ ANSWERS_PASSWORD, " secret ", " secret " },
		{ ANSWERS_PASSWORD, "-", "-" },
		{ ANSWERS_PASSWORD, "", NULL },
		{ ANSWERS_TIME, "7:30", "450" },
		{ ANSWERS_TIME, "25", NULL },
		{ ANSWERS_DAYS, "weekdays", "3e" },
		{ ANSWERS_DAYS, "never", NULL },
		{ ANSWERS_TIMEZONE, "UTC", "UTC" },
		{ ANSWERS_TIMEZONE, "Mars/Olympus", NULL },
		{ ANSWERS_TIMEZONE, "../etc", NULL },
		{ ANSWERS_LANGUAGE, "DE", "de" },
		{ ANSWERS_LANGUAGE, "englisch", "en" },
		{ ANSWERS_LANGUAGE, "fr", NULL },
		{ ANSWERS_ADDRESS_FORM, "Sie", "sie" },
		{ ANSWERS_ADDRESS_FORM, "ihr", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_answers_ struct answers answers = ANSWERS_INIT;
		struct err e = { "" };
		int r = answers_take(&answers, rows[i].question, rows[i].text, &e);

		TEST_ROW("%d: %s", (int)rows[i].question, rows[i].text);
		CHECK_INT(r, rows[i].taken ? 0 : -EINVAL);
		CHECK((r == 0) == (e.text[0] == '\0'));
		if (r == 0)
			CHECK_TEXT(answer_of(&answers, rows[i].question), rows[i].taken);
	}
}

static void answers_of_an_address(void)
{
	_cleanup_answers_ struct answers answers = ANSWERS_INIT;

	CHECK_INT(answers_take(&answers, ANSWERS_ADDRESS, "Anna Schmidt <a@example.org>", NULL), 0);
	CHECK_TEXT(answers.name, "Anna Schmidt");
	CHECK_INT(answers_take(&answers, ANSWERS_ADDRESS, "b@example.org", NULL), 0);
	CHECK_TEXT(answers.name, "Anna Schmidt");
}

static void take(struct answers *answers, enum answers_question question, const char *text)
{
	CHECK_INT(answers_take(answers, question, text, NULL), 0);
}

static bool pretend_look_up(const char *domain, char ret[MX_HOST_SIZE])
{
	(void)snprintf(ret, MX_HOST_SIZE, "smtpin.rzone.de");
	return str_equal(domain, "schmidt.de");
}

/* A domain of one's own: whoever keeps its mail is asked for, and nobody of those that are known. */
static void answers_of_a_domain_of_ones_own(void)
{
	static const struct {
		const char *address, *url;
	} rows[] = {
		{ "anna@schmidt.de", "smtps://smtp.strato.de:465" },
		{ "anna@schmitt.de", "smtp://mail.schmitt.de:587" },
		{ "anna@gmx.de", "smtp://mail.gmx.net:587" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_answers_ struct answers answers = ANSWERS_INIT;

		TEST_ROW("%s", rows[i].address);
		answers.look_up = pretend_look_up;
		take(&answers, ANSWERS_ADDRESS, rows[i].address);
		CHECK_INT(answers_settle(&answers, ANSWERS_SERVER, NULL), 0);
		CHECK_TEXT(answers.url, rows[i].url);
	}
}

/* Nobody is asked: what is proposed is taken, and what nobody can know is missed. */
static void answers_settled(void)
{
	static const struct {
		const char *address, *user;
		enum answers_question question;
		int result;
		const char *taken;
	} rows[] = {
		{ NULL, NULL, ANSWERS_ADDRESS, -ENODATA, NULL },
		{ "a@gmx.de", NULL, ANSWERS_SERVER, 0, "smtp://mail.gmx.net:587" },
		{ "a@example.org", NULL, ANSWERS_SERVER, 0, "smtp://mail.example.org:587" },
		{ "a@gmx.de", NULL, ANSWERS_USER, 0, "a@gmx.de" },
		{ "a@gmx.de", "-", ANSWERS_USER, 0, "" },
		{ "a@gmx.de", "a", ANSWERS_PASSWORD, -ENODATA, NULL },
		{ "a@gmx.de", "-", ANSWERS_PASSWORD, 0, NULL },
		{ "a@gmx.de", "a", ANSWERS_TOKEN_COMMAND, 0, NULL },
		{ "a@gmx.de", "a", ANSWERS_TIME, 0, "420" },
		{ "a@gmx.de", "a", ANSWERS_DAYS, 0, "fe" },
		{ "a@gmx.de", "a", ANSWERS_LANGUAGE, 0, "en" },
		{ "a@gmx.de", "a", ANSWERS_ADDRESS_FORM, 0, "du" },
	};

	(void)setenv("LANGUAGE", "en", 1);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_answers_ struct answers answers = ANSWERS_INIT;

		TEST_ROW("row %zu", i);
		if (rows[i].address)
			take(&answers, ANSWERS_ADDRESS, rows[i].address);
		if (rows[i].user)
			take(&answers, ANSWERS_USER, rows[i].user);
		CHECK_INT(answers_settle(&answers, rows[i].question, NULL), rows[i].result);
		if (rows[i].result == 0)
			CHECK_TEXT(answer_of(&answers, rows[i].question), rows[i].taken);
	}
}

/* A secret that is there already, or a token, is no question. */
static void answers_secrets(void)
{
	_cleanup_answers_ struct answers answers = ANSWERS_INIT;

	take(&answers, ANSWERS_ADDRESS, "a@example.org");
	take(&answers, ANSWERS_SERVER, "outlook");
	take(&answers, ANSWERS_USER, "a@example.org");
	CHECK_INT(answers_settle(&answers, ANSWERS_PASSWORD, NULL), -ENODATA);
	take(&answers, ANSWERS_TOKEN_COMMAND, "token");
	CHECK_INT(answers_settle(&answers, ANSWERS_PASSWORD, NULL), 0);
	take(&answers, ANSWERS_TOKEN_COMMAND, "");
	answers.password_file = str_dup("/run/secret");
	CHECK_INT(answers_settle(&answers, ANSWERS_PASSWORD, NULL), 0);
}

static void answers_make_a_configuration(void)
{
	static const struct {
		const char *user, *token, *password, *file, *credential;
		enum initial_secret secret;
		const char *text;
	} rows[] = {
		{ "-", "", NULL, NULL, NULL, INITIAL_NO_LOGIN, NULL },
		{ "a", "", "secret", NULL, NULL, INITIAL_PASSWORD_FILE, NULL },
		{ "a", "", NULL, "/run/secret", NULL, INITIAL_PASSWORD_FILE, "/run/secret" },
		{ "a", "", NULL, NULL, "mail", INITIAL_PASSWORD_CREDENTIAL, "mail" },
		{ "a", "token a", NULL, NULL, NULL, INITIAL_TOKEN_COMMAND, "token a" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_answers_ struct answers answers = ANSWERS_INIT;
		_cleanup_str_ struct str cadence = STR_INIT;
		struct initial initial;

		TEST_ROW("row %zu", i);
		take(&answers, ANSWERS_USER, rows[i].user);
		take(&answers, ANSWERS_TOKEN_COMMAND, rows[i].token);
		take(&answers, ANSWERS_TIME, i ? "19" : "7");
		take(&answers, ANSWERS_DAYS, "weekdays");
		take(&answers, ANSWERS_LANGUAGE, i ? "de" : "en");
		take(&answers, ANSWERS_ADDRESS_FORM, "sie");
		answers.password = str_dup(rows[i].password);
		answers.password_file = str_dup(rows[i].file);
		answers.password_credential = str_dup(rows[i].credential);
		initial = answers_initial(&answers, &cadence);
		CHECK_INT(initial.secret, rows[i].secret);
		CHECK_TEXT(initial.secret_text, rows[i].text);
		CHECK_TEXT(initial.cadence, i ? "Mon..Fri 19:00" : "Mon..Fri 07:00");
		CHECK_TEXT(initial.digest, i ? "evening" : "morning");
		CHECK_TEXT(initial.address_form, i ? "sie" : NULL);
	}
}

/* What a configuration says is proposed; of what it cannot say the usual. */
static void answers_from_a_configuration(void)
{
	static const struct {
		const char *cadence;
		int minute;
		unsigned days;
	} rows[] = {
		{ "Mon..Fri 08:15", 495, RHYTHM_WORKDAYS },
		{ "Sat,Sun 19:00", 1140, RHYTHM_WEEKEND },
		{ "*-*-* 07:00", 420, 0 },
		{ "daily", -1, 0 },
		{ "Mon *-*-01 07:00", -1, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_answers_ struct answers answers = ANSWERS_INIT;
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT;

		TEST_ROW("%s", rows[i].cadence);
		str_addf(&text,
			CONF_TEXT_SMTP
			"digests: ( { name = \"d\"; to = [ \"Anna <a@example.org>\" ]; "
			"cadence = \"%s\"; address = \"sie\"; } );\n",
			rows[i].cadence);
		CHECK_INT(conf_text_load(&conf, str_text(&text), &errors), 0);
		CHECK_TEXT(str_text(&errors), "");
		if (!conf)
			continue;
		CHECK_INT(answers_prefill(&answers, conf, NULL), 0);
		CHECK_TEXT(answers.address, "a@example.org");
		CHECK_TEXT(answers.name, "Anna");
		CHECK_TEXT(answers.url, "smtp://mail.example.org:587");
		CHECK_TEXT(answers.address_form, "sie");
		CHECK_INT(answers.minute, rows[i].minute);
		CHECK_INT(answers.days, rows[i].days);
		CHECK_INT(answers_settle(&answers, ANSWERS_ADDRESS, NULL), 0);
		CHECK_INT(answers_settle(&answers, ANSWERS_SERVER, NULL), 0);
		CHECK_TEXT(answers.url, "smtp://mail.example.org:587");
		CHECK_INT(answers_settle(&answers, ANSWERS_USER, NULL), 0);
		CHECK_TEXT(answers.user, "");
		take(&answers, ANSWERS_ADDRESS, "a@posteo.de");
		CHECK_INT(answers_settle(&answers, ANSWERS_SERVER, NULL), 0);
		CHECK_TEXT(answers.url, "smtps://posteo.de:465");
		CHECK_INT(answers_settle(&answers, ANSWERS_USER, NULL), 0);
		CHECK_TEXT(answers.user, "a@posteo.de");
	}
}

static void answers_options(void)
{
	for (enum answers_question i = 0; i < ANSWERS_COUNT; i++)
		CHECK((answers_option(i) == NULL) == (i == ANSWERS_PASSWORD));
}

/* Whoever has another server means nothing that was said of the first one. */
static void answers_of_the_encryption(void)
{
	static const struct {
		const char *server;
		bool tried;
		const char *tls; /* proposed */
	} rows[] = {
		{ "localhost:25", true, "opportunistic" },
		{ "localhost:25", false, NULL },
		{ "smtps://localhost", true, NULL },
		{ "mail.example.org", true, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_answers_ struct answers answers = ANSWERS_INIT;

		TEST_ROW("%s", rows[i].server);
		answers.tried = rows[i].tried;
		take(&answers, ANSWERS_SERVER, "gmail");
		take(&answers, ANSWERS_TLS, "none");
		take(&answers, ANSWERS_SERVER, "gmail");
		CHECK_TEXT(answers.tls, "none");
		take(&answers, ANSWERS_SERVER, rows[i].server);
		CHECK_INT(answers_settle(&answers, ANSWERS_TLS, NULL), 0);
		CHECK_TEXT(answers.tls, rows[i].tls);
	}
}

TEST_MAIN(TEST(answers_of_the_encryption), TEST(answers_are_taken), TEST(answers_of_an_address),
	TEST(answers_of_a_domain_of_ones_own), TEST(answers_settled), TEST(answers_secrets),
	TEST(answers_make_a_configuration), TEST(answers_from_a_configuration),
	TEST(answers_options))
