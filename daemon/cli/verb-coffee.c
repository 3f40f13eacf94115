/* SPDX-License-Identifier: MIT */
/*
 * verb-coffee: coffee: an informal meeting, from the idea to the thank-you.
 */
#include "book/coffees.h"
#include "cli/change.h"
#include "cli/letter.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "digest/wording.h"
#include "format/when.h"

#include <errno.h>

struct cup {
	const char *on, *place, *language;
	bool outcome;
	/* As read: */
	bool draft;
	enum coffee_stage stage;
	bool has_day;
	int32_t day;
	int minute;
};

static void coffee_add_when(struct str *out, const struct coffee *c)
{
	if (!c->facts.has_day)
		return;
	str_add(out, ", ");
	wording_add_date(out, c->facts.day);
	if (c->minute >= 0) {
		str_add(out, ", ");
		wording_add_minute(out, c->minute);
	}
}

static void coffee_show_json(struct json *js, const struct coffee *c, int32_t today)
{
	_cleanup_str_ struct str handle = STR_INIT, minute = STR_INIT;
	struct date day = day_date(c->facts.day);
	char text[DAY_TEXT_SIZE];

	str_addf(&handle, "c%lld", (long long)c->number);
	if (c->minute >= 0)
		wording_add_minute(&minute, c->minute);
	json_object_begin(js);
	json_add_string(js, "handle", str_text(&handle));
	json_add_string(js, "contact", c->name);
	json_add_string(js, "stage", coffee_stage_name(coffee_stage_on(&c->facts, today)));
	json_add_string(js, "day", c->facts.has_day ? day_format(&day, text) : NULL);
	json_add_string(js, "time", minute.len ? str_text(&minute) : NULL);
	json_add_string(js, "place", c->place);
	json_object_end(js);
}

static void coffee_show(struct cli *cli, const struct coffee *c)
{
	if (cli->json) {
		coffee_show_json(&cli->js, c, cli->today);
		return;
	}
	str_addf(&cli->out, CLI_ACCENT "c%lld" CLI_PLAIN "  %s: %s", (long long)c->number, c->name,
		words_say("coffee", coffee_stage_name(coffee_stage_on(&c->facts, cli->today))));
	coffee_add_when(&cli->out, c);
	if (c->place)
		str_addf(&cli->out, ", %s", c->place);
	str_add_char(&cli->out, '\n');
}

static int coffee_list(struct cli *cli)
{
	_cleanup_coffees_ struct coffees coffees = { 0 };
	int r = coffees_open(cli->store, cli->book, &coffees, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < coffees.n; i++)
		coffee_show(cli, &coffees.all[i]);
	if (cli->json)
		json_array_end(&cli->js);
	else if (!coffees.n)
		return cli_complain(cli, CLI_REFUSED,
			"no coffee is planned; for example: nudge coffee Anna invited");
	return 0;
}

/* The contact's open coffee, or a new one; its number. What is over, or never began, cannot be thanked for or
 * declined. */
static int coffee_find(
	struct cli *cli, int64_t contact, enum coffee_stage stage, struct coffees *ret)
{
	int64_t number;
	int r = coffees_of(cli->store, contact, ret, &cli->err);

	if (r < 0 || (r > 0 && ret->all[0].open))
		return r < 0 ? r : 0;
	if (r > 0 && stage >= COFFEE_THANKED && stage < COFFEE_STAGE_COUNT)
		return err_set(&cli->err, -ENOENT, "the coffee with %s (c%lld) is over: %s",
			ret->all[0].name, (long long)ret->all[0].number,
			words_say("coffee", coffee_stage_name(ret->all[0].facts.stage)));
	if (stage >= COFFEE_THANKED && stage < COFFEE_STAGE_COUNT)
		return err_set(&cli->err, -ENOENT,
			"no coffee with them is noted yet; for example: nudge coffee Anna met");
	coffees_done(ret);
	r = coffees_add(cli->store, cli->book, contact, cli->today, &number, &cli->err);
	if (r == 0)
		r = coffees_by_number(cli->store, cli->book, number, ret, &cli->err);
	return r < 0 ? r : 0;
}

