/* SPDX-License-Identifier: MIT */
/*
 * verb-merge: duplicates, merge: who is in the book twice, and two contacts become one.
 */
#include "book/duplicates.h"
#include "book/merge.h"
#include "cli/change.h"
#include "cli/show.h"
#include "cli/verbs.h"
#include "cli/words.h"

/* Whether the words from..to name just one contact. */
static int two_is_one(struct cli *cli, size_t from, size_t to)
{
	_cleanup_free_ char *text = cli_join(&cli->words, from, to - from);
	_cleanup_ids_ struct contact_ids ids = { 0 };
	int64_t number;
	char letter;
	int r;

	if (!text)
		return err_oom(&cli->err);
	if (text[0] == '#' || cli_handle(text, &letter, &number))
		return to - from == 1;
	r = search_find(cli->store, cli->book, text, 2, &ids, &cli->err);
	return r < 0 ? r : ids.n == 1;
}

/* Where the second name begins: the one place that leaves a contact on either side. 0 where there is none, or
 * are several. */
static int two_find_second(struct cli *cli, size_t *ret)
{
	size_t n = cli->words.n, found = 0;
	int r = 0;

	for (size_t i = 1; r >= 0 && i < n; i++) {
		r = two_is_one(cli, 0, i);
		if (r == 1)
			r = two_is_one(cli, i, n);
		if (r == 1) {
			*ret = i;
			found++;
		}
	}
	if (found != 1)
		*ret = 0;
	return r < 0 ? r : 0;
}

/* Both contacts that the words name: 0, or a status. Names of several words need no quotes where they leave
 * no doubt. */
static int two_pick(struct cli *cli, int64_t *ret_one, int64_t *ret_other)
{
	_cleanup_free_ char *one = NULL, *other = NULL;
	size_t second = 1, n = cli->words.n;
	int status, r = n == 2 ? 0 : two_find_second(cli, &second);

	if (r < 0)
		return cli_fail(cli, r);
	if (!second)
		return cli_usage(cli,
			"where does the second name begin? Quotes tell: \"Anna Schmidt\" \"A. Weber\"");
	one = cli_join(&cli->words, 0, second);
	other = cli_join(&cli->words, second, n - second);
	if (!one || !other)
		return cli_fail(cli, err_oom(&cli->err));
	status = cli_pick(cli, one, ret_one);
	if (status == 0)
		status = cli_pick(cli, other, ret_other);
	if (status == 0 && *ret_one == *ret_other)
		return cli_complain(cli, CLI_REFUSED,
			"\"%s\" and \"%s\" are one and the same contact", one, other);
	return status;
}

struct merging {
	int64_t stays, goes;
	char *name; /* of the one that goes */
};

static void merging_done(struct merging *merging)
{
	free(merging->name);
}

static void merge_tell_came(struct cli *cli, const struct merge_line *line)
{
	_cleanup_str_ struct str text = STR_INIT;

	words_add_held(&text, line->what, line->text);
	if (line->count)
		str_addf(&cli->out, "  + %lld %s\n", (long long)line->count,
			words_say("field", line->what));
	else
		str_addf(
			&cli->out, "  + %s: %s\n", words_say("field", line->what), str_text(&text));
	cli->out.failed |= text.failed;
}

static void merge_tell_text(
	struct cli *cli, const struct merging *merging, const struct merge_report *report)
{
	bool differs = false;

	str_addf(&cli->out,
		_("%1$s (#%2$lld) is one with #%3$lld now, and found by either name and number.\n"),
		merging->name, (long long)merging->goes, (long long)merging->stays);
	for (size_t i = 0; i < report->n; i++)
		if (!report->all[i].kept)
			merge_tell_came(cli, &report->all[i]);
	for (size_t i = 0; i < report->n; i++) {
		const struct merge_line *line = &report->all[i];
		_cleanup_str_ struct str kept = STR_INIT, text = STR_INIT;

		if (!line->kept)
			continue;
		words_add_held(&kept, line->what, line->kept);
		words_add_held(&text, line->what, line->text);
		if (!differs)
			str_add(&cli->out, _("They differed:\n"));
		/* TRANSLATORS: a field, what stands in it now, what the other contact had */
		str_addf(&cli->out, _("  ! %1$s: %2$s stays; the other was %3$s\n"),
			words_say("field", line->what), str_text(&kept), str_text(&text));
		cli->out.failed |= kept.failed || text.failed;
		differs = true;
	}
	if (differs)
		cli_hint(cli, _("`nudge edit '#%lld'` changes what should be otherwise. "),
			(long long)merging->stays);
	cli_hint(cli, _("`nudge undo` makes them two again.\n\n"));
}

