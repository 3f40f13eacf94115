/* SPDX-License-Identifier: MIT */
/*
 * verb-agenda: agenda, occasion, follow-up, done, snooze.
 */
#include "book/followups.h"
#include "book/occasions.h"
#include "cli/change.h"
#include "cli/fallback.h"
#include "cli/listing.h"
#include "cli/naming.h"
#include "cli/output.h"
#include "cli/sheet.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "digest/edition.h"
#include "digest/wording.h"
#include "format/when.h"

#include <errno.h>
#include <stdio.h>

struct agenda_options {
	const char *days;
	bool missed;
	struct cli_list kinds;
};

/* What only some kinds have: null where there is none. */
static void agenda_json_more(struct json *js, const struct item *item)
{
	_cleanup_str_ struct str time = STR_INIT;
	char every[REPEAT_TEXT_SIZE];

	if (item->kind == ITEM_FOLLOW_UP || item->kind == ITEM_COFFEE) {
		if (item->minute >= 0)
			wording_add_minute(&time, item->minute);
		json_add_string(js, "time", time.len ? str_text(&time) : NULL);
	}
	if (item->kind == ITEM_FOLLOW_UP)
		json_add_string(js, "repeat", *repeat_format(&item->repeat, every) ? every : NULL);
	if (item->kind == ITEM_COFFEE)
		json_add_string(js, "place", item->what);
	if (item->kind == ITEM_THANKS)
		json_add_bool(js, "offered", item->is_offer);
	if (item->age >= 0)
		json_add_int(js, "age", item->age);
}

static void agenda_json_item(struct json *js, const struct item *item, int32_t today)
{
	_cleanup_str_ struct str title = STR_INIT;
	struct date due = day_date(item->day);
	char text[DAY_TEXT_SIZE];

	wording_add_item(&title, item, item->contact.field[CONTACT_NAME], today);
	json_object_begin(js);
	json_add_string(js, "handle", *item->handle ? item->handle : NULL);
	json_add_string(js, "kind", item_kind_name(item->kind));
	json_add_string(js, "contact",
		item->outreach              ? item->outreach->name
			: item->has_contact ? item->contact.field[CONTACT_NAME]
					    : NULL);
	if (item->has_other)
		json_add_string(js, "other", item->other.field[CONTACT_NAME]);
	json_add_string(js, "title",
		item->what && item->kind != ITEM_COFFEE && item->kind != ITEM_FORUM
			? item->what
			: str_text(&title));
	json_add_string(js, "due", day_format(&due, text));
	json_add_int(js, "overdue_days", item->day < today ? today - item->day : 0);
	agenda_json_more(js, item);
	json_object_end(js);
}

/* The same as a mail would say, to whoever sits at the terminal. */
static int agenda_print(
	struct cli *cli, const struct agenda *agenda, const struct conf_digest *digest, bool ahead)
{
	_cleanup_document_ struct document document = { 0 };
	_cleanup_str_ struct str command = STR_INIT;
	struct edition_reader reader = { cli->language, NULL, clock_now(&cli->clock), ahead };
	int r;

