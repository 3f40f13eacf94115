/* SPDX-License-Identifier: MIT */
/*
 * compose-welcome: the very first digest: what the book holds, what comes, whom to begin with.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "digest/wording.h"

#include <errno.h>
#include <string.h>

#define COMPOSE_NEXT 5 /* things that a welcome tells ahead */

/* What there is none of is not counted: "12 contacts, 9 occasions and 2 open follow-ups". */
static int compose_add_counts(struct document *document, const struct book_counts *counts)
{
	_cleanup_free_ char *contacts = NULL, *occasions = NULL, *follow_ups = NULL;
	_cleanup_str_ struct str list = STR_INIT;
	const char *parts[3];
	size_t n = 0;

	contacts = compose_text(
		ngettext("%ld contact", "%ld contacts", (unsigned long)counts->contacts),
		(long)counts->contacts);
	occasions = compose_text(
		ngettext("%ld occasion", "%ld occasions", (unsigned long)counts->occasions),
		(long)counts->occasions);
	follow_ups = compose_text(ngettext("%ld open follow-up", "%ld open follow-ups",
					  (unsigned long)counts->follow_ups),
		(long)counts->follow_ups);
	if (!contacts || !occasions || !follow_ups)
		return -ENOMEM;
	if (counts->contacts)
		parts[n++] = contacts;
	if (counts->occasions)
		parts[n++] = occasions;
	if (counts->follow_ups)
		parts[n++] = follow_ups;
	for (size_t i = 0; i + 1 < n; i++)
		str_addf(&list, "%s%s", i ? ", " : "", parts[i]);
	if (n == 0)
		return 0;
	if (n == 1)
		return document_add_opening(
			document, compose_text(_("Your network so far: %s."), parts[0]));
	/* TRANSLATORS: "12 Kontakte, 9 Anlässe", "2 offene Wiedervorlagen" */
	return document_add_opening(document,
		compose_with(&list, _("Your network so far: %1$s and %2$s."), str_text(&list),
			parts[n - 1]));
}

/* Of coffees only those that are agreed; whose brief is due already was told above. */
static bool compose_comes_next(const struct compose *compose, const struct item *item)
{
	if (item->day < compose->agenda->cover.to ||
		(item->kind == ITEM_COFFEE && item->task != COFFEE_PREPARE))
		return false;
	for (size_t i = 0; i < compose->agenda->n; i++)
		if (compose->agenda->items[i].kind == item->kind &&
			compose->agenda->items[i].number == item->number)
			return false;
	return true;
}

/* By their days; follow-ups that are due before were told above. */
static size_t compose_pick_next(const struct compose *compose, const struct item *ret[COMPOSE_NEXT])
{
	const struct agenda *next = compose->welcome->next;
	size_t n = 0;

	for (size_t i = 0; next && i < next->n; i++) {
		const struct item *item = &next->items[i];
		size_t place = n;

		if (!compose_comes_next(compose, item))
			continue;
		while (place && ret[place - 1]->day > item->day)
			place--;
		if (place == COMPOSE_NEXT)
			continue;
		n += n < COMPOSE_NEXT;
		memmove(&ret[place + 1], &ret[place], (n - 1 - place) * sizeof(*ret));
		ret[place] = item;
	}
	return n;
}

int compose_add_later(struct document *document, const struct compose *compose)
{
	size_t n = compose->welcome->n_later;
	_cleanup_free_ char *command = NULL;
	struct document_entry *entry;

	if (!n || !document->n_sections)
		return 0;
	command = compose_command(compose, "agenda");
	if (!command)
		return -ENOMEM;
	entry = document_add_entry(&document->sections[document->n_sections - 1],
		/* TRANSLATORS: how many more items, and a command to type */
		compose_text(ngettext("%1$lu more comes with the next mail; %2$s shows it now.",
				     "%1$lu more come with the next mail; %2$s shows them now.", n),
			(unsigned long)n, command),
		NULL);
	if (!entry)
		return -ENOMEM;
	entry->aside = true;
	return 0;
}

int compose_add_next(struct document *document, const struct compose *compose)
{
	const struct item *next[COMPOSE_NEXT];
	struct document_section *section;
	size_t n = compose_pick_next(compose, next);
	int r = 0;

	if (!n)
		return 0;
	section = document_add_section(document, str_dup(_("What comes next")));
	if (!section)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		_cleanup_talk_ struct talk talk = { 0 };
		struct str headline = STR_INIT;
		struct document_entry *entry;

		wording_add_headline(&headline, next[i], next[i]->contact.field[CONTACT_NAME],
			compose->agenda->today);
		entry = document_add_entry(section, str_take(&headline), str_dup(next[i]->handle));
		if (!entry || !entry->handle)
			return -ENOMEM;
		/* An occasion's headline tells its day. */
		if (next[i]->kind == ITEM_FOLLOW_UP)
			compose_tell_why(&talk, compose, next[i]);
		r = compose_end_entry(entry, compose, &talk);
	}
	return r;
}

