/* SPDX-License-Identifier: MIT */
#include "conf/report.h"
#include "base/lang.h"
#include "conf-text.h"
#include "test.h"

#include <errno.h>

static void check_errors(const char *text, const char *expected)
{
	_cleanup_(conf_freep) struct conf *conf = NULL;
	_cleanup_str_ struct str errors = STR_INIT;

	CHECK_INT(conf_text_load(&conf, text, &errors), -EINVAL);
	CHECK_TEXT(str_text(&errors), expected);
	CHECK(!conf);
}

struct row {
	const char *setting;
	const char *error; /* after "nudged.conf:2: PREFIX"; NULL: it is good */
};

/* Where a row's error ends with LANGUAGES_ALLOWED: those that were built, as many as there are catalogues. */
#define LANGUAGES_ALLOWED "\001"
static void add_error(struct str *out, const char *error)
{
	size_t n = strcspn(error, LANGUAGES_ALLOWED);

	str_add_bytes(out, error, n);
	for (size_t i = 0; error[n] && lang_all[i]; i++)
		str_addf(out, "%s\"%s\"",
			i == 0                    ? "; allowed is "
				: lang_all[i + 1] ? ", "
						  : " or ",
			lang_all[i]);
}

/* Each row's setting stands in line 2, between `before` and `after`. */
static void check_rows(
	const char *before, const char *after, const char *prefix, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT, expected = STR_INIT;
		int r;

		TEST_ROW("%s", rows[i].setting);
		str_addf(&text, "%s\n%s\n%s\n", before, rows[i].setting, after);
		r = conf_text_load(&conf, str_text(&text), &errors);
		CHECK_INT(r, rows[i].error ? -EINVAL : 0);
		if (rows[i].error) {
			str_addf(&expected, "nudged.conf:2: %s", prefix);
			add_error(&expected, rows[i].error);
			str_add_char(&expected, '\n');
		}
		CHECK_TEXT(str_text(&errors), str_text(&expected));
	}
}

#define NUMBER(from, to) "; allowed is a whole number from " #from " to " #to
#define CONTROL          "the text has a line end, a tab or another control character"
#define PATH_ALLOWED     "; allowed is a file's path"
#define COMMAND_ALLOWED  "; allowed is a program and its arguments, as in [ \"pass\", \"mail\" ]"
#define LOGIN(secret)    "user = \"anna\"; " secret
#define ONE_SECRET(first)                                                                          \
	"stands beside " first "; only one of password_credential, password_file, "                \
	"password_command and token_command may be set"

