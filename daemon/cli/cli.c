/* SPDX-License-Identifier: MIT */
/*
 * cli: what the verbs of nudge share.
 */
#include "cli/cli.h"

#include "base/lang.h"
#include "base/zonefile.h"
#include "book/books.h"
#include "book/holder.h"
#include "book/keepsake.h"
#include "book/witness.h"
#include "cli/mode.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "conf/invoke.h"
#include "conf/location.h"
#include "core/utf8.h"
#include "digest/roster.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CLI_PATIENCE_MS 10000
#define CLI_MOMENT_MS   1000

void cli_add_command(const struct cli *cli, struct str *out)
{
	/* One that was looked for and not found is no book to act on. */
	invoke_add(out, cli->config_path, cli->store && !cli->book ? NULL : cli->book_name);
}

/* What is proposed without the options that were typed would be done to another book. */
static void cli_add_advice(const struct cli *cli, struct str *out, const struct str *text)
{
	_cleanup_str_ struct str command = STR_INIT;

	cli_add_command(cli, &command);
	invoke_add_text(out, str_text(text), str_text(&command));
	out->failed |= text->failed || command.failed;
}

void cli_hint(struct cli *cli, const char *format, ...)
{
	_cleanup_str_ struct str text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	cli_add_advice(cli, &cli->out, &text);
}

int cli_complain(const struct cli *cli, int status, const char *format, ...)
{
	_cleanup_str_ struct str text = STR_INIT, raw = STR_INIT, clean = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, _(format), args);
	va_end(args);
	cli_add_advice(cli, &raw, &text);
	utf8_add_clean(&clean, str_text(&raw));
	if (cli->complaints)
		str_addf(cli->complaints, "%s\n", str_text(&clean));
	else
		(void)fprintf(stderr, "nudge: %s\n", str_text(&clean));
	return status;
}

int cli_usage(const struct cli *cli, const char *format, ...)
{
	_cleanup_str_ struct str text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, _(format), args);
	va_end(args);
	return cli_complain(cli, EX_USAGE, "%s", str_text(&text));
}

/* Nothing is under way any more. */
static void cli_name_holder(const struct cli *cli)
{
	_cleanup_free_ char *path = cli_database(cli);
	struct holder holder;

	if (!path || !holder_find(path, &holder))
		return;
	/* TRANSLATORS: a number, the name of a program */
	(void)cli_complain(cli, 0, "process %d (%s) holds it", (int)holder.pid,
		holder.name[0] ? holder.name : "?");
}

int cli_fail(struct cli *cli, int code)
{
	static const struct {
		int code, status;
	} statuses[] = {
		{ -ENOENT, CLI_REFUSED },
		{ -ENOTEMPTY, CLI_REFUSED },
		{ -EINVAL, EX_USAGE },
		{ -EBADMSG, EX_DATAERR },
		{ -EMEDIUMTYPE, EX_DATAERR },
		{ -ESTALE, EX_DATAERR },
		{ -EUCLEAN, EX_DATAERR },
		{ -ENODATA, EX_DATAERR },
		{ -EMLINK, EX_CONFIG },
		{ -EACCES, EX_NOPERM },
		{ -EPERM, EX_NOPERM },
		{ -EBUSY, EX_TEMPFAIL },
		{ -EEXIST, EX_CANTCREAT },
	};

	int status = EX_IOERR;

	for (size_t i = 0; i < ARRAY_SIZE(statuses); i++)
		if (statuses[i].code == code)
			status = statuses[i].status;
	(void)cli_complain(cli, status, "%s", cli->err.text);
	if (code == -EBUSY)
		cli_name_holder(cli);
	return status;
}

