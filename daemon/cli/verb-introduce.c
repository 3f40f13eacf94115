/* SPDX-License-Identifier: MIT */
/*
 * verb-introduce: introduce: two people who should meet.
 */
#include "cli/change.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "digest/suggest.h"
#include "digest/wording.h"

#define INTRODUCE_SHOWN 10 /* new suggestions in a list */

/* What a person says of two people. */
struct introduce {
	const char *because;
	enum introduction_stage stage; /* INTRODUCTION_STAGE_COUNT: nothing */
};

static void introduce_add_json(struct json *js, const struct suggestion *s)
{
	_cleanup_str_ struct str handle = STR_INIT;
	struct date since = day_date(s->stage_day);
	char text[DAY_TEXT_SIZE];

	str_addf(&handle, "i%lld", (long long)s->number);
	json_object_begin(js);
	json_add_string(js, "handle", s->number ? str_text(&handle) : NULL);
	json_add_string(js, "contact", s->seeker_name);
	json_add_int(js, "contact_id", s->seeker);
	json_add_string(js, "other", s->offerer_name);
	json_add_int(js, "other_id", s->offerer);
	json_add_string(js, "stage", suggestion_stage_name(s->stage));
	json_add_string(js, "since", s->number ? day_format(&since, text) : NULL);
	json_add_string(js, "seeks", s->seeks);
	json_add_string(js, "offers", s->offers);
	json_add_string(js, "because", s->because);
	json_object_end(js);
}

static void introduce_show_words(struct cli *cli, const struct suggestion *s)
{
	str_add(&cli->out, CLI_FAINT "       ");
	str_addf(&cli->out, _("seeks: %1$s; offers: %2$s"), s->seeks, s->offers);
	str_add(&cli->out, CLI_PLAIN "\n");
}

/* The numbers tell people of one name apart, and do for `introduce`. */
static void introduce_show(struct cli *cli, const struct suggestion *s)
{
	_cleanup_str_ struct str handle = STR_INIT;
	_cleanup_str_ struct str since = STR_INIT;

	if (cli->json) {
		introduce_add_json(&cli->js, s);
		return;
	}
	if (s->number)
		str_addf(&handle, "i%lld", (long long)s->number);
	str_addf(&cli->out,
		CLI_ACCENT "%-4s" CLI_PLAIN " %s " CLI_FAINT "#%lld" CLI_PLAIN " %s %s " CLI_FAINT
			   "#%lld" CLI_PLAIN,
		str_text(&handle), s->seeker_name, (long long)s->seeker, _("and"), s->offerer_name,
		(long long)s->offerer);
	wording_add_plain_day(&since, s->stage_day);
	if (s->number)
		str_addf(&cli->out, ": %s, %s",
			words_say("introduction", suggestion_stage_name(s->stage)),
			str_text(&since));
	str_add_char(&cli->out, '\n');
	if (s->because)
		str_addf(&cli->out, "       %s\n", s->because);
	if (s->seeks && s->offers)
		introduce_show_words(cli, s);
}

/* What is under way, and what is suggested or was put back to a day that has come. */
static bool introduce_is_open(const struct cli *cli, const struct suggestion *s)
{
	if (s->stage == INTRODUCTION_SUGGESTED)
		return s->facts.told || s->facts.next_day <= cli->today;
	return s->stage < INTRODUCTION_HELPED;
}

static int introduce_list_new(struct cli *cli, size_t *shown)
{
	const struct collect collect = {
		.store = cli->store,
		.book = cli->book,
		.today = cli->today,
		.cover = { cli->today, cli->today + 1 },
	};
	_cleanup_suggestions_ struct suggestions found = { 0 };
	int r = suggest_find(&found, &collect, SUGGESTION_INTRODUCTION, INTRODUCE_SHOWN, &cli->err);

	for (size_t i = 0; r == 0 && i < found.n; i++) {
		struct suggestion *s = &found.all[i];

		if (s->number)
			continue;
		r = contacts_name(cli->store, s->seeker, &s->seeker_name, &cli->err);
		if (r == 0)
			r = contacts_name(cli->store, s->offerer, &s->offerer_name, &cli->err);
		if (r < 0)
			break;
		if (!cli->json && (*shown)++ == 0)
			str_addf(&cli->out, CLI_BOLD "%s" CLI_PLAIN "\n", _("Who could meet"));
		introduce_show(cli, s);
	}
	return r;
}

