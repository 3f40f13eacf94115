/* SPDX-License-Identifier: MIT */
/*
 * compose-entry: what an item says, and what helps to act on it.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "book/occasions.h"
#include "digest/wording.h"

#include <errno.h>

static int compose_add_seeks(
	struct document_entry *entry, const struct contact *contact, const char *said)
{
	_cleanup_str_ struct str seeks = STR_INIT;
	bool more = false;

	for (size_t i = 0; i < contact->n_values; i++) {
		if (contact->values[i].kind != CONTACT_SEEKS)
			continue;
		if (str_equal(contact->values[i].text, said)) {
			more = true;
			continue;
		}
		str_add_separator(&seeks, ", ");
		str_add(&seeks, contact->values[i].text);
	}
	if (seeks.failed)
		return -ENOMEM;
	if (!seeks.len)
		return 0;
	/* TRANSLATORS: what a contact seeks; and what besides the thing that was told already */
	return document_add_line(entry,
		compose_text(
			more ? _("Also looking for: %s") : _("Looking for: %s"), str_text(&seeks)));
}

int compose_add_work(struct document_entry *entry, const struct contact *contact)
{
	struct str line = STR_INIT;

	wording_add_work(&line, contact);
	return line.len || line.failed ? document_add_line(entry, str_take(&line)) : 0;
}

/* When one was in touch last, and what was noted then; that it was today is no news by itself. */
static int compose_add_touch(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const char *said)
{
	_cleanup_str_ struct str day = STR_INIT;
	_cleanup_free_ char *note = NULL;

	wording_add_day(&day, contact->touch_day, compose->agenda->today);
	if (compose->notes && !str_empty(contact->touch_note) &&
		!str_equal(contact->touch_note, said)) {
		note = compose_short(contact->touch_note, compose_note_columns(compose));
		if (!note)
			return -ENOMEM;
		/* TRANSLATORS: the day of the last contact with somebody, and what was noted then */
		return document_add_line(entry,
			compose_with(&day, _("Last contact %1$s: %2$s"), str_text(&day), note));
	}
	if (contact->touch_day == compose->agenda->today)
		return 0;
	/* TRANSLATORS: the day of the last contact with somebody */
	return document_add_line(entry, compose_with(&day, _("Last contact %s"), str_text(&day)));
}

/* How one knows somebody whom one has not been in touch with yet, unless that is the occasion. */
static int compose_add_met(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const struct item *item)
{
	const char *place = contact->field[CONTACT_MET_PLACE];
	_cleanup_str_ struct str day = STR_INIT;

	if (item && str_equal(item->occasion, OCCASION_MET))
		return 0;
	wording_add_day(&day, contact->met_day, compose->agenda->today);
	if (contact->has_met && place)
		/* TRANSLATORS: the day, and where: "Kennengelernt am 1. Oktober: OMR" */
		return document_add_line(
			entry, compose_with(&day, _("You met %1$s: %2$s"), str_text(&day), place));
	if (contact->has_met)
		/* TRANSLATORS: the day: "Kennengelernt am 1. Oktober" */
		return document_add_line(
			entry, compose_with(&day, _("You met %s"), str_text(&day)));
	/* TRANSLATORS: where one met somebody: "Kennengelernt: OMR" */
	return place ? document_add_line(entry, compose_text(_("Where you met: %s"), place)) : 0;
}

int compose_add_person(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const struct item *item)
{
	const char *said = item ? item->seeks ? item->seeks : item->what : NULL;
	int r = contact->has_touch ? compose_add_touch(entry, compose, contact, said)
				   : compose_add_met(entry, compose, contact, item);

	if (r == 0)
		r = compose_add_seeks(entry, contact, said);
	if (r == 0 && compose->notes && contact->field[CONTACT_NOTE])
		r = document_add_line(entry,
			compose_short(contact->field[CONTACT_NOTE], compose_note_columns(compose)));
	return r;
}

static char *compose_due_at(const struct str *day, int minute)
{
	_cleanup_str_ struct str time = STR_INIT;

	wording_add_minute(&time, minute);
	time.failed |= day->failed;
	/* TRANSLATORS: a follow-up; day and time: "Fällig morgen um 15:00 Uhr." */
	return compose_with(&time, _("Due %1$s at %2$s."), str_text(day), str_text(&time));
}

