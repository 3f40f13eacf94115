/* SPDX-License-Identifier: MIT */
/*
 * compose-entry: what an item says, and what helps to act on it.
 *
 * Three lines where that can be: why now, with the handle; who they are and how to reach them; what there
 * is to pick up. So it is understood at a glance, also on a telephone.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "book/occasions.h"
#include "core/utf8.h"
#include "digest/wording.h"

#include <errno.h>

#define COMPOSE_COLUMNS         70  /* of a line of the text part, behind its indent */
#define COMPOSE_COLUMNS_OF_TWO  134 /* of two: words are not broken */
#define COMPOSE_COLUMNS_OF_MANY 44  /* in a mail of so many items, which mailboxes would cut off */
#define COMPOSE_MANY            50
#define COMPOSE_LEAD_LEAST      24 /* nothing is cut shorter for an address's sake */

/* What is left for the lead beside the first link, which has a line of its own where that is too little. */
static size_t compose_lead_columns(const struct document_entry *entry)
{
	size_t taken = entry->n_links ? utf8_width(entry->links[0].text) + strlen(" - ") : 0;

	return taken + COMPOSE_LEAD_LEAST < COMPOSE_COLUMNS ? COMPOSE_COLUMNS - taken
							    : COMPOSE_COLUMNS;
}

int compose_set_lead(struct document_entry *entry, const struct str *words)
{
	size_t columns = compose_lead_columns(entry);

	if (words->failed)
		return -ENOMEM;
	if (!words->len)
		return 0;
	if (utf8_width(str_text(words)) > columns)
		columns -= strlen(" -"); /* for what says that it was cut */
	return document_set_lead(entry, talk_shorten(str_text(words), columns));
}

int compose_set_work(struct document_entry *entry, const struct contact *contact)
{
	_cleanup_str_ struct str work = STR_INIT;

	wording_add_work(&work, contact, compose_lead_columns(entry));
	return compose_set_lead(entry, &work);
}

/* What is left of three lines. */
static size_t compose_talk_columns(
	const struct document_entry *entry, const struct compose *compose)
{
	size_t headline = utf8_width(entry->headline) +
		(entry->handle ? utf8_width(entry->handle) + strlen(" []") : 0);

	if (compose->agenda->n > COMPOSE_MANY)
		return COMPOSE_COLUMNS_OF_MANY;
	return headline > COMPOSE_COLUMNS || entry->lead || entry->n_links ? COMPOSE_COLUMNS
									   : COMPOSE_COLUMNS_OF_TWO;
}

int compose_end_entry(
	struct document_entry *entry, const struct compose *compose, struct talk *talk)
{
	size_t columns = compose_talk_columns(entry, compose);
	char *line = talk_take(talk, columns, &entry->cut);

	if (!line)
		return -ENOMEM;
	/* What finds room beside the links shares their line. */
	if (*line && !entry->lead && entry->n_links &&
		utf8_width(line) <= compose_lead_columns(entry)) {
		entry->says = talk_is_ours(talk);
		return document_set_lead(entry, line);
	}
	if (*line)
		return document_add_line(entry, line);
	free(line);
	return 0;
}

static void compose_tell_seeks(struct talk *talk, const struct contact *contact, const char *said)
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
	talk->failed |= seeks.failed;
	if (seeks.len)
		/* TRANSLATORS: what a contact seeks; and what besides the thing that was told already */
		talk_tell(talk,
			compose_text(
				more ? _("Also looking for: %s") : _("Looking for: %s"), TALK_TEXT),
			str_text(&seeks));
}