int cli_load_conf(struct cli *cli, bool required)
{
	_cleanup_str_ struct str errors = STR_INIT;
	_cleanup_free_ char *path = conf_find(cli->config_path);
	int r, status;

	if (!path)
		return cli_fail(cli, err_oom(&cli->err));
	status = mode_enter(cli, path);
	if (status)
		return status;
	/* Without a configuration the book can be kept all the same; only sending needs one. */
	if (!required && !cli->config_path && !getenv("NUDGED_CONFIG") && access(path, F_OK) < 0)
		return 0;
	r = conf_load(&cli->conf, path, clock_now(&cli->clock), &errors);
	if (r == 0)
		return 0;
	(void)fputs(str_text(&errors), stderr);
	if (r == -ENOENT)
		(void)cli_complain(cli, EX_CONFIG, "a configuration is needed for this");
	return r == -EACCES || r == -EPERM ? EX_NOPERM : EX_CONFIG;
}

/* None where the store is not open yet, or its settings cannot be used: `nudge digest` says why. */
static const struct conf_digest *cli_hosted_digest(
	const struct cli *cli, const char *name, const char *book)
{
	const struct conf_digest *digest = NULL;
	int r = 0;

	if (cli->roster && cli->store)
		r = name ? roster_find(cli->roster, name, &digest, NULL)
			 : roster_find_of_book(cli->roster, book, &digest, NULL);
	return r == 1 ? digest : NULL;
}

const struct conf_digest *cli_digest(const struct cli *cli, const char *name)
{
	const char *book = cli->book_name ? cli->book_name : "main";
	const struct conf_digest *digest = NULL;

	if (!cli->conf)
		return NULL;
	if (name)
		digest = conf_find_digest(cli->conf, name);
	for (size_t i = 0; !digest && !name && i < cli->conf->n_digests; i++)
		if (str_equal(cli->conf->digests[i].book, book))
			digest = &cli->conf->digests[i];
	return digest ? digest : cli_hosted_digest(cli, name, book);
}