	cli_add_command(cli, &command);
	r = str_check(&command, &cli->err);
	reader.command = str_text(&command);
	if (r == 0)
		r = edition_describe(&document, cli->store, agenda, digest, &reader, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	sheet_add(&cli->out, &document, output_of_stdout().columns > 0);
	return 0;
}

static void agenda_options_done(struct agenda_options *options)
{
	cli_list_done(&options->kinds);
}

/* 0 or a status. */
static int agenda_read_kinds(
	const struct cli *cli, const struct cli_list *names, bool ret[ITEM_KIND_COUNT])
{
	_cleanup_str_ struct str known = STR_INIT;

	for (size_t i = 0; i < names->n; i++) {
		enum item_kind kind = item_kind_of(names->all[i]);

		if (kind < ITEM_KIND_COUNT) {
			ret[kind] = true;
			continue;
		}
		for (int k = 0; k < ITEM_KIND_COUNT; k++) {
			str_add_separator(&known, ", ");
			str_add(&known, item_kind_name((enum item_kind)k));
		}
		return cli_usage(
			cli, "--kind: \"%s\" is none of %s", names->all[i], str_text(&known));
	}
	return 0;
}

/* All of one moment, and without a lock for each of some thousand questions. */
static int agenda_collect(struct cli *cli, struct agenda *ret, const struct conf_digest *digest,
	const struct edition_wanted *wanted)
{
	_cleanup_(store_rollback) struct store *reading = NULL;
	int r = store_begin_reading(cli->store, &reading, &cli->err);

	return r < 0 ? r
		     : edition_agenda(
			       ret, cli->store, digest, clock_now(&cli->clock), wanted, &cli->err);
}

int verb_agenda(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("days", CLI_TEXT, struct agenda_options, days),
		CLI_OPTION("missed", CLI_FLAG, struct agenda_options, missed),
		CLI_OPTION("kind", CLI_LIST, struct agenda_options, kinds),
	};
	_cleanup_(fallback_done) struct fallback fallback = { 0 };
	_cleanup_agenda_ struct agenda agenda = { 0 };
	_cleanup_(agenda_options_done) struct agenda_options options = { 0 };
	bool kinds[ITEM_KIND_COUNT] = { false };
	struct edition_wanted wanted = { 0 };
	const struct conf_digest *digest;
	uint64_t days = 0;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &options), r;

	if (status || cli->help)
		return status;
	if (cli->words.n)
		return cli_usage(cli, "`nudge agenda` takes options only, such as --days 7");
	if (options.days && (!str_number(options.days, 3660, &days) || !days))
		return cli_usage(
			cli, "--days: a number from 1 to 3660 is needed, not \"%s\"", options.days);
	status = agenda_read_kinds(cli, &options.kinds, kinds);
	if (status == 0)
		status = cli_look_around(cli);
	if (status == 0)
		status = fallback_digest(cli, &fallback, &digest);
	if (status)
		return status;
	wanted.days = (int)days;
	wanted.missed = options.missed;
	wanted.kinds = options.kinds.n ? kinds : NULL;
	wanted.brief = cli->json;
	r = agenda_collect(cli, &agenda, digest, &wanted);
	if (r < 0)
		return cli_fail(cli, r);
	if (!cli->json)
		return agenda_print(cli, &agenda, digest, days > 0);
	json_array_begin(&cli->js);
	for (size_t i = 0; i < agenda.n; i++)
		agenda_json_item(&cli->js, &agenda.items[i], cli->today);
	json_array_end(&cli->js);
	return 0;
}

/* A new occasion or follow-up: the keys are the agenda's. */
static void new_json(struct cli *cli, char letter, int64_t number, const char *contact,
	const char *title, const char *due)
{
	_cleanup_str_ struct str handle = STR_INIT;

	str_addf(&handle, "%c%lld", letter, (long long)number);
	json_object_begin(&cli->js);
	json_add_string(&cli->js, "handle", str_text(&handle));
	json_add_string(&cli->js, "contact", contact);
	json_add_string(&cli->js, "title", title);
	json_add_string(&cli->js, "due", due);
	json_object_end(&cli->js);
}

