/* SPDX-License-Identifier: MIT */
/*
 * verb-ledger: gave, received, asked, offered, ledger, reached.
 */
#include "book/followups.h"
#include "book/ledger.h"
#include "cli/change.h"
#include "cli/fallback.h"
#include "cli/naming.h"
#include "cli/output.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "digest/wording.h"
#include "format/when.h"

#include <errno.h>

struct entry {
	const char *on;
};

static int entry_store(struct cli *cli, int64_t contact, const char *kind, const char *what,
	int32_t day, int64_t *ret_thanks)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0)
		r = ledger_add(cli->store, cli->book, contact, kind, what, day, cli->today,
			ret_thanks, &cli->err);
	return r < 0 ? r : change_commit(&change, "%s %s", kind, what);
}

static int entry_print(struct cli *cli, int64_t contact, const char *kind, const char *what,
	int32_t day, int64_t thanks)
{
	_cleanup_str_ struct str handle = STR_INIT, when = STR_INIT;
	struct date date = day_date(day);
	char text[DAY_TEXT_SIZE];
	_cleanup_free_ char *name = NULL;
	int r = contacts_name(cli->store, contact, &name, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (thanks)
		str_addf(&handle, "y%lld", (long long)thanks);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "contact", name);
		json_add_string(&cli->js, "kind", kind);
		json_add_string(&cli->js, "what", what);
		json_add_string(&cli->js, "day", day_format(&date, text));
		json_add_string(&cli->js, "thanks", handle.len ? str_text(&handle) : NULL);
		json_object_end(&cli->js);
		return 0;
	}
	wording_add_date(&when, day);
	str_addf(&cli->out, "%s, %s: %s (%s)\n", name, words_say("ledger", kind), what,
		str_text(&when));
	if (thanks)
		str_addf(&cli->out, CLI_ACCENT "%s" CLI_PLAIN "  %s\n", str_text(&handle),
			_("a thank-you waits"));
	return 0;
}

/* CONTACT WHAT: the first words name the contact, the others say what it was. 0 or a status; the caller frees. */
static int entry_split(struct cli *cli, const char *kind, char **ret_who, char **ret_what)
{
	size_t names;
	int r = naming_split(cli, &names);

	if (r < 0)
		return cli_fail(cli, r);
	*ret_who = cli_join(&cli->words, 0, names);
	*ret_what = cli_join(&cli->words, names, cli->words.n);
	if (!*ret_who || !*ret_what)
		return cli_fail(cli, err_oom(&cli->err));
	if (!**ret_what)
		return cli_usage(
			cli, "WHAT was it? For example: nudge %s Petra \"an introduction\"", kind);
	return 0;
}

static int entry_run(struct cli *cli, int argc, char **argv, const char *kind)
{
	static const struct cli_option rows[] = { CLI_OPTION("on", CLI_TEXT, struct entry, on) };
	_cleanup_free_ char *who = NULL, *what = NULL;
	struct entry entry = { 0 };
	int64_t contact, thanks;
	int32_t day;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &entry), r;

	if (status || cli->help)
		return status;
	if (cli->words.n < 2)
		return cli_usage(cli,
			"CONTACT and WHAT are needed: nudge %s Petra \"an introduction\"", kind);
	if (!*cli->words.all[cli->words.n - 1])
		return cli_usage(
			cli, "WHAT was it? For example: nudge %s Petra \"an introduction\"", kind);
	status = cli_open(cli);
	if (status == 0)
		status = entry_split(cli, kind, &who, &what);
	if (status == 0)
		status = cli_pick(cli, who, &contact);
	if (status)
		return status;
	day = cli->today;
	if (entry.on && when_day(entry.on, cli->today, WHEN_PAST, &day, &cli->err) < 0)
		return cli_usage(cli, "--on: %s", cli->err.text);
	if (day > cli->today)
		return cli_usage(cli, "--on: \"%s\" is still to come", entry.on);
	r = entry_store(cli, contact, kind, what, day, &thanks);
	return r < 0 ? cli_fail(cli, r) : entry_print(cli, contact, kind, what, day, thanks);
}

int verb_gave(struct cli *cli, int argc, char **argv)
{
	return entry_run(cli, argc, argv, LEDGER_GAVE);
}

int verb_received(struct cli *cli, int argc, char **argv)
{
	return entry_run(cli, argc, argv, LEDGER_RECEIVED);
}

int verb_asked(struct cli *cli, int argc, char **argv)
{
	return entry_run(cli, argc, argv, LEDGER_ASKED);
}

int verb_offered(struct cli *cli, int argc, char **argv)
{
	return entry_run(cli, argc, argv, LEDGER_OFFERED);
}

static void ledger_show(struct cli *cli, const struct ledger *ledger)
{
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < ledger->n; i++) {
		const struct ledger_entry *e = &ledger->all[i];
		struct date date = day_date(e->day);
		char day[DAY_TEXT_SIZE];

		(void)day_format(&date, day);
		if (cli->json) {
			json_object_begin(&cli->js);
			json_add_string(&cli->js, "day", day);
			json_add_string(&cli->js, "kind", e->kind);
			json_add_string(&cli->js, "contact", e->name);
			json_add_string(&cli->js, "what", e->what);
			json_object_end(&cli->js);
		} else {
			output_add_date(&cli->out, e->day);
			output_add_padded(
				&cli->out, words_say("ledger", e->kind), words_columns("ledger"));
			str_addf(&cli->out, "  %s: %s\n", e->name, e->what);
		}
	}
	if (cli->json)
		json_array_end(&cli->js);
}

