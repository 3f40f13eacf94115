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
	int32_t day; /* of the meeting */
	int minute;
	int32_t stage_day; /* the stage was reached on it */
};

static void coffee_add_when(struct str *out, const struct coffee *c)
{
	_cleanup_str_ struct str when = STR_INIT;

	if (!c->facts.has_day)
		return;
	wording_add_date(&when, c->facts.day);
	if (c->minute >= 0) {
		str_add(&when, ", ");
		wording_add_minute(&when, c->minute);
	}
	if (c->facts.stage == COFFEE_INVITED)
		/* TRANSLATORS: the day that an invitation to a coffee named */
		str_addf(out, _(", proposed: %s"), str_text(&when));
	else
		str_addf(out, ", %s", str_text(&when));
}

/* "agreed", "invited on Saturday, 3 January 2026": from there one counts. */
static void coffee_add_stage(struct str *out, const struct coffee *c, int32_t today)
{
	_cleanup_str_ struct str date = STR_INIT;
	enum coffee_stage stage = coffee_stage_on(&c->facts, today);

	if (stage != COFFEE_INVITED || c->facts.stage_day == today) {
		str_add(out, words_say("coffee", coffee_stage_name(stage)));
		return;
	}
	wording_add_date(&date, c->facts.stage_day);
	str_addf(out, _("invited on %s"), str_text(&date));
}