static void conf_smtp_options(void)
{
	static const struct row rows[] = {
		{ "", NULL },
		{ "connections = 1;", NULL },
		{ "connections = 50;", NULL },
		{ "connections = 0;", "connections: 0 is out of range" NUMBER(1, 50) },
		{ "connections = 51;", "connections: 51 is out of range" NUMBER(1, 50) },
		{ "connections = -1;", "connections: -1 is out of range" NUMBER(1, 50) },
		{ "connections = 4294967300;",
			"connections: 4294967300 is out of range" NUMBER(1, 50) },
		{ "connections = 0x100000004;",
			"connections: 4294967300 is out of range" NUMBER(1, 50) },
		{ "connections = 99999999999999999999;",
			"connections: 9223372036854775807 is out of range" NUMBER(1, 50) },
		{ "connections = 4L;",
			"connections: a 64-bit number (with an L) stands here" NUMBER(1, 50) },
		{ "connections = 4.0;",
			"connections: a number with a fraction stands here" NUMBER(1, 50) },
		{ "connections = \"4\";", "connections: a text stands here" NUMBER(1, 50) },
		{ "connections = true;", "connections: a true or false stands here" NUMBER(1, 50) },
		{ "connections = [ 4 ];", "connections: a list, [ ], stands here" NUMBER(1, 50) },
		{ "connections = ( 4 );", "connections: a list, ( ), stands here" NUMBER(1, 50) },
		{ "connections: { };", "connections: a group, { }, stands here" NUMBER(1, 50) },
		{ "max_per_minute = 0;", NULL },
		{ "max_per_minute = 6000;", NULL },
		{ "max_per_minute = 6001;",
			"max_per_minute: 6001 is out of range" NUMBER(0, 6000) },
		{ "tls = \"opportunistic\";", NULL },
		{ "tls = \"Required\";",
			"tls: \"Required\" is not possible; allowed is "
			"\"required\", \"opportunistic\" or \"none\"" },
		{ "tls = 1;",
			"tls: a number stands here; allowed is "
			"\"required\", \"opportunistic\" or \"none\"" },
		{ "ca_file = \"ca.pem\";", NULL },
		{ "ca_file = \"\";", "ca_file: the text is empty" PATH_ALLOWED },
		{ "ca_file = \"/etc/ssl/\";", "ca_file: this is a folder" PATH_ALLOWED },
		{ "ca_file = \"a\\nb\";", "ca_file: " CONTROL PATH_ALLOWED },
		{ "ca_file = \"a\\x7f\";", "ca_file: " CONTROL PATH_ALLOWED },
		{ "ca_file = \"a\\xc2\\x85\";", "ca_file: " CONTROL PATH_ALLOWED },
		{ "ca_file = \"M\xfcller\";",
			"ca_file: the text is no UTF-8: save the file as UTF-8" PATH_ALLOWED },
		{ "conections = 4;", "conections: unknown key; did you mean \"connections\"?" },
		{ "tsl = \"none\";", "tsl: unknown key; did you mean \"tls\"?" },
		{ "password-file = \"p\";",
			"password-file: unknown key; did you mean \"password_file\"?" },
		{ "password = \"s3cret\";",
			"password: unknown key; the password itself does not stand in this file: "
			"write password_file, password_credential or password_command" },
		{ "lead_days = 7;",
			"lead_days: does not belong here but in a digest, digests: ( { } )" },
		{ "colour = 7;",
			"colour: unknown key; allowed here are url, tls, ca_file, from, user, "
			"password_credential, password_file, password_command, token_command, "
			"connections, max_per_minute" },
	};

	check_rows("smtp: { " CONF_TEXT_SERVER, "};" CONF_TEXT_DIGESTS, "smtp.", rows,
		ARRAY_SIZE(rows));
}

static void conf_login(void)
{
	static const struct row rows[] = {
		{ LOGIN("password_file = \"p\";"), NULL },
		{ LOGIN("password_credential = \"p\";"), NULL },
		{ LOGIN("password_command = [ \"pass\", \"mail\" ];"), NULL },
		{ LOGIN("token_command = ( \"token\" );"), NULL },
		{ "user = \"anna\";",
			"user: the password is missing; write one of password_credential, "
			"password_file, password_command and token_command, or leave user out "
			"where the server wants no login" },
		{ "password_file = \"p\";",
			"password_file: the user is missing; write user too, "
			"or leave password_file out" },
		{ LOGIN("password_file = \"p\"; token_command = [ \"t\" ];"),
			"token_command: " ONE_SECRET("password_file") },
		{ LOGIN("token_command = [ \"t\" ]; password_credential = \"c\";"),
			"token_command: " ONE_SECRET("password_credential") },
		{ LOGIN("password_credential = \"a/b\";"),
			"password_credential: \"a/b\" is not possible; allowed is the name of a "
			"systemd credential, without \"/\"" },
		{ LOGIN("password_credential = \"..\";"),
			"password_credential: \"..\" is not possible; allowed is the name of a "
			"systemd credential, without \"/\"" },
		{ LOGIN("password_command = \"pass mail\";"),
			"password_command: a text stands here" COMMAND_ALLOWED },
		{ LOGIN("password_command = [ ];"),
			"password_command: the list is empty" COMMAND_ALLOWED },
		{ LOGIN("password_command = [ \"\" ];"),
			"password_command: the text is empty" COMMAND_ALLOWED },
		{ LOGIN("password_command = ( \"pass\", 1 );"),
			"password_command: a number stands here" COMMAND_ALLOWED },
		{ "user = \"\"; password_file = \"p\";",
			"user: the text is empty; allowed is the name to log in with" },
	};

	check_rows("smtp: { " CONF_TEXT_SERVER, "};" CONF_TEXT_DIGESTS, "smtp.", rows,
		ARRAY_SIZE(rows));
}

#define DIGEST_AFTER "} );" CONF_TEXT_SMTP
#define NAME_ALLOWED                                                                               \
	"; allowed is 1 to 32 of the characters a-z, 0-9, \"_\" and \"-\", the first "             \
	"a letter or digit"
