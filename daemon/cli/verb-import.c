/* SPDX-License-Identifier: MIT */
/*
 * verb-import: import.
 */
#include "base/lang.h"
#include "base/spool.h"
#include "book/books.h"
#include "book/keeping.h"
#include "cli/handover.h"
#include "cli/import-report.h"
#include "cli/person.h"
#include "cli/progress.h"
#include "cli/verbs.h"
#include "exchange/doubles.h"
#include "exchange/rejects.h"
#include "exchange/restore.h"
#include "format/table.h"

#include <errno.h>

#define IMPORT_MANY        7 /* people a week; one a day is as much as one can do */
#define IMPORT_SELDOM_DAYS 365

struct import_arguments {
	const char *format, *tag, *rejects, *every;
	struct cli_list maps;
	bool dry_run;
};

struct import_run {
	struct import_arguments arguments;
	char every[PERSON_EVERY_SIZE];
	struct gather gather;
	struct progress progress;
	struct import_report report;
	size_t reject_files;
	int64_t digests,
		digests_left; /* that came with a book, and not: paused, or of a name that is taken */
};

static void import_json(struct cli *cli, const struct import_run *run)
{
	const struct import_report *report = &run->report;
	struct json *js = &cli->js;

	json_object_begin(js);
	json_add_bool(js, "dry_run", run->arguments.dry_run);
	json_add_int(js, "added", report->added);
	json_add_int(js, "updated", report->updated);
	json_add_int(js, "unchanged", report->unchanged);
	json_add_int(js, "rejected", (int64_t)report->n_rejects + report->unlisted);
	json_add_int(js, "skipped", report->skipped);
	json_add_int(js, "rejects_omitted", report->unlisted);
	json_add_int(js, "unread_days", report->unread);
	json_add_int(js, "kept_beside", report->beside);
	json_add_int(js, "requests_waiting", report->requests);
	json_add_int(js, "requests_past", report->past_requests);
	json_add_int(js, "digests", run->digests);
	json_add_int(js, "digests_left", run->digests_left);
	json_key(js, "duplicates");
	if (report->doubles < 0)
		json_null(js);
	else
		json_int(js, report->doubles);
	import_report_json_sources(js, report);
	import_report_json_kept(js, report);
	import_report_json_left(js, &run->gather);
	import_report_json_rejects(js, report);
	json_object_end(js);
}

static int64_t import_people(const struct import_report *report)
{
	return report->added - report->requests - report->past_requests;
}

/* What --every means for so many people: "500 people every 3m are about 38 a week." */
static void import_print_every(struct cli *cli, int64_t people, const char *every)
{
	struct touch_every span;
	int64_t a_week, days;

	if (*every && !people)
		cli_hint(cli,
			_("--every is for those who are new, and nobody is. For others: nudge tag NAME --every 6w, or nudge edit NAME --every 6w\n"));
	if (keeping_parse(every, &span, NULL) <= 0 || !people)
		return;
	days = touch_span_days(&span);
	a_week = (people * 7 + days / 2) / days;
	if (!a_week)
		return;
	str_addf(&cli->out,
		/* TRANSLATORS: how many, how often ("3m"), how many that makes */
		ngettext("%1$lld person every %2$s: about %3$lld a week.",
			"%1$lld people every %2$s: about %3$lld a week.", (unsigned long)people),
		(long long)people, every, (long long)a_week);
	if (a_week > IMPORT_MANY)
		str_add(&cli->out,
			days < IMPORT_SELDOM_DAYS
				? _(" That is much; --every 1y, or a tag for those who matter, is kinder.")
				: _(" That is much; a tag for those who matter, in place of --every, is kinder."));
	str_add_char(&cli->out, '\n');
}

