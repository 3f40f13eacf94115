/* SPDX-License-Identifier: MIT */
/*
 * compose-outreach: what helps with a request to somebody new.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "digest/wording.h"

#include <errno.h>
#include <string.h>

#define COMPOSE_EVENT_DAYS 14 /* so long it is worth a word that one may have met */

static const char *const compose_questions[OUTREACH_QUESTION_COUNT] = {
	[OUTREACH_TODAY] = N_("What do they do today?"),
	[OUTREACH_COMMON] = N_("What do you have in common?"),
	[OUTREACH_FASCINATES] = N_("What fascinates you in their CV?"),
	[OUTREACH_HOPE] = N_("What do you hope for?"),
};

/* The open questions, and the command that takes the answers. */
static int compose_add_questions(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	unsigned open = outreach_open(&item->outreach->facts, compose->agenda->today);
	struct str command = STR_INIT;
	int r = 0;

	/* TRANSLATORS: what stands before a command to type */
	str_addf(&command, "%s nudge outreach %s", _("Note it with:"), item->handle);
	for (unsigned i = 0; r == 0 && i < OUTREACH_QUESTION_COUNT; i++) {
		if (!(open & 1U << i))
			continue;
		str_addf(&command, " --%s \"...\"",
			outreach_question_name((enum outreach_question)i));
		if (item->step == OUTREACH_ANSWER)
			r = document_add_line(entry, str_dup(_(compose_questions[i])));
	}
	if (r == 0)
		return document_add_line(entry, str_take(&command));
	str_done(&command);
	return r;
}

static int compose_add_noted(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	_cleanup_str_ struct str day = STR_INIT;

	if (!compose->notes)
		return 0;
	wording_add_day(
		&day, item->outreach->facts.answers[OUTREACH_TODAY].day, compose->agenda->today);
	/* TRANSLATORS: a day, and what somebody did then: "Notiert am 3. September: leitet die HR" */
	return document_add_line(entry,
		compose_with(&day, _("Noted %1$s: %2$s"), str_text(&day),
			item->outreach->answers[OUTREACH_TODAY]));
}

static int compose_add_answers(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *answers = NULL;
	char *rest;
	int r = 0;

	if (compose->notes) {
		answers = wording_answers(item->outreach);
		if (!answers)
			return -ENOMEM;
	}
	rest = answers;
	for (char *line; r == 0 && (line = strsep(&rest, "\n"));)
		r = document_add_line(entry, str_dup(line));
	/* TRANSLATORS: a command to type; keep it as it is */
	return r < 0 ? r
		     : document_add_line(entry,
			       compose_text(_("A draft to start from: nudge outreach %s draft"),
				       item->handle));
}

/* One was to meet, a few days ago. */
static int compose_add_event(
	struct document_entry *entry, const struct compose *compose, const struct outreach *o)
{
	_cleanup_str_ struct str day = STR_INIT;
	int32_t ago = compose->agenda->today - o->facts.event_day;

	if (!o->facts.has_event || ago <= 0 || ago > COMPOSE_EVENT_DAYS)
		return 0;
	wording_add_day(&day, o->facts.event_day, compose->agenda->today);
	/* TRANSLATORS: the day of an event: "Vielleicht seid ihr euch gestern begegnet" */
	return document_add_line(entry,
		compose_with(
			&day, _("You may have met %s: a good first sentence."), str_text(&day)));
}

static int compose_add_outreach_link(struct document_entry *entry, const struct item *item)
{
	const char *link = item->outreach->link;

	if (!link || str_equal(contact_first(&item->contact, CONTACT_LINK), link))
		return 0;
	return compose_add_profile(entry, link);
}

int compose_add_outreach(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	const struct outreach *o = item->outreach;
	int r = item->step == OUTREACH_REST ? 0 : compose_add_event(entry, compose, o);

	if (r == 0 && item->step == OUTREACH_REST)
		r = document_add_line(
			entry, str_dup(_("Let it rest: silence is seldom about you.")));
	else if (r == 0 && item->step == OUTREACH_SEND)
		r = compose_add_answers(entry, compose, item);
	else if (r == 0 && item->step == OUTREACH_READ)
		r = compose_add_noted(entry, compose, item);
	if (r == 0 && item->step != OUTREACH_REST && item->step != OUTREACH_SEND)
		r = compose_add_questions(entry, compose, item);
	if (r == 0 && o->facts.busy && item->step == OUTREACH_SEND)
		r = document_add_line(
			entry, str_dup(_("Their inbox is crowded: few words, and patience.")));
	return r < 0 ? r : compose_add_outreach_link(entry, item);
}