static int introduce_list(struct cli *cli)
{
	_cleanup_suggestions_ struct suggestions known = { 0 };
	size_t under_way = 0, new = 0;
	int r = suggestions_list(cli->store, cli->book, SUGGESTION_INTRODUCTION, &known, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < known.n; i++) {
		if (!introduce_is_open(cli, &known.all[i]))
			continue;
		introduce_show(cli, &known.all[i]);
		under_way++;
	}
	r = introduce_list_new(cli, &new);
	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_end(&cli->js);
	else if (!under_way && !new)
		return cli_complain(cli, CLI_REFUSED,
			"nobody is to be introduced; for example: nudge introduce Anna Ben --because"
			" \"both restore old boats\"");
	return 0;
}

/* In a change: on record already, or now. */
static int introduce_find(struct cli *cli, int64_t a, int64_t b, struct suggestions *ret)
{
	_cleanup_suggestions_ struct suggestions new = { .all = calloc(1, sizeof(*new.all)),
		.n = 1 };
	int64_t number;
	int r = suggestions_between(cli->store, a, b, ret, &cli->err);

	if (r != 0)
		return r < 0 ? r : 0;
	if (!new.all)
		return err_oom(&cli->err);
	r = suggest_pair(&new.all[0], cli->store, cli->book, a, b, &cli->err);
	if (r >= 0)
		r = suggestions_add(
			cli->store, cli->book, &new.all[0], cli->today, &number, &cli->err);
	if (r == 0)
		r = suggestions_by_number(
			cli->store, cli->book, SUGGESTION_INTRODUCTION, number, ret, &cli->err);
	return r < 0 ? r : 0;
}

/* Taken up again by hand, whatever was said of it before. */
static int introduce_reopen(struct cli *cli, const struct suggestion *s)
{
	if (s->stage >= INTRODUCTION_HELPED)
		return suggestions_set_stage(cli->store, cli->book, s, INTRODUCTION_SUGGESTED, NULL,
			cli->today, &cli->err);
	if (s->stage == INTRODUCTION_SUGGESTED && !s->facts.told)
		return suggestions_put_back(
			cli->store, cli->book, s->letter, s->number, cli->today, &cli->err);
	return 0;
}

/* Stores what is said of one that is on record, by its number or by its people (number 0). */
static int introduce_store(struct cli *cli, int64_t number, int64_t a, int64_t b,
	const struct introduce *said, struct suggestions *ret)
{
	_cleanup_(change_done) struct change change = { 0 };
	_cleanup_suggestions_ struct suggestions found = { 0 };
	const struct suggestion *s;
	int r = change_begin(&change, cli);

	if (r == 0)
		r = number ? suggestions_by_number(cli->store, cli->book, SUGGESTION_INTRODUCTION,
				     number, &found, &cli->err)
			   : introduce_find(cli, a, b, &found);
	if (r < 0)
		return r;
	s = &found.all[0];
	r = 0;
	if (said->stage != INTRODUCTION_STAGE_COUNT)
		r = suggestions_set_stage(
			cli->store, cli->book, s, said->stage, NULL, cli->today, &cli->err);
	else if (!number)
		r = introduce_reopen(cli, s);
	if (r == 0 && said->because)
		r = suggestions_set_because(
			cli->store, cli->book, s->letter, s->number, said->because, &cli->err);
	if (r == 0)
		r = suggestions_by_number(
			cli->store, cli->book, s->letter, s->number, ret, &cli->err);
	return r < 0
		? r
		: change_commit(&change, "introduce %s and %s", s->seeker_name, s->offerer_name);
}

static enum introduction_stage introduce_stage(const char *word)
{
	enum introduction_stage stage = suggestion_stage_of(word);

	return stage == INTRODUCTION_SUGGESTED || stage == INTRODUCTION_DROPPED
		? INTRODUCTION_STAGE_COUNT
		: stage;
}