static void coffee_show_json(struct json *js, const struct coffee *c, int32_t today)
{
	_cleanup_str_ struct str handle = STR_INIT, minute = STR_INIT;
	struct date day = day_date(c->facts.day), since = day_date(c->facts.stage_day);
	char text[DAY_TEXT_SIZE];

	str_addf(&handle, "c%lld", (long long)c->number);
	if (c->minute >= 0)
		wording_add_minute(&minute, c->minute);
	json_object_begin(js);
	json_add_string(js, "handle", str_text(&handle));
	json_add_string(js, "contact", c->name);
	json_add_string(js, "stage", coffee_stage_name(coffee_stage_on(&c->facts, today)));
	json_add_string(js, "since", day_format(&since, text));
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
	str_addf(&cli->out, CLI_ACCENT "c%lld" CLI_PLAIN "  %s: ", (long long)c->number, c->name);
	coffee_add_stage(&cli->out, c, cli->today);
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

/* A day that was proposed, and is still to come, is agreed to. */
static int coffee_check_agreed(struct cli *cli, const struct cup *cup, const struct coffee *c)
{
	if (cup->stage != COFFEE_AGREED || cup->has_day ||
		(c->facts.has_day && c->facts.day >= cli->today))
		return 0;
	return err_set(&cli->err, -EINVAL,
		"agreed for when? For example: nudge coffee Anna agreed --on \"friday 15:00\"");
}

/* What is agreed, and gets a place, stays as it is; so does a meeting that was noted before. */
static bool coffee_stays(const struct cup *cup, const struct coffee *c)
{
	return cup->stage == c->facts.stage &&
		(cup->stage == COFFEE_MET || (cup->stage == COFFEE_AGREED && !cup->has_day));
}

static int coffee_change_day(struct cli *cli, const struct cup *cup, struct coffee *c)
{
	int r;

	if (cup->stage == COFFEE_MET && c->facts.stage == COFFEE_MET)
		r = coffees_move_meeting(
			cli->store, cli->book, c, cup->day, cup->minute, &cli->err);
	else
		r = coffees_set_day(
			cli->store, cli->book, c->number, cup->day, cup->minute, &cli->err);
	c->facts.has_day = true;
	c->facts.day = cup->day;
	return r;
}

static int coffee_change(struct cli *cli, const struct cup *cup, struct coffee *c)
{
	int r = coffee_check_agreed(cli, cup, c);

	if (r == 0 && cup->has_day)
		r = coffee_change_day(cli, cup, c);
	if (r == 0 && cup->place)
		r = coffees_set_place(cli->store, cli->book, c->number, cup->place, &cli->err);
	if (r == 0 && cup->outcome) {
		c->facts.outcome = true;
		r = coffees_set_outcome(cli->store, cli->book, c->number, true, &cli->err);
	}
	if (r == 0 && cup->stage != COFFEE_STAGE_COUNT && !coffee_stays(cup, c))
		r = coffees_set_stage(
			cli->store, cli->book, c, cup->stage, cup->stage_day, &cli->err);
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

/* --on: of what is over the day it happened, of an invitation that was sent too; else the day one will meet. */
static int coffee_read_day(struct cli *cli, struct cup *cup)
{
	static const enum when_side sides[COFFEE_STAGE_COUNT + 1] = {
		[COFFEE_INVITED] = WHEN_NEAR,
		[COFFEE_MET] = WHEN_PAST,
		[COFFEE_THANKED] = WHEN_PAST,
		[COFFEE_DECLINED] = WHEN_PAST,
		[COFFEE_NO_ANSWER] = WHEN_PAST,
	};
	enum when_side side = sides[cup->stage];
	bool past;

	cup->stage_day = cli->today;
	if (!cup->on)
		return 0;
	if (when_time(cup->on, cli->today, side, &cup->day, &cup->minute, &cli->err) < 0)
		return cli_usage(cli, "--on: %s", cli->err.text);
	past = cup->day < cli->today;
	if (cup->stage == COFFEE_AGREED && past)
		return cli_usage(cli,
			"--on: \"%s\" is past; if you have met: nudge coffee Anna met --on \"%s\"",
			cup->on, cup->on);
	if (side == WHEN_PAST && cup->day > cli->today)
		return cli_usage(cli, "--on: \"%s\" is still to come", cup->on);
	if (side == WHEN_PAST || (side == WHEN_NEAR && past))
		cup->stage_day = cup->day;
	cup->has_day = cup->stage == COFFEE_MET ||
		(side != WHEN_PAST && cup->stage_day == cli->today);
	return 0;
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
	return coffee_read_day(cli, cup);
}

/* What is planned yet: a message does not speak of what is over, nor propose a day that is past. */
static int coffee_draft(struct cli *cli, int64_t contact, const struct cup *cup)
{
	_cleanup_coffees_ struct coffees coffees = { 0 };
	int r = coffees_of(cli->store, contact, &coffees, &cli->err);
	struct coffee *c = r > 0 ? &coffees.all[0] : NULL;

	if (r < 0)
		return cli_fail(cli, r);
	if (c && (!c->open || c->facts.stage > COFFEE_AGREED))
		c = NULL;
	if (c && c->facts.day < cli->today)
		c->facts.has_day = false;
	return letter_print_coffee(cli, contact, c, cup->language);
}

/* A last word that is no stage is told from a name by the words before it, which are one. */
static int coffee_pick(struct cli *cli, const char *who, bool named, int64_t *ret_contact)
{
	_cleanup_ids_ struct contact_ids all = { 0 }, before = { 0 };
	size_t n = cli->words.n;
	_cleanup_free_ char *name = cli_join(&cli->words, 0, n - 1);
	int r = name ? 0 : err_oom(&cli->err);

	if (r == 0 && !named && n > 1)
		r = search_find(cli->store, cli->book, who, 1, &all, &cli->err);
	if (r == 0 && !named && n > 1 && !all.n)
		r = search_find(cli->store, cli->book, name, 1, &before, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (!before.n)
		return cli_pick(cli, who, ret_contact);
	return cli_usage(cli,
		"\"%s\" is no stage of a coffee: write idea, invited, agreed, met, thanked, declined or"
		" draft",
		cli->words.all[n - 1]);
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
	bool named;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &cup), r;

	if (status || cli->help)
		return status;
	status = cli->words.n ? cli_open(cli) : cli_look_around(cli);
	if (status)
		return status;
	if (!cli->words.n)
		return coffee_list(cli);
	status = coffee_read(cli, &cup);
	if (status)
		return status;
	named = cup.stage != COFFEE_STAGE_COUNT || cup.draft;
	who = cli_join(&cli->words, 0, cli->words.n - named);
	status = who ? coffee_pick(cli, who, named, &contact) : cli_fail(cli, err_oom(&cli->err));
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
