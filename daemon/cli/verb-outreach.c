/* SPDX-License-Identifier: MIT */
/*
 * verb-outreach: outreach: a request to somebody new, from the four questions to the answer.
 */
#include "book/search.h"
#include "cli/change.h"
#include "cli/guess.h"
#include "cli/letter.h"
#include "cli/request.h"
#include "cli/verbs.h"
#include "cli/words.h"
#include "digest/wording.h"
#include "format/when.h"

struct wish {
	const char *answers[OUTREACH_QUESTION_COUNT], *link, *event, *language;
	bool busy, not_busy;
	/* As read: */
	enum outreach_stage stage; /* OUTREACH_STAGE_COUNT: none was named */
	bool draft;
	int32_t event_day;
	char *who;
};

static void wish_done(struct wish *wish)
{
	free(wish->who);
}

#define WISH_ANSWER(name_, question)                                                               \
	{                                                                                          \
		.name = (name_), .type = CLI_TEXT,                                                 \
		.offset = offsetof(struct wish, answers) + (question) * sizeof(char *)             \
	}

static const struct cli_option wish_options[] = {
	WISH_ANSWER("today", OUTREACH_TODAY),
	WISH_ANSWER("common", OUTREACH_COMMON),
	WISH_ANSWER("fascinates", OUTREACH_FASCINATES),
	WISH_ANSWER("hope", OUTREACH_HOPE),
	CLI_OPTION("link", CLI_TEXT, struct wish, link),
	CLI_OPTION("event", CLI_TEXT, struct wish, event),
	CLI_OPTION("language", CLI_TEXT, struct wish, language),
	CLI_OPTION("busy-inbox", CLI_FLAG, struct wish, busy),
	CLI_OPTION("no-busy-inbox", CLI_FLAG, struct wish, not_busy),
};

/* Whether there is something to note. */
static bool wish_notes(const struct wish *wish)
{
	bool notes = wish->link || wish->event || wish->busy || wish->not_busy;

	for (size_t i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		notes |= wish->answers[i] != NULL;
	return notes;
}

/* The stages that can be named; the others come by themselves or by skip and drop. */
static enum outreach_stage wish_stage(const char *word)
{
	static const enum outreach_stage stages[] = { OUTREACH_SENT, OUTREACH_ACCEPTED,
		OUTREACH_DECLINED };

	for (size_t i = 0; i < ARRAY_SIZE(stages); i++)
		if (str_equal(outreach_stage_name(stages[i]), word))
			return stages[i];
	return OUTREACH_STAGE_COUNT;
}

/* Everything that was given, before anything is stored: 0 or a status. */
static int wish_read(struct cli *cli, struct wish *wish)
{
	const char *last = cli->words.n > 1 ? cli->words.all[cli->words.n - 1] : NULL;
	bool named;

	wish->stage = wish_stage(last);
	wish->draft = str_equal(last, "draft");
	named = wish->draft || wish->stage != OUTREACH_STAGE_COUNT;
	wish->who = cli_join(&cli->words, 0, cli->words.n - named);
	if (!wish->who)
		return cli_fail(cli, err_oom(&cli->err));
	if (!*wish->who && (cli->words.n || wish_notes(wish)))
		return cli_usage(
			cli, "to whom? For example: nudge outreach Eva Kern --common \"...\"");
	if (wish->draft && wish_notes(wish))
		return cli_usage(cli, "draft takes no option but --language");
	if (wish->busy && wish->not_busy)
		return cli_usage(cli, "--busy-inbox and --no-busy-inbox say the opposite");
	if (wish->language && !wish->draft)
		return cli_usage(cli, "--language is of use with draft only");
	if (letter_check_language(cli, wish->language))
		return EX_USAGE;
	if (!str_empty(wish->event) &&
		when_day(wish->event, cli->today, WHEN_COMING, &wish->event_day, &cli->err) < 0)
		return cli_usage(cli, "--event: %s", cli->err.text);
	return 0;
}

/* A mistyped stage is no name of somebody new, where the words before it name somebody already. */
static int wish_check_stage(struct cli *cli, const struct wish *wish)
{
	static const char *const stages[] = { "sent", "accepted", "declined", "draft" };
	_cleanup_outreaches_ struct outreaches whole = { 0 }, before = { 0 };
	_cleanup_ids_ struct contact_ids contacts = { 0 };
	size_t n = cli->words.n;
	_cleanup_free_ char *name = n > 1 ? cli_join(&cli->words, 0, n - 1) : NULL;
	const char *guess = NULL;
	int64_t number;
	char letter;
	int r = 0;

	if (name && !wish->draft && wish->stage == OUTREACH_STAGE_COUNT)
		guess = guess_word(cli->words.all[n - 1], stages, ARRAY_SIZE(stages));
	if (guess)
		r = outreaches_find(cli->store, cli->book, wish->who, &whole, &cli->err);
	if (guess && r >= 0)
		r = outreaches_find(cli->store, cli->book, name, &before, &cli->err);
	if (guess && r >= 0)
		r = search_find(cli->store, cli->book, name, 1, &contacts, &cli->err);
	if (r < 0)
		return cli_fail(cli, r);
	if (!guess || whole.n || (!before.n && !contacts.n && !cli_handle(name, &letter, &number)))
		return 0;
	return cli_usage(cli,
		"did you mean `nudge outreach %s %s`? A request to somebody of that name needs quotes:"
		" nudge outreach \"%s\"",
		name, guess, wish->who);
}

static int wish_list(struct cli *cli)
{
	_cleanup_outreaches_ struct outreaches found = { 0 };
	int r = outreaches_open(cli->store, cli->book, &found, &cli->err);

	if (r < 0)
		return cli_fail(cli, r);
	if (cli->json)
		json_array_begin(&cli->js);
	for (size_t i = 0; i < found.n; i++)
		request_show(cli, &found.all[i], false);
	if (cli->json)
		json_array_end(&cli->js);
	else if (!found.n)
		return cli_complain(cli, CLI_REFUSED,
			"no request is under way; for example: nudge outreach Eva Kern");
	return 0;
}

static int wish_note(struct cli *cli, const struct wish *wish, const struct outreach *o)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < OUTREACH_QUESTION_COUNT; i++)
		if (wish->answers[i])
			r = outreaches_set_answer(cli->store, o, (enum outreach_question)i,
				wish->answers[i], cli->today, &cli->err);
	if (r == 0 && wish->link)
		r = outreaches_set_link(cli->store, o, wish->link, &cli->err);
	if (r == 0 && wish->event)
		r = outreaches_set_event(
			cli->store, o, *wish->event ? &wish->event_day : NULL, &cli->err);
	if (r == 0 && (wish->busy || wish->not_busy))
		r = outreaches_set_busy(cli->store, o, wish->busy, &cli->err);
	return r;
}

