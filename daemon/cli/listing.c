/* SPDX-License-Identifier: MIT */
/*
 * listing: what a noun without arguments lists.
 */
#include "cli/listing.h"

#include "agenda/occasion.h"
#include "book/followups.h"
#include "book/occasions.h"
#include "book/tags.h"
#include "cli/fallback.h"
#include "cli/output.h"
#include "cli/words.h"
#include "digest/wording.h"

#define LISTING_HANDLE_COLUMNS 4
#define LISTING_YEAR_DAYS      365 /* an occasion comes round in them once, but on a leap day */

static void listing_add_handle(struct cli *cli, char letter, int64_t number)
{
	_cleanup_str_ struct str handle = STR_INIT;

	str_addf(&handle, "%c%lld", letter, (long long)number);
	if (cli->json) {
		json_add_string(&cli->js, "handle", str_text(&handle));
		return;
	}
	str_add(&cli->out, CLI_ACCENT);
	output_add_padded(&cli->out, str_text(&handle), LISTING_HANDLE_COLUMNS);
	str_add(&cli->out, CLI_PLAIN "  ");
}

/* The keys are the agenda's. */
static void listing_json_follow_up(struct cli *cli, const struct followup *f, const char *name)
{
	_cleanup_str_ struct str time = STR_INIT;
	struct date due = day_date(f->due_day);
	char text[DAY_TEXT_SIZE], every[REPEAT_TEXT_SIZE];

	if (f->due_minute >= 0)
		wording_add_minute(&time, f->due_minute);
	json_object_begin(&cli->js);
	listing_add_handle(cli, 'f', f->number);
	json_add_string(&cli->js, "contact", name);
	json_add_string(&cli->js, "title", f->what);
	json_add_string(&cli->js, "due", day_format(&due, text));
	json_add_string(&cli->js, "time", time.len ? str_text(&time) : NULL);
	json_add_string(&cli->js, "repeat", *repeat_format(&f->repeat, every) ? every : NULL);
	json_object_end(&cli->js);
}

static void listing_print_follow_up(struct cli *cli, const struct followup *f, const char *name)
{
	_cleanup_str_ struct str when = STR_INIT;
	char every[REPEAT_TEXT_SIZE];

	if (cli->json) {
		listing_json_follow_up(cli, f, name);
		return;
	}
	wording_add_date(&when, f->due_day);
	if (f->due_minute >= 0) {
		str_add(&when, ", ");
		wording_add_minute(&when, f->due_minute);
	}
	if (*repeat_format(&f->repeat, every)) {
		str_add(&when, "; ");
		/* TRANSLATORS: how often something repeats: "alle 6w" */
		str_addf(&when, _("every %s"), every);
	}
	listing_add_handle(cli, 'f', f->number);
	str_addf(&cli->out, "%s%s%s " CLI_FAINT "(%s)" CLI_PLAIN "\n", name ? name : "",
		name ? ": " : "", f->what, str_text(&when));
}

int listing_follow_ups(struct cli *cli)
{
	_cleanup_followups_ struct followups open = { 0 };
	int status = cli_look_around(cli), r;

	if (status)
		return status;
	r = followups_due(cli->store, cli->book, DAY_MAX, &open, &cli->err);
	if (r == 0 && !open.n && !cli->json)
		return cli_complain(cli, CLI_REFUSED,
			"no follow-up is open; for example: nudge follow-up Ben \"send the slides\""
			" --on friday");
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; r == 0 && i < open.n; i++) {
		_cleanup_free_ char *name = NULL;

		if (open.all[i].contact)
			r = contacts_name(cli->store, open.all[i].contact, &name, &cli->err);
		if (r == 0)
			listing_print_follow_up(cli, &open.all[i], name);
	}
	if (cli->json)
		json_array_end(&cli->js);
	return r < 0 ? cli_fail(cli, r) : 0;
}

static void listing_print_occasion(struct cli *cli, const struct occasion *o, const char *contact)
{
	const char *name = o->name ? o->name : o->kind;
	_cleanup_str_ struct str date = STR_INIT;
	char text[DAY_TEXT_SIZE];

	if (cli->json) {
		json_object_begin(&cli->js);
		listing_add_handle(cli, 'b', o->number);
		json_add_string(&cli->js, "contact", contact);
		json_add_string(&cli->js, "title", name);
		json_add_string(&cli->js, "due", day_format(&o->date, text));
		json_object_end(&cli->js);
		return;
	}
	listing_add_handle(cli, 'b', o->number);
	wording_add_plain_date(&date, &o->date);
	output_add_padded(&cli->out, str_text(&date), OUTPUT_DATE_COLUMNS);
	str_addf(&cli->out, "  %s: %s\n", contact, words_say("occasion", name));
}

/* A year of them, from today on. */
static int listing_find_occasions(struct cli *cli, struct occasions *ret)
{
	_cleanup_(fallback_done) struct fallback fallback = { 0 };
	const struct conf_digest *digest;
	struct occasion_range range;
	int32_t from = cli->today;
	int status = fallback_digest(cli, &fallback, &digest), r = 0;

	if (status)
		return status;
	while (r == 0 &&
		occasion_next_range(
			&from, cli->today + LISTING_YEAR_DAYS, digest->leap_day, &range))
		r = occasions_in(cli->store, cli->book, &range, ret, &cli->err);
	return r < 0 ? cli_fail(cli, r) : 0;
}

int listing_occasions(struct cli *cli)
{
	_cleanup_occasions_ struct occasions found = { 0 };
	int status = cli_look_around(cli), r = 0;

	if (status == 0)
		status = listing_find_occasions(cli, &found);
	if (status)
		return status;
	if (!found.n && !cli->json)
		return cli_complain(cli, CLI_REFUSED,
			"no occasion is noted; for example: nudge occasion Anna name-day 26.7.");
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; r == 0 && i < found.n; i++) {
		_cleanup_free_ char *name = NULL;

		if (str_equal(found.all[i].kind, OCCASION_MET))
			continue;
		r = contacts_name(cli->store, found.all[i].contact, &name, &cli->err);
		if (r == 0)
			listing_print_occasion(cli, &found.all[i], name);
	}
	if (cli->json)
		json_array_end(&cli->js);
	return r < 0 ? cli_fail(cli, r) : 0;
}

void listing_print_tag(struct cli *cli, const char *name, const char *every, int64_t people)
{
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "tag", name);
		json_add_string(&cli->js, "every", every);
		json_add_int(&cli->js, "people", people);
		json_object_end(&cli->js);
		return;
	}
	str_addf(&cli->out,
		/* TRANSLATORS: a tag, a cadence ("6w"), how many people carry the tag */
		ngettext("%1$s: %2$s, for %3$lld person\n", "%1$s: %2$s, for %3$lld people\n",
			(unsigned long)people),
		name, every ? words_say("every", every) : _("no cadence"), (long long)people);
}

int listing_tags(struct cli *cli)
{
	_cleanup_tags_ struct tags tags = { 0 };
	int status = cli_look_around(cli), r;

	if (status)
		return status;
	r = tags_list(cli->store, cli->book, &tags, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (!tags.n && !cli->json)
		return cli_complain(cli, CLI_REFUSED,
			"nobody has a tag; for example: nudge edit Anna --tag friends");
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < tags.n; i++)
		listing_print_tag(cli, tags.all[i].name, tags.all[i].every, tags.all[i].people);
	if (cli->json)
		json_array_end(&cli->js);
	return 0;
}
