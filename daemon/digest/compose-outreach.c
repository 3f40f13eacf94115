/* SPDX-License-Identifier: MIT */
/*
 * compose-outreach: what helps with a request to somebody new.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "digest/wording.h"

#include <errno.h>

#define COMPOSE_EVENT_DAYS 14 /* so long it is worth a word that one may have met */

static const char *const compose_questions[OUTREACH_QUESTION_COUNT] = {
	[OUTREACH_COMMON] = N_("What do you have in common?"),
	[OUTREACH_FASCINATES] = N_("What fascinates you?"),
	[OUTREACH_HOPE] = N_("What do you hope for?"),
};

/* By name: nothing else says whether it is a she or a he. */
static void compose_say_today(struct talk *talk, const struct outreach *o)
{
	_cleanup_free_ char *name = wording_given_name(o->name);

	/* TRANSLATORS: somebody new, by the given name: "Was macht Eva heute?" */
	talk_say(talk, name ? compose_text(_("What does %s do today?"), name) : NULL);
}

static void compose_say_questions(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	unsigned open = outreach_open(&item->outreach->facts, compose->agenda->today);

	if (open & 1U << OUTREACH_TODAY)
		compose_say_today(talk, item->outreach);
	for (unsigned i = 0; i < OUTREACH_QUESTION_COUNT; i++)
		if (compose_questions[i] && open & 1U << i)
			talk_say(talk, str_dup(_(compose_questions[i])));
}

static void compose_tell_noted(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	_cleanup_str_ struct str day = STR_INIT;

	if (!compose->notes)
		return;
	wording_add_day(
		&day, item->outreach->facts.answers[OUTREACH_TODAY].day, compose->agenda->today);
	/* TRANSLATORS: a day, and what somebody did then: "Notiert am 3. September: leitet die HR" */
	talk_tell(talk, compose_with(&day, _("Noted %1$s: %2$s"), str_text(&day), TALK_TEXT),
		item->outreach->answers[OUTREACH_TODAY]);
}

/* As much as there is room for: the draft has them all. */
static void compose_tell_answers(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	for (size_t i = 0; compose->notes && i < OUTREACH_QUESTION_COUNT; i++) {
		struct str frame = STR_INIT;

		if (!item->outreach->answers[i])
			continue;
		wording_add_answer(&frame, (enum outreach_question)i, TALK_TEXT);
		talk_tell(talk, str_take(&frame), item->outreach->answers[i]);
	}
}

/* One was to meet, a few days ago. */
static void compose_say_event(
	struct talk *talk, const struct compose *compose, const struct outreach *o)
{
	_cleanup_str_ struct str day = STR_INIT;
	int32_t ago = compose->agenda->today - o->facts.event_day;

	if (!o->facts.has_event || ago <= 0 || ago > COMPOSE_EVENT_DAYS)
		return;
	wording_add_day(&day, o->facts.event_day, compose->agenda->today);
	/* TRANSLATORS: the day of an event: "Vielleicht seid ihr euch gestern begegnet" */
	talk_say(talk,
		compose_with(
			&day, _("You may have met %s: a good first sentence."), str_text(&day)));
}

int compose_add_outreach_link(struct document_entry *entry, const struct item *item)
{
	const char *link = item->outreach->link;

	if (!link || str_equal(contact_first(&item->contact, CONTACT_LINK), link))
		return 0;
	return compose_add_profile(entry, link);
}

/* With the first question that is open: it shows how an answer is given. */
static char *compose_answer_command(const struct compose *compose, const struct item *item)
{
	unsigned open = outreach_open(&item->outreach->facts, compose->agenda->today);
	unsigned first = open ? (unsigned)__builtin_ctz(open) : OUTREACH_TODAY;

	return compose_command(compose, "outreach %s --%s \"...\"", item->handle,
		outreach_question_name((enum outreach_question)first));
}

/* The command that takes an answer; that which makes a message of them. They are never cut. */
int compose_lead_outreach(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	bool is_ready = item->step == OUTREACH_SEND;
	_cleanup_free_ char *command = NULL;

	if (!is_ready && item->step != OUTREACH_ANSWER && item->step != OUTREACH_READ)
		return 0;
	command = is_ready ? compose_command(compose, "outreach %s draft", item->handle)
			   : compose_answer_command(compose, item);
	if (!command)
		return -ENOMEM;
	/* TRANSLATORS: a command to type */
	return document_set_lead(entry,
		compose_keep_command(is_ready ? compose_text(_("Draft: %s"), command)
					      : compose_text(_("Note it: %s"), command),
			command));
}

void compose_tell_outreach(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	const struct outreach *o = item->outreach;

	if (item->step == OUTREACH_REST) {
		talk_say(talk, str_dup(_("Let it rest: silence is seldom about you.")));
		return;
	}
	compose_say_event(talk, compose, o);
	if (item->step == OUTREACH_ANSWER)
		compose_say_questions(talk, compose, item);
	else if (item->step == OUTREACH_READ)
		compose_tell_noted(talk, compose, item);
	else if (o->facts.busy)
		talk_say(talk, str_dup(_("A crowded inbox: few words.")));
	if (item->step == OUTREACH_SEND)
		compose_tell_answers(talk, compose, item);
}