/* When and where a coffee is, before all else. */
static int compose_add_where(struct document_entry *entry, const struct item *item)
{
	struct str where = STR_INIT;

	if (item->task != COFFEE_PREPARE && item->task != COFFEE_MEET)
		return 0;
	wording_add_where(&where, item);
	return where.len || where.failed ? document_add_line(entry, str_take(&where)) : 0;
}

/* Whether it is the first coffee to thank for that is told in full: one is asked but once. */
static bool compose_is_first_thank(const struct compose *compose, const struct item *item)
{
	for (size_t i = 0; i < compose->agenda->n; i++) {
		const struct item *other = &compose->agenda->items[i];

		if (other->kind == ITEM_COFFEE && other->task == COFFEE_THANK &&
			!compose_is_collapsed(other))
			return other == item;
	}
	return false;
}

/* What helps with a coffee: questions worth asking, what to note. */
static int compose_add_coffee(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	int r = 0;

	if (item->task == COFFEE_ASK && item->contact.field[CONTACT_BUSY_INBOX])
		r = document_add_line(
			entry, str_dup(_("Their inbox is crowded: few words, and patience.")));
	if (item->task == COFFEE_ASK)
		return r < 0
			? r
			: document_add_line(entry, str_dup(_("Ask once more, or let it rest.")));
	if (item->task == COFFEE_THANK && compose_is_first_thank(compose, item))
		/* TRANSLATORS: a command to type, with the handle of an item; keep it as it is */
		return document_add_line(entry,
			compose_text(
				_("What stayed with you? Note it while it is fresh: nudge done %s \"...\""),
				item->handle));
	if (item->task == COFFEE_PREPARE)
		/* TRANSLATORS: three questions for a coffee with somebody */
		r = document_add_line(entry,
			compose_text(_("Worth asking: %1$s %2$s %3$s"),
				_("How did you come to this work?"),
				_("What does an ordinary day look like?"),
				_("What do you enjoy about it, and what less so?")));
	return r;
}

/* Whether it is the first that comes late: what there is to say of that is said once. */
static bool compose_is_first_missed(const struct compose *compose, const struct item *item)
{
	for (size_t i = 0; i < compose->agenda->n; i++)
		if (compose->agenda->items[i].why == ITEM_MISSED)
			return &compose->agenda->items[i] == item;
	return false;
}

/* One touch a digest asks what the person seeks: the first of whom it is not known. */
static bool compose_asks(const struct compose *compose, const struct item *item)
{
	if (item->kind != ITEM_TOUCH || contact_first(&item->contact, CONTACT_SEEKS))
		return false;
	for (size_t i = 0; i < compose->agenda->n; i++) {
		const struct item *other = &compose->agenda->items[i];

		if (other->kind == ITEM_TOUCH && !contact_first(&other->contact, CONTACT_SEEKS))
			return other == item;
	}
	return false;
}

static int compose_add_question(struct document_entry *entry, const struct item *item)
{
	_cleanup_free_ char *name = wording_given_name(item->contact.field[CONTACT_NAME]);

	/* TRANSLATORS: what to ask somebody; their name */
	return name ? document_add_line(entry,
			      compose_text(_("Ask what %s is looking for at the moment."), name))
		    : -ENOMEM;
}

static int compose_add_forum(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *note = NULL;

	entry->goal = item->goal;
	entry->done = item->answers < item->goal ? (int)item->answers : item->goal;
	if (compose->notes && item->what &&
		!(note = compose_short(item->what, compose_note_columns(compose))))
		return -ENOMEM;
	if (item->name && note)
		/* TRANSLATORS: the last answer in a forum: to whom, about what */
		return document_add_line(entry,
			compose_text(_("Last time you helped %1$s: %2$s"), item->name, note));
	if (item->name)
		/* TRANSLATORS: the last answer in a forum: to whom */
		return document_add_line(
			entry, compose_text(_("Last time you helped %s."), item->name));
	return note ? document_add_line(entry, compose_text(_("Last time: %s"), note)) : 0;
}

