/* SPDX-License-Identifier: MIT */
/*
 * compose-trouble: the line that tells of a digest which did not arrive.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "base/retell.h"
#include "digest/wording.h"

/* In the mail's language, which is not that of this process's own sentences. */
static const char *compose_translate(const char *text)
{
	return *text ? _(text) : text;
}

int compose_add_trouble(struct document *document, const struct compose *compose)
{
	const struct compose_lost *lost = compose->lost;
	_cleanup_str_ struct str day = STR_INIT, words = STR_INIT;

	wording_add_plain_day(&day, lost->day);
	retell(&words, lost->words, compose_translate);
	/* TRANSLATORS: a day, and a sentence that says why */
	return document_add_opening(document,
		compose_text(_("The digest of %1$s did not arrive: %2$s"), str_text(&day),
			str_text(&words)));
}