/* A person's days are those of their digest's zone, else of the system's. */
static int cli_set_today(struct cli *cli)
{
	const struct conf_digest *digest = cli_digest(cli, NULL);
	_cleanup_free_ char *system = digest ? NULL : zonefile_system_name();
	const char *name = digest ? digest->timezone : system;
	int r = zonefile_load(&cli->zone, name ? name : "UTC", &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	cli->today = zone_civil(cli->zone, clock_now(&cli->clock)).day;
	return 0;
}

char *cli_database(const struct cli *cli)
{
	_cleanup_free_ char *config = cli->conf ? NULL : conf_find(cli->config_path);

	if (cli->database || cli->conf)
		return str_dup(cli->database ? cli->database : cli->conf->database);
	return config ? location_database(config) : NULL;
}

/* A disk that is not mounted leaves nothing that shows that a book was here, but the service that has it open. */
static int cli_check_absence(const struct cli *cli, const char *path, struct err *reterr)
{
	_cleanup_free_ char *config = conf_find(cli->config_path);

	return config ? keepsake_ask_service(config, path, reterr) : 0;
}

static int cli_open_as(struct cli *cli, const struct store_options *options)
{
	_cleanup_free_ char *path = NULL;
	int r, status = cli->conf || cli->database ? 0 : cli_load_conf(cli, false);

	if (status)
		return status;
	path = cli_database(cli);
	if (!cli->roster)
		cli->roster = calloc(1, sizeof(*cli->roster));
	if (!path || !cli->roster)
		return cli_fail(cli, err_oom(&cli->err));
	if (options->create || options->look)
		mode_tell_book(cli, path);
	r = cli_check_absence(cli, path, &cli->err);
	if (r == 0)
		r = store_open(&cli->store, path, options, &cli->err);
	cli->roster->store = cli->store;
	if (r == 0)
		r = books_find(cli->store, cli->book_name ? cli->book_name : "main", &cli->book,
			&cli->err);
	return r < 0 ? cli_fail(cli, r) : cli_set_today(cli);
}

/* What is entered into an older copy goes with it once the right one is back. */
static void cli_warn_of_older(struct cli *cli)
{
	_cleanup_witness_ struct witness witness = { 0 };
	struct err e;

	if (witness_load(&witness, store_path(cli->store), NULL) == 0 &&
		witness_compare(&witness, cli->store, &e) == -ERANGE)
		(void)cli_complain(cli, 0, "%s", e.text);
}

int cli_open(struct cli *cli)
{
	int status = cli_open_as(
		cli, &(struct store_options){ .create = true, .patience_ms = CLI_PATIENCE_MS });

	if (status == 0)
		cli_warn_of_older(cli);
	return status;
}

int cli_look(struct cli *cli)
{
	return cli_open_as(cli,
		&(struct store_options){ .look = true,
			.patience_ms = cli->hurries ? CLI_MOMENT_MS : CLI_PATIENCE_MS });
}

int cli_look_around(struct cli *cli)
{
	int status = cli_look(cli);

	if (status == 0 && !store_is_there(cli->store))
		(void)cli_complain(cli, 0,
			"there is no book yet; the first `nudge add` or `nudge import` makes %s",
			store_path(cli->store));
	return status;
}

int cli_peek(struct cli *cli)
{
	return cli_open_as(cli, &(struct store_options){ .as_it_is = true });
}

bool cli_handle(const char *text, char *ret_letter, int64_t *ret_number)
{
	uint64_t number;
	char letter = str_lower(text[0]);

	if (!letter || !strchr("btcfihogy", letter) || !str_number(text + 1, INT64_MAX, &number) ||
		!number)
		return false;
	*ret_letter = letter;
	*ret_number = (int64_t)number;
	return true;
}

static int cli_flush(struct cli *cli)
{
	struct output output = output_of_stdout();
	int r = str_check(&cli->out, NULL);

	/* A document stays as it is, for those who copy it. */
	if (r == 0 && cli->json)
		r = output_write_document(str_text(&cli->out));
	else if (r == 0)
		r = output_write(str_text(&cli->out), &output);
	return r < 0 ? cli_complain(cli, EX_IOERR, "cannot write the output: %s", strerror(-r)) : 0;
}

void cli_done(struct cli *cli)
{
	cli_list_done(&cli->words);
	if (cli->roster)
		roster_done(cli->roster);
	free(cli->roster);
	store_close(cli->store);
	conf_free(cli->conf);
	zone_free(cli->zone);
	free(cli->database);
	str_done(&cli->out);
}

/* What was asked for in place of doing anything: the version, or help, of the verb or of all (NULL). */
static int cli_tell(struct cli *cli, const struct cli_verb *verb)
{
	str_clear(&cli->out);
	if (cli->version)
		str_add(&cli->out, "nudge " PACKAGE_VERSION "\n");
	else if (verb)
		verbs_help_one(&cli->out, verb);
	else
		verbs_help(&cli->out);
	return cli_flush(cli);
}

static int cli_run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv)
{
	int status = verb->run(cli, argc, argv), flushed;

	if (cli->help)
		return cli_tell(cli, verb);
	flushed = cli_flush(cli);
	return status ? status : flushed;
}

int cli_main(int argc, char **argv)
{
	static char agenda[] = "agenda";
	_cleanup_(cli_done) struct cli cli = { 0 };
	const struct cli_verb *verb;
	int status;

	lang_init();
	mode_find_runtime();
	cli.language = lang_of_session();
	lang_speak(cli.language);
	cli.js = JSON_INIT(&cli.out);
	status = cli_parse_common(&cli, argc, argv);
	if (status)
		return status;
	if (cli.help || (optind < argc && str_equal(argv[optind], "help")))
		return cli_tell(&cli, NULL);
	verb = verbs_find(optind < argc ? argv[optind] : agenda);
	if (!verb)
		return verbs_unknown(&cli, argv[optind]);
	if (optind < argc)
		return cli_run(&cli, verb, argc - optind, argv + optind);
	return cli_run(&cli, verb, 1, (char *[]){ agenda, NULL });
}