int compose_add_why(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	_cleanup_str_ struct str day = STR_INIT;
	int r = 0;

	wording_add_day(&day, item->day, compose->agenda->today);
	if (item->kind == ITEM_OCCASION && occasion_is_round(item->age))
		r = document_add_line(entry,
			str_dup(str_equal(item->occasion, OCCASION_BIRTHDAY)
					? _("A milestone birthday.")
					: _("A round anniversary.")));
	if (r == 0 && item->kind == ITEM_OCCASION && str_equal(item->occasion, OCCASION_MET))
		return item->contact.field[CONTACT_MET_PLACE]
			? document_add_line(entry, str_dup(item->contact.field[CONTACT_MET_PLACE]))
			: 0;
	if (r == 0 && compose_asks(compose, item))
		r = compose_add_question(entry, item);
	if (r == 0 && compose_is_first_missed(compose, item))
		r = document_add_line(entry, str_dup(_("A late greeting still counts.")));
	if (r == 0 && item->why == ITEM_PUT_BACK)
		r = document_add_line(entry, str_dup(_("Back again, as you asked.")));
	if (r == 0 && item->kind == ITEM_FORUM)
		return compose_add_forum(entry, compose, item);
	if (r == 0 && item->kind == ITEM_COFFEE)
		return compose_add_coffee(entry, compose, item);
	if (r == 0 && (item->kind == ITEM_HELP || item->kind == ITEM_INTRODUCTION))
		return compose_add_match(entry, compose, item);
	if (r == 0 && item->kind == ITEM_OUTREACH)
		return compose_add_outreach(entry, compose, item);
	if (r == 0 && item->is_offer) {
		if (item->what)
			r = document_add_line(entry, str_dup(item->what));
		return r == 0 ? document_add_line(
					entry, str_dup(_("If something comes to mind, say so.")))
			      : r;
	}
	if (r == 0 && item->kind == ITEM_FOLLOW_UP && item->why == ITEM_OVERDUE) {
		/* Who was away has nothing to make good. */
		if (!compose->returned)
			/* TRANSLATORS: a follow-up; the day: "War gestern fällig." */
			r = document_add_line(
				entry, compose_with(&day, _("It was due %s."), str_text(&day)));
	} else if (r == 0 && item->kind == ITEM_FOLLOW_UP && item->minute >= 0)
		r = document_add_line(entry, compose_due_at(&day, item->minute));
	else if (r == 0 && item->kind == ITEM_FOLLOW_UP && item->day != compose->agenda->today)
		r = document_add_line(entry, compose_with(&day, _("Due %s."), str_text(&day)));
	return r;
}

/* What has no day of its own comes into a mail when its turn has come; of days to come it says when. */
static int compose_add_turn(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	_cleanup_str_ struct str day = STR_INIT;
	bool has_turn = item->kind == ITEM_TOUCH || item->kind == ITEM_THANKS ||
		item->kind == ITEM_INTRODUCTION || item->kind == ITEM_OUTREACH;

	if (!compose->ahead || !has_turn || item->day <= compose->agenda->today)
		return 0;
	wording_add_day(&day, item->day, compose->agenda->today);
	return document_add_line(entry, compose_with(&day, _("Due %s."), str_text(&day)));
}

/* How to reach them; who is new is not written to before the request is ready. */
static int compose_add_ways(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	const char *profile = contact_first(&item->contact, CONTACT_LINK);
	bool is_new = item->kind == ITEM_OUTREACH;

	if (is_new && item->step != OUTREACH_SEND)
		return profile ? compose_add_profile(entry, profile) : 0;
	return compose_add_links(entry, compose, &item->contact, is_new);
}

int compose_add_item(
	struct document_section *section, const struct compose *compose, const struct item *item)
{
	struct str headline = STR_INIT;
	struct document_entry *entry;
	bool whole, news;
	int r;

	wording_add_item(
		&headline, item, item->contact.field[CONTACT_NAME], compose->agenda->today);
	entry = document_add_entry(
		section, str_take(&headline), *item->handle ? str_dup(item->handle) : NULL);
	if (!entry || (*item->handle && !entry->handle))
		return -ENOMEM;
	/* An announcement leads to no message yet: what one needs comes on the day. */
	whole = item->has_contact && !item->has_other && item->why != ITEM_ANNOUNCED;
	news = whole && !compose_is_known(compose, item->contact.id, item);
	r = compose_add_where(entry, item);
	if (r == 0)
		r = compose_add_turn(entry, compose, item);
	if (r == 0 && news)
		r = compose_add_work(entry, &item->contact);
	if (r == 0)
		r = compose_add_why(entry, compose, item);
	if (r == 0 && news)
		r = compose_add_person(entry, compose, &item->contact, item);
	return r == 0 && whole ? compose_add_ways(entry, compose, item) : r;
}
