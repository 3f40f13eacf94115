/* SPDX-License-Identifier: MIT */
/*
 * verb-history: log, undo.
 */
#include "book/occasions.h"
#include "book/search.h"
#include "book/touches.h"
#include "book/undo.h"
#include "cli/change.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "digest/wording.h"
#include "format/when.h"

#include <errno.h>
#include <limits.h>

struct log {
	const char *on;
	struct cli_list offers, seeks;
};

static void log_done(struct log *log)
{
	cli_list_done(&log->offers);
	cli_list_done(&log->seeks);
}

/* What a touch may be, as a person writes it and as it is kept. */
static const char *log_kind(const char *word)
{
	static const struct {
		const char *word, *kind;
	} kinds[] = {
		{ "met", "met" },
		{ "getroffen", "met" },
		{ "called", "called" },
		{ "telefoniert", "called" },
		{ "wrote", "wrote" },
		{ "geschrieben", "wrote" },
		{ "congratulated", "congratulated" },
		{ "gratuliert", "congratulated" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_casecmp(kinds[i].word, word) == 0)
			return kinds[i].kind;
	return NULL;
}

/* The word that tells the kind stands behind the contact's words; its place, or the number of words. */
static size_t log_find_kind(const struct cli *cli)
{
	size_t i = 1;

	while (i < cli->words.n && !log_kind(cli->words.all[i]))
		i++;
	return i < cli->words.n ? i : cli->words.n;
}

static int log_print(struct cli *cli, int64_t contact)
{
	_cleanup_(touches_done) struct touches touches = { 0 };
	int r = touches_of(cli->store, contact, &touches, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < touches.n; i++) {
		const struct touch *t = &touches.all[i];
		struct date date = day_date(t->day);
		char day[DAY_TEXT_SIZE];

		(void)day_format(&date, day);
		if (cli->json) {
			json_object_begin(&cli->js);
			json_add_string(&cli->js, "day", day);
			json_add_string(&cli->js, "kind", t->kind);
			json_add_string(&cli->js, "note", t->note);
			json_add_string(&cli->js, "other", t->other);
			json_object_end(&cli->js);
		} else {
			output_add_date(&cli->out, t->day);
			str_add(&cli->out, words_say("touch", t->kind));
			if (t->other)
				str_addf(&cli->out, ": %s", t->other);
			if (t->note)
				str_addf(&cli->out, ": %s", t->note);
			str_add_char(&cli->out, '\n');
		}
	}
	if (cli->json)
		json_array_end(&cli->js);
	else if (!touches.n)
		return cli_complain(
			cli, CLI_REFUSED, "nothing is noted yet; for example: nudge log Anna met");
	return 0;
}

static int log_add_values(
	struct cli *cli, int64_t contact, enum contact_kind kind, const struct cli_list *values)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < values->n; i++)
		r = contacts_add_value(cli->store, contact, kind, values->all[i], NULL,
			CONTACT_HAND, cli->today, &cli->err);
	return r < 0 ? r : 0;
}

/* The occurrence that a greeting on that day is meant for, if it is for this occasion: how far off it is, or -1.
 * Nobody is congratulated on the day one met. */
static int log_greeted(const struct cli *cli, const struct occasion *o, int32_t day, int *ret_year)
{
	const struct conf_digest *digest = cli_digest(cli, NULL);

	if (o->dropped || str_equal(o->kind, OCCASION_MET))
		return -1;
	return occasion_greeted(o->date.month, o->date.day, day,
		digest ? digest->leap_day : OCCASION_LEAP_FEB28, ret_year);
}

static int log_settle(
	struct cli *cli, const struct occasion *o, int year, int32_t day, struct str *told)
{
	struct occurrence said;
	int r = occasions_occurrence(cli->store, cli->book, o->number, year, &said, &cli->err);

	if (r < 0 || said.done)
		return r;
	/* TRANSLATORS: the number of an occasion's handle; somebody was congratulated */
	str_addf(told, _("b%lld is done with that.\n"), (long long)o->number);
	return occasions_set_done(cli->store, cli->book, o->number, year, day, &cli->err);
}

/* A greeting is for what is nearest to its day, and for all that falls on one day. */
static int log_settle_all(struct cli *cli, int64_t contact, int32_t day, struct str *told)
{
	_cleanup_occasions_ struct occasions found = { 0 };
	int r = occasions_of(cli->store, contact, &found, &cli->err), nearest = INT_MAX, year = 0;

	for (size_t i = 0; i < found.n; i++) {
		int off = log_greeted(cli, &found.all[i], day, &year);

		nearest = off >= 0 && off < nearest ? off : nearest;
	}
	for (size_t i = 0; r == 0 && i < found.n; i++)
		if (log_greeted(cli, &found.all[i], day, &year) == nearest)
			r = log_settle(cli, &found.all[i], year, day, told);
	return r;
}

