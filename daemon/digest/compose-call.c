/* SPDX-License-Identifier: MIT */
/*
 * compose-call: by which name a subject calls somebody.
 *
 * The given name, as a friend would; the whole one where the reader knows somebody else by that given name, for
 * on a locked screen nothing else tells which Anna has her birthday; and where that is the same too, what differs.
 */
#include "digest/compose-internal.h"

#include "core/utf8.h"
#include "digest/wording.h"

#include <errno.h>
#include <string.h>

#define COMPOSE_NAME_COLUMNS  30 /* what there is to do has to be seen beside it, */
#define COMPOSE_LABEL_COLUMNS 40 /* and beside a name with what tells it apart */

const char *compose_item_name(const struct item *item)
{
	return item->outreach       ? item->outreach->name
		: item->has_contact ? item->contact.field[CONTACT_NAME]
				    : "";
}

static int64_t compose_item_contact(const struct item *item)
{
	return item->has_contact ? item->contact.id : 0;
}

/* These three: 1, 0, or -ENOMEM. */
static int compose_has_given(const char *name, const char *given)
{
	_cleanup_free_ char *theirs = NULL;

	if (!strstr(name, given))
		return 0;
	theirs = wording_given_name(name);
	return theirs ? str_equal(theirs, given) : -ENOMEM;
}

/* Whether somebody else of this mail has that given name. */
static int compose_shares_mail(
	const struct compose *compose, const struct item *item, const char *given)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < compose->agenda->n; i++) {
		const struct item *other = &compose->agenda->items[i];

		if (!str_equal(compose_item_name(other), compose_item_name(item)) ||
			compose_item_contact(other) != compose_item_contact(item))
			r = compose_has_given(compose_item_name(other), given);
	}
	return r;
}

/* Whether somebody else of the book does: also behind the title that they have, "Dr. Anna". */
static int compose_shares_book(
	const struct compose *compose, const struct item *item, const char *given)
{
	const char *name = compose_item_name(item), *at = strstr(name, given);
	int64_t id = compose_item_contact(item);
	_cleanup_free_ char *titled = NULL;

	if (!compose->find_namesake)
		return 0;
	if (compose->find_namesake(compose->userdata, given, id, NULL))
		return 1;
	if (!at || at == name)
		return 0;
	titled = str_ndup(name, (size_t)(at - name) + strlen(given));
	return titled ? compose->find_namesake(compose->userdata, titled, id, NULL) : -ENOMEM;
}

/* "Anna Vogt" of "Dr. Anna Vogt, MBA" and of "Vogt, Anna". */
static char *compose_whole_name(const char *name, const char *given)
{
	_cleanup_free_ char *formal = wording_formal_name(name);
	const char *at = formal ? strstr(formal, given) : NULL;

	return formal ? str_dup(at ? at : formal) : NULL;
}

static char *compose_tell_apart(
	const struct compose *compose, const struct item *item, const char *given)
{
	const char *name = compose_item_name(item);
	_cleanup_contact_ struct contact other = { 0 };
	_cleanup_free_ char *label = NULL;

	if (item->has_contact && compose->find_namesake &&
		compose->find_namesake(compose->userdata, name, item->contact.id, &other)) {
		label = wording_label(&item->contact, &other, false);
		return label ? talk_shorten(label, COMPOSE_LABEL_COLUMNS) : NULL;
	}
	label = compose_whole_name(name, given);
	return label ? talk_shorten(label, COMPOSE_NAME_COLUMNS) : NULL;
}

char *compose_call(const struct compose *compose, const struct item *item)
{
	const char *name = compose_item_name(item);
	_cleanup_free_ char *given = *name ? wording_given_name(name) : str_dup("");

	int shared = 0;

	if (given && *given && !str_equal(given, name))
		shared = compose_shares_book(compose, item, given);
	if (given && *given && shared == 0)
		shared = compose_shares_mail(compose, item, given);
	if (!given || shared < 0)
		return NULL;
	return shared ? compose_tell_apart(compose, item, given)
		      : talk_shorten(given, COMPOSE_NAME_COLUMNS);
}
