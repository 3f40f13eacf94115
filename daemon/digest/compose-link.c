/* SPDX-License-Identifier: MIT */
/*
 * compose-link: what one acts with: a message, a call, a profile.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "digest/draft.h"
#include "digest/salutation.h"
#include "digest/wording.h"
#include "format/link.h"

#include <string.h>

/* Their salutation, as one writes to them: a language that is not ours is left to the writer. */
static void compose_add_salutation(struct str *out, const struct compose *compose,
	const struct contact *contact, bool stranger)
{
	const char *own = contact->field[CONTACT_SALUTATION],
		   *language = contact->field[CONTACT_LANGUAGE];
	_cleanup_lang_ char *before = NULL;

	language = draft_language(str_empty(language) ? compose->language : language);
	if (str_empty(own) && !language)
		return;
	if (language && !str_equal(language, compose->language)) {
		before = lang_switch(language);
		out->failed |= !before;
	}
	salutation_add(out, own, contact->field[CONTACT_NAME], stranger);
	str_add_char(out, '\n');
}

/* An address that came from anywhere must be one, and one alone. */
static const char *compose_address(const struct contact *contact)
{
	const char *email = contact_first(contact, CONTACT_EMAIL),
		   *at = email ? strchr(email, '@') : NULL;

	if (!at || at == email || !at[1] || strchr(at + 1, '@') ||
		strpbrk(email, ",;:<>()[]\\\" \t\r\n"))
		return NULL;
	return email;
}

static int compose_add_mail(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const char *email, bool stranger, const char *label)
{
	_cleanup_str_ struct str body = STR_INIT;
	struct str url = STR_INIT;

	compose_add_salutation(&body, compose, contact, stranger);
	str_add_separator(&body, "\n");
	link_add_mailto(&url, email, NULL, str_text(&body));
	url.failed |= body.failed;
	return document_add_link(entry,
		label ? compose_text("%s: %s", label, email) : str_dup(email), str_take(&url));
}

int compose_add_profile(struct document_entry *entry, const char *url)
{
	/* A profile is a page: one that would write or call is none. */
	if (str_lower(*url) != 'h' || !link_is_safe(url))
		return 0;
	return document_add_link(entry, str_dup(url), str_dup(url));
}

int compose_add_links(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, bool stranger)
{
	const char *email = compose_address(contact),
		   *phone = contact_first(contact, CONTACT_PHONE),
		   *link = contact_first(contact, CONTACT_LINK);
	struct str url = STR_INIT;
	int r = 0;

	if (email)
		r = compose_add_mail(entry, compose, contact, email, stranger, NULL);
	if (r == 0 && phone && link_add_tel(&url, phone))
		r = document_add_link(entry, str_dup(phone), str_take(&url));
	return r == 0 && link ? compose_add_profile(entry, link) : r;
}

int compose_add_link_to(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const char *label)
{
	const char *email = compose_address(contact),
		   *phone = contact_first(contact, CONTACT_PHONE);
	struct str url = STR_INIT;

	if (email)
		return compose_add_mail(entry, compose, contact, email, false, label);
	if (!phone || !link_add_tel(&url, phone))
		return 0;
	return document_add_link(entry, compose_text("%s: %s", label, phone), str_take(&url));
}

int compose_add_link_to_both(struct document_entry *entry, const struct compose *compose,
	const struct contact *one, const struct contact *other)
{
	const char *first = compose_address(one), *second = compose_address(other);
	_cleanup_str_ struct str body = STR_INIT;
	struct str url = STR_INIT;

	if (!first || !second)
		return 0;
	compose_add_salutation(&body, compose, one, false);
	compose_add_salutation(&body, compose, other, false);
	str_add_separator(&body, "\n");
	link_add_mailto_both(&url, first, second, str_text(&body));
	url.failed |= body.failed;
	/* TRANSLATORS: two addresses, for one mail */
	return document_add_link(
		entry, compose_text(_("To both: %1$s, %2$s"), first, second), str_take(&url));
}