static int log_store(struct cli *cli, int64_t contact, const struct log *log, const char *kind,
	int32_t day, const char *note)
{
	_cleanup_(change_done) struct change change = { 0 };
	_cleanup_free_ char *name = NULL;
	_cleanup_str_ struct str date = STR_INIT, settled = STR_INIT;
	int r = change_begin(&change, cli);

	if (r == 0)
		r = touches_add(cli->store, contact, day, kind, *note ? note : NULL, &cli->err);
	if (r == 0)
		r = log_add_values(cli, contact, CONTACT_OFFERS, &log->offers);
	if (r == 0)
		r = log_add_values(cli, contact, CONTACT_SEEKS, &log->seeks);
	if (r == 0)
		r = search_index(cli->store, contact, &cli->err);
	if (r == 0 && str_equal(kind, "congratulated"))
		r = log_settle_all(cli, contact, day, &settled);
	if (r == 0)
		r = contacts_name(cli->store, contact, &name, &cli->err);
	if (r == 0)
		r = change_commit(&change, "log %s %s", name, kind);
	wording_add_date(&date, day);
	if (r == 0 && !cli->json)
		str_addf(&cli->out, "%s: %s%s%s (%s)\n%s", name, words_say("touch", kind),
			*note ? ": " : "", note, str_text(&date), str_text(&settled));
	cli->out.failed |= settled.failed;
	return r;
}

int verb_log(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("on", CLI_TEXT, struct log, on),
		CLI_OPTION("offers", CLI_LIST, struct log, offers),
		CLI_OPTION("seeks", CLI_LIST, struct log, seeks),
	};
	_cleanup_(log_done) struct log log = { 0 };
	_cleanup_free_ char *who = NULL, *note = NULL;
	const char *advice = NULL;
	int64_t contact;
	int32_t day;
	size_t at;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &log), r;

	if (status || cli->help)
		return status;
	if (!cli->words.n)
		return cli_usage(cli, "whom? For example: nudge log Anna met \"at the fair\"");
	at = log_find_kind(cli);
	if (at == cli->words.n && cli->words.n > 1)
		advice = N_(
			"or is the kind of contact missing, one of met, called, wrote, congratulated?");
	who = cli_join(&cli->words, 0, at);
	note = cli_join(&cli->words, at + 1, cli->words.n);
	if (!who || !note)
		return cli_fail(cli, err_oom(&cli->err));
	status = at == cli->words.n ? cli_look_around(cli) : cli_open(cli);
	if (status == 0)
		status = cli_pick_or(cli, who, advice, &contact);
	if (status)
		return status;
	if (at == cli->words.n)
		return log.on || log.offers.n || log.seeks.n
			? cli_usage(cli, "what was it? One of met, called, wrote, congratulated")
			: log_print(cli, contact);
	day = cli->today;
	if (log.on && when_day(log.on, cli->today, WHEN_PAST, &day, &cli->err) < 0)
		return cli_usage(cli, "--on: %s", cli->err.text);
	if (day > cli->today)
		return cli_usage(cli, "--on: \"%s\" is still to come", log.on);
	r = log_store(cli, contact, &log, log_kind(cli->words.all[at]), day, note);
	if (r < 0)
		return cli_fail(cli, r);
	return cli->json ? log_print(cli, contact) : 0;
}

static int undo_store(struct cli *cli, char **ret_what)
{
	_cleanup_(store_rollback) struct store *transaction = NULL;
	int r = store_begin(cli->store, &transaction, &cli->err);

	if (r == 0)
		r = undo_last(cli->store, cli->book, ret_what, &cli->err);
	if (r == 0 || r == UNDO_FINAL) {
		int committed = store_commit(&transaction, &cli->err);

		r = committed < 0 ? committed : r;
	}
	return r;
}

/* It was said once now: the next `nudge undo` reaches behind it. */
static int undo_refuse_final(const struct cli *cli, const char *what)
{
	static const struct {
		const char *what, *sentence;
	} finals[] = {
		{ UNDO_IMPORT,
			N_("the last change was an import, which is not taken back; `nudge undo` once more"
			   " takes back the one before") },
		{ UNDO_REMOVE,
			N_("the last change erased somebody, which is not taken back; `nudge undo` once"
			   " more takes back the one before") },
		{ UNDO_BOOK,
			N_("the last change made a new book, which is not taken back; `nudge undo` once"
			   " more takes back the one before") },
		{ UNDO_BOOK_GONE,
			N_("the last change erased a book, which is not taken back; `nudge undo` once"
			   " more takes back the one before") },
		{ UNDO_DIGEST,
			N_("the last change removed a digest, which is not taken back; `nudge undo` once"
			   " more takes back the one before") },
	};
	size_t i = 0;

	while (i < ARRAY_SIZE(finals) - 1 && !str_equal(finals[i].what, what))
		i++;
	return cli_complain(cli, CLI_REFUSED, "%s", _(finals[i].sentence));
}

int verb_undo(struct cli *cli, int argc, char **argv)
{
	_cleanup_free_ char *what = NULL;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	if (cli->words.n)
		return cli_usage(cli, "`nudge undo` takes back the last change, and nothing else");
	status = cli_open(cli);
	if (status)
		return status;
	r = undo_store(cli, &what);
	if (r == UNDO_NOTHING)
		return cli_complain(cli, CLI_REFUSED,
			"there is nothing to take back; imports and removals are final");
	if (r == UNDO_FINAL)
		return undo_refuse_final(cli, what);
	if (r == -ESTALE)
		return cli_complain(cli, CLI_REFUSED, "%s", cli->err.text);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "undone", what);
		json_object_end(&cli->js);
	} else {
		_cleanup_str_ struct str change = STR_INIT;

		words_add_change(&change, what);
		str_addf(&cli->out, _("Taken back: %s\n"), str_text(&change));
	}
	return 0;
}