/* Notes what was given; what the stage needs may have come with it. */
static int wish_change(
	struct cli *cli, const struct wish *wish, int64_t number, struct outreaches *ret)
{
	int r;

	outreaches_done(ret);
	r = outreaches_by_number(cli->store, cli->book, number, ret, &cli->err);
	if (r >= 0)
		r = wish_note(cli, wish, &ret->all[0]);
	if (r < 0 || wish->stage == OUTREACH_STAGE_COUNT)
		return r;
	outreaches_done(ret);
	r = outreaches_by_number(cli->store, cli->book, number, ret, &cli->err);
	return r < 0 ? r : request_advance(cli, &ret->all[0], wish->stage);
}

/* number 0: a new one, to the contact or to somebody new of that name. */
static int wish_store(struct cli *cli, const struct wish *wish, int64_t number, int64_t contact,
	const char *name, struct outreaches *ret)
{
	_cleanup_(change_done) struct change change = { 0 };
	int r = change_begin(&change, cli);

	if (r == 0 && !number)
		r = outreaches_add(
			cli->store, cli->book, contact, name, cli->today, &number, &cli->err);
	if (r == 0)
		r = wish_change(cli, wish, number, ret);
	if (r == 0) {
		outreaches_done(ret);
		r = outreaches_by_number(cli->store, cli->book, number, ret, &cli->err);
	}
	return r < 0 ? r : change_commit(&change, "outreach %s", ret->all[0].name);
}

static bool wish_is_closed(const struct outreach *o)
{
	return o->facts.stage != OUTREACH_DRAFT && o->facts.stage != OUTREACH_SENT;
}

/* One that came to its end is not begun again unawares. */
static void wish_tell_of_before(struct cli *cli, const struct outreach *o)
{
	_cleanup_str_ struct str day = STR_INIT;

	wording_add_date(&day, o->facts.stage_day);
	(void)cli_complain(cli, 0, "you wrote to %s before (o%lld, %s, %s); this is a new request",
		o->name, (long long)o->number,
		words_say("outreach", outreach_stage_name(o->facts.stage)), str_text(&day));
}

static int wish_fulfil(struct cli *cli, const struct wish *wish)
{
	_cleanup_outreaches_ struct outreaches found = { 0 }, changed = { 0 };
	bool named = wish->draft || wish->stage != OUTREACH_STAGE_COUNT;
	const struct outreach *o;
	int64_t contact;
	bool anew;
	int status = request_find(cli, wish->who, &found, &contact), r;

	if (status)
		return status;
	o = found.n ? &found.all[0] : NULL;
	if (named && !o)
		return cli_complain(cli, CLI_REFUSED,
			"there is no request to \"%s\"; begin one: nudge outreach %s --common \"...\"",
			wish->who, wish->who);
	if (wish->draft)
		return letter_print_outreach(cli, o, wish->language);
	if (o && !named && !wish_notes(wish)) {
		request_show(cli, o, true);
		return 0;
	}
	anew = o && !named && wish_is_closed(o);
	if (anew)
		wish_tell_of_before(cli, o);
	r = wish_store(
		cli, wish, o && !anew ? o->number : 0, contact, o ? o->name : wish->who, &changed);
	if (r < 0)
		return cli_fail(cli, r);
	request_show(cli, &changed.all[0], true);
	return 0;
}

int verb_outreach(struct cli *cli, int argc, char **argv)
{
	_cleanup_(wish_done) struct wish wish = { 0 };
	int status = cli_parse(cli, argc, argv, wish_options, ARRAY_SIZE(wish_options), &wish);

	if (status || cli->help)
		return status;
	status = cli->words.n ? cli_open(cli) : cli_look_around(cli);
	if (status == 0)
		status = wish_read(cli, &wish);
	if (status == 0)
		status = wish_check_stage(cli, &wish);
	if (status)
		return status;
	return *wish.who ? wish_fulfil(cli, &wish) : wish_list(cli);
}