int verb_ledger(struct cli *cli, int argc, char **argv)
{
	_cleanup_ledger_ struct ledger ledger = { 0 };
	_cleanup_free_ char *who = NULL;
	int64_t contact = 0;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	who = cli_join(&cli->words, 0, cli->words.n);
	status = who ? cli_look_around(cli) : cli_fail(cli, err_oom(&cli->err));
	if (status == 0 && *who)
		status = cli_pick(cli, who, &contact);
	if (status)
		return status;
	r = ledger_list(cli->store, cli->book, contact, &ledger, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	ledger_show(cli, &ledger);
	if (!ledger.n && !cli->json)
		return cli_complain(cli, CLI_REFUSED,
			"nothing is noted yet; for example: nudge gave Petra \"a lift\"");
	return 0;
}

/* In the language of the digest that will tell it. */
static int reached_word(struct cli *cli, const char *goal, struct str *ret)
{
	_cleanup_(fallback_done) struct fallback fallback = { 0 };
	_cleanup_lang_ char *before = NULL;
	const struct conf_digest *digest;
	int status = fallback_digest(cli, &fallback, &digest);

	if (status)
		return status;
	before = lang_switch(
		wording_language(digest->language, digest->address == CONF_ADDRESS_SIE));
	/* TRANSLATORS: a follow-up for a contact; what was sought: "Ben: erzählen, dass es geklappt hat:
	 * Wohnung" */
	str_addf(ret, _("tell them that \"%s\" worked out"), goal);
	return str_check(ret, &cli->err) < 0 ? cli_fail(cli, -ENOMEM) : 0;
}

/* Whether it is on the agenda already: 1 or 0. */
static int reached_is_open(struct cli *cli, int64_t contact, const char *what)
{
	_cleanup_followups_ struct followups all = { 0 };
	int r = followups_of(cli->store, contact, &all, &cli->err);

	for (size_t i = 0; r >= 0 && i < all.n; i++)
		if (!all.all[i].done && str_equal(all.all[i].what, what))
			return 1;
	return r < 0 ? r : 0;
}

static int reached_tell(struct cli *cli, int64_t contact, const char *what)
{
	_cleanup_free_ char *name = NULL;
	_cleanup_str_ struct str handle = STR_INIT;
	int64_t number;
	int r = contacts_name(cli->store, contact, &name, &cli->err);

	if (r == 0)
		r = followups_add(cli->store, cli->book, contact, what, cli->today, -1, cli->today,
			&number, &cli->err);
	if (r < 0)
		return r;
	str_addf(&handle, "f%lld", (long long)number);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_add_string(&cli->js, "handle", str_text(&handle));
		json_add_string(&cli->js, "contact", name);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out, CLI_ACCENT "%s" CLI_PLAIN "  %s: %s\n", str_text(&handle), name,
			what);
	}
	return 0;
}

static int reached_store(
	struct cli *cli, const struct contact_ids *helpers, const char *goal, const char *what)
{
	_cleanup_(change_done) struct change change = { 0 };
	size_t n = 0;
	int r = change_begin(&change, cli);

	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; r == 0 && i < helpers->n; i++) {
		r = reached_is_open(cli, helpers->ids[i], what);
		n += r == 0;
		r = r == 0 ? reached_tell(cli, helpers->ids[i], what) : r < 0 ? r : 0;
	}
	if (cli->json)
		json_array_end(&cli->js);
	if (r == 0 && !n)
		r = err_set(&cli->err, -ENOENT,
			"that stands on the agenda already; see `nudge agenda`");
	if (r == 0)
		r = change_commit(&change, "reached %s", goal);
	if (r < 0)
		str_clear(&cli->out);
	return r;
}

int verb_reached(struct cli *cli, int argc, char **argv)
{
	_cleanup_ids_ struct contact_ids helpers = { 0 };
	_cleanup_free_ char *goal = NULL;
	_cleanup_str_ struct str what = STR_INIT;
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	if (!cli->words.n)
		return cli_usage(
			cli, "which goal? A word of what you asked for: nudge reached flat");
	goal = cli_join(&cli->words, 0, cli->words.n);
	if (goal && !*goal)
		return cli_usage(cli, "a GOAL cannot be empty: nudge reached flat");
	status = goal ? cli_open(cli) : cli_fail(cli, err_oom(&cli->err));
	if (status)
		return status;
	r = ledger_helpers(cli->store, cli->book, goal, &helpers, &cli->err);
	if (r == 0 && !helpers.n)
		return cli_complain(cli, CLI_REFUSED,
			"nobody was asked for \"%s\" or helped with it; see `nudge"
			" ledger`",
			goal);
	if (r == 0 && (status = reached_word(cli, goal, &what)))
		return status;
	if (r == 0)
		r = reached_store(cli, &helpers, goal, str_text(&what));
	return r < 0 ? cli_fail(cli, r) : 0;
}
