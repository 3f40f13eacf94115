/* SPDX-License-Identifier: MIT */
/*
 * compose-trouble: the line that tells of a digest which did not arrive.
 */
#include "digest/compose-internal.h"

#include "base/lang.h"
#include "digest/wording.h"

int compose_add_trouble(struct document *document, const struct compose *compose)
{
	const struct compose_lost *lost = compose->lost;
	_cleanup_str_ struct str day = STR_INIT;

	wording_add_plain_day(&day, lost->day);
	/* TRANSLATORS: a day, and a sentence that says why, in English */
	return document_add_opening(document,
		compose_text(
			_("The digest of %1$s did not arrive: %2$s"), str_text(&day), lost->words));
}
