/* SPDX-License-Identifier: MIT */
#include "conf-text.h"
#include "conf/initial.h"

static const struct initial initial_full = {
	.address = "anna@example.org",
	.name = "Anna Schmidt",
	.url = "smtp://mail.example.org:587",
	.tls = "opportunistic",
	.user = "anna",
	.secret = INITIAL_PASSWORD_FILE,
	.secret_text = "smtp-password",
	.digest = "morning",
	.cadence = "Mon..Fri 07:00",
	.timezone = "Europe/Berlin",
	.language = "de",
	.address_form = "sie",
};

static void initial_text(void)
{
	_cleanup_str_ struct str text = STR_INIT;

	initial_write(&text, &initial_full);
	CHECK_TEXT(str_text(&text),
		"# Made by `nudge init`. All settings and their defaults: man nudged.conf\n"
		"\n"
		"# The server that takes the mails, and the login there.\n"
		"smtp: {\n"
		"    url  = \"smtp://mail.example.org:587\";\n"
		"    tls  = \"opportunistic\";\n"
		"    from = \"nudged <anna@example.org>\";\n"
		"    user = \"anna\";\n"
		"    password_file = \"smtp-password\";\n"
		"};\n"
		"\n"
		"# One group for each digest: what comes when, and to whom.\n"
		"digests: (\n"
		"  {\n"
		"    name     = \"morning\";\n"
		"    to       = [ \"Anna Schmidt <anna@example.org>\" ];\n"
		"    cadence  = \"Mon..Fri 07:00\";\n"
		"    timezone = \"Europe/Berlin\";\n"
		"    language = \"de\";\n"
		"    address  = \"sie\";\n"
		"  }\n"
		");\n");
}

static struct conf *load(const struct initial *initial)
{
	_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT;
	struct conf *conf = NULL;

	initial_write(&text, initial);
	CHECK_INT(str_check(&text, NULL), 0);
	CHECK_INT(conf_text_load(&conf, str_text(&text), &errors), 0);
	CHECK_TEXT(str_text(&errors), "");
	return conf;
}

static void initial_is_loaded(void)
{
	_cleanup_(conf_freep) struct conf *conf = load(&initial_full);

	if (!conf)
		return;
	CHECK_TEXT(conf->smtp.url, "smtp://mail.example.org:587");
	CHECK_TEXT(conf->smtp.from.address, "anna@example.org");
	CHECK_TEXT(conf->smtp.from.name, "nudged");
	CHECK_TEXT(conf->smtp.user, "anna");
	CHECK_INT(conf->n_digests, 1);
	CHECK_TEXT(conf->digests[0].to[0].address, "anna@example.org");
	CHECK_TEXT(conf->digests[0].to[0].name, "Anna Schmidt");
	CHECK_TEXT(conf->digests[0].cadence_text, "Mon..Fri 07:00");
	CHECK_TEXT(conf->digests[0].timezone, "Europe/Berlin");
	CHECK_TEXT(conf->digests[0].language, "de");
	CHECK_INT(conf->digests[0].address, CONF_ADDRESS_SIE);
}

static void initial_least(void)
{
	static const struct initial least = {
		.address = "anna@example.org",
		.url = "smtp://localhost:25",
		.user = "not used",
		.digest = "evening",
	};
	_cleanup_(conf_freep) struct conf *conf = load(&least);

	if (!conf)
		return;
	CHECK(conf->smtp.user == NULL);
	CHECK(conf->digests[0].to[0].name == NULL);
	CHECK_TEXT(conf->digests[0].cadence_text, "*-*-* 07:00");
}

static void initial_secrets(void)
{
	struct initial initial = initial_full;
	_cleanup_(conf_freep) struct conf *credential = NULL, *token = NULL;

	initial.database = "/srv/a \"b\"/n.db";
	initial.secret = INITIAL_PASSWORD_CREDENTIAL;
	credential = load(&initial);
	if (!credential)
		return;
	CHECK_TEXT(credential->smtp.password_credential, "smtp-password");
	CHECK_TEXT(credential->database, "/srv/a \"b\"/n.db");
	initial.secret = INITIAL_TOKEN_COMMAND;
	initial.secret_text = "  /opt/a\"b  access anna@example.org ";
	token = load(&initial);
	if (!token)
		return;
	CHECK_TEXT(token->smtp.token_command[0], "/opt/a\"b");
	CHECK_TEXT(token->smtp.token_command[1], "access");
	CHECK_TEXT(token->smtp.token_command[2], "anna@example.org");
	CHECK(token->smtp.token_command[3] == NULL);
}

static void initial_names(void)
{
	static const char *const names[] = { "Anna", "Jörg Müller-Lüdenscheidt", "Schmidt, Anna",
		"Anna \"Anni\" S.", "a\\b", "Anna <x>", "O'Neil (home)", "@nna", "李雷" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		struct initial initial = initial_full;

		TEST_ROW("%s", names[i]);
		initial.name = names[i];
		conf = load(&initial);
		if (conf)
			CHECK_TEXT(conf->digests[0].to[0].name, names[i]);
	}
}

TEST_MAIN(TEST(initial_text), TEST(initial_is_loaded), TEST(initial_least), TEST(initial_secrets),
	TEST(initial_names))