static void merge_tell_json(
	struct cli *cli, const struct merging *merging, const struct merge_report *report)
{
	json_object_begin(&cli->js);
	json_add_int(&cli->js, "id", merging->stays);
	json_add_int(&cli->js, "merged", merging->goes);
	json_add_string(&cli->js, "merged_name", merging->name);
	for (int kept = 0; kept < 2; kept++) {
		json_key(&cli->js, kept ? "differed" : "came");
		json_array_begin(&cli->js);
		for (size_t i = 0; i < report->n; i++) {
			const struct merge_line *line = &report->all[i];

			if ((line->kept != NULL) != (kept != 0))
				continue;
			json_object_begin(&cli->js);
			json_add_string(&cli->js, "what", line->what);
			if (line->count)
				json_add_int(&cli->js, "count", line->count);
			else
				json_add_string(&cli->js, kept ? "other" : "text", line->text);
			if (kept)
				json_add_string(&cli->js, "kept", line->kept);
			json_object_end(&cli->js);
		}
		json_array_end(&cli->js);
	}
	json_object_end(&cli->js);
}

static int merge_store(struct cli *cli, const struct merging *merging, struct merge_report *report)
{
	_cleanup_(change_done) struct change change = { 0 };
	_cleanup_free_ char *name = NULL;
	int r = change_begin(&change, cli);

	if (r == 0)
		r = merge_contacts(cli->store, cli->book, merging->stays, merging->goes, cli->today,
			report, &cli->err);
	if (r == 0)
		r = contacts_name(cli->store, merging->stays, &name, &cli->err);
	return r < 0 ? r : change_commit(&change, "merge %s and %s", name, merging->name);
}

int verb_merge(struct cli *cli, int argc, char **argv)
{
	_cleanup_(merging_done) struct merging merging = { 0 };
	_cleanup_merge_report_ struct merge_report report = { 0 };
	int status = cli_parse(cli, argc, argv, NULL, 0, NULL), r;

	if (status || cli->help)
		return status;
	if (cli->words.n < 2)
		return cli_usage(cli, "two contacts are needed: nudge merge Anna \"A. Schmidt\"");
	status = cli_open(cli);
	if (status == 0)
		status = two_pick(cli, &merging.stays, &merging.goes);
	if (status)
		return status;
	r = contacts_name(cli->store, merging.goes, &merging.name, &cli->err);
	if (r == 0)
		r = merge_store(cli, &merging, &report);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json) {
		merge_tell_json(cli, &merging, &report);
		return 0;
	}
	merge_tell_text(cli, &merging, &report);
	return show_contact(cli, merging.stays, false);
}

#define DUPLICATES_SHOWN 20

struct twins {
	bool all, differ;
};

static const struct {
	unsigned why;
	const char *text, *json;
} twin_reasons[] = {
	{ DUPLICATE_SAME_EMAIL, N_("same e-mail"), "email" },
	{ DUPLICATE_SAME_LINK, N_("same link"), "link" },
	{ DUPLICATE_SAME_PHONE, N_("same phone"), "phone" },
	{ DUPLICATE_SAME_NAME, N_("same name"), "name" },
	{ DUPLICATE_LIKE_NAME, N_("name alike"), "name-alike" },
	{ DUPLICATE_SAME_BIRTHDAY, N_("same birthday"), "birthday" },
	{ DUPLICATE_SAME_ORG, N_("same organisation"), "org" },
	{ DUPLICATE_SAME_CITY, N_("same city"), "city" },
};

static void twins_add_person(struct str *out, const struct contact *c)
{
	const char *more[] = { c->field[CONTACT_ORG], c->field[CONTACT_CITY],
		contact_first(c, CONTACT_EMAIL) };

	str_addf(out, CLI_ACCENT "#%-5lld" CLI_PLAIN " " CLI_BOLD "%s" CLI_PLAIN, (long long)c->id,
		c->field[CONTACT_NAME]);
	for (size_t i = 0; i < ARRAY_SIZE(more); i++)
		if (more[i])
			str_addf(out, ", %s", more[i]);
	str_add_char(out, '\n');
}

