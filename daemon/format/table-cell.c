/* SPDX-License-Identifier: MIT */
/*
 * table-cell: what the text of a cell means.
 */
#include "core/utf8.h"
#include "format/contentline.h"
#include "format/table-row-part.h"

#include <string.h>

bool table_is_default(const char *header, const char *text)
{
	static const char *const headers[] = { "Priority", "Priorität", "Sensitivity",
		"Vertraulichkeit", "Private", "Privat", "Gender", "Geschlecht" };
	static const char *const texts[] = { "Normal", "False", "Falsch", "Unspecified",
		"Keine Angabe", "Nicht angegeben", "Standard" };
	bool known = false;

	for (size_t i = 0; i < ARRAY_SIZE(headers); i++)
		known = known || str_casecmp(header, headers[i]) == 0;
	for (size_t i = 0; known && i < ARRAY_SIZE(texts); i++)
		if (str_casecmp(text, texts[i]) == 0)
			return true;
	return false;
}

char *table_next_address(char **rest)
{
	char *one = *rest + strspn(*rest, " ;,"), *open, *close;
	size_t n = strcspn(one, ";,");

	open = memchr(one, '<', n);
	close = open ? memchr(open, '>', n - (size_t)(open - one)) : NULL;
	*rest = one + n + (one[n] != '\0');
	one[n] = '\0';
	if (close) {
		one = open + 1;
		*close = '\0';
	}
	if (strlen(one) > 7 && slice_is((struct slice){ one, 7 }, "mailto:"))
		one += 7;
	utf8_tidy(one, false);
	return one;
}
