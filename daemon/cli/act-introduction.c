/* SPDX-License-Identifier: MIT */
/*
 * act-introduction: introductions and helps: on to the next stage, later, or never again.
 */
#include "cli/act.h"
#include "cli/words.h"

#include "book/suggestions.h"
#include "core/day.h"

#include <errno.h>

static void act_tell_suggestion(struct act *act, const struct suggestion *s, const char *state,
	void (*tell)(
		struct act *act, const struct suggestion *s, const char *what, const char *state))
{
	_cleanup_str_ struct str what = STR_INIT;

	if (s->letter == SUGGESTION_HELP)
		str_addf(&what, "%s, %s", s->seeker_name, s->seeks);
	else
		str_addf(&what, _("%1$s and %2$s"), s->seeker_name, s->offerer_name);
	tell(act, s, str_text(&what), state);
}

static void act_tell_state(
	struct act *act, const struct suggestion *s, const char *what, const char *state)
{
	act_tell(act, s->letter, s->number, what, state);
}

static void act_tell_day(
	struct act *act, const struct suggestion *s, const char *what, const char *state UNUSED)
{
	act_tell_until(act, s->letter, s->number, what);
}

static int act_set_stage(struct act *act, const struct suggestion *s, enum introduction_stage stage,
	const char *state)
{
	struct cli *cli = act->cli;
	int r = suggestions_set_stage(
		cli->store, cli->book, s, stage, act->note, cli->today, &cli->err);

	if (r == 0)
		act_tell_suggestion(act, s, state, act_tell_state);
	return r;
}

static int act_done_suggestion(struct act *act, const struct suggestion *s)
{
	enum introduction_stage stage = s->letter == SUGGESTION_HELP ? INTRODUCTION_HELPED
								     : s->stage + 1;

	return act_set_stage(
		act, s, stage, words_say("introduction", suggestion_stage_name(stage)));
}

static int act_drop_suggestion(struct act *act, const struct suggestion *s)
{
	return act_set_stage(act, s, INTRODUCTION_DROPPED, _("not suggested any more"));
}

/* Not this time: a suggestion rests as long as one that was told, an answer is waited for another week,
 * and whether it helped is not asked again. */
static int act_skip_suggestion(struct act *act, const struct suggestion *s)
{
	struct cli *cli = act->cli;
	int32_t day = s->stage == INTRODUCTION_SUGGESTED ? cli->today + SUGGESTION_REST_DAYS
		: s->stage == INTRODUCTION_ASKED         ? cli->today + INTRODUCTION_ANSWER_DAYS
							 : DAY_MAX;
	int r = suggestions_put_back(cli->store, cli->book, s->letter, s->number, day, &cli->err);

	if (r == 0)
		act_tell_suggestion(act, s, _("left out this time"), act_tell_state);
	return r;
}

static int act_snooze_suggestion(struct act *act, const struct suggestion *s)
{
	struct cli *cli = act->cli;
	int r = suggestions_put_back(
		cli->store, cli->book, s->letter, s->number, act->day, &cli->err);

	if (r == 0)
		act_tell_suggestion(act, s, NULL, act_tell_day);
	return r;
}

static int (*const act_suggestion_verbs[ACT_VERB_COUNT])(
	struct act *act, const struct suggestion *suggestion) = {
	[ACT_DONE] = act_done_suggestion,
	[ACT_SKIP] = act_skip_suggestion,
	[ACT_DROP] = act_drop_suggestion,
	[ACT_SNOOZE] = act_snooze_suggestion,
};

static int act_on_suggestion(struct act *act, char letter, enum act_verb verb, int64_t number)
{
	_cleanup_suggestions_ struct suggestions found = { 0 };
	struct cli *cli = act->cli;
	int r = suggestions_by_number(cli->store, cli->book, letter, number, &found, &cli->err);

	if (r == 0)
		return err_set(&cli->err, -ENOENT, "there is no %c%lld", letter, (long long)number);
	if (r > 0 && found.all[0].stage >= INTRODUCTION_HELPED)
		return err_set(&cli->err, -ENOENT, "%c%lld is closed: %s", letter,
			(long long)number,
			words_say("introduction", suggestion_stage_name(found.all[0].stage)));
	return r < 0 ? r : act_suggestion_verbs[verb](act, &found.all[0]);
}

static int act_on_introduction(struct act *act, enum act_verb verb, int64_t number)
{
	return act_on_suggestion(act, SUGGESTION_INTRODUCTION, verb, number);
}

static int act_on_help(struct act *act, enum act_verb verb, int64_t number)
{
	return act_on_suggestion(act, SUGGESTION_HELP, verb, number);
}

const struct act_kind act_introduction = { SUGGESTION_INTRODUCTION, act_on_introduction };
const struct act_kind act_help = { SUGGESTION_HELP, act_on_help };
