/* SPDX-License-Identifier: MIT */
/*
 * verb-import: import.
 */
#include "base/lang.h"
#include "book/books.h"
#include "book/keeping.h"
#include "cli/person.h"
#include "cli/verbs.h"
#include "exchange/import.h"
#include "exchange/restore.h"
#include "format/table.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct import_arguments {
	const char *tag, *rejects, *every;
	struct cli_list maps;
	bool dry_run;
};

static void import_arguments_done(struct import_arguments *arguments)
{
	cli_list_done(&arguments->maps);
}

static void import_json(struct cli *cli, const struct import_report *report)
{
	struct json *js = &cli->js;

	json_object_begin(js);
	json_add_int(js, "added", report->added);
	json_add_int(js, "updated", report->updated);
	json_add_int(js, "unchanged", report->unchanged);
	json_add_int(js, "rejected", (int64_t)report->n_rejects);
	json_add_int(js, "skipped", report->skipped);
	json_key(js, "rejects");
	json_array_begin(js);
	for (size_t i = 0; i < report->n_rejects; i++) {
		json_object_begin(js);
		json_add_string(js, "file", report->rejects[i].file);
		json_add_int(js, "line", (int64_t)report->rejects[i].line);
		json_add_string(js, "reason", report->rejects[i].reason);
		json_object_end(js);
	}
	json_array_end(js);
	json_object_end(js);
}

static void import_add_rejects(struct str *out, const struct import_report *report, size_t max)
{
	for (size_t i = 0; i < report->n_rejects && i < max; i++)
		str_addf(out, "%s:%llu: %s\n", report->rejects[i].file,
			(unsigned long long)report->rejects[i].line, report->rejects[i].reason);
	if (report->n_rejects > max)
		str_addf(out, _("... and %zu more; --rejects FILE lists them all\n"),
			report->n_rejects - max);
}

/* What --every means for so many people: "500 people every 3m are about 38 a week." */
static void import_print_every(struct cli *cli, int64_t people, const char *every)
{
	struct touch_every span;
	int64_t a_week;

	if (!keeping_parse(every, &span) || !people)
		return;
	a_week = people * 7 / touch_span_days(&span);
	if (!a_week)
		return;
	str_addf(&cli->out,
		/* TRANSLATORS: how many, how often ("3m"), how many that makes */
		ngettext("%1$lld person every %2$s: about %3$lld a week.",
			"%1$lld people every %2$s: about %3$lld a week.", (unsigned long)people),
		(long long)people, every, (long long)a_week);
	if (a_week > 7)
		str_add(&cli->out,
			_(" That is much; --every 1y, or a tag for those who matter, is kinder."));
	str_add_char(&cli->out, '\n');
}

/* Where nothing in the file brings people back to mind: what would. */
static void import_print_advice(
	struct cli *cli, const struct import_report *report, const char *every)
{
	if (!report->asides.advice || !report->added || *every)
		return;
	str_addf(&cli->out,
		_("%s Tag the people who matter and say how often you would be in touch: nudge tag"
		  " friends --every 6w. --every 1y at an import means all who are new."),
		_(report->asides.advice));
	if (report->added >= 104)
		str_addf(&cli->out, _(" Here that is about %lld a week."),
			(long long)report->added * 7 / 365);
	str_add_char(&cli->out, '\n');
}

static void import_print_skipped(struct cli *cli, const struct import_report *report)
{
	const struct asides *asides = &report->asides;

	str_addf(&cli->out, _(", skipped %lld"), (long long)report->skipped);
	for (size_t i = 0; i < asides->n_skipped; i++) {
		str_add(&cli->out, i ? "; " : " (");
		if (asides->n_skipped > 1)
			str_addf(&cli->out, "%lld: ", (long long)asides->skipped[i].n);
		str_add(&cli->out, _(asides->skipped[i].why));
	}
	str_add_char(&cli->out, ')');
}

/* What the columns were taken for, and what the owner might offer. */
static void import_print_asides(struct cli *cli, const struct import_report *report)
{
	_cleanup_owner_ struct owner owner = { 0 };

	if (books_load_owner(cli->store, cli->book, &owner, NULL) < 0)
		return;
	asides_tell(&report->asides, owner.offers, owner.n_offers, &cli->out);
}

static void import_print(struct cli *cli, const struct import_report *report,
	const struct import_arguments *arguments, const char *every)
{
	if (arguments->dry_run)
		str_add(&cli->out, _("It would be: "));
	str_addf(&cli->out, _("added %1$lld, updated %2$lld, unchanged %3$lld, rejected %4$zu"),
		(long long)report->added, (long long)report->updated, (long long)report->unchanged,
		report->n_rejects);
	if (report->skipped)
		import_print_skipped(cli, report);
	str_add_char(&cli->out, '\n');
	import_print_asides(cli, report);
	import_print_every(cli, report->added, every);
	import_print_advice(cli, report, every);
	import_add_rejects(&cli->out, report, 20);
}