static int coffee_change(struct cli *cli, const struct cup *cup, struct coffee *c)
{
	int r = 0;

	if (cup->has_day) {
		c->facts.has_day = true;
		c->facts.day = cup->day;
		r = coffees_set_day(
			cli->store, cli->book, c->number, cup->day, cup->minute, &cli->err);
	}
	if (r == 0 && cup->place)
		r = coffees_set_place(cli->store, cli->book, c->number, cup->place, &cli->err);
	if (r == 0 && cup->outcome) {
		c->facts.outcome = true;
		r = coffees_set_outcome(cli->store, cli->book, c->number, true, &cli->err);
	}
	if (r == 0 && cup->stage != COFFEE_STAGE_COUNT)
		r = coffees_set_stage(cli->store, cli->book, c, cup->stage, cli->today, &cli->err);
	return r;
}

static int coffee_store(
	struct cli *cli, int64_t contact, const struct cup *cup, struct coffees *ret)
{
	_cleanup_coffees_ struct coffees found = { 0 };
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0)
		r = coffee_find(cli, contact, cup->stage, &found);
	if (r == 0)
		r = coffee_change(cli, cup, &found.all[0]);
	if (r == 0)
		r = coffees_by_number(cli->store, cli->book, found.all[0].number, ret, &cli->err);
	return r < 0 ? r : change_commit(&change, "coffee with %s", found.all[0].name);
}

/* Everything that was given, before anything is stored: 0 or a status. */
static int coffee_read(struct cli *cli, struct cup *cup)
{
	size_t n = cli->words.n;

	cup->stage = n > 1 ? coffee_stage_of(cli->words.all[n - 1]) : COFFEE_STAGE_COUNT;
	cup->draft = n > 1 && str_equal(cli->words.all[n - 1], "draft");
	if (cup->language && !cup->draft)
		return cli_usage(cli, "--language is of use with draft only");
	if (letter_check_language(cli, cup->language))
		return EX_USAGE;
	if (cup->draft && (cup->on || cup->place || cup->outcome))
		return cli_usage(cli, "draft takes no option but --language");
	if (cup->on) {
		if (when_time(cup->on, cli->today, WHEN_COMING, &cup->day, &cup->minute,
			    &cli->err) < 0)
			return cli_usage(cli, "--on: %s", cli->err.text);
		cup->has_day = true;
	}
	if (cup->stage == COFFEE_AGREED && !cup->has_day)
		return cli_usage(cli,
			"agreed for when? For example: nudge coffee Anna agreed --on \"friday 15:00\"");
	if (cup->stage == COFFEE_AGREED && cup->day < cli->today)
		return cli_usage(cli,
			"--on: \"%s\" is past; if you have met: nudge coffee Anna met --on \"%s\"",
			cup->on, cup->on);
	if (cup->stage == COFFEE_MET && cup->has_day && cup->day > cli->today)
		return cli_usage(cli, "--on: \"%s\" is still to come", cup->on);
	return 0;
}

static int coffee_draft(struct cli *cli, int64_t contact, const struct cup *cup)
{
	_cleanup_coffees_ struct coffees coffees = { 0 };
	int r = coffees_of(cli->store, contact, &coffees, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	return letter_print_coffee(cli, contact, r ? &coffees.all[0] : NULL, cup->language);
}

int verb_coffee(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("on", CLI_TEXT, struct cup, on),
		CLI_OPTION("place", CLI_TEXT, struct cup, place),
		CLI_OPTION("language", CLI_TEXT, struct cup, language),
		CLI_OPTION("outcome", CLI_FLAG, struct cup, outcome),
	};
	_cleanup_coffees_ struct coffees coffees = { 0 };
	_cleanup_free_ char *who = NULL;
	struct cup cup = { 0 };
	int64_t contact;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &cup), r;

	if (status || cli->help)
		return status;
	status = cli_open(cli);
	if (status)
		return status;
	if (!cli->words.n)
		return coffee_list(cli);
	status = coffee_read(cli, &cup);
	if (status)
		return status;
	who = cli_join(
		&cli->words, 0, cli->words.n - (cup.stage != COFFEE_STAGE_COUNT || cup.draft));
	status = who ? cli_pick(cli, who, &contact) : cli_fail(cli, err_oom(&cli->err));
	if (status)
		return status;
	if (cup.draft)
		return coffee_draft(cli, contact, &cup);
	r = coffee_store(cli, contact, &cup, &coffees);
	if (r < 0)
		return cli_fail(cli, r);
	coffee_show(cli, &coffees.all[0]);
	return 0;
}
