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

#include <errno.h>
#include <string.h>

/* In which one writes to them: NULL where that is not ours. */
static const char *compose_language(const struct compose *compose, const struct contact *contact)
{
	const char *language = contact->field[CONTACT_LANGUAGE];

	return draft_language(str_empty(language) ? compose->language : language);
}

/* Their salutation, as one writes to them: a language that is not ours is left to the writer. */
static void compose_add_salutation(struct str *out, const struct compose *compose,
	const struct contact *contact, bool stranger)
{
	const char *own = contact->field[CONTACT_SALUTATION],
		   *language = compose_language(compose, contact);
	_cleanup_lang_ char *before = NULL;

	if (str_empty(own) && !language)
		return;
	if (language && !str_equal(language, compose->language)) {
		before = lang_switch(language);
		out->failed |= !before;
	}
	salutation_add(out, own, contact->field[CONTACT_NAME], stranger);
	str_add_char(out, '\n');
}

/* To two people: in one sentence where both are greeted alike, else one below the other; nothing where the
 * language of one of them is left to the writer, for it would leave that one out. */
static void compose_add_salutations(struct str *out, const struct compose *compose,
	const struct contact *one, const struct contact *other)
{
	_cleanup_str_ struct str first = STR_INIT, second = STR_INIT;
	const char *language = compose_language(compose, one);
	_cleanup_lang_ char *before = NULL;

	compose_add_salutation(&first, compose, one, false);
	compose_add_salutation(&second, compose, other, false);
	out->failed |= first.failed || second.failed;
	if (!first.len || !second.len)
		return;
	if (language && str_equal(language, compose_language(compose, other)) &&
		str_empty(one->field[CONTACT_SALUTATION]) &&
		str_empty(other->field[CONTACT_SALUTATION])) {
		before = lang_switch(language);
		out->failed |= !before;
		if (salutation_add_both(
			    out, one->field[CONTACT_NAME], other->field[CONTACT_NAME])) {
			str_add_char(out, '\n');
			return;
		}
	}
	str_addf(out, "%s%s", str_text(&first), str_text(&second));
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

/* `label` stands for whom of two: with the address, and alone where the link can be followed. */
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
		label ? compose_text("%s: %s", label, email) : str_dup(email),
		/* TRANSLATORS: a link that begins a mail; %s is to whom */
		label ? compose_text(_("Write to %s"), label) : str_dup(_("Write")),
		str_take(&url));
}

/* What a person types without "https://" is a page all the same; whatever is left that looks like none
 * of a browser's own schemes can be read. */
int compose_add_page(struct document_entry *entry, const char *given, const char *label)
{
	_cleanup_str_ struct str encoded = STR_INIT;
	_cleanup_free_ char *page = NULL;
	const char *url;

	link_add_page(&encoded, given);
	if (encoded.failed)
		return -ENOMEM;
	url = str_text(&encoded);
	/* A profile is a page: one that would write or call is none. */
	if (str_lower(*url) == 'h' && link_is_safe(url))
		return document_add_link(entry, str_dup(url), str_dup(label), str_dup(url));
	if (strchr(url, ':') || !strchr(url, '.'))
		return 0;
	page = compose_text("https://%s", url);
	if (!page)
		return -ENOMEM;
	if (strncasecmp(url, "www.", 4) == 0 && link_is_safe(page))
		return document_add_link(entry, str_dup(url), str_dup(label), TAKE_PTR(page));
	return document_add_reference(entry, str_dup(url));
}

int compose_add_profile(struct document_entry *entry, const char *url)
{
	/* TRANSLATORS: a link to somebody's page */
	return compose_add_page(entry, url, _("Profile"));
}

/* A number is not broken into two lines. One that has words beside it is for the reader to dial. */
static int compose_add_phone(struct document_entry *entry, const char *phone, const char *label)
{
	_cleanup_str_ struct str text = STR_INIT, url = STR_INIT;
	bool dials = link_add_tel(&url, phone);

	if (!dials && !strpbrk(phone, "0123456789"))
		return 0;
	if (label)
		str_addf(&text, "%s: ", label);
	for (; *phone; phone++)
		if (dials && *phone == ' ')
			str_add(&text, "\xc2\xa0");
		else
			str_add_char(&text, *phone);
	if (text.failed || url.failed)
		return -ENOMEM;
	if (!dials)
		return document_add_reference(entry, str_take(&text));
	return document_add_link(
		entry, str_dup(str_text(&text)), str_dup(str_text(&text)), str_take(&url));
}

int compose_add_links(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, unsigned ways)
{
	const char *email = compose_address(contact),
		   *phone = contact_first(contact, CONTACT_PHONE),
		   *link = contact_first(contact, CONTACT_LINK);
	int r = 0;

	if (email)
		r = compose_add_mail(entry, compose, contact, email, ways & COMPOSE_STRANGER, NULL);
	if (r == 0 && phone && !(email && ways & COMPOSE_NO_PHONE))
		r = compose_add_phone(entry, phone, NULL);
	return r == 0 && link && !(ways & COMPOSE_NO_PROFILE) ? compose_add_profile(entry, link)
							      : r;
}

int compose_add_link_to(struct document_entry *entry, const struct compose *compose,
	const struct contact *contact, const char *label)
{
	const char *email = compose_address(contact),
		   *phone = contact_first(contact, CONTACT_PHONE);

	if (email)
		return compose_add_mail(entry, compose, contact, email, false, label);
	return phone ? compose_add_phone(entry, phone, label) : 0;
}

int compose_add_link_to_both(struct document_entry *entry, const struct compose *compose,
	const struct contact *one, const struct contact *other)
{
	const char *first = compose_address(one), *second = compose_address(other);
	_cleanup_str_ struct str body = STR_INIT;
	struct str url = STR_INIT;

	if (!first || !second)
		return 0;
	compose_add_salutations(&body, compose, one, other);
	str_add_separator(&body, "\n");
	link_add_mailto_both(&url, first, second, str_text(&body));
	url.failed |= body.failed;
	/* TRANSLATORS: two addresses, for one mail; and a link that begins it */
	return document_add_link(entry, compose_text(_("To both: %1$s, %2$s"), first, second),
		str_dup(_("Write to both")), str_take(&url));
}
