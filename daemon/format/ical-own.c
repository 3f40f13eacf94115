/* SPDX-License-Identifier: MIT */
/*
 * ical-own: events that an export of ours made, also where a calendar has left nothing of them but the UID
 * and the summary.
 */
#include "format/ical-part.h"

#include <string.h>

enum ical_own ical_own_event(const char *uid)
{
	const char *end = strstr(uid, "@nudged"), *p = end;

	if (!end || !str_equal(end, "@nudged"))
		return ICAL_FOREIGN;
	while (p > uid && str_is_digit(p[-1]))
		p--;
	if (p == end || p - uid < 2 || p[-2] != '-')
		return ICAL_FOREIGN;
	return p[-1] == 'b' ? ICAL_OWN_DAY : p[-1] == 'f' ? ICAL_OWN_FOLLOWUP : ICAL_FOREIGN;
}

bool ical_own_read_kind(struct slice value, enum record_occasion_kind *ret)
{
	static const char *const kinds[] = { [RECORD_BIRTHDAY] = "BIRTHDAY",
		[RECORD_ANNIVERSARY] = "ANNIVERSARY",
		[RECORD_NAMED] = "NAMED" };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (slice_is(value, kinds[i])) {
			*ret = (enum record_occasion_kind)i;
			return true;
		}
	return false;
}

/* What the summary calls the day one met, and what the day itself is called. */
static const char *ical_own_label(const char *text)
{
	static const char *const rows[][2] = { { "the day you met", "day we met" },
		{ "der Tag des Kennenlernens", "Tag des Kennenlernens" } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (str_equal(text, rows[i][0]))
			return rows[i][1];
	return text;
}

bool ical_own_split(struct slice summary, struct str *label, struct ical_day *ret)
{
	const char *colon = slice_find(summary, ": ");
	size_t n = colon ? (size_t)(colon - summary.at) : 0;

	if (!n || n + 2 == summary.n)
		return false;
	str_clear(label);
	str_add_bytes(label, colon + 2, summary.n - n - 2);
	ret->name = (struct slice){ summary.at, n };
	ret->kind = RECORD_NAMED;
	ret->label = ical_own_label(str_text(label));
	return true;
}