#define SWITCH "; allowed is true or false"
#define SECTIONS                                                                                   \
	"; allowed is a list of \"occasions\", \"follow-ups\", \"thanks\", \"coffee\", "           \
	"\"touches\", \"help\", \"introductions\", \"outreach\" or \"forums\""
#define LONGEST_NAME "abcdefghijklmnopqrstuvwxyz012345"

#define A_79 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void conf_digest_options(void)
{
	static const struct row rows[] = {
		{ "", NULL },
		{ "lead_days = 0;", NULL },
		{ "lead_days = 60;", NULL },
		{ "lead_days = 61;", "lead_days: 61 is out of range" NUMBER(0, 60) },
		{ "lead_days = -1;", "lead_days: -1 is out of range" NUMBER(0, 60) },
		{ "touch_max = 20;", NULL },
		{ "touch_max = 21;", "touch_max: 21 is out of range" NUMBER(0, 20) },
		{ "introduction_max = 21;", "introduction_max: 21 is out of range" NUMBER(0, 20) },
		{ "help_max = 21;", "help_max: 21 is out of range" NUMBER(0, 20) },
		{ "send_empty = true;", NULL },
		{ "send_empty = 1;", "send_empty: a number stands here" SWITCH },
		{ "notes_in_mail = \"no\";", "notes_in_mail: a text stands here" SWITCH },
		{ "subject_names = 0;", "subject_names: a number stands here" SWITCH },
		{ "leap_day = \"mar1\";", NULL },
		{ "leap_day = \"feb29\";",
			"leap_day: \"feb29\" is not possible; allowed is \"feb28\" or \"mar1\"" },
		{ "in_doubt = \"hold\";", NULL },
		{ "in_doubt = \"drop\";",
			"in_doubt: \"drop\" is not possible; allowed is \"resend\" or \"hold\"" },
		{ "address = \"sie\";", NULL },
		{ "address = \"Ihr\";",
			"address: \"Ihr\" is not possible; allowed is \"du\" or \"sie\"" },
		{ "language = \"de\";", NULL },
		{ "language = \"fr\";", "language: \"fr\" is not possible" LANGUAGES_ALLOWED },
		{ "language = \"" A_79 "\xc3\xbc\";",
			"language: \"" A_79 "\" is not possible" LANGUAGES_ALLOWED },
		{ "language = 1;", "language: a number stands here" LANGUAGES_ALLOWED },
		{ "book = \"" LONGEST_NAME "\";", NULL },
		{ "book = \"Main\";", "book: \"Main\" is not possible" NAME_ALLOWED },
		{ "book = \"-a\";", "book: \"-a\" is not possible" NAME_ALLOWED },
		{ "book = \"" LONGEST_NAME "6\";",
			"book: \"" LONGEST_NAME "6\" is not possible" NAME_ALLOWED },
		{ "sections = ( \"forums\", \"coffee\" );", NULL },
		{ "sections = [ ];", "sections: the list is empty" SECTIONS },
		{ "sections = [ \"birthdays\" ];",
			"sections: \"birthdays\" is not possible" SECTIONS },
		{ "sections = [ \"forums\", \"forums\" ];",
			"sections: \"forums\" stands here twice" },
		{ "sections = \"forums\";", "sections: a text stands here" SECTIONS },
		{ "adress = \"du\";", "adress: unknown key; did you mean \"address\"?" },
		{ "database = \"x\";",
			"database: does not belong here but outside of all brackets" },
	};

	check_rows(
		"digests: ( { " CONF_TEXT_DIGEST, DIGEST_AFTER, "digests.", rows, ARRAY_SIZE(rows));
}

#define TO_ALLOWED "; allowed is a list of 1 to 50 addresses, as in [ \"anna@example.org\" ]"

static void conf_digest_recipients(void)
{
	static const struct row rows[] = {
		{ "to = ( \"a@example.org\", \"b@example.org\" );", NULL },
		{ "to = [ ];", "to: the list is empty" TO_ALLOWED },
		{ "to = \"a@example.org\";", "to: a text stands here" TO_ALLOWED },
		{ "to = ( \"a@example.org\", 1 );", "to: a number stands here" TO_ALLOWED },
		{ "to = [ \"a@example.org\", \"Anna <A@example.org>\" ];",
			"to: A@example.org stands here twice" },
	};

	check_rows("digests: ( { name = \"d\";", DIGEST_AFTER, "digests.", rows, ARRAY_SIZE(rows));
}

