/* SPDX-License-Identifier: MIT */
/*
 * vcard_writer-name: the parts of a name that nobody has told apart.
 */
#include "format/vcard_writer.h"

#include "format/line_writer.h"

#include <string.h>

/* An organisation or an address in the name's place has none. */
static bool vcard_has_parts(const struct record *record)
{
	return !str_equal(record->name, record->org) && !strchr(record->name, '@');
}

/* The last word is the family's name, which is right more often than not. */
void vcard_writer_make_name(struct str *line, const struct record *record)
{
	const char *name = record->name, *last = strrchr(name, ' ');
	_cleanup_free_ char *given = NULL;

	str_add(line, "N:");
	if (!vcard_has_parts(record)) {
		str_add(line, ";;;;");
		return;
	}
	given = str_ndup(name, last ? (size_t)(last - name) : strlen(name));
	line->failed |= !given;
	line_add_text(line, last ? last + 1 : "");
	str_add_char(line, ';');
	line_add_text(line, given ? given : "");
	str_add(line, ";;;");
}

/* Without anything to escape, which is asked of each card that is read. */
static bool vcard_makes_plain_name(const char *name, const char *line)
{
	const char *last = strrchr(name, ' ');
	size_t family = last ? strlen(last + 1) : 0;
	size_t given = last ? (size_t)(last - name) : strlen(name);

	return strlen(line) == family + 1 + given + 3 &&
		(!last || memcmp(line, last + 1, family) == 0) && line[family] == ';' &&
		memcmp(line + family + 1, name, given) == 0 &&
		str_equal(line + family + 1 + given, ";;;");
}

bool vcard_writer_makes_name(const struct record *record, const char *line)
{
	_cleanup_str_ struct str made = STR_INIT;

	if (strncmp(line, "N:", 2) != 0 || !vcard_has_parts(record))
		return false;
	if (!strpbrk(record->name, "\\,;"))
		return vcard_makes_plain_name(record->name, line + 2);
	vcard_writer_make_name(&made, record);
	return !made.failed && str_equal(made.data, line);
}
