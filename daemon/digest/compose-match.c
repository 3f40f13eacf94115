/* SPDX-License-Identifier: MIT */
/*
 * compose-match: how a help or an introduction comes about.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "digest/wording.h"

#include <errno.h>
#include <string.h>

/* "Ann: photographer, Acme · Köln. Last contact on 4 March": one can do without, for there are two. */
static void compose_hint_one_of_two(struct talk *talk, const struct compose *compose,
	const struct contact *contact, const char *label)
{
	_cleanup_str_ struct str work = STR_INIT, day = STR_INIT;
	struct str line = STR_INIT;

	wording_add_work(&work, contact, SIZE_MAX);
	line.failed = work.failed;
	/* Their city may have told them apart. */
	if (strstr(label, str_text(&work)))
		str_clear(&work);
	if (!work.len && !contact->has_touch && !line.failed)
		return;
	str_addf(&line, "%s: %s", label, str_text(&work));
	if (contact->has_touch) {
		wording_add_day(&day, contact->touch_day, compose->agenda->today);
		line.failed |= day.failed;
		str_add(&line, work.len ? ". " : "");
		/* TRANSLATORS: in a sentence that has begun: "Emil: letzter Kontakt am 24. Oktober" */
		str_addf(&line, work.len ? _("Last contact %s") : _("last contact %s"),
			str_text(&day));
	}
	talk_hint(talk, str_take(&line));
}

void compose_hint_two(struct talk *talk, const struct compose *compose, const struct item *item)
{
	_cleanup_free_ char *seeker = wording_label(&item->contact, &item->other, true),
			    *offerer = wording_label(&item->other, &item->contact, true);

	talk->failed |= !seeker || !offerer;
	if (!seeker || !offerer)
		return;
	compose_hint_one_of_two(talk, compose, &item->contact, seeker);
	compose_hint_one_of_two(talk, compose, &item->other, offerer);
}

/* To be asked each gets a mail; introduced they are by one to both. */
int compose_add_links_to_two(
	struct document_entry *entry, const struct compose *compose, const struct item *item)
{
	const char *one = contact_first(&item->contact, CONTACT_EMAIL),
		   *other = contact_first(&item->other, CONTACT_EMAIL);
	_cleanup_free_ char *seeker = NULL, *offerer = NULL;
	int r;

	if (item->asks != INTRODUCTION_SUGGEST && one && other)
		return compose_add_link_to_both(entry, compose, &item->contact, &item->other);
	seeker = wording_label(&item->contact, &item->other, true);
	offerer = wording_label(&item->other, &item->contact, true);
	if (!seeker || !offerer)
		return -ENOMEM;
	r = compose_add_link_to(entry, compose, &item->contact, seeker);
	return r < 0 ? r : compose_add_link_to(entry, compose, &item->other, offerer);
}

void compose_tell_match(struct talk *talk, const struct compose *compose, const struct item *item)
{
	(void)compose;
	if (item->kind == ITEM_HELP)
		/* TRANSLATORS: what the reader offers */
		talk_tell(talk, compose_text(_("You offer: %s"), TALK_TEXT), item->offers);
	else if (item->asks == INTRODUCTION_SUGGEST)
		talk_say(talk, str_dup(_("Ask both first.")));
}