static void conf_digest_recipients_are_counted(void)
{
	for (int n = 50; n <= 51; n++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT;

		TEST_ROW("%d", n);
		str_add(&text,
			CONF_TEXT_SMTP "digests: ( { name = \"d\"; to = [ \"a0@example.org\"");
		for (int i = 1; i < n; i++)
			str_addf(&text, ", \"a%d@example.org\"", i);
		str_add(&text, " ]; } );");
		CHECK_INT(conf_text_load(&conf, str_text(&text), &errors), n > 50 ? -EINVAL : 0);
		CHECK_TEXT(str_text(&errors),
			n > 50 ? "nudged.conf:2: digests.to: the list has 51 entries" TO_ALLOWED
				 "\n"
			       : "");
	}
}

/* The sentences of mime_address_parse(), cadence_new() and zonefile_load() are theirs. */
static void conf_errors_of_others(void)
{
	static const struct {
		const char *setting, *begin, *end;
	} rows[] = {
		{ "to = [ \"a@example.org\", \"anna\" ];",
			"nudged.conf:2: digests.to: \"anna\": ", TO_ALLOWED "\n" },
		{ "to = [ \"a@b\\r\\nRCPT\" ];",
			"nudged.conf:2: digests.to: the text has a line end", TO_ALLOWED "\n" },
		{ "to = [ \"a@example.org\" ]; cadence = \"nonsense\";",
			"nudged.conf:2: digests.cadence: ",
			"; allowed is a calendar event as systemd.time(7) has it, as in \"Mon..Fri "
			"07:00\"\n" },
		{ "to = [ \"a@example.org\" ]; cadence = \"*:0/5\"; timezone = \"UTC\";",
			"nudged.conf:2: digests.cadence: ", "\n" },
		{ "to = [ \"a@example.org\" ]; cadence = \"2030-01-01\"; timezone = \"UTC\";",
			"nudged.conf:2: digests.cadence: ", "\n" },
		{ "to = [ \"a@example.org\" ]; timezone = \"Berlin\";",
			"nudged.conf:2: digests.timezone: ", "\n" },
		{ "to = [ \"a@example.org\" ]; timezone = \"../passwd\";",
			"nudged.conf:2: digests.timezone: this is no name of a time zone", "\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT;
		size_t n = strlen(rows[i].end);

		TEST_ROW("%s", rows[i].setting);
		str_addf(&text, "digests: ( { name = \"d\";\n%s } );" CONF_TEXT_SMTP,
			rows[i].setting);
		CHECK_INT(conf_text_load(&conf, str_text(&text), &errors), -EINVAL);
		CHECK(str_starts(str_text(&errors), rows[i].begin));
		CHECK(errors.len > n && str_equal(errors.data + errors.len - n, rows[i].end));
		CHECK(strchr(str_text(&errors), '\n') == str_text(&errors) + errors.len - 1);
	}
}

static void conf_root_options(void)
{
	static const struct row rows[] = {
		{ "", NULL },
		{ "database = \"/var/lib/nudged/other.db\";", NULL },
		{ "database = 1;", "database: a number stands here" PATH_ALLOWED },
		{ "databse = \"x\";", "databse: unknown key; did you mean \"database\"?" },
		{ "name = \"x\";", "name: does not belong here but in a digest, digests: ( { } )" },
		{ "x = 1;", "x: unknown key; allowed here are database, smtp, digests" },
	};

	check_rows("", CONF_TEXT_SMTP CONF_TEXT_DIGESTS, "", rows, ARRAY_SIZE(rows));
}

static void conf_groups_of_another_kind(void)
{
	static const struct {
		const char *text, *errors;
	} rows[] = {
		{ "smtp = 1;\n" CONF_TEXT_DIGESTS,
			"nudged.conf:1: smtp: a number stands here; allowed is a group, smtp: { url "
			"= ...; from = ...; }\n" },
		{ CONF_TEXT_SMTP "digests: { };",
			"nudged.conf:2: digests: a group, { }, stands here; allowed is a list of "
			"groups, digests: ( { name = ...; to = ...; } )\n" },
		{ CONF_TEXT_SMTP "digests: ( \"d\" );",
			"nudged.conf:2: digests: a text stands here; allowed is a list of groups, "
			"digests: ( { name = ...; to = ...; } )\n" },
		{ "",
			"nudged.conf:1: smtp: is missing; it takes a group, smtp: { url = ...; from = "
			"...; }\n"
			"nudged.conf:1: digests: is missing; it takes a list of groups, digests: ( { "
			"name = ...; to = ...; } )\n" },
		{ "smtp: { };\ndigests: (\n{ }\n);",
			"nudged.conf:1: smtp.url: is missing; it takes smtp://HOST:PORT or "
			"smtps://HOST:PORT\n"
			"nudged.conf:1: smtp.from: is missing; it takes one address, as in \"nudged "
			"<anna@example.org>\"\n"
			"nudged.conf:3: digests.name: is missing; it takes 1 to 32 of the "
			"characters a-z, 0-9, \"_\" and \"-\", the first a letter or digit\n"
			"nudged.conf:3: digests.to: is missing; it takes a list of 1 to 50 "
			"addresses, as in [ \"anna@example.org\" ]\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		TEST_ROW("row %zu", i);
		check_errors(rows[i].text, rows[i].errors);
	}
}

static const char all_errors[] = "\
nudged.conf:1: colour: unknown key; allowed here are database, smtp, digests\n\
nudged.conf:4: digests.lead_days: 99 is out of range; allowed is a whole number from 0 to 60\n\
nudged.conf:4: digests.touch_max: a text stands here; allowed is a whole number from 0 to 20\n\
nudged.conf:5: digests.help_max: 21 is out of range; allowed is a whole number from 0 to 20\n\
nudged.conf:5: digests.name: \"a\" stands here twice; each digest has a name of its own\n\
nudged.conf:9: smtp.url: this is no server's address; allowed is smtp://HOST:PORT or \
smtps://HOST:PORT\n";

static void conf_all_errors_at_once(void)
{
	check_errors("colour = 1;\n"
		     "digests: (\n"
		     "{ name = \"a\"; to = [ \"a@example.org\" ];\n"
		     "  lead_days = 99; touch_max = \"x\"; },\n"
		     "{ name = \"a\"; to = [ \"a@example.org\" ]; help_max = 21; }\n"
		     ");\n"
		     "smtp: {\n"
		     "  from = \"n@example.org\";\n"
		     "  url = \"imap://mail.example.org\";\n"
		     "};\n",
		all_errors);
}

static void conf_more_digests_than_a_file_holds(void)
{
	for (int n = CONF_DIGESTS_MAX; n <= CONF_DIGESTS_MAX + 1; n++) {
		_cleanup_(conf_freep) struct conf *conf = NULL;
		_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT;

		TEST_ROW("%d", n);
		str_add(&text, "digests: (");
		for (int i = 0; i < n; i++)
			str_addf(&text, "%s{ name = \"d%d\"; to = [ \"a@example.org\" ]; }",
				i ? ",\n" : "", i);
		str_add(&text, ");" CONF_TEXT_SMTP);
		CHECK_INT(conf_text_load(&conf, str_text(&text), &errors),
			n > CONF_DIGESTS_MAX ? -EINVAL : 0);
		CHECK(str_starts(str_text(&errors),
			n > CONF_DIGESTS_MAX
				? "nudged.conf:1: digests: the list has more than 10000 entries"
				: ""));
	}
}

static void conf_more_errors_than_anyone_reads(void)
{
	_cleanup_(conf_freep) struct conf *conf = NULL;
	_cleanup_str_ struct str text = STR_INIT, errors = STR_INIT;
	size_t lines = 0;

	str_add(&text, CONF_TEXT_SMTP CONF_TEXT_DIGESTS);
	for (int i = 0; i < 500; i++)
		str_addf(&text, "zzz%d = 1;\n", i);
	CHECK_INT(conf_text_load(&conf, str_text(&text), &errors), -EINVAL);
	for (size_t i = 0; i < errors.len; i++)
		lines += errors.data[i] == '\n';
	CHECK_INT(lines, REPORT_MAX + 1);
	CHECK(strstr(str_text(&errors), "nudged.conf: and 400 errors more\n"));
}

TEST_MAIN(TEST(conf_smtp_options), TEST(conf_login), TEST(conf_digest_options),
	TEST(conf_digest_recipients), TEST(conf_digest_recipients_are_counted),
	TEST(conf_errors_of_others), TEST(conf_root_options), TEST(conf_groups_of_another_kind),
	TEST(conf_all_errors_at_once), TEST(conf_more_digests_than_a_file_holds),
	TEST(conf_more_errors_than_anyone_reads))