static int occasion_store(struct cli *cli, int64_t contact, const char *name,
	const struct date *date, int64_t *ret_number)
{
	static const struct {
		const char *word, *kind;
	} kinds[] = {
		{ "birthday", OCCASION_BIRTHDAY },
		{ "Geburtstag", OCCASION_BIRTHDAY },
		{ "name-day", OCCASION_NAME_DAY },
		{ "name day", OCCASION_NAME_DAY },
		{ "Namenstag", OCCASION_NAME_DAY },
		{ "anniversary", OCCASION_ANNIVERSARY },
		{ "Jahrestag", OCCASION_ANNIVERSARY },
	};
	_cleanup_(change_done) struct change change = { 0 };
	const char *kind = OCCASION_NAMED;
	int r;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (str_casecmp(kinds[i].word, name) == 0)
			kind = kinds[i].kind;
	r = change_begin(&change, cli);
	if (r == 0)
		r = occasions_add(cli->store, cli->book, contact, kind,
			str_equal(kind, OCCASION_NAMED) ? name : NULL, date, CONTACT_HAND,
			cli->today, ret_number, &cli->err);
	return r < 0 ? r : change_commit(&change, "occasion %s", name);
}

static void occasion_print(struct cli *cli, int64_t number, const char *contact, const char *name,
	const struct date *date)
{
	_cleanup_str_ struct str day = STR_INIT;

	wording_add_plain_date(&day, date);
	str_addf(&cli->out, CLI_ACCENT "b%lld" CLI_PLAIN "  %s: %s, %s\n", (long long)number,
		contact, words_say("occasion", name), str_text(&day));
}

int verb_occasion(struct cli *cli, int argc, char **argv)
{
	_cleanup_free_ char *who = NULL, *name = NULL;
	char text[DAY_TEXT_SIZE];
	struct date date;
	int64_t contact, number;
	size_t n;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	n = cli->words.n;
	if (!n)
		return listing_occasions(cli);
	if (n < 3)
		return cli_usage(cli,
			"CONTACT, NAME and DATE are needed: nudge occasion Anna name-day 26.7.");
	if (!*cli->words.all[n - 2])
		return cli_usage(
			cli, "an occasion needs a NAME: nudge occasion Anna name-day 26.7.");
	status = cli_open(cli);
	if (status)
		return status;
	if (when_occasion(cli->words.all[n - 1], cli->today, &date, &cli->err) < 0)
		return cli_usage(cli, "%s", cli->err.text);
	who = cli_join(&cli->words, 0, n - 2);
	if (!who)
		return cli_fail(cli, err_oom(&cli->err));
	status = cli_pick(cli, who, &contact);
	if (status)
		return status;
	r = occasion_store(cli, contact, cli->words.all[n - 2], &date, &number);
	if (r == 0)
		r = contacts_name(cli->store, contact, &name, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		new_json(cli, 'b', number, name, cli->words.all[n - 2], day_format(&date, text));
	else
		occasion_print(cli, number, name, cli->words.all[n - 2], &date);
	return 0;
}

struct follow_up_options {
	const char *on, *repeat;
	bool after_done;
};

/* "6w", "monthly"; 0 or a status. */
static int follow_up_repeat(
	struct cli *cli, const struct follow_up_options *options, struct repeat *ret)
{
	static const struct {
		const char *word, *span;
	} words[] = {
		{ "daily", "1d" },
		{ "weekly", "1w" },
		{ "monthly", "1m" },
		{ "yearly", "1y" },
		{ "täglich", "1d" },
		{ "wöchentlich", "1w" },
		{ "monatlich", "1m" },
		{ "jährlich", "1y" },
	};
	const char *text = options->repeat;
	struct when_span span;

	*ret = (struct repeat){ 0 };
	if (!text)
		return options->after_done
			? cli_usage(cli, "--after-done is of use with --repeat only")
			: 0;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_casecmp(words[i].word, text) == 0)
			text = words[i].span;
	if (when_span(text, &span, &cli->err) < 0)
		return cli_usage(cli, "--repeat: %s", cli->err.text);
	*ret = (struct repeat){ span.months, span.days, options->after_done };
	return 0;
}

/* Who is meant by the first words, and what by the others: `follow-up Ben send the slides`. One word alone that
 * is nobody's name is something to do for no contact. The caller frees *ret_what. */
