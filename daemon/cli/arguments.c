/* SPDX-License-Identifier: MIT */
/*
 * arguments: what stands behind `nudge`: options of any verb, those of one, and words.
 */
#include "cli/cli.h"
#include "core/utf8.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* What getopt returns for options without a letter; a verb's own are numbered from CLI_OPTION_OWN. */
enum { CLI_OPTION_NOW = 256, CLI_OPTION_JSON, CLI_OPTION_OWN };

#define CLI_OPTIONS_MAX 64
#define CLI_LETTERS     ":c:b:hV" /* the colon: we complain ourselves */

void cli_list_done(struct cli_list *list)
{
	free(list->all);
	*list = (struct cli_list){ 0 };
}

bool cli_list_add(struct cli_list *list, const char *text)
{
	const char **all = reallocarray(list->all, list->n + 1, sizeof(*all));

	if (!all)
		return false;
	list->all = all;
	all[list->n++] = text;
	return true;
}

char *cli_join(const struct cli_list *words, size_t first, size_t n)
{
	struct str s = STR_INIT;

	for (size_t i = first; i < first + n && i < words->n; i++) {
		if (!*words->all[i])
			continue;
		str_add_separator(&s, " ");
		str_add(&s, words->all[i]);
	}
	return str_take(&s);
}

/* getopt's table for the verb's options, behind those that every verb takes. */
static size_t cli_getopt_table(const struct cli_option *options, size_t n, struct option *table)
{
	static const struct option common[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "book", required_argument, NULL, 'b' },
		{ "now", required_argument, NULL, CLI_OPTION_NOW },
		{ "json", no_argument, NULL, CLI_OPTION_JSON },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
	};

	memcpy(table, common, sizeof(common));
	for (size_t i = 0; i < n; i++)
		table[ARRAY_SIZE(common) + i] = (struct option){ options[i].name,
			options[i].type == CLI_FLAG ? no_argument : required_argument, NULL,
			CLI_OPTION_OWN + (int)i };
	table[ARRAY_SIZE(common) + n] = (struct option){ 0 };
	return ARRAY_SIZE(common) + n + 1;
}

static int cli_take_common(struct cli *cli, int option)
{
	switch (option) {
	case 'c':
		cli->config_path = optarg;
		return 0;
	case 'b':
		cli->book_name = optarg;
		return 0;
	case CLI_OPTION_NOW:
		cli->now = optarg;
		return 0;
	case CLI_OPTION_JSON:
		/* A program that reads us reads the same words everywhere. */
		cli->json = true;
		lang_speak("en");
		return 0;
	case 'h':
		cli->help = true;
		return 0;
	case 'V':
		cli->help = cli->version = true;
		return 0;
	default:
		return EX_SOFTWARE;
	}
}

/* What getopt found fault with, in our words: the C library's are not in everybody's language. */
static int cli_refuse_option(struct cli *cli, int c, char *const *argv, const char *letters)
{
	const char *word = argv[optind - 1];
	char letter[] = { '-', (char)optopt, '\0' };

	if (c == ':')
		return cli_usage(cli, "option '%s' requires an argument",
			str_starts(word, "--") ? word : letter);
	/* A long one that is not known leaves no letter; one that is known leaves its own. */
	if (!optopt)
		return cli_usage(cli, "unrecognized option '%s'", word);
	if (optopt >= CLI_OPTION_NOW || strchr(letters, optopt))
		return cli_usage(cli, "option '%.*s' doesn't allow an argument",
			(int)strcspn(word, "="), word);
	return cli_usage(cli, "unrecognized option '%s'", letter);
}

/* What is typed ends in the book, on terminals and in mails: it is cleaned once, here. */
static int cli_tidy(struct cli *cli, char *text, bool lines)
{
	if (!utf8_valid(text, strlen(text)))
		return cli_usage(
			cli, "\"%s\" is not valid UTF-8; is the terminal set to it?", text);
	utf8_tidy(text, lines);
	/* As a mail prints it, in a command to type. */
	if (str_equal(text, "...") || str_equal(text, "…"))
		return cli_usage(
			cli, "\"%s\" stands for words of your own: type them in its place", text);
	return 0;
}

static int cli_take_option(struct cli *cli, const struct cli_option *option, void *target)
{
	void *place = (char *)target + option->offset;
	bool is_text = option->type != CLI_FLAG && option->type != CLI_PATH;
	int status = is_text ? cli_tidy(cli, optarg, option->type == CLI_LINES) : 0;

	if (status)
		return status;
	switch (option->type) {
	case CLI_FLAG:
		*(bool *)place = true;
		return 0;
	case CLI_TEXT:
	case CLI_LINES:
	case CLI_PATH:
		*(const char **)place = optarg;
		return 0;
	case CLI_LIST:
		return cli_list_add(place, optarg) ? 0 : cli_fail(cli, err_oom(&cli->err));
	}
	return EX_SOFTWARE;
}

/* What getopt returned is the verb's own option: by its number, or by its letter. */
static const struct cli_option *cli_own_option(const struct cli_option *options, size_t n, int c)
{
	if (c >= CLI_OPTION_OWN)
		return &options[c - CLI_OPTION_OWN];
	for (size_t i = 0; i < n; i++)
		if (options[i].letter && options[i].letter == c)
			return &options[i];
	return NULL;
}

int cli_parse(struct cli *cli, int argc, char **argv, const struct cli_option *options, size_t n,
	void *target)
{
	struct option table[CLI_OPTIONS_MAX];
	char letters[CLI_OPTIONS_MAX] = CLI_LETTERS;
	int c, status = 0;

	if (n + 8 > CLI_OPTIONS_MAX)
		return EX_SOFTWARE;
	if (cli->asked) {
		*cli->asked = (struct cli_syntax){ options, n };
		return CLI_REFUSED;
	}
	(void)cli_getopt_table(options, n, table);
	for (size_t i = 0; i < n; i++)
		if (options[i].letter)
			(void)strncat(letters, &options[i].letter, 1);
	optind = 0;
	while (status == 0 && (c = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		const struct cli_option *own = cli_own_option(options, n, c);

		if (c == '?' || c == ':')
			status = cli_refuse_option(cli, c, argv, letters);
		else
			status = own ? cli_take_option(cli, own, target) : cli_take_common(cli, c);
	}
	for (int i = optind; status == 0 && i < argc; i++) {
		status = cli->paths ? 0 : cli_tidy(cli, argv[i], false);
		if (status == 0 && !cli_list_add(&cli->words, argv[i]))
			status = cli_fail(cli, err_oom(&cli->err));
	}
	if (status == 0 && cli->now && clock_pretend(&cli->clock, cli->now, &cli->err) < 0)
		status = cli_usage(cli, "--now: %s", cli->err.text);
	if (status == EX_USAGE)
		(void)fprintf(stderr, _("See `nudge %s --help`.\n"), argv[0]);
	return status;
}

int cli_parse_common(struct cli *cli, int argc, char **argv)
{
	struct option table[8];
	int c, status = 0;

	(void)cli_getopt_table(NULL, 0, table);
	while (status == 0 && (c = getopt_long(argc, argv, "+" CLI_LETTERS, table, NULL)) != -1)
		status = c == '?' || c == ':' ? cli_refuse_option(cli, c, argv, CLI_LETTERS)
					      : cli_take_common(cli, c);
	if (status)
		(void)fputs(_("See `nudge --help`.\n"), stderr);
	return status;
}
