/* SPDX-License-Identifier: MIT */
/*
 * verb-export: export.
 */
#include "base/lang.h"
#include "cli/handover.h"
#include "cli/verbs.h"
#include "conf/invoke.h"
#include "exchange/export.h"

#include <errno.h>
#include <string.h>

struct export_arguments {
	const char *format;
};

/* "a.xyz" means something to whoever typed it; "contacts" does not. */
static bool export_has_ending(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path,
		   *dot = strrchr(name, '.');

	return dot && dot > name && dot[1];
}

/* The format that was asked for, else that of the file's ending, else of --json, else vCard. */
static int export_choose(
	struct cli *cli, const char *word, const char *path, enum export_format *ret)
{
	*ret = cli->json && !path ? EXPORT_JSON : EXPORT_VCARD;
	if (!word) {
		if (path && export_format_of_path(path) != EXPORT_FORMAT_COUNT)
			*ret = export_format_of_path(path);
		else if (path && export_has_ending(path))
			return cli_usage(cli,
				"%s: its ending tells no format; .vcf, .csv, .ics and .json do, or --format",
				path);
		return 0;
	}
	*ret = export_format_of(word);
	if (*ret == EXPORT_FORMAT_COUNT)
		return cli_usage(cli,
			"--format: there is no \"%s\"; there are vcard, vcard3, csv, ics and json",
			word);
	if (cli->json && !path && *ret != EXPORT_JSON)
		return cli_usage(
			cli, "--json prints one JSON document: name a FILE for the export");
	return 0;
}

static void export_tell(struct cli *cli, const struct export_options *options, int64_t n)
{
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "file", options->path);
		json_add_string(&cli->js, "format", export_format_name(options->format));
		json_add_int(&cli->js, options->format == EXPORT_ICS ? "events" : "contacts", n);
		json_object_end(&cli->js);
		return;
	}
	str_addf(&cli->out,
		options->format == EXPORT_ICS
			? ngettext(
				  "%1$s: %2$lld event\n", "%1$s: %2$lld events\n", (unsigned long)n)
			: ngettext("%1$s: %2$lld contact\n", "%1$s: %2$lld contacts\n",
				  (unsigned long)n),
		options->path, (long long)n);
}

/* Standard output has no ending that tells the format: what is to be typed in place of the file names it. */
static int export_check_output(const struct cli *cli, const struct export_options *options)
{
	_cleanup_str_ struct str verb = STR_INIT;

	str_add(&verb, "export");
	if (options->format != EXPORT_VCARD)
		str_addf(&verb, " --format %s", export_format_name(options->format));
	return handover_check_output(cli, options->path, str_text(&verb));
}

/* A file that cannot be is no contact that is not found. */
static int export_fail(struct cli *cli, int code)
{
	static const int codes[] = { -ENOENT, -EISDIR, -ENOTDIR, -ELOOP };

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		if (codes[i] == code)
			return cli_complain(cli, EX_CANTCREAT, "%s", cli->err.text);
	return cli_fail(cli, code);
}

int verb_export(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("format", CLI_TEXT, struct export_arguments, format),
	};
	struct export_arguments arguments = { 0 };
	struct export_options options = { 0 };
	_cleanup_str_ struct str command = STR_INIT;
	const struct conf_digest *digest;
	int64_t n = 0;
	int status, r;

	cli->paths = true;
	status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &arguments);
	if (status || cli->help)
		return status;
	if (cli->words.n > 1)
		return cli_usage(cli, "one FILE, please");
	if (cli->words.n && !str_equal(cli->words.all[0], HANDOVER_STANDARD))
		options.path = cli->words.all[0];
	status = export_choose(cli, arguments.format, options.path, &options.format);
	if (status == 0 && options.path)
		status = handover_check_folder(cli, options.path);
	if (status == 0)
		status = cli_look_around(cli);
	if (status == 0 && options.path)
		status = export_check_output(cli, &options);
	if (status)
		return status;
	digest = cli_digest(cli, NULL);
	options.leap_day = digest ? digest->leap_day : OCCASION_LEAP_FEB28;
	/* A calendar is read elsewhere. */
	invoke_add_for_reader(&command, cli->conf ? cli->conf->path : NULL, cli->book_name);
	options.command = str_text(&command);
	r = str_check(&command, &cli->err);
	if (r == 0)
		r = export_book(cli->store, cli->book, &options, &n, &cli->err);
	if (r < 0)
		return export_fail(cli, r);
	if (options.path)
		export_tell(cli, &options, n);
	return 0;
}
