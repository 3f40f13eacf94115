/* SPDX-License-Identifier: MIT */
/*
 * compose-match: how a help or an introduction comes about.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "digest/wording.h"

#include <errno.h>
#include <string.h>

/* "Ann Weber: photographer, Acme · Köln. Last contact on 4 March": in a line, for there are two. */
static int compose_add_one_of_two(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const char *label)
{
	_cleanup_str_ struct str work = STR_INIT, day = STR_INIT;
	struct str line = STR_INIT;

	wording_add_work(&work, contact);
	line.failed = work.failed;
	/* Their city may have told them apart. */
	if (strstr(label, str_text(&work)))
		str_clear(&work);
	if (!work.len && !contact->has_touch && !line.failed)
		return 0;
	str_addf(&line, "%s: %s", label, str_text(&work));
	if (contact->has_touch) {
		wording_add_day(&day, contact->touch_day, compose->agenda->today);
		line.failed |= day.failed;
		str_add(&line, work.len ? ". " : "");
		/* TRANSLATORS: in a sentence that has begun: "Emil Roth: letzter Kontakt am 24. Oktober" */
		str_addf(&line, work.len ? _("Last contact %s") : _("last contact %s"),
			str_text(&day));
	}
	return document_add_line(entry, str_take(&line));
}

/* To be asked each gets a mail; introduced they are by one to both. */
static int compose_add_links_to_two(struct document_entry *entry, const struct compose *compose,
	const struct item *item, const char *seeker, const char *offerer)
{
	const char *one = contact_first(&item->contact, CONTACT_EMAIL),
		   *other = contact_first(&item->other, CONTACT_EMAIL);
	int r;

	if (item->asks != INTRODUCTION_SUGGEST && one && other)
		return compose_add_link_to_both(entry, compose, &item->contact, &item->other);
	r = compose_add_link_to(entry, compose, &item->contact, seeker);
	return r < 0 ? r : compose_add_link_to(entry, compose, &item->other, offerer);
}

static int compose_add_two(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *seeker = wording_label(&item->contact, &item->other, false),
			    *offerer = wording_label(&item->other, &item->contact, false);
	int r = seeker && offerer ? 0 : -ENOMEM;

	if (r == 0)
		r = compose_add_one_of_two(entry, compose, &item->contact, seeker);
	if (r == 0)
		r = compose_add_one_of_two(entry, compose, &item->other, offerer);
	return r == 0 ? compose_add_links_to_two(entry, compose, item, seeker, offerer) : r;
}

int compose_add_match(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	int r = 0;

	if (item->kind == ITEM_HELP)
		/* TRANSLATORS: what the reader offers */
		return document_add_line(entry, compose_text(_("You offer: %s"), item->offers));
	if (item->asks == INTRODUCTION_SUGGEST)
		r = document_add_line(
			entry, str_dup(_("Ask each of them first whether they would like it.")));
	return r == 0 ? compose_add_two(entry, compose, item) : r;
}
