/* SPDX-License-Identifier: MIT */
/*
 * salutation: how a message to somebody begins.
 */
#include "digest/salutation.h"

#include "base/lang.h"
#include "digest/wording.h"

#include <string.h>

/* How many bytes a capital takes, "A" to "Z" and "À" to "Þ"; 0: it is none. */
static size_t salutation_capital(const char *p)
{
	if (*p >= 'A' && *p <= 'Z')
		return 1;
	return str_starts(p, "\xc3") && (p[1] & 0xe0) == 0x80 && p[1] != '\x97' && p[1] != '\x9f'
		? 2
		: 0;
}

/* "ANNA", as some tables have it, would be shouted at. Two letters may be initials. */
static void salutation_soften(char *given)
{
	size_t letters = 0, n;

	for (const char *p = given; *p; p += n, letters++)
		if (!(n = salutation_capital(p)))
			return;
	if (letters < 3)
		return;
	for (char *p = given + salutation_capital(given); *p; p += n) {
		n = salutation_capital(p);
		p[n - 1] = n == 1 ? str_lower(*p) : (char)(p[1] | 0x20);
	}
}

void salutation_add(struct str *out, const char *own, const char *name, bool stranger)
{
	_cleanup_free_ char *given = wording_given_name(name), *formal = wording_formal_name(name);

	out->failed |= !given || !formal;
	if (given)
		salutation_soften(given);
	if (!str_empty(own))
		str_addf(out, "%s%s", own, strchr(",!.:", own[strlen(own) - 1]) ? "" : ",");
	else if (wording_is_nobody(name))
		/* TRANSLATORS: to nobody in particular */
		str_add(out, _("Good day,"));
	else if (stranger || !given || wording_is_formal(name))
		/* TRANSLATORS: to somebody one does not know, by the whole name */
		str_addf(out, _("Dear %s,"), formal ? formal : "");
	else
		/* TRANSLATORS: to a contact, by the given name */
		str_addf(out, _("Hello %s,"), given);
}

bool salutation_add_both(struct str *out, const char *name, const char *other)
{
	_cleanup_free_ char *one = wording_given_name(name), *two = wording_given_name(other);

	out->failed |= !one || !two;
	if (!one || !two || wording_is_formal(name) || wording_is_formal(other) ||
		wording_is_nobody(name) || wording_is_nobody(other))
		return false;
	salutation_soften(one);
	salutation_soften(two);
	/* TRANSLATORS: to two contacts, by their given names */
	str_addf(out, _("Hello %1$s, hello %2$s,"), one, two);
	return true;
}