/* `introduce i3 [asked]` */
static int introduce_by_handle(struct cli *cli, int64_t number, struct introduce *said)
{
	_cleanup_suggestions_ struct suggestions found = { 0 }, after = { 0 };
	int r = suggestions_by_number(
		cli->store, cli->book, SUGGESTION_INTRODUCTION, number, &found, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (r == 0)
		return cli_complain(cli, CLI_REFUSED, "there is no i%lld", (long long)number);
	if (cli->words.n > 1)
		said->stage = introduce_stage(cli->words.all[1]);
	if (cli->words.n > 2 || (cli->words.n == 2 && said->stage == INTRODUCTION_STAGE_COUNT))
		return cli_usage(cli,
			"what became of i%lld? One of asked, made, helped, known; or nudge drop i%lld",
			(long long)number, (long long)number);
	r = introduce_store(cli, number, 0, 0, said, &after);
	if (r < 0)
		return cli_fail(cli, r);
	introduce_show(cli, &after.all[0]);
	return 0;
}

/* The one person that the words name, 0: nobody, or several. */
static int64_t introduce_named(struct cli *cli, const char *text)
{
	_cleanup_ids_ struct contact_ids ids = { 0 };
	uint64_t id;

	if (text[0] == '#' && str_number(text + 1, INT64_MAX, &id))
		return (int64_t)id;
	return search_find(cli->store, cli->book, text, 2, &ids, &cli->err) == 0 && ids.n == 1
		? ids.ids[0]
		: 0;
}

/* Names need no quotes where the words part in one way alone, or always into the same two people. Gives the
 * number of the first one's words, 0 where it is not clear. */
static size_t introduce_split(struct cli *cli, size_t n)
{
	int64_t one = 0, other = 0;
	size_t first = 0;

	for (size_t k = 1; k < n; k++) {
		_cleanup_free_ char *a = cli_join(&cli->words, 0, k),
				    *b = cli_join(&cli->words, k, n - k);
		int64_t x = a ? introduce_named(cli, a) : 0, y = b ? introduce_named(cli, b) : 0;

		if (!x || !y)
			continue;
		if (first && (x != one || y != other))
			return 0;
		first = k;
		one = x;
		other = y;
	}
	return first;
}

static int introduce_pick(struct cli *cli, size_t n, int64_t *ret_a, int64_t *ret_b)
{
	_cleanup_free_ char *a = NULL, *b = NULL;
	size_t first = n > 2 ? introduce_split(cli, n) : 1;
	int status;

	if (!first)
		return cli_complain(cli, CLI_REFUSED,
			"who is meant? Put quotes around each of the two names: nudge introduce \"Anna"
			" Schmidt\" \"Ben Weber\"");
	a = cli_join(&cli->words, 0, first);
	b = cli_join(&cli->words, first, n - first);
	if (!a || !b)
		return cli_fail(cli, err_oom(&cli->err));
	status = cli_pick(cli, a, ret_a);
	if (status == 0)
		status = cli_pick(cli, b, ret_b);
	if (status == 0 && *ret_a == *ret_b)
		return cli_complain(cli, CLI_REFUSED,
			"both are the same person, who needs no introduction to themself");
	return status;
}

int verb_introduce(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option rows[] = {
		CLI_OPTION("because", CLI_TEXT, struct introduce, because),
	};
	_cleanup_suggestions_ struct suggestions after = { 0 };
	struct introduce said = { .stage = INTRODUCTION_STAGE_COUNT };
	int64_t number, a, b;
	size_t n;
	char letter;
	int status = cli_parse(cli, argc, argv, rows, ARRAY_SIZE(rows), &said), r;

	if (status || cli->help)
		return status;
	n = cli->words.n;
	if ((n == 0 && said.because) ||
		(n == 1 && !cli_handle(cli->words.all[0], &letter, &number)))
		return cli_usage(
			cli, "who should meet whom? For example: nudge introduce Anna Ben");
	status = n == 0 ? cli_look_around(cli) : cli_open(cli);
	if (status || n == 0)
		return status ? status : introduce_list(cli);
	if (cli_handle(cli->words.all[0], &letter, &number) && letter == SUGGESTION_INTRODUCTION)
		return introduce_by_handle(cli, number, &said);
	if (n > 2)
		said.stage = introduce_stage(cli->words.all[n - 1]);
	n -= said.stage != INTRODUCTION_STAGE_COUNT;
	status = n < 2
		? cli_usage(cli, "who should meet whom? For example: nudge introduce Anna Ben")
		: introduce_pick(cli, n, &a, &b);
	if (status)
		return status;
	r = introduce_store(cli, 0, a, b, &said, &after);
	if (r < 0)
		return cli_fail(cli, r);
	introduce_show(cli, &after.all[0]);
	return 0;
}
