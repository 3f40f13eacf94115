/* SPDX-License-Identifier: MIT */
/*
 * wording-match: helps and introductions in words.
 */
#include "digest/wording.h"

#include "base/lang.h"
#include "core/utf8.h"

#include <errno.h>

/* 1, 0, or -ENOMEM. */
static int wording_are_alike(const char *a, const char *b)
{
	_cleanup_str_ struct str x = STR_INIT, y = STR_INIT;

	utf8_add_folded(&x, a);
	utf8_add_folded(&y, b);
	return x.failed || y.failed ? -ENOMEM : str_equal(str_text(&x), str_text(&y));
}

char *wording_label(const struct contact *contact, const struct contact *other, bool given)
{
	const char *name = contact->field[CONTACT_NAME];
	const char *const marks[][2] = {
		{ contact->field[CONTACT_ORG], other->field[CONTACT_ORG] },
		{ contact->field[CONTACT_CITY], other->field[CONTACT_CITY] },
		{ contact_first(contact, CONTACT_EMAIL), contact_first(other, CONTACT_EMAIL) },
	};
	struct str label = STR_INIT;

	int alike = wording_are_alike(name, other->field[CONTACT_NAME]);

	if (alike < 0)
		return NULL;
	if (!alike) {
		_cleanup_free_ char *mine = wording_given_name(name),
				    *theirs = wording_given_name(other->field[CONTACT_NAME]);

		alike = mine && theirs ? wording_are_alike(mine, theirs) : -ENOMEM;
		return alike < 0 ? NULL : str_dup(given && !alike ? mine : name);
	}
	str_addf(&label, "%s (", name);
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (marks[i][0] && !str_equal(marks[i][0], marks[i][1])) {
			str_addf(&label, "%s)", marks[i][0]);
			return str_take(&label);
		}
	str_addf(&label, "#%lld)", (long long)contact->id);
	return str_take(&label);
}

static void wording_add_suggestion(
	struct str *out, const struct item *item, const char *seeker, const char *offerer)
{
	if (item->because)
		/* TRANSLATORS: two people; why, in the reader's words */
		str_addf(out, _("Introduce %1$s and %2$s to each other: %3$s"), seeker, offerer,
			item->because);
	else if (item->seeks && item->offers)
		/* TRANSLATORS: who seeks, what; who offers, what: all in their own words */
		str_addf(out,
			_("%1$s is looking for \"%2$s\", %3$s offers \"%4$s\": introduce them?"),
			seeker, item->seeks, offerer, item->offers);
	else
		str_addf(out, _("Introduce %1$s and %2$s to each other?"), seeker, offerer);
}

void wording_add_match(struct str *out, const struct item *item, const char *name)
{
	bool given = !str_equal(name, item->contact.field[CONTACT_NAME]);
	_cleanup_free_ char *seeker = NULL, *offerer = NULL;

	if (!item->has_other) {
		/* TRANSLATORS: who seeks, what, in their own words */
		str_addf(out, _("%1$s is looking for \"%2$s\"; you could help"), name, item->seeks);
		return;
	}
	seeker = wording_label(&item->contact, &item->other, given);
	offerer = wording_label(&item->other, &item->contact, given);
	out->failed |= !seeker || !offerer;
	if (out->failed)
		return;
	switch (item->asks) {
	case INTRODUCTION_NOTHING:
		break;
	case INTRODUCTION_SUGGEST:
		wording_add_suggestion(out, item, seeker, offerer);
		break;
	case INTRODUCTION_MAKE:
		str_addf(out, _("Have %1$s and %2$s answered? Then introduce them"), seeker,
			offerer);
		break;
	case INTRODUCTION_HEAR:
		str_addf(out, _("You introduced %1$s and %2$s: has it helped?"), seeker, offerer);
		break;
	}
}
