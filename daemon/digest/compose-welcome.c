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

static int compose_add_counts(struct document *document, const struct book_counts *counts)
{
	_cleanup_free_ char *contacts = NULL, *occasions = NULL, *follow_ups = NULL;

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
	if (!counts->follow_ups)
		/* TRANSLATORS: "12 Kontakte", "9 Anlässe" */
		return document_add_opening(document,
			compose_text(
				_("Your network so far: %1$s and %2$s."), contacts, occasions));
	/* TRANSLATORS: "12 Kontakte", "9 Anlässe", "2 offene Wiedervorlagen" */
	return document_add_opening(document,
		compose_text(_("Your network so far: %1$s, %2$s and %3$s."), contacts, occasions,
			follow_ups));
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
		struct str headline = STR_INIT;
		struct document_entry *entry;

		wording_add_item(&headline, next[i], next[i]->contact.field[CONTACT_NAME],
			compose->agenda->today);
		entry = document_add_entry(section, str_take(&headline), str_dup(next[i]->handle));
		if (!entry || !entry->handle)
			return -ENOMEM;
		/* An occasion's headline tells its day. */
		if (next[i]->kind == ITEM_FOLLOW_UP)
			r = compose_add_why(entry, compose, next[i]);
	}
	return r;
}

/* Why this one: what they seek or offer is reason enough, else that nothing is noted yet. */
static int compose_add_reason(struct document_entry *entry, const struct contact *contact)
{
	const char *offers = contact_first(contact, CONTACT_OFFERS);

	if (contact_first(contact, CONTACT_SEEKS))
		return document_add_line(
			entry, str_dup(_("Perhaps you know something, or somebody.")));
	if (offers)
		/* TRANSLATORS: what a contact offers, in their words */
		return document_add_line(
			entry, compose_text(_("Offers: %s. Who could use that?"), offers));
	if (contact->has_touch)
		return document_add_line(entry, str_dup(_("How has it gone on since?")));
	return document_add_line(entry,
		str_dup(_(
			"No contact is noted yet: how are they, and what are they looking for?")));
}

/* What to do, once for all. */
static int compose_add_beginning(struct document_section *section, const struct contact *first)
{
	struct document_entry *entry = document_add_entry(section,
		/* TRANSLATORS: a command to type, with somebody's number; keep it as it is */
		compose_text(_("A short word is enough. Then note it, so that the next mail knows: "
			       "nudge log #%lld wrote \"...\""),
			(long long)first->id),
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
	size_t n = 0;
	int r = 0;

	for (size_t i = 0; i < welcome->n_people && n < COMPOSE_BEGIN_WITH; i++)
		if (!compose_is_known(compose, welcome->people[i].id, NULL))
			people[n++] = &welcome->people[i];
	if (!n)
		return 0;
	section = document_add_section(
		document, str_dup(ngettext("Somebody to begin with", "People to begin with", n)));
	if (!section)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct document_entry *entry = document_add_entry(section,
			str_dup(people[i]->field[CONTACT_NAME]),
			compose_text("#%lld", (long long)people[i]->id));

		r = entry && entry->handle ? compose_add_work(entry, people[i]) : -ENOMEM;
		if (r == 0)
			r = compose_add_person(entry, compose, people[i], NULL);
		if (r == 0)
			r = compose_add_reason(entry, people[i]);
		if (r == 0)
			r = compose_add_links(entry, compose, people[i], false);
	}
	return r < 0 ? r : compose_add_beginning(section, people[0]);
}

int compose_add_welcome(struct document *document, const struct compose *compose)
{
	const struct book_counts *counts = &compose->welcome->counts;
	const char *handle = compose_example(compose);
	int r = document_add_opening(document,
		str_dup(_(
			"This is your first digest. From now on a mail comes when somebody in your network"
			" has a day worth a greeting, or when you wanted to be reminded of something.")));

	if (r == 0 && counts->contacts + counts->follow_ups)
		r = compose_add_counts(document, counts);
	else if (r == 0 && !compose->agenda->n)
		r = document_add_opening(document, str_dup(_("Your network is still empty.")));
	if (r == 0 && counts->contacts == 0)
		r = document_add_opening(document,
			str_dup(_(
				"To fill it: nudge import contacts.vcf, or nudge add Anna Schmidt.")));
	if (r == 0 && counts->contacts + counts->follow_ups)
		/* TRANSLATORS: the handle of an item; commands to type, keep them as they are */
		r = document_add_opening(document,
			compose_text(
				_("Behind each item stands its handle, such as %1$s. In a terminal, \"nudge done %1$s\" marks"
				  " it done, and \"nudge snooze %1$s 3d\" brings it back in three days."),
				handle ? handle : "b1"));
	return r;
}