/* Why this one: what they seek or offer is reason enough, else what could be asked of anybody, once. */
static void compose_hint_reason(struct talk *talk, const struct contact *contact, bool *asked)
{
	const char *offers = contact_first(contact, CONTACT_OFFERS);

	if (contact_first(contact, CONTACT_SEEKS)) {
		talk_hint(talk, str_dup(_("Perhaps you know something, or somebody.")));
	} else if (offers) {
		/* TRANSLATORS: what a contact offers, in their words */
		talk_tell(talk, compose_text(_("Offers: %s. Who could use that?"), TALK_TEXT),
			offers);
	} else if (!*asked) {
		talk_hint(talk,
			str_dup(contact->has_touch
					? _("How has it gone on since?")
					: _("How are they, and what are they looking for?")));
		*asked = true;
	}
}

/* What to do, once for all. */
static int compose_add_beginning(struct document_section *section, const struct compose *compose,
	const struct contact *first)
{
	_cleanup_free_ char *command = compose_command(
		compose, "log '#%lld' wrote \"...\"", (long long)first->id);
	struct document_entry *entry;

	if (!command)
		return -ENOMEM;
	entry = document_add_entry(section,
		/* TRANSLATORS: a command to type */
		compose_keep_command(
			compose_text(
				_("A short word is enough. Then note it, so that the next mail knows: %s"),
				command),
			command),
		NULL);
	if (!entry)
		return -ENOMEM;
	entry->aside = true;
	return 0;
}

/* Those of whom the sections before have told are no news. */
int compose_add_people(struct document *document, const struct compose *compose)
{
	const struct welcome *welcome = compose->welcome;
	const struct contact *people[COMPOSE_BEGIN_WITH];
	struct document_section *section;
	bool asked = false;
	size_t n = 0;
	int r = 0;

	for (size_t i = 0; i < welcome->n_people && n < COMPOSE_BEGIN_WITH; i++)
		if (!compose_is_known(compose, welcome->people[i].id))
			people[n++] = &welcome->people[i];
	if (!n)
		return 0;
	section = document_add_section(
		document, str_dup(ngettext("Somebody to begin with", "People to begin with", n)));
	if (!section)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		_cleanup_talk_ struct talk talk = { 0 };
		struct document_entry *entry = document_add_entry(section,
			str_dup(people[i]->field[CONTACT_NAME]),
			compose_text("#%lld", (long long)people[i]->id));

		if (!entry || !entry->handle)
			return -ENOMEM;
		compose_tell_person(&talk, compose, people[i], NULL);
		compose_hint_reason(&talk, people[i], &asked);
		r = compose_add_links(entry, compose, people[i], 0);
		if (r == 0)
			r = compose_set_work(entry, people[i]);
		if (r == 0)
			r = compose_end_entry(entry, compose, &talk);
	}
	return r < 0 ? r : compose_add_beginning(section, compose, people[0]);
}

/* What the book holds, and how to act on items. */
int compose_add_guide(
	struct document *document, const struct compose *compose, const struct book_counts *counts)
{
	const char *handle = compose_example(compose), *later = compose_example_for_later(compose);
	_cleanup_free_ char *done = NULL, *snooze = NULL;
	int r = compose_add_counts(document, counts);

	handle = handle ? handle : "b1";
	later = later ? later : "f1";
	done = compose_command(compose, "done %s", handle);
	snooze = compose_command(compose, "snooze %s 3d", later);
	if (r < 0 || !done || !snooze)
		return -ENOMEM;
	/* TRANSLATORS: a handle, a command to type with it, another one, and its handle */
	return document_add_opening(document,
		compose_text(
			_("Behind each item stands its handle, such as %1$s. In a terminal, \"%2$s\" marks"
			  " it done, and \"%3$s\" brings %4$s back in three days."),
			handle, done, snooze, later));
}

int compose_add_welcome(struct document *document, const struct compose *compose)
{
	const struct book_counts *counts = &compose->welcome->counts;
	int r = document_add_opening(document,
		str_dup(_(
			"This is your first digest. From now on a mail comes when somebody in your network"
			" has a day worth a greeting, or when you wanted to be reminded of something.")));

	if (r == 0 && counts->contacts == 0 && !compose->agenda->n)
		r = document_add_opening(document, str_dup(_("Your network is still empty.")));
	if (r == 0 && counts->contacts == 0)
		/* TRANSLATORS: `nudge`, with the options that the reader's commands need */
		r = document_add_opening(document,
			compose_text(
				_("To fill it: %1$s import contacts.vcf, or %1$s add Anna Schmidt."),
				compose->command));
	if (r == 0 && counts->contacts + counts->follow_ups)
		r = compose_add_guide(document, compose, counts);
	return r;
}