/* Where nothing in the file brings people back to mind: what would. */
static void import_print_advice(
	struct cli *cli, const struct import_report *report, const char *every)
{
	if (!report->asides.advice || !import_people(report) || *every)
		return;
	cli_hint(cli,
		_("%s Tag the people who matter and say how often you would be in touch: nudge tag"
		  " friends --every 6w. --every 1y at an import means all who are new."),
		_(report->asides.advice));
	if (import_people(report) >= 104)
		str_addf(&cli->out, _(" Here that is about %lld a week."),
			(long long)import_people(report) * 7 / 365);
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

/* They are not in `nudge list`. */
static void import_print_requests(struct cli *cli, const struct import_report *report)
{
	if (report->requests)
		cli_hint(cli,
			ngettext(
				"%lld of those added is a request to somebody new that waits for an answer: nudge outreach\n",
				"%lld of those added are requests to somebody new that wait for an answer: nudge outreach\n",
				(unsigned long)report->requests),
			(long long)report->requests);
	if (report->past_requests)
		cli_hint(cli,
			ngettext(
				"%lld of those added is a request of long ago without an answer: nudge outreach NAME knows of it\n",
				"%lld of those added are requests of long ago without an answer: nudge outreach NAME knows of them\n",
				(unsigned long)report->past_requests),
			(long long)report->past_requests);
}

/* They are in the note, as they are written. */
static void import_print_unread(struct cli *cli, const struct import_report *report)
{
	if (report->unread)
		str_addf(&cli->out,
			ngettext(
				"A birthday or other day of %lld person, or its year, could not be taken: it is in the note.\n",
				"Birthdays or other days of %lld people, or their years, could not be taken: they are in the notes.\n",
				(unsigned long)report->unread),
			(long long)report->unread);
}

/* What another address book has said stands. */
static void import_print_beside(struct cli *cli, const struct import_report *report)
{
	if (report->beside)
		str_addf(&cli->out,
			ngettext(
				"Of %lld person another address book has said something else: that stands, and what this one says is kept beside it (nudge show --all).\n",
				"Of %lld people another address book has said something else: that stands, and what this one says is kept beside it (nudge show --all).\n",
				(unsigned long)report->beside),
			(long long)report->beside);
}

/* What the columns were taken for, and what the owner might offer. */
static void import_print_asides(struct cli *cli, const struct import_report *report)
{
	_cleanup_owner_ struct owner owner = { 0 };
	_cleanup_str_ struct str told = STR_INIT;

	if (books_load_owner(cli->store, cli->book, &owner, NULL) < 0)
		return;
	asides_tell(&report->asides, owner.offers, owner.n_offers, &told);
	cli->out.failed |= told.failed;
	cli_hint(cli, "%s", str_text(&told));
}

/* Who may be in the book twice: by a name alone, nobody is taken for one they know. */
static void import_print_doubles(struct cli *cli, const struct import_run *run)
{
	long long n = run->report.doubles;

	if (n < 0)
		cli_hint(cli, _("Who may be here twice: nudge duplicates\n"));
	else if (n > 0)
		cli_hint(cli,
			ngettext("%lld person may be here twice: nudge duplicates\n",
				"%lld people may be here twice: nudge duplicates\n",
				(unsigned long)n),
			n);
}

static void import_print(struct cli *cli, const struct import_run *run)
{
	const struct import_report *report = &run->report;

	import_report_add_sources(&cli->out, report);
	import_report_add_left(&cli->out, &run->gather);
	if (run->arguments.dry_run)
		str_add(&cli->out, _("It would be: "));
	str_addf(&cli->out, _("added %1$lld, updated %2$lld, unchanged %3$lld, rejected %4$zu"),
		(long long)report->added, (long long)report->updated, (long long)report->unchanged,
		report->n_rejects + (size_t)report->unlisted);
	if (report->skipped)
		import_print_skipped(cli, report);
	str_add_char(&cli->out, '\n');
	import_print_requests(cli, report);
	import_print_unread(cli, report);
	import_print_beside(cli, report);
	import_print_asides(cli, report);
	import_print_every(cli, import_people(report), run->every);
	import_print_advice(cli, report, run->every);
	import_print_doubles(cli, run);
}

/* Where they were written to, or how to have them. */
static void import_print_rejects(struct cli *cli, const struct import_run *run)
{
	const char *path = run->arguments.rejects;

	import_report_add_rejects(&cli->out, &run->report);
	if (!run->report.n_rejects) {
		if (path)
			str_addf(&cli->out, _("Nothing was rejected: %s was not written.\n"), path);
		return;
	}
	if (path && run->arguments.dry_run) {
		str_addf(&cli->out, _("They would be written to %s.\n"), path);
		return;
	}
	if (path && run->report.unlisted)
		str_addf(&cli->out, _("Only the first %zu were kept.\n"), run->report.n_rejects);
	if (!path)
		str_add(&cli->out,
			_("--rejects FILE keeps what was rejected, to be repaired and imported again.\n"));
	else if (run->reject_files == 1)
		str_addf(&cli->out,
			_("What was rejected is in %1$s, the reasons are in %1$s.reasons.\n"),
			path);
	else
		str_addf(&cli->out,
			_("What was rejected is in %1$s to %1$s.%2$zu, a file for each format or table; the reasons are in %1$s.reasons.\n"),
			path, run->reject_files);
}

static int import_write_rejects(struct cli *cli, struct import_run *run)
{
	int r = rejects_write(run->arguments.rejects, &run->report, &run->reject_files, &cli->err);

	return r < 0 ? cli_fail(cli, r) : 0;
}

static void import_progress(void *userdata, size_t file, uint64_t bytes)
{
	struct import_run *run = userdata;

	for (size_t i = 0; i < file; i++)
		bytes += run->gather.sizes[i];
	progress_tell(&run->progress, bytes);
}

/* "-" is standard input, which is read several times as all files are. */
static int import_take_stdin(struct cli *cli)
{
	bool taken = false;
	int r = 0;

	for (size_t i = 0; r == 0 && i < cli->words.n; i++) {
		if (!str_equal(cli->words.all[i], HANDOVER_STANDARD))
			continue;
		cli->words.all[i] = SPOOL_STDIN;
		if (!taken)
			r = spool_stdin(&cli->err);
		taken = true;
	}
	return r;
}

static int import_gather(struct cli *cli, struct import_run *run)
{
	uint64_t total = 0;
	int r = import_take_stdin(cli);

	for (size_t i = 0; r == 0 && i < cli->words.n; i++)
		r = gather_add(&run->gather, cli->words.all[i], &cli->err);
	for (size_t i = 0; r >= 0 && i < run->gather.n; i++)
		r = handover_lend(cli, run->gather.paths[i], &run->gather.places[i], &cli->err);
	for (size_t i = 0; i < run->gather.n; i++)
		total += run->gather.sizes[i];
	progress_begin(&run->progress, _("Reading"), total);
	return r < 0 ? r : 0;
}

/* By whoever writes them, before anything is done. */
static int import_check_rejects(struct cli *cli, const struct import_run *run)
{
	int r = run->arguments.rejects
		? rejects_check(run->arguments.rejects, run->gather.paths, run->gather.n, &cli->err)
		: 0;

	return r < 0 ? cli_fail(cli, r) : 0;
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
	if (report->digests)
		cli_hint(cli,
			ngettext(
				"%lld digest came along and is paused, for it may go on where it was:"
				" `nudge digest` shows it, `nudge digest resume NAME` lets it go on here.\n",
				"%lld digests came along and are paused, for they may go on where they"
				" were: `nudge digest` shows them, `nudge digest resume NAME` lets one go"
				" on here.\n",
				(unsigned long)report->digests),
			(long long)report->digests);
	if (report->left)
		str_addf(&cli->out,
			ngettext("%lld digest was left out: there is one of that name here.\n",
				"%lld digests were left out: there are some of those names here.\n",
				(unsigned long)report->left),
			(long long)report->left);
	if (report->forgotten)
		str_add(&cli->out,
			_("Who was erased from it cannot be told from others here: an import may bring them"
			  " back.\n"));
}

/* A whole book that `nudge export` wrote: 0 or an exit status. */
static int import_book(struct cli *cli, const struct import_run *gathered)
{
	const struct import_arguments *arguments = &gathered->arguments;
	struct archive_report report = { 0 };
	struct import_run run = { .arguments = *arguments };
	int r;

	if (gathered->gather.n > 1 || arguments->tag || arguments->every)
		return cli_usage(cli,
			"a book in JSON comes back alone, as it is: without other files, --tag and --every");
	r = restore_book(cli->store, cli->book, gathered->gather.paths[0],
		gathered->gather.places[0], arguments->dry_run, &report, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	run.report.added = report.contacts;
	run.digests = report.digests;
	run.digests_left = report.left;
	if (cli->json)
		import_json(cli, &run);
	else
		import_tell_book(cli, &report, arguments->dry_run);
	return 0;
}

/* Whether one of the files is a book in JSON, and nothing else was said. What cannot be read is told by whoever
 * needs it. */
static bool import_is_book(const struct gather *gather, const char *format)
{
	if (format && !str_equal(format, "json"))
		return false;
	for (size_t i = 0; i < gather->n; i++)
		if (restore_is_json(
			    gather->places[i] ? gather->places[i] : gather->paths[i], NULL) == 1)
			return true;
	return false;
}

static int import_run(struct cli *cli, struct import_run *run)
{
	const struct table_options table = {
		.maps = (const char *const *)run->arguments.maps.all,
		.n_maps = run->arguments.maps.n,
	};
	const struct import_options options = { .tag = run->arguments.tag,
		.every = *run->every ? run->every : NULL,
		.dry_run = run->arguments.dry_run,
		.lenient = run->gather.folder,
		.places = run->gather.places,
		.today = cli->today,
		.format = run->arguments.format,
		.table = &table,
		.progress = import_progress,
		.userdata = run };
	struct import_report *report = &run->report;
	int r = import_files(cli->store, cli->book, run->gather.paths, run->gather.n, &options,
		report, &cli->err);

	progress_end(&run->progress);
	if (r == 0 && !run->arguments.dry_run)
		r = doubles_count(cli->store, cli->book, report->first, report->added,
			&report->doubles, &cli->err);
	return r;
}

static void import_run_done(struct import_run *run)
{
	cli_list_done(&run->arguments.maps);
	import_report_done(&run->report);
	gather_done(&run->gather);
}

static int import_check_arguments(struct cli *cli, struct import_run *run)
{
	const struct import_arguments *arguments = &run->arguments;

	if (!cli->words.n)
		return cli_usage(cli, "which file? For example: nudge import contacts.vcf");
	if (arguments->tag && !*arguments->tag)
		return cli_usage(cli, "--tag: a tag cannot be empty");
	if (arguments->format && source_check_format(arguments->format, &cli->err) < 0)
		return cli_usage(cli, "--format: %s", cli->err.text);
	if (table_check_maps(
		    (const char *const *)arguments->maps.all, arguments->maps.n, &cli->err) < 0)
		return cli_usage(cli, "%s", cli->err.text);
	return person_parse_every(cli, arguments->every, run->every);
}

int verb_import(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("format", CLI_TEXT, struct import_arguments, format),
		CLI_OPTION("tag", CLI_TEXT, struct import_arguments, tag),
		CLI_OPTION("rejects", CLI_PATH, struct import_arguments, rejects),
		CLI_OPTION("every", CLI_TEXT, struct import_arguments, every),
		CLI_OPTION("map", CLI_LIST, struct import_arguments, maps),
		CLI_OPTION("dry-run", CLI_FLAG, struct import_arguments, dry_run),
	};
	_cleanup_(import_run_done) struct import_run run = { 0 };
	int status, r;

	cli->paths = true;
	status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &run.arguments);
	if (status || cli->help)
		return status;
	status = import_check_arguments(cli, &run);
	if (status)
		return status;
	r = import_gather(cli, &run);
	if (r < 0)
		return cli_fail(cli, r);
	status = cli_open(cli);
	if (status == 0)
		status = import_check_rejects(cli, &run);
	if (status)
		return status;
	if (import_is_book(&run.gather, run.arguments.format))
		return import_book(cli, &run);
	r = import_run(cli, &run);
	/* Where nothing could be used, the reasons are the answer. */
	if (r == 0 || r == -EBADMSG) {
		struct err failed = cli->err;

		if (run.arguments.rejects && run.report.n_rejects && !run.arguments.dry_run)
			status = import_write_rejects(cli, &run);
		cli->err = failed;
		if (cli->json)
			import_json(cli, &run);
		else if (r == 0 || run.report.skipped)
			import_print(cli, &run);
		/* A single reason is what the error says. */
		if (!cli->json && (r == 0 || run.report.n_rejects > 1 || run.arguments.rejects))
			import_print_rejects(cli, &run);
	}
	return r < 0 ? cli_fail(cli, r) : status;
}