static void twins_show_json(
	struct json *js, const struct contact people[2], const struct duplicate *pair)
{
	json_object_begin(js);
	json_key(js, "contacts");
	json_array_begin(js);
	for (int i = 0; i < 2; i++) {
		json_object_begin(js);
		json_add_int(js, "id", people[i].id);
		json_add_string(js, "name", people[i].field[CONTACT_NAME]);
		json_object_end(js);
	}
	json_array_end(js);
	json_key(js, "why");
	json_array_begin(js);
	for (size_t i = 0; i < ARRAY_SIZE(twin_reasons); i++)
		if (pair->why & twin_reasons[i].why)
			json_string(js, twin_reasons[i].json);
	json_array_end(js);
	json_object_end(js);
}

static void twins_show_text(
	struct str *out, const struct contact people[2], const struct duplicate *pair)
{
	_cleanup_str_ struct str why = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(twin_reasons); i++) {
		if (!(pair->why & twin_reasons[i].why))
			continue;
		str_add_separator(&why, ", ");
		str_add(&why, _(twin_reasons[i].text));
	}
	twins_add_person(out, &people[0]);
	twins_add_person(out, &people[1]);
	str_addf(out, "       " CLI_FAINT "%s" CLI_PLAIN "\n\n", str_text(&why));
}

static int twins_show(struct cli *cli, const struct duplicate *pair)
{
	struct contact people[2] = { { 0 }, { 0 } };
	int r = contacts_load(cli->store, cli->book, pair->one, &people[0], &cli->err);

	if (r == 0)
		r = contacts_load(cli->store, cli->book, pair->other, &people[1], &cli->err);
	if (r == 0 && cli->json)
		twins_show_json(&cli->js, people, pair);
	else if (r == 0)
		twins_show_text(&cli->out, people, pair);
	contact_done(&people[0]);
	contact_done(&people[1]);
	return r;
}

static int twins_list(struct cli *cli, bool all)
{
	_cleanup_duplicates_ struct duplicates found = { 0 };
	_cleanup_(store_rollback) struct store *reading = NULL;
	/* Of one moment, and without a lock for each of some thousand pairs. */
	int r = store_begin_reading(cli->store, &reading, &cli->err);
	size_t n;

	if (r == 0)
		r = duplicates_list(cli->store, cli->book, &found, &cli->err);
	n = all || cli->json || found.n < DUPLICATES_SHOWN ? found.n : DUPLICATES_SHOWN;

	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = twins_show(cli, &found.all[i]);
	if (cli->json)
		json_array_end(&cli->js);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		return 0;
	if (!found.n)
		return cli_complain(cli, CLI_REFUSED, "nobody seems to be in the book twice");
	if (n < found.n)
		cli_hint(cli,
			ngettext("... and %zu more pair: nudge duplicates --all\n",
				"... and %zu more pairs: nudge duplicates --all\n", found.n - n),
			found.n - n);
	cli_hint(cli,
		_("One person: nudge merge '#%lld' '#%lld' -- two people: nudge duplicates --differ"
		  " '#%lld' '#%lld'\n"),
		(long long)found.all[0].one, (long long)found.all[0].other,
		(long long)found.all[0].one, (long long)found.all[0].other);
	return 0;
}

static int twins_differ(struct cli *cli)
{
	_cleanup_(change_done) struct change change = { 0 };
	int64_t one, other;
	int status = two_pick(cli, &one, &other), r;

	if (status)
		return status;
	r = change_begin(&change, cli);
	if (r == 0)
		r = duplicates_differ(cli->store, one, other, &cli->err);
	if (r >= 0)
		r = change_commit(&change, "duplicates --differ #%lld #%lld", (long long)one,
			(long long)other);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json) {
		json_object_begin(&cli->js);
		json_key(&cli->js, "differ");
		json_array_begin(&cli->js);
		json_int(&cli->js, one);
		json_int(&cli->js, other);
		json_array_end(&cli->js);
		json_object_end(&cli->js);
	} else {
		str_addf(&cli->out,
			_("#%lld and #%lld are two people; they are not listed again.\n"),
			(long long)one, (long long)other);
	}
	return 0;
}

int verb_duplicates(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("all", CLI_FLAG, struct twins, all),
		CLI_OPTION("differ", CLI_FLAG, struct twins, differ),
	};
	struct twins twins = { 0 };
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &twins);

	if (status || cli->help)
		return status;
	if (twins.differ ? cli->words.n < 2 || twins.all : cli->words.n > 0)
		return twins.differ
			? cli_usage(cli,
				  "two contacts are needed: nudge duplicates --differ '#3' '#8'")
			: cli_usage(cli,
				  "`nudge duplicates` lists all; two contacts go with --differ");
	status = twins.differ ? cli_open(cli) : cli_look_around(cli);
	if (status)
		return status;
	return twins.differ ? twins_differ(cli) : twins_list(cli, twins.all);
}