static int follow_up_contact(struct cli *cli, int64_t *ret_contact, char **ret_what)
{
	static const char quotes[] = N_(
		"put quotes around what is to be done: nudge follow-up Ben \"send the"
		" slides\" --on friday");
	_cleanup_free_ char *who = NULL;
	size_t names;
	int r = naming_split(cli, &names);

	if (r < 0)
		return cli_fail(cli, r);
	who = cli_join(&cli->words, 0, names);
	*ret_what = cli_join(&cli->words, names, cli->words.n);
	if (!who || !*ret_what)
		return cli_fail(cli, err_oom(&cli->err));
	if (names && !**ret_what)
		return cli_usage(cli,
			"what is to be done about %s? For example: nudge follow-up %s \"send the"
			" slides\" --on friday",
			who, who);
	*ret_contact = 0;
	return names ? cli_pick_or(cli, who, cli->words.n > 2 ? quotes : NULL, ret_contact) : 0;
}

static int follow_up_store(struct cli *cli, int64_t contact, const char *what, int32_t day,
	int minute, const struct repeat *repeat, int64_t *ret_number)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0)
		r = followups_add(cli->store, cli->book, contact, what, day, minute, cli->today,
			ret_number, &cli->err);
	if (r == 0 && (repeat->months || repeat->days))
		r = followups_set_repeat(cli->store, cli->book, *ret_number, repeat, &cli->err);
	return r < 0 ? r : change_commit(&change, "follow-up %s", what);
}

static int follow_up_print(
	struct cli *cli, int64_t number, int64_t contact, const char *what, int32_t day, int minute)
{
	_cleanup_free_ char *name = NULL;
	_cleanup_str_ struct str date = STR_INIT;
	struct date due = day_date(day);
	char text[DAY_TEXT_SIZE];
	int r = contact ? contacts_name(cli->store, contact, &name, &cli->err) : 0;

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json) {
		new_json(cli, 'f', number, name, what, day_format(&due, text));
		return 0;
	}
	wording_add_date(&date, day);
	if (minute >= 0) {
		str_add(&date, ", ");
		wording_add_minute(&date, minute);
	}
	str_addf(&cli->out, CLI_ACCENT "f%lld" CLI_PLAIN "  %s%s%s (%s)\n", (long long)number,
		name ? name : "", name ? ": " : "", what, str_text(&date));
	return 0;
}

int verb_follow_up(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("on", CLI_TEXT, struct follow_up_options, on),
		CLI_OPTION("repeat", CLI_TEXT, struct follow_up_options, repeat),
		CLI_OPTION("after-done", CLI_FLAG, struct follow_up_options, after_done),
	};
	struct follow_up_options options = { 0 };
	struct repeat repeat;
	int64_t contact = 0, number;
	_cleanup_free_ char *what = NULL;
	int32_t day;
	int minute, status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &options), r;

	if (status || cli->help)
		return status;
	if (!cli->words.n && !options.on && !options.repeat && !options.after_done)
		return listing_follow_ups(cli);
	if (!cli->words.n || !options.on)
		return cli_usage(cli,
			"WHAT and --on DATE are needed: nudge follow-up Ben \"send the slides\""
			" --on friday");
	if (!*cli->words.all[cli->words.n - 1])
		return cli_usage(cli,
			"WHAT is to be done? For example: nudge follow-up Ben \"send the slides\""
			" --on friday");
	status = cli_open(cli);
	if (status)
		return status;
	if (when_time(options.on, cli->today, WHEN_COMING, &day, &minute, &cli->err) < 0)
		return cli_usage(cli, "--on: %s", cli->err.text);
	status = follow_up_repeat(cli, &options, &repeat);
	if (status == 0)
		status = follow_up_contact(cli, &contact, &what);
	if (status)
		return status;
	r = follow_up_store(cli, contact, what, day, minute, &repeat, &number);
	return r < 0 ? cli_fail(cli, r) : follow_up_print(cli, number, contact, what, day, minute);
}