static int import_write_rejects(
	struct cli *cli, const char *path, const struct import_report *report)
{
	_cleanup_str_ struct str text = STR_INIT;
	FILE *f = fopen(path, "we");
	bool good;

	if (!f)
		return cli_complain(
			cli, EX_CANTCREAT, "cannot create %s: %s", path, strerror(errno));
	import_add_rejects(&text, report, SIZE_MAX);
	good = fputs(str_text(&text), f) != EOF;
	if (fclose(f) == EOF || !good)
		return cli_complain(cli, EX_IOERR, "cannot write %s: %s", path, strerror(errno));
	return 0;
}

static int import_run(struct cli *cli, const struct import_arguments *arguments, const char *every,
	struct import_report *report)
{
	const struct table_options table = { .maps = (const char *const *)arguments->maps.all,
		.n_maps = arguments->maps.n };
	const struct import_options options = { .tag = arguments->tag,
		.table = &table,
		.every = every,
		.dry_run = arguments->dry_run,
		.today = cli->today };
	char **paths = calloc(cli->words.n, sizeof(*paths));
	int r;

	if (!paths)
		return err_oom(&cli->err);
	for (size_t i = 0; i < cli->words.n; i++)
		paths[i] = str_dup(cli->words.all[i]);
	r = import_files(cli->store, cli->book, paths, cli->words.n, &options, report, &cli->err);
	for (size_t i = 0; i < cli->words.n; i++)
		free(paths[i]);
	free(paths);
	return r;
}

static void import_tell_book(struct cli *cli, const struct archive_report *report, bool dry_run)
{
	str_addf(&cli->out,
		dry_run ? ngettext(
				  "It would bring back %lld contact, with all that belongs to it.\n",
				  "It would bring back %lld contacts, with all that belongs to them.\n",
				  (unsigned long)report->contacts)
			: ngettext("%lld contact is back, with all that belongs to it.\n",
				  "%lld contacts are back, with all that belongs to them.\n",
				  (unsigned long)report->contacts),
		(long long)report->contacts);
	if (report->renumbered)
		str_add(&cli->out,
			_("Their numbers (#ID) are new ones: this database has another book.\n"));
	if (report->forgotten)
		str_add(&cli->out,
			_("Who was erased from it cannot be told from others here: an import may bring them"
			  " back.\n"));
}

/* A whole book that `nudge export` wrote: 0 or an exit status. */
static int import_book(struct cli *cli, const struct import_arguments *arguments)
{
	struct archive_report report = { 0 };
	int r;

	if (cli->words.n > 1 || arguments->tag || arguments->every)
		return cli_usage(cli,
			"a book in JSON comes back alone, as it is: without other files, --tag and --every");
	r = restore_book(
		cli->store, cli->book, cli->words.all[0], arguments->dry_run, &report, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		import_json(cli, &(struct import_report){ .added = report.contacts });
	else
		import_tell_book(cli, &report, arguments->dry_run);
	return 0;
}

/* Whether one of the files is a book in JSON. What cannot be read is told by whoever needs it. */
static bool import_is_book(const struct cli *cli)
{
	for (size_t i = 0; i < cli->words.n; i++)
		if (restore_is_json(cli->words.all[i], NULL) == 1)
			return true;
	return false;
}

int verb_import(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("tag", CLI_TEXT, struct import_arguments, tag),
		CLI_OPTION("rejects", CLI_PATH, struct import_arguments, rejects),
		CLI_OPTION("every", CLI_TEXT, struct import_arguments, every),
		CLI_OPTION("map", CLI_LIST, struct import_arguments, maps),
		CLI_OPTION("dry-run", CLI_FLAG, struct import_arguments, dry_run),
	};
	_cleanup_report_ struct import_report report = { 0 };
	_cleanup_(import_arguments_done) struct import_arguments arguments = { 0 };
	char every[PERSON_EVERY_SIZE];
	int status, r;

	cli->paths = true;
	status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &arguments);
	if (status || cli->help)
		return status;
	if (!cli->words.n)
		return cli_usage(cli, "which file? For example: nudge import contacts.vcf");
	if (arguments.tag && !*arguments.tag)
		return cli_usage(cli, "--tag: a tag cannot be empty");
	for (size_t i = 0; i < arguments.maps.n; i++)
		if (table_check_map(arguments.maps.all[i], &cli->err) < 0)
			return cli_usage(cli, "%s", cli->err.text);
	status = person_parse_every(cli, arguments.every, every);
	if (status == 0)
		status = cli_open(cli);
	if (status)
		return status;
	if (import_is_book(cli))
		return import_book(cli, &arguments);
	r = import_run(cli, &arguments, *every ? every : NULL, &report);
	/* Where nothing could be used, the reasons are the answer. */
	if (r == 0 || r == -EBADMSG) {
		if (arguments.rejects)
			status = import_write_rejects(cli, arguments.rejects, &report);
		if (cli->json)
			import_json(cli, &report);
		else if (r == 0)
			import_print(cli, &report, &arguments, every);
		else
			import_add_rejects(&cli->out, &report, 20);
	}
	return r < 0 ? cli_fail(cli, r) : status;
}
