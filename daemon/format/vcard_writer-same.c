/* SPDX-License-Identifier: MIT */
/*
 * vcard_writer-same: whether two preserved lines say the same, or the same thing differently.
 */
#include "format/vcard_writer.h"

#include "format/table-keep.h"
#include "format/value.h"

#include <string.h>

/* As it was before the writer made it valid. */
static struct slice vcard_plain_name(struct slice name)
{
	while (name.n > 2 && slice_is((struct slice){ name.at, 2 }, "X-"))
		name = (struct slice){ name.at + 2, name.n - 2 };
	return name;
}

/* Two columns of a table whose names have no letters of ASCII are one property. */
static bool vcard_is_other_column(const struct contentline *a, const struct contentline *b)
{
	_cleanup_str_ struct str one = STR_INIT, other = STR_INIT;

	return contentline_param_add(a, TABLE_KEEP_COLUMN, &one) &&
		contentline_param_add(b, TABLE_KEEP_COLUMN, &other) && !one.failed &&
		!other.failed && !str_equal(str_text(&one), str_text(&other));
}

bool vcard_writer_is_same(const char *a, const char *b)
{
	_cleanup_str_ struct str one = STR_INIT, other = STR_INIT;
	struct contentline la, lb;

	if (!contentline_parse(&la, a, strlen(a)) || !contentline_parse(&lb, b, strlen(b)) ||
		!slice_equal(vcard_plain_name(la.name), vcard_plain_name(lb.name)))
		return false;
	value_add_text(&one, la.value, VALUE_WORDS);
	value_add_text(&other, lb.value, VALUE_WORDS);
	return !one.failed && !other.failed && str_equal(str_text(&one), str_text(&other)) &&
		!vcard_is_other_column(&la, &lb);
}

bool vcard_writer_is_rival(const char *a, const char *b)
{
	/* Those of them that are kept as lines; vCard 3.0's too. */
	static const char *const singles[] = { "N", "GENDER", "KIND", "REV", "PRODID", "CLASS",
		"MAILER", "SORT-STRING" };
	struct contentline la, lb;

	if (!contentline_parse(&la, a, strlen(a)) || !contentline_parse(&lb, b, strlen(b)))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(singles); i++)
		if (slice_is(la.name, singles[i]) && slice_is(lb.name, singles[i]))
			return true;
	return false;
}