/* By what one was in touch: of what was given or asked for its name alone says nothing. */
static const char *compose_touch_words(const char *kind)
{
	/* TRANSLATORS: the day of the last contact with somebody, and what it was about: "Erbeten am 1. Oktober:
	 * eine Wohnung" */
	static const struct {
		const char *kind, *words;
	} words[] = {
		{ "asked", N_("You asked %1$s for: %2$s") },
		{ "gave", N_("You gave %1$s: %2$s") },
		{ "received", N_("You received %1$s: %2$s") },
		{ "offered", N_("They offered %1$s: %2$s") },
		{ "met", N_("Met %1$s: %2$s") },
		{ "called", N_("Called %1$s: %2$s") },
		{ "thanked", N_("Thanked %1$s: %2$s") },
		{ "answered", N_("You answered %1$s: %2$s") },
		{ "follow-up", N_("Done %1$s: %2$s") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (str_equal(words[i].kind, kind))
			return words[i].words;
	/* TRANSLATORS: the day of the last contact with somebody, and what was noted then */
	return N_("Last contact %1$s: %2$s");
}

static void compose_tell_noted_touch(
	struct talk *talk, const struct contact *contact, const struct str *day)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	/* The formats take the same two texts; msgfmt checks the translations. */
	talk_tell(talk,
		compose_with(
			day, _(compose_touch_words(contact->touch_kind)), str_text(day), TALK_TEXT),
		contact->touch_note);
#pragma GCC diagnostic pop
}

/* When one was in touch last, and what was noted then; that it was today, or when they asked what they can do, is no
 * news by itself. */
static void compose_tell_touch(struct talk *talk, const struct compose *compose,
	const struct contact *contact, const struct item *item, const char *said)
{
	int32_t known = item && item->is_offer ? item->day : compose->agenda->today;
	_cleanup_str_ struct str day = STR_INIT;

	wording_add_day(&day, contact->touch_day, compose->agenda->today);
	if (compose->notes && !str_empty(contact->touch_note) &&
		!str_equal(contact->touch_note, said))
		compose_tell_noted_touch(talk, contact, &day);
	else if (contact->touch_day != compose->agenda->today && contact->touch_day != known)
		/* TRANSLATORS: the day of the last contact with somebody */
		talk_hint(talk, compose_with(&day, _("Last contact %s"), str_text(&day)));
}

/* How one knows somebody whom one has not been in touch with yet, unless that is the occasion. */
static void compose_tell_met(struct talk *talk, const struct compose *compose,
	const struct contact *contact, const struct item *item)
{
	const char *place = contact->field[CONTACT_MET_PLACE];
	_cleanup_str_ struct str day = STR_INIT;

	if (item && str_equal(item->occasion, OCCASION_MET))
		return;
	wording_add_day(&day, contact->met_day, compose->agenda->today);
	if (contact->has_met && place)
		/* TRANSLATORS: the day, and where: "Kennengelernt am 1. Oktober: OMR" */
		talk_tell(talk,
			compose_with(&day, _("You met %1$s: %2$s"), str_text(&day), TALK_TEXT),
			place);
	else if (contact->has_met)
		/* TRANSLATORS: the day: "Kennengelernt am 1. Oktober" */
		talk_hint(talk, compose_with(&day, _("You met %s"), str_text(&day)));
	else if (place)
		/* TRANSLATORS: where one met somebody: "Kennengelernt: OMR" */
		talk_tell(talk, compose_text(_("Where you met: %s"), TALK_TEXT), place);
}

void compose_tell_person(struct talk *talk, const struct compose *compose,
	const struct contact *contact, const struct item *item)
{
	const char *said = item ? item->seeks ? item->seeks : item->what : NULL;

	if (contact->has_touch)
		compose_tell_touch(talk, compose, contact, item, said);
	else
		compose_tell_met(talk, compose, contact, item);
	compose_tell_seeks(talk, contact, said);
	if (compose->notes && contact->field[CONTACT_NOTE])
		talk_note(talk, contact->field[CONTACT_NOTE]);
}

static char *compose_due_at(const struct str *day, int minute)
{
	_cleanup_str_ struct str time = STR_INIT;

	wording_add_time(&time, minute);
	time.failed |= day->failed;
	/* TRANSLATORS: the day and the time of a follow-up */
	return compose_with(&time, _("Due %1$s at %2$s."), str_text(day), str_text(&time));
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

static void compose_say_thank_command(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *command = compose_command(compose, "done %s \"...\"", item->handle);

	/* TRANSLATORS: a command to type */
	talk_say(talk,
		command ? compose_text(_("What stayed with you? Note it: %s"), command) : NULL);
}

/* What helps with a coffee: questions worth asking, what to note. */
static void compose_tell_coffee(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	if (item->task == COFFEE_ASK)
		talk_say(talk,
			str_dup(item->is_last ? _("The last reminder: ask again, or let it rest.")
					      : _("Ask once more, or let it rest.")));
	if (item->task == COFFEE_ASK && !item->is_last && item->contact.field[CONTACT_BUSY_INBOX])
		talk_say(talk, str_dup(_("A crowded inbox: few words.")));
	if (item->task == COFFEE_THANK && item->is_last)
		talk_say(talk, str_dup(_("From here on it comes up every four weeks.")));
	else if (item->task == COFFEE_THANK && compose_is_first_thank(compose, item))
		compose_say_thank_command(talk, compose, item);
	if (item->task == COFFEE_PREPARE)
		/* TRANSLATORS: what to ask somebody over a coffee; at most 70 columns */
		talk_say(talk,
			str_dup(_(
				"Worth asking: what led them here, what a day is like, what they enjoy.")));
}

/* Whether it is the first that comes late: what there is to say of that is said once. */
static bool compose_is_first_missed(const struct compose *compose, const struct item *item)
{
	for (size_t i = 0; item->why == ITEM_MISSED && i < compose->agenda->n; i++)
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

static void compose_hint_question(struct talk *talk, const struct item *item)
{
	_cleanup_free_ char *name = wording_given_name(item->contact.field[CONTACT_NAME]);

	/* TRANSLATORS: what to ask somebody; their name */
	talk_hint(talk,
		name ? compose_text(_("Ask what %s is looking for at the moment."), name) : NULL);
}

static void compose_tell_forum(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	if (item->name && item->what && compose->notes)
		/* TRANSLATORS: the last answer in a forum: to whom, about what */
		talk_tell(talk,
			compose_text(_("Last time you helped %1$s: %2$s"), item->name, TALK_TEXT),
			item->what);
	else if (item->name)
		/* TRANSLATORS: the last answer in a forum: to whom */
		talk_say(talk, compose_text(_("Last time you helped %s."), item->name));
	else if (item->what && compose->notes)
		talk_tell(talk, compose_text(_("Last time: %s"), TALK_TEXT), item->what);
}

/* What people celebrate about the number; NULL: nothing. */
static const char *compose_age_words(const struct item *item)
{
	bool is_birthday = str_equal(item->occasion, OCCASION_BIRTHDAY);

	if (is_birthday && item->age == OCCASION_OF_AGE)
		/* TRANSLATORS: of an 18th birthday, today or another day */
		return _("Of age.");
	if (!occasion_is_round(item->age))
		return NULL;
	/* TRANSLATORS: of a 20th, 30th, ... birthday */
	return is_birthday ? _("A milestone birthday.") : _("A round anniversary.");
}

static void compose_tell_occasion(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	const char *number = compose_age_words(item);

	if (number)
		talk_say(talk, str_dup(number));
	if (str_equal(item->occasion, OCCASION_MET) && item->contact.field[CONTACT_MET_PLACE])
		talk_tell(talk, str_dup(TALK_TEXT), item->contact.field[CONTACT_MET_PLACE]);
	if (compose_is_first_missed(compose, item))
		talk_say(talk, str_dup(_("A late greeting still counts.")));
	if (item->why == ITEM_PUT_BACK)
		talk_say(talk, str_dup(_("Back again, as you asked.")));
}

static void compose_tell_follow_up(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	_cleanup_str_ struct str day = STR_INIT;

	wording_add_day(&day, item->day, compose->agenda->today);
	/* Who was away has nothing to make good. */
	if (item->why == ITEM_OVERDUE && !compose->returned)
		/* TRANSLATORS: a follow-up; the day: "War gestern fällig." */
		talk_say(talk, compose_with(&day, _("It was due %s."), str_text(&day)));
	else if (item->why != ITEM_OVERDUE && item->minute >= 0)
		talk_say(talk, compose_due_at(&day, item->minute));
	else if (item->why != ITEM_OVERDUE && item->day != compose->agenda->today)
		talk_say(talk, compose_with(&day, _("Due %s."), str_text(&day)));
}

static void compose_tell_offer(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	(void)compose;
	if (!item->is_offer)
		return;
	if (item->what)
		talk_tell(talk, str_dup(TALK_TEXT), item->what);
	talk_hint(talk, str_dup(_("If something comes to mind, say so.")));
}

void compose_tell_why(struct talk *talk, const struct compose *compose, const struct item *item)
{
	static void (*const tell[ITEM_KIND_COUNT])(
		struct talk * talk, const struct compose *compose, const struct item *item) = {
		[ITEM_OCCASION] = compose_tell_occasion,
		[ITEM_FOLLOW_UP] = compose_tell_follow_up,
		[ITEM_THANKS] = compose_tell_offer,
		[ITEM_COFFEE] = compose_tell_coffee,
		[ITEM_HELP] = compose_tell_match,
		[ITEM_INTRODUCTION] = compose_tell_match,
		[ITEM_OUTREACH] = compose_tell_outreach,
		[ITEM_FORUM] = compose_tell_forum,
	};

	if (tell[item->kind])
		tell[item->kind](talk, compose, item);
}

/* What has no day of its own comes into a mail when its turn has come; of days to come it says when. */
static void compose_tell_turn(
	struct talk *talk, const struct compose *compose, const struct item *item)
{
	_cleanup_str_ struct str day = STR_INIT;
	bool has_turn = item->kind == ITEM_TOUCH || item->kind == ITEM_THANKS ||
		item->kind == ITEM_INTRODUCTION || item->kind == ITEM_OUTREACH;

	if (!compose->ahead || !has_turn || item->day <= compose->agenda->today)
		return;
	wording_add_day(&day, item->day, compose->agenda->today);
	talk_say(talk, compose_with(&day, _("Due %s."), str_text(&day)));
}

/* Of whom an item before has all, the way to write is enough; on the way to a coffee one may have to call. */
static unsigned compose_known_ways(const struct item *item)
{
	bool agreed = item->task == COFFEE_PREPARE || item->task == COFFEE_MEET;

	return COMPOSE_NO_PROFILE | (agreed ? 0 : COMPOSE_NO_PHONE);
}

/* How to reach them; who is new is not written to before the request is ready. */
static int compose_add_ways(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	const char *profile = contact_first(&item->contact, CONTACT_LINK);
	bool is_new = item->kind == ITEM_OUTREACH;
	unsigned ways = 0;
	int r = is_new ? compose_add_outreach_link(entry, item) : 0;

	if (item->kind == ITEM_FORUM)
		/* TRANSLATORS: a link to a forum */
		return item->url ? compose_add_page(entry, item->url, _("Go there")) : 0;
	if (item->has_other)
		return compose_add_links_to_two(entry, compose, item);
	/* An announcement leads to no message yet: what one needs comes on the day. */
	if (r < 0 || !item->has_contact || item->why == ITEM_ANNOUNCED)
		return r;
	if (compose_is_known(compose, item->contact.id))
		ways = compose_known_ways(item);
	if (is_new)
		ways |= COMPOSE_STRANGER;
	if (!is_new || item->step == OUTREACH_SEND)
		return compose_add_links(entry, compose, &item->contact, ways);
	return profile ? compose_add_profile(entry, profile) : 0;
}

/* When and where a coffee is, and who it is with. */
static int compose_lead_coffee(struct document_entry *entry, const struct item *item, bool is_news)
{
	_cleanup_str_ struct str lead = STR_INIT, work = STR_INIT;
	size_t columns = compose_lead_columns(entry);

	wording_add_where(&lead, item);
	if (lead.len && is_news && utf8_width(str_text(&lead)) < columns) {
		columns -= utf8_width(str_text(&lead));
		wording_add_work(&work, &item->contact, columns);
	}
	if (work.len && utf8_width(str_text(&work)) + strlen(" - ") <= columns)
		str_addf(&lead, " · %s", str_text(&work));
	lead.failed |= work.failed;
	if (!lead.len && !lead.failed)
		return is_news ? compose_set_work(entry, &item->contact) : 0;
	/* Whoever goes there needs all of it. */
	return document_set_lead(entry, str_take(&lead));
}

static int compose_add_lead(struct document_entry *entry, const struct compose *compose,
	const struct item *item, bool is_news)
{
	if (item->task == COFFEE_PREPARE || item->task == COFFEE_MEET)
		return compose_lead_coffee(entry, item, is_news);
	if (item->kind == ITEM_OUTREACH)
		return compose_lead_outreach(entry, compose, item);
	return is_news ? compose_set_work(entry, &item->contact) : 0;
}

int compose_add_item(
	struct document_section *section, const struct compose *compose, const struct item *item)
{
	_cleanup_talk_ struct talk talk = { 0 };
	struct str headline = STR_INIT;
	struct document_entry *entry;
	bool is_news = item->has_contact && !item->has_other && item->why != ITEM_ANNOUNCED &&
		!compose_is_known(compose, item->contact.id);
	int r;

	wording_add_headline(
		&headline, item, item->contact.field[CONTACT_NAME], compose->agenda->today);
	entry = document_add_entry(
		section, str_take(&headline), *item->handle ? str_dup(item->handle) : NULL);
	if (!entry || (*item->handle && !entry->handle))
		return -ENOMEM;
	entry->goal = item->goal;
	entry->done = item->answers < item->goal ? (int)item->answers : item->goal;
	compose_tell_turn(&talk, compose, item);
	compose_tell_why(&talk, compose, item);
	if (is_news)
		compose_tell_person(&talk, compose, &item->contact, item);
	/* Beside a long reason there is no room for more about both. */
	if (item->asks == INTRODUCTION_SUGGEST && item->has_other &&
		utf8_width(entry->headline) <= COMPOSE_COLUMNS)
		compose_hint_two(&talk, compose, item);
	if (compose_asks(compose, item))
		compose_hint_question(&talk, item);
	r = compose_add_ways(entry, compose, item);
	if (r == 0)
		r = compose_add_lead(entry, compose, item, is_news);
	if (r == 0)
		r = compose_end_entry(entry, compose, &talk);
	entry->cut |= item->is_hidden;
	return r;
}
